//! The problems of a request, as data, with texts in English and Turkish.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// One documented rule: a stable code and its texts.
///
/// Texts may hold `{path}`, `{limit}` and `{actual}`; they are filled from a [`Problem`]. A rule is
/// a constant of the crate that knows it, so that its code can be compared and listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable code, `<area>.<rule>`, as `text.too_long`. Never reused for another meaning.
    pub code: &'static str,
    /// Whether breaking the rule stops the call.
    pub severity: Severity,
    /// English text.
    #[serde(skip)]
    pub en: &'static str,
    /// Turkish text.
    #[serde(skip)]
    pub tr: &'static str,
}

impl Rule {
    /// Creates a rule that stops the call.
    pub const fn error(code: &'static str, en: &'static str, tr: &'static str) -> Self {
        Self {
            code,
            severity: Severity::Error,
            en,
            tr,
        }
    }

    /// Creates a rule that is worth a look, but does not stop the call.
    pub const fn warning(code: &'static str, en: &'static str, tr: &'static str) -> Self {
        Self {
            code,
            severity: Severity::Warning,
            en,
            tr,
        }
    }

    /// Starts a problem at a field, as `lines[2].desi`.
    pub fn at(&self, path: impl Into<Cow<'static, str>>) -> Problem {
        Problem {
            rule: *self,
            path: path.into(),
            limit: None,
            actual: None,
            suggestions: Vec::new(),
        }
    }
}

/// Whether a broken rule stops a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a rule either stops a call or it does not"
)]
pub enum Severity {
    /// The call is not sent.
    #[serde(rename = "error")]
    Error,
    /// The call is sent; [`Operation::check`](crate::Operation::check) shows the warning.
    #[serde(rename = "warning")]
    Warning,
}

/// The language of a problem's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// Turkish.
    Turkish,
}

/// One broken rule at one field.
///
/// Limit and actual hold lengths, counts, sums and dates; never a name, an address or a credential.
///
/// `Debug` shows how many suggestions there are, not which.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    #[serde(flatten)]
    rule: Rule,
    path: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<Cow<'static, str>>,
    #[serde(skip)]
    suggestions: Vec<String>,
}

impl Problem {
    /// Adds the limit of the rule.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "reads better without `&`")]
    pub fn limit(mut self, limit: impl ToString) -> Self {
        self.limit = Some(Cow::Owned(limit.to_string()));
        self
    }

    /// Adds what was found: a length, a count, a sum, a date.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "reads better without `&`")]
    pub fn actual(mut self, actual: impl ToString) -> Self {
        self.actual = Some(Cow::Owned(actual.to_string()));
        self
    }

    /// Adds values that would be valid, nearest first.
    #[must_use]
    pub fn suggest(mut self, suggestions: Vec<String>) -> Self {
        self.suggestions = suggestions;
        self
    }

    /// Returns the rule's stable code.
    pub fn code(&self) -> &'static str {
        self.rule.code
    }

    /// Returns whether the problem stops the call.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Returns the path of the field, in the request's own (English) names.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the limit of the rule, if it has one.
    pub fn allowed(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    /// Returns the length, count, sum or date that was found, if it can be shown.
    pub fn found(&self) -> Option<&str> {
        self.actual.as_deref()
    }

    /// Returns values that would be valid. They are not part of [`text`](Problem::text), because a suggested
    /// district says where a customer lives: the caller decides where to show it.
    pub fn suggestions(&self) -> &[String] {
        &self.suggestions
    }

    /// Returns the problem as a sentence.
    pub fn text(&self, language: Language) -> String {
        let template = match language {
            Language::English => self.rule.en,
            Language::Turkish => self.rule.tr,
        };
        template
            .replace("{path}", &self.path)
            .replace("{limit}", self.limit.as_deref().unwrap_or("?"))
            .replace("{actual}", self.actual.as_deref().unwrap_or("?"))
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("code", &self.rule.code)
            .field("path", &self.path)
            .field("limit", &self.limit)
            .field("actual", &self.actual)
            .field("suggestions", &self.suggestions.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

/// Everything that is wrong with a request, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Returns whether nothing was found, not even a warning.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether something was found that stops the call.
    pub fn stop_the_call(&self) -> bool {
        self.errors().next().is_some()
    }

    /// All problems.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Those that stop the call.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.iter()
            .filter(|problem| problem.severity() == Severity::Error)
    }

    /// Those that do not stop the call.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.iter()
            .filter(|problem| problem.severity() == Severity::Warning)
    }

    /// All texts, one a line. `Display` prints the English ones.
    pub fn text(&self, language: Language) -> String {
        self.iter()
            .map(|problem| problem.text(language))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

impl Extend<Problem> for Problems {
    fn extend<T: IntoIterator<Item = Problem>>(&mut self, problems: T) {
        self.0.extend(problems);
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A required text is empty or blank.
pub static MISSING: Rule = Rule::error(
    "text.missing",
    "`{path}` is required",
    "`{path}` alanı zorunludur",
);

/// A text is longer than the provider takes. Limit and actual are characters.
pub static TOO_LONG: Rule = Rule::error(
    "text.too_long",
    "`{path}` has {actual} characters, {limit} are allowed",
    "`{path}` alanı {actual} karakter, en fazla {limit} karakter olabilir",
);

/// A text contains a control character, which nobody types. Actual is its code: `U+0000`.
pub static CONTROL_CHARACTER: Rule = Rule::error(
    "text.control_character",
    "`{path}` contains the control character {actual}",
    "`{path}` alanında {actual} denetim karakteri var",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_both_languages_from_the_same_data() {
        let problem = TOO_LONG.at("customer_reference").limit(50).actual(51);
        assert_eq!(
            problem.text(Language::English),
            "`customer_reference` has 51 characters, 50 are allowed"
        );
        assert_eq!(
            problem.text(Language::Turkish),
            "`customer_reference` alanı 51 karakter, en fazla 50 karakter olabilir"
        );
    }

    #[test]
    fn prints_several_one_a_line() {
        let mut problems = Problems::new();
        problems.extend([MISSING.at("county"), MISSING.at("city")]);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.to_string(), lines.join("\n"));
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn suggestions_are_data_and_not_text() {
        let problem = MISSING.at("county").suggest(vec!["KADIKÖY".to_owned()]);
        assert_eq!(problem.suggestions(), ["KADIKÖY"]);
        assert!(!format!("{problem} {problem:?}").contains("KADIKÖY"));
    }
}
