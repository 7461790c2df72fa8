//! Laws that hold for every day.

use kervan_reconciliation::{Kind, Reconciliation, What};
use proptest::prelude::*;

use crate::{day, ours, theirs};

type Lines = Vec<(u8, i64)>;

fn lines() -> impl Strategy<Value = Lines> {
    prop::collection::vec((0_u8..40, 1_i64..5), 1..60)
}

fn compared(here: &Lines, there: &Lines) -> Vec<(Kind, String, What)> {
    let mut all = Reconciliation::of(day());
    for (subject, amount) in here {
        all.ours(ours(&subject.to_string(), *amount, 720));
    }
    for (subject, amount) in there {
        all.theirs(theirs(&subject.to_string(), *amount, 721));
    }
    let all = all.differences();
    all.map(|one| (one.kind, one.subject, one.what)).collect()
}

proptest! {
    #[test]
    fn a_day_agrees_with_itself_in_any_order(here in lines(), shift in 0_usize..60) {
        let mut there = here.clone();
        let count = there.len();
        there.rotate_left(shift % count);
        prop_assert_eq!(compared(&here, &there), vec![]);
    }

    #[test]
    fn one_line_less_is_one_difference(here in lines(), at in 0_usize..60) {
        let mut less = here.clone();
        let (subject, _) = less.remove(at % here.len());
        let there = compared(&here, &less);
        prop_assert_eq!(there, vec![(Kind::Payment, subject.to_string(), What::MissingThere)]);
        let back = compared(&less, &here);
        let is_left = less.iter().any(|(own, _)| *own == subject);
        let what = if is_left { What::Twice } else { What::MissingHere };
        prop_assert_eq!(back, vec![(Kind::Payment, subject.to_string(), what)]);
    }

    #[test]
    fn one_other_amount_is_one_difference(here in lines(), at in 0_usize..60) {
        let mut other = here.clone();
        let index = at % here.len();
        other[index].1 += 1;
        let subject = other[index].0.to_string();
        prop_assert_eq!(compared(&here, &other), vec![(Kind::Payment, subject, What::Amount)]);
    }
}
