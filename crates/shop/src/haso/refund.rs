//! Refunds at HASO.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use haso_bnpl::callbacks::OrderState;
use haso_bnpl::{Accepted, Extent, Refund, Settings};
use kervan_ledger::{Account, Entry};
use kervan_settling::Settler;
use kervan_turkiye::Money;
use maud::{Markup, html};

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::payments::form_is_old;
use crate::shop::Shop;
use crate::store::{Change, Installments, Write};
use crate::writes::{self, Work};

impl Work for Refund {
    const KIND: &'static str = "haso_refund";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.haso
    }

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.haso
    }

    fn end(&self, _: &Arc<Shop>, entry: &Entry, _: Option<&Accepted>) -> Option<Change> {
        let (number, part) = (self.order.as_str().to_owned(), self.extent.amount());
        let change: Change = Box::new(move |store| Installments::refunded(store, &number, part));
        entry.state.is_done().then_some(change)
    }
}

/// Returns the purpose of an order's refunds at HASO, each of which has a number of its own behind it.
fn purpose(number: &str) -> String {
    format!("haso-refund:{number}:")
}

/// Returns the refunds of an order at HASO that are done, or may be.
fn refunds<'w>(whole: &'w Whole, number: &str) -> Vec<&'w Write> {
    whole.writes_of(&purpose(number))
}

/// Returns the amount of a stored refund.
fn amount(write: &Write) -> Result<Money, Note> {
    writes::read(write).map(|refund: Refund| refund.extent.amount())
}

/// Gives a paid order back at HASO, or a part of it. The form has the refund's number, so that a second
/// click is the same one.
pub(crate) async fn refund(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (number, nth) = (fields.required("key")?, fields.number::<usize>("refund")?);
    let part = fields.money("amount")?;
    shop.write_of_order(id, |store, whole| {
        let mut all = whole.installments.iter();
        let own = all.find(|one| one.number == number && one.paid.is_some());
        let Some((own, OrderState::Activated(active))) = own.map(|own| (own, &own.state)) else {
            return Ok(Err(Failure::not_now(
                "This order is not paid at HASO.",
                "Bu sipariş HASO'da ödenmedi.",
            )));
        };
        let earlier = refunds(whole, number);
        let key = format!("{}{nth}", purpose(number));
        let known = whole.write(&key).filter(|known| !known.is_not_done());
        if let Some(known) = known {
            let is_same = amount(known) == Ok(part);
            return Ok(if is_same {
                Ok(known.key.clone())
            } else {
                Err(form_is_old())
            });
        }
        if nth != earlier.len() + 1 || earlier.iter().any(|write| !write.is_done()) {
            return Ok(Err(form_is_old()));
        }
        let back = earlier
            .iter()
            .map(|write| amount(write))
            .collect::<Result<Vec<_>, _>>();
        let back = match back {
            Ok(back) => Money::checked_sum(back).unwrap_or(own.amount),
            Err(why) => return Ok(Err(Failure::NotNow(why))),
        };
        if back.checked_add(part).is_none_or(|sum| sum > own.amount) {
            return Ok(Err(Failure::wrong(
                "This is more than what is left of the order.",
                "Bu tutar siparişin kalanından fazla.",
            )));
        }
        let extent = if part == own.amount {
            Extent::Whole(part)
        } else {
            Extent::Part(part)
        };
        // A refund that HASO has refused was not made, so that a corrected one has its number too.
        let refund = format!("{number}-R{nth}");
        let write = Refund::new(
            refund.as_str().into(),
            active.transaction().clone(),
            number.into(),
            extent,
        );
        let object = format!("haso:{number}");
        shop.plan(store, (&key, &object), Some(id), &write)
    })
    .await?;
    Ok(words.go(&format!("/orders/{id}")))
}

/// Shows the refunds of an order that HASO has paid, and the form for the next one.
pub(super) fn refund_form(words: Words, whole: &Whole, own: &Installments) -> Markup {
    let earlier = refunds(whole, &own.number);
    let left = own.amount.checked_sub(own.refunded).unwrap_or_default();
    html! {
        ul id={ "haso-refunds-" (own.number) } {
            @for write in &earlier {
                li {
                    (words.say("Refund", "İade"))
                    @if let Ok(amount) = amount(write) { " " (amount.comma()) " TL" }
                    ": " (desk::state(words, write))
                }
            }
        }
        @if left.is_positive() && earlier.iter().all(|write| write.is_done()) {
            form id={ "haso-refund-" (own.number) } method="post" action=(whole.action(words, "haso-refund")) {
                input type="hidden" name="key" value=(own.number);
                input type="hidden" name="refund" value=(earlier.len() + 1);
                (field(words, &format!("haso-amount-{}", own.number), "amount", &left.comma()))
                button id={ "haso-refund-button-" (own.number) } { (words.say("Give back at HASO", "HASO'da iade et")) }
            }
        }
    }
}
