//! `explain-hash`: which mistake made a payment's hash wrong.

use std::collections::BTreeMap;
use std::io::Read;

use kervan_core::Language;
use param_marketplace::payments::doctor::{Explanation, Signed, explain};
use serde::Deserialize;

/// What the command reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// The method, as `Pos_Odeme`.
    method: String,
    /// The hash that was refused.
    hash: String,
    /// The values that were sent, under the provider's names.
    values: BTreeMap<String, String>,
}

/// Runs `explain-hash FILE [--turkish]`; `-` reads the standard input. Values never come from the
/// command line, which other users of a machine can see, and are never printed.
pub(crate) fn run(file: Option<String>, turkish: bool) -> Result<(), String> {
    let file = file.ok_or("usage: cargo xtask explain-hash FILE.json [--turkish]")?;
    let text = read(&file)?;
    let language = if turkish {
        Language::Turkish
    } else {
        Language::English
    };
    for line in answer(&text, language)? {
        println!("{line}");
    }
    Ok(())
}

fn read(file: &str) -> Result<String, String> {
    if file == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        return read.map(|_| text).map_err(|error| error.to_string());
    }
    std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))
}

fn answer(text: &str, language: Language) -> Result<Vec<String>, String> {
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
    Ok(match explain(&signed, &question.hash) {
        Explanation::Right => vec![
            "the hash is right for these values; what was sent beside it differs from them, or it is another account's"
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SWAPPED: &str = r#"{
        "method": "TP_Islem_Odeme_BKM",
        "hash": "4HaFjeEYpcVMQYgq94lxuYWHAV8=",
        "values": {
            "CLIENT_CODE": "10738", "GUID": "0C13D406-873B-403B-9C09-A5766840D98C",
            "Amount": "100,00", "Order_ID": "sipariş1",
            "Error_URL": "http://localhost:62361/turkpos.api/Sonuc.aspx",
            "Success_URL": "http://localhost:62361/turkpos.api/Sonuc.aspx"
        }
    }"#;

    #[test]
    fn explains_a_published_hash_for_a_key_in_another_case() {
        let lines = answer(SWAPPED, Language::English).unwrap();
        assert_eq!(lines, ["`GUID` was hashed in lower case"]);
        let right = SWAPPED.replace(
            "0C13D406-873B-403B-9C09-A5766840D98C",
            "0c13d406-873b-403b-9c09-a5766840d98c",
        );
        assert!(answer(&right, Language::English).unwrap()[0].contains("right"));
        let other = SWAPPED.replace("100,00", "100,01");
        assert!(answer(&other, Language::English).unwrap()[0].contains("no known mistake"));
    }

    #[test]
    fn says_what_is_wrong_with_the_file_and_quotes_nothing() {
        let error = answer("{\"hash\": \"geheim\"", Language::English).unwrap_err();
        assert!(!error.contains("geheim"), "{error}");
        let error = answer(&SWAPPED.replace("Amount", "Tutar"), Language::English).unwrap_err();
        assert!(
            error.contains("Payment_Hash") || error.contains("Amount"),
            "{error}"
        );
        let error = answer(&SWAPPED.replace("_BKM", "_X"), Language::English).unwrap_err();
        assert!(error.contains("methods: Pos_Odeme"), "{error}");
    }
}
