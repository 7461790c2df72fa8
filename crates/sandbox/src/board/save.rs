//! A call as a command of curl, and its answer as a fixture.

use std::fmt::Write as _;

use hyper::StatusCode;

use super::calls;
use crate::control::Problem;
use crate::world::{Shown, World};
use crate::{Answer, Moment};

/// Headers that every program writes by itself, and those that a copy must not have.
const OWN: [&str; 6] = [
    "accept-encoding",
    "connection",
    "content-length",
    "date",
    "host",
    "user-agent",
];

/// Writes a request or an answer as it is on the wire, without its secrets.
pub(super) fn written(shown: &Shown) -> String {
    let mut text = format!("{}\n", shown.line);
    for (name, value) in &shown.headers {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    }
    if !shown.body.is_empty() {
        let _ = write!(text, "\n{}", shown.body);
    }
    text
}

/// Writes a request as a command. `base` is the provider's address. Nothing in it is a name of a file or a
/// pattern to curl.
pub(super) fn curl(base: &str, request: &Shown) -> String {
    let (method, path) = request.line.split_once(' ').unwrap_or(("GET", "/"));
    let mut command = format!(
        "curl -i -g -X {} {}",
        quoted(method),
        quoted(&format!("{base}{path}"))
    );
    for (name, value) in headers(request) {
        let _ = write!(command, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
    }
    if !request.body.is_empty() {
        let _ = write!(command, " \\\n  --data-raw {}", quoted(&request.body));
    }
    command
}

fn headers(shown: &Shown) -> impl Iterator<Item = &(String, String)> {
    let headers = shown.headers.iter();
    headers.filter(|(name, _)| !OWN.contains(&name.to_ascii_lowercase().as_str()))
}

/// Quotes a text for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Returns the answer to a call as a file that the fixtures can have: a case of the operation, which takes
/// its call and its request from the operation's base.
pub(super) fn download(world: &World, number: &str, machine: Moment) -> Result<Answer, Problem> {
    let record = calls::find(world, number)?;
    let answer = record.answer.as_ref();
    let answer =
        answer.ok_or_else(|| Problem::new(404, "the client saw no answer to this call"))?;
    if answer.is_cut {
        let text = "the answer is too long to be kept whole, so that it is no fixture";
        return Err(Problem::new(409, text));
    }
    let day = machine.iso();
    let day = day.get(..10).unwrap_or_default();
    let mut text = format!(
        "provenance = \"synthetic\"\nsource = \"answer of kervan-sandbox to {}\"\ndate = \"{day}\"\n\
         environment = \"none\"\n\n==== response (escaped)\nHTTP/1.1 {}\n",
        plain(&record.operation),
        status(&answer.line),
    );
    for (name, value) in headers(answer) {
        let _ = writeln!(text, "{}: {}", escaped(name), escaped(value));
    }
    let _ = writeln!(text, "\n{}", escaped(&answer.body));
    let name = format!("{}-{}.case", plain(&record.operation), record.number);
    let mut file = Answer::new(200, "text/plain; charset=utf-8", text);
    let headers = [
        (
            "Content-Disposition",
            format!("attachment; filename=\"{name}\""),
        ),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value));
    file.headers.extend(headers);
    Ok(file)
}

/// Returns a status with its reason.
fn status(code: &str) -> String {
    let known = code
        .parse()
        .ok()
        .and_then(|code: u16| StatusCode::from_u16(code).ok());
    let reason = known.and_then(|status| status.canonical_reason());
    format!("{code} {}", reason.unwrap_or("Unknown"))
}

/// Keeps the letters that the name of an operation has.
fn plain(text: &str) -> String {
    let letters = text.chars();
    letters
        .filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect()
}

/// Writes what an editor would lose as an escape: a backslash, and controls other than the line feed.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => written.push_str("\\\\"),
            '\r' => written.push_str("\\r"),
            // The line above a section begins so.
            '=' if written.is_empty() || written.ends_with('\n') => written.push_str("\\x3d"),
            '\n' => written.push('\n'),
            letter if u32::from(letter) < 0x80 && letter.is_control() => {
                let _ = write!(written, "\\x{:02x}", u32::from(letter));
            }
            letter => written.push(letter),
        }
    }
    written
}
