//! A right client breaks no rule; each mistake is found.

use kervan_core::{Caller, Config, Host, Transport};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settler;
use stories::{Account, Rule, Subject, Write, search};

use crate::client::{Mistake, Put, Shop};
use crate::world::Toy;

const VERBS: [&str; 4] = ["create", "approve", "add", "charge"];
const MISTAKES: [Mistake; 12] = [
    Mistake::None,
    Mistake::AbsentIsNotDone,
    Mistake::NoBaseline,
    Mistake::AlreadyIsDone,
    Mistake::ExistsIsDone,
    Mistake::KeysByBytes,
    Mistake::SharedConnections,
    Mistake::AnyRow,
    Mistake::BusyIsNotDone,
    Mistake::UnreadableIsAbsent,
    Mistake::NeverDecides,
    Mistake::WantedIsOurs,
];

impl Account for Toy {
    type Settings = Shop;

    fn client(network: impl Transport, host: impl Host, config: Config) -> Settler<Shop> {
        Settler::new(Caller::new(Shop, config, network, host))
    }
}

/// A write of the toy: its verb, and the mistake of its client.
pub(crate) struct Case<const VERB: usize, const MISTAKE: usize> {
    put: Put,
}

impl<const VERB: usize, const MISTAKE: usize> Subject for Case<VERB, MISTAKE> {
    const NAME: &'static str = VERBS[VERB];
    const OTHERS: &'static [&'static str] = &["does the same", "does it to another object"];
    type World = Toy;
    type Write = Put;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Toy) {
        let put = Put {
            verb: VERBS[VERB],
            id: format!("ID-{}", chance.below(1000)),
            value: chance.below(4).to_string(),
            mistake: MISTAKES[MISTAKE],
        };
        (Self { put }, Toy::default())
    }

    fn config(&self) -> Config {
        let config = Config::default();
        config.fresh_connections(MISTAKES[MISTAKE] != Mistake::SharedConnections)
    }

    fn write(&self) -> Put {
        self.put.clone()
    }

    fn neighbour(&self) -> Option<Put> {
        let id = format!("{}-N", self.put.id);
        Some(Put {
            id,
            ..self.put.clone()
        })
    }

    fn other(&self, which: usize, world: &mut Toy, _: Moment, _: &mut Chance) -> Vec<String> {
        let id = match which {
            0 => self.put.id.clone(),
            _ => "OTHER".to_owned(),
        };
        match self.put.verb {
            "create" => {
                world.orders.insert(id.clone(), "of another".to_owned());
            }
            "approve" => world.approved.push(id.clone()),
            "add" => {
                world.add(&id, &self.put.value);
            }
            // The key of a charge is the shop's own.
            _ => {}
        }
        vec![id]
    }

    fn is_ours(&self, effect: &String) -> bool {
        *effect == self.put.id
    }

    fn is_wanted(&self, world: &Toy) -> bool {
        let id = &self.put.id;
        match self.put.verb {
            "create" => world.orders.contains_key(id),
            "approve" => world.approved.contains(id),
            "add" => world.rows.iter().any(|(_, object, _)| object == id),
            _ => world.charges.get(id).is_some_and(|value| value != "failed"),
        }
    }
}

/// Looks for a story that shows a mistake, and prints the shortest one.
#[expect(clippy::print_stdout, reason = "shown when the test fails")]
fn found<const VERB: usize, const MISTAKE: usize>(rules: &[Rule]) {
    let write = Write::of::<Case<VERB, MISTAKE>>();
    let mut seed = 1;
    let failing = loop {
        let Err(failing) = search(write, seed, 20_000) else {
            panic!("{:?} is not found", MISTAKES[MISTAKE]);
        };
        seed += failing.told;
        // A mistake may break other rules too.
        if rules.contains(&failing.broken.rule) {
            break failing;
        }
        assert!(seed < 20_000, "{:?}: {failing}", MISTAKES[MISTAKE]);
    };
    println!("{:?} after {seed} stories\n{failing}", MISTAKES[MISTAKE]);
    assert!(failing.story.steps.len() <= 4, "{failing}");
}

fn holds<const VERB: usize>() {
    let told = search(Write::of::<Case<VERB, 0>>(), 1, 2_000);
    told.unwrap_or_else(|failing| panic!("{failing}"));
}

#[test]
fn a_right_client_breaks_no_rule() {
    holds::<0>();
    holds::<1>();
    holds::<2>();
    holds::<3>();
}

#[test]
fn w1_absence_taken_for_proof_is_found() {
    found::<1, 1>(&[Rule::NotDone]);
    found::<2, 1>(&[Rule::NotDone]);
    found::<3, 1>(&[Rule::NotDone]);
}

#[test]
fn w2_a_row_that_stood_before_is_found() {
    found::<2, 2>(&[Rule::Done]);
}

#[test]
fn w3_a_foreign_already_is_found() {
    found::<1, 3>(&[Rule::Done]);
}

#[test]
fn w6_a_foreign_number_is_found() {
    found::<0, 4>(&[Rule::Done]);
}

#[test]
fn w8_keys_compared_by_bytes_are_found() {
    found::<2, 5>(&[Rule::NotDone, Rule::OneEffect]);
}

#[test]
fn w12_a_doubled_answer_is_found() {
    found::<0, 6>(&[Rule::Done]);
    found::<1, 6>(&[Rule::Done]);
}

#[test]
fn w13_a_stray_row_is_found() {
    found::<2, 7>(&[Rule::Done, Rule::NotDone]);
}

#[test]
fn w16_an_undecided_code_taken_for_a_refusal_is_found() {
    found::<2, 8>(&[Rule::NotDone]);
}

#[test]
fn an_unreadable_answer_taken_for_absence_is_found() {
    found::<2, 9>(&[Rule::NotDone]);
}

#[test]
fn a_read_back_that_never_decides_is_found() {
    found::<1, 10>(&[Rule::Open]);
    found::<2, 10>(&[Rule::Open]);
    found::<3, 10>(&[Rule::Open]);
}

#[test]
fn a_state_of_another_taken_for_this_writes_is_found() {
    found::<1, 11>(&[Rule::Done]);
}
