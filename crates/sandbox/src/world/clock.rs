//! The clock of a world, and its providers' own work when it moves.

use super::World;
use crate::outbox::Cause;
use crate::{Clock, Moment};

impl World {
    /// Lets time pass at every provider.
    pub fn tick(&mut self, machine: Moment) {
        let now = self.clock.now(machine);
        for index in 0..self.stands.len() {
            self.stands[index].tick(now);
            self.collect(index, Cause::Anything, now, None);
        }
    }

    /// Moves the clock forward, and lets what is due by then happen in its order.
    pub fn advance(&mut self, millis: i64, machine: Moment) {
        let end = self.clock.advanced(millis);
        self.run_to(end, machine);
    }

    /// Moves the clock to the next midnight in Istanbul.
    pub fn to_istanbul_midnight(&mut self, machine: Moment) {
        let end = self.clock.at_istanbul_midnight(machine);
        self.run_to(end, machine);
    }

    /// Replaces the clock. A clock that is behind the present one is refused, because times would run
    /// backwards.
    ///
    /// # Errors
    ///
    /// Returns a sentence when the new clock is behind.
    pub fn set_clock(&mut self, clock: Clock, machine: Moment) -> Result<(), String> {
        if clock.now(machine) < self.clock.now(machine) && !self.log.is_empty() {
            return Err(
                "the clock of a world in which something happened cannot go back".to_owned(),
            );
        }
        self.clock = clock;
        self.changes += 1;
        self.tick(machine);
        Ok(())
    }

    fn run_to(&mut self, end: Clock, machine: Moment) {
        let last = end.now(machine);
        // Late requests have times of their own; each provider does them at those.
        self.clock = end;
        self.changes += 1;
        for index in 0..self.stands.len() {
            self.stands[index].tick(last);
            self.collect(index, Cause::Anything, last, None);
        }
    }
}
