//! The pages of a customer's browser, walked over HTTP without scripts.

use super::*;
use crate::Hosted;
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

/// Returns the forms of a page: where each goes, and its fields.
fn forms(answer: &Answer) -> Vec<(String, Vec<(String, String)>)> {
    let text = answer.text();
    let document = text.trim_start_matches("<!DOCTYPE html>");
    let root = xml::read(document.as_bytes()).unwrap();
    let mut found = Vec::new();
    collect(&root, &mut found);
    found
}

fn collect(element: &Element, found: &mut Vec<(String, Vec<(String, String)>)>) {
    let attribute = |element: &Element, name: &str| {
        let listed = element.attributes.iter().find(|(own, _)| own.local == name);
        listed.map_or_else(String::new, |(_, value)| value.clone())
    };
    if element.name.local == "form" {
        let inputs = element
            .children
            .iter()
            .filter(|one| one.name.local == "input");
        let fields = inputs.map(|one| (attribute(one, "name"), attribute(one, "value")));
        found.push((attribute(element, "action"), fields.collect()));
    }
    for child in &element.children {
        collect(child, found);
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
        assert!(page.text().contains("sandbox"), "{}", page.text());
        let forms_there = forms(&page);
        assert_eq!(forms_there.len(), 3);
        let chosen = forms_there
            .iter()
            .find(|(_, fields)| fields.contains(&("choice".to_owned(), choice.to_owned())));
        let (action, fields) = chosen.unwrap();
        assert_eq!(action, &address);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        let back = shop.post(action, &fields);
        assert_eq!(shop.effects.len(), usize::from(choice == "approve"));
        let [(to, fields)] = &forms(&back)[..] else {
            panic!("{choice}: {}", back.text());
        };
        assert_eq!(to, url);
        let result = ("TURKPOS_RETVAL_Sonuc".to_owned(), sonuc.to_owned());
        assert!(fields.contains(&result), "{choice}");
        // The browser posts the form, and the outbox shows the same one.
        let posts = shop.world.take_posts();
        assert_eq!(posts.len(), 1);
        assert_eq!((&posts[0].to, posts[0].by), (to, crate::Sender::Browser));
        // A second try, and a look at the ended page, do nothing.
        let again = [("SID", fields_session(&address)), ("choice", "approve")];
        assert_eq!(shop.post(&address, &again).status, 410);
        assert_eq!((shop.get(&address).status, shop.effects.len()), (410, 0));
    }
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
    let [(action, fields)] = &forms(&document)[..] else {
        panic!("{}", document.text());
    };
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    let page = shop.post(action, &fields);
    assert_eq!((page.status, forms(&page).len()), (200, 3));
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
    let (to, fields) = forms(&back).remove(0);
    assert_eq!(to, "https://shop.example/?a=1&b=\"2");
    let sent = ("TURKPOS_RETVAL_Siparis_ID".to_owned(), "\"><b>".to_owned());
    assert!(fields.contains(&sent));
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
