//! The part of an order's page that is about HASO.

use haso_bnpl::callbacks::OrderState;
use maud::{Markup, html};

use super::next_number;
use super::refund::refund_form;
use crate::desk;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::store::Installments;

/// Shows the installment orders of an order, and the form for one.
pub(crate) fn section(words: Words, whole: &Whole) -> Markup {
    let say = |english: &str, turkish: &str| words.say(english, turkish).to_owned();
    let is_paid = whole.is_paid();
    let is_at_haso = whole.installments.iter().any(Installments::is_at_haso);
    let is_completed = whole.installments.iter().any(Installments::is_completed);
    let is_settled = is_completed || whole.has_card();
    if is_settled && whole.installments.is_empty() {
        return html! {};
    }
    let (name, surname) = whole
        .order
        .buyer
        .rsplit_once(' ')
        .unwrap_or((&whole.order.buyer, ""));
    html! {
        section {
            h2 { (say("Installments by HASO", "HASO ile taksit")) }
            ul #installments {
                @for one in &whole.installments {
                    li id={ "installments-" (one.number) } {
                        (one.number) ": "
                        @match (&one.paid, &one.state) {
                            (Some(_), _) if one.is_refunded() => span.good data-haso="refunded" {
                                (say("given back", "iade edildi"))
                            },
                            (Some(paid), _) => span.good data-haso="paid" {
                                @let count = paid.plan().installments.len();
                                (say(
                                    &format!("paid in {count} installments"),
                                    &format!("{count} taksitle ödendi"),
                                ))
                            },
                            (None, OrderState::Open) if one.has_failed => {
                                (say("given up", "vazgeçildi"))
                            },
                            (None, OrderState::Open) if !one.is_led => {
                                (say("it did not begin", "başlamadı"))
                            },
                            (None, OrderState::Open) if is_paid => (say(
                                "left, because the order is paid by another payment; HASO's page is not activated if it is completed",
                                "bırakıldı: sipariş başka bir ödemeyle ödendi; HASO sayfası tamamlanırsa etkinleştirilmez",
                            )),
                            (None, OrderState::Open) => (say("on HASO's page", "HASO sayfasında")),
                            (None, OrderState::Doubtful(_)) => {
                                (say("completed by a message that HASO does not confirm", "tamamlandı bildirimini HASO teyit etmiyor"))
                            },
                            (None, _) => (say("completed, not confirmed yet", "tamamlandı, onay bekliyor")),
                        }
                        @if let OrderState::Activated(active) = &one.state {
                            @for other in active.doubtful() {
                                span.bad {
                                    " (" (say("perhaps active too: ", "bu da etkin olabilir: ")) (other) ")"
                                }
                            }
                        }
                        @let activation = one.write.as_deref().and_then(|own| whole.write(own));
                        @if let Some(write) = activation.filter(|_| one.paid.is_none()) {
                            " (" (desk::state(words, write)) ")"
                        }
                        @if let Some(note) = &one.note { ": " (note.show(words)) }
                        @if one.paid.is_some() { (refund_form(words, whole, one)) }
                    }
                }
            }
            @if is_at_haso && !is_paid {
                form #leave-haso method="post" action=(whole.action(words, "leave-haso")) {
                    p {
                        (say(
                            "A card can pay when nobody will complete HASO's page any more.",
                            "HASO sayfası artık tamamlanmayacaksa kartla ödenebilir.",
                        ))
                    }
                    button #leave-haso-button { (say("Give up the installments", "Taksitten vazgeç")) }
                }
            }
            @if !is_settled {
                form #haso method="post" action=(whole.action(words, "haso")) {
                    input type="hidden" name="key" value=(next_number(whole));
                    div.fields {
                        (field(words, "haso-name", "name", name))
                        (field(words, "haso-surname", "surname", surname))
                        (field(words, "haso-mobile", "mobile", "5536616020"))
                        (field(words, "haso-email", "email", "nilufer@example.com"))
                        (field(words, "haso-identity", "identity", "10000000146"))
                    }
                    button #haso-button { (say("Pay in installments", "Taksitle öde")) }
                }
            }
        }
    }
}
