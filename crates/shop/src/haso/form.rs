//! The form that leads a customer's browser to HASO.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use haso_bnpl::{Item, PageTexts, ResultUrls, Shopper, StartError, StartOrder};
use kervan_axum::haso::FormPage;
use kervan_core::Language;

use super::next_number;
use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::payments::{form_is_old, order_is_paid};
use crate::shop::Shop;
use crate::store::{Installments, watches};

fn card_is_open() -> Failure {
    Failure::not_now(
        "A card payment is open: ask the bank before you pay in installments.",
        "Açık bir kart ödemesi var: taksitle ödemeden önce bankaya sorun.",
    )
}

/// Shows the form that leads the browser to HASO. It is stored before anybody can pay under its number.
pub(crate) async fn begin(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let number = fields.required("key")?;
    let shopper = Shopper::new()
        .name(fields.required("name")?)
        .surname(fields.required("surname")?)
        .mobile(fields.required("mobile")?)
        .email(fields.required("email")?)
        .identity_number(fields.required("identity")?);
    let (whole, own) = shop.store.write(|store| {
        let Some(whole) = Whole::read(store, id)? else {
            return Ok(Err(Failure::NotFound));
        };
        if whole.is_paid() {
            return Ok(Err(order_is_paid()));
        }
        if whole.has_card() {
            return Ok(Err(card_is_open()));
        }
        if whole.installments.iter().any(Installments::is_completed) {
            return Ok(Err(Failure::not_now(
                "The order is completed at HASO.",
                "Sipariş HASO'da tamamlandı.",
            )));
        }
        let is_known = whole.installments.iter().any(|one| one.number == number);
        if !is_known && number != next_number(&whole) {
            return Ok(Err(form_is_old()));
        }
        Installments::insert(store, number, id, whole.order.total)?;
        let own = Installments::find(store, number)?;
        Ok(own.map(|own| (whole, own)).ok_or(Failure::NotFound))
    })??;
    let url = |name| format!("{}/haso/{}/{name}", shop.origin, own.secret);
    let urls = ResultUrls::new(url("callback"))
        .ok(url("ok"))
        .fail(url("fail"));
    let mut order = StartOrder::new(number, own.amount, urls, shopper);
    for (at, line) in whole.lines.iter().enumerate() {
        let item = Item::new(format!("P-{}", at + 1), 1, line.price);
        order = order.item(item.name(line.name.as_str()));
    }
    // Nothing is ordered by a token, so that a page need not wait for a late one.
    let form = match shop.in_time(shop.clients.haso.order_form(&order)).await {
        Some(Ok(form)) => form,
        Some(Err(StartError::Token(error))) => {
            let error = StartError::Token(error);
            return Err(Failure::Haso(Note::from(&error)));
        }
        Some(Err(error)) => return Err(Failure::Wrong(Note::from(&error))),
        None => {
            let late = "no answer came in time";
            return Err(Failure::Haso(Note::new(late, "zamanında yanıt gelmedi")));
        }
    };
    shop.store.write(|store| {
        // A card may have begun while the token was on its way.
        if Whole::read(store, id)?.is_some_and(|whole| whole.has_card()) {
            return Ok(Err(card_is_open()));
        }
        shop.wait_for_haso(store, number)?;
        Installments::led(store, number).map(Ok)
    })??;
    let texts = match words.language {
        Language::Turkish => PageTexts::turkish(),
        _ => PageTexts::english(),
    };
    Ok(FormPage(form.page(&texts)).into_response())
}

/// Stores that the customer has left HASO's page without a word of it, so that a card may pay.
pub(crate) async fn leave(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    shop.store.write(|store| {
        let all = Installments::of_order(store, id)?;
        let mut left = all.iter().filter(|one| one.is_at_haso());
        left.try_for_each(|one| {
            watches::over(store, &shop.callback_watch(&one.number), "given_up")?;
            Installments::failed(store, &one.number)
        })
    })?;
    Ok(words.go(&format!("/orders/{id}")))
}
