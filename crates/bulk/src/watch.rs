//! The consequences of the ends of writes for the rest of a run.

use crate::report::StopReason;

/// The consequence of a write's end for the rest of the run.
#[derive(Clone, Debug)]
pub(crate) enum Said {
    /// It was not tried.
    Untried,
    /// No answer of the provider came.
    Silence,
    WrongLogin,
    /// A code that is not listed.
    Unlisted(String),
    /// Anything else.
    Answer,
}

/// The failures that the latest writes share.
#[derive(Default)]
pub(crate) struct Watch {
    silent: usize,
    /// A code that is not listed, and how often it came in a row.
    unlisted: Option<(String, usize)>,
}

impl Watch {
    /// Returns whether, and why, the run has to stop after the result of a write.
    pub(crate) fn look(&mut self, said: &Said, stop_after: usize) -> Option<StopReason> {
        match said {
            Said::Untried => return None,
            Said::WrongLogin => return Some(StopReason::WrongLogin),
            Said::Silence => self.silent += 1,
            Said::Answer | Said::Unlisted(_) => self.silent = 0,
        }
        self.unlisted = match (said, self.unlisted.take()) {
            (Said::Unlisted(code), Some((before, count))) if *code == before => {
                Some((before, count + 1))
            }
            (Said::Unlisted(code), _) => Some((code.clone(), 1)),
            _ => None,
        };
        let same = self.unlisted.as_ref().map_or(0, |(_, count)| *count);
        if self.silent >= stop_after {
            Some(StopReason::NoAnswers)
        } else if same >= stop_after {
            Some(StopReason::UnlistedCode)
        } else {
            None
        }
    }
}
