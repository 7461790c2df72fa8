//! The posts of HASO and of the customer's browser, and the activation that follows from them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use haso_bnpl::ConfirmedOrder;
use haso_bnpl::callbacks::{
    CallbackAnswer, Mismatch, OrderCallback, OrderFail, OrderOk, OrderState, StoredOrder,
};
use kervan_core::Delivery;
use kervan_core::error::Unreadable;
use kervan_ledger::{Key, Post, Why};
use kervan_settling::Settle as _;

use crate::failure::Failure;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::payments::delivery;
use crate::shop::Shop;
use crate::store::{Change, Installments, Stored, Transaction, Write, posts};

/// Takes a post to one of an order's addresses: HASO's own, or that of the customer's browser. Anybody who
/// knows the address could have sent it.
pub(crate) async fn arrive(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path((secret, kind)): Path<(String, String)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let delivery = delivery(&shop, &headers, &body, peer);
    let own = shop
        .store
        .read(|store| Installments::by_secret(store, &secret))?;
    // Nothing of a stranger is kept, and nothing is done before a post is stored.
    let own = own.ok_or(Failure::NotFound)?;
    let account = &shop.clients.accounts.haso;
    let post = shop.inbox.receive(account, &kind, &delivery).await?;
    let page = format!("/orders/{}", own.order);
    let begun = match kind.as_str() {
        "callback" | "ok" => shop.begin_activation(&own.number, &post, &delivery).await?,
        "fail" => {
            shop.give_up(&own.number, &post, &delivery).await?;
            return Ok(words.go(&page));
        }
        _ => return Err(Failure::NotFound),
    };
    let answer = match begun {
        Ok(key) => {
            if shop.activate(&own.number, key).await? {
                CallbackAnswer::RECEIVED
            } else {
                CallbackAnswer::TRY_AGAIN
            }
        }
        Err((answer, why)) => {
            let is_believed = [CallbackAnswer::RECEIVED, CallbackAnswer::TRY_AGAIN];
            if kind == "ok" && !is_believed.contains(&answer) {
                return Err(Failure::NotBelieved(why));
            }
            answer
        }
    };
    if kind == "ok" {
        return Ok(words.go(&page));
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok((status, answer.body).into_response())
}

/// The answer to a post that begins no activation, and why.
type NotBegun = (CallbackAnswer, Note);

/// Compares a post with the shop's own order.
fn confirm(
    shop: &Shop,
    kind: &str,
    post: &Delivery,
    order: &StoredOrder,
) -> Result<Result<ConfirmedOrder, Mismatch>, Unreadable> {
    let quirks = &shop.clients.haso.settings().quirks;
    if kind == "ok" {
        OrderOk::read(post).map(|post| post.confirm(order, quirks))
    } else {
        OrderCallback::read(post).map(|post| post.confirm(order, quirks))
    }
}

/// The consequence of a post, as it was decided in the transaction that stores it.
enum Decision {
    /// It begins an activation, or a copy of it has begun it. With the number of HASO's that it is about.
    Begun(Option<Key>, String),
    /// It can never begin one.
    Forged(NotBegun),
    /// It begins none as the order is now. HASO posts again, and by then it may.
    NotNow(NotBegun),
}

impl Shop {
    /// Compares a post with the order as it is now, and stores the activation that follows from it. Returns the
    /// key of that write, which a copy of the post has too.
    ///
    /// HASO collects nothing before the activation, so an order that is paid otherwise is not activated, and one
    /// that may be waits: HASO posts again.
    async fn begin_activation(
        &self,
        number: &str,
        post: &Post,
        delivery: &Delivery,
    ) -> Stored<Result<Option<Key>, NotBegun>> {
        // What follows is stored under keys of its own, so that a copy of the post changes nothing. A shop that
        // dies before the post counts as applied does all of it again when the next copy comes.
        let decision = self.store.write(|store| {
            let decision = self.decide(store, number, &post.kind, delivery)?;
            match &decision {
                Decision::Begun(..) => {
                    let confirmed = Note::new("confirmed", "doğrulandı");
                    posts::judge(store, post.number, &confirmed)?;
                }
                Decision::Forged((_, why)) | Decision::NotNow((_, why)) => {
                    posts::judge_copy(store, post.number, why)?;
                }
            }
            Ok(decision)
        })?;
        match decision {
            Decision::Begun(key, transaction) => {
                let subject = format!("{number}, transaction {transaction}");
                self.inbox.apply(post, subject, None).await?;
                Ok(Ok(key))
            }
            Decision::Forged(no) => {
                self.inbox.reject(post, Why::plain("mismatch")).await?;
                Ok(Err(no))
            }
            Decision::NotNow(no) => Ok(Err(no)),
        }
    }

    fn decide(
        &self,
        store: &Transaction<'_>,
        number: &str,
        kind: &str,
        delivery: &Delivery,
    ) -> Stored<Decision> {
        let own = Installments::to_change(store, number)?;
        let whole = own.as_ref().map(|own| Whole::read(store, own.order));
        let (Some(own), Some(Some(whole))) = (own, whole.transpose()?) else {
            let why = Note::new("it is of no order", "hiçbir siparişe ait değil");
            return Ok(Decision::NotNow((CallbackAnswer::MISMATCH, why)));
        };
        let may_begin = matches!(own.state, OrderState::Open | OrderState::Doubtful(_));
        let is_closed = may_begin && whole.is_paid_beside(number);
        let state = if is_closed {
            OrderState::Closed
        } else {
            own.state.clone()
        };
        let order = StoredOrder::open(number, own.amount).state(state);
        let confirmed = match confirm(self, kind, delivery, &order) {
            Err(error) => {
                let answer = CallbackAnswer::to_unreadable(&error);
                return Ok(Decision::Forged((answer, Note::from(&error))));
            }
            Ok(Err(mismatch)) => {
                if mismatch == Mismatch::Closed {
                    let note = Note::new(
                        "completed at HASO after the order was paid, not activated",
                        "sipariş ödendikten sonra HASO'da tamamlandı, aktive edilmedi",
                    );
                    Installments::noted(store, number, &note)?;
                }
                return Ok(Decision::NotNow((mismatch.answer(), Note::from(mismatch))));
            }
            Ok(Ok(confirmed)) => confirmed,
        };
        let write = confirmed.activation();
        let transaction = write.transaction.as_str().to_owned();
        if !may_begin {
            // A copy of this post has begun it.
            let begun = own.write.as_deref().map(|own| Write::named(store, own));
            let begun = begun.transpose()?.flatten();
            return Ok(Decision::Begun(begun.map(|begun| begun.key), transaction));
        }
        if whole.may_be_paid_beside(number) {
            let why = Note::new(
                "confirmed, and waits for the end of another payment",
                "doğrulandı, başka bir ödemenin sonucunu bekliyor",
            );
            return Ok(Decision::NotNow((CallbackAnswer::TRY_AGAIN, why)));
        }
        // A number of HASO's that is doubtful keeps no other one waiting.
        let key = format!("activate:{}", write.key());
        let planned = self.plan(store, (&key, &key), Some(own.order), &write)?;
        let Ok(planned) = planned else {
            let why = Note::new("it cannot be activated now", "şu anda etkinleştirilemiyor");
            return Ok(Decision::NotNow((CallbackAnswer::TRY_AGAIN, why)));
        };
        let state = confirmed.activating();
        Installments::set_state(store, number, &state, Some(&key), None)?;
        Ok(Decision::Begun(Some(planned), transaction))
    }

    /// Stores that the customer has given up HASO's page. Anybody can say so: the customer may begin anew, and
    /// nothing else follows.
    async fn give_up(&self, number: &str, post: &Post, delivery: &Delivery) -> Stored<()> {
        let number = number.to_owned();
        let (is_read, post_number) = (OrderFail::read(delivery).is_ok(), post.number);
        if !is_read {
            let verdict = Note::new("unreadable", "okunamıyor");
            self.store
                .write(|store| posts::judge(store, post_number, &verdict))?;
            return self.inbox.reject(post, Why::plain("unreadable")).await;
        }
        let subject = format!("{number} given up, post {post_number}");
        let change: Change = Box::new(move |store| {
            let verdict = Note::new("not paid, it says", "ödenmediğini bildiriyor");
            posts::judge(store, post_number, &verdict)?;
            Installments::failed(store, &number)
        });
        self.inbox.apply(post, subject, Some(change)).await?;
        Ok(())
    }
}
