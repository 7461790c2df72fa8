//! The names that the providers declare, compared with the names that they log and the posts they send.

use std::collections::BTreeSet;

use contract_kit::case;

use crate::aras::Aras;
use crate::haso::Haso;
use crate::horoz::Horoz;
use crate::param::Param;
use crate::{Hosted, Provider, Request};

/// Cases whose requests no operation has, each with the reason.
const NO_OPERATION: [(&str, &str); 1] = [(
    "UpdateTransaction/success-unsigned-method",
    "a path that only a client's setting knows",
)];

/// Returns the names that a provider logs for the requests of all its cases, and compares each with the
/// names that it declares. Counts the cases.
fn logged<P: Hosted>(provider: &str) -> (BTreeSet<String>, usize) {
    let declared = P::operations();
    let world = P::open("http://127.0.0.1:1", None);
    let loaded = case::load_of(&case::default_root(), provider);
    let (mut names, mut count) = (BTreeSet::new(), 0);
    for case in &loaded.cases {
        let Some(request) = &case.request else {
            continue;
        };
        let (method, path) = request.request_line().unwrap();
        let mut sent = Request::new(method, path, &[], request.body.clone());
        sent.headers.clone_from(&request.headers);
        let logged = world.operation(&sent);
        let name = format!("{}/{}", case.operation, case.name);
        let is_odd = NO_OPERATION.iter().any(|(odd, _)| *odd == name);
        assert_eq!(declared.contains(&logged), !is_odd, "{name}: {logged}");
        if !is_odd {
            names.insert(logged);
        }
        count += 1;
    }
    // Each name is declared once, and each transcribed table is one of them.
    let once: BTreeSet<&String> = declared.iter().collect();
    assert_eq!(once.len(), declared.len());
    for (listed, table) in kervan_spec::operations() {
        // One operation has two tables.
        let name = table.trim_end_matches("-json").to_owned();
        assert!(listed != provider || declared.contains(&name), "{table}");
    }
    (names, count)
}

#[test]
fn every_name_that_is_logged_is_declared() {
    let (aras, horoz, param, haso) = (
        logged::<Aras>("aras-tracking"),
        logged::<Horoz>("horoz-shipping"),
        logged::<Param>("param-marketplace"),
        logged::<Haso>("haso-bnpl"),
    );
    for ((names, count), most) in [(aras, 40), (horoz, 9), (param, 40), (haso, 22)] {
        assert!(names.len() >= most, "{names:?}");
        assert!(count > 100, "{count}");
    }
}

/// The pages of Aras have no cases with a request.
#[test]
fn a_page_has_one_name_in_all_letter_cases() {
    let world = Aras::demo();
    let declared = Aras::operations();
    for (address, name) in [
        ("/mainpage.aspx?code=1", "mainpage.aspx"),
        ("/MAINPAGE.ASPX?code=1", "mainpage.aspx"),
        ("/a/cargoinfov3.aspx?code=1", "CargoInfoV3.aspx"),
        ("/KargoTakip.aspx?code=1", "kargotakip.aspx"),
        ("/Sube.aspx", "sube.aspx"),
        ("/track/KV-1001", "track"),
    ] {
        let logged = world.operation(&Request::new("GET", address, &[], ""));
        assert_eq!(logged, name, "{address}");
        assert!(declared.contains(&logged), "{address}");
    }
    let unknown = Request::new("GET", "/nowhere.aspx", &[], "");
    assert!(!declared.contains(&world.operation(&unknown)));
}
