//! What all calls share: fields in documented order, the signature, form or JSON.

use std::borrow::Cow;

use kervan_core::{EncodeError, HttpRequest, Problems, form, json, secret};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::codes::Page;
use crate::common::Common;
use crate::rules::{EXTRA_REPEATS, FIELD_UNKNOWN, SIGNED_UNKNOWN, SIGNING_MISSING};
use crate::settings::{Encoding, ListForm, Settings, Source};

/// The name of the signature's field.
pub(crate) const REQUEST_TOKEN: &str = "requestToken";
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";
const JSON: &str = "application/json; charset=utf-8";

/// A value as it travels.
#[derive(Clone)]
pub(crate) enum Sent<'a> {
    /// Optional, and not there.
    Nothing,
    Text(Cow<'a, str>),
    Number(i64),
    Flag(bool),
    Texts(Vec<Cow<'a, str>>),
    /// Digits: numbers in JSON. What is no number stays a text.
    Numbers(Vec<Cow<'a, str>>),
    Objects(Vec<Vec<(&'static str, Sent<'a>)>>),
}

impl Serialize for Sent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Texts(texts) => serializer.collect_seq(texts),
            Self::Numbers(texts) => serializer.collect_seq(texts.iter().map(|text| {
                let number = text.parse().map(Sent::Number);
                number.unwrap_or_else(|_| Sent::Text(Cow::Borrowed(text)))
            })),
            Self::Objects(items) => serializer.collect_seq(items.iter().map(|item| Members(item))),
        }
    }
}

/// An object's members in their order.
pub(crate) struct Members<'m, 'a, N>(pub(crate) &'m [(N, Sent<'a>)]);

impl<N: AsRef<str>> Serialize for Members<'_, '_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let sent = self
            .0
            .iter()
            .filter(|(_, value)| !matches!(value, Sent::Nothing));
        for (name, value) in sent {
            map.serialize_entry(name.as_ref(), value)?;
        }
        map.end()
    }
}

/// The fields of a call, in documented order.
#[derive(Default)]
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Sent<'a>)>);

impl<'a> Fields<'a> {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, name: impl Into<Cow<'a, str>>, value: Sent<'a>) -> Self {
        self.0.push((name.into(), value));
        self
    }

    pub(crate) fn text(self, name: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        self.with(name, Sent::Text(text.into()))
    }

    pub(crate) fn maybe(self, name: &'static str, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.with(
            name,
            text.map_or(Sent::Nothing, |text| Sent::Text(text.into())),
        )
    }

    pub(crate) fn number(self, name: &'static str, number: Option<i64>) -> Self {
        self.with(name, number.map_or(Sent::Nothing, Sent::Number))
    }

    pub(crate) fn flag(self, name: &'static str, flag: Option<bool>) -> Self {
        self.with(name, flag.map_or(Sent::Nothing, Sent::Flag))
    }

    /// The fields by the list of the settings, if there is one, with this crate's own names for
    /// them. The signature's place is there, without a value.
    fn listed(self, settings: &'a Settings, page: &Page) -> Result<Vec<Final<'a>>, EncodeError> {
        let method = settings.quirks.methods.get(page.name);
        let Some(list) = method.and_then(|method| method.fields.as_ref()) else {
            let mut fields: Vec<_> = self.0.into_iter().map(Final::of).collect();
            fields.push(Final::of((REQUEST_TOKEN.into(), Sent::Nothing)));
            return Ok(fields);
        };
        let fields = list.iter().map(|field| {
            let (own, value) = match &field.source {
                Source::Text(text) => ("", Some(Sent::Text(text.expose().into()))),
                Source::Value(name) if name == REQUEST_TOKEN && !self.has(name) => {
                    (REQUEST_TOKEN, Some(Sent::Nothing))
                }
                Source::Value(name) => {
                    let mut fields = self.0.iter();
                    let found = fields.find(|(own, _)| own == name);
                    (name.as_str(), found.map(|(_, value)| value.clone()))
                }
            };
            let value = value.ok_or(EncodeError::Value("field list"))?;
            Ok(Final {
                name: field.name.as_str().into(),
                own: own.into(),
                value,
            })
        });
        fields.collect()
    }

    fn has_in_any_case(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    /// The fields as pairs of texts, as a form holds them.
    pub(crate) fn pairs(&self, lists: ListForm) -> Result<Vec<(String, String)>, EncodeError> {
        let mut pairs = Vec::with_capacity(self.0.len());
        for (name, value) in &self.0 {
            flatten(name, value, lists, &mut pairs)?;
        }
        Ok(pairs)
    }
}

/// A field as it goes out, with this crate's own name for its value.
struct Final<'a> {
    name: Cow<'a, str>,
    own: Cow<'a, str>,
    value: Sent<'a>,
}

impl<'a> Final<'a> {
    fn of((name, value): (Cow<'a, str>, Sent<'a>)) -> Self {
        let own = name.clone();
        Self { name, own, value }
    }
}

/// The signature of fields as they go out, if settings and page say that there is one. A name means
/// a field by its name on the wire, else by this crate's own; names differ in case from page to page.
fn signature(settings: &Settings, page: &Page, fields: &[Final<'_>]) -> Option<String> {
    let signing = settings.signing.as_ref()?;
    if !is_signed(settings, page) {
        return None;
    }
    if settings.is_dry_run {
        return Some(secret::REDACTED.to_owned());
    }
    let chosen = settings.quirks.methods.get(page.name);
    let chosen = chosen.and_then(|method| method.signed.as_ref());
    let names: Vec<&str> = match chosen {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => page.signed.to_vec(),
    };
    let values: Vec<Cow<'_, str>> = names
        .iter()
        .map(|name| {
            let by_wire = fields
                .iter()
                .find(|field| field.name.eq_ignore_ascii_case(name));
            let by_own = || {
                let mut fields = fields.iter();
                fields.find(|field| field.own.eq_ignore_ascii_case(name))
            };
            match by_wire.or_else(by_own).map(|field| &field.value) {
                Some(Sent::Text(text)) => Cow::Borrowed(&**text),
                Some(Sent::Number(number)) => Cow::Owned(number.to_string()),
                Some(Sent::Flag(flag)) => Cow::Owned(flag.to_string()),
                _ => Cow::Borrowed(""),
            }
        })
        .collect();
    let token = signing.request_token(values.iter().map(Cow::as_ref));
    Some(token.expose().to_owned())
}

fn flatten(
    name: &str,
    value: &Sent<'_>,
    lists: ListForm,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), EncodeError> {
    let mut push = |name: String, text: String| pairs.push((name, text));
    match (value, lists) {
        (Sent::Nothing, _) => {}
        (Sent::Text(text), _) => push(name.to_owned(), text.clone().into_owned()),
        (Sent::Number(number), _) => push(name.to_owned(), number.to_string()),
        (Sent::Flag(flag), _) => push(name.to_owned(), flag.to_string()),
        (Sent::Texts(texts) | Sent::Numbers(texts), ListForm::Indexed) => {
            for (index, text) in texts.iter().enumerate() {
                push(format!("{name}[{index}]"), text.clone().into_owned());
            }
        }
        (Sent::Texts(texts) | Sent::Numbers(texts), ListForm::Repeated) => {
            for text in texts {
                push(name.to_owned(), text.clone().into_owned());
            }
        }
        (Sent::Objects(items), ListForm::Indexed) => {
            for (index, item) in items.iter().enumerate() {
                for (member, value) in item {
                    flatten(&format!("{name}[{index}].{member}"), value, lists, pairs)?;
                }
            }
        }
        (Sent::Texts(_) | Sent::Numbers(_), ListForm::Json) | (Sent::Objects(_), _) => {
            push(name.to_owned(), json_text(value)?);
        }
    }
    Ok(())
}

/// A value as JSON text.
pub(crate) fn json_text(value: &impl Serialize) -> Result<String, EncodeError> {
    String::from_utf8(json::encode(value)?).map_err(|_| EncodeError::Value("body"))
}

fn is_signed(settings: &Settings, page: &Page) -> bool {
    let chosen = settings
        .quirks
        .methods
        .get(page.name)
        .and_then(|method| method.request_token);
    chosen.unwrap_or(page.token != TokenRule::Never)
}

/// Whether a method takes `requestToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenRule {
    /// It has the other token, or none.
    Never,
    /// Its page leaves it out; it is sent where the client can sign.
    IfPossible,
    /// Its page asks for it.
    Always,
}

/// What of the settings a method cannot do without.
pub(crate) fn check(
    settings: &Settings,
    page: &Page,
    common: &Common,
    fields: &Fields<'_>,
    problems: &mut Problems,
) {
    crate::check::required(
        problems,
        "settings.merchant",
        &settings.merchant,
        crate::check::NO_LENGTH,
    );
    let chosen = settings.quirks.methods.get(page.name);
    let is_demanded =
        page.token == TokenRule::Always || chosen.is_some_and(|m| m.request_token == Some(true));
    if settings.signing.is_none() && is_demanded && is_signed(settings, page) {
        problems.push(SIGNING_MISSING.at(page.name));
    }
    let unknown = chosen
        .and_then(|method| method.fields.as_ref())
        .is_some_and(|list| {
            list.iter().any(|field| match &field.source {
                Source::Value(name) => name != REQUEST_TOKEN && !fields.has(name),
                Source::Text(_) => false,
            })
        });
    if unknown {
        problems.push(FIELD_UNKNOWN.at(page.name));
    }
    let list = chosen.and_then(|method| method.fields.as_deref());
    let is_listed = |name: &str| {
        list.unwrap_or_default()
            .iter()
            .any(|field| field.name.eq_ignore_ascii_case(name))
    };
    for (index, extra) in common.extra.iter().enumerate() {
        let is_documented = list.is_none() && fields.has_in_any_case(&extra.name);
        let is_token = [REQUEST_TOKEN, "token"]
            .iter()
            .any(|token| token.eq_ignore_ascii_case(&extra.name));
        let mut others = common.extra[..index].iter();
        let is_twice = others.any(|other| other.name.eq_ignore_ascii_case(&extra.name));
        if is_documented || is_token || is_twice || is_listed(&extra.name) {
            problems.push(EXTRA_REPEATS.at(format!("common.extra[{index}].name")));
        }
    }
    let is_known = |name: &str| {
        let mut extras = common.extra.iter();
        fields.has_in_any_case(name)
            || is_listed(name)
            || extras.any(|extra| extra.name.eq_ignore_ascii_case(name))
    };
    let signed = chosen.and_then(|method| method.signed.as_deref());
    if is_signed(settings, page) && !signed.unwrap_or_default().iter().all(|name| is_known(name)) {
        problems.push(SIGNED_UNKNOWN.at(page.name));
    }
}

/// The final fields: signed, in the order of the settings' own list where there is one, and with
/// the request's additions.
pub(crate) fn finished<'a>(
    settings: &'a Settings,
    page: &Page,
    common: &'a Common,
    fields: Fields<'a>,
) -> Result<Fields<'a>, EncodeError> {
    let mut fields = fields.listed(settings, page)?;
    let extras = common.extra.iter();
    fields.extend(extras.map(|extra| {
        let value = Sent::Text(extra.value.as_str().into());
        Final::of((extra.name.as_str().into(), value))
    }));
    let token = signature(settings, page, &fields);
    let fields = fields.into_iter().map(|field| {
        let is_token = field.own == REQUEST_TOKEN && matches!(field.value, Sent::Nothing);
        let token = token.clone().filter(|_| is_token);
        let value = token.map_or(field.value, |token| Sent::Text(token.into()));
        (field.name, value)
    });
    Ok(Fields(fields.collect()))
}

/// Where a method is.
pub(crate) fn address(settings: &Settings, page: &Page) -> Result<kervan_core::Url, EncodeError> {
    let chosen = settings
        .quirks
        .methods
        .get(page.name)
        .and_then(|method| method.path.as_deref());
    Ok(settings.base.join(chosen.unwrap_or(page.path))?)
}

/// The request of a method.
pub(crate) fn request<'a>(
    settings: &'a Settings,
    page: &Page,
    common: &'a Common,
    fields: Fields<'a>,
) -> Result<HttpRequest, EncodeError> {
    let fields = finished(settings, page, common, fields)?;
    let method = settings.quirks.methods.get(page.name);
    let encoding = method
        .and_then(|method| method.encoding)
        .unwrap_or_else(|| page.encoding(&settings.quirks));
    let (content_type, body) = match encoding {
        Encoding::Form => {
            let pairs = fields.pairs(settings.quirks.lists)?;
            (
                FORM,
                form::encode(
                    pairs
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str())),
                )
                .into_bytes(),
            )
        }
        Encoding::Json => (JSON, json::encode(&Members(&fields.0))?),
    };
    let request = HttpRequest::post(address(settings, page)?, content_type, body);
    let headers = settings.headers.iter();
    Ok(headers.fold(request, |request, (name, value)| {
        request.secret_header(name, value.clone())
    }))
}

/// A list of texts; an empty one is not sent.
pub(crate) fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Sent<'a> {
    let texts: Vec<_> = texts.map(Cow::Borrowed).collect();
    if texts.is_empty() {
        Sent::Nothing
    } else {
        Sent::Texts(texts)
    }
}

/// A list of numbers, as their digits; an empty one is not sent.
pub(crate) fn numbers<'a>(texts: impl Iterator<Item = &'a str>) -> Sent<'a> {
    match self::texts(texts) {
        Sent::Texts(texts) => Sent::Numbers(texts),
        other => other,
    }
}
