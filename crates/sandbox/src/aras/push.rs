//! Events that Aras calls a service of the shop with.

use super::Aras;
use super::parcel::Parcel;
use super::stage::Stage;
use crate::values::day::{iso, istanbul};
use crate::values::xml::{Element, envelope};
use crate::{Moment, Post};

/// The world's own name space and operation; the real ones are not public.
const NAMESPACE: &str = "http://kervan.example/";
const OPERATION: &str = "SetCargoStatus";

/// The kind of the post.
pub(super) const PUSH: &str = "push";

/// Puts an event into the outbox, when the new state of a parcel is one that is pushed and an address is
/// set.
pub(super) fn moved(world: &mut Aras, parcel: &Parcel, now: Moment) {
    let Some(to) = world.settings.push_to.clone() else {
        return;
    };
    let Some(number) = number(parcel.stage) else {
        return;
    };
    let event = Element::of(
        OPERATION,
        vec![
            Element::text("IntegrationCode", &parcel.code),
            Element::text("CargoStatus", number),
            Element::text("ProcessDate", &iso(istanbul(now))),
            Element::text("Description", &description(parcel)),
            Element::text("UserName", &world.settings.push_user),
            Element::text("Password", &world.settings.push_password),
        ],
    );
    let body = String::from_utf8(envelope(NAMESPACE, &event)).unwrap_or_default();
    let about = parcel.tracking_number.as_str();
    let post = Post::text(PUSH, &to, about, "text/xml; charset=utf-8", &body);
    world.posts.push(post);
}

/// The world's own numbers of the documented kinds of events, in the order of the document. They are
/// not those of `DURUM_KODU` on purpose.
fn number(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Undelivered => Some("1"),
        Stage::PartlyDelivered => Some("2"),
        Stage::Delivered => Some("3"),
        Stage::AtOrigin => Some("4"),
        _ => None,
    }
}

/// Up to 128 characters.
fn description(parcel: &Parcel) -> String {
    let words = parcel.stage.turkish();
    let attempt = parcel
        .attempts
        .last()
        .map(|attempt| attempt.reason.as_str());
    let taker = parcel
        .delivery
        .as_ref()
        .map(|delivery| delivery.to.as_str());
    let detail = match parcel.stage {
        Stage::Undelivered => attempt,
        Stage::Delivered => taker,
        _ => None,
    };
    let text = match detail {
        Some(detail) => format!("{words}: {detail}"),
        None => words.to_owned(),
    };
    text.chars().take(128).collect()
}
