//! Reads a link: the page that it leads to, and the parcel that it names.

use std::str::FromStr;

use kervan_core::{Problems, Secret};

use super::account::AccountLink;
use super::address::{Address, Host, join_lines, out_of_sentence};
use super::encoding::{Plus, decode};
use super::error::LinkError;
use super::link::Link;
use super::notes::Notes;
use super::query::{Query, Subject};
use super::recognised::{ParcelIdentifier, RecognisedLink, RecognisedPage};
use super::shareable::ShareableLink;
use crate::ids::{AccountId, CargoCode, CustomerReference, IdError, TrackingNumber, WaybillNumber};
use crate::rules;

/// Reads a tracking link, as a customer, a document or an old database has it.
///
/// - `http` and `https`, and host, page and parameter names in any case.
/// - Blanks around the link are cut off, and what belongs to a sentence around it: `<>`, brackets, quotes, a
///   full stop or comma behind it. Line breaks and tabs inside go, with the blanks beside
///   them: the guide prints its account link broken over two lines.
/// - Values are decoded as the provider's pages (ASP.NET) decode them: `%20` and a raw `+` are a
///   blank, `%uXXXX` is a letter, a `%` that encodes nothing stays. Bytes that are not UTF-8 are
///   read as single-byte Turkish letters.
/// - Known parameters that are empty count as absent, in any order; unknown ones are counted and
///   not read. `&amp;` is read as `&`.
///
/// Everything unusual that is tolerated is a warning in a [`LinkReport`](super::LinkReport). Links
/// up to [`MAX_BYTES`](super::MAX_BYTES) are read.
///
/// # Errors
///
/// [`LinkError`]: the host or page is not the provider's, two parameters contradict each other or
/// one occurs twice, a parameter is missing or not an identifier of its kind.
///
/// # Examples
///
/// ```
/// use aras_tracking::{Link, parse_link};
/// // As the guide of 2014-05-15 prints it, with an encoded blank before the number.
/// let link = parse_link("http://kargotakip.araskargo.com.tr/mainpage.aspx?code=%203513773163316")?;
/// let Link::Shareable(link) = link else { unreachable!() };
/// assert_eq!(
///     link.to_string(),
///     "https://kargotakip.araskargo.com.tr/mainpage.aspx?code=3513773163316"
/// );
/// # Ok::<(), aras_tracking::LinkError>(())
/// ```
pub fn parse_link(text: &str) -> Result<Link, LinkError> {
    read(text).map(|(link, _)| link)
}

/// Reads a link together with everything unusual about it and its text.
pub(super) fn read(text: &str) -> Result<(Link, Problems), LinkError> {
    let (text, has_sentence) = out_of_sentence(text);
    let (text, broken) = join_lines(text);
    let address = Address::read(&text)?;
    let query = Query::read(address.query)?;
    let link = interpret(&address, &query)?;

    let mut warnings = Problems::new();
    for (found, rule) in [
        (!address.https, &rules::LINK_PLAIN_HTTP),
        (has_sentence, &rules::LINK_SENTENCE),
        (broken, &rules::LINK_LINE_BREAK),
        (address.has_fragment, &rules::LINK_FRAGMENT),
    ] {
        if found {
            warnings.push(rule.at("link"));
        }
    }
    for problems in [query.warnings(), link.warnings()] {
        warnings.extend(problems.iter().cloned());
    }
    Ok((link, warnings))
}

fn interpret(address: &Address<'_>, query: &Query) -> Result<Link, LinkError> {
    let path = address.path.strip_suffix('/').unwrap_or(address.path);
    let lower = path.to_ascii_lowercase();
    let segments: Vec<&str> = lower.split('/').collect();
    match (address.host, segments.as_slice()) {
        (Host::Tracking, ["mainpage.aspx"]) => main_page(query),
        (Host::Tracking, ["yurticigonbil.aspx"]) => barcode_page(query),
        (Host::Tracking | Host::AppServer, ["cargoinfov3.aspx"]) => {
            needed(RecognisedPage::CargoInfo, query, "code")
        }
        (Host::Ebranch, ["track", number]) => {
            let number = number_in_path("track", number, query)?;
            Ok(Link::Shareable(ShareableLink::on_ebranch(number)))
        }
        (Host::Corporate, ["kargo-takip", number]) => {
            let number = number_in_path("kargo-takip", number, query)?;
            Ok(recognised(
                RecognisedPage::Unproven,
                Some(ParcelIdentifier::TrackingNumber(number)),
            ))
        }
        (Host::Corporate, ["tr" | "trmobile", "cargo_tracking_detail.aspx"]) => {
            needed(RecognisedPage::CorporateDetail, query, "kargo_takip_no")
        }
        (Host::Social, _) => Ok(recognised(RecognisedPage::Social, identifier(query)?)),
        (Host::Other, _) => Err(LinkError::UnknownPage),
        _ => match identifier(query)? {
            None => Err(LinkError::UnknownPage),
            found => Ok(recognised(RecognisedPage::Unproven, found)),
        },
    }
}

fn main_page(query: &Query) -> Result<Link, LinkError> {
    match query.subject()? {
        None => Err(LinkError::MissingParameter { parameter: "code" }),
        Some((Subject::Account, _)) => account_link(query),
        Some((Subject::Number, "code")) => {
            let number = read_as("code", query, TrackingNumber::new)?;
            Ok(Link::Shareable(ShareableLink::by_tracking_number(number)))
        }
        Some(_) => Ok(recognised(RecognisedPage::Unproven, identifier(query)?)),
    }
}

fn barcode_page(query: &Query) -> Result<Link, LinkError> {
    match query.subject()? {
        None => Err(LinkError::MissingParameter {
            parameter: "Cargo_Code",
        }),
        Some((Subject::Barcode, "Cargo_Code")) => {
            let code = read_as("Cargo_Code", query, CargoCode::new)?;
            Ok(Link::Shareable(ShareableLink::by_cargo_code(code)))
        }
        Some((Subject::Waybill, _)) => Ok(recognised(
            RecognisedPage::WaybillSearch,
            identifier(query)?,
        )),
        Some(_) => Ok(recognised(RecognisedPage::Unproven, identifier(query)?)),
    }
}

fn account_link(query: &Query) -> Result<Link, LinkError> {
    let account_id = read_as("accountid", query, AccountId::new)?;
    let reference = read_as("alici_kod", query, CustomerReference::new)?;
    let link = AccountLink::new(account_id, reference);
    Ok(Link::Account(match query.get("sifre") {
        Some(password) => link.password(Secret::new(password)),
        None => link,
    }))
}

/// Returns the link of a page that has to name a parcel; otherwise `parameter` is missing.
fn needed(page: RecognisedPage, query: &Query, parameter: &'static str) -> Result<Link, LinkError> {
    match identifier(query)? {
        None => Err(LinkError::MissingParameter { parameter }),
        found => Ok(recognised(page, found)),
    }
}

/// Reads whichever identifier is there. Credentials belong on the main page only.
fn identifier(query: &Query) -> Result<Option<ParcelIdentifier>, LinkError> {
    match query.subject()? {
        None => Ok(None),
        Some((Subject::Account, parameter)) => Err(LinkError::UnexpectedParameter { parameter }),
        Some((Subject::Number, parameter)) => {
            let number = read_as(parameter, query, TrackingNumber::new)?;
            Ok(Some(ParcelIdentifier::TrackingNumber(number)))
        }
        Some((Subject::Barcode, parameter)) => {
            let code = read_as(parameter, query, CargoCode::new)?;
            Ok(Some(ParcelIdentifier::CargoCode(code)))
        }
        Some((Subject::Waybill, "seri" | "fat_no")) => waybill(query, "seri", "fat_no"),
        Some((Subject::Waybill, _)) => waybill(query, "seri_no", "irs_no"),
    }
}

fn waybill(
    query: &Query,
    series: &'static str,
    number: &'static str,
) -> Result<Option<ParcelIdentifier>, LinkError> {
    let digits = query
        .get(number)
        .ok_or(LinkError::MissingParameter { parameter: number })?;
    let waybill = read_as(series, query, |letters| WaybillNumber::new(letters, digits))?;
    Ok(Some(ParcelIdentifier::Waybill(waybill)))
}

fn number_in_path(
    parameter: &'static str,
    raw: &str,
    query: &Query,
) -> Result<TrackingNumber, LinkError> {
    match query.subject()? {
        None => {}
        Some((Subject::Account, parameter)) => {
            return Err(LinkError::UnexpectedParameter { parameter });
        }
        Some((_, second)) => {
            return Err(LinkError::Ambiguous {
                first: parameter,
                second,
            });
        }
    }
    let number =
        decode(raw, Plus::Plus, &mut Notes::default()).ok_or(LinkError::Encoding { parameter })?;
    TrackingNumber::new(number).map_err(|source| LinkError::Identifier { parameter, source })
}

fn read_as<'a, T>(
    parameter: &'static str,
    query: &'a Query,
    new: impl FnOnce(&'a str) -> Result<T, IdError>,
) -> Result<T, LinkError> {
    let value = query
        .get(parameter)
        .ok_or(LinkError::MissingParameter { parameter })?;
    new(value).map_err(|source| LinkError::Identifier { parameter, source })
}

fn recognised(page: RecognisedPage, identifier: Option<ParcelIdentifier>) -> Link {
    Link::Recognised(RecognisedLink::new(page, identifier))
}

/// Reads a link as [`parse_link`] does.
impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        parse_link(text)
    }
}

/// Reads a shareable link and refuses the others.
///
/// The error is [`LinkError::NotShareable`] for an account link and a recognised one.
impl FromStr for ShareableLink {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        match parse_link(text)? {
            Link::Shareable(link) => Ok(link),
            Link::Account(_) | Link::Recognised(_) => Err(LinkError::NotShareable),
        }
    }
}

impl TryFrom<String> for ShareableLink {
    type Error = LinkError;

    fn try_from(text: String) -> Result<Self, LinkError> {
        text.parse()
    }
}
