//! The page of the sandbox's behaviour: documented, inferred, or chosen. The documentation of its
//! modules is the source.

use std::fmt::Write as _;

use xtask::workspace::read;

use super::GENERATED;

/// The modules, by the names of their providers.
const MODULES: [(&str, &str); 4] = [
    ("Aras Kargo", "crates/sandbox/src/aras.rs"),
    ("Horoz Lojistik", "crates/sandbox/src/horoz.rs"),
    ("Param", "crates/sandbox/src/param.rs"),
    ("HASO", "crates/sandbox/src/haso.rs"),
];

/// The sections that each module has.
const SECTIONS: [&str; 3] = ["Documented", "Inferred", "Chosen, never observed"];

const HEAD: &str = "\
No behaviour of the sandbox was compared with a provider's live service. Its documentation sorts it by what it rests on:

- **documented**: a page, a sample, a service description, or an answer that somebody captured and published says so;
- **inferred**: several clients or samples agree, and no page says so;
- **chosen, never observed**: the documents are silent, and the sandbox does something, mostly the thing that is hardest on a
  client. A shop must not rely on it.

Names in Rust are those of `kervan-sandbox`.
";

/// Returns the page.
pub(super) fn page() -> Result<String, String> {
    let mut page = format!("# What the sandbox's behaviour rests on\n\n{GENERATED}\n\n{HEAD}");
    for (name, path) in MODULES {
        let text = documentation(&read(path)?);
        for section in SECTIONS {
            if !text.lines().any(|line| line == format!("# {section}")) {
                return Err(format!(
                    "{path}: its documentation has no section `{section}`"
                ));
            }
        }
        write!(page, "\n## {name}\n\n{}", of_page(&text)).map_err(|error| error.to_string())?;
    }
    Ok(page)
}

/// Returns the documentation of a module: its first lines.
fn documentation(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n") + "\n"
}

/// Moves headings two levels down, and turns links to items into their names.
fn of_page(text: &str) -> String {
    let line = |line: &str| {
        let line = line
            .strip_prefix("# ")
            .map_or_else(|| line.to_owned(), |heading| format!("### {heading}"));
        line.replace("[`", "`").replace("`]", "`") + "\n"
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_becomes_a_part_of_the_page() {
        let source =
            "//! A: b.\n//!\n//! # Documented\n//!\n//! - [`X`] is `y`.\n\nmod a;\n//! no\n";
        let text = documentation(source);
        assert_eq!(text, "A: b.\n\n# Documented\n\n- [`X`] is `y`.\n");
        assert_eq!(of_page(&text), "A: b.\n\n### Documented\n\n- `X` is `y`.\n");
    }
}
