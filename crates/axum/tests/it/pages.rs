//! The pages that lead a customer to a provider.

use axum::response::IntoResponse as _;
use haso_bnpl::{BaseUrl, Client, MerchantKey, MerchantSalt, PageTexts, Signing, Token};
use kervan_axum::haso::FormPage;
use kervan_axum::param::BankPage;
use kervan_axum::{SeeOther, Visit};
use kervan_core::Personal;
use kervan_testing::{MovableHost, Script};

use param_marketplace::payments::ShowPage;

use super::support::{Answered, order};

#[tokio::test]
async fn the_page_to_haso_has_the_headers_that_belong_to_it() {
    let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
    let signing = Signing::new(MerchantKey::new("key"), MerchantSalt::new("salt"));
    let client = Client::builder(BaseUrl::parse("https://haso.example").unwrap(), "1001")
        .signing(signing)
        .tokens(Token::from("token-1"))
        .build_over(Script::new(), host.clone());
    let form = host
        .run(client.order_form(&order("https://shop.example")))
        .unwrap();
    let page = form.page(&PageTexts::english());
    assert!(!format!("{:?}", FormPage(page.clone())).contains("token-1"));
    let shown = Answered::of(FormPage(page).into_response()).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("token-1"));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(shown.header(name), value, "{name}");
    }
    let policy = shown.header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "script-src 'sha256-",
        "form-action https://haso.example https:",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{rule}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
}

#[tokio::test]
async fn the_page_to_the_bank_is_sent_unchanged_in_an_origin_of_its_own() {
    const HTML: &str = "<!doctype html><body onload=\"document.forms[0].submit()\">\
        <form action=\"https://bank.example\"></form>";
    let page = BankPage::new(&ShowPage::new(HTML));
    assert!(!format!("{page:?}").contains("bank.example"));
    let shown = Answered::of(page.clone().into_response()).await;
    assert_eq!((shown.status, shown.body.as_str()), (200, HTML));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(shown.header("referrer-policy"), "no-referrer");
    assert_eq!(
        shown
            .headers
            .get_all("content-security-policy")
            .iter()
            .count(),
        1
    );
    let policy = shown.header("content-security-policy");
    for rule in [
        "form-action https:;",
        "frame-ancestors 'none'",
        "sandbox allow-forms allow-scripts allow-top-navigation",
    ] {
        assert!(policy.contains(rule), "{rule}: {policy}");
    }
    assert!(!policy.contains("allow-same-origin"), "{policy}");
    let local = page.to_this_machine().in_the_shops_origin();
    let shown = Answered::of(local.into_response()).await;
    let policy = shown.header("content-security-policy");
    assert!(
        policy.contains("form-action https: http://127.0.0.1:* "),
        "{policy}"
    );
    assert!(policy.ends_with(" allow-same-origin"), "{policy}");
}

#[tokio::test]
async fn a_redirect_leads_to_the_provider_or_to_a_page_of_the_shop_only() {
    let url = Personal::from("https://test-pos.param.com.tr/3D_Secure/a.aspx?rURL=X&SID=1");
    let visit = Visit::new(&url).unwrap();
    assert!(!format!("{visit:?}").contains("SID"));
    let away = Answered::of(visit.into_response()).await;
    assert_eq!((away.status, away.header("location")), (303, url.as_str()));
    assert_eq!(away.header("referrer-policy"), "no-referrer");
    assert_eq!(away.header("cache-control"), "no-store");
    for other in [
        "",
        "/orders/17",
        "javascript:alert(1)",
        "http://bank.example/",
        "https://user@bank.example/",
        "https://bank.example/a b",
        "https://bank.example/\r\nset-cookie: a=b",
    ] {
        assert!(Visit::new(&Personal::from(other)).is_none(), "{other}");
    }
    let own = SeeOther::path("/orders/17?lang=tr");
    let own = Answered::of(own.into_response()).await;
    assert_eq!(
        (own.status, own.header("location")),
        (303, "/orders/17?lang=tr")
    );
    for other in [
        "",
        "orders",
        "//bank.example",
        "/\\bank.example",
        "https://bank.example",
        "/a\r\nb",
    ] {
        let nowhere = Answered::of(SeeOther::path(other).into_response()).await;
        assert_eq!(
            (nowhere.status, nowhere.header("location")),
            (500, ""),
            "{other}"
        );
    }
}
