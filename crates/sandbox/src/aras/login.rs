//! The logins in requests of both services, and in the links of an account.

use super::changes::UPDATE_ARGUMENT;
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

/// The accounts of links, the users of queries, and those of the shipment service may be the same text.
const ACCOUNT: &str = "account ";
const QUERY: &str = "query ";
const SHIPMENT: &str = "shipment ";

/// Returns the names of accounts in a request: a user name, or the account of a link. A wrong password
/// belongs to the account too, which refuses it as documented.
pub(super) fn names_in(request: &Request) -> Vec<String> {
    let query = request.path.split_once('?').map(|(_, query)| query);
    let pairs = query.and_then(form::pairs).unwrap_or_default();
    let is_account = |(name, _): &(String, String)| name.eq_ignore_ascii_case("accountid");
    let accounts = pairs.into_iter().filter(is_account);
    let mut names: Vec<String> = accounts
        .map(|(_, account)| format!("{ACCOUNT}{}", account.to_ascii_lowercase()))
        .collect();
    let Some(call) = xml::call(&request.body) else {
        return names;
    };
    if let Some(login) = of_query(&call) {
        names.push(format!("{QUERY}{}", login.user));
        return names;
    }
    // Two calls have their login inside of their only argument.
    let holders = [
        Some(&call),
        call.child("request"),
        call.child(UPDATE_ARGUMENT),
    ];
    for holder in holders.into_iter().flatten() {
        let spellings = ["userName", "username", "Username", "UserName"].into_iter();
        names.extend(spellings.map(|name| format!("{SHIPMENT}{}", soap::argument(holder, name))));
    }
    names
}

/// Returns whether one of the names is that of this account.
pub(super) fn has_name(settings: &Settings, names: &[String]) -> bool {
    let account = settings.account_id.to_ascii_lowercase();
    let own = [
        (ACCOUNT, account.as_str()),
        (QUERY, settings.query_user.as_str()),
        (SHIPMENT, settings.user.as_str()),
    ];
    names.iter().any(|name| {
        let is_own = |(kind, own): &(&str, &str)| name.strip_prefix(kind) == Some(own);
        own.iter().any(is_own)
    })
}
