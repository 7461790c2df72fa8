//! Cuts programs out of README and docs, so that a test runs them against the sandbox.
//!
//! A program is the code block that has its function. Where it names a provider's own address, the
//! address comes from a function of the test, because a test must not reach a provider.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A text of a program, and the one in its place.
type Replaced = (&'static str, &'static str);

/// File, function, and what is replaced in the program.
const PROGRAMS: [(&str, &str, &[Replaced]); 7] = [
    ("README.md", "ship", &[]),
    ("README.md", "share", &PARAM),
    ("crates/horoz-shipping/README.md", "ship", &[]),
    (
        "crates/param-marketplace/README.md",
        "enter",
        &[
            PARAM[0],
            PARAM[1],
            ("key of seller a", "7f2b9c1e-0000-4000-8000-0000000000a1"),
            ("key of seller b", "7f2b9c1e-0000-4000-8000-0000000000a2"),
        ],
    ),
    ("crates/haso-bnpl/README.md", "order_page", &[]),
    ("docs/recipes/aras-link-to-status.md", "status", &[]),
    ("docs/recipes/aras-undelivered.md", "morning", &[]),
];

/// The address of Param's test system, and the login that is published for it.
const PARAM: [Replaced; 2] = [
    ("&Environment::Test", "&super::param()"),
    ("Credentials::published_test_account()", "super::login()"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    for (file, function, replaced) in PROGRAMS {
        let path = root.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        let mut program = program(&text, function)
            .ok_or_else(|| format!("{file}: no program has the function `{function}`"))?;
        for (from, to) in replaced {
            if !program.contains(from) {
                return Err(format!("{file}: `{function}` has no `{from}`").into());
            }
            program = program.replace(from, to);
        }
        // A test outside the program's own module calls it.
        let start = format!("async fn {function}(");
        program = program.replace(&start, &format!("pub(crate) {start}"));
        let place = file
            .trim_end_matches(".md")
            .replace(['/', '-'], "_")
            .to_lowercase();
        fs::write(folder.join(format!("{place}_{function}.rs")), program)?;
    }
    Ok(())
}

/// Returns the block that has a function, with the lines that the documentation hides.
fn program(text: &str, function: &str) -> Option<String> {
    let blocks = text.split("```rust").skip(1);
    let mut programs = blocks.filter_map(|block| {
        let (_, code) = block.split_once('\n')?;
        Some(code.split_once("\n```")?.0)
    });
    let start = format!("fn {function}(");
    let found = programs.find(|code| code.contains(&start))?;
    let line = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n";
    // Features of the crate itself are on here.
    let lines = found.lines().filter(|line| !line.starts_with("# #[cfg("));
    Some(lines.map(line).collect())
}
