//! The fuzz targets, and the answers of the fixtures that each starts from.

use std::collections::BTreeSet;

use case_text::CaseText;

use crate::workspace::{files, read};

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Target {
    /// The name of its program in `fuzz/`.
    pub name: &'static str,
    folder: &'static str,
    section: &'static str,
}

/// Every target.
pub const TARGETS: [Target; 9] = [
    target("soap", "param-marketplace", "response"),
    target("json", "horoz-shipping", "response"),
    target(
        "param_model_callback",
        "param-marketplace/callback-3d-model",
        "callback",
    ),
    target(
        "param_pay_callback",
        "param-marketplace/callback-3d-pay",
        "callback",
    ),
    target("link", "aras-tracking", "link"),
    target("haso_callback", "haso-bnpl", "callback"),
    target("aras_page", "aras-tracking", "page"),
    target("aras_rows", "aras-tracking", "response"),
    // Its bytes choose among the answers that it holds itself; any text is a start.
    target("contradiction", "aras-tracking", "link"),
];

/// The folder is below `fixtures/data`, the section in its cases.
const fn target(name: &'static str, folder: &'static str, section: &'static str) -> Target {
    Target {
        name,
        folder,
        section,
    }
}

impl Target {
    /// Returns the bodies of its sections in the fixtures, each once.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn seeds(&self) -> Result<Vec<Vec<u8>>, String> {
        let folder = format!("fixtures/data/{}/", self.folder);
        let mut seeds = BTreeSet::new();
        for path in files()?.iter().filter(|path| path.starts_with(&folder)) {
            let text = CaseText::parse(read(path)?.as_bytes());
            let text = text.map_err(|error| format!("{path}:{}: {}", error.line, error.message))?;
            let contents = text.section(self.section);
            seeds.extend(contents.map(|contents| body_of(contents).to_vec()));
        }
        Ok(seeds.into_iter().collect())
    }
}

/// Returns the body behind the headers; all of a text without any.
fn body_of(contents: &[u8]) -> &[u8] {
    let head = contents.windows(2).position(|pair| pair == b"\n\n");
    head.map_or(contents, |at| &contents[at + 2..])
}
