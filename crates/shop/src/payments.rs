//! A payment with 3-D: its start, the browser's return, and the service's own word.

mod question;
mod returns;
mod section;

pub(crate) use self::returns::{back, judge};
pub(crate) use self::section::{section, state};

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Form;
use axum::extract::{ConnectInfo, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kervan_core::Outcome;
use kervan_ledger::StoreError;
use param_marketplace::payments::callback::ExpectedPayment;
use param_marketplace::payments::{
    Card, PaidOrder, Payment, PosPayment, ReturnUrls, Sale, Security,
};

use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::server::App;
use crate::shop::{Shop, Trouble};
use crate::store::{Order, PaymentRow, PaymentState, Stored, Transaction, watches};
use crate::watching::PAYMENT;

/// Returns the name of the task that begins a payment.
fn task(key: &str) -> String {
    format!("start {key}")
}

/// Returns the key of the next payment of an order. All keys of a shop have one length, for the signature.
fn next_key(order: &Order, begun: usize) -> String {
    format!("{}-{:02}", order.number, begun + 1)
}

pub(crate) fn order_is_paid() -> Failure {
    Failure::not_now("The order is paid.", "Sipariş zaten ödendi.")
}

pub(crate) fn form_is_old() -> Failure {
    Failure::not_now(
        "This form is an old one: the order has changed in the meantime.",
        "Bu form eski: sipariş bu arada değişti.",
    )
}

/// Begins a payment. A second click sends the same key, and is led to the same page.
pub(crate) async fn pay(
    State(app): State<App>,
    words: Words,
    Path(id): Path<i64>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let key = fields.required("key")?.to_owned();
    let shop = &app.shop;
    let now = shop.now();
    {
        let _one = shop.begin().await;
        let begun = shop.store.write(|store| {
            let Some(whole) = Whole::read(store, id)? else {
                return Ok(Err(Failure::NotFound));
            };
            if whole.payments.iter().any(|payment| payment.key == key) {
                return Ok(Ok(None));
            }
            let mut payments = whole.payments.iter();
            if whole.is_paid() || payments.any(|one| one.state == PaymentState::Verified) {
                return Ok(Err(order_is_paid()));
            }
            let mut payments = whole.payments.iter();
            if payments.any(|one| one.state == PaymentState::Starting) {
                return Ok(Err(Failure::not_now(
                    "A payment of this order is beginning.",
                    "Bu siparişin bir ödemesi başlıyor.",
                )));
            }
            if whole.has_haso() {
                return Ok(Err(Failure::not_now(
                    "The order is at HASO: give up its installments before a card pays.",
                    "Sipariş HASO'da: kartla ödemeden önce taksitten vazgeçin.",
                )));
            }
            if key != next_key(&whole.order, whole.payments.len()) {
                return Ok(Err(form_is_old()));
            }
            PaymentRow::insert(store, &key, id, (shop.store.program(), now))?;
            let row = PaymentRow::find(store, &key)?;
            Ok(Ok(row.map(|row| (whole.order, row))))
        })??;
        if let Some((order, row)) = begun {
            // The card is in this task only, and never stored.
            let card = Card::new(fields.get("number"))
                .holder(fields.get("holder"))
                .month(fields.get("month"))
                .year(fields.get("year"))
                .code(fields.get("code"));
            let start = start(app.clone(), order, row, card, peer.ip());
            shop.spawn(&task(&key), start);
        }
    }
    shop.wait(&task(&key)).await?;
    let row = shop.store.read(|store| PaymentRow::find(store, &key))?;
    let url = row
        .filter(|row| row.state == PaymentState::Waiting)
        .and_then(|row| row.url);
    Ok(match url {
        Some(url) => Redirect::to(&url).into_response(),
        None => words.go(&format!("/orders/{id}")),
    })
}

async fn start(
    App { shop, posts }: App,
    order: Order,
    row: PaymentRow,
    card: Card,
    customer: IpAddr,
) -> Result<(), Trouble> {
    let key = row.key;
    let before = |error: StoreError| Trouble::Before(Note::from(&error));
    let after = |error: StoreError| Trouble::After(Note::from(&error));
    let back = ReturnUrls::both(format!("{}/payment/{}", shop.origin, row.secret));
    let number = order.number.as_str();
    let sale = Sale::new(
        number.into(),
        key.as_str().into(),
        order.total,
        back,
        customer,
    );
    let sale = sale.phone(order.phone.as_str()).described(number);
    let payment = PosPayment::new(sale, card, Security::ThreeD);
    let param = &shop.clients.param;
    let end = |state, note: Note| {
        let now = shop.now();
        shop.store
            .write(|store| PaymentRow::ended(store, &key, state, &note, now))
            .map_err(after)
    };
    let attempt = match param.prepare(&payment).await {
        Ok(attempt) => attempt,
        Err(error) => return end(PaymentState::NotStarted, Note::from(&error)),
    };
    shop.store
        .write(|store| PaymentRow::sending(store, &key, &attempt))
        .map_err(before)?;
    match param.send(&payment, &attempt).await {
        Ok(answer) => {
            let stored = shop.store.write(|store| match &answer.value {
                Payment::Started(visit) => {
                    let expected = ExpectedPayment::of(&payment.sale, visit);
                    watches::begin(store, &shop.payment_watch(&key))?;
                    PaymentRow::started(store, &key, (&expected, visit.url.as_str()))
                }
                // 3-D was asked for. The service tells what it did.
                Payment::Charged(_) => shop.unseen(store, &key),
            });
            stored.map_err(after)?;
            // The browser may have been faster than the answer.
            posts.returns.replay_of(&key).await.map_err(after)?;
            Ok(())
        }
        Err(failed) if failed.outcome() == Outcome::NotDone => {
            end(PaymentState::NotStarted, Note::from(&failed))
        }
        Err(failed) => {
            let early = posts.returns.replay_of(&key).await.map_err(after)?;
            if early.later > 0 {
                // A return says that somebody has seen its page.
                let stored = shop.store.write(|store| shop.unseen(store, &key));
                stored.map_err(after)
            } else {
                // Nobody has seen its page, so another one may begin at once.
                end(PaymentState::Abandoned, Note::from(&failed))
            }
        }
    }
}

impl Shop {
    /// Stores that only the service knows how a payment goes on.
    fn unseen(&self, store: &Transaction<'_>, key: &str) -> Stored<()> {
        self.ask_soon(store, &PAYMENT, &self.payment_watch(key))?;
        PaymentRow::unseen(store, key)
    }
}

/// Asks the service about every payment of an order whose end is not known.
pub(crate) async fn check(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let payments = shop.store.read(|store| PaymentRow::of_order(store, id))?;
    for payment in payments.iter().filter(|one| one.state.is_asked_for()) {
        shop.answer(&PAYMENT, &shop.payment_watch(&payment.key))
            .await?;
    }
    Ok(words.go(&format!("/orders/{id}")))
}

/// Returns the payment that counts: the first that is paid, and when.
pub(crate) fn paid(whole: &Whole) -> Option<(&PaidOrder, i64)> {
    let mut payments = whole.payments.iter();
    payments.find_map(|payment| Some((payment.paid.as_ref()?, payment.ended_at?)))
}
