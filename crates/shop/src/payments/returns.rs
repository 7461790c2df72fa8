//! The post with which a customer's browser comes back from the bank's page.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use kervan_axum::Verdict;
use kervan_ledger::Applied;
use param_marketplace::payments::callback::{PayCallback, PayResult};

use super::task;
use crate::failure::Failure;
use crate::note::Note;
use crate::pages::Words;
use crate::posts::{EARLY, Post, landed};
use crate::server::App;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, PaymentRow, PaymentState, Stored, Verified, posts, watches};
use crate::watching::PAYMENT;

/// Takes a post to the address of one payment, and shows its order.
pub(crate) async fn back(
    State(App { shop, posts }): State<App>,
    words: Words,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let row = shop
        .store
        .read(|store| PaymentRow::by_secret(store, &secret))?;
    // Nothing of a stranger is kept.
    let row = row.ok_or(Failure::NotFound)?;
    let seen = posts.returns.from_browser(request, Some(&row.key)).await;
    landed(seen.landing)?;
    let asked = shop.in_time(async {
        // The payment's start, which judges a return that came before its answer.
        let _ = shop.wait(&task(&row.key)).await;
        shop.ask_now(&PAYMENT, &shop.payment_watch(&row.key)).await
    });
    match asked.await {
        // The order's page says that the payment is not confirmed yet.
        Some(Ok(()) | Err(Trouble::GoesOn)) | None => {
            Ok(words.go(&format!("/orders/{}", row.order)))
        }
        Some(Err(trouble)) => Err(trouble.into()),
    }
}

/// Judges a return, and stores what follows from a genuine one.
pub(crate) async fn judge(shop: Arc<Shop>, post: Post<PayCallback>) -> Stored<Verdict> {
    let (number, key) = (post.post().number, post.reference().unwrap_or_default());
    let key = key.to_owned();
    let row = shop.store.read(|store| PaymentRow::find(store, &key))?;
    let Some(expected) = row.and_then(|row| row.expected) else {
        // Nothing says yet what it has to be like. It is judged when the start has its answer.
        shop.say(
            number,
            &Note::new(
                "it came before the answer to the start of its payment",
                "ödemenin başlatma yanıtından önce geldi",
            ),
        )?;
        return Ok(post.unknown(EARLY).await);
    };
    let settings = shop.clients.param.settings();
    let proven = match post.verify(|form| form.verify(settings, &expected)) {
        Ok(proven) => proven,
        Err(refused) => {
            shop.say(number, &Note::from(refused.error()))?;
            return Ok(refused.settle(None).await);
        }
    };
    let now = shop.now();
    let change: Change = match proven.value() {
        PayResult::Paid(paid) => {
            let verified = Verified {
                // The posted number is not signed, and sellers are paid by it: the list has it otherwise.
                number: paid.payment,
                order: paid.order.clone(),
                total: paid.total,
            };
            let why = Note::new("verified: paid", "doğrulandı: ödendi");
            let (shop, watch) = (Arc::clone(&shop), shop.payment_watch(&key));
            Box::new(move |store| {
                shop.ask_soon(store, &PAYMENT, &watch)?;
                PaymentRow::verified(store, &key, &verified)?;
                posts::judge(store, number, &why)
            })
        }
        PayResult::NotPaid(no) => {
            let end = Note::new(
                format!("Param's code is {}", no.code),
                format!("Param'ın kodu {}", no.code),
            );
            let why = Note::new("verified: not paid", "doğrulandı: ödenmedi");
            let watch = shop.payment_watch(&key);
            Box::new(move |store| {
                watches::over(store, &watch, "not_paid")?;
                PaymentRow::ended(store, &key, PaymentState::NotPaid, &end, now)?;
                posts::judge(store, number, &why)
            })
        }
        PayResult::Reserved(_) => {
            shop.say(
                number,
                &Note::new(
                    "it is about a reservation",
                    "bildirim bir provizyonla ilgili",
                ),
            )?;
            return Ok(proven.denied().await);
        }
    };
    let verdict = proven.apply(Some(change)).await;
    if verdict.was_applied() == Some(Applied::Before) {
        // Another post has said so, or a copy of this one.
        shop.say(
            number,
            &Note::new("verified, and known already", "doğrulandı, zaten biliniyor"),
        )?;
    }
    Ok(verdict)
}
