//! The posts of HASO and of the customer's browser, and the activation that follows from them.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use haso_bnpl::callbacks::{Mismatch, OrderCallback, OrderFail, OrderState, StoredOrder};
use haso_bnpl::{ConfirmedOrder, TransactionCode, Unverified};
use kervan_axum::Verdict;
use kervan_ledger::Key;
use kervan_settling::Settle as _;

use crate::failure::Failure;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::Words;
use crate::posts::{EARLY, Post, landed};
use crate::server::App;
use crate::shop::Shop;
use crate::store::{Change, Installments, Stored, Transaction, Write, posts, watches};

/// Takes a post to one of an order's addresses: HASO's own, or that of the customer's browser. Anybody who
/// knows the address could have sent it.
pub(crate) async fn arrive(
    State(App { shop, posts }): State<App>,
    words: Words,
    Path((secret, kind)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let own = shop
        .store
        .read(|store| Installments::by_secret(store, &secret))?;
    // Nothing of a stranger is kept.
    let own = own.ok_or(Failure::NotFound)?;
    let number = Some(own.number.as_str());
    let landing = match kind.as_str() {
        "callback" => return Ok(posts.orders.from_server(request, number).await),
        "ok" => posts.orders.from_browser(request, number).await.landing,
        "fail" => posts.failures.from_browser(request, number).await.landing,
        _ => return Err(Failure::NotFound),
    };
    landed(landing)?;
    // A copy of its post may have begun what the page shows.
    let _ = shop.read_plan(&own.number).await;
    Ok(words.go(&format!("/orders/{}", own.order)).into_response())
}

/// Judges a post of a completed order. It is applied once the order is active: HASO posts again until then.
pub(crate) async fn judge(
    shop: Arc<Shop>,
    post: Post<Unverified<OrderCallback>>,
) -> Stored<Verdict> {
    let (id, number) = (post.post().number, post.reference().unwrap_or_default());
    let number = number.to_owned();
    let own = shop.store.read(|store| {
        let Some(own) = Installments::find(store, &number)? else {
            return Ok(None);
        };
        let whole = Whole::read(store, own.order)?;
        Ok(whole.map(|whole| waiting(&own, &whole)))
    })?;
    let Some(own) = own else {
        return Ok(post.unknown(EARLY).await);
    };
    let quirks = &shop.clients.haso.settings().quirks;
    let order = match post.verify(|claim| claim.confirm(&own, quirks)) {
        Ok(order) => order,
        Err(refused) => {
            let mismatch = *refused.error();
            shop.say(id, &Note::from(mismatch))?;
            let change = (mismatch == Mismatch::Closed).then(|| closed(number));
            return Ok(refused.settle(change).await);
        }
    };
    let (confirmed, code) = (order.value(), order.value().activation().transaction);
    let begun = shop
        .store
        .write(|store| shop.begin_activation(store, &own, confirmed))?;
    let key = match begun {
        Ok(key) => key,
        Err(why) => {
            shop.say(id, &why)?;
            return Ok(order.later().await);
        }
    };
    shop.say(
        id,
        &Note::new(
            "confirmed, and HASO is asked to activate the order",
            "doğrulandı, HASO'dan siparişi etkinleştirmesi isteniyor",
        ),
    )?;
    // Its result is in the state.
    let _ = shop.activate(&number, key).await;
    let own = shop
        .store
        .read(|store| Installments::find(store, &number))?;
    match own.map(|own| own.state) {
        Some(OrderState::Activated(active)) if *active.transaction() == code => {
            let why = Note::new("confirmed", "doğrulandı");
            let change: Change = Box::new(move |store| posts::judge(store, id, &why));
            Ok(order.apply(Some(change)).await)
        }
        Some(state) if has_begun(&state, &code) => Ok(order.later().await),
        _ => {
            shop.say(
                id,
                &Note::new("HASO does not confirm it", "HASO teyit etmiyor"),
            )?;
            Ok(order.denied().await)
        }
    }
}

/// Stores that the customer has given up HASO's page. Anybody can say so: the customer may begin anew, and
/// nothing else follows.
pub(crate) async fn give_up(shop: Arc<Shop>, post: Post<Unverified<OrderFail>>) -> Stored<Verdict> {
    let (id, number) = (post.post().number, post.reference().unwrap_or_default());
    let number = number.to_owned();
    let is_own = |claim: &Unverified<OrderFail>| {
        let named = claim.claim().failed().order.as_ref();
        named.is_none_or(|named| named.as_str() == number)
    };
    let checked = post.verify(|claim| {
        if is_own(&claim) {
            Ok(claim)
        } else {
            Err(Mismatch::Order)
        }
    });
    match checked {
        Ok(claim) => {
            let watch = shop.callback_watch(&number);
            let change: Change = Box::new(move |store| {
                let why = Note::new("not paid, it says", "ödenmediğini bildiriyor");
                watches::over(store, &watch, "given_up")?;
                posts::judge(store, id, &why)?;
                Installments::failed(store, &number)
            });
            Ok(claim.apply(Some(change)).await)
        }
        Err(refused) => {
            let why = Note::from(*refused.error());
            shop.say(id, &why)?;
            Ok(refused.settle(None).await)
        }
    }
}

/// Returns an order as its posts are compared with. One that was paid otherwise does not wait for HASO any more.
fn waiting(own: &Installments, whole: &Whole) -> StoredOrder {
    let may_begin = matches!(own.state, OrderState::Open | OrderState::Doubtful(_));
    let state = if may_begin && whole.is_paid_beside(&own.number) {
        OrderState::Closed
    } else {
        own.state.clone()
    };
    StoredOrder::open(own.number.as_str(), own.amount).state(state)
}

/// Returns whether an activation was begun under one of HASO's numbers.
fn has_begun(state: &OrderState, code: &TransactionCode) -> bool {
    let begun = state.activation();
    begun.is_some_and(|own| own.transaction() == code || own.doubtful().contains(code))
}

fn closed(number: String) -> Change {
    let note = Note::new(
        "completed at HASO after the order was paid, not activated",
        "sipariş ödendikten sonra HASO'da tamamlandı, aktive edilmedi",
    );
    Box::new(move |store| Installments::noted(store, &number, &note))
}

impl Shop {
    /// Stores the activation that follows from a confirmed post, unless one under its number is stored. Returns its
    /// key, or why it cannot begin now.
    ///
    /// HASO collects nothing before the activation, so an order that is paid otherwise is not activated, and one
    /// that may be waits.
    fn begin_activation(
        &self,
        store: &Transaction<'_>,
        judged: &StoredOrder,
        confirmed: &ConfirmedOrder,
    ) -> Stored<Result<Option<Key>, Note>> {
        let number = judged.number.as_str();
        let write = confirmed.activation();
        let own_key = format!("activate:{}", write.key());
        let changed = || {
            Ok(Err(Note::new(
                "confirmed, and the order has changed meanwhile",
                "doğrulandı, sipariş bu arada değişti",
            )))
        };
        let Some(own) = Installments::to_change(store, number)? else {
            return changed();
        };
        if has_begun(&own.state, &write.transaction) {
            let begun = Write::named(store, &own_key)?;
            return Ok(Ok(begun.map(|begun| begun.key)));
        }
        let whole = Whole::read(store, own.order)?;
        let Some(whole) = whole.filter(|whole| waiting(&own, whole) == *judged) else {
            return changed();
        };
        if whole.may_be_paid_beside(number) {
            return Ok(Err(Note::new(
                "confirmed, and waits for the end of another payment",
                "doğrulandı, başka bir ödemenin sonucunu bekliyor",
            )));
        }
        // A number of HASO's that is doubtful keeps no other one waiting.
        let keys = (own_key.as_str(), own_key.as_str());
        let Ok(planned) = self.plan(store, keys, Some(whole.order.id), &write)? else {
            return Ok(Err(Note::new(
                "it cannot be activated now",
                "şu anda etkinleştirilemiyor",
            )));
        };
        let state = confirmed.activating();
        watches::over(store, &self.callback_watch(number), "completed")?;
        Installments::set_state(store, number, &state, Some(&own_key))?;
        Ok(Ok(Some(planned)))
    }
}
