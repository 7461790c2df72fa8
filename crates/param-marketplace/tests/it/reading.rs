//! Answers in unusual charsets.

use contract_kit::faults::{Fault, FaultServer, answer};
use kervan_core::Form;
use param_marketplace::{ListProvinces, ListProvincesOfTestService, PlateCode};

use crate::support::{body, client, detail, districts, table};

const SUCCESS: &str =
    "<Sonuc>1</Sonuc><Sonuc_Str>İşlem Başarılı@</Sonuc_Str><PYSiparis_GUID>P-1</PYSiparis_GUID>";

fn server(content_type: &str, body: &[u8]) -> FaultServer {
    let headers = [("Content-Type", content_type)];
    FaultServer::start(Fault::Answer(answer(200, &headers, body)))
}

#[tokio::test]
async fn r4_utf_8_that_says_windows_1254_is_utf_8() {
    let plain = body("Pazaryeri_TP_Siparis_Detay_Ekle", &SUCCESS.replace('@', ""));
    for (content_type, text) in [
        ("text/xml; charset=windows-1254", plain.clone()),
        ("text/xml", plain.replacen("utf-8", "iso-8859-9", 1)),
    ] {
        let server = server(content_type, text.as_bytes());
        let made = client(&server, 1).call(&detail()).await.unwrap();
        assert_eq!(made.order.as_str(), "P-1");
        assert_eq!(made.message.unwrap().as_str(), "İşlem Başarılı");
        assert_eq!(made.drift.tolerated[0].form, Form::Charset);
    }
}

#[tokio::test]
async fn r5_a_cut_letter_costs_that_letter_only() {
    let cut = |text: &str| {
        let parts: Vec<_> = text.split('@').map(str::as_bytes).collect();
        parts.join(&b"\xc5"[..])
    };
    let text = body("Pazaryeri_TP_Siparis_Detay_Ekle", SUCCESS);
    let server = server("text/xml; charset=utf-8", &cut(&text));
    let made = client(&server, 1).call(&detail()).await.unwrap();
    assert_eq!(made.order.as_str(), "P-1");
    assert_eq!(made.message.unwrap().as_str(), "İşlem Başarılı\u{fffd}");
    assert_eq!(made.drift.tolerated[0].form, Form::DamagedLetter);
}

#[tokio::test]
async fn r1_a_table_in_another_shape_is_not_an_empty_one() {
    let good = table(&[]);
    for odd in [
        "<Temp ILCE=\"SEYHAN\"/>",
        "SEYHAN;1",
        "<Temp>SEYHAN;1</Temp>",
    ] {
        let result = good.replace("</NewDataSet>", &format!("{odd}</NewDataSet>"));
        let text = body("ILCE_LISTESI", &result);
        let server = server("text/xml; charset=utf-8", text.as_bytes());
        let found = client(&server, 1).call(&districts()).await;
        assert!(found.is_err(), "{odd}");
    }
}

#[tokio::test]
async fn r6_a_plate_that_is_none_costs_only_itself() {
    let rows = table(&[
        &[("Plaka", "0"), ("IL", "SEÇİNİZ")],
        &[("Plaka", "-"), ("IL", "-")],
        &[("Plaka", "06"), ("IL", "ANKARA")],
    ]);
    let other = rows.replace("DT_Bilgi", "DT");
    for (operation, result) in [("IL_LISTESI", &rows), ("Il_Liste", &other)] {
        let text = body(operation, result);
        let server = server("text/xml; charset=utf-8", text.as_bytes());
        let client = client(&server, 1);
        let found = if operation == "IL_LISTESI" {
            client.call(&ListProvinces::new()).await.unwrap()
        } else {
            client
                .call(&ListProvincesOfTestService::new())
                .await
                .unwrap()
        };
        let plates: Vec<_> = found.provinces.iter().map(|one| one.plate).collect();
        assert_eq!(plates, [None, None, Some(PlateCode::new(6).unwrap())]);
        let names = found.provinces.iter().filter_map(|one| one.name.as_deref());
        assert_eq!(names.collect::<Vec<_>>(), ["SEÇİNİZ", "-", "ANKARA"]);
        let unread: Vec<_> = found.drift.unread.iter().map(|one| &one.path).collect();
        assert_eq!(unread.len(), 2, "{unread:?}");
        assert!(unread[0].ends_with("[0].Plaka"), "{unread:?}");
        assert!(unread[1].ends_with("[1].Plaka"), "{unread:?}");
    }
}
