//! HASO: the shop of the stories, its customer, and the customer's browser.

mod by_server;
mod limits;
mod orders;
mod payments;

use haso_bnpl::callbacks::{PaidOrder, StoredOrder};
use haso_bnpl::{
    ActivateOrder, BaseUrl, BrowserForm, Client, GetPlan, Item, MerchantKey, MerchantSalt, Money,
    OrderPlan, Quirks, ResultUrls, Sent, Shopper, Signing, StartOrder,
};
use kervan_core::Delivery;
use kervan_sandbox::haso::{Completion, Haso};
use kervan_sandbox::{Answer, PostBody, Request};
use stories::{Stage, arrived};

/// The customer of the demo world.
const CUSTOMER: &str = "5004";

pub(super) struct Shop {
    pub(super) stage: Stage<Haso>,
    pub(super) client: Client,
}

impl Shop {
    /// Opens a shop in the demo world, whose pages wait for their customers.
    pub(super) fn open() -> Self {
        let mut world = Haso::demo();
        world.settings_mut().completion = Completion::ByHand;
        Self::over(world)
    }

    pub(super) fn over(world: Haso) -> Self {
        let stage = Stage::new(world);
        let signing = Signing::new(
            MerchantKey::new("demo-merchant-key"),
            MerchantSalt::new("demo-merchant-salt"),
        );
        let base = BaseUrl::parse("https://haso.example").unwrap();
        let client = Client::builder(base, "1001").signing(signing);
        let client = client.build_over(stage.network(), stage.host());
        Self { stage, client }
    }

    /// Posts a form as the customer's browser does.
    pub(super) fn browse(&self, form: &BrowserForm) -> Answer {
        let action = form.action().strip_prefix("https://haso.example").unwrap();
        let fields = form.fields();
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = PostBody::Form(fields.collect());
        let headers = [("content-type", body.content_type())];
        let request = Request::new("POST", action, &headers, body.encoded().into_bytes());
        self.stage.browse(&request)
    }

    /// Opens the page of an order.
    pub(super) fn opened(&self, number: &str, amount: &str) {
        let form = self
            .stage
            .run(self.client.order_form(&order(number, amount)));
        let answer = self.browse(&form.unwrap());
        assert_eq!(answer.status, 302);
        let open = |world: &Haso| world.sessions().any(|one| one.order() == Some(number));
        assert!(self.stage.ask(open));
    }

    /// Takes the posts of a kind to the shop.
    pub(super) fn posts(&self) -> Vec<(String, Delivery)> {
        let posts = self.stage.posts().into_iter();
        posts
            .map(|post| (post.kind.clone(), arrived(&post)))
            .collect()
    }

    /// Activates an order, and asks the service for its plan.
    pub(super) fn activated(&self, activation: &ActivateOrder) -> OrderPlan {
        let sent = self.stage.run(self.client.send_or_settle(activation));
        assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
        let order = activation.order.clone();
        let plan = GetPlan::new(activation.transaction.clone(), order);
        self.stage.run(self.client.call(&plan)).unwrap().value
    }

    /// Takes an order from its creation by the server to its plan.
    pub(super) fn paid(&self, amount: &str) -> PaidOrder {
        let (order, transaction) = by_server::created(self, amount);
        let activation = ActivateOrder::without_post(order.clone(), transaction.clone());
        let plan = self.activated(&activation);
        assert!(self.stage.ask(|world| world.is_active(order.as_str())));
        let stored = StoredOrder::open(order, money(amount)).state(
            haso_bnpl::callbacks::OrderState::Activated(transaction.into()),
        );
        stored.paid_by_plan(&plan, &Quirks::default()).unwrap()
    }
}

pub(super) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn urls() -> ResultUrls {
    let url = |name| format!("https://shop.example/haso/{name}?k=7f3a9c51");
    ResultUrls::new(url("callback"))
        .ok(url("ok"))
        .fail(url("fail"))
}

fn shopper() -> Shopper {
    Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile("5550000000")
        .email("deneme@example.com")
        .identity_number("10000000146")
}

fn order(number: &str, amount: &str) -> StartOrder {
    let item = Item::new("SKU-1", 1, money(amount)).name("Lamba");
    StartOrder::new(number, money(amount), urls(), shopper()).item(item)
}
