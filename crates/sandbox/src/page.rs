//! The frame of every page that people see: what it is, in their language, with one style and without a
//! script. The texts on it are escaped by the template library.

mod lang;
#[cfg(test)]
pub(crate) mod walk;

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

pub(crate) use lang::Lang;

use crate::Answer;

/// The only style. It is a part of each page, so that a page needs nothing else.
pub(crate) const STYLE: &str = include_str!("page/style.css");

/// Where a page may be shown, and where its forms may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Its forms come back to this server, and no other page shows it in a frame.
    Own,
    /// As [`Reach::Own`], and shops may show it in a frame, as they do with a bank's page.
    Framed,
    /// As [`Reach::Framed`], and its form goes to a shop. A policy for forms also holds for the
    /// addresses that the shop's answer leads to, and nobody knows those, so there is none.
    ToShop,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) lang: Lang,
    pub(crate) title: &'a str,
    /// The address of the same page, its query included, to which the other language is added.
    pub(crate) here: &'a str,
    pub(crate) reach: Reach,
    /// A class of the body, which decides how wide the page is.
    pub(crate) class: &'a str,
    /// The only script, and a number that it begins with.
    pub(crate) script: Option<&'static str>,
}

impl<'a> Page<'a> {
    /// Describes a page for a customer.
    pub(crate) fn new(lang: Lang, title: &'a str, here: &'a str, reach: Reach) -> Self {
        Page {
            lang,
            title,
            here,
            reach,
            class: "visitor",
            script: None,
        }
    }

    /// Puts a page together around its content.
    pub(crate) fn answer(&self, status: u16, content: &Markup) -> Answer {
        let (lang, other) = (self.lang, self.lang.other());
        let note = lang.pick(
            "Burası gerçek değildir: para çekilmez, kargo gönderilmez, sözleşme yapılmaz.",
            "Nothing here is real: no money moves, no parcel is sent, no contract is made.",
        );
        let document = html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.title) " · kervan-sandbox" }
                    style { (PreEscaped(STYLE)) }
                }
                body class=(self.class) {
                    div.banner role="note" {
                        p { strong { (lang.pick("Deneme ortamı", "Sandbox")) } " " (note) }
                        a href=(with_lang(self.here, other)) hreflang=(other.code()) lang=(other.code()) {
                            (other.name())
                        }
                    }
                    main {
                        h1 { (self.title) }
                        (content)
                    }
                    @if let Some(script) = self.script {
                        script { (PreEscaped(script)) }
                    }
                }
            }
        };
        let answer = Answer::new(status, "text/html; charset=utf-8", document.into_string());
        strict(answer, self.reach, self.script)
    }
}

/// Adds the headers that hold a browser to the page's own style and script, and to its reach.
pub(crate) fn strict(mut answer: Answer, reach: Reach, script: Option<&str>) -> Answer {
    let headers = [
        ("Content-Security-Policy", policy(reach, script)),
        ("Cache-Control", "no-store".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        // Without an origin, a shop would take the browser's post for that of a stranger.
        (
            "Referrer-Policy",
            "strict-origin-when-cross-origin".to_owned(),
        ),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value));
    answer.headers.extend(headers);
    answer
}

fn policy(reach: Reach, script: Option<&str>) -> String {
    static STYLE_HASH: LazyLock<String> = LazyLock::new(|| hash(STYLE));
    let script = script.map_or_else(String::new, |script| {
        format!("; script-src '{}'; connect-src 'self'", hash(script))
    });
    let reach = match reach {
        Reach::Own => "; form-action 'self'; frame-ancestors 'none'",
        Reach::Framed => "; form-action 'self'",
        Reach::ToShop => "",
    };
    let style = &*STYLE_HASH;
    format!("default-src 'none'; style-src '{style}'; base-uri 'none'{script}{reach}")
}

/// Names a text in a policy, so that the browser takes this text and no other.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// Returns an address with the language in its query.
fn with_lang(address: &str, lang: Lang) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}lang={}", lang.code())
}

/// Writes an amount that has a point before its two last digits, as people in the language write it.
pub(crate) fn amount(lang: Lang, exact: &str) -> String {
    let (whole, rest) = exact.split_once('.').unwrap_or((exact, "00"));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push_str(lang.pick(".", ","));
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{}{rest}", lang.pick(",", "."))
}

/// Returns names and values as a list, those without a value left out.
pub(crate) fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in facts {
                @if !value.is_empty() {
                    div { dt { (name) } dd { (value) } }
                }
            }
        }
    }
}

/// Returns a form that a browser posts to a shop, by its button. `None` when the address is not one of
/// the web.
pub(crate) fn form_to_shop(lang: Lang, to: &str, fields: &[(String, String)]) -> Option<Markup> {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        let begin = to.get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    });
    let hidden = html! {
        @for (name, value) in fields {
            input type="hidden" name=(name) value=(value);
        }
    };
    is_web.then(|| {
        html! {
            form #back method="post" action=(to) {
                (hidden)
                button.main type="submit" { (lang.pick("Mağazaya dön", "Back to the shop")) }
            }
            details {
                summary { (lang.pick("Olağan dışı durumlar", "Unusual cases")) }
                form #again method="post" action=(to) target="_blank" {
                    (hidden)
                    button type="submit" {
                        (lang.pick("Yeni sekmede gönder, sonra bir daha", "Post it in a new tab, then once more"))
                    }
                }
                p.soft {
                    (lang.pick(
                        "Bu sekmeyi kapatın: tarayıcı mağazaya hiç dönmez.",
                        "Close this tab: the browser never comes back to the shop.",
                    ))
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is_and_allows_its_own_style_only() {
        for (lang, words) in [(Lang::Turkish, "Deneme ortamı"), (Lang::English, "Sandbox")] {
            let page = Page::new(lang, "<b>", "/page?id=1", Reach::Own);
            let answer = page.answer(200, &html! { p { "<i>" } });
            let text = answer.text();
            assert!(
                text.contains(words) && text.contains("&lt;b&gt;") && text.contains("&lt;i&gt;")
            );
            assert!(text.contains(&format!("/page?id=1&amp;lang={}", lang.other().code())));
            let policy = answer.header("Content-Security-Policy").unwrap();
            assert!(policy.contains(&hash(STYLE)), "{policy}");
            assert!(
                !policy.contains("unsafe") && !policy.contains("script-src"),
                "{policy}"
            );
            assert!(!text.contains("<script") && !text.contains("style="));
        }
    }

    #[test]
    fn an_amount_is_written_as_people_write_it() {
        for (exact, turkish, english) in [
            ("0.05", "0,05", "0.05"),
            ("999.90", "999,90", "999.90"),
            ("1250.00", "1.250,00", "1,250.00"),
            ("-1234567.89", "-1.234.567,89", "-1,234,567.89"),
            ("12", "12,00", "12.00"),
        ] {
            assert_eq!(amount(Lang::Turkish, exact), turkish);
            assert_eq!(amount(Lang::English, exact), english);
        }
    }

    /// A style that ends its own element would become text of the page, and its name would not fit.
    #[test]
    fn the_style_is_taken_as_it_is() {
        assert!(!STYLE.contains('<') && !STYLE.contains("url("));
    }

    #[test]
    fn a_form_goes_to_the_web_only() {
        let fields = [("a".to_owned(), "\"><script>".to_owned())];
        for to in [
            "javascript:alert(1)",
            "data:text/html,x",
            "",
            "/relative",
            "çhttp://a",
        ] {
            assert!(form_to_shop(Lang::English, to, &fields).is_none(), "{to}");
        }
        let form = form_to_shop(Lang::English, "HTTPS://shop.example/\"x", &fields);
        let form = form.unwrap().into_string();
        assert!(!form.contains("<script") && form.contains("shop.example/&quot;x"));
    }
}
