//! Writes about an order or a parcel that is there: its document numbers, and its recall. The public pages list
//! these calls without their codes.

use super::effect::Effect;
use super::{Aras, soap};
use crate::values::journal::Entry;
use crate::values::xml::Element;
use crate::{Answer, Moment};

/// Changes the numbers of an order. Its arguments, the login too, are in one.
pub(super) const UPDATE: &str = "UpdateInvoiceWaybillNumber";
const RECALL: &str = "Recall";
const CANCEL_RECALL: &str = "CancelRecall";

/// The argument that holds those of [`UPDATE`].
pub(super) const UPDATE_ARGUMENT: &str = "orderUpdateDto";

/// The calls, which an account for orders only may not make.
pub(super) const CALLS: [&str; 3] = [UPDATE, RECALL, CANCEL_RECALL];

/// The members of an order that change.
const NUMBERS: [&str; 2] = ["TradingWaybillNumber", "InvoiceNumber"];

/// A code of the world's own, its text, and the rule that is broken.
type Refusal = (&'static str, &'static str, &'static str);

const NO_RIGHT: Refusal = (
    "936",
    "Yetkiniz yok.",
    "the account may register, read back and cancel orders only",
);

/// Answers one of the calls.
pub(super) fn answer(world: &mut Aras, call: &Element, now: Moment) -> (Answer, Vec<Effect>) {
    let name = call.name.as_str();
    let done = if name == UPDATE {
        update(world, call.child(UPDATE_ARGUMENT).unwrap_or(call))
    } else {
        recall(world, call, now)
    };
    let (code, message, _) = match &done {
        Ok(_) => ("0", "Başarılı", ""),
        Err(refusal) => *refusal,
    };
    let mut row = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", message),
    ];
    let answer = if name == UPDATE {
        let sent = call.child(UPDATE_ARGUMENT).unwrap_or(call);
        let echoed = [
            ("InvoiceKey", NUMBERS[1]),
            ("OrgReceiverCustId", "IntegrationCode"),
        ];
        let echoed = echoed.map(|(echo, member)| (echo, soap::argument(sent, member)));
        let echoed = echoed.into_iter().filter(|(_, text)| !text.is_empty());
        row.extend(echoed.map(|(echo, text)| Element::text(echo, text)));
        soap::result(name, Some(Element::of("", row)))
    } else {
        soap::list(name, vec![Element::of("RecallResult", row)])
    };
    match done {
        Ok((key, effect)) => {
            let effects = vec![effect];
            world.journal.push(Entry {
                at: now,
                operation: name.to_owned(),
                key,
                effects: effects.clone(),
            });
            (answer, effects)
        }
        Err((code, _, rule)) => (answer.refusing(code, rule), Vec::new()),
    }
}

fn check_login(
    world: &Aras,
    arguments: &Element,
    user: &str,
    password: &str,
) -> Result<(), Refusal> {
    if !world.has_login(arguments, user, password) {
        let rule = "user name, password: not those of the account";
        return Err(("1000", "Kullanıcı adı veya şifre hatalı", rule));
    }
    if world.settings.only_orders {
        return Err(NO_RIGHT);
    }
    Ok(())
}

/// A number that is not given, or is empty, stays as it is.
fn update(world: &mut Aras, sent: &Element) -> Result<(String, Effect), Refusal> {
    check_login(world, sent, "UserName", "Password")?;
    let code = soap::argument(sent, "IntegrationCode").to_owned();
    let Some(order) = world.orders.get_mut(&code) else {
        let rule = "IntegrationCode: no such order";
        return Err(("60020", "Sipariş bulunamadı", rule));
    };
    if order.has_waybill {
        let rule = "IntegrationCode: the waybill is cut";
        return Err(("60022", "İrsaliye kesilmiş", rule));
    }
    for name in NUMBERS {
        let number = soap::argument(sent, name);
        if number.is_empty() {
            continue;
        }
        match order.members.iter_mut().find(|(listed, _)| listed == name) {
            Some((_, text)) => number.clone_into(text),
            None => order.members.push((name.to_owned(), number.to_owned())),
        }
    }
    let effect = Effect::Renumbered { code: code.clone() };
    Ok((code, effect))
}

fn recall(world: &mut Aras, call: &Element, now: Moment) -> Result<(String, Effect), Refusal> {
    check_login(world, call, "userName", "password")?;
    let wanted = soap::argument(call, "code").trim();
    let is_recall = call.name == RECALL;
    let mut parcels = world.parcels.iter_mut().rev();
    let parcel = parcels.find(|parcel| parcel.is_named(wanted)).ok_or((
        "-1",
        "Kayıt bulunamadı",
        "code: no such parcel",
    ))?;
    if parcel.stage.is_final() {
        let rule = "code: the parcel was handed over";
        return Err(("999", "Kargo teslim edilmiş", rule));
    }
    if parcel.recalled_at.is_some() == is_recall {
        let rule = "code: recalled already, or not recalled";
        return Err(("998", "İşlem yapılamadı", rule));
    }
    parcel.recalled_at = is_recall.then_some(now);
    let tracking_number = parcel.tracking_number.clone();
    let key = tracking_number.clone();
    let effect = if is_recall {
        Effect::Recalled { tracking_number }
    } else {
        Effect::RecallCancelled { tracking_number }
    };
    Ok((key, effect))
}
