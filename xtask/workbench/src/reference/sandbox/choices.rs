//! The table of a world's choices: meanings from the documentation of the fields, defaults from a world.

use serde_json::Value;

/// A field with its type and its documentation.
struct Field {
    name: String,
    kind: String,
    meaning: String,
}

/// Returns a table with a row for each field of a structure.
///
/// # Errors
///
/// For a field without documentation, and where fields and defaults differ.
pub(super) fn table(source: &str, of: &str, defaults: &Value) -> Result<String, String> {
    let fields = fields(source, of)?;
    let defaults = defaults.as_object().ok_or("the choices are an object")?;
    if fields.len() != defaults.len() {
        return Err(format!(
            "{of}: {} fields, and {} in JSON",
            fields.len(),
            defaults.len()
        ));
    }
    let mut table = "| name | default | unit | meaning |\n|---|---|---|---|\n".to_owned();
    for field in fields {
        let Field {
            name,
            kind,
            meaning,
        } = field;
        let default = defaults
            .get(&name)
            .ok_or_else(|| format!("{of}.{name} is not in JSON"))?;
        if meaning.is_empty() {
            return Err(format!("{of}.{name} has no documentation"));
        }
        let unit = unit(&kind, &meaning);
        let row = format!("| `{name}` | {} | {unit} | {meaning} |\n", shown(default));
        table.push_str(&row);
    }
    Ok(table)
}

/// Cuts the public fields of a structure out of its source.
fn fields(source: &str, of: &str) -> Result<Vec<Field>, String> {
    let (_, body) = source
        .split_once(&format!("\npub struct {of} {{\n"))
        .ok_or_else(|| format!("no structure {of}"))?;
    let (body, _) = body.split_once("\n}").ok_or("the structure ends")?;
    let mut fields = Vec::new();
    let mut meaning = String::new();
    for line in body.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            meaning.push_str(text);
        } else if let Some(field) = line.strip_prefix("pub ") {
            let (name, kind) = field.split_once(": ").ok_or("a field has a type")?;
            fields.push(Field {
                name: name.to_owned(),
                kind: kind.trim_end_matches(',').to_owned(),
                meaning: super::of_page(std::mem::take(&mut meaning).trim())
                    .trim_end()
                    .to_owned(),
            });
        }
    }
    Ok(fields)
}

/// Returns a default as it is in JSON; the members of an object are in its own documentation.
fn shown(default: &Value) -> String {
    match default {
        Value::Object(_) => "see its type".to_owned(),
        Value::Array(values) if values.len() > 4 && values.iter().all(|it| *it == values[0]) => {
            format!("{} times `{}`", values.len(), values[0])
        }
        other => format!("`{other}`"),
    }
}

/// Returns the unit that a type or a text names.
fn unit(kind: &str, meaning: &str) -> &'static str {
    let named = [
        ("milliseconds", "ms"),
        ("hundredths of a percent", "0.01 %"),
        ("in lira", "lira"),
    ];
    let of_text = named.into_iter().find(|(word, _)| meaning.contains(word));
    match (kind, of_text) {
        ("Kurus", _) => "kuruş",
        (_, Some((_, unit))) => unit,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SOURCE: &str = "\
#[derive(X)]
pub struct Rules {
    /// How long a page
    /// waits, in milliseconds. See [`Page`].
    pub life: Option<i64>,
    /// A limit.
    pub limit: Kurus,
    /// Rates.
    pub rates: [i64; 5],
}
";

    #[test]
    fn each_field_has_a_row() {
        let defaults = json!({"life": null, "limit": 500, "rates": [0, 0, 0, 0, 0]});
        let expected = "\
| name | default | unit | meaning |
|---|---|---|---|
| `life` | `null` | ms | How long a page waits, in milliseconds. See `Page`. |
| `limit` | `500` | kuruş | A limit. |
| `rates` | 5 times `0` |  | Rates. |
";
        assert_eq!(table(SOURCE, "Rules", &defaults).unwrap(), expected);
    }

    #[test]
    fn a_field_that_json_does_not_have_is_an_error() {
        let defaults = json!({"life": null, "limit": 500});
        assert!(table(SOURCE, "Rules", &defaults).is_err());
        let defaults = json!({"life": null, "limit": 500, "other": 1});
        assert!(table(SOURCE, "Rules", &defaults).is_err());
        assert!(table(SOURCE, "Nobody", &defaults).is_err());
    }
}
