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
    Accepted, ActivateOrder, ActivatedOrder, ConfirmedOrder, Extent, GetPlan, Item, PageTexts,
    Refund, Rejection, ResultUrls, Settings, Shopper, StartError, StartOrder,
};
use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Language};
use kervan_settling::{Settle as _, Settled, Settler};
use kervan_turkiye::Money;
use maud::{Markup, html};
use rusqlite::Transaction;

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::payments::{delivery, form_is_old, order_is_paid};
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

impl Work for Refund {
    const KIND: &'static str = "haso_refund";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.haso
    }

    fn done(&self, _: &str, _: Option<&Accepted>, store: &Transaction<'_>) -> Stored<()> {
        Installments::refunded(store, self.order.as_str(), self.extent.amount())
    }
}

fn next_number(whole: &Whole) -> String {
    format!("{}-T{}", whole.order.number, whole.installments.len() + 1)
}

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

    /// Activates an order and reads its plan. Returns whether it is paid.
    async fn activate(
        self: &Arc<Self>,
        number: &str,
        key: Option<String>,
    ) -> Result<bool, Failure> {
        let ended = async {
            if let Some(key) = key {
                self.drive(&key);
                self.wait(&key).await?;
            }
            self.ask_for_plan(number);
            self.wait(&task(number)).await
        };
        match ended.await {
            // HASO posts again, and by then it may be known.
            Ok(()) | Err(Trouble::GoesOn) => {}
            Err(trouble) => return Err(trouble.into()),
        }
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
        let before = |error: StoreError| Trouble::Before(Note::from(&error));
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
        let paid = plan.map_err(|error| Note::from(&error)).and_then(|plan| {
            let paid = order.paid_by_plan(&plan, &haso.settings().quirks);
            paid.map_err(Note::from)
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
    let refund: Result<Refund, _> = serde_json::from_str(&write.request);
    refund
        .map(|refund| refund.extent.amount())
        .map_err(|error| writes::unreadable(&error))
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
    let now = shop.now();
    let key = shop.store.write(|store| {
        let Some(whole) = Whole::read(store, id)? else {
            return Ok(Err(Failure::NotFound));
        };
        let mut all = whole.installments.iter();
        let own = all.find(|one| one.number == number && one.paid.is_some());
        let Some((own, OrderState::Activated(active))) = own.map(|own| (own, &own.state)) else {
            return Ok(Err(Failure::not_now(
                "This order is not paid at HASO.",
                "Bu sipariş HASO'da ödenmedi.",
            )));
        };
        let earlier = refunds(&whole, number);
        let key = Write::key_for(store, &format!("{}{nth}", purpose(number)))?;
        if whole.write(&key).is_some() {
            return Ok(Ok(key));
        }
        if nth != earlier.len() + 1 || earlier.iter().any(|write| !write.state.is_done()) {
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
        writes::store(store, (&key, &object), Some(id), &write, now)?;
        Ok(Ok(key))
    })??;
    shop.drive(&key);
    shop.wait(&key).await?;
    Ok(words.go(&format!("/orders/{id}")))
}

/// Shows the refunds of an order that HASO has paid, and the form for the next one.
fn refund_form(words: Words, whole: &Whole, own: &Installments) -> Markup {
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
        @if left.is_positive() && earlier.iter().all(|write| write.state.is_done()) {
            form id={ "haso-refund-" (own.number) } method="post" action=(whole.action(words, "haso-refund")) {
                input type="hidden" name="key" value=(own.number);
                input type="hidden" name="refund" value=(earlier.len() + 1);
                (field(words, &format!("haso-amount-{}", own.number), "amount", &left.comma()))
                button id={ "haso-refund-button-" (own.number) } { (words.say("Give back at HASO", "HASO'da iade et")) }
            }
        }
    }
}

/// Shows the installment orders of an order, and the form for one.
pub(crate) fn section(words: Words, whole: &Whole) -> Markup {
    let say = |english: &str, turkish: &str| words.say(english, turkish).to_owned();
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
                        @let activation = one.attempt.as_deref().and_then(|key| whole.write(key));
                        @if let Some(write) = activation.filter(|_| one.paid.is_none()) {
                            " (" (desk::state(words, write)) ")"
                        }
                        @if let Some(note) = &one.note { ": " (note.show(words)) }
                        @if one.paid.is_some() { (refund_form(words, whole, one)) }
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
