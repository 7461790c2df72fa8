//! Names the mistake that made a payment's hash wrong.
//!
//! Values are read from a file or from standard input. They are never read from the command line, which
//! other users of a machine can see, and never printed.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line prints"
)]

use std::collections::BTreeMap;
use std::io::Read;
use std::process::ExitCode;

use param_marketplace::Language;
use param_marketplace::payments::doctor::{Explanation, Signed, explain};
use serde::Deserialize;

const USAGE: &str = "\
usage: explain_hash FILE [--turkish]

Names the mistake that made a payment's hash wrong.

  FILE       a JSON file; `-` reads standard input:
             {
               \"method\": \"Pos_Odeme\",
               \"hash\": \"the hash that Param refused\",
               \"values\": {\"CLIENT_CODE\": \"10738\", \"GUID\": \"...\"}
             }
             The values are those that were sent, under Param's names. None is printed.
  --turkish  answers in Turkish

exit status: 0 the hash is right; 1 it is wrong; 2 wrong use, or the file cannot be read";

/// The values and the refused hash, as the file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// The method, for example `Pos_Odeme`.
    method: String,
    /// The hash that was refused.
    hash: String,
    /// The values that were sent, under the provider's names.
    values: BTreeMap<String, String>,
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_help = |argument: &String| matches!(argument.as_str(), "--help" | "-h");
    if arguments.iter().any(is_help) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let before = arguments.len();
    arguments.retain(|argument| argument != "--turkish");
    let language = if arguments.len() < before {
        Language::Turkish
    } else {
        Language::English
    };
    let answer = match arguments.as_slice() {
        [option] if option.len() > 1 && option.starts_with('-') => {
            Err(format!("`{option}` is not understood; see `--help`"))
        }
        [file] => read(file).and_then(|text| answer(&text, language)),
        _ => Err("one file is needed; see `--help`".to_owned()),
    };
    match answer {
        Ok(Answer { is_right, lines }) => {
            for line in lines {
                println!("{line}");
            }
            ExitCode::from(u8::from(!is_right))
        }
        Err(message) => {
            eprintln!("explain_hash: {message}");
            ExitCode::from(2)
        }
    }
}

fn read(file: &str) -> Result<String, String> {
    if file == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        return read.map(|_| text).map_err(|error| error.to_string());
    }
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

struct Answer {
    is_right: bool,
    lines: Vec<String>,
}

fn answer(text: &str, language: Language) -> Result<Answer, String> {
    // The error's own text is dropped: it may quote a value.
    let question: Question = serde_json::from_str(text).map_err(|_| {
        "the file is not {\"method\": \"Pos_Odeme\", \"hash\": \"…\", \"values\": {\"CLIENT_CODE\": \"…\", …}}"
    })?;
    let values = question
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let signed = Signed::of(&question.method, values).map_err(|error| {
        let methods: Vec<_> = Signed::methods().collect();
        format!("{error} (methods: {})", methods.join(", "))
    })?;
    let explanation = explain(&signed, &question.hash);
    let lines = match &explanation {
        Explanation::Right => vec![
            "the hash is right for these values; the request beside it has others, or it is another account's"
                .to_owned(),
        ],
        Explanation::Mistakes(found) => found
            .iter()
            .map(|list| {
                let texts: Vec<_> = list.iter().map(|mistake| mistake.text(language)).collect();
                texts.join("; and ")
            })
            .collect(),
        _ => vec![
            "no known mistake explains it: a value differs from the one that was hashed".to_owned(),
        ],
    };
    let is_right = matches!(explanation, Explanation::Right);
    Ok(Answer { is_right, lines })
}
