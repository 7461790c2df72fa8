//! The logins in requests of both services, and in the links of an account.

use super::settings::Settings;
use super::soap;
use crate::Request;
use crate::values::form;
use crate::values::xml::{self, Element};

/// The user name, the password and the customer code of a query.
pub(super) struct QueryLogin {
    pub(super) user: String,
    pub(super) password: String,
    pub(super) customer_code: String,
}

/// Reads the text `loginInfo`. `None` when it is not XML.
pub(super) fn of_query(call: &Element) -> Option<QueryLogin> {
    let login = xml::read(soap::argument(call, "loginInfo").trim())?;
    let text = |name: &str| soap::argument(&login, name).to_owned();
    Some(QueryLogin {
        user: text("UserName"),
        password: text("Password"),
        customer_code: text("CustomerCode"),
    })
}

/// Returns whether a request names the account: by a user name, or by the account of a link. A wrong
/// password belongs to the account too, which refuses it as documented.
pub(super) fn names(request: &Request, settings: &Settings) -> bool {
    let query = request.path.split_once('?').map(|(_, query)| query);
    let pairs = query.and_then(form::pairs).unwrap_or_default();
    let is_account = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("accountid") && value.eq_ignore_ascii_case(&settings.account_id)
    };
    if pairs.iter().any(is_account) {
        return true;
    }
    let Some(call) = xml::call(&request.body) else {
        return false;
    };
    if let Some(login) = of_query(&call) {
        return login.user == settings.query_user;
    }
    let spellings = ["userName", "username", "Username"];
    spellings
        .into_iter()
        .any(|name| soap::argument(&call, name) == settings.user)
}
