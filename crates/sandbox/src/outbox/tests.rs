//! Posts to a shop: when they go out, how often, and what a rule changes.

use super::*;
use crate::Repeats;

const NOON: Moment = Moment(1_000_000);

fn callback(order: &str) -> Post {
    let fields = vec![
        ("Success".to_owned(), "True".to_owned()),
        ("Data".to_owned(), "ü".to_owned()),
    ];
    let post = Post::form("callback", Sender::Server, "http://shop/", order, fields);
    post.repeated(Repeats::until_ok(60_000, 3))
}

fn outbox(rules: &[Rule]) -> Outbox {
    let mut outbox = Outbox::default();
    for rule in rules {
        outbox.rule(rule.clone());
    }
    outbox.add("haso", callback("A"), Cause::Anything, NOON);
    outbox
}

fn numbers(due: &[Due]) -> Vec<u64> {
    due.iter().map(|due| due.number).collect()
}

fn accepted(outbox: &mut Outbox, number: u64, now: Moment) {
    outbox.sent(number, Ok((200, "OK".to_owned())), now);
}

#[test]
fn a_post_goes_out_once_and_is_accepted() {
    let mut outbox = outbox(&[]);
    let due = outbox.take_due(NOON);
    assert_eq!(due[0].body, "Success=True&Data=%C3%BC");
    assert_eq!(due[0].content_type, "application/x-www-form-urlencoded");
    assert_eq!(outbox.take_due(NOON), []);
    accepted(&mut outbox, 1, NOON);
    assert_eq!(outbox.entry(1).unwrap().state, State::Accepted);
    assert_eq!(outbox.next_due(), None);
}

#[test]
fn a_repeated_post_goes_out_until_the_shop_says_200() {
    let mut outbox = outbox(&[]);
    for (answer, after) in [
        (Ok((500, String::new())), 60_000),
        (Err("no answer".to_owned()), 120_000),
    ] {
        let now = outbox.next_due().unwrap();
        assert_eq!(numbers(&outbox.take_due(now)), [1]);
        outbox.sent(1, answer, now);
        assert_eq!(outbox.next_due(), Some(NOON.plus(after)));
    }
    let last = NOON.plus(120_000);
    outbox.take_due(last);
    outbox.sent(1, Ok((202, String::new())), last);
    let entry = outbox.entry(1).unwrap();
    assert_eq!((entry.state, entry.attempts.len()), (State::GivenUp, 3));
}

#[test]
fn the_right_body_can_be_asked_for() {
    let mut outbox = Outbox::default();
    let mut repeats = Repeats::until_ok(1000, 2);
    repeats.until_body = Some("OK".to_owned());
    let post = callback("A").repeated(repeats);
    outbox.add("haso", post, Cause::Anything, NOON);
    outbox.take_due(NOON);
    outbox.sent(1, Ok((200, "thanks".to_owned())), NOON);
    outbox.take_due(NOON.plus(1000));
    outbox.sent(1, Ok((200, " OK\n".to_owned())), NOON.plus(1000));
    assert_eq!(outbox.entry(1).unwrap().state, State::Accepted);
}

#[test]
fn rules_double_hold_delay_and_drop() {
    let mut doubled = outbox(&[Rule::next(How::Double)]);
    for expected in [State::Waiting(NOON), State::Accepted] {
        assert_eq!(doubled.take_due(NOON)[0].copies, 1);
        accepted(&mut doubled, 1, NOON);
        assert_eq!(doubled.entry(1).unwrap().state, expected);
    }
    let mut at_once = outbox(&[Rule::next(How::DoubleAtOnce)]);
    assert_eq!(at_once.take_due(NOON)[0].copies, 2);
    let mut held = outbox(&[Rule::next(How::Hold)]);
    assert_eq!(held.take_due(NOON.plus(1_000_000)), []);
    let mut late = outbox(&[Rule::next(How::Late(5))]);
    assert_eq!(late.take_due(NOON), []);
    assert_eq!(numbers(&late.take_due(NOON.plus(5))), [1]);
    let mut never = outbox(&[Rule::on("haso", "callback", How::Never)]);
    assert_eq!(never.take_due(NOON.plus(5)), []);
    assert_eq!(never.unused(), []);
}

#[test]
fn two_posts_change_places() {
    let mut outbox = outbox(&[Rule::next(How::AfterNext)]);
    outbox.add("haso", callback("B"), Cause::Anything, NOON);
    assert_eq!(numbers(&outbox.take_due(NOON)), [2]);
    accepted(&mut outbox, 2, NOON);
    assert_eq!(numbers(&outbox.take_due(NOON)), [1]);
}

#[test]
fn a_post_can_be_tampered_with() {
    let tamper = |value: Option<&str>| How::Tamper {
        field: "Success".to_owned(),
        value: value.map(str::to_owned),
    };
    let mut changed = outbox(&[Rule::next(tamper(Some("False")))]);
    assert_eq!(changed.take_due(NOON)[0].body, "Success=False&Data=%C3%BC");
    let mut without = outbox(&[Rule::next(tamper(None))]);
    assert_eq!(without.take_due(NOON)[0].body, "Data=%C3%BC");
    let mut other = outbox(&[Rule::next(How::ContentType("text/plain".to_owned()))]);
    assert_eq!(other.take_due(NOON)[0].content_type, "text/plain");
}

#[test]
fn a_rule_waits_for_its_kind_and_its_turn() {
    let mut outbox = Outbox::default();
    outbox.rule(Rule::on("haso", "fail", How::Never));
    outbox.rule(Rule::on("haso", "callback", How::Never).nth(2));
    for order in ["A", "B"] {
        outbox.add("haso", callback(order), Cause::Anything, NOON);
    }
    let states: Vec<_> = outbox.entries().map(|entry| entry.state).collect();
    assert_eq!(states, [State::Waiting(NOON), State::Dropped]);
    assert_eq!(outbox.unused().len(), 1);
}

#[test]
fn a_real_browser_makes_its_own_posts() {
    let mut outbox = Outbox::default();
    let fields = vec![("a".to_owned(), "b".to_owned())];
    let post = Post::form("return", Sender::Browser, "http://shop/", "A", fields);
    outbox.add("param", post.clone(), Cause::RealBrowser, NOON);
    assert_eq!(outbox.take_due(NOON), []);
    outbox.add("param", post, Cause::Anything, NOON);
    assert_eq!(numbers(&outbox.take_due(NOON)), [2]);
}

#[test]
fn a_post_is_sent_again_with_other_fields() {
    let mut outbox = outbox(&[Rule::next(How::Hold)]);
    let changes = [
        ("Success".to_owned(), None),
        ("New".to_owned(), Some("1".to_owned())),
    ];
    assert_eq!(outbox.send_again(1, &changes, NOON), Ok(2));
    assert_eq!(outbox.entry(1).unwrap().state, State::Replaced);
    let due = outbox.take_due(NOON);
    assert_eq!(due[0].body, "Data=%C3%BC&New=1");
    assert!(outbox.send_again(9, &[], NOON).is_err());
    let text = Post::text(
        "push",
        "http://shop/",
        "P",
        "application/json",
        r#"{"a": 1}"#,
    );
    let number = outbox.add("aras", text, Cause::Anything, NOON);
    let again = outbox.send_again(number, &changes, NOON).unwrap();
    assert_eq!(
        outbox.entry(again).unwrap().post.body.encoded(),
        r#"{"New":"1","a":1}"#
    );
}

#[test]
fn old_posts_are_forgotten_but_never_one_that_waits() {
    let mut outbox = outbox(&[]);
    for _ in 0..KEPT + 10 {
        let number = outbox.add("haso", callback("B"), Cause::Anything, NOON);
        accepted(&mut outbox, number, NOON);
    }
    assert_eq!(outbox.entries().count(), KEPT);
    assert!(outbox.entry(1).is_some());
}

#[test]
fn sent_copies_are_forgotten_too() {
    let mut outbox = outbox(&[Rule::next(How::Hold)]);
    let mut number = 1;
    for _ in 0..KEPT + 10 {
        number = outbox.send_again(number, &[], NOON).unwrap();
        accepted(&mut outbox, number, NOON);
    }
    assert_eq!(outbox.entries().count(), KEPT);
}

#[test]
fn two_copies_are_one_try_and_no_try_comes_at_the_same_moment() {
    let mut outbox = Outbox::default();
    outbox.rule(Rule::next(How::DoubleAtOnce));
    let post = callback("A").repeated(Repeats::until_ok(i64::MIN, 200));
    outbox.add("haso", post, Cause::Anything, NOON);
    let mut now = NOON;
    for _ in 0..200 {
        assert_eq!(outbox.take_due(now)[0].copies, 2);
        outbox.note(1, Err("no answer".to_owned()), now);
        outbox.sent(1, Err("no answer".to_owned()), now);
        assert_eq!(outbox.take_due(now), []);
        now = now.plus(1);
    }
    let entry = outbox.entry(1).unwrap();
    assert_eq!((entry.state, entry.attempts.len()), (State::GivenUp, 100));
}

/// An answer has a beginning, and of many tries the last ones are kept.
#[test]
fn the_answers_of_a_shop_are_kept_in_part() {
    let mut outbox = outbox(&[]);
    let number = outbox.entries().next().unwrap().number;
    for at in 0..103 {
        let answer = Ok((500, "ş".repeat(5000)));
        outbox.note(number, answer, Moment(at));
    }
    let attempts = &outbox.entry(number).unwrap().attempts;
    assert_eq!((attempts.len(), attempts[0].at), (100, Moment(3)));
    assert!(attempts.iter().all(|one| one.text.chars().count() == 2000));
    let head = "x".repeat(5000);
    let page =
        format!("<html><head><style>{head}</style></head><body><p>Refused</p></body></html>");
    outbox.note(number, Ok((400, page)), Moment(103));
    let attempts = &outbox.entry(number).unwrap().attempts;
    assert_eq!(attempts[99].text, "<body><p>Refused</p></body></html>");
}

#[test]
fn a_post_does_not_wait_behind_one_that_never_goes_out() {
    let mut outbox = outbox(&[Rule::next(How::AfterNext)]);
    outbox.add("haso", callback("B"), Cause::Anything, NOON);
    outbox.take_due(NOON);
    outbox.refuse(2, "not allowed", NOON);
    assert_eq!(numbers(&outbox.take_due(NOON)), [1]);
}

#[test]
fn nothing_is_late_by_less_than_nothing() {
    let mut outbox = outbox(&[Rule::next(How::Late(i64::MIN))]);
    assert_eq!(outbox.next_due(), Some(NOON));
    outbox.rule(Rule::next(How::Late(i64::MAX)));
    outbox.add("haso", callback("B"), Cause::Anything, NOON);
    assert_eq!(numbers(&outbox.take_due(Moment::LAST)), [1]);
}

/// A post that is read from a file is not taken for a finished one, nor for one that is on its way.
#[test]
fn posts_of_a_file_have_numbers_of_their_own() {
    let mut first = outbox(&[]);
    let waiting: Vec<Entry> = first.entries().cloned().collect();
    first.replace_waiting(waiting.clone());
    assert_eq!(first.entries().cloned().collect::<Vec<_>>(), waiting);
    let mut finished = outbox(&[]);
    finished.take_due(NOON);
    accepted(&mut finished, 1, NOON);
    let mut sending = outbox(&[]);
    sending.take_due(NOON);
    for mut outbox in [finished, sending] {
        let twice = [waiting.clone(), waiting.clone()].concat();
        outbox.replace_waiting(twice);
        assert_eq!(numbers(&outbox.take_due(NOON)), [2, 3]);
        // The one from before comes to its end.
        accepted(&mut outbox, 1, NOON);
        accepted(&mut outbox, 3, NOON);
        assert_eq!(outbox.entry(2).unwrap().state, State::Sending);
    }
}
