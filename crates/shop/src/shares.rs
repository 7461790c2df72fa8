//! What follows a payment: shares of the sellers, approval, refund of a part.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use kervan_ledger::{Account, Entry};
use kervan_settling::Settler;
use kervan_turkiye::Money;
use maud::{Markup, html};
use param_marketplace::payments::PaidOrder;
use param_marketplace::split::{Commission, Gross, Part};
use param_marketplace::{
    AddOrderDetail, CancelOrRefund, EnteredShare, OrderDetail, RefundAmount, SetOrderStatus,
    Settings, Undo,
};

use crate::desk;
use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::payments::{form_is_old, paid};
use crate::shop::Shop;
use crate::store::{Change, Seller, ShareRow, Write, time};
use crate::writes::{self, Work};

impl Work for AddOrderDetail {
    const KIND: &'static str = "enter_share";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.param
    }

    /// The shares of a payment are entered one after the other.
    const WAITS: bool = true;

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.param
    }

    fn end(&self, _: &Arc<Shop>, entry: &Entry, output: Option<&OrderDetail>) -> Option<Change> {
        let (own, entered) = (entry.key.own.clone(), output?.order.as_str().to_owned());
        Some(Box::new(move |store| {
            ShareRow::entered(store, &own, &entered)
        }))
    }
}

impl Work for SetOrderStatus {
    const KIND: &'static str = "approve";

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.param
    }

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.param
    }
}

impl Work for CancelOrRefund {
    const KIND: &'static str = "refund";

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.param
    }

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.param
    }
}

/// One write on a payment is open at a time.
fn object(whole: &Whole) -> String {
    format!("order:{}", whole.order.number)
}

fn not_paid() -> Failure {
    Failure::not_now("The order is not paid.", "Sipariş ödenmedi.")
}

/// Divides a payment among its sellers. The shop keeps a tenth of each line.
fn divide(
    whole: &Whole,
    sellers: &[Seller],
    paid: &PaidOrder,
) -> Result<Vec<(i64, AddOrderDetail)>, Note> {
    let mut own = Vec::new();
    let mut parts = Vec::new();
    for seller in sellers {
        let prices = whole
            .lines
            .iter()
            .filter(|line| line.seller == seller.id)
            .map(|line| line.price);
        let gross = Money::checked_sum(prices).unwrap_or_default();
        let Some(key) = seller.key.as_deref().filter(|_| gross.is_positive()) else {
            continue;
        };
        let keeps = Money::from_kurus(gross.kurus() / 10).unwrap_or_default();
        let gross = Gross::new(gross).map_err(Note::from)?;
        let commission = Commission::new(keeps).map_err(Note::from)?;
        own.push(seller.id);
        parts.push(Part::new(key, gross).keep(commission));
    }
    let details = paid.split(parts).map_err(Note::from)?;
    Ok(own.into_iter().zip(details).collect())
}

/// Enters the share of each seller, one after the other.
pub(crate) async fn split(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let keys = shop.store.write(|store| {
        let Some(whole) = Whole::read(store, id)? else {
            return Ok(Err(Failure::NotFound));
        };
        let Some((paid, _)) = paid(&whole) else {
            return Ok(Err(not_paid()));
        };
        let details = match divide(&whole, &Seller::all(store)?, paid) {
            Ok(details) => details,
            Err(why) => return Ok(Err(Failure::Wrong(why))),
        };
        let mut keys = Vec::new();
        for (seller, detail) in details {
            let own = format!("share:{}:{seller}", whole.order.number);
            match shop.plan(store, (&own, &object(&whole)), Some(id), &detail)? {
                Ok(key) => keys.push(key),
                Err(failure) => return Ok(Err(failure)),
            }
            ShareRow::insert(store, &own, id, seller)?;
        }
        Ok(Ok(keys))
    })??;
    for key in &keys {
        shop.sent(key).await?;
    }
    Ok(words.go(&format!("/orders/{id}")))
}

/// Returns the share that a form is about.
fn share<'w>(whole: &'w Whole, fields: &Fields) -> Result<(&'w ShareRow, &'w str), Failure> {
    let seller: i64 = fields.number("seller")?;
    let mut shares = whole.shares.iter().rev();
    let share = shares.find(|share| share.seller == seller && share.entry.is_some());
    let share = share.and_then(|share| Some((share, share.entry.as_deref()?)));
    share.ok_or_else(|| Failure::not_now("This share was not entered.", "Bu pay girilmedi."))
}

/// Pays a seller out: the goods have arrived.
pub(crate) async fn approve(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    shop.write_of_order(id, |store, whole| {
        let (share, entry) = match share(whole, &fields) {
            Ok(share) => share,
            Err(failure) => return Ok(Err(failure)),
        };
        let write = SetOrderStatus::approve(entry.into());
        shop.plan(store, (&approval(share), &object(whole)), Some(id), &write)
    })
    .await?;
    Ok(words.go(&format!("/orders/{id}")))
}

fn approval(share: &ShareRow) -> String {
    format!("approve:{}", share.write)
}

/// Returns the refunds of a share that are done, or may be.
fn refunds<'w>(whole: &'w Whole, share: &ShareRow) -> Vec<&'w Write> {
    whole.writes_of(&format!("refund:{}:", share.write))
}

/// Returns the part that a stored refund gives back.
fn part(write: &Write) -> Result<Option<Money>, Note> {
    let refund: CancelOrRefund = writes::read(write)?;
    Ok(match refund.amount {
        RefundAmount::Partial(part) => Some(part.amount()),
        RefundAmount::Full => None,
    })
}

/// Returns what is left of a seller's share after its refunds that are done, or may be. `None` where the share
/// was not entered.
pub(crate) fn left(whole: &Whole, seller: i64) -> Option<Money> {
    let mut shares = whole.shares.iter().rev();
    let share = shares.find(|share| share.seller == seller && share.entry.is_some())?;
    let entered = whole.write(&share.write)?;
    let detail: AddOrderDetail = writes::read(entered).ok()?;
    let parts = refunds(whole, share);
    let parts = parts.iter().map(|write| {
        let whole = detail.product_amount;
        part(write).map(|part| part.unwrap_or(whole)).ok()
    });
    let back = Money::checked_sum(parts.collect::<Option<Vec<_>>>()?)?;
    detail.product_amount.checked_sub(back)
}

/// Gives a part of a share back. The form has the refund's number, so that a second click is the same one.
pub(crate) async fn refund(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let amount = fields.money("amount")?;
    let number: usize = fields.number("refund")?;
    let day = shop.day();
    shop.write_of_order(id, |store, whole| {
        let (share, entry) = match share(whole, &fields) {
            Ok(share) => share,
            Err(failure) => return Ok(Err(failure)),
        };
        let earlier = refunds(whole, share);
        let purpose = format!("refund:{}:{number}", share.write);
        let known = whole.write(&purpose);
        if let Some(known) = known.filter(|known| !known.is_not_done()) {
            let is_same = part(known) == Ok(Some(amount));
            return Ok(if is_same {
                Ok(known.key.clone())
            } else {
                Err(form_is_old())
            });
        }
        if number != earlier.len() + 1 || earlier.iter().any(|write| !write.is_done()) {
            return Ok(Err(Failure::not_now(
                "An earlier refund of this share is open, or this form is an old one.",
                "Bu payın açık bir iadesi var ya da form eski.",
            )));
        }
        let before = (earlier.as_slice(), known.is_some());
        let write = match build(whole, share, before, (entry, amount), day) {
            Ok(write) => write,
            Err(why) => return Ok(Err(Failure::Wrong(why))),
        };
        shop.plan(store, (&purpose, &object(whole)), Some(id), &write)
    })
    .await?;
    Ok(words.go(&format!("/orders/{id}")))
}

fn build(
    whole: &Whole,
    share: &ShareRow,
    (earlier, was_refused): (&[&Write], bool),
    (entry, amount): (&str, Money),
    now: DateTime<Utc>,
) -> Result<CancelOrRefund, Note> {
    let not_entered = || Note::new("This share was not entered.", "Bu pay girilmedi.");
    let (paid, at) = paid(whole).ok_or_else(not_entered)?;
    let entered = whole.write(&share.write).ok_or_else(not_entered)?;
    let detail: AddOrderDetail = writes::read(entered)?;
    let parts = earlier.iter().map(|write| part(write));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let too_much = || {
        let english = "The refunds are more than the share.";
        Note::new(english, "İadeler payı aşıyor.")
    };
    let back = Money::checked_sum(parts.into_iter().flatten()).ok_or_else(too_much)?;
    let entered = EnteredShare::of(&detail).map_err(|_| not_entered())?;
    let part = RefundAmount::part(amount)
        .of(&entered.refunded(back))
        .map_err(Note::from)?;
    let undo = match Undo::between(time(at).into(), now) {
        // A cancellation that was refused is tried as a refund: the bank's day may have ended.
        Undo::Cancel if was_refused => Undo::Refund,
        undo => undo,
    };
    Ok(CancelOrRefund::new(
        entry.into(),
        paid.order.as_str(),
        undo,
        part,
    ))
}

/// Shows the shares of an order, and their forms.
pub(crate) fn section(words: Words, whole: &Whole) -> Markup {
    let say = |english, turkish| words.say(english, turkish);
    let is_paid = paid(whole).is_some();
    let is_refused = |share: &ShareRow| whole.write(&share.write).is_some_and(Write::is_not_done);
    let current: Vec<_> = whole
        .shares
        .iter()
        .filter(|share| !is_refused(share))
        .collect();
    html! {
        @if is_paid {
            section {
                h2 { (say("Shares of the sellers", "Satıcı payları")) }
                @if !whole.lines.iter().all(|line| current.iter().any(|share| share.seller == line.seller)) {
                    form #split method="post" action=(whole.action(words, "split")) {
                        button #split-button { (say("Divide the money", "Tutarı paylaştır")) }
                    }
                }
                @for share in &current {
                    h3 { (share.seller_name) }
                    p id={ "share-" (share.seller) } {
                        @if let Some(write) = whole.write(&share.write) {
                            (say("Entry of the share", "Payın girilmesi")) ": " (desk::state(words, write))
                        }
                    }
                    @if share.entry.is_some() {
                        @let earlier = refunds(whole, share);
                        @let is_refunding = !earlier.iter().all(|write| write.is_done());
                        @let left = left(whole, share.seller);
                        @let has_no_money = left == Some(Money::ZERO);
                        @match whole.write(&approval(share)) {
                            Some(write) if !write.is_not_done() => p id={ "approval-" (share.seller) } {
                                (say("Payment to the seller", "Satıcıya ödeme")) ": " (desk::state(words, write))
                            },
                            _ if has_no_money || is_refunding => {},
                            _ => form id={ "approve-" (share.seller) } method="post" action=(whole.action(words, "approve")) {
                                input type="hidden" name="seller" value=(share.seller);
                                button id={ "approve-button-" (share.seller) } {
                                    (say("The goods have arrived: pay the seller", "Ürün ulaştı: satıcıya öde"))
                                }
                            },
                        }
                        ul id={ "refunds-" (share.seller) } {
                            @for write in &earlier {
                                li {
                                    (say("Refund", "İade"))
                                    @if let Ok(Some(part)) = part(write) { " " (part.comma()) " TL" }
                                    ": " (desk::state(words, write))
                                }
                            }
                        }
                        @if !has_no_money && !is_refunding {
                            @let ten = Money::from_kurus(1_000).unwrap_or_default();
                            @let amount = left.map_or(ten, |left| left.min(ten)).comma();
                            form id={ "refund-" (share.seller) } method="post" action=(whole.action(words, "refund")) {
                                input type="hidden" name="seller" value=(share.seller);
                                input type="hidden" name="refund" value=(earlier.len() + 1);
                                (field(words, &format!("amount-{}", share.seller), "amount", &amount))
                                @if let Some(left) = left {
                                    p { (say("Left of the share: ", "Payın kalanı: ")) span id={ "left-" (share.seller) } { (left.comma()) } " TL" }
                                }
                                button id={ "refund-button-" (share.seller) } { (say("Refund", "İade et")) }
                            }
                        }
                    }
                }
            }
        }
    }
}
