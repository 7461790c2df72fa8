//! The fault script: what is planned and was not met, and a form for one more.

use std::mem::discriminant;

use maud::{Markup, html};
use serde_json::Value;

use super::{Board, Fields, callbacks};
use crate::Fault;
use crate::control::Problem;
use crate::values::json;
use crate::world::{PROVIDERS, World};

/// The faults by their names in the control API, with their Turkish and English words.
pub(super) const FAULTS: [(Fault, &str, [&str; 2]); 15] = [
    (
        Fault::AnswerLost,
        "answer_lost",
        ["yapılır, yanıt kaybolur", "done, and the answer is lost"],
    ),
    (
        Fault::RequestLost,
        "request_lost",
        ["istek hiç ulaşmaz", "the request never arrives"],
    ),
    (
        Fault::Late(0),
        "late",
        [
            "istemci vazgeçtikten sonra yapılır",
            "done after the client has given up",
        ],
    ),
    (
        Fault::LateAnswer,
        "late_answer",
        [
            "yapılır, yanıt geç gelir",
            "done, and the answer comes late",
        ],
    ),
    (
        Fault::RefusedConnection,
        "refused_connection",
        ["bağlantı reddedilir", "the connection is refused"],
    ),
    (
        Fault::Maintenance,
        "maintenance",
        ["servis bakımda", "the service is maintained"],
    ),
    (
        Fault::DoneTwice,
        "done_twice",
        ["servis iki kez yapar", "the service does it twice"],
    ),
    (
        Fault::StaleRead,
        "stale_read",
        ["eski durum okunur", "the state before is read"],
    ),
    (
        Fault::Doubled,
        "doubled",
        ["yanıt iki kez gelir", "the answer comes twice"],
    ),
    (
        Fault::OfAnotherCall,
        "of_another_call",
        [
            "başka çağrının yanıtı gelir",
            "the answer of another call comes",
        ],
    ),
    (
        Fault::Page,
        "page",
        [
            "yapılır, yanıt yerine sayfa gelir",
            "done, and a page comes back",
        ],
    ),
    (
        Fault::Empty,
        "empty",
        [
            "yapılır, boş yanıt gelir",
            "done, and an empty answer comes",
        ],
    ),
    (
        Fault::Half,
        "half",
        [
            "yapılır, yanıtın yarısı gelir",
            "done, and half of the answer comes",
        ],
    ),
    (
        Fault::Unreadable,
        "unreadable",
        [
            "yapılır, yanıt okunamaz",
            "done, and the answer cannot be read",
        ],
    ),
    (
        Fault::ExpiredLogin,
        "expired_login",
        ["girişin süresi dolmuştur", "the login has expired"],
    ),
];

/// Returns a fault in words, and by its name in the control API.
pub(super) fn words(board: &Board<'_>, fault: Fault) -> String {
    let mut faults = FAULTS.iter();
    let found = faults.find(|(listed, ..)| discriminant(listed) == discriminant(&fault));
    let words = found.map_or(["", ""], |(.., words)| *words);
    format!(
        "{} ({})",
        board.pick(words[0], words[1]),
        json::name(&fault)
    )
}

pub(super) fn show(board: &Board<'_>, world: &World) -> (String, Markup) {
    let (plans, rules) = (world.unused_plans(), world.outbox().unused());
    let title = format!("{} · {}", board.pick("Arızalar", "Faults"), board.world);
    let planned = html! {
        @if plans.is_empty() && rules.is_empty() {
            p.soft { (board.pick("Bekleyen bir şey yok.", "Nothing waits for its call.")) }
        } @else {
            ul {
                @for (provider, plan) in &plans {
                    li {
                        (provider) ", "
                        @match &plan.operation {
                            Some(operation) => (operation),
                            None => (board.pick("herhangi bir işlem", "any operation")),
                        }
                        @if plan.nth > 1 {
                            ", " (board.pick(&format!("{}. çağrı", plan.nth), &format!("call {}", plan.nth)))
                        }
                        ": " (words(board, plan.fault))
                    }
                }
                @for rule in rules {
                    li {
                        (rule.provider.as_deref().unwrap_or_else(|| board.pick("herhangi biri", "any provider")))
                        ", " (rule.kind.as_deref().unwrap_or_else(|| board.pick("herhangi bir bildirim", "any callback")))
                        ": " (callbacks::words(board, &rule.how))
                    }
                }
            }
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
                select name="fault" {
                    @for (_, name, words) in FAULTS {
                        option value=(name) { (board.pick(words[0], words[1])) " (" (name) ")" }
                    }
                }
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
    let is_late =
        |(fault, listed, _): &(Fault, &str, _)| *listed == name && matches!(fault, Fault::Late(_));
    let has_time = FAULTS.iter().any(is_late);
    let fault = if has_time {
        let millis = fields.number("millis");
        let millis =
            millis.ok_or_else(|| Problem::new(400, format!("`{name}` needs milliseconds")))?;
        serde_json::json!({ name: millis })
    } else {
        Value::from(name)
    };
    body.insert("fault".to_owned(), fault);
    Ok(("faults".to_owned(), Value::Object(body)))
}
