//! Settling over a transport of the test's own: no HTTP library, no async runtime.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests stop at the first surprise"
)]

#[path = "../../../core/tests/it/provider.rs"]
mod provider;
mod settles;
mod settling;

use kervan_core::{Caller, Config, Reply, Retry, TransportKind};
use kervan_settling::Settler;

use self::provider::{Script, Shop, host};

#[expect(clippy::unnecessary_wraps, reason = "one line of a script")]
fn answered(body: &str) -> Result<Reply, TransportKind> {
    Ok(Reply::new(200, Vec::new(), body.as_bytes().to_vec()))
}

fn lost() -> Result<Reply, TransportKind> {
    Err(TransportKind::Interrupted)
}

fn caller(script: &Script, tries: u32) -> Settler<Shop> {
    let retry = Retry::default().tries(tries);
    Settler::new(Caller::new(
        Shop::default(),
        Config::default().retry(retry),
        script.clone(),
        host(),
    ))
}

#[test]
fn a_settler_shows_the_callers_settings_and_limits() {
    let shown = format!("{:?}", caller(&Script::new([]), 7));
    assert!(
        shown.contains("shop/1") && shown.contains("tries: 7"),
        "{shown}"
    );
}
