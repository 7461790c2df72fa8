//! The choices of a world.

use serde::{Deserialize, Serialize};

use super::refusal::CodeList;
use crate::Chance;
use crate::values::chance::digits;

/// The choices of a world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// The user name of the shipment service.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The list of codes that `SetOrder` answers with. Default: the later one.
    pub codes: CodeList,
    /// How `SetOrder` answers several orders of one call. Default: each in its place.
    #[serde(default)]
    pub order_answers: OrderAnswers,
    /// Whether a registered order is kept in the service's own spelling: names in Turkish upper case, numbers with
    /// three decimals and a comma, telephone numbers with a leading 0. Default: no, as it was sent.
    #[serde(default)]
    pub normalises_orders: bool,
    /// Whether a barcode counts as used when its own order is sent again. Default: no.
    #[serde(default)]
    pub refuses_own_barcodes: bool,
    /// Whether the code of a removed order stays in use. Default: no, it is free.
    #[serde(default)]
    pub keeps_removed_codes: bool,
    /// The user name of the query service.
    pub query_user: String,
    /// Its password.
    pub query_password: String,
    /// The customer code of the query service.
    pub customer_code: String,
    /// The account in links by customer reference, 32 hexadecimal digits.
    pub account_id: String,
    /// The password in those links.
    pub link_password: String,
    /// The only method that the login of the query service is registered for. Default: all three.
    pub method: Option<Method>,
    /// How the query service answers a query that finds nothing. Default: with a null.
    pub nothing: Nothing,
    /// Whether the shipment service serves the four calls of the published test account only: `SetOrder`,
    /// `GetOrder`, `GetOrderWithIntegrationCode` and `CancelDispatch`. Default: no, all of them.
    pub only_orders: bool,
    /// The name of the shipper on waybills.
    pub sender: String,
    /// The branch that collects the shipper's parcels, by its name.
    pub branch: String,
    /// How parcels move on. Default: by hand.
    pub progress: Progress,
    /// The address that events are pushed to. Default: none, and nothing is pushed.
    pub push_to: Option<String>,
    /// The user name in pushed events.
    pub push_user: String,
    /// The password in pushed events.
    pub push_password: String,
}

impl Default for Settings {
    /// Returns the login of the published test account and the account of the link guide.
    fn default() -> Self {
        Self {
            user: "neodyum".to_owned(),
            password: "nd2580".to_owned(),
            codes: CodeList::Later,
            order_answers: OrderAnswers::InPlace,
            normalises_orders: false,
            refuses_own_barcodes: false,
            keeps_removed_codes: false,
            query_user: "neodyum".to_owned(),
            query_password: "nd2580".to_owned(),
            customer_code: "1932448851342".to_owned(),
            account_id: "CBAD417894B73048BBC058C09771CDB8".to_owned(),
            link_password: "nd1234".to_owned(),
            method: None,
            nothing: Nothing::Null,
            only_orders: false,
            sender: "KERVAN DENEME A.Ş.".to_owned(),
            branch: "SAĞLIK".to_owned(),
            progress: Progress::ByHand,
            push_to: None,
            push_user: "kervan".to_owned(),
            push_password: "gizli-1".to_owned(),
        }
    }
}

impl Settings {
    /// Draws every login, so that no other account has one of them.
    pub(super) fn drawn(chance: &mut Chance) -> Self {
        let hexadecimal = chance.guid().replace('-', "").to_uppercase();
        Self {
            user: format!("kargo{}", digits(chance, 8)),
            password: format!("k{}", digits(chance, 8)),
            query_user: format!("sorgu{}", digits(chance, 8)),
            query_password: format!("s{}", digits(chance, 8)),
            customer_code: format!("1{}", digits(chance, 12)),
            account_id: hexadecimal,
            // One that is known from public code has an ampersand.
            link_password: format!("l&{}", digits(chance, 6)),
            push_user: format!("bildirim{}", digits(chance, 6)),
            push_password: format!("b{}", digits(chance, 8)),
            ..Self::default()
        }
    }
}

/// How `SetOrder` answers several orders of one call, which nobody published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OrderAnswers {
    /// Each in its place.
    #[default]
    InPlace,
    /// The last one first.
    Reversed,
    /// Only those that were accepted.
    AcceptedOnly,
}

/// An operation of the query service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Method {
    /// `GetQueryJSON`.
    Json,
    /// `GetQueryXML`.
    Xml,
    /// `GetQueryDS`.
    DataSet,
}

/// How the query service answers a query that finds nothing. Clients report all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Nothing {
    /// `{"QueryResult":null}`, or an empty root, or a data set without rows.
    Null,
    /// An empty result element.
    Empty,
    /// A fault with status 500, `InternalServiceFault`.
    Fault,
}

/// How parcels move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Only when a test says so.
    ByHand,
    /// To their end, by the next [`tick`](crate::Provider::tick).
    AtOnce,
    /// One step every `n` milliseconds, the acceptance at a branch included, by
    /// [`tick`](crate::Provider::tick).
    After(i64),
    /// One step before every n-th answer about one parcel, the acceptance at a branch included.
    AfterReads(u32),
}
