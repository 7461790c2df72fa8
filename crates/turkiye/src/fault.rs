//! Why a text is not the value that it should be, as data, with texts in English and Turkish.

use std::borrow::Cow;
use std::fmt;

/// One rule that a text breaks: a stable code and its texts.
///
/// The texts hold `{path}`, and `{limit}` and `{actual}` where the rule has them;
/// [`InputError::english`] and [`InputError::turkish`] fill them in. Each rule is a constant beside the
/// type that it belongs to, so that its code can be compared and listed.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The stable code, `<value>.<rule>`, as `iban.check_digits`. Never reused for another meaning.
    pub code: &'static str,
    /// The kind, for programs that treat some faults alike.
    pub kind: FaultKind,
    /// The English text.
    pub en: &'static str,
    /// The Turkish text.
    pub tr: &'static str,
}

impl Fault {
    pub(crate) const fn new(
        code: &'static str,
        kind: FaultKind,
        en: &'static str,
        tr: &'static str,
    ) -> Self {
        Self { code, kind, en, tr }
    }

    /// Returns the error for a value of this name.
    pub(crate) fn of(&'static self, name: &'static str) -> InputError {
        InputError {
            fault: self,
            path: Cow::Borrowed(name),
            limit: None,
            actual: None,
            suggestion: None,
        }
    }
}

/// The kind of rule that a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text is empty or blank.
    Missing,
    /// The text contains a character that nobody types.
    ControlCharacter,
    /// A spreadsheet changed the number before it was copied or saved.
    Spreadsheet,
    /// The text contains more than the number: letters, signs, a masked part.
    NotANumber,
    /// The number of digits is wrong.
    Length,
    /// The beginning is not that of such a value.
    Prefix,
    /// The check digits do not follow from the other digits.
    CheckDigits,
    /// The text could mean two values.
    Ambiguous,
    /// The text has another form than such a value.
    Form,
    /// The value is outside what is possible.
    Range,
}

/// The text is empty or blank.
pub static MISSING: Fault = Fault::new(
    "text.missing",
    FaultKind::Missing,
    "`{path}` is required",
    "`{path}` alanı zorunludur",
);

/// The text contains a control character, which nobody types: `U+0000`.
pub static CONTROL_CHARACTER: Fault = Fault::new(
    "text.control_character",
    FaultKind::ControlCharacter,
    "`{path}` contains the control character {actual}",
    "`{path}` alanında {actual} denetim karakteri var",
);

/// A spreadsheet shortened the number and lost digits of it: `5,32E+09`.
pub static SHORTENED: Fault = Fault::new(
    "text.shortened_by_spreadsheet",
    FaultKind::Spreadsheet,
    "`{path}` was shortened by a spreadsheet and has lost digits; format its column as text and enter it again",
    "`{path}` alanındaki sayıyı hesap tablosu kısaltmış, rakamlar kaybolmuş; sütunu metin olarak biçimlendirip sayıyı yeniden girin",
);

/// A spreadsheet or a program wrote the number with decimals: `10000000146.0`.
pub static DECIMALS: Fault = Fault::new(
    "text.decimals_of_spreadsheet",
    FaultKind::Spreadsheet,
    "`{path}` has decimals, which a spreadsheet added",
    "`{path}` alanında hesap tablosunun eklediği ondalık basamaklar var",
);

/// The faults that every value can have.
pub static ALL: &[&Fault] = &[&MISSING, &CONTROL_CHARACTER, &SHORTENED, &DECIMALS];

/// Why a text is not the value that it should be.
///
/// Holds lengths, limits and the codes of characters, and never the text. The suggestion is personal
/// data, so it is not part of `Debug`, `Display` and the two texts.
#[derive(Clone, PartialEq, Eq)]
pub struct InputError {
    fault: &'static Fault,
    path: Cow<'static, str>,
    limit: Option<Cow<'static, str>>,
    actual: Option<Cow<'static, str>>,
    suggestion: Option<String>,
}

impl InputError {
    pub(crate) fn limit(mut self, limit: impl Into<Cow<'static, str>>) -> Self {
        self.limit = Some(limit.into());
        self
    }

    pub(crate) fn actual(mut self, actual: impl Into<Cow<'static, str>>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    pub(crate) fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// Names the field, as `shopper.mobile`. Until then the texts name the kind of the value, as
    /// `mobile_number`.
    #[must_use]
    pub fn at(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.path = path.into();
        self
    }

    /// Returns the rule that is broken.
    pub fn fault(&self) -> &'static Fault {
        self.fault
    }

    /// Returns the stable code of the rule.
    pub fn code(&self) -> &'static str {
        self.fault.code
    }

    /// Returns the kind of the rule.
    pub fn kind(&self) -> FaultKind {
        self.fault.kind
    }

    /// Returns the name of the field.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what the rule allows, where it names a limit.
    pub fn allowed(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    /// Returns what was found, where it can be shown: a length, the code of a character.
    pub fn found(&self) -> Option<&str> {
        self.actual.as_deref()
    }

    /// Returns the value that was probably meant, as it would be sent.
    ///
    /// It is for a person to confirm, and never the result of a guess that this crate acts upon.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// Returns the error as an English sentence.
    pub fn english(&self) -> String {
        self.fill(self.fault.en)
    }

    /// Returns the error as a Turkish sentence.
    pub fn turkish(&self) -> String {
        self.fill(self.fault.tr)
    }

    fn fill(&self, template: &str) -> String {
        template
            .replace("{limit}", self.limit.as_deref().unwrap_or("?"))
            .replace("{actual}", self.actual.as_deref().unwrap_or("?"))
            .replace("{path}", &self.path)
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}

impl fmt::Debug for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InputError")
            .field("code", &self.fault.code)
            .field("path", &self.path)
            .field("limit", &self.limit)
            .field("actual", &self.actual)
            .field("has_suggestion", &self.suggestion.is_some())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for InputError {}

/// Printed in the place of a value.
pub(crate) const REDACTED: &str = "[redacted]";
