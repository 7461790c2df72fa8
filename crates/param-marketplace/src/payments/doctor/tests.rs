//! Hashes with known mistakes, and the explanations of them.

use std::borrow::Cow;

use kervan_core::Language;

use super::*;
use crate::payments::hash;

const CODE: (&str, &str) = ("CLIENT_CODE", "10738");
const KEY: (&str, &str) = ("GUID", "0c13d406-873b-403b-9c09-a5766840d98c");

/// Returns an order with Turkish letters, and an address with an ampersand.
fn pos() -> Signed {
    let failed = ("Hata_URL", "https://shop.example/pay?a=1&b=2");
    let paid = ("Basarili_URL", "https://shop.example/paid");
    Signed::pos_payment([
        CODE,
        KEY,
        ("Taksit", "1"),
        ("Islem_Tutar", "1000,50"),
        ("Toplam_Tutar", "1020,00"),
        ("Siparis_ID", "sipariş-1"),
        failed,
        paid,
    ])
    .unwrap()
}

fn right() -> Vec<&'static str> {
    vec![
        CODE.1,
        KEY.1,
        "1",
        "1000,50",
        "1020,00",
        "sipariş-1",
        "https://shop.example/pay?a=1&b=2",
        "https://shop.example/paid",
    ]
}

fn with(at: usize, value: &'static str) -> String {
    let mut values = right();
    values[at] = value;
    hash(values).unwrap()
}

/// Returns the first explanation, as code and field.
fn first(values: &Signed, refused: &str) -> Vec<(&'static str, Option<String>)> {
    match explain(values, refused) {
        Explanation::Mistakes(found) => found[0]
            .iter()
            .map(|mistake| (mistake.code, mistake.field.clone().map(Cow::into_owned)))
            .collect(),
        Explanation::Right => vec![("right", None)],
        Explanation::Unexplained => vec![("unexplained", None)],
    }
}

fn one(code: &'static str, field: &str) -> Vec<(&'static str, Option<String>)> {
    let field = (!field.is_empty()).then(|| field.to_owned());
    vec![(code, field)]
}

/// Each is the hash of the values with one mistake made by hand.
#[test]
fn finds_every_seeded_mistake() {
    let mut swapped = right();
    swapped.swap(6, 7);
    let mut without = right();
    without.remove(2);
    let mut moved = right();
    let order = moved.remove(5);
    moved.insert(2, order);
    let urls = right()[..6].to_vec();
    let seeded = [
        (hash(without).unwrap(), one("field_missing", "Taksit")),
        (
            hash(swapped).unwrap(),
            one("addresses_swapped", "Hata_URL`, `Basarili_URL"),
        ),
        (
            hash(urls).unwrap(),
            one("addresses_missing", "Hata_URL`, `Basarili_URL"),
        ),
        (hash(moved).unwrap(), one("field_moved", "Siparis_ID")),
        (with(3, "1000.50"), one("amount_with_point", "Islem_Tutar")),
        (with(3, "1.000,50"), one("amount_grouped", "Islem_Tutar")),
        (with(3, "1,000.50"), one("amount_grouped", "Islem_Tutar")),
        (with(3, "100050"), one("amount_in_kurus", "Islem_Tutar")),
        (
            with(4, "1020"),
            one("amount_without_decimals", "Toplam_Tutar"),
        ),
        (
            with(3, "1000,5"),
            one("amount_short_decimals", "Islem_Tutar"),
        ),
        (
            with(1, "0C13D406-873B-403B-9C09-A5766840D98C"),
            one("upper_case", "GUID"),
        ),
        (
            with(1, "0c13d406873b403b9c09a5766840d98c"),
            one("key_without_dashes", "GUID"),
        ),
        (
            with(1, "{0c13d406-873b-403b-9c09-a5766840d98c}"),
            one("key_in_braces", "GUID"),
        ),
        (with(5, "sipariş-1 "), one("stray_blank", "Siparis_ID")),
        (with(0, " 10738"), one("stray_blank", "CLIENT_CODE")),
        (
            with(5, "siparis-1"),
            one("turkish_letters_replaced", "Siparis_ID"),
        ),
        (with(2, "0"), one("single_payment_as_zero", "Taksit")),
        (
            with(6, "https://shop.example/pay?a=1&amp;b=2"),
            one("ampersand_escaped", "Hata_URL"),
        ),
        (
            with(7, "https%3A%2F%2Fshop.example%2Fpaid"),
            one("address_escaped", "Basarili_URL"),
        ),
        (
            with(7, "https://shop.example/paid/"),
            one("slash_at_end", "Basarili_URL"),
        ),
        (
            hash([right().join("|").as_str()]).unwrap(),
            one("separator", ""),
        ),
    ];
    for (refused, expected) in seeded {
        assert_eq!(first(&pos(), &refused), expected);
    }
}

/// Each computed by another program (Python's hashlib) from the same values.
#[test]
fn finds_every_wrong_digest() {
    for (refused, code) in [
        ("m/UhZuBV3sNnohDuBoPF5aBjpww=", "utf_8"),
        ("E5fKhR6z3gKmWNU1CcjTFdiGskg=", "utf_16"),
        ("VgFcFmgiJTO5DG+uYvgPdQaaioU=", "ascii"),
        ("v1qB1+fTDToru91maXHekLHjNmu0Omx8pDcu66N60mQ=", "sha_256"),
        (
            "L8uVrs67sb37L58NHJoTmF7o79U5Vh/vBiADIW8TDds=",
            "sha_256_utf_8",
        ),
        (
            "gEKTbo3QaqJkIXGU8PXKu8qVvh+uVZuu1BfbcAfu5SWXYLxmopbluE2XVwP5WVHEh3X6648JCJhhf2ehJwVfnw==",
            "sha_512",
        ),
        ("b7e24de3d7424dcbdb5cd2ae0ad6118782330335", "hex"),
        (
            "YjdlMjRkZTNkNzQyNGRjYmRiNWNkMmFlMGFkNjExODc4MjMzMDMzNQ==",
            "base64_of_hex",
        ),
        ("t+JN49dCTcvbXNKuCtYRh4IzAzU", "no_padding"),
    ] {
        assert_eq!(first(&pos(), refused), one(code, ""), "{code}");
    }
    assert_eq!(
        first(&pos(), "t+JN49dCTcvbXNKuCtYRh4IzAzU="),
        one("right", "")
    );
}

#[test]
fn finds_two_mistakes_at_once() {
    let mut values = right();
    values[3] = "1000.50";
    values[4] = "1020.00";
    let both = one("amount_with_point", "Islem_Tutar`, `Toplam_Tutar");
    assert_eq!(first(&pos(), &hash(values.clone()).unwrap()), both);
    values.remove(2);
    let found = first(&pos(), &hash(values).unwrap());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&both[0]) && found.contains(&one("field_missing", "Taksit")[0]));
}

#[test]
fn finds_what_is_wrong_with_a_callback() {
    let values = [
        ("GUID", "0C13D406-873B-403B-9C09-A5766840D98C"),
        ("islemGUID", "35513153-9902-4a4c-a256-af6ed9cadc52"),
        (
            "md",
            "581877:A65A349B0BAE27FC6567294215158DD8AE223843B5C96462F04A750CA7E8B165:3680:##500100000",
        ),
        ("mdStatus", "1"),
        ("orderId", "2025011749D1"),
    ];
    let signed = Signed::of("callback-3d-model", values).unwrap();
    // The provider's own signature is right, whatever letter case the shop's key has.
    let own = "b1D7+nI3j4k3WGJuhW5IuPOFpEE=";
    assert_eq!(explain(&signed, own), Explanation::Right);
    let upper = [1, 2, 3, 4, 0].map(|at| values[at].1);
    assert_eq!(
        first(&signed, &hash(upper).unwrap()),
        one("upper_case", "GUID")
    );
    let blank = own.replace('+', " ");
    assert_eq!(first(&signed, &blank), one("plus_became_blank", ""));
    assert_eq!(first(&signed, "AAAA"), one("unexplained", ""));
}

#[test]
fn takes_the_values_of_the_method_only() {
    let error = Signed::of("Pos_Odeme", [CODE]).unwrap_err();
    assert_eq!(error, SignedError::Missing("GUID"));
    let error = Signed::of("TP_WMD_UCD", [("Hata_URL", "secret")]).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    assert_eq!(
        Signed::of("KS_Tahsilat", []).unwrap_err(),
        SignedError::Method
    );
    assert_eq!(Signed::methods().count(), 9);
}

#[test]
fn shows_no_value() {
    let shown = format!("{:?} {:?}", pos(), explain(&pos(), &with(5, "sipariş-1 ")));
    for value in ["10738", "0c13d406", "1000,50", "sipariş", "shop.example"] {
        assert!(!shown.contains(value), "{shown}");
    }
    let Explanation::Mistakes(found) = explain(&pos(), &with(3, "1000.50")) else {
        panic!("explained")
    };
    let text = found[0][0].text(Language::Turkish);
    assert_eq!(
        text,
        "`Islem_Tutar` nokta ile özetlenmiş; virgülle gönderilir"
    );
}
