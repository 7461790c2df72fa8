//! The states of everything in a world, and a form for a step of somebody outside.

use maud::{Markup, html};
use serde_json::Value;

use super::{Board, Fields};
use crate::Hosted as _;
use crate::control::Problem;
use crate::param::Param;
use crate::world::{PROVIDERS, World};

pub(super) fn show(board: &Board<'_>, world: &World) -> (String, Markup) {
    let title = format!("{} · {}", board.pick("Durum", "State"), board.world);
    let redaction = world.redaction();
    let states = html! {
        @for provider in PROVIDERS {
            @let states = world.state_names(provider);
            h2 { (provider) }
            @if states.is_empty() {
                p.soft { (board.pick("Boş.", "Nothing yet.")) }
            } @else {
                div.wide {
                    table {
                        tbody {
                            @for (key, state) in states {
                                tr {
                                    td { code { (redaction.text(&key)) } }
                                    td { (state.text(board.lang)) " " code.soft { (state.name()) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let content = html! {
        (board.live(world, &states))
        h2 { (board.pick("Adım", "A step")) }
        p.soft { (board.pick(
            "Müşteri, kurye ya da banka gibi davranın. Adımlar docs/sandbox.md içindedir.",
            "Act as a customer, a courier or a bank. docs/sandbox.md lists the steps.",
        )) }
        form method="post" action=(board.href("state")) {
            label {
                span { (board.pick("Sağlayıcı", "Provider")) }
                // That of the step below it.
                select name="provider" {
                    @for provider in PROVIDERS { option selected[provider == Param::NAME] { (provider) } }
                }
            }
            label {
                span { "JSON" }
                textarea name="step" rows="4" cols="60" spellcheck="false" {
                    "{\"step\": \"customer\", \"page\": \"SIP-1\", \"does\": \"approve\"}"
                }
            }
            button type="submit" { (board.pick("Yap", "Do it")) }
        }
        h2 { (board.pick("Dünya dosyası", "World file")) }
        p { a.button href=(format!("/_sandbox/worlds/{}/state", board.world)) download=(format!("{}.json", board.world)) {
            (board.pick("İndir", "Download"))
        } }
    };
    (title, content)
}

/// Returns what the form asks of the control API.
pub(super) fn step(fields: &Fields) -> Result<(String, Value), Problem> {
    let step = fields.filled("step").unwrap_or_default();
    let step = serde_json::from_str(step);
    let mut step: Value = step.map_err(|why| Problem::new(400, format!("the step: {why}")))?;
    let provider = fields.filled("provider").unwrap_or_default();
    if let Some(members) = step.as_object_mut() {
        members.insert("provider".to_owned(), Value::from(provider));
    }
    Ok(("steps".to_owned(), step))
}
