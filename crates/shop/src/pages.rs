//! The frame of every page: language, style, headers.

mod style;

use std::convert::Infallible;
use std::sync::LazyLock;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kervan_core::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::form::label;
use crate::note::Note;

use self::style::STYLE;

/// The language of a page, by `?lang=` or the browser's wish.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(crate) language: Language,
    /// Whether the address names it, so that links have to as well.
    is_named: bool,
}

impl Words {
    pub(crate) fn of(request: &Request) -> Self {
        Self::read(request.uri(), request.headers())
    }

    fn read(uri: &Uri, headers: &HeaderMap) -> Self {
        let mut pairs = uri.query().unwrap_or_default().split('&');
        let named = match pairs.find_map(|pair| pair.strip_prefix("lang=")) {
            Some("tr") => Some(Language::Turkish),
            Some("en") => Some(Language::English),
            _ => None,
        };
        let wished = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let wished = wished.unwrap_or_default().split(',').map(str::trim);
        let mut wished = wished.filter_map(|tag| match tag.get(..2) {
            Some("tr") => Some(Language::Turkish),
            Some("en") => Some(Language::English),
            _ => None,
        });
        Self {
            language: named.or_else(|| wished.next()).unwrap_or(Language::English),
            is_named: named.is_some(),
        }
    }

    /// Returns the text in the page's language.
    pub(crate) fn say<'t>(self, english: &'t str, turkish: &'t str) -> &'t str {
        if self.language == Language::Turkish {
            turkish
        } else {
            english
        }
    }

    fn code(self) -> &'static str {
        self.say("en", "tr")
    }

    /// Returns an address of the shop, with the language where the present one has it.
    pub(crate) fn link(self, path: &str) -> String {
        if self.is_named {
            format!("{path}?lang={}", self.code())
        } else {
            path.to_owned()
        }
    }

    /// Sends the browser to another page by GET, so that reloading it posts nothing again.
    pub(crate) fn go(self, path: &str) -> Response {
        Redirect::to(&self.link(path)).into_response()
    }
}

impl<S: Sync> FromRequestParts<S> for Words {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(&parts.uri, &parts.headers))
    }
}

/// Makes a page of its main part.
pub(crate) fn page(words: Words, path: &str, title: &str, main: &Markup) -> Response {
    let other = words.say("tr", "en");
    let markup = html! {
        (DOCTYPE)
        html lang=(words.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Kervan" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (words.say("Skip to the content", "İçeriğe geç")) }
                header {
                    nav aria-label=(words.say("Pages", "Sayfalar")) {
                        a #nav-shop href=(words.link("/")) { (words.say("Shop", "Mağaza")) }
                        a #nav-sellers href=(words.link("/sellers")) { (words.say("Sellers", "Satıcılar")) }
                        a #nav-desk href=(words.link("/desk")) { (words.say("Desk", "Yönetim")) }
                        a #nav-language lang=(other) hreflang=(other) href={ (path) "?lang=" (other) } {
                            (words.say("Türkçe", "English"))
                        }
                    }
                }
                main #main {
                    h1 #title { (title) }
                    (main)
                }
            }
        }
    };
    Html(markup.into_string()).into_response()
}

/// Returns the page whose form posts to a path.
fn form_of(path: &str) -> Option<String> {
    match path.trim_start_matches('/').split('/').collect::<Vec<_>>()[..] {
        ["orders"] => Some("/".to_owned()),
        ["orders", id, _] => Some(format!("/orders/{id}")),
        ["sellers" | "products"] => Some("/sellers".to_owned()),
        ["desk", _] => Some("/desk".to_owned()),
        _ => None,
    }
}

/// Returns the page to which a failure leads back: its address, and how it is called.
fn back(words: Words, path: &str, failure: &Failure) -> (String, &'static str) {
    let form = form_of(path).filter(|_| *failure != Failure::NotFound);
    match (failure, form) {
        (Failure::NotHere(own), _) => (own.clone(), words.say("To the shop", "Mağazaya git")),
        (_, None) => (words.link("/"), words.say("To the shop", "Mağazaya dön")),
        (Failure::GoesOn | Failure::NoAnswer, Some(form)) if form.starts_with("/orders/") => (
            words.link(&form),
            words.say("Back to the order", "Siparişe dön"),
        ),
        (_, Some(form)) => (
            words.link(&form),
            words.say("Back to the form", "Forma dön"),
        ),
    }
}

/// Makes the page of a failure.
pub(crate) fn of_failure(words: Words, path: &str, failure: &Failure) -> Response {
    let (title, detail) = failure.texts();
    let (to, back) = back(words, path, failure);
    let main = html! {
        @if detail != Note::default() { p #detail { (detail.show(words)) } }
        @if *failure == Failure::GoesOn {
            p { a #to-desk href=(words.link("/desk")) { (words.say("To the desk", "Yönetim sayfasına git")) } }
        }
        p { a #back href=(to) { (back) } }
    };
    let mut response = page(words, "/", title.text(words.language), &main);
    *response.status_mut() = failure.status();
    response
}

/// Makes a field of a form, with the label of its name.
pub(crate) fn field(words: Words, id: &str, name: &str, value: &str) -> Markup {
    let label = label(name).unwrap_or((name, name));
    html! {
        p.field {
            label for=(id) { (words.say(label.0, label.1)) }
            input id=(id) name=(name) value=(value) required maxlength="200";
        }
    }
}

/// Returns the policy of a page: no script, no other site's part, its own style, and forms only to the shop
/// and to those pages to which a form of the shop leads.
pub(crate) fn policy(origins: &[String]) -> String {
    static HASH: LazyLock<String> =
        LazyLock::new(|| BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes())));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        *HASH,
        origins.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(uri: &'static str, wish: Option<&'static str>) -> (&'static str, String) {
        let mut headers = HeaderMap::new();
        if let Some(wish) = wish {
            headers.insert(header::ACCEPT_LANGUAGE, wish.parse().unwrap());
        }
        let words = Words::read(&Uri::from_static(uri), &headers);
        (words.code(), words.link("/desk"))
    }

    #[test]
    fn the_address_decides_and_then_the_browser() {
        assert_eq!(language("/", None), ("en", "/desk".to_owned()));
        assert_eq!(
            language("/", Some("de, tr-TR;q=0.8, en")),
            ("tr", "/desk".to_owned())
        );
        assert_eq!(
            language("/?lang=en", Some("tr")),
            ("en", "/desk?lang=en".to_owned())
        );
        assert_eq!(
            language("/?a=b&lang=tr", None),
            ("tr", "/desk?lang=tr".to_owned())
        );
        assert_eq!(
            language("/?lang=xx", Some("tr")),
            ("tr", "/desk".to_owned())
        );
    }

    #[test]
    fn the_policy_has_the_hash_of_the_style_and_allows_no_script() {
        let policy = policy(&["http://127.0.0.1:4747".to_owned()]);
        let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
        assert!(
            policy.contains(&format!("style-src 'sha256-{hash}'")),
            "{policy}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(
            !policy.contains("script") && !policy.contains("unsafe"),
            "{policy}"
        );
    }
}
