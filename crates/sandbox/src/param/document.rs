//! The document that a shop shows to send its customer to a page.

use maud::{DOCTYPE, html};

/// Returns a document that submits its only form by itself, or by the button without scripts.
pub(crate) fn submitting(address: &str, fields: &[(&str, &str)]) -> String {
    let document = html! {
        (DOCTYPE)
        html lang="tr" {
            head { meta charset="utf-8"; title { "3D Secure" } }
            body onload="document.forms[0].submit()" {
                form method="post" action=(address) {
                    @for (name, value) in fields {
                        input type="hidden" name=(name) value=(value);
                    }
                    button type="submit" { "Devam / Continue" }
                }
            }
        }
    };
    document.into_string()
}
