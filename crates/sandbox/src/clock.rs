//! The clock of a world.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// The clock of a world: that of the machine, moved by an offset, or one that only moves when told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Clock {
    /// The machine's time and so many milliseconds.
    Real(i64),
    /// This moment, until somebody moves it. Nothing happens by itself: late requests, parcels that move
    /// on and callbacks wait for the move.
    Manual(Moment),
}

impl Clock {
    /// Returns the time of the world, given that of the machine: never before [`Moment::FIRST`] nor after
    /// [`Moment::LAST`].
    pub fn now(self, machine: Moment) -> Moment {
        let now = match self {
            Clock::Real(offset) => machine.plus(offset),
            Clock::Manual(at) => at,
        };
        now.clamp(Moment::FIRST, Moment::LAST)
    }

    /// Returns whether time passes by itself.
    pub fn is_real(self) -> bool {
        matches!(self, Clock::Real(_))
    }

    /// Returns the clock moved forward. Moving back is not possible, because the providers' own times
    /// would contradict it: negative milliseconds count as none.
    #[must_use]
    pub fn advanced(self, millis: i64) -> Self {
        let millis = millis.max(0);
        match self {
            Clock::Real(offset) => Clock::Real(offset.saturating_add(millis)),
            Clock::Manual(at) => Clock::Manual(at.plus(millis).min(Moment::LAST)),
        }
    }

    /// Returns the clock moved to the next midnight in Istanbul, when providers begin a new day.
    #[must_use]
    pub fn at_istanbul_midnight(self, machine: Moment) -> Self {
        let now = self.now(machine);
        self.advanced(now.next_midnight().0.saturating_sub(now.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_clock_follows_the_machine_and_a_manual_one_does_not() {
        let (real, manual) = (Clock::Real(0), Clock::Manual(Moment(5)));
        assert_eq!(real.advanced(1000).now(Moment(7)), Moment(1007));
        assert_eq!(manual.advanced(1000).now(Moment(7)), Moment(1005));
        assert_eq!(manual.advanced(-1), manual);
        assert_eq!((real.is_real(), manual.is_real()), (true, false));
    }

    #[test]
    fn it_stays_within_years_of_four_digits() {
        for clock in [Clock::Real(0), Clock::Manual(Moment(0))] {
            let end = clock.advanced(i64::MAX).advanced(i64::MAX);
            assert_eq!(
                end.at_istanbul_midnight(Moment(7)).now(Moment(7)),
                Moment::LAST
            );
        }
        let first = Clock::Manual(Moment(i64::MIN));
        assert_eq!(first.now(Moment(0)), Moment::FIRST);
        assert_eq!(Clock::Real(i64::MIN).now(Moment(-9)), Moment::FIRST);
    }

    #[test]
    fn midnight_is_that_of_istanbul() {
        let evening = Moment::parse_turkish("28.11.2026 23:59:59").unwrap();
        let midnight = Moment::parse_turkish("29.11.2026").unwrap();
        let manual = Clock::Manual(evening).at_istanbul_midnight(Moment(0));
        assert_eq!(manual, Clock::Manual(midnight));
        let real = Clock::Real(10).at_istanbul_midnight(evening);
        assert_eq!(real.now(evening), midnight);
    }
}
