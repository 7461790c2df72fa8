//! The customer on the bank's page, and whoever posts to the shop.

use kervan_sandbox::param::{Customer, Effect, Param, Payment, PaymentState};
use kervan_sandbox::{Chance, Moment, PostBody};
use kervan_testing::delivery;

use super::ParamSale;
use super::stored::Begun;
use crate::sale::{Arrival, Outside};

pub(super) const EVENTS: &[&str] = &[
    "the customer proves to be the card's owner",
    "the return is posted",
    "the return is posted twice",
    "a return with a smaller amount is posted",
    "a forged return is posted",
    "a return that says a better result is posted",
    "a return with the number of another payment is posted",
    "the oldest return is posted",
    "the customer types a wrong code",
    "the customer cancels on the page",
    "a customer proves on a page that the shop never showed",
];

/// The form of a browser: names and values.
pub(super) type Form = Vec<(String, String)>;

pub(super) fn happens(
    sale: &mut ParamSale,
    which: usize,
    outside: &mut Outside<'_, ParamSale>,
) -> Option<Vec<Effect>> {
    match which {
        0 => return visit(sale, outside, Customer::Proves, true),
        1 => post(outside, sale.forms.last()?, true, 1),
        2 => post(outside, sale.forms.last()?, true, 2),
        3 => post(outside, &smaller(sale.forms.last()?)?, false, 1),
        4 => {
            let form = unsigned(imagined(sale, outside)?);
            post(outside, &form, false, 1);
        }
        5 => post(outside, &better(sale.forms.last()?)?, false, 1),
        6 => post(outside, &of_another(sale.forms.last()?)?, false, 1),
        7 => post(outside, sale.forms.first()?, true, 1),
        8 => return visit(sale, outside, Customer::Fails, true),
        9 => return visit(sale, outside, Customer::Cancels, true),
        _ => return visit(sale, outside, Customer::Proves, false),
    }
    Some(Vec::new())
}

/// Returns the newest payment that waits for its customer on a page that the shop has shown, or has not.
fn waiting<'w>(world: &'w Param, begun: &[Begun], is_shown: bool) -> Option<&'w Payment> {
    let has_shown = |payment: &Payment| {
        let mut numbers = begun.iter().filter_map(Begun::number);
        numbers.any(|number| number.get() == payment.id.unsigned_abs())
    };
    // The provider may have begun it twice by itself; nobody pays both.
    let has_twin = |payment: &Payment| {
        let mut twins = world.payments().iter().filter(|one| one.key == payment.key);
        twins.any(|one| has_shown(one) || one.state != PaymentState::Waiting)
    };
    let is_it = |payment: &&Payment| {
        if is_shown {
            has_shown(payment)
        } else {
            !has_twin(payment)
        }
    };
    let waiting = world.payments().iter().rev();
    let mut waiting = waiting.filter(|one| one.state == PaymentState::Waiting);
    waiting.find(is_it)
}

fn visit(
    sale: &mut ParamSale,
    outside: &mut Outside<'_, ParamSale>,
    does: Customer,
    is_shown: bool,
) -> Option<Vec<Effect>> {
    let session = waiting(outside.world, &outside.stored.begun, is_shown)?
        .session
        .clone();
    let visited = outside
        .world
        .customer(&session, does, outside.now, outside.chance);
    let (form, effects) = visited?;
    sale.forms.push(form.fields);
    Some(effects)
}

fn arrival(form: Form, is_genuine: bool) -> Arrival {
    let body = PostBody::Form(form);
    Arrival {
        kind: "return",
        delivery: delivery(body.content_type(), body.encoded()),
        is_genuine,
        repeats: 0,
    }
}

/// Posts a form to the shop, as the browser got it or not.
fn post(outside: &mut Outside<'_, ParamSale>, form: &Form, is_genuine: bool, times: usize) {
    for _ in 0..times {
        let arrival = arrival(form.clone(), is_genuine);
        outside.posts.push(arrival);
    }
}

/// Returns the form that a customer would bring back who had proved to be the card's owner.
fn imagined(sale: &ParamSale, outside: &Outside<'_, ParamSale>) -> Option<Form> {
    let Some(waiting) = waiting(outside.world, &outside.stored.begun, true) else {
        return sale.forms.last().cloned();
    };
    let mut world = outside.world.clone();
    let (now, chance): (Moment, &mut Chance) = (outside.now, &mut outside.chance.clone());
    let (form, _) = world.customer(&waiting.session, Customer::Proves, now, chance)?;
    Some(form.fields)
}

/// Returns the form with a signature by somebody who does not have the key.
fn unsigned(mut form: Form) -> Form {
    for (name, value) in &mut form {
        if matches!(name.as_str(), "islemHash" | "TURKPOS_RETVAL_Hash") {
            "2jmj7l5rSw0yVb/vlWAYkK/YBwk=".clone_into(value);
        }
    }
    form
}

/// Returns the form with another value in one of these fields, when it has one that differs.
fn with(form: &Form, names: &[&str], put: &str) -> Option<Form> {
    let mut form = form.clone();
    let mut fields = form.iter_mut();
    let (_, value) = fields.find(|(name, value)| names.contains(&name.as_str()) && value != put)?;
    put.clone_into(value);
    Some(form)
}

fn smaller(form: &Form) -> Option<Form> {
    let names = ["transactionAmount", "TURKPOS_RETVAL_Tahsilat_Tutari"];
    with(form, &names, "1,00")
}

/// Makes a failure look like a success. `None` for a success.
fn better(form: &Form) -> Option<Form> {
    let failed = with(form, &["mdStatus", "TURKPOS_RETVAL_Sonuc"], "1")?;
    Some(with(&failed, &["TURKPOS_RETVAL_Dekont_ID"], "3007999999").unwrap_or(failed))
}

fn of_another(form: &Form) -> Option<Form> {
    let session = "5b7b5ae2-0000-4000-8000-000000000001";
    with(form, &["TURKPOS_RETVAL_SanalPOS_Islem_ID"], "6000000001")
        .or_else(|| with(form, &["islemGUID"], session))
}
