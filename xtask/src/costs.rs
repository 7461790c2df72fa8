//! `costs`: how many crates a user of each provider compiles, and how long that takes.

mod build;
mod reasons;
mod tree;

use std::fmt::Write as _;
use std::fs;

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::findings::{Findings, first_difference};
use xtask::process::{cargo, run as run_command};
use xtask::workspace::{packages, read, root};

use self::build::Seconds;

const PAGE: &str = "docs/reference/costs.md";
/// The text above it is counted, the text below is measured.
const TIMES: &str = "## Build times";

/// The page's beginning.
const HEAD: &str = "\
# What the crates cost

Written by `cargo xtask costs`. Do not edit by hand.

## Crates

Packages that are compiled besides the crate itself: normal and build dependencies on x86-64
Linux, each once, by `Cargo.lock`. `cargo xtask ci` fails when these numbers are out of date.

| crate | features | crates compiled |
|---|---|---|
";

/// Published crates that no program calls a provider with. Their costs are in those of the providers.
const SHARED: [&str; 10] = [
    "kervan-core",
    "kervan-import",
    "kervan-reqwest",
    "kervan-sandbox",
    "kervan-settling",
    "kervan-spec",
    "kervan-testing",
    "kervan-tracking",
    "kervan-turkiye",
    "kervan-wire",
];

/// The task for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// Count, build, write.
    Measure,
    /// Count and write; keep the times.
    Count,
    /// Count and compare.
    Check,
}

impl Task {
    fn from_switches(counts: bool, check_counts: bool) -> Self {
        match (counts, check_counts) {
            (_, true) => Self::Check,
            (true, false) => Self::Count,
            (false, false) => Self::Measure,
        }
    }
}

/// One way to depend on a crate.
pub(crate) struct Set {
    pub(crate) package: String,
    /// For people.
    pub(crate) title: &'static str,
    /// For cargo.
    pub(crate) flags: Vec<&'static str>,
    /// Whether the page lists its crates by name.
    is_light: bool,
}

pub(crate) fn run(mut args: Args) -> Done {
    let task = Task::from_switches(args.switch("--counts"), args.switch("--check-counts"));
    args.finish()?;
    let sets = sets()?;
    let mut findings = Findings::default();
    let counted = counted(&sets, &mut findings)?;
    let present = read(PAGE).unwrap_or_default();
    let (above, below) = present.split_once(TIMES).unwrap_or((&present, "\n"));
    match task {
        Task::Check => {
            if let Some(line) = first_difference(above, &counted) {
                findings.add(PAGE, line, "out of date; run `cargo xtask costs --counts`");
            }
        }
        Task::Count => write(&format!("{counted}{TIMES}{below}"))?,
        Task::Measure => {
            let times = measured(&sets)?;
            write(&format!("{counted}{TIMES}\n{times}"))?;
        }
    }
    findings.report()
}

fn write(page: &str) -> Result<(), String> {
    fs::write(root().join(PAGE), page).map_err(|error| format!("{PAGE}: {error}"))
}

/// Returns the ways to depend on each published provider crate.
fn sets() -> Result<Vec<Set>, String> {
    let mut sets = Vec::new();
    for package in packages()? {
        if !package.is_published || SHARED.contains(&package.name.as_str()) {
            continue;
        }
        let mut add = |title, flags: &[&'static str], is_light| {
            sets.push(Set {
                package: package.name.clone(),
                title,
                flags: flags.to_vec(),
                is_light,
            });
        };
        add("no features", &["--no-default-features"], true);
        if package.features.iter().any(|feature| feature == "reqwest") {
            let flags = ["--no-default-features", "--features", "reqwest"];
            add("`reqwest` without TLS", &flags, false);
        }
        // Services that are left out unless asked for.
        for (feature, title, flags) in [
            (
                "query",
                "`query`",
                ["--no-default-features", "--features", "query"],
            ),
            (
                "shipments",
                "`shipments`",
                ["--no-default-features", "--features", "shipments"],
            ),
            (
                "import",
                "`import`",
                ["--no-default-features", "--features", "import"],
            ),
            (
                "pages",
                "`pages`",
                ["--no-default-features", "--features", "pages"],
            ),
            (
                "query",
                "`query`, `pages`, `rustls`",
                ["--no-default-features", "--features", "query,pages,rustls"],
            ),
            (
                "haso",
                "`haso`",
                ["--no-default-features", "--features", "haso"],
            ),
            (
                "param",
                "`param`",
                ["--no-default-features", "--features", "param"],
            ),
            (
                "aras",
                "`aras`",
                ["--no-default-features", "--features", "aras"],
            ),
            (
                "inbox",
                "`haso`, `param`, `aras`, `inbox`",
                [
                    "--no-default-features",
                    "--features",
                    "haso,param,aras,inbox",
                ],
            ),
        ] {
            if package.features.iter().any(|known| known == feature) {
                add(title, &flags, false);
            }
        }
        if !package.defaults.is_empty() {
            add("default features", &[], false);
        }
    }
    Ok(sets)
}

/// Returns the page down to the times.
fn counted(sets: &[Set], findings: &mut Findings) -> Result<String, String> {
    let mut page = HEAD.to_owned();
    let mut lists = String::new();
    for set in sets {
        let crates = tree::of(set)?;
        let _ = writeln!(
            page,
            "| `{}` | {} | {} |",
            set.package,
            set.title,
            crates.len()
        );
        if set.is_light {
            let _ = write!(
                lists,
                "\n## Why each crate is there: `{}`, {}\n\n| crate | why |\n|---|---|\n",
                set.package, set.title
            );
            for name in &crates {
                match reasons::of(&set.package, name) {
                    Some(reason) => {
                        let _ = writeln!(lists, "| `{name}` | {reason} |");
                    }
                    None => findings.add(
                        "xtask/src/costs/reasons.rs",
                        1,
                        format!(
                            "`{}` has got the crate `{name}`: drop it or say why",
                            set.package
                        ),
                    ),
                }
            }
        }
    }
    page.push_str(&lists);
    page.push('\n');
    Ok(page)
}

/// Returns the part below the heading of the times.
fn measured(sets: &[Set]) -> Result<String, Failure> {
    let machine = build::Machine::this()?;
    run_command(&mut cargo(["fetch", "--quiet"]))?;
    let mut part = format!(
        "\nSeconds for a clean `cargo build` with the downloads done, as it was on one machine on one day:\n\
         {machine}. Wall-clock time depends on the machine and on what else it does;\n\
         \"cpu\" is the time of all compiler processes together. To reproduce: `cargo xtask costs`.\n\n\
         | crate | features | debug, wall | debug, cpu | release, wall | release, cpu |\n\
         |---|---|---|---|---|---|\n"
    );
    for set in sets {
        let debug = build::time(set, false)?;
        let release = build::time(set, true)?;
        let cells = [debug, release].map(|Seconds { wall, cpu }| format!("{wall:.1} | {cpu:.1}"));
        let (package, title) = (&set.package, set.title);
        let _ = writeln!(part, "| `{package}` | {title} | {} |", cells.join(" | "));
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checking_never_writes() {
        assert_eq!(Task::from_switches(false, false), Task::Measure);
        assert_eq!(Task::from_switches(true, false), Task::Count);
        assert_eq!(Task::from_switches(true, true), Task::Check);
        assert_eq!(Task::from_switches(false, true), Task::Check);
    }
}
