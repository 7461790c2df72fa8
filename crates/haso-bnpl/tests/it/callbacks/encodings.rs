//! The forms in which a post may travel.

use serde_json::{Map, Value};

/// Content type and body of an envelope.
pub(crate) type Encoding = fn(&Value) -> (String, Vec<u8>);
type Letters = fn(&str) -> String;

pub(crate) const ENCODINGS: &[(&str, Encoding)] = &[
    ("data as JSON", |e| {
        form(&top(e, |data| {
            vec![("Data".into(), with_text_plan(data).to_string())]
        }))
    }),
    ("data as JSON, plan as object", |e| {
        form(&top(e, |data| vec![("Data".into(), data.to_string())]))
    }),
    ("data as pairs", |e| {
        form(&top(e, |data| {
            vec![("Data".into(), pairs(&with_text_plan(data)).to_string())]
        }))
    }),
    ("names with dots", |e| {
        form(&top(e, |data| {
            flat("Data", data, &|name| format!(".{name}"))
        }))
    }),
    ("names in brackets", |e| {
        form(&top(e, |data| {
            flat("Data", data, &|name| format!("[{name}]"))
        }))
    }),
    ("names in quotes", |e| {
        form(&top(e, |data| {
            flat("Data", data, &|name| format!("[\"{name}\"]"))
        }))
    }),
    ("indexed pairs", |e| {
        form(&top(e, |data| {
            flat("Data", &pairs(&with_text_plan(data)), &|name| {
                format!(".{name}")
            })
        }))
    }),
    ("top level", |e| form(&top(e, top_level))),
    ("one field", |e| form(&[("payload".into(), e.to_string())])),
    ("multipart", |e| {
        multipart(&top(e, |data| {
            vec![("Data".into(), with_text_plan(data).to_string())]
        }))
    }),
    ("JSON", |e| {
        ("application/json".into(), e.to_string().into())
    }),
    ("JSON, data as text", |e| {
        let mut e = e.clone();
        let name = key(&e, "data");
        e[&name] = Value::String(with_text_plan(&e[&name]).to_string());
        (
            "application/json; charset=utf-8".into(),
            e.to_string().into(),
        )
    }),
    ("Windows-1254", |e| {
        let (_, body) = form(&top(e, |data| {
            vec![("Data".into(), with_text_plan(data).to_string())]
        }));
        let body = String::from_utf8(body)
            .unwrap()
            .replace("%C3%BC", "%FC")
            .replace("%C3%96", "%D6");
        (
            "application/x-www-form-urlencoded; charset=windows-1254".into(),
            body.into(),
        )
    }),
];

pub(crate) const LETTERS: [(&str, Letters); 4] = [
    ("as documented", str::to_owned),
    ("lower case", str::to_ascii_lowercase),
    ("upper case", str::to_ascii_uppercase),
    ("camel case", |name| {
        name[..1].to_ascii_lowercase() + &name[1..]
    }),
];

/// Returns the same document with every name in other letters.
pub(crate) fn renamed(value: &Value, letters: Letters) -> Value {
    match value {
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (letters(name), renamed(value, letters)));
            Value::Object(members.collect())
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| renamed(item, letters)).collect())
        }
        other => other.clone(),
    }
}

type Pairs = Vec<(String, String)>;

fn key(object: &Value, name: &str) -> String {
    let names = object.as_object().unwrap().keys();
    names
        .into_iter()
        .find(|own| own.eq_ignore_ascii_case(name))
        .cloned()
        .unwrap_or_default()
}

/// Returns every member as a pair, with `Data` as it is written there.
fn top(envelope: &Value, data: impl Fn(&Value) -> Pairs) -> Pairs {
    let mut out = Pairs::new();
    for (name, value) in envelope.as_object().unwrap() {
        if name.eq_ignore_ascii_case("data") {
            out.extend(data(value));
        } else {
            out.push((name.clone(), text(value)));
        }
    }
    out
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn with_text_plan(data: &Value) -> Value {
    let mut data = data.clone();
    let name = key(&data, "TransactionPayments");
    if !name.is_empty() {
        data[&name] = Value::String(data[&name].to_string());
    }
    data
}

fn pairs(data: &Value) -> Value {
    let pair = |(name, value): (&String, &Value)| {
        let mut pair = Map::new();
        pair.insert("Key".into(), Value::String(name.clone()));
        pair.insert("Value".into(), value.clone());
        Value::Object(pair)
    };
    Value::Array(data.as_object().unwrap().iter().map(pair).collect())
}

fn flat(at: &str, value: &Value, step: &dyn Fn(&str) -> String) -> Pairs {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| flat(&(at.to_owned() + &step(name)), value, step))
            .collect(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(index, value)| flat(&format!("{at}[{index}]"), value, step))
                .collect()
        }
        other => vec![(at.to_owned(), text(other))],
    }
}

fn top_level(data: &Value) -> Pairs {
    with_text_plan(data)
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

fn form(pairs: &[(String, String)]) -> (String, Vec<u8>) {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    (
        "application/x-www-form-urlencoded".into(),
        kervan_wire::form::encode(pairs).into(),
    )
}

fn multipart(pairs: &[(String, String)]) -> (String, Vec<u8>) {
    let part = |(name, value): &(String, String)| {
        format!("--b0undary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body: Vec<_> = pairs.iter().map(part).collect();
    (
        "multipart/form-data; boundary=b0undary".into(),
        (body.concat() + "--b0undary--\r\n").into(),
    )
}
