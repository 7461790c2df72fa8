//! The tracking pages: the official links, the tabs behind them, and the JSON behind the newer site.

mod html;
mod tabs;
mod web;

use quick_xml::escape::escape;

use super::effect::Effect;
use super::parcel::Parcel;
use super::{Aras, moves};
use crate::values::{answers, form};
use crate::{Answer, Chance, Moment, Request};

const NOT_FOUND: &str = "Girdiğiniz bilgiler için bir sonuç bulunamamıştır.";
const NOT_FOUND_OLD: &str = "Kayıt Bulunamadı";

/// The call of the newer site that is simulated.
const MOVEMENTS: &str = "getCargoTransactionByTrackingNumber";

/// Its other calls, which need a picture to be read or are not described.
const OTHERS: [&str; 3] = [
    "getShipmentByTrackingNumber",
    "getShipmentNotDeliveredByTrackingNumberWeb",
    "getCityWithTown",
];

const MAIN: &str = "mainpage.aspx";
const CARGO: &str = "CargoInfoV3.aspx";
const TABS: &str = "kargotakip.aspx";
const WAYBILL: &str = "CargoInfoWaybillAndDelivered.aspx";
const TRANSACTIONS: &str = "CargoInfoTransactionAndRedirection.aspx";
const SERVICES: &str = "services.aspx";
const ALL_IN_ONE: &str = "yurticigonbil.aspx";
const PICTURE: &str = "control.aspx";

/// The pages that are simulated.
const PAGES: [&str; 8] = [
    MAIN,
    CARGO,
    TABS,
    WAYBILL,
    TRANSACTIONS,
    SERVICES,
    ALL_IN_ONE,
    PICTURE,
];

/// Pages that nobody has described.
const UNDESCRIBED: [&str; 2] = ["other.aspx", "sube.aspx"];

/// The name of the page behind `ebranch`, whose address ends with a key.
const TRACK: &str = "track";

/// Returns the names of the pages, and of the newer site's calls.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let pages = PAGES.into_iter().chain(UNDESCRIBED).chain([TRACK]);
    pages.chain([MOVEMENTS]).chain(OTHERS)
}

/// Returns the name of a page or of a call of the newer site. A page has one name, whatever letter case its
/// address has. Of an unknown address, returns the last part.
pub(super) fn name(request: &Request) -> &str {
    let last = last(request);
    if is_web(request) {
        return last;
    }
    let mut pages = PAGES.into_iter().chain(UNDESCRIBED);
    match pages.find(|page| page.eq_ignore_ascii_case(last)) {
        Some(page) => page,
        None if request.route().contains("/track/") => TRACK,
        None => last,
    }
}

/// Returns whether a post is one of the newer site.
pub(super) fn is_web(request: &Request) -> bool {
    let last = last(request);
    last == MOVEMENTS || OTHERS.contains(&last)
}

/// Answers a call of the newer site.
pub(super) fn web(
    world: &mut Aras,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let last = last(request);
    if last != MOVEMENTS {
        let name = format!("{last}, which needs a picture to be read or is not described");
        return (answers::not_simulated(&name), Vec::new());
    }
    let Some(number) = web::number(request) else {
        return (answers::unreadable(MOVEMENTS), Vec::new());
    };
    if by_number(world, &number).is_none() {
        let answer = web::movements(None).refusing("404", "TrackingNumber: no such parcel");
        return (answer, Vec::new());
    }
    let effects = moves::asked(world, &number, now, chance);
    (web::movements(by_number(world, &number)), effects)
}

/// Answers a page, or `None` for an unknown name.
pub(super) fn answer(
    world: &mut Aras,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> Option<(Answer, Vec<Effect>)> {
    let query = request.path.split_once('?').map_or("", |(_, query)| query);
    let query = Query(form::pairs(query).unwrap_or_default());
    let answer = render(world, request, &query)?;
    // A redirect is not an answer about the parcel; the page behind it is one.
    let has_moved = match query.key() {
        Some(key) if answer.status == 200 && answer.refused.is_none() => {
            let is_parcel = world.parcel(&key).is_some();
            is_parcel.then(|| moves::asked(world, &key, now, chance))
        }
        _ => None,
    };
    match has_moved {
        Some(effects) if !effects.is_empty() => Some((render(world, request, &query)?, effects)),
        _ => Some((answer, Vec::new())),
    }
}

fn render(world: &Aras, request: &Request, query: &Query) -> Option<Answer> {
    let answer = match name(request) {
        MAIN => main(world, query),
        CARGO => match query.number(world, "code") {
            Some(parcel) => redirect(world, parcel),
            None => html::page(CARGO, &format!("<p>{NOT_FOUND_OLD}</p>")),
        },
        TABS => match query.number(world, "code") {
            Some(parcel) => tabs::container(parcel),
            None => not_found(TABS),
        },
        WAYBILL => tab(query.shipment(world), WAYBILL, tabs::waybill),
        TRANSACTIONS => {
            let parcel = query.cargo(world, "barcode");
            tab(parcel, TRANSACTIONS, tabs::movements)
        }
        SERVICES => tab(query.shipment(world), SERVICES, tabs::services),
        ALL_IN_ONE => match query
            .cargo(world, "cargo_code")
            .or_else(|| query.waybill(world))
        {
            Some(parcel) => tabs::all_in_one(parcel),
            None => not_found(ALL_IN_ONE),
        },
        PICTURE => captcha(&request.path),
        TRACK => answers::not_simulated("the page behind ebranch, which nobody has described"),
        page if UNDESCRIBED.contains(&page) => {
            answers::not_simulated("a page that nobody has described")
        }
        _ => return None,
    };
    Some(answer)
}

/// By tracking number, a redirect to the tabs. By the shipper's own reference, a summary.
fn main(world: &Aras, query: &Query) -> Answer {
    if query.text("code").is_some() {
        return match query.number(world, "code") {
            Some(parcel) => redirect(world, parcel),
            None => not_found(MAIN),
        };
    }
    let settings = &world.settings;
    let account = query.text("accountid").unwrap_or_default();
    if !account.eq_ignore_ascii_case(&settings.account_id) {
        return not_found(MAIN).refusing("", "accountid: not that of the account");
    }
    // Newer links have no password.
    if query
        .text("sifre")
        .is_some_and(|sent| sent != settings.link_password)
    {
        return not_found(MAIN).refusing("", "sifre: not that of the account's links");
    }
    let reference = query.text("alici_kod").unwrap_or_default();
    let parcel = world
        .parcels
        .iter()
        .rev()
        .find(|parcel| parcel.is_of(&reference));
    parcel.map_or_else(|| not_found(MAIN), tabs::summary)
}

fn redirect(world: &Aras, parcel: &Parcel) -> Answer {
    let address = format!(
        "{}/kargotakip.aspx?code={}",
        world.base, parcel.tracking_number
    );
    let href = escape(address.as_str());
    let text = format!("<html><body><a href=\"{href}\">Object moved</a></body></html>");
    let mut answer = Answer::new(302, "text/html; charset=utf-8", text);
    answer.headers.push(("Location".to_owned(), address));
    answer
}

fn tab(parcel: Option<&Parcel>, name: &str, page: fn(&Parcel) -> Answer) -> Answer {
    let nothing = || {
        html::page(
            name,
            &format!("<font color=\"Red\">{NOT_FOUND_OLD}.</font>"),
        )
    };
    parcel.map_or_else(nothing, page)
}

fn not_found(page: &str) -> Answer {
    html::page(page, &html::span("Label1", Some(NOT_FOUND)))
}

/// The picture with six digits, which the world does not draw: nobody gets past it.
fn captcha(path: &str) -> Answer {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let body = "<img src=\"captcha.aspx\" alt=\"\"/><input type=\"text\" id=\"kod\" maxlength=\"6\"/>\
                <input type=\"submit\" value=\"Onayla\"/>";
    html::page(&format!("control.aspx?{query}"), body)
}

fn by_number<'a>(world: &'a Aras, number: &str) -> Option<&'a Parcel> {
    let mut parcels = world.parcels.iter();
    parcels.find(|parcel| parcel.tracking_number == number)
}

fn last(request: &Request) -> &str {
    request.route().rsplit('/').next().unwrap_or_default()
}

/// The parameters of a page, whose names are read in any letter case.
struct Query(Vec<(String, String)>);

impl Query {
    /// The key of the parcel in a link. The tabs behind it have other ones.
    fn key(&self) -> Option<String> {
        let names = ["code", "alici_kod", "cargo_code"];
        names.into_iter().find_map(|name| self.text(name))
    }

    fn text(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .iter()
            .find(|(listed, _)| listed.eq_ignore_ascii_case(name));
        let text = found.map(|(_, value)| value.trim().to_owned());
        text.filter(|text| !text.is_empty())
    }

    fn number<'a>(&self, world: &'a Aras, name: &str) -> Option<&'a Parcel> {
        by_number(world, &self.text(name)?)
    }

    fn cargo<'a>(&self, world: &'a Aras, name: &str) -> Option<&'a Parcel> {
        let code = self.text(name)?;
        let mut parcels = world.parcels.iter();
        parcels.find(|parcel| parcel.cargo_code == code)
    }

    fn shipment<'a>(&self, world: &'a Aras) -> Option<&'a Parcel> {
        let number = self.text("shipmentid")?;
        let mut parcels = world.parcels.iter();
        parcels.find(|parcel| tabs::shipment(parcel) == number)
    }

    fn waybill<'a>(&self, world: &'a Aras) -> Option<&'a Parcel> {
        let waybill = self.text("seri")? + &self.text("fat_no")?;
        let mut parcels = world.parcels.iter();
        parcels.find(|parcel| parcel.waybill == waybill)
    }
}
