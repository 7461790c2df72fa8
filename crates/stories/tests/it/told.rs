//! A thousand stories about each write of the provider crates.

use kervan_core::Class;
use stories::{Incident, Write, search, writes};

/// The faults of a request, whether it writes or reads.
const FAULTS: [&str; 6] = [
    "the request is lost",
    "done, and the answer is lost",
    "done, and the answer comes too late",
    "the answer comes twice",
    "an unreadable answer",
    "no connection",
];

/// Returns everything that can go wrong with a write, or come in between.
fn expected(write: Write) -> Vec<Incident> {
    let mut expected = vec![
        Incident::OnWrite("done later, no answer"),
        Incident::OnWrite("the provider does it twice"),
        Incident::CrashBefore("send"),
        Incident::CrashAfter("send"),
        Incident::CrashBefore("send_or_settle"),
        Incident::CrashAfter("send_or_settle"),
        Incident::Restart,
        Incident::WallAhead,
        Incident::WallBehind,
        Incident::SentAgain,
    ];
    expected.extend(FAULTS.map(Incident::OnWrite));
    if (write.has_read_back)() {
        expected.extend(FAULTS.map(Incident::OnRead));
        expected.push(Incident::OnRead("the answer of the call before"));
        expected.push(Incident::OnRead("a stale read"));
        expected.push(Incident::CrashBefore("settle"));
        expected.push(Incident::CrashBefore("resume"));
    }
    // Where a read-back comes first, it mostly settles the write.
    if (write.class)() == Class::Keyed && !(write.has_read_back)() {
        expected.push(Incident::CrashAfter("resume"));
    }
    // A read comes before the write: the baseline, or a question before the next try.
    if (write.class)() == Class::Delta {
        expected.push(Incident::CrashBefore("prepare"));
        expected.push(Incident::OnWrite("the answer of the call before"));
    }
    if (write.has_neighbours)() {
        expected.push(Incident::Neighbour);
    }
    if !write.others.is_empty() {
        expected.push(Incident::Other);
    }
    expected
}

/// How many stories of each write: thousands for each provider, and each incident in several of them.
const STORIES: u64 = 400;

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
        match search(write, 1, STORIES) {
            Ok(sum) => {
                // Stories without effects tell nothing.
                assert!(sum.effects > 40, "{}: {sum:?}", write.name);
                let times = |incident: &Incident| sum.incidents.get(incident).copied();
                for incident in expected(write) {
                    let times = times(&incident).unwrap_or_default();
                    assert!(times > 0, "{}: {incident:?} never occurs", write.name);
                }
            }
            Err(failing) => panic!("{failing}"),
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
