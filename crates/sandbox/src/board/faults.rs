//! The fault script: what is planned and was not met, and a form for one more.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{Board, Fields};
use crate::control::Problem;
use crate::world::{PROVIDERS, World};

/// The faults, each with the milliseconds that it needs or not.
pub(super) const FAULTS: [(&str, bool); 15] = [
    ("answer_lost", false),
    ("request_lost", false),
    ("late", true),
    ("late_answer", false),
    ("refused_connection", false),
    ("maintenance", false),
    ("done_twice", false),
    ("stale_read", false),
    ("doubled", false),
    ("of_another_call", false),
    ("page", false),
    ("empty", false),
    ("half", false),
    ("unreadable", false),
    ("expired_login", false),
];

pub(super) fn show(board: &Board<'_>, world: &World) -> (String, Markup) {
    let unused = world.unused();
    let title = format!("{} · {}", board.pick("Arızalar", "Faults"), board.world);
    let planned = html! {
        @if unused.is_empty() {
            p.soft { (board.pick("Bekleyen arıza yok.", "No fault waits for its call.")) }
        } @else {
            ul { @for one in unused { li { (one) } } }
            form method="post" action=(board.href("faults/forget")) {
                button type="submit" { (board.pick("Hepsini unut", "Forget them all")) }
            }
        }
    };
    let content = html! {
        (board.live(world, &planned))
        h2 { (board.pick("Arıza planla", "Plan a fault")) }
        form.row method="post" action=(board.href("faults")) {
            label {
                span { (board.pick("Sağlayıcı", "Provider")) }
                select name="provider" { @for provider in PROVIDERS { option { (provider) } } }
            }
            label {
                span { (board.pick("İşlem (boşsa hepsi)", "Operation (any when empty)")) }
                input name="operation" list="operations" autocomplete="off" spellcheck="false" size="34";
                datalist #operations {
                    @for provider in PROVIDERS {
                        @for operation in world.operations(provider) { option value=(operation) { (provider) } }
                    }
                }
            }
            label { span { (board.pick("Kaçıncı çağrı", "Which call")) } input name="nth" type="number" min="1" value="1"; }
            label {
                span { (board.pick("Arıza", "Fault")) }
                select name="fault" { @for (name, _) in FAULTS { option { (name) } } }
            }
            label { span { (board.pick("ms (yalnız late)", "ms (late only)")) } input name="millis" type="number" min="0"; }
            button.main type="submit" { (board.pick("Planla", "Plan")) }
        }
    };
    (title, content)
}

/// Returns what the form asks of the control API.
pub(super) fn plan(fields: &Fields) -> Result<(String, Value), Problem> {
    let mut body = fields.object(&["provider", "operation"]);
    body.extend(fields.number("nth").map(|nth| ("nth".to_owned(), nth)));
    let name = fields.filled("fault").unwrap_or_default();
    let has_time = FAULTS.contains(&(name, true));
    let fault = if has_time {
        let millis = fields.number("millis");
        let millis =
            millis.ok_or_else(|| Problem::new(400, format!("`{name}` needs milliseconds")))?;
        json!({ name: millis })
    } else {
        json!(name)
    };
    body.insert("fault".to_owned(), fault);
    Ok(("faults".to_owned(), Value::Object(body)))
}
