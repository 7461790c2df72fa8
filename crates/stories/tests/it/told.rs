//! A thousand stories about each write of the provider crates.

use stories::{Rule, search, writes};

/// Writes that break a rule today, with the reason.
const KNOWN: [(&str, Rule); 2] = [
    // The null result of a cancelled order is unreadable, and has to mean "not registered".
    ("aras CancelDispatch", Rule::Open),
    // The client waits for a seller's amount of zero, which the simulated provider does not show.
    ("param Pazaryeri_TP_Iptal_Iade (whole)", Rule::Open),
];

/// Tells stories about the writes of one provider.
fn tell(provider: &str) {
    let writes = writes::all().into_iter();
    let mut told = 0;
    for write in writes.filter(|write| write.name.starts_with(provider)) {
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

#[test]
fn param() {
    tell("param ");
}

#[test]
fn haso() {
    tell("haso ");
}
