//! The language of a page.

use crate::Request;
use crate::values::form;

/// A language that the pages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Turkish,
    English,
}

impl Lang {
    /// Returns the language that a request asks for: by `lang` in its query or its form, otherwise by
    /// the browser's own languages, otherwise Turkish.
    pub(crate) fn of(request: &Request) -> Self {
        let query = request.path.split_once('?').map_or("", |(_, query)| query);
        let body = str::from_utf8(&request.body).unwrap_or_default();
        let sources = [query, if request.method == "POST" { body } else { "" }];
        let mut pairs = sources.into_iter().filter_map(form::pairs).flatten();
        let named = pairs.find_map(|(name, value)| match (name.as_str(), value.as_str()) {
            ("lang", "tr") => Some(Lang::Turkish),
            ("lang", "en") => Some(Lang::English),
            _ => None,
        });
        let accepted = || Self::accepted(request.header("accept-language")?);
        named.or_else(accepted).unwrap_or(Lang::Turkish)
    }

    /// Returns the first of the languages that has the highest weight.
    fn accepted(header: &str) -> Option<Self> {
        let mut best = None;
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next().unwrap_or_default();
            let lang = match tag.split('-').next().unwrap_or_default().trim() {
                "tr" => Lang::Turkish,
                "en" => Lang::English,
                _ => continue,
            };
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q="));
            let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            let Some(weight) = weight else { continue };
            if best.is_none_or(|(_, highest)| weight > highest) {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }

    /// Returns the text in this language.
    pub(crate) fn pick<'a>(self, turkish: &'a str, english: &'a str) -> &'a str {
        match self {
            Lang::Turkish => turkish,
            Lang::English => english,
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Lang::Turkish => Lang::English,
            Lang::English => Lang::Turkish,
        }
    }

    /// Returns its code in addresses and documents.
    pub(crate) fn code(self) -> &'static str {
        self.pick("tr", "en")
    }

    /// Returns its own name.
    pub(crate) fn name(self) -> &'static str {
        self.pick("Türkçe", "English")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_chosen_by_the_address_then_the_form_then_the_browser() {
        let of = |path: &str, header: &str, body: &str| {
            let headers = [("Accept-Language", header)];
            Lang::of(&Request::new("POST", path, &headers, body))
        };
        assert_eq!(of("/a?lang=en", "tr", "lang=tr"), Lang::English);
        assert_eq!(of("/a", "tr", "x=1&lang=en"), Lang::English);
        for (header, lang) in [
            ("", Lang::Turkish),
            ("de", Lang::Turkish),
            ("en-US,en;q=0.9", Lang::English),
            ("de, en;q=0.5, tr;q=0.8", Lang::Turkish),
            ("tr;q=0.5,en", Lang::English),
            ("tr;q=x,en;q=0.1", Lang::English),
        ] {
            assert_eq!(of("/a?lang=de", header, ""), lang, "{header}");
        }
    }
}
