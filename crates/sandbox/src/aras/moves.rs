//! Parcels that come into being and move: at a branch, by a courier, or by themselves.

use rust_decimal::Decimal;

use super::branches::{self, Branch, TRANSFER};
use super::effect::Effect;
use super::numbers::Numbers;
use super::order::Order;
use super::parcel::{Attempt, Collection, Delivery, Movement, Parcel, Redirection};
use super::reasons::reason;
use super::settings::Progress;
use super::stage::Stage;
use super::step::{Move, NewParcel};
use super::{Aras, push};
use crate::{Chance, Moment};

/// Cuts the waybill of a registered order.
pub(super) fn accept(
    world: &mut Aras,
    code: &str,
    branch: Option<&str>,
    now: Moment,
    chance: &mut Chance,
) -> Result<Vec<Effect>, String> {
    let origin = branch_of(world, branch)?;
    let order = world.orders.get(code);
    let order = order.ok_or_else(|| format!("no order {code} is registered"))?;
    if order.has_waybill {
        return Err(format!("the waybill of order {code} is cut"));
    }
    let numbers = draw(world, origin, now, chance);
    let parcel = Parcel::of_order(order, numbers, origin, &world.settings, now);
    if let Some(order) = world.orders.get_mut(code) {
        order.has_waybill = true;
    }
    Ok(vec![add(world, parcel)])
}

/// Adds a parcel without an order.
pub(super) fn add_new(
    world: &mut Aras,
    new: NewParcel,
    now: Moment,
    chance: &mut Chance,
) -> Result<Vec<Effect>, String> {
    let origin = branch_of(world, None)?;
    let drawn = draw(world, origin, now, chance);
    let numbers = Numbers {
        tracking: new.tracking_number.unwrap_or(drawn.tracking),
        cargo: new.cargo_code.unwrap_or(drawn.cargo),
        waybill: new.waybill.unwrap_or(drawn.waybill),
    };
    for number in [&numbers.tracking, &numbers.cargo, &numbers.waybill] {
        if world.parcels.iter().any(|parcel| parcel.is_named(number)) {
            return Err(format!("there is a parcel {number}"));
        }
    }
    let or = |text: Option<String>, other: &str| text.unwrap_or_else(|| other.to_owned());
    let order = Order::new(new.code, now)
        .with("ReceiverName", or(new.recipient, "AYŞE ÖRNEK"))
        .with("ReceiverAddress", or(new.address, "DENEME MAH. 1"))
        .with("ReceiverCityName", or(new.city, "İZMİR"))
        .with("ReceiverTownName", or(new.district, "KARŞIYAKA"))
        .with("ReceiverPhone1", or(new.phone, "05550000001"))
        .with("InvoiceNumber", new.reference.unwrap_or_default())
        .with(
            "TradingWaybillNumber",
            new.dispatch_note.unwrap_or_default(),
        )
        .with(
            "VolumetricWeight",
            new.desi.unwrap_or(Decimal::TWO).to_string(),
        )
        .with("Weight", new.weight.unwrap_or(Decimal::ONE).to_string());
    let mut parcel = Parcel::of_order(&order, numbers, origin, &world.settings, now);
    if !new.pieces.is_empty() {
        parcel.pieces = new.pieces;
    }
    parcel.is_incoming = new.is_incoming;
    parcel.collection = new.collection.map(|amount| Collection {
        amount,
        is_card: false,
    });
    parcel.way_back = new.way_back;
    Ok(vec![add(world, parcel)])
}

/// Moves a parcel to a named state.
pub(super) fn move_to(world: &mut Aras, to: &Move, now: Moment) -> Result<Vec<Effect>, String> {
    let parcel = find(world, &to.key)?;
    step(parcel, to, now)?;
    let parcel = parcel.clone();
    push::moved(world, &parcel, now);
    Ok(vec![Effect::Moved {
        tracking_number: parcel.tracking_number,
        to: to.to,
    }])
}

/// Moves a parcel to the state that usually follows; an order becomes a parcel.
pub(super) fn next(
    world: &mut Aras,
    key: &str,
    now: Moment,
    chance: &mut Chance,
) -> Result<Vec<Effect>, String> {
    let is_waiting = |order: &Order| !order.has_waybill;
    if world.orders.get(key).is_some_and(is_waiting) {
        return accept(world, key, None, now, chance);
    }
    let parcel = find(world, key)?;
    let following = following(parcel);
    let to = following.ok_or_else(|| format!("nothing follows for parcel {key}"))?;
    let key = parcel.tracking_number.clone();
    move_to(world, &Move::new(key, to), now)
}

/// Does the work of time: every order and parcel goes on by the steps that are due, in the order of their
/// times.
pub(super) fn advance(world: &mut Aras, now: Moment, chance: &mut Chance) -> Vec<Effect> {
    let pause = match world.settings.progress {
        Progress::AtOnce => 0,
        Progress::After(pause) => pause.max(1),
        Progress::ByHand | Progress::AfterReads(_) => return Vec::new(),
    };
    let mut effects = Vec::new();
    while let Some((at, key)) = next_due(world, pause).filter(|(at, _)| *at <= now) {
        match next(world, &key, at, chance) {
            Ok(moved) => effects.extend(moved),
            // A branch that the world does not have.
            Err(_) => break,
        }
    }
    effects
}

/// The earliest step that is to come, with its order or parcel.
fn next_due(world: &Aras, pause: i64) -> Option<(Moment, String)> {
    let waiting = world.orders.values().filter(|order| !order.has_waybill);
    let orders = waiting.map(|order| (order.registered_at, &order.code));
    let moving = world
        .parcels
        .iter()
        .filter(|parcel| following(parcel).is_some());
    let parcels = moving.map(|parcel| (parcel.changed_at(), &parcel.tracking_number));
    let (since, key) = parcels.chain(orders).min_by_key(|(since, _)| *since)?;
    Some((since.plus(pause), key.clone()))
}

/// Counts an answer about an order or parcel, and moves it on where that is a reason.
pub(super) fn asked(world: &mut Aras, key: &str, now: Moment, chance: &mut Chance) -> Vec<Effect> {
    let Progress::AfterReads(pause) = world.settings.progress else {
        return Vec::new();
    };
    let parcel = world.parcels.iter().find(|parcel| parcel.is_named(key));
    let key = parcel.map_or(key, |parcel| parcel.tracking_number.as_str());
    if parcel.is_none() && !world.orders.contains_key(key) {
        return Vec::new();
    }
    let key = key.to_owned();
    let reads = world.reads.entry(key.clone()).or_default();
    *reads = reads.saturating_add(1);
    if reads.is_multiple_of(pause.max(1)) {
        next(world, &key, now, chance).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// The state that usually follows.
fn following(parcel: &Parcel) -> Option<Stage> {
    match parcel.stage {
        Stage::AtOrigin => Some(Stage::InTransfer),
        // From the branch to the transfer centre, and on.
        Stage::InTransfer if parcel.movements.len() < 2 => Some(Stage::InTransfer),
        Stage::InTransfer | Stage::Redirected => Some(Stage::AtDeliveryBranch),
        Stage::AtDeliveryBranch | Stage::Undelivered => Some(Stage::OutForDelivery),
        Stage::OutForDelivery | Stage::PartlyDelivered => Some(Stage::Delivered),
        Stage::Returning => Some(Stage::Returned),
        Stage::Delivered | Stage::Returned => None,
    }
}

fn step(parcel: &mut Parcel, to: &Move, now: Moment) -> Result<(), String> {
    if parcel.stage.is_final() {
        return Err(format!("the parcel is {}", parcel.stage.word().name()));
    }
    let mut note = to.note.clone();
    let mut unit = named(&parcel.destination);
    let mut operation = to.to.operation();
    match to.to {
        Stage::AtOrigin => return Err("a parcel does not go back to its origin".to_owned()),
        Stage::InTransfer if parcel.stage == Stage::InTransfer => {
            unit = &TRANSFER;
            operation = Some("AKTARMADA HAT ARACI YÜKLEME");
        }
        Stage::InTransfer => {
            unit = named(&parcel.origin);
            note = note.or_else(|| Some(format!("ALICI: {}", parcel.recipient)));
        }
        Stage::Delivered => {
            let delivery = handing_over(to, &parcel.recipient, now);
            note = note.or_else(|| Some(format!("TESLİM ALAN: {}", delivery.to)));
            parcel.delivery = Some(delivery);
        }
        Stage::Returned => {
            unit = named(&parcel.origin);
            let reason = parcel.return_reason.take();
            parcel.return_reason = reason.or_else(|| to.reason.clone()).or_else(unknown_reason);
            parcel.delivery = Some(handing_over(to, &parcel.sender, now));
        }
        Stage::Returning => {
            parcel.return_reason = to.reason.clone().or_else(unknown_reason);
            note = note.or_else(|| parcel.return_reason.clone());
        }
        Stage::Undelivered => {
            let code = to.reason.as_deref().unwrap_or_default();
            let (code, words) = reason(code)
                .ok_or_else(|| format!("{code} is not a code of the guide, such as NT or 11"))?;
            parcel.attempts.push(Attempt {
                at: now,
                code: code.to_owned(),
                reason: words.to_owned(),
                note: to.note.clone().unwrap_or_default(),
            });
            note = note.or_else(|| Some(words.to_owned()));
        }
        Stage::Redirected => {
            let target = to.branch.as_deref().unwrap_or("BORNOVA");
            let target = branches::named(target)
                .ok_or_else(|| format!("{target} is not a branch of this world"))?;
            parcel.redirections.push(Redirection {
                at: now,
                from: parcel.destination.clone(),
                to: target.name.to_owned(),
                reason: to
                    .reason
                    .clone()
                    .unwrap_or_else(|| "ADRES DEĞİŞİKLİĞİ".to_owned()),
            });
            target.name.clone_into(&mut parcel.destination);
        }
        Stage::AtDeliveryBranch | Stage::OutForDelivery | Stage::PartlyDelivered => {}
    }
    parcel.stage = to.to;
    parcel.movements.extend(operation.map(|operation| Movement {
        at: now,
        city: unit.city.to_owned(),
        unit: unit.name.to_owned(),
        operation: operation.to_owned(),
        note,
    }));
    Ok(())
}

fn handing_over(to: &Move, usual: &str, now: Moment) -> Delivery {
    let taker = to.received_by.as_deref().unwrap_or(usual);
    Delivery {
        at: now,
        to: taker.to_owned(),
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the last link of a chain of options"
)]
fn unknown_reason() -> Option<String> {
    Some("KABUL ETMEDİ".to_owned())
}

fn named(name: &str) -> &'static Branch {
    branches::named(name).unwrap_or(&TRANSFER)
}

fn branch_of(world: &Aras, name: Option<&str>) -> Result<&'static Branch, String> {
    let name = name.unwrap_or(&world.settings.branch);
    branches::named(name).ok_or_else(|| format!("{name} is not a branch of this world"))
}

fn draw(world: &Aras, origin: &Branch, now: Moment, chance: &mut Chance) -> Numbers {
    let is_taken = |waybill: &str| world.parcels.iter().any(|parcel| parcel.waybill == waybill);
    Numbers::draw(origin.code, now, chance, is_taken)
}

fn add(world: &mut Aras, parcel: Parcel) -> Effect {
    let effect = Effect::WaybillCut {
        code: parcel.code.clone(),
        tracking_number: parcel.tracking_number.clone(),
    };
    push::moved(world, &parcel, parcel.cut_at);
    world.parcels.push(parcel);
    effect
}

/// The last parcel of a key: an integration code may have several.
fn find<'a>(world: &'a mut Aras, key: &str) -> Result<&'a mut Parcel, String> {
    let mut parcels = world.parcels.iter_mut().rev();
    let found = parcels.find(|parcel| parcel.is_named(key));
    found.ok_or_else(|| format!("there is no parcel {key}"))
}
