//! A page that posts a form by itself.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The page's only script. A field could be named `submit` and hide the form's own method.
const SCRIPT: &str = "HTMLFormElement.prototype.submit.call(document.forms[0]);";

/// A whole HTML page that posts a form.
///
/// It holds a token and personal data: it does not print itself, and no cache may keep it. Send all
/// of [`headers`](Page::headers) with it.
#[derive(Clone)]
pub struct Page {
    html: String,
    policy: String,
}

/// The page's texts and language. They are escaped like the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageTexts {
    /// The language's code, as `tr`.
    pub language: Cow<'static, str>,
    /// The page's title.
    pub title: Cow<'static, str>,
    /// The text above the button.
    pub message: Cow<'static, str>,
    /// The button's text.
    pub button: Cow<'static, str>,
}

impl PageTexts {
    /// Creates Turkish texts.
    pub fn turkish() -> Self {
        Self {
            language: "tr".into(),
            title: "Ödeme sayfasına yönlendirme".into(),
            message: "HASO ödeme sayfasına yönlendiriliyorsunuz. Sayfa açılmazsa düğmeye basın."
                .into(),
            button: "Devam et".into(),
        }
    }

    /// Creates English texts.
    pub fn english() -> Self {
        Self {
            language: "en".into(),
            title: "To the payment page".into(),
            message:
                "You are being taken to HASO's payment page. Press the button if it does not open."
                    .into(),
            button: "Continue".into(),
        }
    }
}

kervan_core::setters! { PageTexts {
    /// Sets the title.
    title: into Cow<'static, str>,
    /// Sets the text above the button.
    message: into Cow<'static, str>,
    /// Sets the button's text.
    button: into Cow<'static, str>,
}}

impl Default for PageTexts {
    fn default() -> Self {
        Self::turkish()
    }
}

impl Page {
    pub(super) fn write<'f>(
        action: &str,
        fields: impl Iterator<Item = (&'f str, &'f str)>,
        texts: &PageTexts,
    ) -> Self {
        let policy = policy(action);
        let mut html = String::with_capacity(4096);
        let mut put = |parts: &[&str]| parts.iter().for_each(|part| html.push_str(part));
        let (language, title) = (escaped(&texts.language), escaped(&texts.title));
        put(&[
            "<!DOCTYPE html>\n<html lang=\"",
            &language,
            "\">\n<head>\n<meta charset=\"utf-8\">\n",
        ]);
        put(&[
            "<meta http-equiv=\"Content-Security-Policy\" content=\"",
            &escaped(&policy),
            "\">\n",
        ]);
        put(&["<meta name=\"referrer\" content=\"no-referrer\">\n"]);
        put(&["<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"]);
        put(&["<title>", &title, "</title>\n</head>\n<body>\n"]);
        put(&[
            "<form method=\"post\" action=\"",
            &escaped(action),
            "\" accept-charset=\"utf-8\">\n",
        ]);
        for (name, value) in fields {
            let (name, value) = (escaped(name), escaped(value));
            put(&[
                "<input type=\"hidden\" name=\"",
                &name,
                "\" value=\"",
                &value,
                "\">\n",
            ]);
        }
        put(&["<p>", &escaped(&texts.message), "</p>\n"]);
        put(&[
            "<p><button type=\"submit\">",
            &escaped(&texts.button),
            "</button></p>\n</form>\n",
        ]);
        put(&["<script>", SCRIPT, "</script>\n</body>\n</html>\n"]);
        Self { html, policy }
    }

    /// Returns the page. **It holds the token and personal data.**
    pub fn html(&self) -> &str {
        &self.html
    }

    /// Returns the headers that belong to the page: type, caching, and a content security policy that
    /// lets nothing run but the page's own script.
    ///
    /// The form may be sent to the service's own origin, and on to any https address: HASO answers with a
    /// redirect to its screens. Their addresses are not documented, and browsers apply the policy to
    /// redirects of a form too.
    pub fn headers(&self) -> [(&'static str, String); 5] {
        [
            ("Content-Type", "text/html; charset=utf-8".to_owned()),
            ("Cache-Control", "no-store".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            // A page's own policy cannot say who may frame it.
            (
                "Content-Security-Policy",
                format!("{}; frame-ancestors 'none'", self.policy),
            ),
        ]
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("bytes", &self.html.len())
            .finish_non_exhaustive()
    }
}

fn policy(action: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
    let after_scheme = action.find("://").map_or(0, |at| at + 3);
    let end = action[after_scheme..]
        .find('/')
        .map_or(action.len(), |at| after_scheme + at);
    let origin = &action[..end];
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; form-action {origin} https:; base-uri 'none'"
    )
}

/// Escapes a text for an attribute in double quotes, or between tags. A carriage return is escaped too,
/// because parsers read a raw one as a line feed.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            // Has no form in HTML; the check refuses it in every field.
            '\0' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
