//! A payment with 3-D: its start, the browser's return, and the service's own word.

mod question;
mod section;

pub(crate) use self::section::{section, state};

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use kervan_core::{Delivery, Outcome};
use kervan_ledger::{Applied, Post, StoreError, Why};
use param_marketplace::payments::callback::{ExpectedPayment, PayCallback, PayResult};
use param_marketplace::payments::{
    Card, PaidOrder, Payment, PosPayment, ReturnUrls, Sale, Security,
};

use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, Order, PaymentRow, PaymentState, Stored, Verified, posts};

/// How long the shop leaves a customer alone on the bank's page, before it asks the service by itself.
const ON_THE_PAGE: Duration = Duration::from_secs(60);

/// The kind of post with which a browser comes back.
pub(crate) const RETURN: &str = "return";

/// Returns the name of a payment's task.
fn task(key: &str) -> String {
    format!("payment {key}")
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
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let key = fields.required("key")?.to_owned();
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
            Ok(Ok(Some(whole.order)))
        })??;
        if let Some(order) = begun {
            // The card is in this task only, and never stored.
            let card = Card::new(fields.get("number"))
                .holder(fields.get("holder"))
                .month(fields.get("month"))
                .year(fields.get("year"))
                .code(fields.get("code"));
            let start = start(Arc::clone(&shop), order, key.clone(), card, peer.ip());
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
    shop: Arc<Shop>,
    order: Order,
    key: String,
    card: Card,
    customer: IpAddr,
) -> Result<(), Trouble> {
    let before = |error: StoreError| Trouble::Before(Note::from(&error));
    let after = |error: StoreError| Trouble::After(Note::from(&error));
    let back = ReturnUrls::both(format!("{}/payment/return", shop.origin));
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
            let now = shop.now();
            let due = now + i64::try_from(ON_THE_PAGE.as_millis()).unwrap_or(0);
            let stored = shop.store.write(|store| match &answer.value {
                Payment::Started(visit) => {
                    let expected = ExpectedPayment::of(&payment.sale, visit);
                    PaymentRow::started(store, &key, (&expected, visit.url.as_str()), due)
                }
                // 3-D was asked for. The service tells what it did.
                Payment::Charged(_) => PaymentRow::unseen(store, &key, now),
            });
            stored.map_err(after)?;
            let early = shop.take_early(&key);
            if let Some((post, delivery)) = early.and_then(|post| {
                let delivery = post.delivery()?;
                Some((post, delivery))
            }) {
                let judged = shop.take_return(&post, &delivery).await;
                judged.map_err(after)?.ok();
            }
            Ok(())
        }
        Err(failed) if failed.outcome() == Outcome::NotDone => {
            end(PaymentState::NotStarted, Note::from(&failed))
        }
        // A return says that somebody has seen its page.
        Err(_) if shop.take_early(&key).is_some() => {
            let now = shop.now();
            shop.store
                .write(|store| PaymentRow::unseen(store, &key, now))
                .map_err(after)
        }
        // Nobody has seen its page, so another one may begin at once.
        Err(failed) => end(PaymentState::Abandoned, Note::from(&failed)),
    }
}

/// Takes the post with which the customer's browser comes back. Anybody could have sent it.
pub(crate) async fn back(
    State(shop): State<Arc<Shop>>,
    words: Words,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let delivery = delivery(&shop, &headers, &body, peer);
    let account = &shop.clients.accounts.param;
    let post = shop.inbox.receive(account, RETURN, &delivery).await?;
    let (key, order) = shop.take_return(&post, &delivery).await??;
    let task = task(&key);
    let asked = shop.in_time(async {
        // The payment's start, which judges a return that came before its answer.
        let _ = shop.wait(&task).await;
        shop.ask_about(&key);
        shop.wait(&task).await
    });
    match asked.await {
        // The order's page says that the payment is not confirmed yet.
        Some(Ok(()) | Err(Trouble::GoesOn)) | None => Ok(words.go(&format!("/orders/{order}"))),
        Some(Err(trouble)) => Err(trouble.into()),
    }
}

/// What a return from the bank proves to be.
enum Proven {
    Paid(Verified),
    /// With Param's code.
    NotPaid(String),
}

impl Shop {
    /// Judges a return, and stores what follows from a genuine one. Returns the payment's key and order.
    async fn take_return(
        &self,
        post: &Post,
        delivery: &Delivery,
    ) -> Stored<Result<(String, i64), Failure>> {
        let number = post.number;
        let judge = |why: &Note| self.store.write(|store| posts::judge(store, number, why));
        let callback = match PayCallback::read(delivery) {
            Ok(callback) => callback,
            Err(error) => return self.refuse(post, "unreadable", Note::from(&error)).await,
        };
        let key = callback.key().as_str().to_owned();
        let row = self.store.read(|store| PaymentRow::find(store, &key))?;
        let Some(row) = row else {
            let why = Note::new(
                "no payment has begun under its key",
                "bu anahtarla başlamış bir ödeme yok",
            );
            judge(&why)?;
            return Ok(Err(Failure::NotBelieved(why)));
        };
        let Some(expected) = &row.expected else {
            // Nothing says yet what it has to be like. It is judged when the start has its answer.
            judge(&Note::new(
                "it came before the answer to the start of its payment",
                "ödemenin başlatma yanıtından önce geldi",
            ))?;
            self.is_early(&key, post);
            return Ok(Ok((key, row.order)));
        };
        let proven = match callback.verify(self.clients.param.settings(), expected) {
            Ok(PayResult::Paid(paid)) => Proven::Paid(Verified {
                // The posted number is not signed, and sellers are paid by it: the list has it otherwise.
                number: paid.payment,
                order: paid.order,
                total: paid.total,
            }),
            Ok(PayResult::NotPaid(no)) => Proven::NotPaid(no.code.clone()),
            Ok(_) => {
                let why = Note::new(
                    "it is about a reservation",
                    "bildirim bir provizyonla ilgili",
                );
                return self.refuse(post, "reservation", why).await;
            }
            Err(error) => return self.refuse(post, "forged", Note::from(&error)).await,
        };
        let word = match proven {
            Proven::Paid(_) => "paid",
            Proven::NotPaid(_) => "not paid",
        };
        let (now, own) = (self.now(), key.clone());
        let change: Change = Box::new(move |store| match &proven {
            Proven::Paid(verified) => {
                posts::judge(
                    store,
                    number,
                    &Note::new("verified: paid", "doğrulandı: ödendi"),
                )?;
                PaymentRow::verified(store, &own, verified, now)
            }
            Proven::NotPaid(code) => {
                posts::judge(
                    store,
                    number,
                    &Note::new("verified: not paid", "doğrulandı: ödenmedi"),
                )?;
                let why = Note::new(
                    format!("Param's code is {code}"),
                    format!("Param'ın kodu {code}"),
                );
                PaymentRow::ended(store, &own, PaymentState::NotPaid, &why, now)
            }
        });
        let applied = self
            .inbox
            .apply(post, format!("{key} {word}"), Some(change));
        if applied.await? == Applied::Before {
            // Another post has said so, or a copy of this one.
            let known = Note::new("verified, and known already", "doğrulandı, zaten biliniyor");
            self.store
                .write(|store| posts::judge_copy(store, number, &known))?;
        }
        Ok(Ok((key, row.order)))
    }

    async fn refuse<T>(&self, post: &Post, kind: &str, why: Note) -> Stored<Result<T, Failure>> {
        self.store
            .write(|store| posts::judge(store, post.number, &why))?;
        self.inbox.reject(post, Why::plain(kind)).await?;
        Ok(Err(Failure::NotBelieved(why)))
    }

    /// Judges the returns from which nothing followed before an earlier run of the shop has ended.
    pub(crate) async fn take_old_returns(&self) -> Stored<()> {
        let mut after = 0;
        loop {
            let waiting = self.inbox.waiting(after, 100).await?;
            for post in &waiting {
                after = post.number;
                if let Some(delivery) = post.delivery().filter(|_| post.kind == RETURN) {
                    let _ = self.take_return(post, &delivery).await?;
                }
            }
            if waiting.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Returns a post as it arrived.
pub(crate) fn delivery(
    shop: &Shop,
    headers: &HeaderMap,
    body: &Bytes,
    peer: SocketAddr,
) -> Delivery {
    let headers = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    Delivery::new(headers, body.to_vec(), shop.host.now()).peer(peer.ip())
}

/// Asks the service about every payment of an order whose end is not known.
pub(crate) async fn check(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let payments = shop.store.read(|store| PaymentRow::of_order(store, id))?;
    for payment in &payments {
        shop.ask_about(&payment.key);
        shop.wait_for_answer(&task(&payment.key)).await?;
    }
    Ok(words.go(&format!("/orders/{id}")))
}

/// Returns the payment that counts: the first that is paid, and when.
pub(crate) fn paid(whole: &Whole) -> Option<(&PaidOrder, i64)> {
    let mut payments = whole.payments.iter();
    payments.find_map(|payment| Some((payment.paid.as_ref()?, payment.ended_at?)))
}
