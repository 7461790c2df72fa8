//! Jobs that a shop stores, as the recipe of lost answers runs them: the same for every write.

use std::cell::RefCell;
use std::time::{Duration, SystemTime};

use kervan_core::{Host as _, NextStep, Outcome};
use kervan_sandbox::haso::{Haso, Status};
use kervan_sandbox::param::OrderState;
use kervan_sandbox::{Fault, Hosted, Kurus};
use kervan_settling::{Attempt, Resumed, Settle, Settler};
use param_marketplace::{AddOrderDetail, SetOrderStatus};
use stories::Stage;

use super::param::SELLERS;
use super::param::marketplace::{shared, with_sellers};
use super::{haso, horoz};

/// A row of the shop's table of jobs.
#[derive(Default)]
struct Job {
    /// The attempt, as it is stored.
    attempt: RefCell<Option<String>>,
    is_finished: RefCell<bool>,
    again_at: RefCell<Option<SystemTime>>,
    is_for_a_person: RefCell<bool>,
}

impl Job {
    fn keep(&self, attempt: &Attempt) {
        let text = serde_json::to_string(attempt).unwrap();
        *self.attempt.borrow_mut() = Some(text);
    }

    fn kept(&self) -> Option<Attempt> {
        let kept = self.attempt.borrow();
        kept.as_ref()
            .map(|text| serde_json::from_str(text).unwrap())
    }

    fn follow(&self, step: NextStep) {
        match step {
            NextStep::Nothing => *self.is_finished.borrow_mut() = true,
            NextStep::SendAgain => {}
            NextStep::AskAgain { at } => *self.again_at.borrow_mut() = at,
            _ => *self.is_for_a_person.borrow_mut() = true,
        }
    }
}

async fn begin<O: Settle>(client: &Settler<O::Service>, write: &O, job: &Job) {
    match client.prepare(write).await {
        Err(failed) => job.follow(failed.next_step()),
        Ok(attempt) => {
            job.keep(&attempt);
            send(client, write, &attempt, job).await;
        }
    }
}

async fn go_on<O: Settle>(client: &Settler<O::Service>, write: &O, kept: &Attempt, job: &Job) {
    match client.resume(write, kept).await {
        Ok(Resumed::Settled(settled)) => job.follow(settled.next_step()),
        Ok(Resumed::Prepared(next)) => {
            job.keep(&next);
            send(client, write, &next, job).await;
        }
        Err(failed) => job.follow(failed.next_step()),
    }
}

async fn send<O: Settle>(client: &Settler<O::Service>, write: &O, attempt: &Attempt, job: &Job) {
    match client.send(write, attempt).await {
        Ok(_) => *job.is_finished.borrow_mut() = true,
        Err(failed) => {
            if failed.outcome() == Outcome::NotDone {
                *job.attempt.borrow_mut() = None;
            }
            job.follow(failed.next_step());
        }
    }
}

/// Runs a job until it is finished. Each fault is that of the first request of a run.
fn finished<P: Hosted, O: Settle>(
    stage: &Stage<P>,
    client: &Settler<O::Service>,
    write: &O,
    faults: &[Fault],
) {
    let job = Job::default();
    let mut faults = faults.iter();
    for _ in 0..8 {
        if *job.is_finished.borrow() {
            assert!(faults.next().is_none(), "every fault was met");
            return;
        }
        // The row is all that is left of the program before.
        stage.faults(faults.next().copied());
        match job.kept() {
            None => stage.run(begin(client, write, &job)),
            Some(attempt) => stage.run(go_on(client, write, &attempt, &job)),
        }
        assert!(!*job.is_for_a_person.borrow());
        let again = job.again_at.borrow_mut().take();
        let wait = again.and_then(|at| at.duration_since(stage.host().now()).ok());
        stage.pass(wait.unwrap_or(Duration::from_secs(60)));
    }
    panic!("the job is not finished");
}

#[test]
fn a_job_goes_on_by_its_stored_attempt_whatever_its_write() {
    // Keyed, by its own number.
    let shop = horoz::Shop::open();
    let order = shop.order("KV-1");
    let faults = [Fault::AnswerLost, Fault::RequestLost, Fault::Unreadable];
    finished(&shop.stage, &shop.client, &order, &faults);
    assert!(shop.is_active("KV-1"));
    assert_eq!(shop.stage.caused().len(), 1);

    let shop = haso::Shop::open();
    let paid = shop.paid("100.00");
    let (transaction, order) = (paid.transaction().clone(), paid.order().clone());
    let part = haso_bnpl::Extent::Part(haso::money("30.00"));
    let refund = haso_bnpl::Refund::new("R-1".into(), transaction, order, part);
    finished(
        &shop.stage,
        &shop.client,
        &refund,
        &[Fault::Late(30_000), Fault::RequestLost],
    );
    let given_back = |world: &Haso| {
        let order = world
            .transactions()
            .find(|one| one.status == Status::Active);
        order.map(|order| world.refunded(&order.order))
    };
    let given_back = shop.stage.ask(given_back);
    assert_eq!(given_back, Some(haso::money("30.00").to_decimal()));
}

#[test]
fn a_job_adds_one_row_and_approves_it_though_every_first_request_fails() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    let entry = AddOrderDetail::new(paid.payment, SELLERS[0].into())
        .product_amount("50.00".parse().unwrap())
        .payable("45.00".parse().unwrap());
    // The first request of the first run asks for what is there before.
    finished(&shop.stage, &shop.client, &entry, &[Fault::RequestLost]);
    let truth = shop.truth("KV-1");
    let keys: Vec<_> = shop.stage.ask(|world| {
        let entries = world.orders_of(truth.id).into_iter();
        entries.map(|one| (one.key.clone(), one.payable)).collect()
    });
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].1, Kurus(4_500));
    let approve = SetOrderStatus::approve(keys[0].0.as_str().into());
    finished(&shop.stage, &shop.client, &approve, &[Fault::RequestLost]);
    let state = shop
        .stage
        .ask(|world| world.order(&keys[0].0).map(|one| one.state));
    assert_eq!(state, Some(OrderState::Approved));

    // The shares of another sale of the shop are its own.
    let second = shop.paid("KV-2", "100.00");
    assert_eq!(shared(&shop, &second).len(), 2);
    let of_first = shop.stage.ask(|world| world.orders_of(truth.id).len());
    assert_eq!(of_first, 1);
}
