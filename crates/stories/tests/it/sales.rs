//! A thousand sales over each provider.

use stories::{Incident, sale, search};

/// The faults of a request that writes, over every provider.
const FAULTS: [&str; 7] = [
    "the request is lost",
    "done, and the answer is lost",
    "done, and the answer comes too late",
    "done later, no answer",
    "the answer comes twice",
    "an unreadable answer",
    "no connection",
];

/// Tells stories about one sale, which has to reach each of these points in at least so many of them.
fn tell(name: &str, points: &[(&'static str, u64)]) {
    let sale = sale::all().into_iter().find(|sale| sale.name == name);
    let sale = sale.unwrap_or_else(|| panic!("{name} has no stories"));
    let sum = search(sale, 1, 1_000).unwrap_or_else(|failing| panic!("{failing}"));
    let times = |incident: Incident| sum.incidents.get(&incident).copied().unwrap_or(0);
    for (point, least) in points {
        let reached = times(Incident::Reached(point));
        assert!(
            reached >= *least,
            "{name}: {point} is reached {reached} times"
        );
    }
    for event in sale.others {
        assert!(times(Incident::Outside(event)) > 0, "{name}: {event} never");
    }
    for fault in FAULTS {
        assert!(times(Incident::OnWrite(fault)) > 0, "{name}: {fault} never");
    }
    let crashes = [
        Incident::Restart,
        Incident::CrashBefore("the shop"),
        Incident::CrashAfter("the shop"),
    ];
    for crash in crashes {
        assert!(times(crash) > 0, "{name}: {crash:?} never");
    }
}

#[test]
fn param() {
    let points = [
        ("paid", 300),
        ("shared", 200),
        ("approved", 200),
        ("given back", 200),
    ];
    tell("param sale", &points);
}

#[test]
fn haso() {
    tell("haso sale", &[("paid", 300), ("given back", 200)]);
}

#[test]
fn horoz() {
    let points = [
        ("ordered", 500),
        ("corrected", 200),
        ("cancelled", 100),
        ("delivered", 200),
    ];
    tell("horoz sale", &points);
}

#[test]
fn aras() {
    let points = [("cancelled", 200), ("told of news", 300), ("delivered", 80)];
    tell("aras sale", &points);
}
