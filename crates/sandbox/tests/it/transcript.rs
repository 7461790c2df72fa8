//! The transcript of curl: its commands are run, and each output that it shows is compared.
//!
//! With `WRITE_TRANSCRIPT` in the environment the outputs are written into the page instead, to be read
//! by the one who changed them.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use crate::started::{PRINTED, Started, file, has_tools, text};

const PAGE: &str = "docs/recipes/sandbox-curl.md";
/// The line before the output of a block.
const MARK: &str = "==== block ";

/// A block of commands, and where its output is in the lines of the page.
struct Block {
    line: usize,
    commands: String,
    /// The line of the closing fence.
    end: usize,
    /// From the line behind the fence of the output to that of its closing fence.
    output: Option<std::ops::Range<usize>>,
}

impl Block {
    fn shown<'a>(&self, lines: &'a [&'a str]) -> &'a [&'a str] {
        let range = self.output.clone();
        range.map_or(&[], |range| &lines[range])
    }
}

/// Cuts blocks of commands, `sh`, with the output behind each, `text`, out of the page.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(kind) = lines[at].strip_prefix("```") else {
            at += 1;
            continue;
        };
        let begin = at + 1;
        let length = lines[begin..].iter().position(|line| *line == "```");
        let end = begin + length.unwrap();
        match kind {
            "sh" => blocks.push(Block {
                line: begin,
                commands: lines[begin..end].join("\n"),
                end,
                output: None,
            }),
            "text" => {
                let last = blocks.last_mut().unwrap();
                assert_eq!(last.output, None, "line {begin}: a second output");
                last.output = Some(begin..end);
            }
            _ => panic!("line {begin}: a block is `sh` or `text`"),
        }
        at = end + 1;
    }
    blocks
}

/// Returns whether a line is the expected one, in which `…` is any text.
fn fits(expected: &str, line: &str) -> bool {
    let mut parts = expected.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Runs the commands in one shell, and returns the output of each block.
fn run(blocks: &[Block], host: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut script = "exec 2>&1\n".to_owned();
    for (number, block) in blocks.iter().enumerate() {
        let commands = block.commands.replace(PRINTED, host);
        writeln!(script, "printf '\\n%s\\n' '{MARK}{number}'\n{commands}").unwrap();
    }
    writeln!(script, "printf '\\n%s\\n' '{MARK}end'").unwrap();
    let path = folder.path().join("transcript.sh");
    fs::write(&path, script).unwrap();
    let output = Command::new("sh")
        .arg(&path)
        .current_dir(folder.path())
        // Neither a proxy nor the settings of the one who tests.
        .env("HOME", folder.path())
        .env("NO_PROXY", "*")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let all = String::from_utf8(output.stdout).unwrap();
    let all = all.replace(host, PRINTED);
    let mut outputs: Vec<String> = all
        .split(&format!("\n{MARK}"))
        .skip(1)
        .map(|part| {
            let (_, output) = part.split_once('\n').unwrap();
            output.trim_end_matches('\n').to_owned()
        })
        .collect();
    assert_eq!(outputs.len(), blocks.len() + 1, "the shell ended: {all}");
    outputs.pop();
    outputs
}

/// Returns how an output differs from the page.
fn difference(expected: &[&str], output: &str) -> Option<String> {
    let lines: Vec<&str> = output.lines().collect();
    let is_equal = expected.len() == lines.len()
        && expected
            .iter()
            .zip(&lines)
            .all(|(expected, line)| fits(expected, line));
    (!is_equal).then(|| format!("shown:\n{}\ncame:\n{output}\n", expected.join("\n")))
}

#[test]
fn the_transcript_shows_what_the_program_answers() {
    if !has_tools(&["curl", "sh", "sed", "tr", "grep", "tail"]) {
        return;
    }
    let page = text(PAGE);
    let lines: Vec<&str> = page.lines().collect();
    let blocks = blocks(&lines);
    let (start, rest) = blocks.split_first().unwrap();
    let (cargo, flags) = start.commands.split_once(" -- ").unwrap();
    assert_eq!(cargo, "cargo run -p kervan-sandbox");
    let flags: Vec<&str> = flags.split_whitespace().collect();
    let started = Started::with(&flags);
    let mut outputs = vec![started.welcome.trim_end().to_owned()];
    outputs.extend(run(rest, &started.host));
    if std::env::var_os("WRITE_TRANSCRIPT").is_some() {
        return write(&lines, &blocks, &outputs);
    }
    let mut wrong = String::new();
    for (block, output) in blocks.iter().zip(&outputs) {
        if let Some(why) = difference(block.shown(&lines), output) {
            writeln!(wrong, "{PAGE}:{}: {why}", block.line).unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nWRITE_TRANSCRIPT=1 writes the new outputs into the page"
    );
}

/// Replaces the outputs of the page that differ.
fn write(lines: &[&str], blocks: &[Block], outputs: &[String]) {
    let mut page: Vec<&str> = Vec::new();
    let mut at = 0;
    for (block, output) in blocks.iter().zip(outputs) {
        if difference(block.shown(lines), output).is_none() {
            continue;
        }
        if let Some(range) = &block.output {
            page.extend(&lines[at..range.start]);
            page.extend(output.lines());
            at = range.end;
        } else {
            page.extend(&lines[at..=block.end]);
            page.extend(["", "```text"]);
            page.extend(output.lines());
            page.push("```");
            at = block.end + 1;
        }
    }
    page.extend(&lines[at..]);
    fs::write(file(PAGE), page.join("\n") + "\n").unwrap();
}

#[test]
fn a_line_fits_with_any_text_in_the_place_of_the_dots() {
    for (expected, line, is_it) in [
        ("a", "a", true),
        ("a", "ab", false),
        ("a…", "ab", true),
        ("…b", "ab", true),
        ("a…c…e", "abcde", true),
        ("a…c…e", "abde", false),
        ("a…a", "a", false),
        ("…", "", true),
    ] {
        assert_eq!(fits(expected, line), is_it, "{expected} {line}");
    }
}
