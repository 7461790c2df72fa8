//! Checks of the documents: links that lead somewhere, the same commands in both languages,
//! a glossary of names that exist.

use xtask::findings::Findings;
use xtask::workspace::{read, root};

/// The commands that a newcomer types, in this order and nothing else.
const COMMANDS: [&str; 2] = ["cargo xtask contract-test", "cargo test --workspace"];
const READMES: [&str; 2] = ["README.md", "README.tr.md"];
const GLOSSARY: &str = "docs/glossary.md";

/// Checks that every relative link leads to a file or folder.
pub(super) fn check_links(path: &str, text: &str, findings: &mut Findings) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (line, target) in links(text) {
        let is_relative = !target.contains("://") && !target.starts_with(['#', '<']);
        let file = target.split('#').next().unwrap_or_default();
        if is_relative && !target.starts_with("mailto:") && !root().join(folder).join(file).exists()
        {
            findings.add(path, line, format!("the link `{target}` leads nowhere"));
        }
    }
}

/// Checks that every table renders: a head with its line of dashes, rows of as many cells each on one line, and an
/// empty line behind it. An empty line inside leaves the rest without a head.
pub(super) fn check_tables(path: &str, text: &str, findings: &mut Findings) {
    let mut in_code = false;
    let mut cells = None;
    let mut lines = text.lines().map(str::trim).enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        in_code ^= line.starts_with("```");
        let is_row = !in_code && line.starts_with('|');
        let message = match cells {
            None if is_row => {
                cells = Some(bars(line));
                let dashes = lines.peek().is_some_and(|(_, next)| is_dashes(next));
                (!dashes).then_some("the rows have no head above them")
            }
            Some(head) if is_row => {
                (bars(line) != head).then_some("the row has not as many cells as the head")
            }
            Some(_) => {
                cells = None;
                (!line.is_empty()).then_some("a table ends with an empty line")
            }
            None => None,
        };
        if let Some(message) = message {
            findings.add(path, index + 1, message);
        }
    }
}

/// Counts the borders of cells. A bar with a stroke before it is text.
fn bars(row: &str) -> usize {
    row.matches('|').count() - row.matches(r"\|").count()
}

fn is_dashes(row: &str) -> bool {
    row.starts_with('|') && row.contains('-') && row.chars().all(|c| "|-: ".contains(c))
}

/// A block of code that begins with the path of a file shows lines of that file, in their order.
pub(super) fn check_excerpts(
    path: &str,
    text: &str,
    findings: &mut Findings,
) -> Result<(), String> {
    let mut file: Option<Vec<String>> = None;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            file = None;
        } else if let Some(name) = line.strip_prefix("// crates/") {
            let source = read(&format!("crates/{name}"))?;
            file = Some(source.lines().map(str::to_owned).collect());
        } else if let Some(left) = file.as_mut().filter(|_| !line.is_empty()) {
            match left.iter().position(|known| known == line) {
                Some(at) => drop(left.drain(..=at)),
                None => findings.add(
                    path,
                    index + 1,
                    "this line is not in the file that is shown",
                ),
            }
        }
    }
    Ok(())
}

/// Returns the targets of all links outside code blocks, with their lines.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            let targets = line.split("](").skip(1);
            found.extend(targets.filter_map(|rest| {
                let target = rest.split_once(')')?.0;
                Some((index + 1, target))
            }));
        }
    }
    found
}

/// Both READMEs begin with the same two commands.
pub(super) fn check_quick_starts(findings: &mut Findings) -> Result<(), String> {
    for path in READMES {
        let text = read(path)?;
        match quick_start(&text) {
            None => findings.add(path, 1, "no block of commands (```sh)"),
            Some((line, commands)) if commands != COMMANDS => {
                let wanted = COMMANDS.join("`, `");
                findings.add(path, line, format!("the first block must be `{wanted}`"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Returns the commands of the first shell block, without comments, and the block's line.
fn quick_start(text: &str) -> Option<(usize, Vec<&str>)> {
    let start = text.lines().position(|line| line == "```sh")?;
    let block = text.lines().skip(start + 1);
    let commands = block
        .take_while(|line| *line != "```")
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|command| !command.is_empty());
    Some((start + 1, commands.collect()))
}

/// Checks that every wire name in the glossary occurs in the source of a crate.
pub(super) fn check_glossary(sources: &str, findings: &mut Findings) -> Result<(), String> {
    let text = read(GLOSSARY)?;
    for (line, name) in wire_names(&text) {
        if !sources.contains(name) {
            findings.add(GLOSSARY, line, format!("no crate has the name `{name}`"));
        }
    }
    Ok(())
}

/// Returns the names in backticks in the last cell of each row, with their lines.
fn wire_names(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let cells = line.strip_prefix('|').and_then(|row| row.strip_suffix('|'));
        if let Some((_, last)) = cells.and_then(|cells| cells.rsplit_once('|')) {
            found.extend(
                last.split('`')
                    .skip(1)
                    .step_by(2)
                    .map(|name| (index + 1, name)),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_links_that_lead_nowhere() {
        let mut findings = Findings::default();
        let text = "[a](../xtask/Cargo.toml) [b](nowhere.md#x)\n```\n[c](nowhere)\n```\n\
                    [d](https://example.com) [e](#here)\n";
        check_links("docs/a.md", text, &mut findings);
        let expected = "docs/a.md:1: the link `nowhere.md#x` leads nowhere";
        assert_eq!(findings.lines(), [expected]);
    }

    #[test]
    fn finds_tables_that_do_not_render() {
        let found = |text: &str| {
            let mut findings = Findings::default();
            check_tables("a.md", text, &mut findings);
            findings.lines()
        };
        let table = "| a | b |\n|---|:--|\n| `c \\| d` | e |\n";
        assert!(found(table).is_empty());
        assert!(found(&format!("{table}\n```\n| a\n```\n")).is_empty());
        assert_eq!(
            found(&format!("{table}\n| f | g |\n")),
            ["a.md:5: the rows have no head above them"]
        );
        assert_eq!(
            found(&format!("{table}| f | g\n  h |\n")),
            [
                "a.md:4: the row has not as many cells as the head",
                "a.md:5: a table ends with an empty line"
            ]
        );
    }

    #[test]
    fn reads_the_first_block_of_commands() {
        let text = "# A\n\n```toml\nx = 1\n```\n\n```sh\ncargo a   # why\n\n# note\ncargo b\n```\n\n```sh\nc\n```\n";
        assert_eq!(quick_start(text), Some((7, vec!["cargo a", "cargo b"])));
        assert_eq!(quick_start("```\ncargo a\n```\n"), None);
    }

    #[test]
    fn takes_wire_names_from_the_last_cell() {
        let text = "| `a` | b | `c`, `d` |\n|---|---|---|\ntext `e`\n";
        assert_eq!(wire_names(text), [(1, "c"), (1, "d")]);
    }

    #[test]
    fn an_excerpt_shows_lines_of_its_file_in_their_order() {
        let found = |code: &str| {
            let text =
                format!("```rust\n// crates/core/src/future.rs\n{code}\n```\nuse nothing;\n");
            let mut findings = Findings::default();
            check_excerpts("a.md", &text, &mut findings).unwrap();
            findings.lines()
        };
        assert!(found("use std::future::Future;\n\nuse std::pin::Pin;").is_empty());
        assert_eq!(
            found("use std::pin::Pin;\nuse std::future::Future;").len(),
            1
        );
        assert_eq!(found("use std::pin::Pinned;").len(), 1);
    }
}
