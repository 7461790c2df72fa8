//! Tables in another shape than documented: unreadable, never empty. An empty element is an empty table.

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use kervan_core::Answer;
use param_marketplace::payments::{
    ListPayments, LookUpCards, PaymentOrder, QueryPayment, ReconcileDay, Security,
};
use param_marketplace::{
    Client, Error, ListSubMerchants, Operation, OrderKey, Outcome, QueryOrders, Settings,
};

use crate::payments::{payment, payment_refund, status};
use crate::support::{
    ORDER, SELLER, approval, body, client, detail, districts, new_seller, orders, sellers, settled,
    settled_late,
};

/// Calls a server with this answer.
async fn answered<O>(call: &O, answer: &str) -> Result<Answer<O::Output>, Error>
where
    O: Operation<Service = Settings>,
{
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, answer.as_bytes())));
    let client: Client = client(&server, 1);
    client.call(call).await
}

fn named(operation: &str, table: &str) -> String {
    body(
        operation,
        &format!("{table}<Sonuc>1</Sonuc><Sonuc_Str>Başarılı</Sonuc_Str>"),
    )
}

fn diffgram(inside: &str) -> String {
    format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\">{inside}</d:diffgram></DT_Bilgi>"
    )
}

/// Returns a row of the entry that `detail()` makes, in every shape but the documented one.
fn misshapen() -> Vec<String> {
    let row = format!(
        "<Temp><PYSiparis_GUID>{ORDER}</PYSiparis_GUID><Durum>0</Durum>\
         <GUID_AltUyeIsyeri>{SELLER}</GUID_AltUyeIsyeri></Temp>"
    );
    let escaped = row.replace('<', "&lt;").replace('>', "&gt;");
    let attributes = format!("<Temp PYSiparis_GUID=\"{ORDER}\" Durum=\"0\"/>");
    vec![
        format!("<DT_Bilgi>{escaped}</DT_Bilgi>"),
        format!("<DT_Bilgi><![CDATA[{row}]]></DT_Bilgi>"),
        "<DT_Bilgi>Kayıt listesi hazırlanıyor</DT_Bilgi>".to_owned(),
        format!("<DT_Bilgi PYSiparis_GUID=\"{ORDER}\" Durum=\"0\"/>"),
        // Elements without a data set, and with text beside one.
        format!("<DT_Bilgi>{row}</DT_Bilgi>"),
        format!("<DT_Bilgi><NewDataSet>{row}</NewDataSet></DT_Bilgi>"),
        format!(
            "{}{escaped}</DT_Bilgi>",
            diffgram("").replace("</DT_Bilgi>", "")
        ),
        // The same inside of the data set.
        diffgram(&escaped),
        diffgram(&format!("<NewDataSet xmlns=\"\">{escaped}</NewDataSet>")),
        diffgram(&format!(
            "<NewDataSet xmlns=\"\"><![CDATA[{row}]]></NewDataSet>"
        )),
        diffgram(&format!(
            "<NewDataSet xmlns=\"\"><Temp>{escaped}</Temp></NewDataSet>"
        )),
        diffgram(&format!("<NewDataSet xmlns=\"\">{attributes}</NewDataSet>")),
        diffgram(&format!(
            "<NewDataSet xmlns=\"\"><Tables>{row}</Tables></NewDataSet>"
        )),
    ]
}

#[tokio::test]
async fn r1_a_table_in_another_shape_is_unreadable() {
    for table in misshapen() {
        let question = QueryOrders::by_order(OrderKey::from(ORDER));
        let answer = named("Pazaryeri_TP_Islem_Sorgulama", &table);
        let error = answered(&question, &answer).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{table}: {error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
        let answer = named("Pazaryeri_TP_AltUyeIsyeri_Liste", &table);
        let listed = answered(&ListSubMerchants::all(), &answer).await;
        assert!(matches!(listed, Err(Error::Decode(_))), "{table}");
    }
}

#[tokio::test]
async fn r1_it_is_so_for_every_table() {
    for table in misshapen() {
        let fails = |result: Result<(), Error>, operation: &str| {
            assert!(
                matches!(result, Err(Error::Decode(_))),
                "{operation}: {table}"
            );
        };
        let at = |operation| named(operation, &table);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let (from, to) = (day.and_hms_opt(0, 0, 0), day.and_hms_opt(23, 59, 59));
        let history = ListPayments::between(from.unwrap(), to.unwrap());
        let name = "TP_Islem_Izleme";
        fails(answered(&history, &at(name)).await.map(drop), name);
        let name = "TP_Mutabakat_Detay";
        fails(
            answered(&ReconcileDay::new(day), &at(name)).await.map(drop),
            name,
        );
        let name = "BIN_SanalPos";
        fails(
            answered(&LookUpCards::by_bin("454671"), &at(name))
                .await
                .map(drop),
            name,
        );
        let name = "ILCE_LISTESI";
        fails(answered(&districts(), &at(name)).await.map(drop), name);
    }
}

#[tokio::test]
async fn r1_what_cannot_be_read_settles_nothing() {
    let (before, listed) = (orders(&[]), sellers("0", &[]));
    for table in misshapen() {
        let now = named("Pazaryeri_TP_Islem_Sorgulama", &table);
        assert_eq!(
            settled_late(&[&before, &now], &detail()).await,
            "failed",
            "{table}"
        );
        assert_eq!(
            settled_late(&[&now], &approval()).await,
            "failed",
            "{table}"
        );
        let now = named("Pazaryeri_TP_AltUyeIsyeri_Liste", &table);
        assert_eq!(
            settled_late(&[&listed, &now], &new_seller()).await,
            "failed",
            "{table}"
        );
    }
}

#[tokio::test]
async fn r1_a_refusal_is_read_whatever_its_table_holds() {
    let answer = body(
        "Pazaryeri_TP_Islem_Sorgulama",
        "<DT_Bilgi>Kayıt yok</DT_Bilgi><Sonuc>-101</Sonuc>",
    );
    let question = QueryOrders::by_order(OrderKey::from(ORDER));
    let error = answered(&question, &answer).await.unwrap_err();
    assert_eq!(error.rejection().unwrap().code, "-101");
}

/// Elements without content.
const EMPTY: [&str; 4] = [
    "<DT_Bilgi />",
    "<DT_Bilgi></DT_Bilgi>",
    "<DT_Bilgi>\r\n </DT_Bilgi>",
    "",
];

#[tokio::test]
async fn r3_an_empty_element_is_nothing_found() {
    for table in EMPTY {
        let answer = named("TP_Islem_Sorgulama4", table);
        let question = QueryPayment::by_order(PaymentOrder::from("KV-2001"));
        let found = answered(&question, &answer).await.unwrap();
        assert_eq!(found.payment, None, "{table}");
        let answer = named("Pazaryeri_TP_Islem_Sorgulama", table);
        let question = QueryOrders::by_order(OrderKey::from(ORDER));
        assert!(
            answered(&question, &answer)
                .await
                .unwrap()
                .orders
                .is_empty(),
            "{table}"
        );
    }
}

#[tokio::test]
async fn r3_a_charge_that_is_not_found_stays_open() {
    let before = status("1", "SUCCESS", "3007300695", "0");
    for table in EMPTY {
        let nothing = named("TP_Islem_Sorgulama4", table);
        let charge = payment(Security::None);
        assert_eq!(
            settled_late(&[&nothing], &charge).await,
            "not found",
            "{table}"
        );
        // A refund of a payment that was there before is not proved undone by it either.
        let refund = settled_late(&[&before, &nothing], &payment_refund()).await;
        assert_ne!(refund, "not done", "{table}");
    }
}

#[tokio::test]
async fn r3_a_payment_in_another_shape_is_unreadable() {
    let escaped = "&lt;Odeme_Sonuc&gt;1&lt;/Odeme_Sonuc&gt;";
    let row = "<NewDataSet xmlns=\"\"><Temp><Odeme_Sonuc>1</Odeme_Sonuc></Temp></NewDataSet>";
    for table in [
        format!("<DT_Bilgi>{escaped}</DT_Bilgi>"),
        "<DT_Bilgi><![CDATA[<Odeme_Sonuc>1</Odeme_Sonuc>]]></DT_Bilgi>".to_owned(),
        "<DT_Bilgi>Bulunamadı</DT_Bilgi>".to_owned(),
        "<DT_Bilgi Odeme_Sonuc=\"1\" Siparis_ID=\"KV-2001\" />".to_owned(),
        "<DT_Bilgi><Odeme_Sonuc>1</Odeme_Sonuc></DT_Bilgi><DT_Bilgi/>".to_owned(),
        diffgram(row),
    ] {
        let answer = named("TP_Islem_Sorgulama4", &table);
        let question = QueryPayment::by_order(PaymentOrder::from("KV-2001"));
        let read = answered(&question, &answer).await;
        assert!(matches!(read, Err(Error::Decode(_))), "{table}: {read:?}");
        assert_eq!(
            settled(&[&answer], &payment(Security::None)).await,
            "failed",
            "{table}"
        );
    }
}
