//! A toy provider behind every fault: it adds what it is sent, and lists the sum.

use super::*;

#[derive(Clone, Debug, Default)]
struct Sum {
    sum: u64,
    has_login: bool,
}

impl Provider for Sum {
    type Effect = u64;

    fn handle(&mut self, request: &Request, _: Moment, _: &mut Chance) -> (Answer, Vec<u64>) {
        let mut effects = Vec::new();
        if !self.is_read(request) {
            let number = String::from_utf8_lossy(&request.body).parse().unwrap();
            self.sum += number;
            effects.push(number);
        }
        let text = format!("sum {}", self.sum);
        (Answer::new(200, "text/plain", text), effects)
    }

    fn is_read(&self, request: &Request) -> bool {
        request.method == "GET"
    }

    fn expire_logins(&mut self) -> bool {
        std::mem::take(&mut self.has_login)
    }

    fn own_key(&self, request: &Request) -> Option<String> {
        Some(String::from_utf8_lossy(&request.body).into_owned())
    }
}

const START: Moment = Moment(0);

fn add(number: u64) -> Request {
    Request::new("POST", "/add", &[], number.to_string())
}

fn ask() -> Request {
    Request::new("GET", "/sum?of=all", &[], "")
}

fn sums(plans: &[Plan]) -> Faulty<Sum> {
    let mut faulty = Faulty::new(Sum::default(), 1);
    for plan in plans {
        faulty.plan(plan.clone());
    }
    faulty
}

fn text(exchange: &Exchange<u64>) -> String {
    exchange.answer.answer().unwrap().text()
}

#[test]
fn without_faults_each_request_has_its_answer() {
    let mut faulty = sums(&[]);
    assert_eq!(text(&faulty.exchange(1, &add(2), START)), "sum 2");
    assert_eq!(text(&faulty.exchange(1, &ask(), START)), "sum 2");
    let accepted: Vec<_> = faulty.accepted().collect();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0].key.as_deref(), Some("2"));
    assert_eq!(faulty.journal().len(), 2);
}

#[test]
fn a_lost_request_and_a_refused_connection_change_nothing() {
    for fault in [Fault::RequestLost, Fault::RefusedConnection] {
        let mut faulty = sums(&[Plan::next(fault)]);
        let exchange = faulty.exchange(1, &add(2), START);
        assert!(!exchange.arrived);
        assert_eq!(exchange.answer.answer(), None);
        assert_eq!(faulty.world().sum, 0);
        assert!(faulty.journal().is_empty());
    }
}

#[test]
fn a_lost_answer_leaves_the_write_done() {
    let mut faulty = sums(&[Plan::next(Fault::AnswerLost)]);
    let exchange = faulty.exchange(1, &add(2), START);
    assert_eq!(exchange.answer, Delivered::Cut);
    assert_eq!((exchange.arrived, exchange.effects), (true, vec![2]));
    assert_eq!(faulty.world().sum, 2);
}

#[test]
fn a_late_request_is_done_in_its_time() {
    let mut faulty = sums(&[Plan::next(Fault::Late(5000))]);
    let exchange = faulty.exchange(1, &add(2), START);
    assert_eq!(exchange.answer, Delivered::Silence);
    assert_eq!(text(&faulty.exchange(1, &ask(), START.plus(4999))), "sum 0");
    assert_eq!(faulty.on_their_way(), 1);
    let exchange = faulty.exchange(1, &ask(), START.plus(6000));
    assert_eq!(
        (text(&exchange).as_str(), exchange.before),
        ("sum 2", vec![2])
    );
    let accepted: Vec<_> = faulty.accepted().collect();
    assert_eq!(accepted[0].origin, Origin::LateRequest);
    assert_eq!((accepted[0].at, accepted[0].exchange), (Moment(5000), 1));
}

#[test]
fn a_late_answer_waits_on_its_connection() {
    let mut faulty = sums(&[Plan::next(Fault::LateAnswer)]);
    assert_eq!(
        faulty.exchange(1, &add(2), START).answer,
        Delivered::Silence
    );
    assert_eq!(text(&faulty.exchange(1, &add(3), START)), "sum 2");
    assert_eq!(text(&faulty.exchange(2, &add(4), START)), "sum 9");
}

#[test]
fn a_doubled_answer_puts_its_connection_out_of_step() {
    let mut faulty = sums(&[Plan::next(Fault::Doubled)]);
    assert_eq!(text(&faulty.exchange(1, &add(2), START)), "sum 2");
    assert_eq!(text(&faulty.exchange(1, &add(3), START)), "sum 2");
    assert_eq!(text(&faulty.exchange(1, &ask(), START)), "sum 5");
    assert_eq!(text(&faulty.exchange(2, &add(4), START)), "sum 9");
}

#[test]
fn the_answer_of_another_call_is_the_one_before() {
    let mut faulty = sums(&[Plan::next(Fault::OfAnotherCall).nth(2)]);
    faulty.exchange(1, &add(2), START);
    let exchange = faulty.exchange(2, &add(3), START);
    assert_eq!(
        (text(&exchange).as_str(), exchange.effects),
        ("sum 2", vec![3])
    );
    assert_eq!(text(&faulty.exchange(2, &ask(), START)), "sum 5");
}

#[test]
fn a_write_done_twice_counts_apart() {
    let mut faulty = sums(&[Plan::on("/add", Fault::DoneTwice)]);
    let exchange = faulty.exchange(1, &add(2), START);
    assert_eq!(
        (text(&exchange).as_str(), exchange.effects),
        ("sum 2", vec![2])
    );
    assert_eq!((faulty.world().sum, faulty.accepted().count()), (4, 1));
    assert_eq!(faulty.journal()[1].origin, Origin::Provider);
}

#[test]
fn a_stale_read_knows_all_but_the_last_write() {
    let mut faulty = sums(&[Plan::on("/sum", Fault::StaleRead)]);
    faulty.exchange(1, &add(2), START);
    faulty.exchange(1, &add(3), START);
    let exchange = faulty.exchange(1, &ask(), START);
    assert_eq!(
        (text(&exchange).as_str(), exchange.fault),
        ("sum 2", Fault::StaleRead)
    );
    assert_eq!(text(&faulty.exchange(1, &ask(), START)), "sum 5");
}

#[test]
fn an_unreadable_answer_hides_a_write_that_is_done() {
    let mut bodies = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let mut faulty = Faulty::new(Sum::default(), seed);
        faulty.plan(Plan::next(Fault::Unreadable));
        let exchange = faulty.exchange(1, &add(2), START);
        assert_eq!(exchange.effects, [2]);
        let shown = text(&exchange);
        assert_ne!(shown, "sum 2");
        bodies.insert(shown.chars().take(1).collect::<String>());
    }
    assert_eq!(bodies.into_iter().collect::<Vec<_>>(), ["", "<", "s"]);
}

#[test]
fn a_plan_that_does_not_apply_stays_unused() {
    let mut faulty = sums(&[
        Plan::next(Fault::OfAnotherCall),
        Plan::next(Fault::StaleRead).nth(2),
        Plan::on("/add", Fault::AnswerLost).nth(9),
        Plan::on("/sum", Fault::AnswerLost),
    ]);
    assert_eq!(faulty.exchange(1, &add(1), START).fault, Fault::None);
    assert_eq!(faulty.exchange(1, &add(1), START).fault, Fault::None);
    assert_eq!(faulty.exchange(1, &ask(), START).fault, Fault::AnswerLost);
    assert_eq!(faulty.unused().len(), 3);
}

#[test]
fn two_runs_of_one_seed_write_the_same_journal() {
    let run = |seed| {
        let mut faulty = Faulty::new(Sum::default(), seed);
        faulty.draw(500);
        let mut applied = std::collections::BTreeSet::new();
        for number in 0..300 {
            let request = if number % 3 == 0 { ask() } else { add(1) };
            let exchange = faulty.exchange(
                number % 7,
                &request,
                Moment(0).plus(100 * i64::try_from(number).unwrap()),
            );
            applied.insert(
                format!("{:?}", exchange.fault)
                    .split('(')
                    .next()
                    .unwrap()
                    .to_owned(),
            );
        }
        faulty.tick(Moment(1_000_000_000));
        assert_eq!(faulty.on_their_way(), 0);
        // Every write that arrived is in the journal, and nothing else is in the world.
        let sum: u64 = faulty
            .journal()
            .iter()
            .flat_map(|entry| entry.effects.clone())
            .sum();
        assert_eq!(faulty.world().sum, sum);
        assert_eq!(applied.len(), 11, "{applied:?}");
        let lines = faulty.journal().iter().map(ToString::to_string);
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
}

#[test]
fn pages_and_cut_answers_hide_a_write_that_is_done() {
    for (fault, seen) in [
        (Fault::Page, "<!DOC"),
        (Fault::Empty, ""),
        (Fault::Half, "su"),
    ] {
        let mut faulty = sums(&[Plan::next(fault)]);
        let exchange = faulty.exchange(1, &add(2), START);
        let answer = exchange.answer.answer().unwrap();
        let shown = answer.text();
        assert_eq!(
            (answer.status, shown.get(..5).unwrap_or(&shown)),
            (200, seen)
        );
        assert_eq!(faulty.accepted().count(), 1, "{fault:?}");
    }
}

#[test]
fn maintenance_does_nothing() {
    let mut faulty = sums(&[Plan::on("/add", Fault::Maintenance)]);
    let exchange = faulty.exchange(1, &add(2), START);
    assert_eq!(exchange.answer.answer().unwrap().status, 503);
    assert!(!exchange.arrived);
    assert_eq!(faulty.accepted().count(), 0);
}

#[test]
fn a_login_expires_once_and_only_where_there_is_one() {
    let mut faulty = sums(&[Plan::next(Fault::ExpiredLogin)]);
    faulty.world_mut().has_login = true;
    assert_eq!(faulty.exchange(1, &ask(), START).fault, Fault::ExpiredLogin);
    assert!(!faulty.world().has_login);
    faulty.plan(Plan::next(Fault::ExpiredLogin));
    assert_eq!(faulty.exchange(1, &ask(), START).fault, Fault::None);
    assert_eq!(faulty.unused().len(), 1);
}

#[test]
fn a_stale_read_can_be_planned_behind_its_write_for_a_while() {
    let mut faulty = sums(&[]);
    faulty.keep_snapshots_for(2);
    let mut read = |numbers: &[u64]| {
        for number in numbers {
            faulty.exchange(1, &add(*number), START);
        }
        faulty.plan(Plan::next(Fault::StaleRead));
        let seen = text(&faulty.exchange(1, &ask(), START));
        faulty.keeps_snapshots = false;
        (seen, faulty.take_unused().len())
    };
    assert_eq!(read(&[2]), ("sum 0".to_owned(), 0));
    assert_eq!(read(&[3]), ("sum 2".to_owned(), 0));
    // The state before the third write was not kept.
    assert_eq!(read(&[4]), ("sum 9".to_owned(), 1));
}
