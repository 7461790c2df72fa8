//! One guarded write, in every way that it can go.

mod blind;
mod contents;
mod frozen;
mod late;
mod pauses;
mod person;
mod storing;

use kervan_core::Class;
use kervan_ledger::State;

use crate::provider::{Move, Script, host};
use crate::support::{Faulty, answered, program, write};

const CLASSES: [Class; 5] = [
    Class::Keyed,
    Class::State,
    Class::Delta,
    Class::Charge,
    Class::Start,
];

/// Returns a script that also answers the question before a delta.
pub(super) fn script(
    class: Class,
    lines: impl IntoIterator<Item = crate::support::Line>,
) -> Script {
    let before = (class == Class::Delta).then(|| answered("odd"));
    Script::new(before.into_iter().chain(lines))
}

pub(super) fn sent(script: &Script) -> usize {
    script.sent().iter().filter(|call| *call == "move").count()
}

pub(super) fn host_now() -> std::time::SystemTime {
    use kervan_core::Host as _;
    host().now()
}

#[test]
fn a_second_call_brings_the_first_ones_result() {
    for class in CLASSES {
        let (store, script) = (Faulty::default(), script(class, [answered("done")]));
        let ledger = program(&store);
        let written = write(&ledger, &script, &Move::of(class)).unwrap();
        assert_eq!(written.entry.state, State::Done, "{class:?}");
        assert_eq!(written.answer.unwrap().value, "done");
        let again = write(&program(&store), &script, &Move::of(class)).unwrap();
        assert_eq!(
            (again.entry.state, again.answer.is_some()),
            (State::Done, false)
        );
        assert_eq!(sent(&script), 1, "{class:?}");
    }
}
