//! Limits by the credit bureau and a PIN, and limits that the merchant computes.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{self, Accepted, Reply};
use super::sessions::Shopper;
use super::world::Haso;
use crate::values::chance::{digits, new_digits};
use crate::values::day::day;
use crate::values::json::Exact;
use crate::{Chance, Moment};

/// A request to the credit bureau.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BureauRequest {
    /// HASO's number of the customer.
    pub customer: String,
    /// The PIN that the customer got.
    pub pin: String,
    /// Whether it is a test, in which every PIN is right and `testResult` chooses the outcome.
    pub is_test: bool,
    /// Whether the PIN was confirmed.
    pub is_confirmed: bool,
    /// How many questions are still answered "no report yet".
    pub reads_left: u32,
}

#[derive(Serialize)]
struct WireProgress {
    #[serde(rename = "KkbRefNo", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(rename = "CustomerInfo", skip_serializing_if = "Option::is_none")]
    customer: Option<WireCustomer>,
}

#[derive(Serialize)]
struct WireCustomer {
    #[serde(rename = "CustomerId", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "CustomerLimit")]
    limit: Exact,
}

/// `HasoAuthSendInfo`: the limit that is there, or a PIN by SMS.
pub(super) fn start(world: &mut Haso, fields: &Fields, chance: &mut Chance) -> Reply {
    let known = world.by_tckn(fields.text("tckn")).cloned();
    if let Some(customer) = &known
        && customer.is_suspended
    {
        return Err(refusal::SUSPENDED);
    }
    if let Some(customer) = &known
        && customer.limit.is_some()
    {
        return Ok(Accepted::write(
            &customer.id,
            Vec::new(),
            &limit_of(world, &customer.id),
        ));
    }
    let customer = match known {
        Some(customer) => customer.id,
        None => register_without_limit(world, fields, chance),
    };
    let reference = format!(
        "KKB-{}",
        new_digits(chance, 8, |drawn| {
            world.bureau.contains_key(&format!("KKB-{drawn}"))
        })
    );
    let request = BureauRequest {
        customer: customer.clone(),
        pin: digits(chance, 4),
        is_test: fields.text("testOn").eq_ignore_ascii_case("true"),
        is_confirmed: false,
        reads_left: world.settings.report_after,
    };
    world.bureau.insert(reference.clone(), request);
    let effect = Effect::PinSent {
        reference: reference.clone(),
        customer,
    };
    let data = WireProgress {
        reference: Some(reference.clone()),
        customer: None,
    };
    Ok(Accepted::write(&reference, vec![effect], &data))
}

/// `SendKkbPinCode`.
pub(super) fn confirm(world: &mut Haso, fields: &Fields) -> Reply {
    let reference = fields.text("kkbRefNo").to_owned();
    let request = world.bureau.get_mut(&reference);
    let request = request.ok_or(refusal::NO_BUREAU_REQUEST)?;
    if !request.is_test && request.pin != fields.text("pinCode") {
        return Err(refusal::WRONG_PIN);
    }
    request.is_confirmed = true;
    let request = request.clone();
    let effects = if request.is_test {
        test_result(world, &request, fields)
    } else {
        let limit = world.settings.first_limit;
        give(world, &request.customer, limit)
    };
    let accepted = report(world, &request, fields, false);
    Ok(Accepted {
        effects,
        key: Some(reference),
        ..accepted
    })
}

/// `AskKkbReportResult`.
pub(super) fn ask(world: &mut Haso, fields: &Fields) -> Reply {
    let request = world.bureau.get_mut(fields.text("kkbRefNo"));
    let request = request.ok_or(refusal::NO_BUREAU_REQUEST)?;
    if !request.is_confirmed {
        return Err(refusal::NO_PIN_YET);
    }
    let before = request.clone();
    request.reads_left = request.reads_left.saturating_sub(1);
    let effects = if before.is_test {
        test_result(world, &before, fields)
    } else {
        Vec::new()
    };
    let key = (!effects.is_empty()).then(|| fields.text("kkbRefNo").to_owned());
    Ok(Accepted {
        effects,
        key,
        ..report(world, &before, fields, true)
    })
}

/// `SetLimitFromKds`: replaces the limit of a customer who is neither suspended nor overdue.
pub(super) fn set_limit(
    world: &mut Haso,
    fields: &Fields,
    now: Moment,
    chance: &mut Chance,
) -> Reply {
    let limit = fields.amount("kdsLimit");
    let limit = limit.ok_or(Refusal::parameter("kdsLimit: too large"))?;
    let known = world.by_tckn(fields.text("tckn")).map(|one| one.id.clone());
    let own = known.clone().unwrap_or_default();
    if world.is_phone_of_another(fields.text("mobileNumber"), &own) {
        return Err(refusal::PHONE_TAKEN);
    }
    if world
        .customer(&own)
        .is_some_and(|customer| customer.is_suspended)
    {
        return Err(refusal::SUSPENDED);
    }
    let mut transactions = world.transactions();
    if transactions.any(|one| one.customer == own && one.is_overdue(day(now))) {
        return Err(refusal::OVERDUE);
    }
    drop(transactions);
    let id = match known {
        Some(id) => id,
        None => register_without_limit(world, fields, chance),
    };
    let effects = give(world, &id, limit);
    Ok(Accepted::write(&id, effects, &reply::NOTHING))
}

fn register_without_limit(world: &mut Haso, fields: &Fields, chance: &mut Chance) -> String {
    let text = |name: &str| fields.text(name).to_owned();
    let shopper = Shopper {
        name: text("shopperName"),
        surname: text("shopperSurname"),
        tckn: text("tckn"),
        mobile: text("mobileNumber"),
    };
    let id = world.register(&shopper, chance);
    if let Some(customer) = world.customers.get_mut(&id) {
        customer.limit = None;
    }
    id
}

/// Returns the outcome that a test chooses: a limit for `A` to `D`, zero for `E` and `F`, none for `RETRY`.
fn test_result(world: &mut Haso, request: &BureauRequest, fields: &Fields) -> Vec<Effect> {
    let limit = match fields.text("testResult") {
        "A" => 20_000,
        "B" => 15_000,
        "C" => 10_000,
        "D" => 5_000,
        "E" | "F" => 0,
        _ => return Vec::new(),
    };
    give(world, &request.customer, Decimal::from(limit))
}

fn give(world: &mut Haso, id: &str, limit: Decimal) -> Vec<Effect> {
    match world.customers.get_mut(id) {
        Some(customer) if customer.limit != Some(limit) => {
            customer.limit = Some(limit);
            let customer = id.to_owned();
            vec![Effect::LimitSet { customer, limit }]
        }
        _ => Vec::new(),
    }
}

/// Returns the limit, or null while the report is missing.
fn report(world: &Haso, request: &BureauRequest, fields: &Fields, is_question: bool) -> Accepted {
    let is_early = request.reads_left > 0 && (is_question || !request.is_test);
    let is_retry = request.is_test && fields.text("testResult") == "RETRY";
    let limit = world.customer(&request.customer).and_then(|one| one.limit);
    if is_early || is_retry || limit.is_none() {
        return Accepted::read(&reply::NOTHING);
    }
    let reference = fields.text("kkbRefNo").to_owned();
    let reference = Some(reference).filter(|_| !world.settings.dialect.hides_numbers);
    Accepted::read(&WireProgress {
        reference,
        ..limit_of(world, &request.customer)
    })
}

fn limit_of(world: &Haso, id: &str) -> WireProgress {
    let limit = world.customer(id).and_then(|customer| customer.limit);
    WireProgress {
        reference: None,
        customer: Some(WireCustomer {
            id: (!world.settings.dialect.hides_numbers).then(|| id.to_owned()),
            limit: Exact(limit.unwrap_or_default()),
        }),
    }
}
