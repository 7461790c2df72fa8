//! Installments by HASO: the form in the browser, its callbacks, the activation, and the plan that counts.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use haso_bnpl::callbacks::{
    CallbackAnswer, Mismatch, OrderCallback, OrderFail, OrderOk, OrderState, StoredOrder,
};
use haso_bnpl::{
    ActivateOrder, ActivatedOrder, ConfirmedOrder, GetPlan, Item, PageTexts, Rejection, ResultUrls,
    Settings, Shopper, StartError, StartOrder,
};
use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Language};
use kervan_settling::{Settle as _, Settled, Settler};
use maud::{Markup, html};
use rusqlite::Transaction;

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::payments::delivery;
use crate::shop::{Shop, Trouble};
use crate::store::{Installments, StoreError, Stored, Write, callbacks};
use crate::writes::{self, Work};

impl Work for ActivateOrder {
    const KIND: &'static str = "activate";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.haso
    }

    /// It is active. The plan of the service is read next, and only that calls it paid.
    fn done(&self, key: &str, _: Option<&ActivatedOrder>, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, &Settled::InState, store)
    }

    /// HASO does not know it, so the post was not HASO's: the order waits for the genuine one.
    fn refused(&self, key: &str, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, &Settled::NotDone, store)
    }

    /// After the settling time the order is doubtful, so that the genuine post is not kept out by a forged one.
    /// The service is still asked.
    fn open(&self, key: &str, settled: &Activated, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, settled, store)
    }
}

type Activated = Settled<ActivatedOrder, Rejection>;

/// Stores the state of an order after one of its activations was settled.
fn follow(
    activation: &ActivateOrder,
    key: &str,
    settled: &Activated,
    store: &Transaction<'_>,
) -> Stored<()> {
    let number = activation.order.as_str();
    let Some(own) = Installments::find(store, number)? else {
        return Ok(());
    };
    let state = own.state.clone().after(activation, settled);
    let (attempt, due) = match (&own.state, &state) {
        (before, after) if before == after => return Ok(()),
        (OrderState::Activated(_), _) => (own.attempt.as_deref(), own.due),
        (_, OrderState::Activated(_)) => (Some(key), Some(0)),
        (_, OrderState::Open) => (None, None),
        _ => (own.attempt.as_deref(), None),
    };
    Installments::set_state(store, number, &state, attempt, due)
}

fn next_number(whole: &Whole) -> String {
    format!("{}-T{}", whole.order.number, whole.installments.len() + 1)
}

fn card_is_open() -> Failure {
    Failure::wrong(
        "a card payment is open: ask the bank before you pay in installments",
        "açık bir kart ödemesi var: taksitle ödemeden önce bankaya sorun",
    )
}

/// Shows the form that leads the browser to HASO. It is stored before anybody can pay under its number.
pub(crate) async fn begin(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let number = fields.required("number")?;
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
            return Ok(Err(Failure::wrong("the order is paid", "sipariş ödendi")));
        }
        if whole.has_card() {
            return Ok(Err(card_is_open()));
        }
        if whole.installments.iter().any(Installments::is_completed) {
            return Ok(Err(Failure::wrong(
                "the order is completed at HASO",
                "sipariş HASO'da tamamlandı",
            )));
        }
        let is_known = whole.installments.iter().any(|one| one.number == number);
        if !is_known && number != next_number(&whole) {
            return Ok(Err(Failure::wrong(
                "this form is an old one",
                "bu form eski",
            )));
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
    let form = match shop.clients.haso.order_form(&order).await {
        Ok(form) => form,
        Err(error) => {
            let mut why = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(next) = cause {
                why = format!("{why}: {next}");
                cause = next.source();
            }
            // Nothing was ordered, and no browser is led anywhere.
            return Err(match error {
                StartError::Token(_) => Failure::Haso(why),
                _ => Failure::wrong(&why, &why),
            });
        }
    };
    shop.store.write(|store| {
        // A card may have begun while the token was on its way.
        if Whole::read(store, id)?.is_some_and(|whole| whole.has_card()) {
            return Ok(Err(card_is_open()));
        }
        Installments::led(store, number).map(Ok)
    })??;
    let texts = match words.language {
        Language::Turkish => PageTexts::turkish(),
        _ => PageTexts::english(),
    };
    let page = form.page(&texts);
    let mut response = Html(page.html().to_owned()).into_response();
    for (name, value) in page.headers() {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
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
        left.try_for_each(|one| Installments::failed(store, &one.number))
    })?;
    Ok(words.go(&format!("/orders/{id}")))
}

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
    let judge = |verdict: &str| {
        shop.store
            .write(|store| callbacks::judge(store, &digest, verdict))
    };
    let begun = match kind.as_str() {
        "callback" | "ok" => shop.begin_activation(&own.number, &kind, &post, &digest)?,
        "fail" => {
            let is_read = OrderFail::read(&post).is_ok();
            judge(if is_read {
                "not paid, it says"
            } else {
                "unreadable"
            })?;
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
type NotBegun = (CallbackAnswer, String);

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
                return no((CallbackAnswer::MISMATCH, "it is of no order".to_owned()));
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
                    return no((CallbackAnswer::to_unreadable(&error), error.to_string()));
                }
                Ok(Err(mismatch)) => {
                    if mismatch == Mismatch::Closed {
                        let note = "completed at HASO after the order was paid, not activated";
                        Installments::noted(store, number, note)?;
                    }
                    return no((mismatch.answer(), mismatch.to_string()));
                }
                Ok(Ok(confirmed)) => confirmed,
            };
            if !may_begin {
                // A copy of this post has begun it.
                callbacks::judge(store, digest, "confirmed")?;
                return Ok(Ok(own.attempt));
            }
            if whole.may_be_paid_beside(number) {
                let why = "confirmed, and waits for the end of another payment";
                return no((CallbackAnswer::TRY_AGAIN, why.to_owned()));
            }
            callbacks::judge(store, digest, "confirmed")?;
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

    /// Activates an order and reads its plan. Returns whether it is paid.
    async fn activate(
        self: &Arc<Self>,
        number: &str,
        key: Option<String>,
    ) -> Result<bool, Failure> {
        if let Some(key) = key {
            self.drive(&key);
            self.wait(&key).await?;
        }
        self.ask_for_plan(number);
        self.wait(&task(number)).await?;
        let own = self.store.read(|store| Installments::find(store, number))?;
        Ok(own.is_some_and(|own| own.paid.is_some()))
    }

    fn ask_for_plan(self: &Arc<Self>, number: &str) {
        let (shop, own) = (Arc::clone(self), number.to_owned());
        self.spawn(&task(number), async move { shop.read_plan(&own).await });
    }

    /// Reads the plans of orders that were activated.
    pub(crate) fn go_on_with_installments(self: &Arc<Self>) -> Result<(), StoreError> {
        let now = self.now();
        for own in self.store.read(Installments::going_on)? {
            if own.due.is_some_and(|due| due <= now) {
                self.ask_for_plan(&own.number);
            }
        }
        Ok(())
    }

    /// Asks the service for the plan of an order: only the service's own word counts as paid.
    async fn read_plan(&self, number: &str) -> Result<(), Trouble> {
        let before = |error: StoreError| Trouble::Before(error.to_string());
        let own = self
            .store
            .read(|store| Installments::find(store, number))
            .map_err(before)?;
        let Some(own) = own.filter(|own| own.paid.is_none()) else {
            return Ok(());
        };
        let OrderState::Activated(active) = &own.state else {
            return Ok(());
        };
        let haso = &self.clients.haso;
        let plan = GetPlan::new(active.transaction().clone(), number.into());
        let plan = haso.call(&plan).await;
        let order = StoredOrder::open(number, own.amount).state(own.state.clone());
        let paid = plan.map_err(|error| error.to_string()).and_then(|plan| {
            let paid = order.paid_by_plan(&plan, &haso.settings().quirks);
            paid.map_err(|mismatch| mismatch.to_string())
        });
        let later = self.later(3);
        let stored = self.store.write(|store| match &paid {
            Ok(paid) => Installments::paid(store, number, paid),
            Err(why) => Installments::ask_at(store, number, later, why),
        });
        stored.map_err(before)
    }
}

/// Returns the name of the task that reads an order's plan.
fn task(number: &str) -> String {
    format!("plan {number}")
}

/// Shows the installment orders of an order, and the form for one.
pub(crate) fn section(words: Words, whole: &Whole) -> Markup {
    let say = |english, turkish| words.say(english, turkish);
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
                            (Some(paid), _) => span.good data-haso="paid" {
                                (say("paid, in installments: ", "ödendi, taksit sayısı: "))
                                (paid.plan().installments.len())
                            },
                            (None, OrderState::Open) if one.has_failed => {
                                (say("given up at HASO", "HASO sayfasında vazgeçildi"))
                            },
                            (None, OrderState::Open) if !one.is_led => {
                                (say("it did not begin", "başlamadı"))
                            },
                            (None, OrderState::Open) => (say("at HASO", "HASO sayfasında")),
                            (None, OrderState::Doubtful(_)) => {
                                (say("completed by a message that HASO does not confirm", "tamamlandı bildirimini HASO teyit etmiyor"))
                            },
                            (None, _) => (say("completed, not confirmed yet", "tamamlandı, teyit bekliyor")),
                        }
                        @if let OrderState::Activated(active) = &one.state {
                            @for other in active.doubtful() {
                                span.bad {
                                    " (" (say("perhaps active too: ", "bu da etkin olabilir: ")) (other) ")"
                                }
                            }
                        }
                        @if let Some(write) = one.attempt.as_deref().and_then(|key| whole.write(key)) {
                            " (" (desk::state(words, write)) ")"
                        }
                        @if let Some(note) = &one.note { ": " (note) }
                    }
                }
            }
            @if is_at_haso {
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
                    input type="hidden" name="number" value=(next_number(whole));
                    div.fields {
                        (field("haso-name", "name", say("Name", "Ad"), name))
                        (field("haso-surname", "surname", say("Surname", "Soyad"), surname))
                        (field("haso-mobile", "mobile", say("Mobile number", "Cep telefonu"), "5536616020"))
                        (field("haso-email", "email", say("Email", "E-posta"), "nilufer@example.com"))
                        (field("haso-identity", "identity", say("Identity number", "T.C. kimlik no"), "10000000146"))
                    }
                    button #haso-button { (say("Pay in installments", "Taksitle öde")) }
                }
            }
        }
    }
}
