//! Param: the shop of the stories, and its customer.

mod cards;
pub(super) mod marketplace;
mod pages;
mod reconciled;
mod reports;
mod reservations;
mod sellers;
mod three_d;

use std::net::{IpAddr, Ipv4Addr};

use kervan_core::Delivery;
use kervan_sandbox::Kurus;
use kervan_sandbox::param::{Customer, Param, Payment as Truth, PaymentState, Step};
use param_marketplace::payments::callback::{ExpectedPayment, PayCallback, PayResult};
use param_marketplace::payments::{
    Card, Currency, PaidOrder, Payment, PosPayment, QueryPayment, ReturnUrls, Sale, Security,
};
use param_marketplace::{Client, Credentials, Environment, MarketplaceKey, MerchantKey, Money};
use stories::{Stage, arrived};

/// The key of the published test account.
const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";
/// A published test card.
const CARD: &str = "4546711234567894";
/// Keys of sellers.
pub(super) const SELLERS: [&str; 2] = [
    "7f2b9c1e-0000-4000-8000-0000000000a1",
    "7f2b9c1e-0000-4000-8000-0000000000a2",
];
const PAID: &str = "https://shop.example/paid";
const FAILED: &str = "https://shop.example/failed";

/// A shop with an account in which nothing has happened.
pub(super) struct Shop {
    pub(super) stage: Stage<Param>,
    pub(super) client: Client,
}

impl Shop {
    pub(super) fn open() -> Self {
        Self::over(Param::default())
    }

    pub(super) fn over(world: Param) -> Self {
        let stage = Stage::new(world);
        let login = Credentials::published_test_account();
        let keys = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
        let builder = Client::builder(&Environment::Test, login, keys.0, keys.1).unwrap();
        let client = builder.build_over(stage.network(), stage.host());
        Self { stage, client }
    }

    /// Lets the customer act on the page of an order, and returns the post of the browser.
    pub(super) fn customer(&self, order: &str, does: Customer) -> Delivery {
        let page = order.to_owned();
        self.stage.act(Step::Customer { page, does });
        let posts = self.stage.posts();
        assert_eq!(posts.len(), 1, "one form comes back");
        arrived(&posts[0])
    }

    /// Returns the only payment of an order, as it really is.
    pub(super) fn truth(&self, order: &str) -> Truth {
        self.stage.ask(|world| {
            let mut all = world.payments().iter().filter(|one| one.order == order);
            let only = all.next().cloned().unwrap();
            assert!(all.next().is_none(), "one payment");
            only
        })
    }

    /// Asks for the status by the shop's key, and confirms the payment by it.
    pub(super) fn confirmed(&self, started: &PayResult) -> PaidOrder {
        let PayResult::Paid(paid) = started else {
            panic!("not paid: {started:?}");
        };
        let query = QueryPayment::by_key(paid.key.clone());
        let status = self.stage.run(self.client.call(&query)).unwrap();
        let number = paid.payment.unwrap();
        PaidOrder::confirm(number, &paid.order, paid.total, paid.currency, &status).unwrap()
    }

    /// Takes a payment by 3D Pay, from the card to its confirmation.
    pub(super) fn paid(&self, order: &str, amount: &str) -> PaidOrder {
        let payment = PosPayment::new(sale(order, amount), card(), Security::ThreeD);
        let started = self.stage.run(self.client.call(&payment)).unwrap().value;
        let Payment::Started(visit) = started else {
            panic!("3-D was asked for");
        };
        let expected = ExpectedPayment::of(&payment.sale, &visit);
        let post = self.customer(order, Customer::Proves);
        let callback = PayCallback::read(&post).unwrap();
        let result = callback.verify(self.client.settings(), &expected).unwrap();
        let paid = self.confirmed(&result);
        assert_eq!(self.truth(order).state, PaymentState::Charged);
        assert_eq!(paid.payment.get(), self.truth(order).id.unsigned_abs());
        paid
    }

    /// Asks for the status of an order.
    pub(super) fn state(&self, order: &str) -> Option<param_marketplace::payments::PaymentState> {
        let query = QueryPayment::by_order(order);
        let status = self.stage.run(self.client.call(&query)).unwrap();
        status.value.payment.and_then(|record| record.state)
    }
}

pub(super) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(super) fn kurus(amount: Money) -> Kurus {
    Kurus(amount.kurus())
}

pub(super) fn card() -> Card {
    Card::new(CARD)
        .holder("Deneme")
        .month("12")
        .year("2031")
        .code("000")
}

/// Returns a sale under the first key of its order.
pub(super) fn sale(order: &str, amount: &str) -> Sale {
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    let urls = ReturnUrls::after_success(PAID).after_failure(FAILED);
    let key = format!("{order}-1");
    let sale = Sale::new(order.into(), key.into(), money(amount), urls, customer);
    sale.phone("5550000001").described("Deneme")
}

/// Returns a post with a value changed by its sender.
pub(super) fn altered(post: &Delivery, from: &str, to: &str) -> Delivery {
    let body = String::from_utf8(post.body.clone()).unwrap();
    assert!(body.contains(from), "{from}");
    kervan_testing::delivery(post.content_type(), body.replace(from, to))
}

/// The currency of payments without a word about it.
const LIRA: Currency = Currency::Lira;
