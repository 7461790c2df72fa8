//! Forged callbacks with an invented number of HASO's: they begin an activation, and never keep the order from its own.

use contract_kit::faults::Fault;
use haso_bnpl::callbacks::{
    Activation, CallbackAnswer, ConfirmedOrder, Mismatch, OrderCallback, OrderState,
};
use haso_bnpl::{ActivateOrder, Attempt, Outcome, PaidOrder, Quirks, Settled, StoredOrder};
use kervan_testing::delivery;

use crate::script::{SETTLED, Script, lost};
use crate::support::{money, plan, refusal, success};

const NUMBER: &str = "1905231436-1";
const GENUINE: &str = "TRX-1";
const FORGED: &str = "TRX-19";

/// Returns the post of a completed order. A forged one differs from HASO's by its number alone.
fn post(transaction: &str) -> String {
    let plan = plan(NUMBER, "530.50").replace(GENUINE, transaction);
    format!(
        r#"{{"Success": true, "Data": {{"TransactionStatus": "6", "TransactionPayments": {plan}}}}}"#
    )
}

/// Returns the answer to the question for the plan of an active order.
fn active(transaction: &str) -> Fault {
    let plan = plan(NUMBER, "530.50").replace(GENUINE, transaction);
    success(&format!(r#"{{"TransactionPayments": {plan}}}"#))
}

/// Returns a refusal with a code that no page names, as of an order that HASO does not know.
fn unknown_order() -> Fault {
    refusal("SIPARIS BULUNAMADI")
}

/// A shop that takes callbacks by the recipe.
struct Shop {
    script: Script,
    stored: StoredOrder,
    attempt: Option<Attempt>,
}

impl Shop {
    fn new(answers: impl IntoIterator<Item = Fault>) -> Self {
        Self {
            script: Script::new(answers),
            stored: StoredOrder::open(NUMBER, money("500.00")),
            attempt: None,
        }
    }

    /// Settles an activation that was begun.
    fn settle(&mut self) -> &OrderState {
        let begun = self.stored.begun().unwrap();
        let attempt = self.attempt.as_ref().unwrap();
        let client = &self.script.client;
        let settled = self.script.run(client.settle(&begun, attempt));
        self.stored.state = self.stored.state.clone().after(&begun, &settled);
        &self.stored.state
    }

    /// Asks for the plan of each activation that was begun, and returns the first that is paid.
    fn paid(&self) -> Option<PaidOrder> {
        let client = &self.script.client;
        self.stored.plan_questions().iter().find_map(|question| {
            let plan = self.script.run(client.call(question)).ok()?;
            self.stored.paid_by_plan(&plan, &Quirks::default()).ok()
        })
    }

    fn confirm(&self, transaction: &str) -> Result<ConfirmedOrder, Mismatch> {
        let delivery = delivery("application/json", post(transaction));
        let callback = OrderCallback::read(&delivery).unwrap();
        callback.confirm(&self.stored, &Quirks::default())
    }

    /// Activates the order of a post. Returns the outcome of a call that failed.
    fn activate(&mut self, transaction: &str) -> Option<Outcome> {
        let confirmed = self.confirm(transaction).unwrap();
        let activation = confirmed.activation();
        let client = &self.script.client;
        let attempt = self.script.run(client.prepare(&activation)).unwrap();
        self.stored.state = confirmed.activating();
        let sent = self.script.run(client.send(&activation, &attempt));
        self.attempt = Some(attempt);
        let state = self.stored.state.clone();
        match sent {
            Ok(_) => self.stored.state = state.after(&activation, &Settled::InState),
            Err(failed) => return Some(failed.outcome()),
        }
        None
    }
}

/// Returns the first activation of an order.
fn code(transaction: &str) -> Activation {
    transaction.into()
}

/// Returns an activation after others.
fn after(transaction: &str, doubtful: &[&str]) -> Activation {
    let json = serde_json::json!({"transaction": transaction, "doubtful": doubtful});
    serde_json::from_value(json).unwrap()
}

fn activation(transaction: &str) -> ActivateOrder {
    ActivateOrder::without_post(NUMBER.into(), transaction.into())
}

#[test]
fn c3_a_forged_callback_before_the_genuine_one_is_left_again() {
    let answers = [unknown_order(), unknown_order(), unknown_order()];
    let mut shop = Shop::new(answers.into_iter().chain([success("null")]));
    assert_eq!(shop.activate(FORGED), Some(Outcome::Unknown));
    // Too early to tell: the genuine one is asked to come again.
    assert_eq!(shop.settle(), &OrderState::Activating(code(FORGED)));
    let early = shop.confirm(GENUINE).unwrap_err();
    assert_eq!(early, Mismatch::Transaction);
    assert_ne!(early.answer(), CallbackAnswer::RECEIVED);
    shop.script.host.advance(SETTLED);
    assert_eq!(shop.settle(), &OrderState::Doubtful(code(FORGED)));
    assert_eq!(shop.activate(GENUINE), None);
    let active = OrderState::Activated(after(GENUINE, &[FORGED]));
    assert_eq!(shop.stored.state, active);
    assert_eq!(shop.confirm(FORGED), Err(Mismatch::OtherActivated));
    assert_eq!(shop.confirm(GENUINE), Err(Mismatch::AlreadyActivated));
}

#[test]
fn c3_a_forged_callback_after_the_genuine_one_moves_nothing() {
    // The answer to the genuine activation is lost.
    let mut shop = Shop::new([lost(), unknown_order(), active(GENUINE)]);
    assert_eq!(shop.activate(GENUINE), Some(Outcome::Unknown));
    let before = shop.stored.clone();
    assert_eq!(shop.settle(), &before.state);
    assert_eq!(shop.confirm(FORGED), Err(Mismatch::Transaction));
    assert_eq!(shop.stored, before);
    assert_eq!(shop.settle(), &OrderState::Activated(code(GENUINE)));
    assert_eq!(shop.confirm(FORGED), Err(Mismatch::OtherActivated));
    assert_eq!(shop.script.count("UpdateTransaction"), 1);
}

#[test]
fn c3_a_doubled_forged_callback_gains_no_time() {
    let answers = std::iter::repeat_with(unknown_order).take(4);
    let mut shop = Shop::new(answers.chain([success("null")]));
    assert_eq!(shop.activate(FORGED), Some(Outcome::Unknown));
    shop.script.host.advance(SETTLED / 2);
    // The second one is confirmed like any repeat, but the attempt of the first is settled first, and kept.
    assert_eq!(shop.settle(), &OrderState::Activating(code(FORGED)));
    assert!(shop.confirm(FORGED).is_ok());
    shop.script.host.advance(SETTLED / 2);
    assert_eq!(shop.settle(), &OrderState::Doubtful(code(FORGED)));
    // Asking again changes nothing.
    assert_eq!(shop.settle(), &OrderState::Doubtful(code(FORGED)));
    assert_eq!(shop.activate(GENUINE), None);
    assert_eq!(shop.script.count("UpdateTransaction"), 2);
}

#[test]
fn an_activation_that_was_begun_ends_only_by_an_answer() {
    let state = |answers: Vec<Fault>, later: bool| {
        let mut shop = Shop::new(std::iter::once(lost()).chain(answers));
        shop.activate(GENUINE);
        if later {
            shop.script.host.advance(SETTLED);
        }
        shop.settle().clone()
    };
    let begun = OrderState::Activating(code(GENUINE));
    let waiting = || {
        let plan = plan(NUMBER, "530.50");
        success(&format!(
            r#"{{"TransactionStatus": "6", "TransactionPayments": {plan}}}"#
        ))
    };
    // The service is not reached, or answers with a page.
    assert_eq!(state(vec![lost()], true), begun);
    assert_eq!(state(vec![success("{")], true), begun);
    // The waiting status, another order's plan, a refusal.
    assert_eq!(state(vec![waiting()], false), begun);
    assert_eq!(state(vec![waiting()], true), OrderState::Open);
    assert_eq!(state(vec![active(FORGED)], true), begun);
    assert_eq!(state(vec![unknown_order()], false), begun);
    let doubtful = OrderState::Doubtful(code(GENUINE));
    assert_eq!(state(vec![unknown_order()], true), doubtful);
    // It is still asked for, and the plan that shows up is believed.
    let mut shop = Shop::new([lost(), unknown_order(), active(GENUINE)]);
    shop.activate(GENUINE);
    shop.script.host.advance(SETTLED);
    assert_eq!(shop.settle(), &doubtful);
    assert!(shop.confirm(GENUINE).is_ok());
    assert_eq!(shop.settle(), &OrderState::Activated(code(GENUINE)));
    // No other state is moved by an answer.
    for state in [
        OrderState::Open,
        OrderState::Closed,
        OrderState::Activated(code(GENUINE)),
    ] {
        for settled in [Settled::InState, Settled::NotDone] {
            let after = state.clone().after(&activation(GENUINE), &settled);
            assert_eq!(after, state);
        }
        let order = StoredOrder::open(NUMBER, money("1.00")).state(state);
        assert_eq!(order.begun(), None);
    }
}

#[test]
fn c3_an_activation_that_shows_late_is_not_forgotten_for_a_forged_post() {
    // HASO activated the genuine order. Its answer is lost, and the service does not show it for long.
    let answers = [lost(), unknown_order(), unknown_order(), unknown_order()];
    let shown = [active(GENUINE), unknown_order(), active(GENUINE)];
    let mut shop = Shop::new(answers.into_iter().chain(shown));
    shop.activate(GENUINE);
    shop.script.host.advance(SETTLED);
    assert_eq!(shop.settle(), &OrderState::Doubtful(code(GENUINE)));
    // A forged post begins the next activation, which stays open too.
    assert_eq!(shop.activate(FORGED), Some(Outcome::Unknown));
    let both = after(FORGED, &[GENUINE]);
    assert_eq!(shop.stored.state, OrderState::Activating(both.clone()));
    shop.script.host.advance(SETTLED);
    assert_eq!(shop.settle(), &OrderState::Doubtful(both));
    let read: StoredOrder =
        serde_json::from_str(&serde_json::to_string(&shop.stored).unwrap()).unwrap();
    assert_eq!(read, shop.stored);

    // The genuine one is still asked for, and its plan is believed.
    let begun: Vec<_> = shop.stored.plan_questions();
    let begun = begun.iter().map(|question| question.transaction.as_str());
    assert_eq!(begun.collect::<Vec<_>>(), [FORGED, GENUINE]);
    let paid = shop
        .script
        .run(shop.script.client.call(&shop.stored.plan_questions()[1]));
    let paid = shop.stored.paid_by_plan(&paid.unwrap(), &Quirks::default());
    assert_eq!(paid.unwrap().transaction().as_str(), GENUINE);
    assert_eq!(shop.paid().unwrap().transaction().as_str(), GENUINE);
    let state = shop
        .stored
        .state
        .after(&activation(GENUINE), &Settled::InState);
    assert_eq!(state, OrderState::Activated(after(GENUINE, &[FORGED])));
}

#[test]
fn an_answer_about_one_activation_says_nothing_of_another() {
    let both = || after(FORGED, &[GENUINE]);
    let state = |state: OrderState, transaction: &str, settled: &Settled<_, _>| {
        state.after(&activation(transaction), settled)
    };
    for begun in [OrderState::Activating, OrderState::Doubtful] {
        for (transaction, settled, expected) in [
            (
                GENUINE,
                Settled::InState,
                OrderState::Activated(after(GENUINE, &[FORGED])),
            ),
            (FORGED, Settled::InState, OrderState::Activated(both())),
            (GENUINE, Settled::NotDone, begun(code(FORGED))),
            (
                FORGED,
                Settled::NotDone,
                OrderState::Doubtful(code(GENUINE)),
            ),
            ("TRX-7", Settled::InState, begun(both())),
            ("TRX-7", Settled::NotDone, begun(both())),
        ] {
            assert_eq!(state(begun(both()), transaction, &settled), expected);
        }
    }
    // An active order stays active, and the number that is active too is not dropped.
    let active = || OrderState::Activated(both());
    assert_eq!(state(active(), GENUINE, &Settled::InState), active());
    assert_eq!(state(active(), FORGED, &Settled::NotDone), active());
    let alone = OrderState::Activated(code(FORGED));
    assert_eq!(state(active(), GENUINE, &Settled::NotDone), alone);
}
