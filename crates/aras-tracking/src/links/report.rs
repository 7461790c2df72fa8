//! Reports about a link, safe to log and to store.

use kervan_core::Problems;
use kervan_core::secret::REDACTED;
use serde::{Serialize, Serializer};

use super::error::LinkError;
use super::link::Link;
use super::parse::read;
use super::recognised::{ParcelIdentifier, RecognisedPage};
use super::shareable::ShareableLink;
use crate::ids::{CargoCode, CustomerReference, TrackingNumber, WaybillNumber};

/// The result of reading a link, with the warnings.
///
/// It serialises as `{"ok": …}` or `{"error": …}`: the kind of link, its identifiers, the link to
/// use instead (`canonical`, absent without one), and the warnings. Credentials appear as
/// `[redacted]`.
///
/// ```
/// use aras_tracking::LinkReport;
/// let report = LinkReport::of(
///     "http://kargotakip.araskargo.com.tr/mainpage.aspx?accountid=ABC&sifre=nd1234&alici_kod=61",
/// );
/// let codes: Vec<_> = report.warnings().iter().map(|warning| warning.code()).collect();
/// assert_eq!(codes, ["link.plain_http", "account_id.unusual_form"]);
///
/// let json = serde_json::to_value(&report)?;
/// assert_eq!(json["ok"]["kind"], "account");
/// assert_eq!(json["ok"]["password"], "[redacted]");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LinkReport {
    link: Result<Link, LinkError>,
    warnings: Problems,
}

impl LinkReport {
    /// Reads a link. It never fails: for a text that is not a link, the report holds the error.
    pub fn of(text: &str) -> Self {
        match read(text) {
            Ok((link, warnings)) => Self {
                link: Ok(link),
                warnings,
            },
            Err(error) => Self {
                link: Err(error),
                warnings: Problems::new(),
            },
        }
    }

    /// Returns the link.
    ///
    /// # Errors
    ///
    /// Those of [`parse_link`](super::parse_link).
    pub fn link(&self) -> Result<&Link, &LinkError> {
        self.link.as_ref()
    }

    /// Returns the link, without the report.
    ///
    /// # Errors
    ///
    /// Those of [`parse_link`](super::parse_link).
    pub fn into_link(self) -> Result<Link, LinkError> {
        self.link
    }

    /// Returns everything that is unusual about the text and the identifiers in it; empty for an error.
    pub fn warnings(&self) -> &Problems {
        &self.warnings
    }
}

impl Serialize for LinkReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.link {
            Ok(link) => Outcome::Ok(Reading::of(link, &self.warnings)),
            Err(error) => Outcome::Error(error),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
enum Outcome<'a> {
    #[serde(rename = "ok")]
    Ok(Reading<'a>),
    #[serde(rename = "error")]
    Error(&'a LinkError),
}

#[derive(Serialize)]
#[serde(tag = "kind")]
enum Shape<'a> {
    #[serde(rename = "tracking_number")]
    TrackingNumber { tracking_number: &'a TrackingNumber },
    #[serde(rename = "cargo_code")]
    CargoCode { cargo_code: &'a CargoCode },
    #[serde(rename = "ebranch")]
    Ebranch { tracking_number: &'a TrackingNumber },
    #[serde(rename = "account")]
    Account {
        account_id: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        password: Option<&'static str>,
        customer_reference: &'a CustomerReference,
    },
    #[serde(rename = "recognised")]
    Recognised {
        page: RecognisedPage,
        #[serde(skip_serializing_if = "Option::is_none")]
        tracking_number: Option<&'a TrackingNumber>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cargo_code: Option<&'a CargoCode>,
        #[serde(skip_serializing_if = "Option::is_none")]
        waybill: Option<&'a WaybillNumber>,
    },
}

#[derive(Serialize)]
struct Reading<'a> {
    #[serde(flatten)]
    shape: Shape<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<ShareableLink>,
    warnings: &'a Problems,
}

impl<'a> Reading<'a> {
    fn of(link: &'a Link, warnings: &'a Problems) -> Self {
        let shape = match link {
            Link::Shareable(ShareableLink::TrackingNumber(tracking_number)) => {
                Shape::TrackingNumber { tracking_number }
            }
            Link::Shareable(ShareableLink::CargoCode(cargo_code)) => {
                Shape::CargoCode { cargo_code }
            }
            Link::Shareable(ShareableLink::Ebranch(tracking_number)) => {
                Shape::Ebranch { tracking_number }
            }
            Link::Account(link) => Shape::Account {
                account_id: REDACTED,
                password: link.link_password().map(|_| REDACTED),
                customer_reference: link.customer_reference(),
            },
            Link::Recognised(link) => {
                let identifier = link.identifier();
                Shape::Recognised {
                    page: link.page(),
                    tracking_number: match identifier {
                        Some(ParcelIdentifier::TrackingNumber(number)) => Some(number),
                        _ => None,
                    },
                    cargo_code: match identifier {
                        Some(ParcelIdentifier::CargoCode(code)) => Some(code),
                        _ => None,
                    },
                    waybill: match identifier {
                        Some(ParcelIdentifier::Waybill(waybill)) => Some(waybill),
                        _ => None,
                    },
                }
            }
        };
        Self {
            shape,
            canonical: link.to_shareable(),
            warnings,
        }
    }
}
