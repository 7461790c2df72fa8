//! A world of one's own inside a test, without a word of HTTP about it.

use std::time::Duration;

use kervan_sandbox::haso::Haso;
use kervan_sandbox::horoz::{self, Horoz};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::{Fault, Moment, Plan, Sandbox};

use crate::http::Line;

/// Asks Horoz for its districts, as a client in another process would.
fn ask(sandbox: &Sandbox) -> u16 {
    let horoz = sandbox.account("horoz");
    let rest = horoz.address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let headers = [("processKey", horoz.get("process_key"))];
    let target = format!("/{path}/listCounties");
    let answer = Line::to(host.parse().unwrap()).call("GET", &target, &headers, "");
    answer.map_or(0, |answer| answer.status)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn start() -> Sandbox {
    run(Sandbox::start()).unwrap()
}

#[test]
fn it_has_addresses_logins_a_log_and_the_truth() {
    let sandbox = start();
    assert_eq!(ask(&sandbox), 200);
    assert_eq!(sandbox.records()[0].operation, "listCounties");
    assert_eq!(sandbox.ask(|horoz: &Horoz| horoz.orders().count()), 0);
    assert_eq!(sandbox.ask(|haso: &Haso| haso.refunds().count()), 0);
    for provider in ["aras", "horoz", "param", "haso"] {
        assert!(!sandbox.account(provider).login.is_empty());
    }
    assert_eq!(sandbox.account("dhl").login, []);
    assert_eq!(sandbox.finish(), Ok(()));
}

#[test]
fn two_of_them_have_different_logins_and_one_port() {
    let (first, second) = (start(), start());
    let (a, b) = (first.account("horoz"), second.account("horoz"));
    assert_ne!(a.login, b.login);
    let port = |address: &str| address.split('/').nth(2).unwrap().to_owned();
    assert_eq!(port(&a.address), port(&b.address));
}

#[test]
fn a_planned_fault_comes_and_an_unused_one_fails() {
    let sandbox = start();
    sandbox.plan("horoz", Plan::on("listCounties", Fault::AnswerLost));
    assert_eq!(ask(&sandbox), 0);
    sandbox.rule(Rule::next(How::Hold));
    let unused = sandbox.finish().unwrap_err();
    assert_eq!(
        unused.sentences(),
        ["any provider: hold for a post of any kind was not applied"]
    );
}

#[test]
#[should_panic(expected = "planned and never met: horoz: page for any call was not applied")]
fn dropping_it_with_an_unused_fault_panics() {
    start().plan("horoz", Plan::next(Fault::Page));
}

#[test]
#[should_panic(expected = "there is no provider dhl")]
fn a_plan_for_nobody_panics() {
    start().plan("dhl", Plan::next(Fault::Page));
}

#[test]
fn steps_are_typed_and_time_is_moved() {
    let noon = Moment::parse_iso("2026-11-28T12:00:00+03:00").unwrap();
    let sandbox = Sandbox::start_at(noon).unwrap();
    let step = horoz::Step::AddAccount { code: 901 };
    sandbox.step::<Horoz>(&step).unwrap();
    let moved = horoz::Step::Next {
        order: "none".to_owned(),
    };
    assert!(
        sandbox
            .step::<Horoz>(&moved)
            .unwrap_err()
            .contains("no order")
    );
    sandbox.advance(Duration::from_secs(60));
    let now = |sandbox: &Sandbox| sandbox.look(|world| world.clock().now(Moment(0)).iso());
    assert_eq!(now(&sandbox), "2026-11-28T12:01:00+03:00");
    sandbox.to_istanbul_midnight();
    assert_eq!(now(&sandbox), "2026-11-29T00:00:00+03:00");
    let copy = start();
    copy.import(&sandbox.export().unwrap()).unwrap();
    assert_eq!(now(&copy), now(&sandbox));
}

#[test]
fn waiting_needs_no_runtime_of_its_own() {
    let sandbox = start();
    std::thread::scope(|scope| {
        scope.spawn(|| ask(&sandbox));
        run(sandbox.wait_for_call("listCounties")).unwrap();
    });
}
