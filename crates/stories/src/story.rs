//! The events around one write, as drawn from a seed.

use std::fmt;
use std::time::Duration;

use kervan_sandbox::{Chance, Fault};

/// The events around one write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The seed of the values, the world, the ids and the times.
    pub seed: u64,
    /// The steps. Afterwards the network is healthy, and the program goes on until the write is
    /// settled.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Another actor makes one of its changes, by number.
    Other(usize),
    /// The same client makes another write of the same kind, whose answer comes twice, and reads it
    /// back where that cannot be confused with this write's.
    Neighbour,
    /// Time passes.
    Wait(Duration),
    /// The wall clock of the program's machine is set: so many seconds ahead of the right time, behind it
    /// where negative.
    Wall(i64),
    /// The program crashes between two calls; the kept attempt is read back by a new one.
    Restart,
    /// The program goes on: it prepares, sends, settles, resumes or sends a second time.
    Go {
        /// Which of the calls that are possible now.
        choice: u8,
        /// The faults of its requests, in order.
        faults: Vec<Fault>,
        /// The program crashes when the call waits for the nth time.
        crash: Option<u32>,
    },
}

/// The faults that are drawn, the frequent ones more than once.
const FAULTS: [Fault; 17] = [
    Fault::None,
    Fault::None,
    Fault::RequestLost,
    Fault::AnswerLost,
    Fault::AnswerLost,
    Fault::Late(0),
    Fault::Late(0),
    Fault::LateAnswer,
    Fault::Doubled,
    Fault::OfAnotherCall,
    Fault::OfAnotherCall,
    Fault::OfAnotherCall,
    Fault::StaleRead,
    Fault::StaleRead,
    Fault::Unreadable,
    Fault::RefusedConnection,
    Fault::DoneTwice,
];

impl Story {
    /// Draws a story, for a write with that many changes of other actors.
    pub fn draw(seed: u64, others: usize) -> Self {
        // The values have draws of their own, which a story that is shortened keeps.
        let mut chance = Chance::new(seed).fork();
        let mut steps = Vec::new();
        for _ in 0..chance.below(3).min(others as u64) {
            steps.push(Step::Other(other(&mut chance, others)));
        }
        if chance.below(8) == 0 {
            steps.push(wall(&mut chance));
        }
        if chance.below(4) == 0 {
            steps.push(Step::Neighbour);
        }
        for _ in 0..=chance.below(6) {
            steps.push(go(&mut chance));
            for _ in 0..chance.below(3) {
                match chance.below(10) {
                    0..4 => steps.push(wait(&mut chance)),
                    4 => steps.push(Step::Restart),
                    5 if others > 0 => steps.push(Step::Other(other(&mut chance, others))),
                    6 => steps.push(wall(&mut chance)),
                    7 => steps.push(Step::Neighbour),
                    _ => {}
                }
            }
        }
        Self { seed, steps }
    }

    /// Draws a story about a sale, for that many events outside of the shop. The first events are the usual
    /// ones, and come more often.
    pub fn draw_sale(seed: u64, events: usize) -> Self {
        let mut chance = Chance::new(seed).fork();
        let mut steps = vec![go(&mut chance)];
        for _ in 0..4 + chance.below(16) {
            match chance.below(16) {
                0..7 => steps.push(go(&mut chance)),
                7..14 => {
                    let which = other(&mut chance, events).min(other(&mut chance, events));
                    steps.push(Step::Other(which));
                }
                14 => steps.push(wait(&mut chance)),
                _ => steps.push(Step::Restart),
            }
        }
        Self { seed, steps }
    }

    /// Returns whether a read may be answered from an old state.
    pub(crate) fn has_stale_reads(&self) -> bool {
        let is_stale = |step: &Step| matches!(step, Step::Go { faults, .. } if faults.contains(&Fault::StaleRead));
        self.steps.iter().any(is_stale)
    }

    /// Returns the steps as lines of text; `others` names the changes of other actors.
    pub fn in_words(&self, others: &[&str]) -> Vec<String> {
        let steps = self.steps.iter();
        steps
            .map(|step| match step {
                Step::Other(which) => {
                    let what = others.get(*which).unwrap_or(&"changes something");
                    format!("another actor {what}")
                }
                step => step.to_string(),
            })
            .collect()
    }
}

fn other(chance: &mut Chance, others: usize) -> usize {
    usize::try_from(chance.below(others as u64)).unwrap_or(0)
}

fn wait(chance: &mut Chance) -> Step {
    let seconds = match chance.below(12) {
        0..4 => 1 + chance.below(50),
        4..8 => 60 + chance.below(500),
        // Beyond the settling time.
        8..11 => 661 + chance.below(3_000),
        // Beyond days, and the rules that count them.
        _ => 86_400 * (1 + chance.below(3)),
    };
    Step::Wait(Duration::from_secs(seconds))
}

/// The wall clock is some hours ahead or behind, or right.
fn wall(chance: &mut Chance) -> Step {
    let hours = i64::try_from(chance.below(9)).unwrap_or(0);
    let sign = [1, -1][usize::from(chance.below(2) == 0)];
    Step::Wall(hours * 3_600 * sign)
}

fn go(chance: &mut Chance) -> Step {
    let faults = (0..chance.below(4)).map(|_| fault(chance)).collect();
    let crash = (chance.below(5) == 0).then(|| {
        // A call waits for each request twice; one that tries again waits longer.
        let most = [4, 12][usize::from(chance.below(2) == 0)];
        1 + u32::try_from(chance.below(most)).unwrap_or(0)
    });
    let choice = u8::try_from(chance.below(5)).unwrap_or(0);
    Step::Go {
        choice,
        faults,
        crash,
    }
}

fn fault(chance: &mut Chance) -> Fault {
    match chance.pick(&FAULTS).copied() {
        // From one second to just below the settling time.
        Some(Fault::Late(_)) => {
            let most = [40_000, 590_000][usize::from(chance.below(2) == 0)];
            Fault::Late(i64::try_from(1_000 + chance.below(most)).unwrap_or(1_000))
        }
        fault => fault.unwrap_or(Fault::None),
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(which) => write!(formatter, "another actor makes change {which}"),
            Self::Neighbour => formatter
                .write_str("the client makes another write of the kind; its answer comes twice"),
            Self::Wait(time) => write!(formatter, "{} seconds pass", time.as_secs()),
            Self::Wall(0) => formatter.write_str("the wall clock is set right"),
            Self::Wall(seconds) => {
                let way = if *seconds > 0 { "ahead" } else { "behind" };
                let hours = seconds.unsigned_abs() / 3_600;
                write!(formatter, "the wall clock is set {hours} hours {way}")
            }
            Self::Restart => formatter.write_str("the program crashes and starts anew"),
            Self::Go {
                choice,
                faults,
                crash,
            } => {
                write!(formatter, "the program goes on (choice {choice})")?;
                let mut between = "; faults: ";
                for fault in faults {
                    write!(formatter, "{between}{}", words(*fault))?;
                    between = ", ";
                }
                match crash {
                    Some(crash) => write!(formatter, "; it crashes at wait {crash}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// Returns a fault in words.
pub(crate) fn words(fault: Fault) -> String {
    match fault {
        Fault::Late(millis) => format!("done {millis} ms after it was sent, no answer"),
        fault => name(fault).to_owned(),
    }
}

/// Returns the kind of a fault in words.
pub(crate) fn name(fault: Fault) -> &'static str {
    match fault {
        Fault::None => "none",
        Fault::RequestLost => "the request is lost",
        Fault::AnswerLost => "done, and the answer is lost",
        Fault::Late(_) => "done later, no answer",
        Fault::LateAnswer => "done, and the answer comes too late",
        Fault::Doubled => "the answer comes twice",
        Fault::OfAnotherCall => "the answer of the call before",
        Fault::DoneTwice => "the provider does it twice",
        Fault::StaleRead => "a stale read",
        Fault::Unreadable => "an unreadable answer",
        Fault::RefusedConnection => "no connection",
        _ => "another fault",
    }
}
