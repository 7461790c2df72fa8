//! The keys of Param's published test account.

use std::sync::LazyLock;

use param_marketplace::{Client, Credentials, Environment, MarketplaceKey, MerchantKey, Settings};

/// The merchant's key, and the marketplace's.
pub(crate) const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

pub(crate) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
    let builder = Client::builder(&Environment::Test, login, marketplace, merchant).unwrap();
    builder.settings().clone()
});
