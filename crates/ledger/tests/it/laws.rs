//! Laws that hold for every state and every event.

use std::time::{Duration, SystemTime};

use kervan_ledger::{Contents, Entry, Event, KeptRequest, Resolution, State, Why};

use crate::support::key;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn attempt() -> kervan_settling::Attempt {
    let text = r#"{"operation":"Move","class":"delta","key":"k","contents":"00","prepared_at":0}"#;
    serde_json::from_str(text).unwrap()
}

fn events() -> Vec<(&'static str, Event)> {
    let why = || Why::plain("x");
    let by = || "a".to_owned();
    vec![
        (
            "held",
            Event::Held {
                by: by(),
                until: at(99),
            },
        ),
        (
            "sending",
            Event::Sending {
                attempt: attempt(),
                until: at(99),
            },
        ),
        (
            "not done",
            Event::NotDone {
                why: why(),
                due: at(99),
            },
        ),
        ("done", Event::Done),
        ("proven", Event::Shown(State::Proven)),
        ("refused", Event::Refused(why())),
        (
            "unknown",
            Event::Unknown {
                why: why(),
                due: Some(at(99)),
            },
        ),
        (
            "person",
            Event::Unknown {
                why: why(),
                due: None,
            },
        ),
        ("late", Event::LateAnswer),
        ("abandoned", Event::Abandoned(why())),
        (
            "revised",
            Event::Revised {
                contents: Contents::stored("d".repeat(64)),
                request: None,
                due: None,
            },
        ),
        (
            "resolved",
            Event::Resolved {
                by: by(),
                outcome: Resolution::Done,
            },
        ),
    ]
}

fn of(state: State) -> Entry {
    let mut entry = Entry::new(key("1"), "order 1", Contents::stored("c".repeat(64)), at(0));
    entry.state = state;
    entry.request = Some(KeptRequest::new(*b"request"));
    entry
}

/// The table of what may happen when, written by hand.
#[test]
fn each_event_is_allowed_in_these_states_only() {
    let table = [
        ("held", "prepared sending unknown"),
        ("sending", "prepared unknown"),
        ("not done", "prepared sending unknown"),
        (
            "done",
            "prepared sending unknown needs_a_person proven in_state exists",
        ),
        ("proven", "sending unknown needs_a_person"),
        ("refused", "prepared sending unknown needs_a_person"),
        ("unknown", "sending unknown needs_a_person"),
        ("person", "sending unknown needs_a_person"),
        (
            "late",
            "prepared sending unknown needs_a_person done proven in_state exists refused abandoned \
             resolved_done resolved_not_done",
        ),
        ("abandoned", "sending unknown"),
        ("revised", "prepared refused resolved_not_done"),
        ("resolved", "unknown needs_a_person"),
    ];
    for ((name, event), (listed, states)) in events().into_iter().zip(table) {
        assert_eq!(name, listed);
        let allowed = State::ALL
            .into_iter()
            .filter(|state| of(*state).after(event.clone(), at(1)).is_ok());
        let names: Vec<_> = allowed.map(State::name).collect();
        assert_eq!(names.join(" "), states, "{name}");
    }
}

#[test]
fn what_has_ended_holds_nothing_and_what_is_open_goes_on() {
    for (name, event) in events() {
        for state in State::ALL {
            let before = of(state);
            let Ok(after) = before.after(event.clone(), at(1)) else {
                continue;
            };
            assert_eq!(after.version, before.version + 1, "{name}");
            assert_eq!(after.changed_at, at(1), "{name}");
            assert_eq!(
                after.since == at(1),
                after.state != before.state || name == "revised",
                "{name} {state:?}"
            );
            assert_eq!(after.key, before.key);
            if !after.state.is_open() {
                assert_eq!((after.due, after.holder.as_deref()), (None, None), "{name}");
                assert!(after.request.is_none(), "{name}: personal data stays");
            }
            assert_eq!((after.number, after.created_at), (before.number, at(0)));
            let is_kept = after.state.is_open() && name != "revised";
            assert_eq!(after.request.is_some(), is_kept, "{name} {state:?}");
            if after.state == State::NeedsAPerson {
                assert_eq!((after.due, after.holder.as_deref()), (None, None), "{name}");
            }
            // Nothing is forgotten: without a time, a person decides, or the caller sends it at once.
            let is_alone =
                matches!(after.state, State::Unknown | State::Sending) && after.due.is_none();
            assert!(!is_alone, "{name} {state:?}");
        }
    }
}

#[test]
fn a_write_that_may_have_happened_is_never_prepared_again_without_proof() {
    for (name, event) in events() {
        for state in [State::Sending, State::Unknown, State::NeedsAPerson] {
            if let Ok(after) = of(state).after(event.clone(), at(1)) {
                let is_prepared = after.state == State::Prepared;
                assert_eq!(is_prepared, name == "not done", "{name} {state:?}");
            }
        }
    }
}

#[test]
fn a_kept_request_and_a_key_of_hashes_are_not_printed() {
    let shown = format!(
        "{:?} {:?}",
        of(State::Prepared),
        kervan_ledger::ContentsKey::new([113; 32])
    );
    assert!(shown.contains("[redacted]"), "{shown}");
    assert!(!shown.contains("114") && !shown.contains("113"), "{shown}");
}

#[test]
fn a_proof_ends_the_questions_and_a_provider_out_of_reach_does_not() {
    let sending = || Event::Sending {
        attempt: attempt(),
        until: at(99),
    };
    for (state, asks) in [(State::Unknown, 0), (State::Prepared, 5)] {
        let mut entry = of(state);
        entry.asks = 5;
        assert_eq!(entry.after(sending(), at(1)).unwrap().asks, asks);
    }
}
