//! The dashboard: what happens in a world, for people. Every page works without a script; with it, the
//! part that changes is renewed when something happens.
//!
//! What a page changes goes through the control API, so that both say the same of a mistake.

mod callbacks;
mod calls;
mod clock;
mod faults;
mod save;
mod state;
mod worlds;

use maud::{Markup, html};
use serde_json::Value;

pub(crate) use worlds::list as list_worlds;

use crate::control::{self, Problem, Reply};
use crate::page::{Lang, Page, Reach};
use crate::values::form;
use crate::world::World;
use crate::{Answer, Moment, Request};

/// The part of an address before the worlds.
pub(crate) const PREFIX: &str = "/_sandbox/board";

/// Renews the part that changes, and shows the buttons that copy.
const SCRIPT: &str = include_str!("board/live.js");

/// The pages of a world, as the last part of their addresses, with their Turkish and English names.
const PAGES: [(&str, [&str; 2]); 5] = [
    ("calls", ["Çağrılar", "Calls"]),
    ("callbacks", ["Bildirimler", "Callbacks"]),
    ("faults", ["Arızalar", "Faults"]),
    ("clock", ["Saat", "Clock"]),
    ("state", ["Durum", "State"]),
];

/// Answers one request to the pages of a world. `rest` is the address behind the world's name.
pub(crate) fn answer(
    world: &mut World,
    name: &str,
    rest: &[&str],
    request: &Request,
    machine: Moment,
) -> Answer {
    let board = Board {
        lang: Lang::of(request),
        world: name,
        rest,
    };
    match request.method.as_str() {
        "GET" | "HEAD" => board.show(world, request, machine, None),
        "POST" => board.act(world, request, machine),
        _ => board.problem(&Problem::unknown(request)),
    }
}

/// What all pages of one world know.
struct Board<'a> {
    lang: Lang,
    world: &'a str,
    rest: &'a [&'a str],
}

/// The content of a page: its title, and what is on it.
type Shown = Result<(String, Markup), Problem>;

impl Board<'_> {
    /// Returns one of two texts.
    fn pick<'t>(&self, turkish: &'t str, english: &'t str) -> &'t str {
        self.lang.pick(turkish, english)
    }

    /// Returns the address of a page of this world.
    fn href(&self, rest: &str) -> String {
        let (world, lang) = (self.world, self.lang.code());
        let sign = if rest.contains('?') { '&' } else { '?' };
        format!("{PREFIX}/{world}/{rest}{sign}lang={lang}")
    }

    fn show(
        &self,
        world: &World,
        request: &Request,
        machine: Moment,
        said: Option<&Problem>,
    ) -> Answer {
        let shown = match self.rest {
            [] | ["calls"] => calls::list(self, world, request),
            ["calls", number] => match number.strip_suffix(".case") {
                Some(number) => {
                    return save::download(world, number, machine)
                        .unwrap_or_else(|why| self.problem(&why));
                }
                None => calls::one(self, world, number),
            },
            ["callbacks"] => Ok(callbacks::list(self, world)),
            ["callbacks", number] => callbacks::one(self, world, number),
            ["faults"] => Ok(faults::show(self, world)),
            ["clock"] => Ok(clock::show(self, world, machine)),
            ["state"] => Ok(state::show(self, world)),
            _ => Err(Problem::unknown(request)),
        };
        match shown {
            Ok((title, content)) => self.page(&title, said, &content),
            Err(why) => self.problem(&why),
        }
    }

    /// Does what a form asks through the control API, and leads back to the page.
    fn act(&self, world: &mut World, request: &Request, machine: Moment) -> Answer {
        let fields = Fields::of(request);
        let asked = match self.rest {
            ["callbacks", number, "send"] => callbacks::send(world, number, &fields),
            ["callbacks", "rules"] => Ok(callbacks::rule(&fields)),
            ["faults"] => faults::plan(&fields),
            ["faults", "forget"] => Ok(("faults".to_owned(), Value::Null)),
            ["clock"] => Ok(clock::change(&fields)),
            ["state"] => state::step(&fields),
            _ => Err(Problem::unknown(request)),
        };
        let back = self.rest.first().copied().unwrap_or_default();
        let done: Reply = asked.and_then(|(to, body)| {
            let to: Vec<&str> = to.split('/').collect();
            let method = if body.is_null() { "DELETE" } else { "POST" };
            let json = [("Content-Type", "application/json")];
            let request = Request::new(method, "", &json, body.to_string());
            control::answer(world, self.world, &to, &request, machine)
        });
        match done {
            Ok(_) => see_other(&self.href(back)),
            Err(why) => {
                let board = Board {
                    rest: &[back],
                    ..*self
                };
                let get = Request::new("GET", "", &[], "");
                let mut answer = board.show(world, &get, machine, Some(&why));
                answer.status = why.status;
                answer
            }
        }
    }

    fn page(&self, title: &str, said: Option<&Problem>, content: &Markup) -> Answer {
        let here = self.href(&self.rest.join("/"));
        let current = self.rest.first().copied().unwrap_or("calls");
        let content = html! {
            nav aria-label=(self.pick("Sayfalar", "Pages")) {
                ul {
                    li { a href=(format!("{PREFIX}?lang={}", self.lang.code())) { (self.pick("Dünyalar", "Worlds")) } }
                    @for (page, words) in PAGES {
                        li {
                            a href=(self.href(page)) aria-current=[(page == current).then_some("page")] {
                                (self.pick(words[0], words[1]))
                            }
                        }
                    }
                }
            }
            @if let Some(said) = said {
                p.said.bad role="alert" { (said.text) }
            }
            (content)
        };
        board_page(self.lang, title, &here).answer(200, &content)
    }

    /// Marks the part of a page that is renewed when something happens.
    fn live(&self, world: &World, content: &Markup) -> Markup {
        html! { div #live data-world=(self.world) data-change=(world.changes()) { (content) } }
    }

    fn problem(&self, why: &Problem) -> Answer {
        problem(self.lang, why)
    }
}

/// Returns a page that says what is wrong.
pub(crate) fn problem(lang: Lang, why: &Problem) -> Answer {
    let title = lang.pick("Olmadı", "This did not work");
    let content = html! {
        p.said.bad role="alert" { (why.text) }
        p { a href=(format!("{PREFIX}?lang={}", lang.code())) { (lang.pick("Dünyalar", "Worlds")) } }
    };
    Page::new(lang, title, PREFIX, Reach::Own).answer(why.status, &content)
}

/// Leads a browser to another page, which it asks for with GET.
pub(crate) fn see_other(to: &str) -> Answer {
    let mut answer = Answer::new(303, "text/plain; charset=utf-8", "");
    answer.headers.push(("Location".to_owned(), to.to_owned()));
    answer
}

/// Returns a page of the dashboard.
fn board_page<'a>(lang: Lang, title: &'a str, here: &'a str) -> Page<'a> {
    Page {
        class: "board",
        script: Some(SCRIPT),
        ..Page::new(lang, title, here, Reach::Own)
    }
}

/// Returns a table of numbered lines, as wide as its columns need.
fn numbered(heads: &[&str], rows: impl Iterator<Item = Markup>) -> Markup {
    html! {
        div.wide.many {
            table {
                thead {
                    tr {
                        th.number scope="col" { "#" }
                        @for head in heads { th scope="col" { (head) } }
                    }
                }
                tbody { @for row in rows { (row) } }
            }
        }
    }
}

/// The fields of a form that was sent.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the form of a request.
    pub(crate) fn of(request: &Request) -> Self {
        let fields = str::from_utf8(&request.body).ok().and_then(form::pairs);
        Fields(fields.unwrap_or_default())
    }

    /// Returns a field that somebody has filled in.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(listed, _)| listed == name);
        let text = found.map(|(_, value)| value.trim());
        text.filter(|text| !text.is_empty())
    }

    /// Returns a field as it was sent.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(listed, _)| listed == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns a number, or the text as it is, about which the control API then says what is wrong.
    fn number(&self, name: &str) -> Option<Value> {
        let text = self.filled(name)?;
        let number = text.parse::<i64>().map(Value::from);
        Some(number.unwrap_or_else(|_| Value::from(text)))
    }

    /// Returns the members of a JSON object for those of the names that are filled in.
    fn object(&self, names: &[&str]) -> serde_json::Map<String, Value> {
        let filled = names.iter().filter_map(|name| {
            let value = self.filled(name)?;
            Some(((*name).to_owned(), Value::from(value)))
        });
        filled.collect()
    }
}

#[cfg(test)]
mod tests;
