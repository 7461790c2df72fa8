//! The fields of a request in documented order, its further ones, and the signature.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use kervan_core::secret::REDACTED;
use kervan_core::{EncodeError, HttpRequest, Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::client_address::ClientAddress;
use kervan_turkiye::fault::InputError;
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::time::DateForm;
use kervan_wire::{form, json};

use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::{CommonFields, ExtraField};
use crate::endpoint::{Endpoint, TokenRule};
use crate::rules::{EXTRA_REPEATS, FIELD_UNKNOWN, SIGNED_UNKNOWN, SIGNING_MISSING};
use crate::settings::Settings;
use crate::settings::method::{Changes, Encoding, Field, Source};
use crate::token::value::Token;
use crate::wire::{Members, WireValue, flatten};

/// The name of the signature's field.
const REQUEST_TOKEN: &str = "requestToken";
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";
const JSON: &str = "application/json; charset=utf-8";

/// The fields of a request, in documented order. It does not print their values.
#[derive(Default)]
pub struct Body<'a> {
    fields: Vec<(Cow<'a, str>, WireValue<'a>)>,
    /// The request's common fields; absent in a raw call.
    common: Option<&'a CommonFields>,
    /// Changes of this very call, in the place of the settings' own.
    changes: Option<Changes<'a>>,
}

impl<'a> Body<'a> {
    /// Creates a body with the further fields only.
    pub(crate) fn new(common: &'a CommonFields) -> Self {
        Self {
            common: Some(common),
            ..Self::default()
        }
    }

    /// Creates a body that begins as those of nearly all calls do: with the merchant's number and the
    /// customer's address.
    pub(crate) fn of_merchant(settings: &'a Settings, common: &'a CommonFields) -> Self {
        Self::new(common)
            .text("merchantId", &settings.merchant)
            .address("ipAddress", common)
    }

    /// Creates a body without fields, for a method that only the request knows.
    pub(crate) fn changed(changes: Changes<'a>) -> Self {
        Self {
            changes: Some(changes),
            ..Self::default()
        }
    }

    /// Adds a field.
    pub(crate) fn with(mut self, name: impl Into<Cow<'a, str>>, value: WireValue<'a>) -> Self {
        self.fields.push((name.into(), value));
        self
    }

    /// Adds a field with a text of one line.
    pub(crate) fn text(self, name: impl Into<Cow<'a, str>>, text: &'a str) -> Self {
        self.with(name, WireValue::line(text))
    }

    /// Adds a field if there is a text of one line.
    pub(crate) fn maybe(self, name: &'static str, text: Option<&'a str>) -> Self {
        self.with(name, text.map(WireValue::line).unwrap_or_default())
    }

    /// Adds a field if there is personal data, a text of one line.
    pub(crate) fn personal(
        self,
        name: impl Into<Cow<'a, str>>,
        value: Option<&'a Personal>,
    ) -> Self {
        let text = value.map(|value| WireValue::line(value.as_str()));
        self.with(name, text.unwrap_or_default())
    }

    /// Adds a field if there is a text that is in its final form: digits, JSON, an address.
    pub(crate) fn exact(
        self,
        name: impl Into<Cow<'a, str>>,
        text: Option<impl Into<Cow<'a, str>>>,
    ) -> Self {
        let text = text.map(|text| WireValue::Text(text.into()));
        self.with(name, text.unwrap_or_default())
    }

    /// Adds an amount, in hundredths.
    pub(crate) fn amount(self, name: &'static str, amount: Money) -> Self {
        self.exact(name, Some(amount.kurus().to_string()))
    }

    /// Adds a day, if it has four digits for its year. The check of the call refuses any other.
    pub(crate) fn day(self, name: &'static str, day: NaiveDate) -> Self {
        self.exact(name, DateForm::Iso.write(day))
    }

    /// Adds a mobile number: ten digits.
    pub(crate) fn mobile(self, name: &'static str, number: Option<&'a Personal>) -> Self {
        self.typed(name, number, |text| {
            MobileNumber::from_input(text).map(String::from)
        })
    }

    /// Adds an identity number: eleven digits.
    pub(crate) fn identity(self, name: &'static str, number: Option<&'a Personal>) -> Self {
        self.typed(name, number, |text| {
            IdentityNumber::from_input_with_any_check_digits(text).map(String::from)
        })
    }

    /// Adds the customer's IP address, if there is one.
    pub(crate) fn address(self, name: &'static str, common: &'a CommonFields) -> Self {
        self.typed(name, common.ip_address.as_ref(), |text| {
            ClientAddress::from_input(text).map(ClientAddress::to_text)
        })
    }

    /// Adds a value in the form that is sent. The check refuses a text that is not valid; a request that is
    /// written without the check has the text.
    pub(crate) fn typed(
        self,
        name: &'static str,
        value: Option<&'a Personal>,
        read: impl FnOnce(&str) -> Result<String, InputError>,
    ) -> Self {
        let Some(value) = value.map(Personal::as_str) else {
            return self.with(name, WireValue::Nothing);
        };
        match read(value) {
            Ok(text) => self.exact(name, Some(text)),
            Err(_) => self.text(name, value),
        }
    }

    /// Adds a field if there is a number.
    pub(crate) fn number(self, name: &'static str, number: Option<impl Into<i64>>) -> Self {
        let number = number.map(|number| WireValue::Number(number.into()));
        self.with(name, number.unwrap_or_default())
    }

    /// Adds a field if there is a yes or no.
    pub(crate) fn flag(self, name: &'static str, flag: Option<bool>) -> Self {
        self.with(name, flag.map(WireValue::Flag).unwrap_or_default())
    }

    /// Adds the token of a form, hidden in a dry run.
    pub(crate) fn token(self, name: &'static str, settings: &Settings, token: &'a Token) -> Self {
        let is_hidden = settings.is_dry_run;
        self.exact(
            name,
            Some(if is_hidden { REDACTED } else { token.expose() }),
        )
    }

    /// Checks the customer's address, the settings that a method needs, and the fields that settings and
    /// request change or add.
    pub(super) fn check(&self, settings: &Settings, endpoint: &Endpoint, problems: &mut Problems) {
        if let Some(common) = self.common {
            common.check(problems);
        }
        problems.required("settings.merchant", &settings.merchant, NO_LENGTH);
        let changes = self.changes(settings, endpoint);
        let is_demanded =
            endpoint.token == TokenRule::Always || changes.request_token == Some(true);
        let is_signed = is_signed(endpoint, changes);
        if settings.signing.is_none() && is_demanded && is_signed {
            problems.push(SIGNING_MISSING.at(endpoint.name));
        }
        let list = changes.fields.unwrap_or_default();
        let is_unknown = |field: &Field| match &field.source {
            Source::Value(name) => name != REQUEST_TOKEN && self.value(name).is_none(),
            Source::Text(_) => false,
        };
        if list.iter().any(is_unknown) {
            problems.push(FIELD_UNKNOWN.at(endpoint.name));
        }
        let has_field = |name: &str| {
            let mut fields = self.fields.iter();
            fields.any(|(own, _)| own.eq_ignore_ascii_case(name))
        };
        let is_listed = |name: &str| {
            let mut fields = list.iter();
            fields.any(|field| field.name.eq_ignore_ascii_case(name))
        };
        let is_extra = |extras: &[ExtraField], name: &str| {
            let mut extras = extras.iter();
            extras.any(|extra| extra.sent_name().eq_ignore_ascii_case(name))
        };
        for (index, extra) in self.extra().iter().enumerate() {
            let name = &*extra.sent_name();
            let is_documented = changes.fields.is_none() && has_field(name);
            let is_token = [REQUEST_TOKEN, "token"]
                .iter()
                .any(|token| token.eq_ignore_ascii_case(name));
            let is_twice = is_extra(&self.extra()[..index], name);
            if is_documented || is_token || is_twice || is_listed(name) {
                problems.push(EXTRA_REPEATS.at(format!("common.extra[{index}].name")));
            }
        }
        let is_known =
            |name: &String| has_field(name) || is_listed(name) || is_extra(self.extra(), name);
        if is_signed && !changes.signed.unwrap_or_default().iter().all(is_known) {
            problems.push(SIGNED_UNKNOWN.at(endpoint.name));
        }
    }

    /// Writes the request.
    pub(super) fn write(
        self,
        settings: &Settings,
        endpoint: &Endpoint,
    ) -> Result<HttpRequest, EncodeError> {
        let changes = self.changes(settings, endpoint);
        let encoding = changes.encoding;
        let (content_type, body) =
            match encoding.unwrap_or_else(|| endpoint.encoding(&settings.quirks)) {
                Encoding::Form => {
                    let pairs = self.pairs(settings, endpoint)?;
                    let pairs = pairs
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()));
                    (FORM, form::encode(pairs).into_bytes())
                }
                Encoding::Json => {
                    let fields = self.finished(settings, endpoint)?.into_iter();
                    let fields: Vec<_> = fields.map(|field| (field.name, field.value)).collect();
                    (JSON, json::encode(&Members(&fields))?)
                }
            };
        let address = match changes.path {
            Some(path) => settings.base.join(path)?,
            None => settings.base.join(&endpoint.path())?,
        };
        let request = HttpRequest::post(address, content_type, body);
        let headers = settings.headers.iter();
        Ok(headers.fold(request, |request, (name, value)| {
            request.secret_header(name, value.clone())
        }))
    }

    /// Returns the fields as pairs of texts, as a form holds them.
    pub(crate) fn pairs(
        self,
        settings: &Settings,
        endpoint: &Endpoint,
    ) -> Result<Vec<(String, String)>, EncodeError> {
        let mut pairs = Vec::with_capacity(self.fields.len());
        for field in self.finished(settings, endpoint)? {
            flatten(&field.name, &field.value, settings.quirks.lists, &mut pairs)?;
        }
        Ok(pairs)
    }

    /// Returns the final fields: signed, in the order of the settings' own list where there is one, and
    /// with the request's additions.
    fn finished<'m>(
        self,
        settings: &'m Settings,
        endpoint: &Endpoint,
    ) -> Result<Vec<Final<'m>>, EncodeError>
    where
        'a: 'm,
    {
        let changes: Changes<'m> = self.changes(settings, endpoint);
        let extra = self.extra();
        let mut fields: Vec<Final<'m>> = if let Some(list) = changes.fields {
            let fields = list.iter().map(|field| self.listed(field));
            fields.collect::<Result<_, _>>()?
        } else {
            let token = (Cow::Borrowed(REQUEST_TOKEN), WireValue::Nothing);
            let fields = self.fields.into_iter().chain([token]);
            fields.map(Final::of).collect()
        };
        fields.extend(
            extra
                .iter()
                .map(|extra| Final::of((extra.sent_name(), WireValue::line(extra.value.as_str())))),
        );
        if let Some(token) = signature(settings, endpoint, changes, &fields) {
            let is_token =
                |field: &&mut Final<'_>| field.own == REQUEST_TOKEN && field.value.is_nothing();
            for field in fields.iter_mut().filter(is_token) {
                field.value = WireValue::Text(token.clone().into());
            }
        }
        Ok(fields)
    }

    /// Returns a field of the settings' own list. The field of the signature is still empty.
    fn listed<'m>(&self, field: &'m Field) -> Result<Final<'m>, EncodeError>
    where
        'a: 'm,
    {
        let (own, value) = match &field.source {
            Source::Text(text) => ("", Some(WireValue::Text(text.expose().into()))),
            Source::Value(name) => {
                let is_token = name == REQUEST_TOKEN;
                let value = self.value(name).cloned();
                (
                    name.as_str(),
                    value.or(is_token.then_some(WireValue::Nothing)),
                )
            }
        };
        Ok(Final {
            name: field.name.as_str().into(),
            own: own.into(),
            value: value.ok_or(EncodeError::Value("field list"))?,
        })
    }

    /// Returns the value of a field by this crate's own name for it.
    fn value(&self, name: &str) -> Option<&WireValue<'a>> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }

    fn extra(&self) -> &'a [ExtraField] {
        self.common.map_or(&[], |common| &common.extra)
    }

    fn changes<'m>(&self, settings: &'m Settings, endpoint: &Endpoint) -> Changes<'m>
    where
        'a: 'm,
    {
        let own = self.changes;
        own.unwrap_or_else(|| settings.quirks.changes(endpoint.name))
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("Body")
            .field("fields", &names)
            .finish_non_exhaustive()
    }
}

/// A field as it goes out, with this crate's own name for its value.
struct Final<'a> {
    name: Cow<'a, str>,
    own: Cow<'a, str>,
    value: WireValue<'a>,
}

impl<'a> Final<'a> {
    fn of((name, value): (Cow<'a, str>, WireValue<'a>)) -> Self {
        let own = name.clone();
        Self { name, own, value }
    }
}

fn is_signed(endpoint: &Endpoint, changes: Changes<'_>) -> bool {
    let chosen = changes.request_token;
    chosen.unwrap_or(endpoint.token != TokenRule::Never)
}

/// Returns the signature of fields as they go out, if settings and page ask for one. A name means a
/// field by its name on the wire, else by this crate's own; names differ in case from page to page.
fn signature(
    settings: &Settings,
    endpoint: &Endpoint,
    changes: Changes<'_>,
    fields: &[Final<'_>],
) -> Option<String> {
    let signing = settings.signing.as_ref()?;
    if !is_signed(endpoint, changes) {
        return None;
    }
    if settings.is_dry_run {
        return Some(REDACTED.to_owned());
    }
    let value = |name: &str| {
        let by_wire = |field: &&Final<'_>| field.name.eq_ignore_ascii_case(name);
        let by_own = |field: &&Final<'_>| field.own.eq_ignore_ascii_case(name);
        let found = fields.iter().find(by_wire);
        let found = found.or_else(|| fields.iter().find(by_own));
        found.map_or(Cow::Borrowed(""), |field| field.value.to_sign())
    };
    let values: Vec<_> = match changes.signed {
        Some(names) => names.iter().map(|name| value(name)).collect(),
        None => endpoint.signed.iter().map(|name| value(name)).collect(),
    };
    let token = signing.request_token(values.iter().map(Cow::as_ref));
    Some(token.expose().to_owned())
}
