//! Nothing that holds a body, a header or an address prints it.

use std::fmt::Debug;

use kervan_core::{BaseUrl, HttpRequest, Reply};

const PLANTED: &str = "PL4NTED";

fn hides(value: &impl Debug) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.contains(PLANTED), "{shown}");
}

#[test]
fn a_request_and_its_answer_print_no_body_no_header_and_no_query() {
    let base = BaseUrl::parse("https://shop.example/a").unwrap();
    hides(&base.join("b").unwrap().parameter("q", PLANTED));
    let url = base.join("b").unwrap().parameter("q", PLANTED);
    let request = HttpRequest::post(url, "text/plain", PLANTED.into());
    hides(&request.header("X-A", PLANTED));
    let headers = vec![("Set-Cookie".to_owned(), PLANTED.to_owned())];
    hides(&Reply::new(200, headers, PLANTED.into()));
}
