//! Searching for a story that breaks a rule, and shortening it.

use std::fmt;

use kervan_sandbox::Fault;

use crate::subject::{Telling, Told};
use crate::{Broken, Step, Story};

/// A story that breaks a rule, shortened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failing {
    /// The name of the write or the sale.
    pub name: &'static str,
    /// How many stories were told, this one included.
    pub told: u64,
    /// The shortest story.
    pub story: Story,
    /// The rule that it breaks.
    pub broken: Broken,
    others: &'static [&'static str],
}

impl fmt::Display for Failing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, seed) = (self.name, self.story.seed);
        writeln!(formatter, "{name}: story {seed} (number {})", self.told)?;
        for line in self.story.in_words(self.others) {
            writeln!(formatter, "  - {line}")?;
        }
        self.broken.fmt(formatter)
    }
}

/// Tells stories from a seed on, until one breaks a rule.
///
/// # Errors
///
/// [`Failing`]: the shortened story.
pub fn search(telling: impl Into<Telling>, seed: u64, stories: u64) -> Result<Told, Box<Failing>> {
    let telling = telling.into();
    let mut sum = Told::default();
    for number in 0..stories {
        let story = (telling.draw)(seed.wrapping_add(number), telling.others.len());
        match (telling.tell)(&story) {
            Ok(told) => {
                sum.exchanges += told.exchanges;
                sum.effects += told.effects;
                sum.is_settled = told.is_settled;
                for (incident, times) in told.incidents {
                    *sum.incidents.entry(incident).or_default() += times;
                }
            }
            Err(broken) => {
                let (story, broken) = shrink(telling, story, broken);
                return Err(Box::new(Failing {
                    name: telling.name,
                    told: number + 1,
                    story,
                    broken,
                    others: telling.others,
                }));
            }
        }
    }
    Ok(sum)
}

/// Drops steps, faults and crashes one by one while the story still breaks a rule.
pub fn shrink(telling: impl Into<Telling>, story: Story, broken: Broken) -> (Story, Broken) {
    let telling = telling.into();
    let (mut story, mut broken) = (story, broken);
    loop {
        let shorter = shorter(&story);
        let failing = shorter
            .into_iter()
            .find_map(|shorter| match (telling.tell)(&shorter) {
                Err(broken) => Some((shorter, broken)),
                Ok(_) => None,
            });
        match failing {
            Some(found) => (story, broken) = found,
            None => return (story, broken),
        }
    }
}

/// Returns the same steps with each other choice where the program goes on next: what it does then depends on
/// the steps before.
fn other_choices(steps: &[Step], from: usize) -> impl Iterator<Item = Vec<Step>> {
    let is_go = |step: &Step| matches!(step, Step::Go { .. });
    let next = steps.iter().skip(from).position(is_go);
    let choices = next.map_or(0..0, |_| 0..4);
    choices.map(move |other| {
        let mut steps = steps.to_vec();
        if let Some(Step::Go { choice, .. }) = next.and_then(|next| steps.get_mut(from + next)) {
            *choice = other;
        }
        steps
    })
}

/// Returns the stories that are one change shorter, the much shorter ones first.
fn shorter(story: &Story) -> Vec<Story> {
    let with = |steps| Story {
        seed: story.seed,
        steps,
    };
    let mut shorter = Vec::new();
    let count = story.steps.len();
    for length in (1..=count).rev() {
        for from in 0..=count - length {
            let mut steps = story.steps.clone();
            steps.drain(from..from + length);
            shorter.extend(other_choices(&steps, from).map(with));
            shorter.push(with(steps));
        }
    }
    for (at, step) in story.steps.iter().enumerate() {
        let Step::Go {
            choice,
            faults,
            crash,
        } = step
        else {
            continue;
        };
        let mut put = |faults: Vec<Fault>, crash| {
            let mut steps = story.steps.clone();
            steps[at] = Step::Go {
                choice: *choice,
                faults,
                crash,
            };
            shorter.push(with(steps));
        };
        if crash.is_some() {
            put(faults.clone(), None);
        }
        match faults.split_last() {
            Some((Fault::None, rest)) => put(rest.to_vec(), *crash),
            Some(_) => {
                for number in 0..faults.len() {
                    if faults[number] != Fault::None {
                        let mut fewer = faults.clone();
                        fewer[number] = Fault::None;
                        put(fewer, *crash);
                    }
                }
            }
            None => {}
        }
    }
    shorter
}
