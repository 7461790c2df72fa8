//! Every target on the answers of the fixtures, and on thousands of changes of them.

use fuzz_targets::{ALL, Target, contradiction, contradictions};
use xtask::fuzzing::TARGETS;

/// Changed answers for each target, as many as a test run can afford; a fuzzer makes millions.
const CASES: u64 = 1_000;

/// Longer answers are left to the fuzzer.
const LONGEST: usize = 8 * 1024;

/// Texts that the readers look for.
const WORDS: [&str; 16] = [
    "<",
    ">",
    "</",
    "/>",
    "<![CDATA[",
    "]]>",
    "&#0;",
    "&lt;",
    "\"",
    "{",
    "]",
    ",",
    "=",
    "%00",
    "\u{1e}",
    "İı",
];

fn function(name: &str) -> Target {
    let found = ALL.iter().find(|(target, _)| *target == name);
    found
        .unwrap_or_else(|| panic!("no function for `{name}`"))
        .1
}

#[test]
fn every_program_has_a_function() {
    assert_eq!(ALL.len(), TARGETS.len());
    for target in TARGETS {
        function(target.name);
    }
}

#[test]
fn every_answer_of_the_fixtures_and_its_changes_are_read() {
    std::thread::scope(|scope| {
        for target in TARGETS {
            scope.spawn(move || feed(target.name, &target.seeds().unwrap()));
        }
    });
}

#[test]
fn no_answer_that_says_two_things_is_a_success() {
    // What the second member says, as a text, and as a truth value or a number of JSON.
    let texts = ["0", "-1", "2", "-400", "ERR-20005", "RS115", "Hata"];
    let literals = [(2, ""), (2, "x"), (3, ""), (3, "x")];
    let says = texts.map(|text| (0, text)).into_iter().chain(literals);
    let mut found = 0;
    for (form, text) in says {
        for pair in 0..u16::try_from(contradictions()).unwrap() {
            let [low, high] = pair.to_le_bytes();
            let bytes = [&[low, high, form], text.as_bytes()].concat();
            found += usize::from(std::panic::catch_unwind(|| contradiction(&bytes)).is_err());
        }
    }
    // Each has told what it is.
    assert_eq!(found, 0);
}

fn feed(name: &str, seeds: &[Vec<u8>]) {
    let read = function(name);
    for seed in seeds {
        read(seed);
    }
    let short: Vec<_> = seeds.iter().filter(|seed| seed.len() <= LONGEST).collect();
    for case in 0..CASES {
        let mut random = fastrand::Rng::with_seed(case);
        let mut bytes = short[random.usize(..short.len())].clone();
        for _ in 0..random.usize(1..6) {
            change(&mut bytes, short[random.usize(..short.len())], &mut random);
        }
        // The number of the case makes it again.
        let read = std::panic::catch_unwind(|| read(&bytes));
        assert!(read.is_ok(), "{name}, case {case}");
    }
}

/// Makes one change: as a broken line, a careless proxy or an attacker would.
fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut fastrand::Rng) {
    let at = random.usize(..=bytes.len());
    let until = at + random.usize(..=(bytes.len() - at).min(64));
    match random.u8(..7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..until)),
        2 => {
            let part = bytes[at..until].to_vec();
            bytes.splice(at..at, part);
        }
        3 => {
            let word = WORDS[random.usize(..WORDS.len())];
            bytes.splice(at..at, word.bytes());
        }
        4 => {
            let from = random.usize(..=other.len());
            let part = other[from..(from + 64).min(other.len())].to_vec();
            bytes.splice(at..until, part);
        }
        5 => bytes[at..until].fill(random.u8(..)),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.u8(..8);
            }
        }
    }
}
