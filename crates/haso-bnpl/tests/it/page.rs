//! The page that posts a form: whole, and closed to injection through every field, as a real parser
//! of HTML sees it.

use haso_bnpl::{
    BrowserForm, DeliveryAddress, Item, OrderForm, Page, PageTexts, Shopper, StartOrder, Token,
};
use scraper::{Html, Selector};

use crate::support::{client_by, money, order, shopper};

/// Texts that would break out of an attribute, a tag, a script or the page.
pub(crate) const HOSTILE: [&str; 12] = [
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</form></body><form action=https://evil.example>",
    "<!--",
    "-->",
    "]]>",
    "&quot;&lt;&#x22;&amp;",
    "</script><script>alert(1)//",
    "a\u{2028}\u{2029}\u{feff}\u{202e}b",
    "javascript:alert(1)",
    "` onfocus=alert(1) autofocus=`",
    "=\"x\" y='z' İıŞş 🚚",
];

/// Returns an order with a hostile text in every field that takes free text.
pub(crate) fn hostile_order(text: &str) -> StartOrder {
    let shopper = Shopper::new()
        .mobile("5536616020")
        .email(text)
        .name(text)
        .surname(text)
        .identity_number("10000000146");
    let url = |name: &str| {
        let query: String = text.chars().filter(char::is_ascii_graphic).collect();
        format!("https://shop.example/{name}?q={query}")
    };
    let urls = haso_bnpl::ResultUrls::new(url("callback"))
        .ok(url("ok"))
        .fail(url("fail"));
    let number: String = text
        .chars()
        .filter(|letter| !letter.is_control())
        .take(20)
        .collect();
    StartOrder::new(number, money("1.00"), urls, shopper)
        .address(
            DeliveryAddress::new(text)
                .detail(text)
                .town(text)
                .city(text)
                .phone(text)
                .postal_code(text),
        )
        .item(
            Item::new(text, 1, money("1.00"))
                .name(text)
                .category(text)
                .brand(text)
                .variant(text)
                .variant2(text)
                .url(text)
                .image(text),
        )
}

pub(crate) async fn form(order: &StartOrder, token: &str) -> BrowserForm {
    let client = client_by("http://127.0.0.1:9", 1, |builder| {
        builder.tokens(Token::from(token))
    });
    client.order_form(order).await.unwrap()
}

fn selected(html: &Html, selector: &str) -> usize {
    html.select(&Selector::parse(selector).unwrap()).count()
}

/// Asserts that a parser finds the form's own fields, one script, and nothing else that could act.
fn assert_closed(page: &Page, form: &BrowserForm) {
    let html = Html::parse_document(page.html());
    assert_eq!(html.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    let inputs = Selector::parse("form > input[type=hidden]").unwrap();
    let found: Vec<_> = html
        .select(&inputs)
        .map(|input| (input.attr("name").unwrap(), input.attr("value").unwrap()))
        .collect();
    assert_eq!(found, form.fields().collect::<Vec<_>>());
    for (selector, count) in [
        ("form", 1),
        ("script", 1),
        ("button[type=submit]", 1),
        ("img, iframe, a, link, object, style", 0),
        ("input", found.len()),
    ] {
        assert_eq!(selected(&html, selector), count, "{selector}");
    }
    let action = html
        .select(&Selector::parse("form").unwrap())
        .next()
        .unwrap();
    assert_eq!(action.attr("action"), Some(form.action()));
    let all = Selector::parse("*").unwrap();
    let acting = html
        .select(&all)
        .flat_map(|element| element.value().attrs())
        .filter(|(name, _)| name.starts_with("on"));
    assert_eq!(acting.count(), 0);
}

#[tokio::test]
async fn a_page_is_whole() {
    let form = form(&order(), "T").await;
    for texts in [PageTexts::turkish(), PageTexts::english()] {
        let page = form.page(&texts);
        assert_closed(&page, &form);
        assert!(page.html().starts_with("<!DOCTYPE html>\n<html lang=\""));
        assert!(!format!("{page:?}{form:?}").contains("Nilüfer"));
    }
}

#[tokio::test]
async fn no_field_breaks_out() {
    for text in HOSTILE {
        let form = form(&hostile_order(text), text).await;
        let texts = PageTexts::turkish().title(text).message(text).button(text);
        assert_closed(&form.page(&texts), &form);
    }
}

#[tokio::test]
async fn a_control_character_makes_no_form() {
    type Change = fn(&mut StartOrder, &str);
    let changes: [(&str, Change); 5] = [
        ("number", |order, text| order.number = text.into()),
        ("shopper.name", |order, text| {
            order.shopper = shopper().name(text).surname("Örnek");
        }),
        ("shopper.surname", |order, text| {
            order.shopper = shopper().name("Nilüfer").surname(text);
        }),
        ("shopper.email", |order, text| {
            order.shopper = shopper().email(text);
        }),
        ("items[0].name", |order, text| {
            order.items[0] = Item::new("SKU-1", 2, money("250.00")).name(text);
        }),
    ];
    let client = client_by("http://127.0.0.1:9", 1, |builder| {
        builder.tokens(Token::from("T"))
    });
    assert!(client.order_form(&order()).await.is_ok(), "the valid order");
    for (path, change) in changes {
        for text in ["a\0", "a\u{8}b", "a\u{9f}", "\u{1b}[0m"] {
            let mut order = order();
            change(&mut order, text);
            let problems = client.check(&OrderForm::new(order.clone(), "T"));
            let found: Vec<_> = problems
                .iter()
                .map(|problem| (problem.code(), problem.path()))
                .collect();
            assert_eq!(found.len(), 1, "{path} {text:?}: {found:?}");
            assert_eq!(found[0].0, "text.control_character", "{path} {text:?}");
            assert!(found[0].1.ends_with(path), "{path}: {found:?}");
            assert!(client.order_form(&order).await.is_err(), "{path} {text:?}");
        }
    }
}

#[tokio::test]
async fn the_policy_lets_the_own_script_run_and_nothing_else() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = form(&order(), "T").await.page(&PageTexts::turkish());
    let html = Html::parse_document(page.html());
    let script = html
        .select(&Selector::parse("script").unwrap())
        .next()
        .unwrap()
        .inner_html();
    let hash =
        base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script.as_bytes()));
    let headers = page.headers();
    let policy = &headers
        .iter()
        .find(|(name, _)| *name == "Content-Security-Policy")
        .unwrap()
        .1;
    assert_eq!(
        *policy,
        format!(
            "default-src 'none'; script-src 'sha256-{hash}'; form-action http://127.0.0.1:9 https:; base-uri 'none'; frame-ancestors 'none'"
        )
    );
    let meta = html
        .select(&Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap())
        .next()
        .unwrap();
    assert!(policy.starts_with(meta.attr("content").unwrap()));
    assert!(headers.contains(&("Cache-Control", "no-store".to_owned())));
}
