//! How the writes of the test's provider are settled.

use kervan_core::Answer;
use kervan_settling::{Baseline, Found, Settle};

use crate::provider::{Ask, Move, No, Unwatched};

impl Settle for Move {
    type ReadBack = Ask;

    fn key(&self) -> String {
        "K".to_owned()
    }

    fn read_back(&self) -> Option<Ask> {
        self.has_read_back.then_some(Ask::Whether)
    }

    fn second_question(&self, first: &Answer<String>) -> Option<Ask> {
        (first.value == "ask-more").then_some(Ask::More)
    }

    fn baseline(&self, before: &Answer<String>) -> Option<Baseline> {
        Some(Baseline::new([before.as_str()]))
    }

    fn found(&self, now: Answer<String>, baseline: Option<&Baseline>) -> Found<String, No> {
        if baseline.is_some_and(|known| known.has(&now)) {
            return Found::Absent;
        }
        match now.as_str() {
            "present" => Found::Ours(None),
            "wanted" => Found::Wanted,
            "absent" => Found::Absent,
            "other" => Found::Other(vec!["address".to_owned(), "weight".to_owned()]),
            "failed" => Found::Failed(No::of_word("no")),
            _ => Found::Unclear,
        }
    }
}

impl Settle for Unwatched {
    type ReadBack = Ask;

    fn key(&self) -> String {
        self.0.key()
    }

    fn read_back(&self) -> Option<Ask> {
        self.0.read_back()
    }

    fn found(&self, now: Answer<String>, baseline: Option<&Baseline>) -> Found<String, No> {
        self.0.found(now, baseline)
    }
}
