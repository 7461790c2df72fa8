//! A thousand stories about each write of the provider crates.

use kervan_core::Class;
use stories::{Rule, Write, search, writes};

/// Writes that break a rule today, with the reason.
const KNOWN: [(&str, Rule); 1] = [
    // The null result of a cancelled order is unreadable, and has to mean "not registered".
    ("aras CancelDispatch", Rule::Open),
];

/// Tells stories about the writes of one provider.
fn tell(provider: &str) {
    tell_of(provider, |_| true);
}

/// Tells stories about some of them.
fn tell_of(provider: &str, is_told: impl Fn(&Write) -> bool) {
    let writes = writes::all().into_iter();
    let mut told = 0;
    for write in writes.filter(|write| write.name.starts_with(provider) && is_told(write)) {
        told += 1;
        match search(write, 1, 1_000) {
            // Stories without effects tell nothing.
            Ok(sum) => assert!(sum.effects > 100, "{}: {sum:?}", write.name),
            Err(failing) => {
                let known = (write.name, failing.broken.rule);
                assert!(KNOWN.contains(&known), "{failing}");
            }
        }
    }
    assert!(told > 0, "{provider} has no stories");
}

#[test]
fn horoz() {
    tell("horoz ");
}

#[test]
fn aras() {
    tell("aras ");
}

fn is_of_marketplace(write: &Write) -> bool {
    write.name.starts_with("param Pazaryeri_")
}

fn is_start(write: &Write) -> bool {
    (write.class)() == Class::Start
}

#[test]
fn param_marketplace() {
    tell_of("param ", is_of_marketplace);
}

#[test]
fn param_starts() {
    tell_of("param ", |write| {
        !is_of_marketplace(write) && is_start(write)
    });
}

#[test]
fn param_payments() {
    tell_of("param ", |write| {
        !is_of_marketplace(write) && !is_start(write)
    });
}

#[test]
fn haso() {
    tell("haso ");
}
