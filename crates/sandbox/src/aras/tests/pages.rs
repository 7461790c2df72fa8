//! The tracking pages, and that they have the structure of the fixtures' pages.

use std::collections::BTreeSet;

use contract_kit::case;

use super::hosted::step;
use super::*;
use crate::Hosted;

fn get(world: &mut Aras, path: &str) -> Answer {
    let request = Request::new("GET", path, &[], "");
    assert!(world.is_read(&request));
    world.handle(&request, NOON, &mut Chance::new(1)).0
}

/// The parcel of the fixtures' pages, in the world of an address.
fn parcel() -> Aras {
    let mut world = Aras::open("http://127.0.0.1:1/w/aras", None);
    let add = r#"{"step": "add_parcel", "code": "KV-1001", "tracking_number": "6513100200317",
        "cargo_code": "0805513100200322615", "waybill": "AB100200"}"#;
    step(&mut world, add).unwrap();
    for to in [
        r#""in_transfer""#,
        r#""in_transfer""#,
        r#""at_delivery_branch""#,
    ] {
        step(
            &mut world,
            &format!(r#"{{"step": "move", "key": "KV-1001", "to": {to}}}"#),
        )
        .unwrap();
    }
    world
}

fn deliver(world: &mut Aras) {
    for to in [
        r#""undelivered", "reason": "NT", "note": "ZİL ÇALIŞMIYOR""#,
        r#""undelivered", "reason": "AY""#,
        r#""delivered""#,
    ] {
        step(
            world,
            &format!(r#"{{"step": "move", "key": "KV-1001", "to": {to}}}"#),
        )
        .unwrap();
    }
}

/// Returns the ids of the elements, those of the form of ASP.NET left out.
fn ids(page: &str) -> BTreeSet<String> {
    let (_, body) = page.split_once("<form").unwrap();
    let ids = body
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let of_form = ["form1", "__VIEWSTATE"];
    ids.filter(|id| !of_form.contains(id))
        .map(str::to_owned)
        .collect()
}

/// Returns the text of an element, its inner tags left out.
fn text(page: &str, id: &str) -> String {
    let (_, rest) = page.split_once(&format!(" id=\"{id}\">")).unwrap();
    let (inner, _) = rest.split_once("</span>").unwrap();
    let parts = inner.split('<').enumerate();
    parts
        .filter_map(|(index, part)| {
            if index == 0 {
                Some(part)
            } else {
                part.split('>').nth(1)
            }
        })
        .collect()
}

#[test]
fn each_page_has_the_elements_of_the_fixtures() {
    let loaded = case::load_of(&case::default_root(), "aras-tracking");
    let theirs = |name: &str| {
        let mut cases = loaded.cases.iter();
        let case = cases
            .find(|case| case.operation == "page" && case.name == name)
            .unwrap();
        ids(&String::from_utf8(case.page.clone().unwrap()).unwrap())
    };
    let mut world = parcel();
    deliver(&mut world);
    for (name, path) in [
        ("entry", "/kargotakip.aspx?code=6513100200317"),
        (
            "waybill",
            "/CargoInfoWaybillAndDelivered.aspx?shipmentid=513100200",
        ),
        (
            "movements",
            "/CargoInfoTransactionAndRedirection.aspx?barcode=0805513100200322615",
        ),
        (
            "all-in-one",
            "/yurticigonbil.aspx?Cargo_Code=0805513100200322615",
        ),
        (
            "summary",
            "/mainpage.aspx?accountid=CBAD417894B73048BBC058C09771CDB8&alici_kod=KV-1001",
        ),
        ("captcha", "/control.aspx?shipmentid=1"),
        ("not-found", "/mainpage.aspx?code=1"),
        ("not-found-old", "/CargoInfoV3.aspx?code=1"),
        (
            "not-found-red",
            "/CargoInfoWaybillAndDelivered.aspx?shipmentid=1",
        ),
    ] {
        let answer = get(&mut world, path);
        assert_eq!((answer.status, &answer.refused), (200, &None), "{name}");
        assert_eq!(ids(&answer.text()), theirs(name), "{name}");
    }
}

#[test]
fn a_link_leads_by_a_redirect_to_the_tabs() {
    let mut world = parcel();
    // The guide's sample has an encoded blank, and names are read in any letter case.
    for path in [
        "/w/aras/mainpage.aspx?code=%206513100200317",
        "/MainPage.aspx?CODE=6513100200317",
    ] {
        let answer = get(&mut world, path);
        assert_eq!(answer.status, 302, "{path}");
        let address = "http://127.0.0.1:1/w/aras/kargotakip.aspx?code=6513100200317";
        assert_eq!(answer.header("Location"), Some(address));
    }
    let tabs = get(&mut world, "/w/aras/kargotakip.aspx?code=6513100200317").text();
    let links: Vec<&str> = tabs
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let first = "CargoInfoWaybillAndDelivered.aspx?shipmentid=513100200&amp;lang=tr";
    let second = "CargoInfoTransactionAndRedirection.aspx?barcode=0805513100200322615&amp;lang=tr";
    assert_eq!(links[..2], [first, second]);
    let first = get(
        &mut world,
        &format!("/w/aras/{}", links[0].replace("&amp;", "&")),
    )
    .text();
    assert!(first.contains("<span class=\"durum\" id=\"Son_Durum\">TESLİMAT ŞUBESİNDE</span>"));
    assert_eq!(text(&first, "Teslim_Alan"), "");
    assert_eq!(text(&first, "varis_subesi"), "KARŞIYAKA");
    assert_eq!(text(&first, "alici_adi_soyadi"), "AY** ÖR***");
    deliver(&mut world);
    let first = get(&mut world, &format!("/{}", links[0].replace("&amp;", "&"))).text();
    assert_eq!(text(&first, "Teslim_Tarihi"), "27/11/2026 12:00");
    assert_eq!(text(&first, "FatNo"), "AB 100200");
    // Failed attempts are not in the order of time.
    let (_, attempts) = first.split_once("notDeliveredDataGrid").unwrap();
    assert!(attempts.find("ADRES YETERSİZ") < attempts.find("NOT BIRAKILDI"));
    let second = get(&mut world, &format!("/{}", links[1].replace("&amp;", "&"))).text();
    assert!(second.contains(
        "<td>27.11.2026 12:00:00</td><td>ANKARA</td><td>SAĞLIK</td><td>ŞUBEDE ARAÇ YÜKLEME</td>"
    ));
    assert!(
        get(&mut world, "/services.aspx?shipmentid=513100200")
            .text()
            .contains("smsDataGrid")
    );
}

#[test]
fn other_forms_of_links_are_answered() {
    let mut world = parcel();
    deliver(&mut world);
    let account = "/mainpage.aspx?accountid=CBAD417894B73048BBC058C09771CDB8";
    let summary = get(
        &mut world,
        &format!("{account}&sifre=nd1234&alici_kod=KV-1001"),
    );
    assert!(summary.text().contains("Detay...") && summary.refused.is_none());
    for bad in [
        format!("{account}&sifre=x&alici_kod=KV-1001"),
        "/mainpage.aspx?accountid=1&alici_kod=KV-1001".to_owned(),
    ] {
        let answer = get(&mut world, &bad);
        assert!(
            answer.refused.is_some() && answer.text().contains("Label1"),
            "{bad}"
        );
    }
    let unknown = get(&mut world, &format!("{account}&alici_kod=KV-9"));
    assert!(unknown.refused.is_none() && unknown.text().contains("Label1"));
    let waybill = "/yurticigonbil.aspx?seri=AB&fat_no=100200&ref_no=&Cargo_Code=";
    let page = get(&mut world, waybill).text();
    assert_eq!(text(&page, "Teslim_Saati"), "12:00");
    assert_eq!(get(&mut world, "/track/6513100200317").status, 501);
    assert_eq!(get(&mut world, "/").status, 404);
}

#[test]
fn a_name_cannot_break_a_page() {
    let mut world = parcel();
    world.parcels[0].destination = "<b id=\"Son_Durum\">x</b>".to_owned();
    let page = get(
        &mut world,
        "/yurticigonbil.aspx?Cargo_Code=0805513100200322615",
    )
    .text();
    assert!(
        !page.contains("<b id=") && page.contains("&lt;b id="),
        "{page}"
    );
}

#[test]
fn the_newer_site_lists_movements_with_status_words() {
    let mut world = parcel();
    let ask = |world: &mut Aras, call: &str, number: &str| {
        let body = format!(r#"{{"TrackingNumber": "{number}", "LanguageCode": "tr"}}"#);
        let request = Request::new("POST", &format!("/api/{call}"), &[], body);
        world.handle(&request, NOON, &mut Chance::new(1)).0
    };
    let call = "getCargoTransactionByTrackingNumber";
    let answer = ask(&mut world, call, "6513100200317");
    let value: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.refused, &value["Code"]), (None, &200.into()));
    let rows = value["Responses"].as_array().unwrap();
    assert_eq!(rows[0]["TransactionDate"], "27.11.2026 12:00:00");
    let words: Vec<&str> = rows
        .iter()
        .map(|row| {
            row["Description"]
                .as_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(
        words,
        ["ÇIKIŞ ŞUBESİNDE", "YOLDA", "YOLDA", "TESLİMAT ŞUBESİNDE"]
    );
    let answer = ask(&mut world, call, "1");
    assert_eq!(
        (answer.status, answer.refused.unwrap().code),
        (200, "404".to_owned())
    );
    assert_eq!(
        ask(&mut world, "getShipmentByTrackingNumber", "1").status,
        501
    );
}
