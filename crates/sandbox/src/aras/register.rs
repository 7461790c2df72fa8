//! `SetOrder`: registering an order, or updating it until its waybill is cut.

use rust_decimal::Decimal;

use super::effect::Effect;
use super::order::{Order, text};
use super::refusal::Refusal;
use super::settings::OrderAnswers;
use super::{Aras, SET, soap};
use crate::values::journal::Entry;
use crate::values::xml::Element;
use crate::{Answer, Moment};

/// How often the data of one order may be sent.
const MOST_SENT: u32 = 20;

/// Answers a call: one row for each order. It is refused when no order was accepted.
pub(super) fn set(world: &mut Aras, call: &Element, now: Moment) -> (Answer, Vec<Effect>) {
    let (rows, effects, refusal) = rows(world, call, now);
    let answer = soap::list(SET, rows);
    match refusal.filter(|_| effects.is_empty()) {
        Some(refusal) => {
            let code = refusal.code(world.settings.codes);
            (answer.refusing(code, refusal.rule()), effects)
        }
        None => (answer, effects),
    }
}

fn rows(
    world: &mut Aras,
    call: &Element,
    now: Moment,
) -> (Vec<Element>, Vec<Effect>, Option<Refusal>) {
    let list = world.settings.codes;
    let orders = call.child("orderInfo").map(|info| info.children.as_slice());
    let orders = orders.unwrap_or_default();
    let refuse = |refusal: Refusal, order: &Order| row(refusal.code(list), refusal.text(), order);
    let nobody = Order::new("", now);
    if !world.has_login(call, "userName", "password") {
        let refusal = Refusal::Login;
        return (vec![refuse(refusal, &nobody)], Vec::new(), Some(refusal));
    }
    if orders.is_empty() {
        let refusal = Refusal::NoOrder;
        return (vec![refuse(refusal, &nobody)], Vec::new(), Some(refusal));
    }
    let (mut rows, mut effects, mut refused) = (Vec::new(), Vec::new(), None);
    let mut accepted = Vec::new();
    for element in orders {
        let order = Order::read(element, now);
        if let Err(refusal) = check(world, &order) {
            rows.push(refuse(refusal, &order));
            refused = Some(refusal);
            continue;
        }
        rows.push(row("0", "Başarılı", &order));
        accepted.push(rows.len() - 1);
        let order = if world.settings.normalises_orders {
            order.normalised()
        } else {
            order
        };
        effects.push(store(world, order, now));
    }
    match world.settings.order_answers {
        OrderAnswers::InPlace => {}
        OrderAnswers::Reversed => rows.reverse(),
        // Where none was accepted, the reasons are all that is left to answer.
        OrderAnswers::AcceptedOnly if accepted.is_empty() => {}
        OrderAnswers::AcceptedOnly => {
            rows = accepted.iter().map(|at| rows[*at].clone()).collect();
        }
    }
    (rows, effects, refused)
}

fn store(world: &mut Aras, order: Order, now: Moment) -> Effect {
    let code = order.code.clone();
    let pieces = order.pieces.len();
    for barcode in order.barcodes() {
        world.barcodes.insert(barcode.to_owned(), code.clone());
    }
    let effect = match world.orders.get_mut(&code) {
        None => {
            world.orders.insert(code.clone(), order);
            Effect::Registered {
                code: code.clone(),
                pieces,
            }
        }
        Some(earlier) if earlier.has_contents_of(&order) => {
            earlier.sent += 1;
            Effect::Repeated { code: code.clone() }
        }
        Some(earlier) => {
            earlier.members = order.members;
            earlier.pieces = order.pieces;
            earlier.sent += 1;
            Effect::Updated {
                code: code.clone(),
                pieces,
            }
        }
    };
    world.journal.push(Entry {
        at: now,
        operation: SET.to_owned(),
        key: code,
        effects: vec![effect.clone()],
    });
    effect
}

/// The rules of the guide, in its order of the members.
fn check(world: &Aras, order: &Order) -> Result<(), Refusal> {
    let longer = |name: &str, most: usize| {
        order
            .member(name)
            .is_some_and(|value| value.chars().count() > most)
    };
    let other = |name: &str, allowed: &[&str]| {
        order
            .member(name)
            .is_some_and(|value| !allowed.contains(&value))
    };
    let absent = |name: &str| order.member(name).is_none();
    let is_decimal = |name: &str| order.member(name).is_none_or(is_decimal);
    let phone = order.member("ReceiverPhone1").unwrap_or_default();
    let is_cod = order.member("IsCod") == Some("1");
    let rules = [
        (
            !(2..=32).contains(&order.code.chars().count()),
            Refusal::Code,
        ),
        (
            longer("TradingWaybillNumber", 16),
            Refusal::WaybillNumberTooLong,
        ),
        (longer("InvoiceNumber", 20), Refusal::InvoiceTooLong),
        (absent("ReceiverName"), Refusal::NoName),
        (longer("ReceiverName", 100), Refusal::NameTooLong),
        (absent("ReceiverAddress"), Refusal::NoAddress),
        (longer("ReceiverAddress", 250), Refusal::AddressTooLong),
        (!is_number(phone), Refusal::Phone),
        (absent("ReceiverCityName"), Refusal::NoCity),
        (longer("ReceiverCityName", 32), Refusal::CityTooLong),
        (absent("ReceiverTownName"), Refusal::NoTown),
        (longer("ReceiverTownName", 32), Refusal::TownTooLong),
        (!is_decimal("VolumetricWeight"), Refusal::Desi),
        (!is_decimal("Weight"), Refusal::Weight),
        (other("PayorTypeCode", &["1", "2"]), Refusal::Payor),
        (other("IsCod", &["0", "1"]), Refusal::IsCod),
        (
            is_cod && other("PayorTypeCode", &["1"]),
            Refusal::ReceiverPaysCollection,
        ),
        (
            other("CodCollectionType", &["0", "1"]) || is_cod && absent("CodCollectionType"),
            Refusal::CollectionType,
        ),
        (
            is_cod && !is_collectable(order.member("CodAmount")),
            Refusal::CodAmount,
        ),
    ];
    if let Some((_, refusal)) = rules.into_iter().find(|(is_broken, _)| *is_broken) {
        return Err(refusal);
    }
    check_pieces(world, order)?;
    if world.settings.keeps_removed_codes && was_removed(world, &order.code) {
        return Err(Refusal::Processed);
    }
    match world.orders.get(&order.code) {
        Some(earlier) if earlier.has_waybill => Err(Refusal::WaybillCut),
        Some(earlier) if earlier.sent >= MOST_SENT => Err(Refusal::SentTooOften),
        _ => Ok(()),
    }
}

fn was_removed(world: &Aras, code: &str) -> bool {
    let is_removal =
        |effect: &Effect| matches!(effect, Effect::Cancelled { code: removed } if removed == code);
    let mut entries = world.journal.iter();
    entries.any(|entry| entry.effects.iter().any(is_removal))
}

fn check_pieces(world: &Aras, order: &Order) -> Result<(), Refusal> {
    if !order.pieces.is_empty() {
        let count = order
            .member("PieceCount")
            .and_then(|count| count.parse().ok());
        match count {
            None | Some(0) => return Err(Refusal::NoPieceCount),
            Some(count) if count != order.pieces.len() => return Err(Refusal::PiecesDiffer),
            Some(_) => {}
        }
    }
    let mut seen = Vec::new();
    let refuses_own = world.settings.refuses_own_barcodes;
    for piece in &order.pieces {
        let desi = text(piece, "VolumetricWeight").ok_or(Refusal::NoDesi)?;
        let weight = text(piece, "Weight").ok_or(Refusal::NoWeight)?;
        let barcode = text(piece, "BarcodeNumber").ok_or(Refusal::NoBarcode)?;
        let owner = world.barcodes.get(barcode);
        let rules = [
            (!is_decimal(desi), Refusal::Desi),
            (!is_decimal(weight), Refusal::Weight),
            (seen.contains(&barcode), Refusal::BarcodesEqual),
            (
                owner.is_some_and(|owner| *owner != order.code || refuses_own),
                Refusal::BarcodeUsed,
            ),
        ];
        if let Some((_, refusal)) = rules.into_iter().find(|(is_broken, _)| *is_broken) {
            return Err(refusal);
        }
        seen.push(barcode);
    }
    Ok(())
}

fn is_decimal(text: &str) -> bool {
    text.parse::<Decimal>().is_ok()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// From 5 to 5,000 lira.
fn is_collectable(amount: Option<&str>) -> bool {
    let amount = amount.and_then(|amount| amount.parse::<Decimal>().ok());
    amount.is_some_and(|amount| (Decimal::from(5)..=Decimal::from(5_000)).contains(&amount))
}

/// Returns a row of the answer; null members are left out.
fn row(code: &str, message: &str, order: &Order) -> Element {
    let mut children = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", message),
    ];
    let invoice = order.member("InvoiceNumber");
    children.extend(invoice.map(|invoice| Element::text("InvoiceKey", invoice)));
    if !order.code.is_empty() {
        children.push(Element::text("OrgReceiverCustId", &order.code));
    }
    Element::of("OrderResultInfo", children)
}
