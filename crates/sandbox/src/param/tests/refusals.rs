//! Codes and faults: each rule that reaches one.

use super::*;

const POS: &str = "Pos_Odeme";

/// Returns the status and the fault text of a request.
fn fault(shop: &mut Shop, request: &Request) -> (u16, String) {
    let answer = shop.send(request);
    assert_eq!(shop.effects, []);
    let text = xml::read(&answer.body).map(|root| Reply(root).get("faultstring"));
    (answer.status, text.unwrap_or_else(|_| answer.text()))
}

fn changed(operation: &str, from: &str, to: &str) -> Request {
    let request = sample(operation, &[]);
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert!(body.contains(from), "{from}");
    let body = body.replacen(from, to, 1).into_bytes();
    Request { body, ..request }
}

#[test]
fn every_rule_of_a_card_payment_has_its_code() {
    let mut shop = Shop::open();
    let long = "x".repeat(37);
    for (name, value, code) in [
        ("CLIENT_CODE", "1", -100),
        ("CLIENT_PASSWORD", "wrong", -101),
        ("CLIENT_USERNAME", "wrong", -101),
        ("GUID", "0c13d406-873b-403b-9c09-a5766840d98d", -101),
        ("GUID", "0c13d406", -103),
        ("Islem_Hash", "zdIBpbUnRfvlCIgHo01yfIfMXXx=", -102),
        ("Islem_Hash", "", -102),
        ("Siparis_ID", &long, -104),
        ("KK_CVC", "00", -105),
        ("KK_CVC", "0000", -105),
        ("KK_SK_Yil", "202", -106),
        ("KK_SK_Ay", "1", -107),
        ("KK_SK_Ay", "13", -107),
        ("KK_Sahibi_GSM", "555111223", -108),
        ("KK_Sahibi_GSM", "05551112233", -108),
        ("KK_Sahibi_GSM", "555111223x", -117),
        ("Taksit", "0", -110),
        ("Taksit", "13", -110),
        ("IPAdr", "here", -111),
        ("Toplam_Tutar", "1000.25", -112),
        ("Islem_Tutar", "1.000,25", -112),
        ("Islem_Tutar", "0,00", -113),
        ("Islem_Tutar", "1000", -115),
        ("Islem_Tutar", "1000,2", -115),
        ("Hata_URL", "", -116),
        ("KK_No", "454671123456", -118),
        ("KK_No", "4546 711234567894", -119),
        ("KK_Sahibi", "", -121),
        ("Toplam_Tutar", "1000,26", -202),
        ("Toplam_Tutar", "1000,24", -202),
    ] {
        assert_eq!(shop.refused(POS, &[(name, value)]), code, "{name} {value}");
    }
    assert!(shop.world.payments().is_empty());
    let reply = shop.call(POS, &[("Islem_Hash", "zdIBpbUnRfvlCIgHo01yfIfMXXx=")]);
    assert!(
        reply
            .get("Sonuc_Str")
            .contains("zdIBpbUnRfvlCIgHo01yfIfMXXx=")
    );
    // Both letter cases of login and key are the same.
    let same = [
        ("CLIENT_USERNAME", "test"),
        ("GUID", "0C13D406-873B-403B-9C09-A5766840D98C"),
    ];
    assert_eq!(shop.call(POS, &same).get("Sonuc"), "1");
}

#[test]
fn the_customers_rate_is_checked() {
    let mut shop = Shop::open();
    shop.world.rules.customer_rates[2] = 255;
    let pay = |shop: &mut Shop, total: &str| {
        let values = [
            ("Taksit", "3"),
            ("Islem_Tutar", "100,00"),
            ("Toplam_Tutar", total),
        ];
        shop.call(POS, &values).get("Sonuc")
    };
    assert_eq!(pay(&mut shop, "102,55"), "1");
    assert_eq!(pay(&mut shop, "100,00"), "1");
    assert_eq!(pay(&mut shop, "102,57"), "-202");
    let rates = shop.call("TP_Ozel_Oran_SK_Liste", &[]);
    assert_eq!(rates.cell(0, "MO_03"), "2.5500");
    let merchant = shop.call("TP_Ozel_Oran_Liste", &[]);
    assert_eq!(merchant.cell(0, "MO_12"), "1.7500");
    shop.world.rules.customer_rates[2] = -100;
    assert_eq!(pay(&mut shop, "100,00"), "-201");
}

#[test]
fn every_rule_of_a_seller_has_its_code() {
    let mut shop = Shop::open();
    for (name, value, code) in [
        ("ETS_GUID", "x", -103),
        ("GSM_No", "05551112233", -108),
        ("GSM_No", "555111223x", -117),
        ("Kisi_DogumTarihi", "31.02.1990", -120),
        ("IBAN_No", "TR1", -1),
        ("TC_VN", "123", -1),
        ("Tip", "4", -1),
    ] {
        let code_of = shop.refused("Pazaryeri_TP_AltUyeIsyeri_Ekleme", &[(name, value)]);
        assert_eq!(code_of, code, "{name} {value}");
    }
    assert!(shop.world.sellers().is_empty());
}

#[test]
fn requests_that_cannot_be_bound_get_faults() {
    let mut shop = Shop::open();
    let good = sample(POS, &[]);
    let action = |value: &str| {
        let mut request = good.clone();
        request.headers[1].1 = value.to_owned();
        request
    };
    let at = |path: &str| Request {
        path: path.to_owned(),
        ..good.clone()
    };
    for (request, expected) in [
        (
            changed(POS, "<KK_Sahibi_GSM></KK_Sahibi_GSM>", ""),
            "Object reference",
        ),
        (
            changed(POS, "<Taksit>2</Taksit>", "<Taksit>x</Taksit>"),
            "unable to read request",
        ),
        (
            changed(POS, "<Taksit>2</Taksit>", "<Taksit></Taksit>"),
            "unable to read request",
        ),
        (
            changed(POS, "<Ref_URL></Ref_URL>", "<Ref_URL></Ref_URL><X>1</X>"),
            "body.X".trim_start_matches("body."),
        ),
        (
            changed(POS, "</soap:Envelope>", ""),
            "unable to read request",
        ),
        (
            action("\"https://turkpos.com.tr/TP_WMD_UCD\""),
            "SOAPAction",
        ),
        (at("/turkpos.ws/service_pazaryeri.asmx"), "valid action"),
        (
            changed(
                "Pazaryeri_TP_Iptal_Iade",
                "<OdenecekTutar>0",
                "<OdenecekTutar>0,5",
            ),
            "unable to read request",
        ),
    ] {
        let (status, text) = fault(&mut shop, &request);
        assert_eq!(status, 500, "{text}");
        assert!(text.contains(expected), "{text}");
    }
    let body = String::from_utf8(good.body.clone())
        .unwrap()
        .replace("Pos_Odeme", "Pos_Odeme9");
    let unknown = Request {
        body: body.into_bytes(),
        ..good.clone()
    };
    assert!(fault(&mut shop, &unknown).1.contains("valid action"));
}

#[test]
fn what_is_not_simulated_says_so() {
    let mut shop = Shop::open();
    let named = |operation: &str| {
        let request = sample(POS, &[]);
        let body = String::from_utf8(request.body.clone())
            .unwrap()
            .replace("Pos_Odeme", operation);
        Request {
            body: body.into_bytes(),
            ..request
        }
    };
    for operation in ["BIN_SanalPos2", "TP_Islem_Sorgulama", "MP_OrderRefund"] {
        assert_eq!(
            fault(&mut shop, &named(operation)),
            (501, format!("not simulated: {operation}\n"))
        );
    }
    let description = Request::new("GET", "/turkpos.ws/service_turkpos_prod.asmx?wsdl", &[], "");
    assert_eq!(fault(&mut shop, &description).0, 501);
    assert_eq!(
        fault(&mut shop, &Request::new("POST", "/elsewhere", &[], "")).0,
        404
    );
}

#[test]
fn an_ordered_refusal_does_nothing() {
    let mut shop = Shop::open();
    for code in [
        -109, -114, -200, -201, -203, -204, -205, -206, -207, -215, -1,
    ] {
        shop.world.refuse_next(POS, code);
        assert_eq!(shop.refused(POS, &[]), code);
    }
    shop.world.refuse_next("TP_WMD_UCD", -207);
    assert_eq!(shop.call(POS, &[]).get("Sonuc"), "1");
    assert_eq!(shop.world.unused_refusals().len(), 1);
}
