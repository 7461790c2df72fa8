//! `stories --patches`: each known fault, put back into a copy of the code, has to be found.

#![expect(clippy::disallowed_methods, reason = "the table shows seconds")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, output};
use xtask::workspace::{files, files_of, root};

use crate::patches::{self, Patch};

/// The copy, from the root. It is below the build folder, which version control ignores.
const COPY: &str = "target/patched/tree";
/// The build folder of the copy, one for all patches.
const BUILD: &str = "target/patched/build";
/// Not needed to build the stories.
const LEFT_OUT: &str = "fixtures/data/";
const STORIES: u64 = 5_000;

pub(crate) fn run(mut args: Args) -> Done {
    let only = args.value("--patch")?.unwrap_or_default();
    let stories = args.number("--stories")?.unwrap_or(STORIES);
    args.finish()?;
    let mut chosen = patches::all()?;
    chosen.retain(|patch| patch.name.contains(&only));
    if chosen.is_empty() {
        return Err(format!("no patch has a name with `{only}` in it").into());
    }
    copy()?;
    println!("{}", line("patch", "write", "rule", "story", "seconds"));
    hold_without_patches(&chosen, stories)?;
    let mut failed = Vec::new();
    for patch in &chosen {
        failed.extend(find(patch, stories).err());
        restore(patch)?;
    }
    Failure::join(&failed)
}

fn line(patch: &str, write: &str, rule: &str, story: &str, seconds: &str) -> String {
    format!("{patch:<34} {write:<42} {rule:<58} {story:>6} {seconds:>8}")
}

/// A write that breaks a rule by itself would seem to find every fault.
fn hold_without_patches(patches: &[Patch], stories: u64) -> Done {
    build("no patch")?;
    let mut writes: Vec<_> = patches.iter().flat_map(|patch| &patch.finds).collect();
    writes.sort_unstable();
    writes.dedup();
    for write in writes {
        if let Some(broken) = tell("none", write, stories)? {
            return Err(format!("`{write}` breaks a rule without a patch: {}", broken.rule).into());
        }
    }
    Ok(())
}

/// Applies a patch, and tells stories about its writes.
fn find(patch: &Patch, stories: u64) -> Done {
    output(&mut patch.apply(COPY)).map_err(|why| format!("{}: {why}", patch.name))?;
    build(&patch.name)?;
    let mut missed = Vec::new();
    for write in &patch.finds {
        if tell(&patch.name, write, stories)?.is_none() {
            let message = format!("{} is not found by `{write}`", patch.name);
            missed.push(Failure::broken(message));
        }
    }
    Failure::join(&missed)
}

/// A rule that a story broke.
#[derive(Debug, PartialEq, Eq)]
struct Broken {
    /// How many stories were told, the one that broke it included.
    told: String,
    rule: String,
}

impl Broken {
    /// Reads what the program says of a write.
    fn of(text: &str, write: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head = lines.find(|line| line.starts_with(&format!("{write}: story ")))?;
        let (_, told) = head.rsplit_once("(number ")?;
        let rule = lines.find_map(|line| line.strip_prefix("broken: "))?;
        Some(Self {
            told: told.trim_end_matches(')').to_owned(),
            rule: rule.to_owned(),
        })
    }
}

/// Tells stories about a write with the program that was built last, and prints a line of the table.
fn tell(patch: &str, write: &str, stories: u64) -> Result<Option<Broken>, Failure> {
    let program = format!("debug/stories{}", std::env::consts::EXE_SUFFIX);
    let mut command = std::process::Command::new(root().join(BUILD).join(program));
    command.args(["--stories", &stories.to_string(), "--write", write]);
    let started = Instant::now();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("the stories cannot be run: {error}"))?;
    let seconds = format!("{:.2}", started.elapsed().as_secs_f64());
    let text = String::from_utf8_lossy(&output.stdout);
    let broken = Broken::of(&text, write);
    match (output.status.code(), &broken) {
        (Some(0), None) => {
            let told = stories.to_string();
            println!("{}", line(patch, write, "–", &told, &seconds));
        }
        (Some(1), Some(broken)) => {
            println!(
                "{}",
                line(patch, write, &broken.rule, &broken.told, &seconds)
            );
        }
        (status, _) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or_default();
            let message =
                format!("{patch}: the stories of `{write}` ended with {status:?}: {said}");
            return Err(message.into());
        }
    }
    Ok(broken)
}

/// Builds the copy, as tests are built: an optimised build of each patch takes longer than its stories.
/// A build that fails is not a fault that was found.
fn build(patch: &str) -> Done {
    let mut command = cargo(["build", "--quiet", "--package", "stories"]);
    command.current_dir(root().join(COPY));
    command.env("CARGO_TARGET_DIR", root().join(BUILD));
    command.env("CARGO_INCREMENTAL", "1");
    // A patch may leave a value unused.
    command.env("RUSTFLAGS", "-Awarnings");
    output(&mut command).map_err(|why| format!("{patch}: {why}"))?;
    Ok(())
}

/// Makes the copy equal to the workspace. A file that is equal keeps its time, so that it is not built
/// again.
fn copy() -> Result<(), String> {
    let copy = root().join(COPY);
    fs::create_dir_all(&copy).map_err(|error| format!("{COPY}: {error}"))?;
    let mut here = files()?;
    here.retain(|path| !path.starts_with(LEFT_OUT));
    for path in &here {
        copy_file(path, &copy.join(path))?;
    }
    for path in files_of(&copy)? {
        if here.binary_search(&path).is_err() {
            fs::remove_file(copy.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    Ok(())
}

fn restore(patch: &Patch) -> Result<(), String> {
    let copy = root().join(COPY);
    patch
        .files
        .iter()
        .try_for_each(|path| copy_file(path, &copy.join(path)))
}

fn copy_file(path: &str, to: &Path) -> Result<(), String> {
    let failure = |error: std::io::Error| format!("{path}: {error}");
    let from: PathBuf = root().join(path);
    let contents = fs::read(from).map_err(failure)?;
    if fs::read(to).is_ok_and(|old| old == contents) {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    fs::write(to, contents).map_err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_rule_and_the_number_of_the_story() {
        let text = "some (part): story 12 (number 7)\n  - a step\nbroken: the rule\n  detail\n";
        let broken = Broken::of(text, "some (part)").unwrap();
        assert_eq!(
            (broken.told.as_str(), broken.rule.as_str()),
            ("7", "the rule")
        );
        assert_eq!(Broken::of(text, "some"), None);
        assert_eq!(Broken::of("some   delta   100 stories\n", "some"), None);
    }
}
