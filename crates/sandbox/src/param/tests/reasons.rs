//! Every refusal of every test says why, and no accepted answer does.

use super::*;

/// Checks the reason of an answer; [`Shop::send`] does so for all tests.
pub(super) fn check(request: &Request, answer: &Answer) {
    let code = code_of(answer);
    let refused = answer.refused.as_ref();
    assert_eq!(refused.map(|why| why.code.clone()), code);
    let Some(why) = refused else { return };
    assert!(why.rule.len() > 10, "{why:?}");
    for value in values(request) {
        assert!(!why.rule.contains(&value), "{why:?} has {value}");
    }
}

/// Returns the code of an answer that is not a success: of a result, of a fault, or of a status.
fn code_of(answer: &Answer) -> Option<String> {
    let is_html = answer
        .header("Content-Type")
        .is_some_and(|kind| kind.starts_with("text/html"));
    if is_html && answer.status != 200 {
        let is_page = answer.text().contains("sandbox");
        let code = if is_page { "" } else { "404" };
        return Some(code.to_owned());
    }
    if answer.status == 501 {
        return Some("501".to_owned());
    }
    if is_html {
        return None;
    }
    let root = xml::read(&answer.body).unwrap();
    if let Some(code) = find(&root, "faultcode") {
        return Some(code.text());
    }
    let result = &root.children[0].children[0].children[0];
    let codes = ["Sonuc", "Response_Code", "ResultCode"];
    let code = codes.iter().find_map(|name| result.child(name));
    code.map(Element::text).filter(|code| code.starts_with('-'))
}

/// Returns the longer values of a request.
fn values(request: &Request) -> Vec<String> {
    fn collect(element: &Element, found: &mut Vec<String>) {
        if element.children.is_empty() {
            found.push(element.text());
        }
        for child in &element.children {
            collect(child, found);
        }
    }
    let mut found = Vec::new();
    if let Ok(root) = xml::read(&request.body) {
        collect(&root, &mut found);
    }
    found.retain(|value| value.len() > 4);
    found
}

#[test]
fn each_kind_of_refusal_has_a_reason() {
    let mut shop = Shop::open();
    let good = sample("Pos_Odeme", &[]);
    let mut rules = Vec::new();
    let mut why = |answer: Answer| {
        let refused = answer.refused.unwrap();
        rules.push(format!("{} {}", refused.code, refused.rule));
    };
    why(shop.send(&sample("Pos_Odeme", &[("CLIENT_CODE", "99999")])));
    why(shop.send(&sample("Pos_Odeme", &[("Islem_Tutar", "1000.25")])));
    shop.world.refuse_next("Pos_Odeme", -207);
    why(shop.send(&good));
    why(shop.send(&Request {
        path: "/turkpos.ws/service_ks.asmx".to_owned(),
        ..good.clone()
    }));
    why(shop.send(&Request {
        body: Vec::new(),
        ..good.clone()
    }));
    why(shop.send(&Request::new("POST", "/elsewhere", &[], "")));
    why(shop.send(&Request::new("GET", &good.path, &[], "")));
    why(shop.send(&Request::new("GET", "/page/bkm?id=x", &[], "")));
    let expected = [
        "-100 G/CLIENT_CODE: no account has this terminal number",
        "-112 Islem_Tutar: ",
        "-207 a refusal of this operation with this code was ordered",
        "soap:Client the body: another service has this operation",
        "soap:Client ",
        "404 the address: no service is there",
        "501 the sandbox does not simulate this operation",
        " SID: no page has this session",
    ];
    assert_eq!(rules.len(), expected.len());
    for (rule, expected) in rules.iter().zip(expected) {
        assert!(rule.starts_with(expected), "{rule}, not {expected}");
    }
    assert!(shop.send(&good).refused.is_none());
}
