//! Puts a case together from its own file, the one that it is like, its family and its base.

use case_text::SECTIONS;

use super::files::{BASE, EXTENSION, File, Operation};
use crate::case::about::Head;
use crate::case::{Case, Loaded, OPERATION, Origin, Problem};
use crate::http::HttpText;
use crate::json::Node;

/// The files that a case is put together from.
pub(super) struct Layers<'a> {
    pub(super) provider: &'a str,
    pub(super) operation: &'a Operation,
    pub(super) name: &'a str,
    pub(super) own: Option<&'a File>,
    pub(super) like: Option<&'a File>,
    pub(super) family: Option<&'a File>,
    pub(super) problems: Vec<Problem>,
}

/// A section with its file and its first line there.
struct Found {
    contents: Vec<u8>,
    origin: Origin,
    line: usize,
}

impl Layers<'_> {
    pub(super) fn put_together(mut self, loaded: &mut Loaded) {
        let file = self.operation.dir.join(format!("{}{EXTENSION}", self.name));
        let base = self.operation.base.as_ref();
        let layers = [self.own, self.like, self.family, base];
        let head = layers
            .into_iter()
            .flatten()
            .fold(Head::default(), |head, file| head.or(&file.head));
        let about = head.about().map_err(|key| {
            let path = self.own.or(self.family).map_or(&file, |file| &file.path);
            let message = format!("`{key}` is missing or empty, here and in {BASE}{EXTENSION}");
            self.problems.push(Problem::new(path, Some(1), message));
        });
        let response = self.find("response", false);
        let call = self.find("call", true);
        let request = self.find("request", response.is_some());
        let [callback, page, link, outcome] =
            ["callback", "page", "link", "outcome"].map(|name| self.find(name, false));
        let found = [
            &call, &request, &response, &callback, &page, &link, &outcome,
        ];
        let named = SECTIONS.into_iter().zip(found);
        let origins =
            named.filter_map(|(name, found)| Some((name, found.as_ref()?.origin.clone())));
        let origins = origins.collect();
        let case = Case {
            provider: self.provider.to_owned(),
            operation: self.operation.name.clone(),
            name: self.name.to_owned(),
            call: self.json(call),
            request: self.http(request, |text| text.request_line().map(drop)),
            response: self.http(response, |text| text.status().map(drop)),
            callback: self.http(callback, |text| text.request_line().map(drop)),
            page: page.map(|found| found.contents),
            link: self.link(link),
            outcome: self.json(outcome),
            about: match about {
                Ok(about) => about,
                Err(()) => return loaded.problems.extend(self.problems),
            },
            origins,
            file,
        };
        let called = case.call.is_some() || case.request.is_some() || case.response.is_some();
        let path = &case.file;
        if case.callback.is_some() && called {
            let message = "a `callback` is instead of `call`, `request` and `response`";
            self.problems.push(Problem::new(path, None, message));
        }
        let anything = called || case.callback.is_some() || case.page.is_some();
        if !anything && case.link.is_none() && self.problems.is_empty() {
            let message = "nothing to read: no `call`, `response`, `callback`, `page` or `link`";
            self.problems.push(Problem::new(path, None, message));
        }
        if self.problems.is_empty() {
            loaded.cases.push(case);
        }
        loaded.problems.extend(self.problems);
    }

    /// Returns the section of the first file that has it.
    fn find(&self, name: &str, in_base: bool) -> Option<Found> {
        let of = |file: &File, is_family| {
            let contents = file.text.section(name)?.to_vec();
            Some(Found {
                contents,
                origin: Origin {
                    path: file.path.clone(),
                    is_family,
                },
                line: file.text.line(name)?,
            })
        };
        let own = self.own.and_then(|file| of(file, false));
        let own = own.or_else(|| of(self.like?, false));
        let of_family = || {
            let mut found = of(self.family?, true)?;
            found.contents = replaced(&found.contents, OPERATION, &self.operation.name);
            Some(found)
        };
        let base = self.operation.base.as_ref().filter(|_| in_base);
        own.or_else(of_family).or_else(|| of(base?, false))
    }

    fn json(&mut self, found: Option<Found>) -> Option<Node> {
        let found = found?;
        let text = self.text(&found)?;
        Node::read(&text)
            .map_err(|malformed| {
                let line = malformed
                    .line
                    .map_or(found.line, |line| found.line + line - 1);
                self.problem(&found, line, malformed.message);
            })
            .ok()
    }

    fn http(
        &mut self,
        found: Option<Found>,
        check: impl FnOnce(&HttpText) -> Result<(), String>,
    ) -> Option<HttpText> {
        let found = found?;
        // The line feed behind a body is not a part of it.
        let bytes = [found.contents.as_slice(), b"\n"].concat();
        let text = HttpText::parse(&bytes).and_then(|text| check(&text).map(|()| text));
        text.map_err(|message| self.problem(&found, found.line, message))
            .ok()
    }

    fn link(&mut self, found: Option<Found>) -> Option<String> {
        let found = found?;
        let text = self.text(&found)?;
        if text.is_empty() || text.contains('\n') {
            self.problem(&found, found.line, "is one line: the link");
            return None;
        }
        Some(text)
    }

    fn text(&mut self, found: &Found) -> Option<String> {
        let text = String::from_utf8(found.contents.clone());
        text.map_err(|_| self.problem(found, found.line, "not UTF-8"))
            .ok()
    }

    fn problem(&mut self, found: &Found, line: usize, message: impl Into<String>) {
        let problem = Problem::new(&found.origin.path, Some(line), message);
        self.problems.push(problem);
    }
}

/// Returns the contents with each `from` replaced.
pub(in crate::case) fn replaced(contents: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(contents.len());
    let mut rest = contents;
    while let Some(at) = rest
        .windows(from.len())
        .position(|window| window == from.as_bytes())
    {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(to.as_bytes());
        rest = &rest[at + from.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}
