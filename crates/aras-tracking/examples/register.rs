//! Registers a parcel, saves its label, prints its link and where it is, and cancels another one.
//!
//! ```text
//! cargo run -p aras-tracking --features shipments,reqwest --example register -- [FOLDER]
//! ```
//!
//! The label goes into the folder, or into the system's folder for temporary files. The program asks the sandbox
//! that runs at `KERVAN_SANDBOX`, such as `http://127.0.0.1:4747`; without that, one in its own process, where a
//! branch takes the parcel in between.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use aras_tracking::query::FindParcels;
use aras_tracking::shipments::{
    CancelDispatch, CollectedBy, FetchArasLabel, Label, LabelFile, NewOrder, Payment, Piece,
    Pieces, Receiver, SetOrder,
};
use aras_tracking::{
    BaseUrl, CustomerCode, CustomerReference, Language, Login, Password, Personal, QueryClient,
    QueryEnvironment, Sent, ShareableLink, ShipmentClient, ShipmentEnvironment, TrackingNumber,
    UserName,
};
use kervan_sandbox::aras::{Aras, Move, Stage, Step};
use kervan_sandbox::{Moment, Sandbox};

/// The orders of the shop: one that is sent, and one that the customer takes back at once.
const SENT: &str = "2026000417";
const TAKEN_BACK: &str = "2026000418";

const USAGE: &str = "\
usage: register [FOLDER]

Registers a parcel, saves its label in the folder or in the system's folder for temporary files, prints
its link and where it is, and cancels another one. It asks the sandbox at KERVAN_SANDBOX, or one in its
own process.";

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let folder = match &*words {
        [] => std::env::temp_dir(),
        [help] if help == "--help" || help == "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [folder] if !folder.starts_with('-') => PathBuf::from(folder),
        [.., other] => {
            eprintln!("register: `{other}` is not understood\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("register: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(folder: &Path) -> Result<(), Box<dyn Error>> {
    let shop = Shop::open()?;
    shop.register(SENT).await?;
    shop.print_label(SENT, folder).await?;
    shop.parcel_is_taken(SENT)?;
    shop.show(SENT).await?;
    shop.register(TAKEN_BACK).await?;
    shop.cancel(TAKEN_BACK).await?;
    // The first one is on its way, so that only a branch can help.
    shop.cancel(SENT).await
}

/// The clients of a shop. The two services have logins of their own.
struct Shop {
    shipments: ShipmentClient,
    query: QueryClient,
    sandbox: Option<Sandbox>,
}

impl Shop {
    fn open() -> Result<Self, Box<dyn Error>> {
        let published = || {
            [
                Login::published_test_account(),
                Login::published_test_account(),
            ]
        };
        let running = std::env::var("KERVAN_SANDBOX").map(|address| format!("{address}/aras"));
        let (base, [login, query_login], sandbox) = if let Ok(base) = running {
            (base, published(), None)
        } else {
            let start = Moment::parse_iso("2026-12-01T09:00:00+03:00").ok_or("no such time")?;
            let sandbox = Sandbox::start_at(start)?;
            let account = sandbox.account("aras");
            let login = |user: &str, password: &str| {
                let code = CustomerCode::new(account.get("customer_code"));
                Login::new(
                    UserName::new(account.get(user)),
                    Password::new(account.get(password)),
                    code,
                )
            };
            let logins = [
                login("user_name", "password"),
                login("query_user_name", "query_password"),
            ];
            (account.address.clone(), logins, Some(sandbox))
        };
        let at = |path: &str| BaseUrl::parse(&format!("{base}/{path}"));
        let shipments = ShipmentEnvironment::At(at("arascargoservice/arascargoservice.asmx")?);
        let query = QueryEnvironment::At(at("ArasCargoIntegrationService.svc")?);
        Ok(Self {
            shipments: ShipmentClient::builder(&shipments, login)?.build()?,
            query: QueryClient::builder(&query, query_login)?.build()?,
            sandbox,
        })
    }

    /// Registers an order. The same reference with the same contents is one parcel, however often this runs.
    async fn register(&self, number: &str) -> Result<(), Box<dyn Error>> {
        let receiver = Receiver::new("Ayşe Örnek")
            .address("Çınar Mah. Deneme Sok. No: 3 Daire: 8")
            .phone("0555 000 00 17")
            .city("Eskişehir")
            .town("Odunpazarı");
        // The branch scans these texts, so that the labels of the shop have to show them.
        let piece = |at: u32| Piece::new(format!("{number}{at:02}"));
        let pieces = Pieces::one(piece(1).desi(4).weight_kg(3)).and(piece(2).desi(3).weight_kg(2));
        let payment = Payment::CashOnDelivery {
            amount: "349.90".parse()?,
            by: CollectedBy::Cash,
        };
        let order = NewOrder::new(reference(number)?, receiver, payment, pieces).waybill(number);
        match self.shipments.send_or_settle(&SetOrder::new(order)).await? {
            Sent::Done(_) | Sent::Proven => println!("{number}: registered"),
            Sent::InState | Sent::Exists => println!("{number}: was registered"),
        }
        Ok(())
    }

    /// Saves the label: a PDF where the carrier sends one, or the text for a label printer.
    async fn print_label(&self, number: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
        let call = FetchArasLabel::new(reference(number)?);
        let label: Label = self.shipments.call(&call).await?.value;
        for (at, file) in (1..).zip(&label.pdf) {
            let path = folder.join(format!("{number}-{at}.{}", extension(file)));
            std::fs::write(&path, file.as_bytes())?;
            println!("{number}: label {at} in {}", path.display());
        }
        if label.pdf.is_empty() {
            let path = folder.join(format!("{number}.zpl"));
            let texts: Vec<_> = label.zpl.iter().map(Personal::as_str).collect();
            std::fs::write(&path, texts.join("\n"))?;
            println!("{number}: labels in {}", path.display());
        }
        Ok(())
    }

    /// Lets a branch of the own sandbox take the parcel. Elsewhere it comes by itself, or not.
    fn parcel_is_taken(&self, number: &str) -> Result<(), Box<dyn Error>> {
        let Some(sandbox) = &self.sandbox else {
            return Ok(());
        };
        let code = number.to_owned();
        sandbox.advance(Duration::from_secs(8 * 3600));
        sandbox.step::<Aras>(&Step::Accept { code, branch: None })?;
        sandbox.advance(Duration::from_secs(3600));
        sandbox.step::<Aras>(&Step::Move(Move::new(number, Stage::InTransfer)))?;
        Ok(())
    }

    /// Prints the link for the customer, and where the parcel is.
    async fn show(&self, number: &str) -> Result<(), Box<dyn Error>> {
        let parcels = self
            .query
            .call(&FindParcels::new(reference(number)?))
            .await?;
        let number_of_carrier = parcels
            .rows
            .iter()
            .find_map(|parcel| parcel.tracking_number.as_deref());
        let Some(tracking_number) = number_of_carrier else {
            println!("{number}: no waybill is cut yet, so that there is no link");
            return Ok(());
        };
        let link = ShareableLink::by_tracking_number(TrackingNumber::new(tracking_number)?);
        println!("{number}: {link}");
        for parcel in self.query.track(reference(number)?).await? {
            println!("{number}: {}", parcel.status.text(Language::English));
            for event in &parcel.timeline {
                println!(
                    "    {}  {}",
                    event.at.text(),
                    event.text.as_deref().unwrap_or("-")
                );
            }
        }
        Ok(())
    }

    async fn cancel(&self, number: &str) -> Result<(), Box<dyn Error>> {
        let cancel = CancelDispatch::new(reference(number)?);
        match self.shipments.send_or_settle(&cancel).await {
            Ok(_) => println!("{number}: cancelled"),
            Err(failed) => match failed.error.rejection() {
                Some(no) => println!("{number}: not cancelled, {}", no.kind.meaning()),
                None => return Err(failed.into()),
            },
        }
        Ok(())
    }
}

fn reference(number: &str) -> Result<CustomerReference, aras_tracking::IdError> {
    CustomerReference::new(number)
}

fn extension(file: &LabelFile) -> &'static str {
    file.extension().unwrap_or("bin")
}
