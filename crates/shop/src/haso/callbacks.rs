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
use kervan_settling::Settle as _;

use crate::failure::Failure;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::payments::delivery;
use crate::shop::Shop;
use crate::store::{Installments, StoreError, Write, callbacks};
use crate::writes;

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
    let post = delivery(&shop, &headers, &body, peer);
    let own = shop.store.write(|store| {
        let own = Installments::by_secret(store, &secret)?;
        // Nothing of a stranger is kept, and nothing is done before a post is stored.
        match own {
            Some(own) => callbacks::keep(store, &format!("haso {kind}"), &post)
                .map(|digest| Some((own, digest))),
            None => Ok(None),
        }
    })?;
    let (own, digest) = own.ok_or(Failure::NotFound)?;
    let page = format!("/orders/{}", own.order);
    let judge = |verdict: &Note| {
        shop.store
            .write(|store| callbacks::judge(store, &digest, verdict))
    };
    let begun = match kind.as_str() {
        "callback" | "ok" => shop.begin_activation(&own.number, &kind, &post, &digest)?,
        "fail" => {
            let is_read = OrderFail::read(&post).is_ok();
            judge(&Note::of(if is_read {
                ("not paid, it says", "ödenmediğini bildiriyor")
            } else {
                ("unreadable", "okunamıyor")
            }))?;
            if is_read {
                // Anybody can say so: the customer may begin anew, and nothing else follows.
                shop.store
                    .write(|store| Installments::failed(store, &own.number))?;
            }
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

impl Shop {
    /// Compares a post with the order as it is now, and stores the activation that follows from it. Returns the
    /// key of that write, which a copy of the post has too.
    ///
    /// HASO collects nothing before the activation, so an order that is paid otherwise is not activated, and one
    /// that may be waits: HASO posts again.
    fn begin_activation(
        &self,
        number: &str,
        kind: &str,
        post: &Delivery,
        digest: &str,
    ) -> Result<Result<Option<String>, NotBegun>, StoreError> {
        let now = self.now();
        self.store.write(|store| {
            let no = |(answer, why): NotBegun| {
                callbacks::judge(store, digest, &why)?;
                Ok(Err((answer, why)))
            };
            let own = Installments::find(store, number)?;
            let whole = own.as_ref().map(|own| Whole::read(store, own.order));
            let (Some(own), Some(Some(whole))) = (own, whole.transpose()?) else {
                let why = Note::new("it is of no order", "hiçbir siparişe ait değil");
                return no((CallbackAnswer::MISMATCH, why));
            };
            let may_begin = matches!(own.state, OrderState::Open | OrderState::Doubtful(_));
            let is_closed = may_begin && whole.is_paid_beside(number);
            let state = if is_closed {
                OrderState::Closed
            } else {
                own.state.clone()
            };
            let order = StoredOrder::open(number, own.amount).state(state);
            let confirmed = match confirm(self, kind, post, &order) {
                Err(error) => {
                    return no((CallbackAnswer::to_unreadable(&error), Note::from(&error)));
                }
                Ok(Err(mismatch)) => {
                    if mismatch == Mismatch::Closed {
                        let note = Note::new(
                            "completed at HASO after the order was paid, not activated",
                            "sipariş ödendikten sonra HASO'da tamamlandı, aktive edilmedi",
                        );
                        Installments::noted(store, number, &note)?;
                    }
                    return no((mismatch.answer(), Note::from(mismatch)));
                }
                Ok(Ok(confirmed)) => confirmed,
            };
            if !may_begin {
                // A copy of this post has begun it.
                callbacks::judge(store, digest, &Note::new("confirmed", "doğrulandı"))?;
                return Ok(Ok(own.attempt));
            }
            if whole.may_be_paid_beside(number) {
                let why = Note::new(
                    "confirmed, and waits for the end of another payment",
                    "doğrulandı, başka bir ödemenin sonucunu bekliyor",
                );
                return no((CallbackAnswer::TRY_AGAIN, why));
            }
            callbacks::judge(store, digest, &Note::new("confirmed", "doğrulandı"))?;
            let write = confirmed.activation();
            // A number of HASO's that is doubtful keeps no other one waiting. `#` ends the purpose in a key.
            let object = format!("activate:{}", write.key().replace('#', "~2"));
            let key = Write::key_for(store, &object)?;
            writes::store(store, (&key, &object), Some(own.order), &write, now)?;
            let state = confirmed.activating();
            Installments::set_state(store, number, &state, Some(&key), None)?;
            Ok(Ok(Some(key)))
        })
    }
}
