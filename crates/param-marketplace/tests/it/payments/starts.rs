//! The answers of starts as public clients recorded them, without drift.

use kervan_core::Answer;
use param_marketplace::payments::stored::{ChargeStoredCard, ChargeStoredCardWithModel};
use param_marketplace::payments::{
    Currency, CurrencyPayment, ModelPaymentV2, ReserveAmount, ReserveWithModel, Security,
    VerifyCard,
};
use param_marketplace::{Client, Drift, Error, Operation, QueryOrders, ReceivedMoment, Settings};

use super::settling::after;
use super::{card, model_payment, payment, sale};
use crate::support::{ORDER, body, table};

const VISIT: &str = "<Islem_ID>6021847062</Islem_ID><UCD_URL>https://bank.example/3d</UCD_URL><Sonuc>1</Sonuc>\
                     <Sonuc_Str>İşlem Başarılı</Sonuc_Str><Banka_Sonuc_Kod>-1</Banka_Sonuc_Kod>";
const RATE: &str = "<Komisyon_Oran>1.75</Komisyon_Oran>";
const PAGE: &str = "<Islem_ID>6021847062</Islem_ID><Islem_GUID>5b7b5ae2-0000-4000-8000-000000000001</Islem_GUID>\
                    <UCD_HTML>&lt;html></UCD_HTML><UCD_MD>cHJl</UCD_MD><Sonuc>1</Sonuc>\
                    <Sonuc_Str>İşlem Başarılı</Sonuc_Str><Banka_Sonuc_Kod>0</Banka_Sonuc_Kod>\
                    <Siparis_ID>KV-2001</Siparis_ID>";
const DONE: &str = "<Islem_ID>3007300695</Islem_ID><UCD_HTML>NONSECURE</UCD_HTML><Sonuc>1</Sonuc>\
                    <Sonuc_Str>İşlem Başarılı</Sonuc_Str><Bank_Trans_ID>1</Bank_Trans_ID><Bank_AuthCode>2</Bank_AuthCode>\
                    <Bank_HostMsg>Onay</Bank_HostMsg><Banka_Sonuc_Kod>0</Banka_Sonuc_Kod><Bank_Extra>x</Bank_Extra>\
                    <Siparis_ID>KV-2001</Siparis_ID><Bank_HostRefNum>3</Bank_HostRefNum>";
const NET: &str = "<Net_Tutar>9.83</Net_Tutar><Komisyon_Tutar>0.18</Komisyon_Tutar><Komisyon_Oran>1.75</Komisyon_Oran>";
const DATA: &str = "<Ext_Data>a|b|||</Ext_Data>";

async fn answered<O>(call: O, result: &str) -> Answer<O::Output>
where
    O: Operation<Service = Settings>,
{
    let answer = body(call.name(), result);
    let ask =
        async |client: Client| -> Result<Answer<O::Output>, Error> { client.call(&call).await };
    after(&answer, ask).await.unwrap()
}

#[tokio::test]
async fn r12_a_start_in_3d_pay_is_no_drift() {
    let with_rate = format!("{VISIT}{RATE}");
    let visit = answered(payment(Security::ThreeD), &with_rate).await;
    assert_eq!(visit.drift, Drift::default());
    let sale = sale().described("A bag");
    let foreign = CurrencyPayment::new(Currency::Euro, sale, card(), Security::ThreeD);
    let visit = answered(foreign, &with_rate).await;
    assert_eq!(visit.drift, Drift::default());
    let check = VerifyCard::new(card(), "SENTINELTOKEN-0001");
    let visit = answered(check, &with_rate).await;
    assert_eq!(visit.drift, Drift::default());
    let result = format!("{VISIT}<Islem_GUID>5b7b5ae2-0000-4000-8000-000000000001</Islem_GUID>");
    let reservation = ReserveAmount::new(super::sale(), card(), Security::ThreeD);
    let visit = answered(reservation, &result).await;
    assert_eq!(visit.drift, Drift::default());
}

#[tokio::test]
async fn r12_a_start_in_the_3d_model_is_no_drift() {
    for more in ["", DATA] {
        let result = format!("{PAGE}{more}");
        let page = answered(model_payment(Security::ThreeD), &result).await;
        assert_eq!(page.drift, Drift::default(), "{more}");
        let reservation = ReserveWithModel::new(sale(), card(), Security::ThreeD);
        let page = answered(reservation, &result).await;
        assert_eq!(page.drift, Drift::default());
        let result = format!("{PAGE}{more}{NET}");
        let second = ModelPaymentV2::from(model_payment(Security::ThreeD));
        let page = answered(second, &result).await;
        assert_eq!(page.drift, Drift::default(), "{more}");
    }
}

#[tokio::test]
async fn r12_an_answer_without_3d_is_no_drift() {
    let done = answered(model_payment(Security::None), DONE).await;
    assert_eq!(done.drift, Drift::default());
    let second = ModelPaymentV2::from(model_payment(Security::None));
    let done = answered(second, &format!("{DONE}{DATA}{NET}")).await;
    assert_eq!(done.drift, Drift::default());
    let charge = || {
        let key = "22222222-0000-4000-8000-000000000002";
        ChargeStoredCard::without_3d(sale(), key).owner("customer-42")
    };
    let visited = "<Islem_ID>3007300695</Islem_ID><UCD_URL>NONSECURE</UCD_URL><Sonuc>1</Sonuc>\
                   <Sonuc_Str>İşlem Başarılı</Sonuc_Str><Banka_Sonuc_Kod>0</Banka_Sonuc_Kod>";
    let done = answered(charge(), visited).await;
    assert_eq!(done.drift, Drift::default());
    let done = answered(ChargeStoredCardWithModel::new(charge()), DONE).await;
    assert_eq!(done.drift, Drift::default());
}

#[tokio::test]
async fn r12_what_is_missing_beside_that_is_still_drift() {
    let without = VISIT.replace("<Sonuc_Str>İşlem Başarılı</Sonuc_Str>", "");
    let visit = answered(payment(Security::ThreeD), &without).await;
    let drift = visit.drift;
    assert_eq!(
        drift.absent,
        ["Pos_OdemeResult.Sonuc_Str", "Pos_OdemeResult.Komisyon_Oran"]
    );
    let more = format!("{PAGE}<Yeni>1</Yeni>");
    let page = answered(model_payment(Security::ThreeD), &more).await;
    assert_eq!(page.drift.unread.len(), 1);
}

#[tokio::test]
async fn r12_the_announced_due_date_is_read_and_not_missed() {
    let order = |due: &'static str| {
        let row: &[(&str, &str)] = &[
            ("PYSiparis_GUID", ORDER),
            ("Durum", "1"),
            ("Durum_Str", "Onaylandı"),
            ("Tutar_Urun", "9.8300"),
            ("Tutar_Odenecek", "1.7500"),
            ("GUID_AltUyeIsyeri", "a"),
            ("SanalPOS_Islem_ID", "1"),
            ("Tarih", "20.11.2026 10:00:00"),
        ];
        let due = (!due.is_empty()).then_some(("Vade_Tarihi", due));
        let row: Vec<_> = row.iter().copied().chain(due).collect();
        format!(
            "{}<Sonuc_Str>Başarılı</Sonuc_Str>",
            table(&[row.as_slice()])
        )
    };
    for (due, day) in [("", None), ("01.12.2026", Some("01.12.2026"))] {
        let found = answered(QueryOrders::by_order(ORDER.into()), &order(due)).await;
        assert_eq!(found.drift, Drift::default(), "{due}");
        let found = found.orders[0].due.as_ref().map(ReceivedMoment::as_str);
        assert_eq!(found, day);
    }
}
