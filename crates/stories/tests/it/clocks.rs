//! Stories about wall clocks that jump, written by hand because they are drawn seldom.

use std::time::Duration;

use kervan_sandbox::Fault;
use stories::{Step, Story, Told, tell};

use crate::mistakes::Case;

const HOUR: i64 = 3_600;

fn go(choice: u8) -> Step {
    late(choice, Fault::None)
}

fn late(choice: u8, fault: Fault) -> Step {
    Step::Go {
        choice,
        faults: vec![fault],
        crash: None,
    }
}

/// Approves something, and adds something.
fn told(steps: &[Step]) -> [Told; 2] {
    let story = |seed| Story {
        seed,
        steps: steps.to_vec(),
    };
    let shown =
        |told: Result<Told, stories::Broken>| told.unwrap_or_else(|broken| panic!("{broken}"));
    [
        shown(tell::<Case<1, 0>>(&story(1))),
        shown(tell::<Case<2, 0>>(&story(1))),
    ]
}

/// Prepares, then sends; the provider does it eight minutes later.
const LATE: Fault = Fault::Late(480_000);

#[test]
fn a_wall_clock_that_is_set_back_keeps_no_attempt_fresh() {
    let half_an_hour = Step::Wait(Duration::from_secs(1_800));
    let steps = [
        go(1),
        Step::Wall(-2 * HOUR),
        half_an_hour,
        late(0, LATE),
        Step::Wall(0),
        go(0),
    ];
    // It is too old to be sent.
    for told in told(&steps) {
        assert_eq!((told.effects, told.is_settled), (0, true));
    }
}

#[test]
fn a_wall_clock_that_jumps_ahead_ages_no_attempt() {
    let steps = [go(1), late(0, LATE), Step::Wall(2 * HOUR), go(0)];
    for told in told(&steps) {
        assert_eq!((told.effects, told.is_settled), (1, true));
    }
}

#[test]
fn a_wall_clock_that_jumps_ahead_ages_no_stored_attempt_that_was_seen() {
    let steps = [
        go(1),
        late(0, LATE),
        Step::Restart,
        go(0),
        Step::Wall(2 * HOUR),
        go(0),
    ];
    for told in told(&steps) {
        assert_eq!((told.effects, told.is_settled), (1, true));
    }
}

#[test]
fn a_wall_clock_that_is_behind_is_waited_for() {
    let steps = [
        Step::Wall(3 * HOUR),
        go(1),
        late(0, LATE),
        Step::Restart,
        Step::Wall(-3 * HOUR),
        go(0),
    ];
    for told in told(&steps) {
        assert_eq!((told.effects, told.is_settled), (1, true));
    }
}
