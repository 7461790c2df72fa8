//! The page of the sandbox's behaviour: documented, inferred, or chosen. The documentation of its
//! modules is the source.

mod choices;

use std::fmt::Write as _;

use kervan_sandbox::Hosted;
use kervan_sandbox::aras::Aras;
use kervan_sandbox::haso::Haso;
use kervan_sandbox::horoz::{Horoz, INVENTED};
use kervan_sandbox::param::Param;
use serde::Serialize;

use xtask::workspace::read;

use super::GENERATED;

/// The modules, by the names of their providers, with the files and types of a world's choices.
const MODULES: [Module; 4] = [
    Module {
        name: "Aras Kargo",
        path: "crates/sandbox/src/aras.rs",
        choices: ("crates/sandbox/src/aras/settings.rs", "Settings"),
    },
    Module {
        name: "Horoz Lojistik",
        path: "crates/sandbox/src/horoz.rs",
        choices: ("crates/sandbox/src/horoz/settings.rs", "Settings"),
    },
    Module {
        name: "Param",
        path: "crates/sandbox/src/param.rs",
        choices: ("crates/sandbox/src/param/account.rs", "Rules"),
    },
    Module {
        name: "HASO",
        path: "crates/sandbox/src/haso.rs",
        choices: ("crates/sandbox/src/haso/settings.rs", "Settings"),
    },
];

struct Module {
    name: &'static str,
    path: &'static str,
    choices: (&'static str, &'static str),
}

/// The sections that each module has.
const SECTIONS: [&str; 3] = ["Documented", "Inferred", "Chosen, never observed"];

const HEAD: &str = "\
No behaviour of the sandbox was compared with a provider's live service. Its documentation sorts it by what it rests on:

- **documented**: a page, a sample, a service description, or an answer that somebody captured and published says so;
- **inferred**: several clients or samples agree, and no page says so;
- **chosen, never observed**: the documents are silent, and the sandbox does something, mostly the thing that is hardest on a
  client. A shop must not rely on it.

Names in Rust are those of `kervan-sandbox`. Facts on the providers, with their sources, are on pages of their own:
[Aras](../providers/aras-tracking.md), [Horoz](../providers/horoz-shipping.md), [HASO](../providers/haso-bnpl.md), and Param's
[payments](../providers/param-payments.md) and [marketplace](../providers/param-marketplace.md).

The tables of names have those that planned faults, rules and waiting tests may use; another one is refused. They include
operations that are known by name only, and answered with the status 501.

The tables of choices have the names in JSON and the defaults of the default world. [The
guide](../sandbox.md#choices-of-a-world) says how a world gets others.
";

/// Returns the page.
pub(super) fn page() -> Result<String, String> {
    let mut page = format!("# What the sandbox's behaviour rests on\n\n{GENERATED}\n\n{HEAD}");
    for module in MODULES {
        let Module {
            name,
            path,
            choices: (file, of),
        } = module;
        let text = documentation(&read(path)?);
        for section in SECTIONS {
            if !text.lines().any(|line| line == format!("# {section}")) {
                return Err(format!(
                    "{path}: its documentation has no section `{section}`"
                ));
            }
        }
        let table = choices::table(&read(file)?, of, &defaults(name)?)?;
        write!(
            page,
            "\n## {name}\n\n{}\n### Choices of a world of {name}\n\n{table}",
            of_page(&text)
        )
        .map_err(|error| error.to_string())?;
        if name == "Horoz Lojistik" {
            page.push_str(&invented());
        }
        let (operations, kinds) = names(name);
        write!(
            page,
            "\n### Names of {name}\n\n| for | names |\n|---|---|\n| operations | {} |\n| kinds of callbacks | {} |\n",
            listed(&operations),
            if kinds.is_empty() { "none".to_owned() } else { quoted(kinds) }
        )
        .map_err(|error| error.to_string())?;
    }
    Ok(page)
}

/// Returns the names of a provider's operations, and the kinds of its posts.
fn names(name: &str) -> (Vec<String>, &'static [&'static str]) {
    match name {
        "Aras Kargo" => (Aras::operations(), Aras::POSTS),
        "Horoz Lojistik" => (Horoz::operations(), Horoz::POSTS),
        "Param" => (Param::operations(), Param::POSTS),
        _ => (Haso::operations(), Haso::POSTS),
    }
}

/// Lists names in their order. One that is followed by its types, as `GetQueryDS` by `GetQueryDS-1`, has them
/// behind it.
fn listed(operations: &[String]) -> String {
    let mut shown: Vec<(&str, Vec<&str>)> = Vec::new();
    for operation in operations {
        let number = |before: &str| operation.strip_prefix(before)?.strip_prefix('-');
        match shown.last_mut() {
            Some((before, numbers)) if number(before).is_some() => {
                numbers.extend(number(before));
            }
            _ => shown.push((operation, Vec::new())),
        }
    }
    let with = |(name, numbers): (&str, Vec<&str>)| {
        if numbers.is_empty() {
            return format!("`{name}`");
        }
        format!(
            "`{name}` alone, and with `-` and a type: {}",
            numbers.join(", ")
        )
    };
    let shown: Vec<String> = shown.into_iter().map(with).collect();
    shown.join("; ")
}

fn quoted(names: &[&str]) -> String {
    let quoted = names.iter().map(|name| format!("`{name}`"));
    quoted.collect::<Vec<_>>().join("; ")
}

/// Returns the choices of the default world in JSON.
fn defaults(name: &str) -> Result<serde_json::Value, String> {
    let base = "http://127.0.0.1:4747";
    let (world, member) = match name {
        "Aras Kargo" => (
            json(&Aras::open(&format!("{base}/aras"), None))?,
            "settings",
        ),
        "Horoz Lojistik" => (
            json(&Horoz::open(&format!("{base}/horoz"), None))?,
            "settings",
        ),
        "Param" => (json(&Param::open(&format!("{base}/param"), None))?, "rules"),
        _ => (
            json(&Haso::open(&format!("{base}/haso"), None))?,
            "settings",
        ),
    };
    let choices = world.get(member).cloned();
    choices.ok_or_else(|| format!("{name}: a world has no {member}"))
}

fn json(value: &impl Serialize) -> Result<serde_json::Value, String> {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

/// Returns the section of the codes that no page of Horoz shows.
fn invented() -> String {
    let row = |(code, meaning): &(&str, &str)| format!("| {code} | {meaning} |\n");
    let rows: String = INVENTED.iter().map(row).collect();
    format!(
        "\n### Invented codes\n\nNo public page shows a code for these. A client must not rely on them.\n\n\
         | code | meaning |\n|---|---|\n{rows}"
    )
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
    fn types_are_behind_their_operation() {
        let names = ["A", "A-1", "A-2", "B", "C-D"].map(str::to_owned);
        let shown = "`A` alone, and with `-` and a type: 1, 2; `B`; `C-D`";
        assert_eq!(listed(&names), shown);
    }

    #[test]
    fn documentation_becomes_a_part_of_the_page() {
        let source =
            "//! A: b.\n//!\n//! # Documented\n//!\n//! - [`X`] is `y`.\n\nmod a;\n//! no\n";
        let text = documentation(source);
        assert_eq!(text, "A: b.\n\n# Documented\n\n- [`X`] is `y`.\n");
        assert_eq!(of_page(&text), "A: b.\n\n### Documented\n\n- `X` is `y`.\n");
    }
}
