//! The keys of Param's published test account.

use std::sync::LazyLock;

use param_marketplace::{Client, Credentials, Environment, Settings};

/// The merchant's key, and the marketplace's.
pub(crate) const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

pub(crate) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let login = Credentials::published_test_account();
    let builder = Client::builder(&Environment::Test, login, KEY, KEY).unwrap();
    builder.settings().clone()
});
