//! The front page, and the page of an order.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use kervan_ledger::Past;
use kervan_turkiye::Money;
use maud::{Markup, html};

use crate::failure::Failure;
use crate::form::Fields;
use crate::pages::{Words, field, page};
use crate::shop::Shop;
use crate::store::{
    Installments, Line, Order, Parcel, PaymentRow, PaymentState, Product, ShareRow, Stored,
    Transaction, Write, secret,
};
use crate::{desk, haso, parcels, payments, shares};

/// Everything that the page of an order shows.
pub(crate) struct Whole {
    pub(crate) order: Order,
    pub(crate) lines: Vec<Line>,
    pub(crate) payments: Vec<PaymentRow>,
    pub(crate) shares: Vec<ShareRow>,
    pub(crate) writes: Vec<Write>,
    pub(crate) parcels: Vec<Parcel>,
    pub(crate) installments: Vec<Installments>,
}

impl Whole {
    pub(crate) fn read(store: &Transaction<'_>, id: i64) -> Stored<Option<Self>> {
        let Some(order) = Order::find(store, id)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            lines: order.lines(store)?,
            payments: PaymentRow::of_order(store, id)?,
            shares: ShareRow::of_order(store, id)?,
            writes: Write::of_order(store, id)?,
            parcels: Parcel::of_order(store, id)?,
            installments: Installments::of_order(store, id)?,
            order,
        }))
    }

    /// Returns whether it is paid, in whichever way.
    pub(crate) fn is_paid(&self) -> bool {
        payments::paid(self).is_some() || self.installments.iter().any(|one| one.paid.is_some())
    }

    /// Returns whether it was paid, and all of the money has gone back: nothing is left to do but to look.
    pub(crate) fn is_given_back(&self) -> bool {
        let mut cards = self.payments.iter();
        let is_card = |payment: &&PaymentRow| payment.state == PaymentState::Paid;
        let has_no_money =
            |seller| shares::left(self, seller).is_some_and(|left| left == Money::ZERO);
        let cards_are_back = match cards.by_ref().filter(is_card).count() {
            0 => true,
            1 => self.lines.iter().all(|line| has_no_money(line.seller)),
            _ => false,
        };
        let haso_is_back = !self.installments.iter().any(Installments::is_active);
        self.is_paid() && cards_are_back && haso_is_back
    }

    /// Returns how many payments are paid, by card and by HASO. More than one is one too many.
    pub(crate) fn times_paid(&self) -> usize {
        let cards = self.payments.iter();
        let cards = cards.filter(|payment| payment.state == PaymentState::Paid);
        cards.count()
            + self
                .installments
                .iter()
                .filter(|one| one.is_active())
                .count()
    }

    /// Returns whether a card may be charged for it now, or has been.
    pub(crate) fn has_card(&self) -> bool {
        self.payments.iter().any(|payment| {
            matches!(
                payment.state,
                PaymentState::Starting
                    | PaymentState::Waiting
                    | PaymentState::Verified
                    | PaymentState::Paid
            )
        })
    }

    /// Returns whether HASO may pay it now, or does.
    pub(crate) fn has_haso(&self) -> bool {
        let mut all = self.installments.iter();
        all.any(|one| one.is_at_haso() || one.is_completed())
    }

    /// Returns whether a card has paid it, or HASO does under another number.
    pub(crate) fn is_paid_beside(&self, number: &str) -> bool {
        let mut others = self.installments.iter().filter(|one| one.number != number);
        payments::paid(self).is_some() || others.any(Installments::is_active)
    }

    /// Returns whether a card may pay it now, or HASO may under another number.
    pub(crate) fn may_be_paid_beside(&self, number: &str) -> bool {
        let mut others = self.installments.iter().filter(|one| one.number != number);
        self.has_card() || others.any(Installments::is_completed)
    }

    /// Returns the write of the shop's own key.
    pub(crate) fn write(&self, own: &str) -> Option<&Write> {
        self.writes.iter().find(|write| write.key.own == own)
    }

    /// Returns the writes whose keys begin so, and that are done, or may be.
    pub(crate) fn writes_of(&self, purpose: &str) -> Vec<&Write> {
        let writes = self.writes.iter();
        writes
            .filter(|write| write.key.own.starts_with(purpose) && !write.is_not_done())
            .collect()
    }

    /// Returns the address of a form of this order.
    pub(crate) fn action(&self, words: Words, what: &str) -> String {
        words.link(&format!("/orders/{}/{what}", self.order.id))
    }
}

pub(crate) async fn front(
    State(shop): State<Arc<Shop>>,
    words: Words,
) -> Result<Response, Failure> {
    let (products, form) = shop
        .store
        .read(|store| Ok((Product::all(store)?, secret(store)?)))?;
    let say = |english, turkish| words.say(english, turkish);
    let main = html! {
        @if products.is_empty() {
            p {
                (say("There is nothing to buy yet: ", "Henüz satılık bir şey yok: "))
                a #to-sellers href=(words.link("/sellers")) {
                    (say("add a seller and a product", "bir satıcı ve ürün ekleyin"))
                }
                "."
            }
        } @else {
            form #order method="post" action=(words.link("/orders")) {
                input type="hidden" name="form" value=(form);
                fieldset {
                    legend { (say("What do you buy?", "Ne alıyorsunuz?")) }
                    @for (at, product) in products.iter().enumerate() {
                        label for={ "product-" (product.id) } {
                            input #{ "product-" (product.id) } type="checkbox"
                                name={ "product_" (product.id) } value="1" checked[at == 0];
                            (product.name) ", " (product.price.comma()) " TL (" (product.seller_name) ")"
                        }
                    }
                }
                div.fields {
                    (field(words, "buyer", "buyer", "Nilüfer Örnek"))
                    (field(words, "phone", "phone", "5550000002"))
                }
                button #order-button { (say("Order", "Sipariş ver")) }
            }
        }
    };
    Ok(page(words, "/", say("Shop", "Mağaza"), &main))
}

pub(crate) async fn create(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let form = fields.required("form")?;
    let buyer = (fields.required("buyer")?, fields.required("phone")?);
    let chosen = fields.chosen("product_");
    let now = shop.now();
    let id = shop.store.write(|store| {
        let mut products = Product::all(store)?;
        products.retain(|product| chosen.contains(&product.id.to_string().as_str()));
        let total = Money::checked_sum(products.iter().map(|product| product.price));
        let Some(total) = total.filter(|total| total.is_positive()) else {
            return Ok(None);
        };
        Order::insert(store, form, buyer, (&products, total), now).map(Some)
    })?;
    match id {
        Some(id) => Ok(words.go(&format!("/orders/{id}"))),
        None => Err(Failure::wrong(
            "Choose at least one product.",
            "En az bir ürün seçin.",
        )),
    }
}

pub(crate) async fn show(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let found = shop.store.read(|store| {
        let Some(whole) = Whole::read(store, id)? else {
            return Ok(None);
        };
        let histories = whole.writes.iter().map(|write| write.history(store));
        let histories = histories.collect::<Stored<Vec<_>>>()?;
        Ok(Some((whole, histories)))
    })?;
    let (whole, histories) = found.ok_or(Failure::NotFound)?;
    let say = |english, turkish| words.say(english, turkish);
    let main = html! {
        section {
            ul #lines {
                @for line in &whole.lines {
                    li { (line.name) ", " (line.price.comma()) " TL (" (line.seller_name) ")" }
                }
            }
            p { (say("Total", "Toplam")) ": " strong #total { (whole.order.total.comma()) " TL" } }
        }
        (payments::section(words, &whole))
        (haso::section(words, &whole))
        (shares::section(words, &whole))
        (parcels::section(&shop, words, &whole))
        (log(words, &whole, &histories))
    };
    let title = format!("{} {}", say("Order", "Sipariş"), whole.order.number);
    Ok(page(words, &format!("/orders/{id}"), &title, &main))
}

/// Shows the writes of an order, and what happened to each.
fn log(words: Words, whole: &Whole, histories: &[Vec<Past>]) -> Markup {
    html! {
        section {
            h2 { (words.say("Writes of this order", "Bu siparişin işlemleri")) }
            ul #writes {
                @for (write, history) in whole.writes.iter().zip(histories) {
                    li {
                        (desk::kind(&write.key.kind).text(words.language)) " " small { (write.key.own) } ": "
                        (desk::state(words, write))
                        (desk::history(words, history))
                    }
                }
            }
        }
    }
}
