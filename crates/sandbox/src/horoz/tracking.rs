//! Tracking, and parcels that move by themselves.

use std::collections::BTreeMap;

use super::dialect::TrackingNames;
use super::effect::Effect;
use super::labels;
use super::order::{Order, State};
use super::reply::{self, Accepted, Refusal, Reply};
use super::settings::Progress;
use super::{Horoz, codes, parcel};
use crate::{Chance, Moment};

/// `listShippingDetails`: refuses the same number until a pause has passed.
pub(super) fn track(world: &mut Horoz, number: &str, now: Moment) -> Reply {
    let (pause, progress) = (world.settings.tracking_pause, world.settings.progress);
    let order = world.orders.get_mut(number).ok_or(codes::NOT_TRACKED)?;
    order.queries = order.queries.saturating_add(1);
    if order.atf().is_none() {
        return Err(codes::NOT_TRACKED.into());
    }
    let is_too_soon = |at: Moment| now.0.saturating_sub(at.0) < pause;
    if order.answered_at.is_some_and(is_too_soon) {
        return Err(codes::TOO_SOON.into());
    }
    order.answered_at = Some(now);
    let mut effects = Vec::new();
    if let Progress::AfterReads(reads) = progress
        && order.queries.is_multiple_of(reads.max(1))
        && let Some(next) = order.next_movement()
    {
        effects.extend(order.move_to(next, now));
    }
    let dialect = &world.settings.dialect;
    let parts = match dialect.tracking {
        TrackingNames::Shop => parcel::of_shop(order),
        TrackingNames::Few => parcel::of_few(order),
    };
    let parts = parts.map_err(|_| Refusal::Unreadable)?;
    Ok(Accepted {
        body: reply::result(dialect, codes::DONE).with_all(parts),
        effects,
        key: None,
    })
}

/// Moves every order on by one step for each pause that has passed.
pub(super) fn advance(
    orders: &mut BTreeMap<String, Order>,
    step: i64,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    let numbers: Vec<String> = orders.keys().cloned().collect();
    for number in numbers {
        while let Some(order) = orders.get_mut(&number) {
            let due = Moment(order.changed_at().0.saturating_add(step));
            if due > now {
                break;
            }
            if order.state == State::Waiting {
                effects.extend(labels::accept(orders, &number, due, chance));
            } else if let Some(next) = order.next_movement() {
                effects.extend(order.move_to(next, due));
            } else {
                break;
            }
        }
    }
    effects
}
