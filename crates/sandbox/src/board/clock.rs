//! The clock of a world, and the ways to move it.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{Board, Fields};
use crate::Moment;
use crate::page::facts;
use crate::world::World;

/// The steps forward, in milliseconds, with their Turkish and English words.
const STEPS: [(i64, [&str; 2]); 5] = [
    (60_000, ["1 dakika ileri", "1 minute forward"]),
    (600_000, ["10 dakika ileri", "10 minutes forward"]),
    (3_600_000, ["1 saat ileri", "1 hour forward"]),
    (86_400_000, ["1 gün ileri", "1 day forward"]),
    (604_800_000, ["1 hafta ileri", "1 week forward"]),
];

pub(super) fn show(board: &Board<'_>, world: &World, machine: Moment) -> (String, Markup) {
    let now = world.clock().now(machine);
    let mode = if world.clock().is_real() {
        board.pick("bilgisayarınki", "that of the machine")
    } else {
        board.pick("elle", "moved by hand")
    };
    let lines = [
        (board.pick("Şimdi", "Now"), now.iso()),
        (board.pick("Saat", "Clock"), mode.to_owned()),
        (
            board.pick("Sıradaki olay", "Next event"),
            world.next_due().map_or_else(String::new, Moment::iso),
        ),
    ];
    let title = format!("{} · {}", board.pick("Saat", "Clock"), board.world);
    let content = html! {
        (board.live(world, &facts(lines)))
        form.row method="post" action=(board.href("clock")) {
            @for (millis, words) in STEPS {
                button type="submit" name="advance_ms" value=(millis) { (board.pick(words[0], words[1])) }
            }
            button type="submit" name="to" value="istanbul_midnight" {
                (board.pick("Gece yarısına (İstanbul)", "To midnight in Istanbul"))
            }
        }
        h2 { (board.pick("Elle ilerleyen saat", "A clock moved by hand")) }
        form.row method="post" action=(board.href("clock")) {
            label {
                span { (board.pick("Saat", "Time")) }
                input name="manual" value=(now.iso()) size="30";
            }
            button type="submit" { (board.pick("Durdur", "Stop it here")) }
        }
        @if !world.clock().is_real() {
            form method="post" action=(board.href("clock")) {
                button type="submit" name="real" value="1" { (board.pick("Bilgisayarın saatine dön", "Take the machine's clock")) }
            }
        }
    };
    (title, content)
}

/// Returns what a form asks of the control API.
pub(super) fn change(fields: &Fields) -> (String, Value) {
    let body = if let Some(millis) = fields.number("advance_ms") {
        json!({ "advance_ms": millis })
    } else if fields.filled("real").is_some() {
        json!({ "real": true })
    } else {
        Value::Object(fields.object(&["to", "manual"]))
    };
    ("clock".to_owned(), body)
}
