//! Each kind of difference, and the hours around midnight.

use kervan_reconciliation::{Belief, Fact, Kind, Ours, Reconciliation, Theirs, What};

use crate::{day, lira, ours, theirs};

const NOON: i64 = 720;

fn compared(here: Vec<Ours>, there: Vec<Theirs>) -> Vec<(String, What)> {
    let mut day = Reconciliation::of(day());
    for line in here {
        day.ours(line);
    }
    for line in there {
        day.theirs(line);
    }
    let differences = day.differences();
    differences.map(|one| (one.subject, one.what)).collect()
}

fn one(here: Vec<Ours>, there: Vec<Theirs>) -> Option<What> {
    let mut all = compared(here, there);
    assert!(all.len() < 2, "{all:?}");
    all.pop().map(|(_, what)| what)
}

fn failed(line: Theirs) -> Theirs {
    Theirs {
        fact: Fact::NotDone,
        amount: None,
        ..line
    }
}

#[test]
fn each_difference_has_its_name() {
    let here = || ours("1", 100, NOON);
    let there = || theirs("1", 100, NOON);
    let open = || here().belief(Belief::Open);
    let refused = || here().belief(Belief::NotDone);
    assert_eq!(one(vec![here()], vec![there()]), None);
    assert_eq!(one(vec![here()], vec![]), Some(What::MissingThere));
    assert_eq!(one(vec![], vec![there()]), Some(What::MissingHere));
    assert_eq!(
        one(vec![here()], vec![failed(there())]),
        Some(What::FailedThere)
    );
    assert_eq!(
        one(vec![here()], vec![failed(there()), there()]),
        None,
        "the second try went through"
    );
    assert_eq!(one(vec![here()], vec![there(), there()]), Some(What::Twice));
    assert_eq!(one(vec![refused()], vec![there()]), Some(What::DoneThere));
    assert_eq!(one(vec![refused()], vec![failed(there())]), None);
    assert_eq!(
        one(vec![here()], vec![theirs("1", 90, NOON)]),
        Some(What::Amount)
    );
    assert_eq!(one(vec![open()], vec![there()]), Some(What::Settled));
    assert_eq!(
        one(vec![open()], vec![theirs("1", 90, NOON)]),
        Some(What::Amount)
    );
    assert_eq!(one(vec![open()], vec![]), Some(What::Open));
    assert_eq!(
        one(vec![open()], vec![there(), there()]),
        Some(What::Twice),
        "one open write has one effect"
    );
    assert_eq!(one(vec![], vec![failed(there())]), None, "nobody paid");
}

#[test]
fn parts_of_one_number_are_summed_up() {
    let refund = |amount, minutes| Ours {
        kind: Kind::Refund,
        ..ours("1", amount, minutes)
    };
    let there = |amount, minutes| Theirs {
        kind: Kind::Refund,
        ..theirs("1", amount, minutes)
    };
    let here = || vec![refund(10, NOON), refund(20, NOON + 60)];
    let both = vec![there(20, NOON + 60), there(10, NOON)];
    assert_eq!(one(here(), both), None);
    assert_eq!(one(here(), vec![there(10, NOON)]), Some(What::MissingThere));
    let other = vec![there(20, NOON), there(20, NOON)];
    assert_eq!(one(here(), other), Some(What::Amount));
    // A refund is no payment.
    let payment = vec![theirs("1", 30, NOON)];
    let kinds = compared(here(), payment);
    assert_eq!(
        kinds,
        [
            ("1".to_owned(), What::MissingHere),
            ("1".to_owned(), What::MissingThere)
        ]
    );
}

#[test]
fn a_payment_at_midnight_is_a_difference_of_no_day_when_both_sides_have_it() {
    // Begun before midnight, charged after it: by the day before and by this day.
    for (here, there) in [(-1, 1), (1, -1), (1439, 1441), (1441, 1439)] {
        let both = one(vec![ours("1", 100, here)], vec![theirs("1", 100, there)]);
        assert_eq!(both, None, "{here} {there}");
    }
    // One that is missing is reported on its own day, once.
    assert_eq!(
        one(vec![ours("1", 100, 1)], vec![]),
        Some(What::MissingThere)
    );
    assert_eq!(one(vec![ours("1", 100, -1)], vec![]), None, "of yesterday");
    assert_eq!(
        one(vec![], vec![theirs("1", 100, 1441)]),
        None,
        "of tomorrow"
    );
    // Twice, once on each side of midnight.
    let twice = vec![theirs("1", 100, -5), theirs("1", 100, 5)];
    assert_eq!(one(vec![ours("1", 100, -6)], twice), Some(What::Twice));
    // Far away.
    let of_two_days = vec![theirs("1", 100, 720), theirs("1", 100, -600)];
    assert_eq!(one(vec![ours("1", 100, 720)], of_two_days), None);
    let far = vec![ours("1", 100, -600), ours("2", 100, 2_000)];
    assert_eq!(compared(far, vec![theirs("3", 100, -600)]), []);
}

#[test]
fn what_is_open_counts_whenever_it_began() {
    let old = ours("1", 100, -5_000).belief(Belief::Open);
    assert_eq!(one(vec![old.clone()], vec![]), Some(What::Open));
    assert_eq!(
        one(vec![old], vec![theirs("1", 100, 720)]),
        Some(What::Settled)
    );
}

#[test]
fn a_parcel_has_no_amount() {
    let here = Ours::done(Kind::Parcel, "1", None, crate::at(720));
    let there = Theirs {
        kind: Kind::Parcel,
        amount: None,
        ..theirs("1", 0, 720)
    };
    assert_eq!(one(vec![here], vec![there]), None);
}

#[test]
fn totals_are_those_of_the_day_itself() {
    let mut all = Reconciliation::of(day());
    all.ours(ours("1", 100, 720));
    all.ours(ours("2", 50, -5));
    all.theirs(theirs("1", 100, 720));
    all.theirs(theirs("3", 11, 5));
    let (here, there) = all.totals(Kind::Payment);
    assert_eq!((here.count, here.sum), (1, Some(lira(100))));
    assert_eq!((there.count, there.sum), (2, Some(lira(111))));
}
