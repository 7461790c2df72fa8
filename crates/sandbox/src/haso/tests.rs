//! Stories with hand-written requests.

mod cases;
mod codes;
mod hosted;
mod limits;
mod marked;
mod orders;
mod pages;
mod payments;
mod posts;
mod refusals;
mod stored;

use rust_decimal::Decimal;
use serde_json::Value;

use super::service::sign;
use super::*;
use crate::values::form;
use crate::{Answer, Chance, Hosted, Moment, Post, PostBody, Provider, Repeats, Request, Sender};

/// 27 November 2026, noon in Istanbul.
const NOON: Moment = Moment(1_795_770_000_000);
const DAY: i64 = 86_400_000;
const SALT: &str = "demo-merchant-salt";

struct Story {
    world: Haso,
    chance: Chance,
    now: Moment,
}

impl Story {
    fn new() -> Self {
        Story {
            world: Haso::demo(),
            chance: Chance::new(1),
            now: NOON,
        }
    }

    fn send(&mut self, request: &Request) -> (Answer, Vec<Effect>) {
        self.world.handle(request, self.now, &mut self.chance)
    }

    /// Sends a form to `Index`, signed over the values of the named fields.
    fn index(&mut self, name: &str, fields: &[(&str, &str)], signed: &[&str]) -> Reply {
        let mut fields = owned(fields);
        let token = token(&fields, signed);
        fields.push(("requestToken".to_owned(), token));
        let request = post_form(&format!("/Index/{name}"), &fields);
        Reply::of(self.send(&request))
    }

    /// Sends JSON to `RequestV2`, signed likewise. Values are texts.
    fn v2(&mut self, name: &str, fields: &[(&str, &str)], signed: &[&str]) -> Reply {
        let mut fields = owned(fields);
        let token = token(&fields, signed);
        fields.push(("requestToken".to_owned(), token));
        let members = fields.iter().map(|(name, value)| {
            let value = match name.as_str() {
                // These are numbers, flags and lists on the page.
                "kdsLimit" | "selectedInstallment" | "testOn" | "paymentCodes" => value.clone(),
                _ => Value::from(value.as_str()).to_string(),
            };
            format!("{}: {value}", Value::from(name.as_str()))
        });
        let body = format!("{{{}}}", members.collect::<Vec<_>>().join(", "));
        let request = post(
            &format!("/RequestV2/{name}"),
            "application/json; charset=utf-8",
            &body,
        );
        Reply::of(self.send(&request))
    }

    fn form_token(&mut self) -> String {
        let reply = self.index("GetToken", &[("merchantId", "1001")], &["merchantId"]);
        reply.data()["token"].as_str().unwrap().to_owned()
    }

    /// Opens an order of 500 lira for customer 5004.
    fn order(&mut self, order: &str) -> (Answer, Vec<Effect>) {
        let token = self.form_token();
        self.send(&order_form(&token, order))
    }

    /// Activates the order.
    fn activate(&mut self, order: &str) -> Reply {
        let fields = self.numbers(order);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.index(
            "UpdateTransaction",
            &fields,
            &["merchantId", "merchantOid", "transactionCode"],
        )
    }

    fn numbers(&self, order: &str) -> [(&'static str, String); 3] {
        let code = self.world.transaction_of(order).unwrap().code.clone();
        [
            ("merchantId", "1001".to_owned()),
            ("merchantOid", order.to_owned()),
            ("transactionCode", code),
        ]
    }

    fn active_order(order: &str) -> (Self, Transaction) {
        let mut story = Self::new();
        story.order(order);
        assert_eq!(story.activate(order).effects.len(), 1);
        let transaction = story.world.transaction_of(order).unwrap().clone();
        (story, transaction)
    }
}

/// A decoded answer.
#[derive(Debug)]
struct Reply {
    body: Value,
    effects: Vec<Effect>,
}

impl Reply {
    fn of((answer, effects): (Answer, Vec<Effect>)) -> Self {
        assert_eq!(answer.status, 200, "{}", text(&answer));
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        assert!(body["Success"] == true || effects.is_empty(), "{body}");
        Self { body, effects }
    }

    #[track_caller]
    fn data(&self) -> &Value {
        assert_eq!(self.body["Success"], true, "{}", self.body);
        assert!(self.body["Errors"].is_null());
        &self.body["Data"]
    }

    #[track_caller]
    fn refusal(&self) -> &str {
        assert_eq!(self.body["Success"], false, "{}", self.body);
        assert!(self.body["Data"].is_null());
        self.body["Errors"][0].as_str().unwrap()
    }
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(owned).collect()
}

fn token(fields: &[(String, String)], signed: &[&str]) -> String {
    let value = |name: &&str| {
        let field = fields.iter().find(|(listed, _)| listed == name);
        field.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let text: String = signed.iter().map(value).chain([SALT]).collect();
    sign("demo-merchant-key", &text).unwrap()
}

fn post(path: &str, content_type: &str, body: &str) -> Request {
    Request {
        method: "POST".to_owned(),
        path: path.to_owned(),
        headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
        body: body.as_bytes().to_vec(),
    }
}

fn post_form(path: &str, fields: &[(String, String)]) -> Request {
    let content_type = "application/x-www-form-urlencoded; charset=UTF-8";
    post(path, content_type, &form::write(fields))
}

fn order_form(token: &str, order: &str) -> Request {
    let items = r#"[{"Id":"S","Name":"Işık","Category":"","Brand":"","Variant":"","Variant2":"","Url":"","Image":"","Quantity":1,"Price":50000}]"#;
    let fields = [
        ("token", token),
        ("orderAmount", "50000"),
        ("merchantId", "1001"),
        ("okUrl", "https://shop.example/ok"),
        ("failUrl", "https://shop.example/fail"),
        ("callbackUrl", "https://shop.example/callback"),
        ("merchantOid", order),
        ("customerId", "5004"),
        ("mobileNumber", "5550000000"),
        ("email", "n@example.com"),
        ("name", "Nilüfer"),
        ("surname", "Örnek"),
        ("OrderItems", items),
    ];
    post_form("/ServletV2/Transaction", &owned(&fields))
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn lira(kurus: i64) -> Decimal {
    Decimal::new(kurus, 2)
}

/// Returns a field of a post's form.
#[track_caller]
fn field<'a>(post: &'a Post, name: &str) -> &'a str {
    let PostBody::Form(fields) = &post.body else {
        panic!("not a form");
    };
    let field = fields.iter().find(|(listed, _)| listed == name);
    &field.unwrap().1
}
