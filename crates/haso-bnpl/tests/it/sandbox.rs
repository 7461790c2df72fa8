//! The client against the simulated HASO: the client's result, and the true state.

use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use contract_kit::faults::{self, Fault};
use haso_bnpl::{
    ActivateOrder, ChangePhone, Client, ConfirmPin, CreateTransaction, Extent, GetToken, NextStep,
    OrderForm, Outcome, Refund, Resumed, Sent, Settled, StartLimitByPin, Why,
};
use kervan_core::Host;
use kervan_sandbox::haso::{Effect, Haso};
use kervan_sandbox::{Delivered, Fault as Network, Faulty, Moment, Plan, Request};
use kervan_testing::MovableHost;
use testkit::{InProcess, config, host};

use crate::script::SETTLED;
use crate::support::{builder, money, order, shopper, stored};

const NUMBER: &str = "1905231436-1";

/// HASO's state behind a network, a client, and the clock of both.
struct Story {
    world: Arc<Mutex<Faulty<Haso>>>,
    client: Client,
    host: MovableHost,
}

impl Story {
    fn new() -> Self {
        let world = Arc::new(Mutex::new(Faulty::new(Haso::demo(), 1)));
        let (host, own) = (host(), Arc::clone(&world));
        let clock = host.clone();
        let mut connection = 0;
        let connections = Mutex::new(move || {
            connection += 1;
            connection
        });
        let transport = InProcess::new(move |arrived| {
            let headers: Vec<_> = arrived
                .headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let (method, target) = (&arrived.method, &arrived.target);
            let request = Request::new(method, target, &headers, arrived.body.clone());
            let connection = connections.lock().unwrap()();
            let mut world = own.lock().unwrap();
            match world.exchange(connection, &request, now(&clock)).answer {
                Delivered::Answer(answer) => {
                    let headers = answer.headers.iter();
                    let headers: Vec<_> = headers
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    Fault::Answer(faults::answer(answer.status, &headers, &answer.body))
                }
                Delivered::Silence => Fault::Stall(0),
                _ => Fault::CloseBeforeAnswer,
            }
        });
        let signing = crate::support::signing("demo-merchant-key", "demo-merchant-salt");
        let builder = builder("http://127.0.0.1:9").signing(signing);
        let client = builder
            .config(config(1))
            .build_over(transport, host.clone());
        Self {
            world,
            client,
            host,
        }
    }

    /// Returns a story with a completed order that waits for its activation.
    fn with_order() -> (Self, ActivateOrder) {
        let story = Self::new();
        let token = story.run(story.client.get_token(&GetToken::new())).unwrap();
        let form = OrderForm::new(order(), token);
        story.run(story.client.call(&form)).unwrap();
        let code = story.world(|world| world.transaction_of(NUMBER).unwrap().code.clone());
        (
            story,
            ActivateOrder::without_post(NUMBER.into(), code.into()),
        )
    }

    /// Returns a story with an active order.
    fn with_active_order() -> (Self, Refund) {
        let (story, activation) = Self::with_order();
        story.run(story.client.call(&activation)).unwrap();
        let part = Extent::Part(money("125.25"));
        let refund = Refund::new("R-1".into(), activation.transaction, NUMBER.into(), part);
        (story, refund)
    }

    fn run<F: Future>(&self, call: F) -> F::Output {
        self.host.run(call)
    }

    fn world<T>(&self, ask: impl FnOnce(&Haso) -> T) -> T {
        ask(self.world.lock().unwrap().world())
    }

    /// Plans what goes wrong with the next call of a path.
    fn plan(&self, path: &str, fault: Network) {
        self.world.lock().unwrap().plan(Plan::on(path, fault));
    }

    /// Lets time pass on both sides.
    fn wait(&self, time: Duration) {
        self.host.advance(time);
        self.world.lock().unwrap().tick(now(&self.host));
    }

    /// Returns how often something happened, late and doubled requests included. Every planned fault has
    /// happened by then.
    fn count(&self, is_it: impl Fn(&Effect) -> bool) -> usize {
        let world = self.world.lock().unwrap();
        assert_eq!(world.unused(), Vec::<&Plan>::new());
        let effects = world.journal().iter().flat_map(|entry| &entry.effects);
        effects.filter(|effect| is_it(effect)).count()
    }

    fn activations(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Activated { .. }))
    }

    fn refunds(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Refunded { .. }))
    }
}

fn now(host: &MovableHost) -> Moment {
    let since = host.now().duration_since(UNIX_EPOCH).unwrap();
    Moment(i64::try_from(since.as_millis()).unwrap())
}

#[test]
fn an_activation_whose_answer_is_lost_is_found_in_the_plan() {
    let faults = [
        Network::AnswerLost,
        Network::LateAnswer,
        Network::Unreadable,
    ];
    for fault in faults {
        let (story, write) = Story::with_order();
        story.plan("UpdateTransaction", fault);
        let sent = story.run(story.client.send_or_settle(&write));
        assert_eq!(sent.unwrap(), Sent::InState, "{fault:?}");
        assert_eq!(story.activations(), 1, "{fault:?}");
    }
}

#[test]
fn a_late_activation_is_open_until_it_shows() {
    let (story, write) = Story::with_order();
    story.plan("UpdateTransaction", Network::Late(60_000));
    let failed = story.run(story.client.send_or_settle(&write)).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    let attempt = stored(failed.attempt.as_ref().unwrap());
    assert!(
        !story
            .run(story.client.settle(&write, &attempt))
            .is_settled()
    );
    story.wait(Duration::from_secs(60));
    let settled = story.run(story.client.settle(&write, &attempt));
    assert!(matches!(settled, Settled::InState));
    assert_eq!(story.activations(), 1);
}

#[test]
fn an_activation_that_never_arrived_stays_open_because_no_page_says_how_that_looks() {
    let (story, write) = Story::with_order();
    story.plan("UpdateTransaction", Network::RequestLost);
    let failed = story.run(story.client.send_or_settle(&write)).unwrap_err();
    let attempt = failed.attempt.unwrap();
    story.wait(SETTLED);
    let Settled::Open(open) = story.run(story.client.settle(&write, &attempt)) else {
        panic!("settled by a text that no page names")
    };
    assert!(matches!(open.why, Why::Failed(_)));
    assert_eq!(story.activations(), 0);
}

#[test]
fn an_order_that_was_active_before_is_not_this_activations() {
    let (story, write) = Story::with_order();
    story.run(story.client.call(&write)).unwrap();
    story.plan("UpdateTransaction", Network::RequestLost);
    let sent = story.run(story.client.send_or_settle(&write));
    assert_eq!(sent.unwrap(), Sent::InState);
    assert_eq!(story.activations(), 1);
}

#[test]
fn a_refund_that_was_prepared_before_a_crash_is_made_once() {
    // The crash comes before the write, after it, and while it is under way.
    for is_sent in [None, Some(Network::None), Some(Network::Late(30_000))] {
        let (story, write) = Story::with_active_order();
        let attempt = story.run(story.client.prepare(&write)).unwrap();
        let kept = stored(&attempt);
        if let Some(fault) = is_sent {
            story.plan("RefundTransaction", fault);
            let sent = story.run(story.client.send(&write, &attempt));
            assert_eq!(sent.is_ok(), fault == Network::None);
        }
        let resumed = story.run(story.client.resume(&write, &kept)).unwrap();
        assert!(matches!(
            resumed,
            Resumed::Settled(Settled::Done(_) | Settled::Exists)
        ));
        story.wait(Duration::from_secs(60));
        assert_eq!(story.refunds(), 1, "{is_sent:?}");
        assert_eq!(
            story.world(|world| world.refunded(NUMBER)).to_string(),
            "125.25"
        );
    }
}

#[test]
fn a_refund_goes_out_once_whatever_the_network_does() {
    for fault in [
        Network::RequestLost,
        Network::AnswerLost,
        Network::LateAnswer,
        Network::Late(100),
        Network::Late(2_000),
        Network::Doubled,
        Network::DoneTwice,
        Network::Unreadable,
    ] {
        let (story, write) = Story::with_active_order();
        story.plan("RefundTransaction", fault);
        let sent = story.run(story.client.send_or_settle(&write));
        assert!(sent.is_ok(), "{fault:?}: {sent:?}");
        story.wait(Duration::from_secs(60));
        assert_eq!(story.refunds(), 1, "{fault:?}");
    }
}

#[test]
fn a_refund_that_is_clicked_twice_is_made_once() {
    let (story, write) = Story::with_active_order();
    let first = story.run(story.client.send_or_settle(&write));
    assert!(matches!(first, Ok(Sent::Done(_))));
    let second = story.run(story.client.send_or_settle(&write)).unwrap_err();
    assert_eq!(second.outcome(), Outcome::NotDone);
    assert_eq!(second.next_step(), NextStep::Correct);
    assert_eq!(story.refunds(), 1);
}

#[test]
fn a_telephone_number_whose_change_is_lost_is_there_once() {
    for (fault, expected) in [
        (Network::AnswerLost, "exists"),
        (Network::RequestLost, "done"),
    ] {
        let story = Story::new();
        story.plan("ChangeCustomerGsmNo", fault);
        let write = ChangePhone::new("5004".into(), "5536616020");
        let sent = story.run(story.client.send_or_settle(&write)).unwrap();
        let found = match sent {
            Sent::Done(_) => "done",
            Sent::Exists => "exists",
            _ => "other",
        };
        assert_eq!(found, expected);
        let changed = |effect: &Effect| matches!(effect, Effect::PhoneChanged { .. });
        assert_eq!(story.count(changed), 1);
    }
}

#[test]
fn an_order_without_a_page_whose_answer_is_lost_is_never_created_twice() {
    for fault in [
        Network::AnswerLost,
        Network::RequestLost,
        Network::Late(5_000),
    ] {
        let story = Story::new();
        story.plan("CreateTransaction", fault);
        let write = CreateTransaction::new(money("500.00"), 2, "5004");
        let failed = story.run(story.client.send_or_settle(&write)).unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown, "{fault:?}");
        let attempt = stored(failed.attempt.as_ref().unwrap());
        story.wait(SETTLED * 10);
        let resumed = story.run(story.client.resume(&write, &attempt)).unwrap();
        assert!(
            matches!(resumed, Resumed::Settled(Settled::Open(_))),
            "{fault:?}"
        );
        let made = story.world(|world| world.transactions().count());
        assert!(made <= 1, "{fault:?}");
    }
}

#[test]
fn a_pin_whose_answer_is_lost_is_settled_by_the_report() {
    let story = Story::new();
    let shopper = shopper().identity_number("10000000078");
    let start = StartLimitByPin::new(shopper);
    let started = story.run(story.client.call(&start)).unwrap();
    let reference = started.value.reference.unwrap();
    let pin = story.world(|world| world.pin_of(reference.as_str()).unwrap().to_owned());
    story.plan("SendKkbPinCode", Network::AnswerLost);
    let write = ConfirmPin::new(reference, pin);
    let sent = story.run(story.client.send_or_settle(&write));
    assert_eq!(sent.unwrap(), Sent::InState);
    let is_limit = |effect: &Effect| matches!(effect, Effect::LimitSet { .. });
    assert_eq!(story.count(is_limit), 1);
}
