//! Tests of the simulated provider, over the request samples of the repository.

mod browser;
mod cards;
mod documented;
mod hosted;
mod json_twin;
mod lists;
mod orders;
mod pages;
mod payments;
mod reasons;
mod refusals;
mod reservations;
mod sellers;
mod shapes;
mod stored;
mod stories;

use std::sync::LazyLock;

use contract_kit::case::{self, Case};
use kervan_spec::wire::xml::{self, Element};

use super::hash::hash;
use super::*;
use crate::{Answer, Chance, Moment, Provider, Request};

/// A shop that talks to a world.
struct Shop {
    world: Param,
    chance: Chance,
    now: Moment,
    /// The effects of the last call.
    effects: Vec<Effect>,
}

impl Shop {
    fn open() -> Self {
        Shop {
            world: Param::default(),
            chance: Chance::new(1),
            now: Moment::parse_turkish("28.11.2026 10:00:00").unwrap(),
            effects: Vec::new(),
        }
    }

    fn send(&mut self, request: &Request) -> Answer {
        let before = stored::stored(&self.world);
        let again = stored::replayed(&before, request, self.now, self.chance.clone());
        let (answer, effects) = self.world.handle(request, self.now, &mut self.chance);
        let after = stored::stored(&self.world);
        stored::check_cards(&after, request);
        // A world that was stored and read back answers with the same bytes.
        assert!(again == (answer.clone(), effects.clone(), after));
        self.effects = effects;
        reasons::check(request, &answer);
        self.world.check_sums().unwrap();
        answer
    }

    /// Sends the sample of an operation with other values, signed anew.
    fn call(&mut self, operation: &str, values: &[(&str, &str)]) -> Reply {
        let answer = self.send(&sample(operation, values));
        assert_eq!(answer.status, 200, "{}", answer.text());
        Reply(xml::read(&answer.body).unwrap())
    }

    /// Sends a call that must be refused without an effect; returns its code.
    fn refused(&mut self, operation: &str, values: &[(&str, &str)]) -> i64 {
        let reply = self.call(operation, values);
        assert_eq!(self.effects, [], "{operation}");
        let code = ["Sonuc", "Response_Code", "ResultCode"]
            .iter()
            .find_map(|name| find(&reply.0, name))
            .unwrap();
        let code = code.text().parse().unwrap();
        assert!(code < 0, "{operation}: {code}");
        code
    }

    /// Charges a card without 3-D; returns the payment's number.
    fn pay(&mut self, order: &str, amount: &str) -> i64 {
        let values = [
            ("Siparis_ID", order),
            ("Taksit", "1"),
            ("Islem_Tutar", amount),
            ("Toplam_Tutar", amount),
            ("Islem_ID", order),
        ];
        let reply = self.call("Pos_Odeme", &values);
        assert_eq!(reply.get("Sonuc"), "1");
        self.world.charges(order)[0].id
    }

    fn add_seller(&mut self) -> String {
        let reply = self.call("Pazaryeri_TP_AltUyeIsyeri_Ekleme", &[]);
        reply.get("GUID_AltUyeIsyeri")
    }

    /// Enters a seller in a payment; returns the key of the entry.
    fn enter(&mut self, payment: i64, seller: &str, product: &str, payable: &str) -> String {
        let values = [
            ("SanalPOS_Islem_ID", payment.to_string()),
            ("GUID_AltUyeIsyeri", seller.to_owned()),
            ("Tutar_Urun", product.to_owned()),
            ("Tutar_Odenecek", payable.to_owned()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let reply = self.call("Pazaryeri_TP_Siparis_Detay_Ekle", &values);
        assert_eq!(reply.get("Sonuc"), "1", "{}", reply.get("Sonuc_Str"));
        reply.get("PYSiparis_GUID")
    }

    fn next_day(&mut self) {
        self.now = self.now.next_midnight();
    }
}

/// An answer.
struct Reply(Element);

impl Reply {
    /// Returns the text of the first element of that name; empty when it is absent.
    fn get(&self, name: &str) -> String {
        find(&self.0, name).map(Element::text).unwrap_or_default()
    }

    /// Returns the rows of the table.
    fn rows(&self) -> Vec<Vec<(String, String)>> {
        let Some(set) = find(&self.0, "diffgram").and_then(|diffgram| diffgram.children.first())
        else {
            return Vec::new();
        };
        let columns = |row: &Element| {
            let columns = row.children.iter();
            columns.map(|c| (c.name.local.clone(), c.text())).collect()
        };
        set.children.iter().map(columns).collect()
    }

    /// Returns a column of a row.
    fn cell(&self, row: usize, column: &str) -> String {
        let rows = self.rows();
        let cell = rows[row].iter().find(|(name, _)| name == column);
        cell.map_or_else(String::new, |(_, value)| value.clone())
    }
}

fn find<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    if element.name.local == name {
        return Some(element);
    }
    element.children.iter().find_map(|child| find(child, name))
}

/// Param's cases, read once for all tests.
fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> =
        LazyLock::new(|| case::load_of(&case::default_root(), "param-marketplace").cases);
    &CASES
}

fn read(case: &Case) -> Request {
    let text = case.request.as_ref().unwrap();
    let (method, target) = text.request_line().unwrap();
    let headers = text.headers.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let headers: Vec<(&str, &str)> = headers.collect();
    Request::new(method, target, &headers, text.body.clone())
}

/// Returns the good cases of an operation that send something, in the order of their names.
fn good(operation: &str) -> Vec<&'static Case> {
    let cases = cases().iter().filter(|case| case.operation == operation);
    cases
        .filter(|case| case.name.starts_with("success") && case.request.is_some())
        .collect()
}

/// Returns a good case by its name.
fn named(operation: &str, name: &str) -> Option<&'static Case> {
    good(operation).into_iter().find(|case| case.name == name)
}

/// Returns the plainest good request of an operation with other values, and with its own signature.
fn sample(operation: &str, values: &[(&str, &str)]) -> Request {
    let plain = [
        "success-without-3d",
        "success",
        "success-paid",
        "success-individual",
    ];
    let plain = plain.iter().find_map(|name| named(operation, name));
    let case = plain.unwrap_or_else(|| good(operation).remove(0));
    let mut request = read(case);
    let mut body = String::from_utf8(request.body).unwrap();
    for (name, value) in values {
        body = replaced(&body, name, value);
    }
    let signed: &[&str] = match operation {
        "Pos_Odeme" => &[
            "GUID",
            "Taksit",
            "Islem_Tutar",
            "Toplam_Tutar",
            "Siparis_ID",
            "Hata_URL",
            "Basarili_URL",
        ],
        "TP_WMD_UCD" | "TP_WMD_UCD_v2" => &[
            "GUID",
            "Taksit",
            "Islem_Tutar",
            "Toplam_Tutar",
            "Siparis_ID",
        ],
        "TP_Islem_Odeme_WD" | "TP_Islem_Odeme_OnProv" | "TP_Islem_Odeme_OnProv_WMD" => &[
            "GUID",
            "Islem_Tutar",
            "Toplam_Tutar",
            "Siparis_ID",
            "Hata_URL",
            "Basarili_URL",
        ],
        "TP_Islem_Odeme_BKM" => &["GUID", "Amount", "Order_ID", "Error_URL", "Success_URL"],
        _ => &[],
    };
    let is_signed_by_hand = values.iter().any(|(name, _)| name.ends_with("_Hash"));
    if !signed.is_empty() && !is_signed_by_hand {
        let root = xml::read(body.as_bytes()).unwrap();
        let mut parts = vec![find(&root, "CLIENT_CODE").unwrap().text()];
        parts.extend(signed.iter().map(|name| find(&root, name).unwrap().text()));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let name = if operation == "TP_Islem_Odeme_BKM" {
            "Payment_Hash"
        } else {
            "Islem_Hash"
        };
        body = replaced(&body, name, &hash(&parts));
    }
    request.body = body.into_bytes();
    request
}

/// Replaces the text of the first element of that name.
fn replaced(body: &str, name: &str, value: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let from = body.find(&open).unwrap_or_else(|| panic!("no {name}")) + open.len();
    let to = from + body[from..].find(&close).unwrap();
    format!("{}{value}{}", &body[..from], &body[to..])
}

/// Every good request of the repository is understood: it gets a result, never a fault, and no code
/// that says its login, signature or form is wrong.
#[test]
fn every_good_request_is_understood() {
    let mut understood = 0;
    let operations: std::collections::BTreeSet<_> =
        cases().iter().map(|case| &case.operation).collect();
    for operation in operations {
        if operation.starts_with("callback") {
            continue;
        }
        for case in good(operation) {
            let mut shop = Shop::open();
            let request = read(case);
            let answer = shop.send(&request);
            assert_eq!(answer.status, 200, "{}: {}", case.id(), answer.text());
            let root = xml::read(&answer.body).unwrap();
            if let Some(code) = find(&root, "Sonuc") {
                let code: i64 = code.text().parse().unwrap();
                assert!(!(-121..=-100).contains(&code), "{}: {code}", case.id());
            }
            understood += 1;
        }
    }
    assert!(understood > 180, "{understood}");
}

#[test]
fn every_table_is_simulated() {
    let tables = kervan_spec::operations().into_iter();
    let ours = tables.filter(|(provider, _)| *provider == "param-marketplace");
    let mut tables: Vec<&str> = ours.map(|(_, name)| name).collect();
    let mut simulated = OPERATIONS.map(|(name, _)| name);
    tables.sort_unstable();
    simulated.sort_unstable();
    assert_eq!(simulated.as_slice(), tables);
}
