//! Orders that Horoz tracks.

use std::time::SystemTime;

use horoz_shipping::RequestNumber;

use crate::line::{Fact, Kind, Row, Theirs};

/// Says that Horoz knows an order: it answered `TrackOrder` for it. Where it answers that it does not, there is no row:
/// an order that is not accepted yet is answered alike, so a parcel that is missing there may only be new.
///
/// `at` is when the order was made, as the shop knows it.
pub fn known(order: &RequestNumber, at: SystemTime) -> Row {
    Row::Line(Theirs {
        kind: Kind::Parcel,
        subject: order.as_str().trim().to_owned(),
        amount: None,
        fact: Fact::Done,
        at: Some(at),
    })
}
