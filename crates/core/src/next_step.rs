//! The next step of a program after a call that failed or was settled.

use std::time::SystemTime;

use serde::Serialize;

use crate::class::Class;
use crate::outcome::Outcome;
use crate::problem::Language;

/// The next step of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum NextStep {
    /// Nothing: it is settled.
    #[serde(rename = "nothing")]
    Nothing,
    /// Correct the request, then send it. It was not done.
    #[serde(rename = "correct")]
    Correct,
    /// Send the same request again. That cannot do it twice.
    #[serde(rename = "send_again")]
    SendAgain,
    /// Settle it: it may have happened. Before the time, absence proves nothing.
    #[serde(rename = "ask_again")]
    AskAgain {
        /// When it is worth asking; `None` for at once.
        at: Option<SystemTime>,
    },
    /// Start anew under a new key. Nobody has seen the page of this start.
    #[serde(rename = "start_anew")]
    StartAnew,
    /// Let a person look at the provider's panel. No call finds out, and sending again could do it
    /// twice.
    #[serde(rename = "ask_a_person")]
    AskAPerson,
}

impl NextStep {
    /// Returns the step after an outcome of a call of a class. `is_at_fault`: the request itself is refused.
    pub(crate) fn after(class: Class, outcome: Outcome, is_at_fault: bool) -> Self {
        match (outcome, class) {
            (Outcome::NotDone, _) if is_at_fault => Self::Correct,
            (Outcome::NotDone, _) | (Outcome::Unknown, Class::Read | Class::Keyed) => {
                Self::SendAgain
            }
            (Outcome::Unknown, Class::State | Class::Delta | Class::Charge) => {
                Self::AskAgain { at: None }
            }
            (Outcome::Unknown, Class::Start) => Self::StartAnew,
            (Outcome::Unknown, Class::Blind) => Self::AskAPerson,
        }
    }

    /// Returns the step as a sentence for people.
    pub fn text(self, language: Language) -> &'static str {
        let (en, tr) = match self {
            Self::Nothing => ("nothing to do", "yapılacak bir şey yok"),
            Self::Correct => (
                "it was not done: correct the request and send it",
                "işlem yapılmadı: isteği düzeltip gönderin",
            ),
            Self::SendAgain => (
                "send the same request again; that cannot do it twice",
                "aynı isteği yeniden gönderin; işlem iki kez yapılmaz",
            ),
            Self::AskAgain { .. } => (
                "it may have happened: settle it before anything else",
                "işlem yapılmış olabilir: önce sonucunu sorgulayın",
            ),
            Self::StartAnew => (
                "start anew under a new key; nobody has seen the page of this start",
                "yeni bir anahtarla baştan başlatın; bu sayfayı kimse görmedi",
            ),
            Self::AskAPerson => (
                "it may have happened and no call finds out: look at the provider's panel",
                "işlem yapılmış olabilir ve sorgulanamıyor: sağlayıcının panelinden bakın",
            ),
        };
        match language {
            Language::English => en,
            Language::Turkish => tr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_write_is_never_simply_sent_again_but_a_keyed_one() {
        for class in [
            Class::Keyed,
            Class::State,
            Class::Delta,
            Class::Start,
            Class::Charge,
            Class::Blind,
        ] {
            let step = NextStep::after(class, Outcome::Unknown, false);
            assert_eq!(
                step == NextStep::SendAgain,
                class == Class::Keyed,
                "{class:?}"
            );
        }
    }

    #[test]
    fn each_step_has_a_sentence_of_its_own_in_both_languages() {
        let steps = [
            NextStep::Nothing,
            NextStep::Correct,
            NextStep::SendAgain,
            NextStep::AskAgain { at: None },
            NextStep::StartAnew,
            NextStep::AskAPerson,
        ];
        let texts: std::collections::HashSet<_> = steps
            .into_iter()
            .flat_map(|step| [step.text(Language::English), step.text(Language::Turkish)])
            .collect();
        assert_eq!(texts.len(), 2 * steps.len());
        assert!(texts.iter().all(|text| text.contains(' ')));
    }

    #[test]
    fn what_was_not_done_is_corrected_or_sent() {
        let after = |is_at_fault| NextStep::after(Class::Charge, Outcome::NotDone, is_at_fault);
        assert_eq!(after(true), NextStep::Correct);
        assert_eq!(after(false), NextStep::SendAgain);
    }
}
