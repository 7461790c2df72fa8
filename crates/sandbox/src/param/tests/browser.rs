//! The pages of a customer's browser, walked over HTTP without scripts.

use super::*;
use crate::Hosted;
use crate::page::walk::forms;
use crate::values::form;

/// A world at a loopback address, with a payment on a page; the address of the page is returned.
fn opened(values: &[(&str, &str)]) -> (Shop, String) {
    let mut shop = Shop::open();
    shop.world.move_to("http://127.0.0.1:4010");
    let mut all = vec![("Islem_Guvenlik_Tip", "3D"), ("Siparis_ID", "order-1")];
    all.extend_from_slice(values);
    let address = shop.call("Pos_Odeme", &all).get("UCD_URL");
    (shop, address)
}

fn path(address: &str) -> &str {
    address.trim_start_matches("http://127.0.0.1:4010")
}

impl Shop {
    fn get(&mut self, address: &str) -> Answer {
        self.send(&Request::new("GET", path(address), &[], ""))
    }

    fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let owned = fields.iter();
        let owned: Vec<(String, String)> = owned
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        self.send(&Request::new(
            "POST",
            path(address),
            &headers,
            form::write(&owned),
        ))
    }
}

#[test]
fn a_page_is_walked_from_its_address_to_the_shop() {
    for (choice, url, sonuc) in [
        ("approve", "https://domain.com/success", "1"),
        ("wrong_code", "https://domain.com/fail", "-1"),
        ("cancel", "https://domain.com/fail", "-1"),
    ] {
        let (mut shop, address) = opened(&[]);
        let page = shop.get(&address);
        assert_eq!((page.status, shop.effects.len()), (200, 0));
        assert!(page.text().contains("Deneme ortamı"), "{}", page.text());
        let [form] = &forms(&page)[..] else {
            panic!("{}", page.text());
        };
        assert_eq!(form.action, address);
        let back = shop.post(&form.action, &form.pressed(choice));
        assert_eq!(shop.effects.len(), usize::from(choice == "approve"));
        // The same form twice, so that it can be posted twice.
        let [first, again] = &forms(&back)[..] else {
            panic!("{choice}: {}", back.text());
        };
        assert_eq!((&*first.action, &first.fields), (url, &again.fields));
        let result = ("TURKPOS_RETVAL_Sonuc".to_owned(), sonuc.to_owned());
        assert!(first.fields.contains(&result), "{choice}");
        // The browser posts the form, and the outbox shows the same one.
        let posts = shop.world.take_posts();
        assert_eq!(posts.len(), 1);
        assert_eq!(
            (&posts[0].to, posts[0].by),
            (&first.action, crate::Sender::Browser)
        );
        // A second click, whatever it chooses, and a look at the page bring the same form.
        let other = shop.post(
            &address,
            &[("SID", fields_session(&address)), ("choice", "approve")],
        );
        assert!(shop.effects.is_empty(), "{choice}");
        for shown in [other, shop.get(&address)] {
            assert_eq!(
                (shown.status, &forms(&shown)[0].fields),
                (200, &first.fields)
            );
        }
        assert!(shop.effects.is_empty() && shop.world.take_posts().is_empty());
    }
}

#[test]
fn a_customer_leaves_without_a_result() {
    let (mut shop, address) = opened(&[]);
    let form = forms(&shop.get(&address)).remove(0);
    let closed = shop.post(&address, &form.pressed("close"));
    assert_eq!((closed.status, forms(&closed).len()), (200, 0));
    assert_eq!(forms(&shop.get(&address)).len(), 1, "it waits");
    let expired = shop.post(&address, &form.pressed("expire"));
    assert_eq!((expired.status, forms(&expired).len()), (200, 0));
    assert!(expired.refused.is_none());
    for late in [
        shop.get(&address),
        shop.post(&address, &form.pressed("approve")),
    ] {
        assert_eq!((late.status, forms(&late).len()), (410, 0));
    }
    assert!(shop.effects.is_empty() && shop.world.take_posts().is_empty());
}

#[test]
fn only_a_posted_choice_changes_something() {
    let (mut shop, address) = opened(&[]);
    let path = format!("{}&choice=approve", path(&address));
    for (method, is_read) in [("GET", true), ("HEAD", true), ("POST", false)] {
        let request = Request::new(method, &path, &[], "");
        assert_eq!(shop.world.is_read(&request), is_read, "{method}");
        shop.send(&request);
        assert_eq!(shop.effects.is_empty(), is_read, "{method}");
    }
}

#[test]
fn a_page_that_another_one_ended_says_nothing_about_the_shop() {
    let (mut shop, address) = opened(&[]);
    let (now, session) = (shop.now, fields_session(&address));
    let ended = shop
        .world
        .customer(session, Customer::Proves, now, &mut shop.chance);
    assert!(ended.is_some());
    let page = shop.get(&format!("{address}&lang=en"));
    assert!(page.status == 410 && page.text().contains("This session has ended."));
}

#[test]
fn a_page_speaks_two_languages_and_may_be_framed() {
    let (mut shop, address) = opened(&[]);
    let english = shop.get(&format!("{address}&lang=en"));
    assert!(english.text().contains("Approve and pay"));
    let form = forms(&english).remove(0);
    let back = shop.post(&address, &form.pressed("approve"));
    assert!(back.text().contains("Back to the shop"));
    let policy = |answer: &Answer| answer.header("Content-Security-Policy").unwrap().to_owned();
    assert!(policy(&english).contains("form-action 'self'") && !policy(&english).contains("frame"));
    // What the shop answers may lead anywhere.
    assert!(!policy(&back).contains("form-action"));
}

fn fields_session(address: &str) -> &str {
    address.rsplit('=').next().unwrap()
}

#[test]
fn the_document_of_the_3d_model_leads_to_the_same_page() {
    let mut shop = Shop::open();
    shop.world.move_to("http://127.0.0.1:4010");
    let values = [("Islem_Guvenlik_Tip", "3D"), ("Siparis_ID", "order-1")];
    let reply = shop.call("TP_WMD_UCD", &values);
    let document = Answer::new(200, "text/html", reply.get("UCD_HTML"));
    let [form] = &forms(&document)[..] else {
        panic!("{}", document.text());
    };
    let page = shop.post(&form.action, &form.pressed(""));
    assert_eq!((page.status, forms(&page)[0].buttons.len()), (200, 5));
    assert!(shop.effects.is_empty());
}

#[test]
fn texts_of_the_shop_are_escaped() {
    let order = "&quot;&gt;&lt;b&gt;";
    let (mut shop, address) = opened(&[
        ("Siparis_ID", order),
        ("Basarili_URL", "https://shop.example/?a=1&amp;b=&quot;2"),
    ]);
    let page = shop.get(&address);
    assert!(!page.text().contains("<b>"), "{}", page.text());
    let approve = [("SID", fields_session(&address)), ("choice", "approve")];
    let back = shop.post(&address, &approve);
    assert!(!back.text().contains("<b>"), "{}", back.text());
    let form = forms(&back).remove(0);
    assert_eq!(form.action, "https://shop.example/?a=1&b=\"2");
    let sent = ("TURKPOS_RETVAL_Siparis_ID".to_owned(), "\"><b>".to_owned());
    assert!(form.fields.contains(&sent));
}

#[test]
fn a_form_goes_to_web_addresses_only() {
    let (mut shop, address) = opened(&[("Basarili_URL", "javascript:alert(1)")]);
    let approve = [("SID", fields_session(&address)), ("choice", "approve")];
    let back = shop.post(&address, &approve);
    assert_eq!((back.status, forms(&back).len()), (200, 0));
    assert!(!back.text().contains("javascript"));
}

#[test]
fn unknown_pages_and_choices_say_so() {
    let (mut shop, address) = opened(&[]);
    let unknown = address.replace(fields_session(&address), "x");
    assert_eq!(shop.get(&unknown).status, 404);
    assert_eq!(shop.get("/page/3D_Secure/").status, 404);
    // An order number is not a session.
    assert_eq!(shop.get("/page/3D_Secure/?SID=order-1").status, 404);
    let choice = [("SID", fields_session(&address)), ("choice", "x")];
    let answer = shop.post(&address, &choice);
    assert_eq!(answer.status, 400);
    assert!(answer.refused.is_some());
    assert!(
        shop.world
            .is_login_of(&Request::new("GET", path(&address), &[], ""))
    );
    assert!(
        !shop
            .world
            .is_login_of(&Request::new("GET", path(&unknown), &[], ""))
    );
}
