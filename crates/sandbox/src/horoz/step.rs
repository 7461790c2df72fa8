//! Steps of people outside: Horoz' staff, couriers, and the unit that keeps the list of addresses.

use serde::{Deserialize, Serialize};

use super::Horoz;
use super::effect::Effect;
use super::order::{MovementKind, State};
use super::settings::Progress;
use crate::{Chance, Moment};

/// A step of somebody who is not a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The staff accepts the goods of a waiting order.
    Accept {
        /// The order's number.
        order: String,
    },
    /// The parcel of an accepted order gets into a state.
    Move {
        /// The order's number.
        order: String,
        /// The state.
        to: MovementKind,
    },
    /// The order moves on by one step: goods acceptance, or the state that follows by itself.
    Next {
        /// The order's number.
        order: String,
    },
    /// The label is scanned in operations; afterwards `cancelBarcode` is refused.
    ReadLabel {
        /// The order's number.
        order: String,
    },
    /// The caller's address is taken off the list.
    BlockAddress,
    /// The caller's address is put on the list.
    AllowAddress,
    /// An account is registered for senders and recipients.
    AddAccount {
        /// The account's code.
        code: i64,
    },
    /// Parcels move on in another way from now on.
    Progress {
        /// How.
        how: Progress,
    },
}

impl Horoz {
    /// Does a step; see [`Hosted::act`](crate::Hosted::act).
    pub(super) fn step(
        &mut self,
        step: Step,
        now: Moment,
        chance: &mut Chance,
    ) -> Result<Vec<Effect>, String> {
        match step {
            Step::Accept { order } => {
                self.known(&order, |state| *state == State::Waiting)?;
                Ok(self.accept(&order, now, chance))
            }
            Step::Move { order, to } => {
                self.known(&order, is_accepted)?;
                Ok(self.move_parcel(&order, to, now))
            }
            Step::Next { order } => {
                self.known(&order, |state| {
                    *state == State::Waiting || is_accepted(state)
                })?;
                let next = self.order(&order).and_then(super::Order::next_movement);
                let is_waiting = self.order(&order).is_some_and(|one| one.atf().is_none());
                match next {
                    _ if is_waiting => Ok(self.accept(&order, now, chance)),
                    Some(next) => Ok(self.move_parcel(&order, next, now)),
                    None => Err("the parcel is delivered".to_owned()),
                }
            }
            Step::ReadLabel { order } => {
                self.known(&order, is_accepted)?;
                self.read_label(&order);
                Ok(Vec::new())
            }
            Step::BlockAddress => {
                self.settings.is_address_allowed = false;
                Ok(Vec::new())
            }
            Step::AllowAddress => {
                self.settings.is_address_allowed = true;
                Ok(Vec::new())
            }
            Step::AddAccount { code } => {
                self.settings.accounts.insert(code);
                Ok(Vec::new())
            }
            Step::Progress { how } => {
                self.settings.progress = how;
                Ok(Vec::new())
            }
        }
    }

    /// Refuses a step for an order that is not there, or in a state that does not allow it.
    fn known(&self, order: &str, allows: impl Fn(&State) -> bool) -> Result<(), String> {
        let order = self.order(order).ok_or("no order has this number")?;
        if allows(&order.state) {
            Ok(())
        } else {
            Err(format!("the order's state is `{}`", order.word().name()))
        }
    }
}

fn is_accepted(state: &State) -> bool {
    matches!(state, State::Accepted { .. })
}
