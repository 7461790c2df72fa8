//! The worlds of a server, with a form for one more.

use maud::html;

use super::{PREFIX, board_page};
use crate::Answer;
use crate::control::Problem;
use crate::page::{Lang, facts};

/// Lists the worlds by their names, each with the number of its calls and the time of its clock.
pub(crate) fn list(
    lang: Lang,
    addresses: &[(&'static str, String)],
    worlds: &[(String, usize, String)],
    said: Option<&Problem>,
) -> Answer {
    let title = lang.pick("Dünyalar", "Worlds");
    let href = |rest: &str| format!("{PREFIX}{rest}?lang={}", lang.code());
    let content = html! {
        @if let Some(said) = said {
            p.said.bad role="alert" { (said.text) }
        }
        p { (lang.pick(
            "Dünya, ötekilerden ayrı bir deneme alanıdır: kendi durumu, saati, arızaları ve bildirimleri vardır.",
            "A world is apart from the others: it has its own state, clock, faults and callbacks.",
        )) }
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { (lang.pick("Ad", "Name")) }
                        th.number scope="col" { (lang.pick("Kayıt", "Records")) }
                        th scope="col" { (lang.pick("Saat", "Clock")) }
                        th scope="col" { }
                    }
                }
                tbody {
                    @for (name, calls, clock) in worlds {
                        tr {
                            td { a href=(href(&format!("/{name}/calls"))) { (name) } }
                            td.number { (calls) }
                            td.time { (clock) }
                            td {
                                @if name != "default" {
                                    form method="post" action=(href(&format!("/{name}/close"))) {
                                        button type="submit" { (lang.pick("Kapat", "Close")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        form.row method="post" action=(href("")) {
            label {
                span { (lang.pick("Ad (isteğe bağlı)", "Name (optional)")) }
                input name="name" maxlength="64" pattern="[A-Za-z0-9_\\-]+" autocomplete="off" spellcheck="false";
            }
            button type="submit" { (lang.pick("Yeni dünya", "Open a world")) }
        }
        h2 { (lang.pick("Varsayılan dünyanın adresleri", "Addresses of the default world")) }
        (facts(addresses.iter().map(|(name, address)| (*name, address.clone()))))
    };
    let status = said.map_or(200, |said| said.status);
    board_page(lang, title, PREFIX).answer(status, &content)
}
