//! Tracks a parcel by its number or a link, and prints what happened to it.
//!
//! ```text
//! cargo run -p aras-tracking --features pages,reqwest --example track -- [--tr|--en] [--server URL] NUMBER|LINK
//! ```
//!
//! It needs no account. Without `--server` it asks the sandbox that runs at `KERVAN_SANDBOX`, such as
//! `http://127.0.0.1:4747`; without that, one in its own process, where the parcel has an invented way
//! behind it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use aras_tracking::tracking::{Tracking, TrackingEvent};
use aras_tracking::{
    BaseUrl, Language, Link, PageClient, PageEnvironment, ParcelLookup, ShareableLink,
    TrackingNumber, parse_link,
};
use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage, Step};
use kervan_sandbox::{Moment, Sandbox};

const USAGE: &str = "\
usage: track [--tr|--en] [--server URL] NUMBER|LINK

Prints where a parcel is, by its tracking number or a link of any form. Without --server it asks the
sandbox at KERVAN_SANDBOX, or one in its own process, which knows this parcel.

exit status: 0 the parcel, or that there is none; 1 it could not be found out; 2 wrong use";

/// The request of the command line.
struct Asked {
    language: Language,
    server: Option<String>,
    link: Link,
}

impl Asked {
    fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut language, mut server, mut parcel) = (Language::English, None, None);
        let mut words = words;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--tr" => language = Language::Turkish,
                "--en" => language = Language::English,
                "--server" => server = Some(words.next().ok_or("--server needs an address")?),
                option if option.starts_with('-') => {
                    return Err(format!("`{option}` is not understood"));
                }
                _ if parcel.is_some() => return Err("one parcel at a time".to_owned()),
                _ => parcel = Some(word),
            }
        }
        let link = link(&parcel.ok_or("which parcel?")?)?;
        Ok(Self {
            language,
            server,
            link,
        })
    }
}

/// Reads a number, or a link of any form.
fn link(text: &str) -> Result<Link, String> {
    Ok(match TrackingNumber::new(text) {
        Ok(number) => Link::Shareable(ShareableLink::by_tracking_number(number)),
        Err(_) => parse_link(text).map_err(|error| format!("no number and no link: {error}"))?,
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if words
        .iter()
        .any(|word| matches!(word.as_str(), "--help" | "-h"))
    {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let asked = match Asked::read(words.into_iter()) {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("track: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(asked).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("track: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(asked: Asked) -> Result<(), Box<dyn Error>> {
    let running = std::env::var("KERVAN_SANDBOX").map(|address| format!("{address}/aras"));
    let (base, _sandbox) = if let Some(base) = asked.server.or(running.ok()) {
        (base, None)
    } else {
        let sandbox = sandbox(&asked.link)?;
        (sandbox.account("aras").address, Some(sandbox))
    };
    let base = BaseUrl::parse(&base)?;
    let client = PageClient::builder(&PageEnvironment::At(base))?.build()?;

    let turkish = asked.language == Language::Turkish;
    let say = |english: &'static str, in_turkish| if turkish { in_turkish } else { english };
    match client.fetch_parcel(&asked.link).await?.value {
        ParcelLookup::Found(page) => print(&page.tracking(), asked.language),
        ParcelLookup::NotFound => println!(
            "{}",
            say("no such parcel (yet)", "kargo (henüz) bulunamadı")
        ),
        _ => println!(
            "{}",
            say(
                "a captcha: please look for yourself",
                "güvenlik kodu var: sayfaya kendiniz bakın"
            )
        ),
    }
    Ok(())
}

fn print(tracking: &Tracking, language: Language) {
    let words = tracking.status_text.as_deref().unwrap_or("-");
    println!("{} ({words})", tracking.status.text(language));
    if let Some(reason) = &tracking.non_delivery {
        println!("! {}", reason.text(language));
    }
    for event in &tracking.timeline {
        println!("{}", line(event, language));
    }
}

fn line(event: &TrackingEvent, language: Language) -> String {
    let when = match (event.at.day(), event.at.time()) {
        (Some(day), Some(time)) => format!("{} {}", day.format("%d.%m.%Y"), time.format("%H:%M")),
        (Some(day), None) => day.format("%d.%m.%Y").to_string(),
        _ => event.at.text().to_owned(),
    };
    let reason = event.non_delivery.as_ref();
    let reason = reason.map(|reason| reason.text(language).to_owned());
    let what = reason.or(event.text.clone()).unwrap_or_default();
    let place: Vec<_> = [&event.unit, &event.city]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    format!("{when}  {what}  {}", place.join(", "))
        .trim_end()
        .to_owned()
}

/// Opens a sandbox in which the parcel of a link was not handed over yet.
fn sandbox(link: &Link) -> Result<Sandbox, Box<dyn Error>> {
    let start = Moment::parse_iso("2026-11-18T17:10:00+03:00").ok_or("no such time")?;
    let sandbox = Sandbox::start_at(start)?;
    let Some(link) = link.to_shareable() else {
        return Ok(sandbox);
    };
    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = link
        .tracking_number()
        .map(|number| number.as_str().to_owned());
    parcel.cargo_code = link.cargo_code().map(|code| code.as_str().to_owned());
    sandbox.step::<Aras>(&Step::AddParcel(Box::new(parcel)))?;
    for (hours, to) in [
        (1, Move::new("KV-1001", Stage::InTransfer)),
        (14, Move::new("KV-1001", Stage::AtDeliveryBranch)),
        (25, Move::new("KV-1001", Stage::Undelivered).because("NT")),
    ] {
        sandbox.advance(Duration::from_secs(hours * 3600));
        sandbox.step::<Aras>(&Step::Move(to))?;
    }
    Ok(sandbox)
}
