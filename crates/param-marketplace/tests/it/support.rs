//! Clients, requests and answers that the tests share.

use std::time::Duration;

use chrono::NaiveDate;
use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use kervan_testing::MovableHost;
use param_marketplace::raw::{RawCall, RawElement};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, Attempt, BirthDate, CancelOrRefund,
    CheckLimit, Client, ClientCode, Credentials, Environment, ExternalIds, ListDistricts,
    MarketplaceKey, MerchantKey, OrderKey, Password, PaymentId, PayoutAccount, Person, PlateCode,
    RefundAmount, Rejection, RemoveSubMerchant, SellerPlace, SetOrderStatus, Settings, Settle,
    Settled, SoleProprietorship, SubMerchantId, TraceTransactions, Undo, UpdateSubMerchant,
    UpdateSubMerchantV2, Username, Why,
};
use testkit::{Peer, config, sockets};

/// A login and keys that messages never show.
pub(crate) const SECRETS: [&str; 4] = [
    "SENTINELCODE",
    "SENTINELUSER",
    "SENTINELPASS",
    "SENTINELKEY0",
];

pub(crate) const ORDER: &str = "1d4e8a77-0000-4000-8000-0000000000b2";
/// The number of the person in test systems.
pub(crate) const NUMBER: &str = "10000000146";
/// The example that the register of IBANs prints.
pub(crate) const IBAN: &str = "TR330006100519786457841326";
pub(crate) const SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";

/// Returns a client that tries reads up to `tries` times, without pauses.
pub(crate) fn client(peer: impl Into<Peer>, tries: u32) -> Client {
    let (peer, config) = (peer.into(), config(tries));
    let [code, user, password, key] = SECRETS;
    let environment = Environment::At(peer.base());
    let login = Credentials::new(
        ClientCode::new(code),
        Username::new(user),
        Password::new(password),
    );
    let (marketplace, merchant) = (MarketplaceKey::new(key), MerchantKey::new(key));
    let builder = Client::builder(&environment, login, marketplace, merchant).unwrap();
    let transport = sockets();
    builder.config(config).build_over(transport, peer.host)
}

/// A write of this provider that can be settled.
pub(crate) trait Write: Settle<Service = Settings> {}

impl<O: Settle<Service = Settings>> Write for O {}

/// The settling time, and the time within which an attempt may be sent.
pub(crate) const SETTLED: Duration = Duration::from_secs(600 + 60);

/// A server that follows a script, a client of it, and their clock.
pub(crate) struct Desk {
    pub(crate) server: FaultServer,
    pub(crate) client: Client,
    pub(crate) host: MovableHost,
}

impl Desk {
    pub(crate) fn new(script: impl IntoIterator<Item = Fault>) -> Self {
        let server = FaultServer::start(Fault::Script(script.into_iter().collect()));
        let peer = Peer::from(&server);
        let host = peer.host.clone();
        let client = client(peer, 1);
        Self {
            server,
            client,
            host,
        }
    }

    /// Returns the operations that arrived, in order.
    pub(crate) fn arrived(&self) -> Vec<String> {
        let seen = self.server.requests_seen().into_iter();
        seen.map(|seen| {
            let action = seen
                .header("SOAPAction")
                .unwrap()
                .trim_matches('"')
                .to_owned();
            action.rsplit('/').next().unwrap().to_owned()
        })
        .collect()
    }

    /// Counts the arrivals of an operation.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let arrived = self.arrived();
        arrived.iter().filter(|name| *name == operation).count()
    }
}

/// Returns an answer.
pub(crate) fn said(body: &str) -> Fault {
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

/// Returns an attempt as it comes back from a store.
pub(crate) fn stored(attempt: &Attempt) -> Attempt {
    serde_json::from_str(&serde_json::to_string(attempt).unwrap()).unwrap()
}

/// Settles an attempt from before a crash with these answers, in order: the state before a delta, then the
/// state at once or after the settling time.
pub(crate) async fn settled_after<O: Write>(
    passed: Duration,
    answers: &[&str],
    write: &O,
) -> Settled<O::Output, Rejection> {
    let desk = Desk::new(answers.iter().map(|answer| said(answer)));
    let attempt = stored(&desk.client.prepare(write).await.unwrap());
    desk.host.advance(passed);
    desk.client.settle(write, &attempt).await
}

/// Settles it at once, and returns the result as a word.
pub(crate) async fn settled<O: Write>(answers: &[&str], write: &O) -> &'static str {
    word(&settled_after(Duration::ZERO, answers, write).await)
}

/// Settles it after the settling time, and returns the result as a word.
pub(crate) async fn settled_late<O: Write>(answers: &[&str], write: &O) -> &'static str {
    word(&settled_after(SETTLED, answers, write).await)
}

pub(crate) fn word<T, R>(settled: &Settled<T, R>) -> &'static str {
    match settled {
        Settled::Done(_) => "done",
        Settled::InState => "in state",
        Settled::Exists => "exists",
        Settled::NotDone => "not done",
        Settled::Refused(_) => "refused",
        Settled::Open(open) => match open.why {
            Why::TooEarly => "too early",
            Why::NotFound => "not found",
            Why::Unclear => "unclear",
            Why::Failed(_) => "failed",
            Why::NoReadBack => "no read-back",
            _ => "other",
        },
    }
}

pub(crate) fn detail() -> AddOrderDetail {
    let money = |text: &str| text.parse().unwrap();
    AddOrderDetail::new(PaymentId::new(1_247_910_825), SubMerchantId::from(SELLER))
        .product_amount(money("9.83"))
        .payable(money("1.75"))
}

pub(crate) fn approval() -> SetOrderStatus {
    SetOrderStatus::approve(OrderKey::from(ORDER))
}

pub(crate) fn refund(amount: RefundAmount) -> CancelOrRefund {
    CancelOrRefund::new(OrderKey::from(ORDER), "KV-2001", Undo::Refund, amount)
}

pub(crate) fn limit() -> CheckLimit {
    CheckLimit::new(SubMerchantId::from(SELLER), "1.75".parse().unwrap())
}

pub(crate) fn trace() -> TraceTransactions {
    TraceTransactions::of_account("Sentinel Account")
}

pub(crate) fn districts() -> ListDistricts {
    ListDistricts::new(PlateCode::new(76).unwrap())
}

pub(crate) fn raw() -> RawCall {
    RawCall::new("MP_OrderDetailAdd")
        .element(RawElement::login("G"))
        .element(RawElement::marketplace_key("ETS_GUID"))
        .text("Ad_Soyad", "Sentinel Örnek")
}

/// Returns a seller with every personal field planted.
pub(crate) fn new_seller() -> AddSubMerchant {
    let born = BirthDate::from(NaiveDate::from_ymd_opt(1990, 5, 1).unwrap());
    let person = Person::new(NUMBER, born);
    let seller = SoleProprietorship::new("SENTINEL Örnek", person)
        .title("SENTINEL Title")
        .tax_office("SENTINEL Office");
    let account = PayoutAccount::new(IBAN).owner("SENTINEL Owner");
    AddSubMerchant::new(
        seller,
        "5000000000",
        account,
        SellerPlace::in_province(1).district(1104),
    )
    .address("SENTINEL Street")
    .email("sentinel@example.com")
    .website("sentinel.example.com")
}

pub(crate) fn new_seller_v2() -> AddSubMerchantV2 {
    AddSubMerchantV2::new(new_seller(), ExternalIds::new().sap("S-1").magento("42"))
}

/// Returns a change of the values that the list shows.
pub(crate) fn changed_seller() -> UpdateSubMerchant {
    UpdateSubMerchant::new(SubMerchantId::from(SELLER), "SENTINEL Office")
        .name("SENTINEL Örnek")
        .mobile("5000000001")
        .place(SellerPlace::in_province(1).district(1104))
}

pub(crate) fn changed_seller_v2() -> UpdateSubMerchantV2 {
    UpdateSubMerchantV2::new(changed_seller(), ExternalIds::new())
}

pub(crate) fn removal() -> RemoveSubMerchant {
    RemoveSubMerchant::new(SubMerchantId::from(SELLER))
}

/// Returns a list's answer: its total, and the columns of each seller.
pub(crate) fn sellers(total: &str, rows: &[&[(&str, &str)]]) -> String {
    let rows = table(rows).replace("Temp>", "Temp1>");
    let table = format!("<Toplam_Kayit>{total}</Toplam_Kayit>{rows}");
    body("Pazaryeri_TP_AltUyeIsyeri_Liste", &table)
}

/// Returns the body of an answer of an operation, in the namespace of its service.
pub(crate) fn body(operation: &str, result: &str) -> String {
    let host = if operation.starts_with("KS_") {
        "turkpara"
    } else {
        "turkpos"
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soap:Body><{operation}Response xmlns=\"https://{host}.com.tr/\"><{operation}Result>{result}</{operation}Result>\
         </{operation}Response></soap:Body></soap:Envelope>"
    )
}

/// Returns a successful answer with a table of one element for each row.
pub(crate) fn table(rows: &[&[(&str, &str)]]) -> String {
    let column = |(name, text): &(&str, &str)| format!("<{name}>{text}</{name}>");
    let row = |row: &&[(&str, &str)]| {
        let columns: String = row.iter().map(column).collect();
        format!("<Temp>{columns}</Temp>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">{rows}\
         </NewDataSet></d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>"
    )
}

/// Returns a query's answer with these rows of the payment: key, state, product amount, payable, seller.
pub(crate) fn orders(rows: &[[&str; 5]]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|[key, state, product, payable, seller]| {
            format!(
                "<Temp><PYSiparis_GUID>{key}</PYSiparis_GUID><Durum>{state}</Durum><Tutar_Urun>{product}</Tutar_Urun>\
                 <Tutar_Odenecek>{payable}</Tutar_Odenecek><GUID_AltUyeIsyeri>{seller}</GUID_AltUyeIsyeri>\
                 <SanalPOS_Islem_ID>1247910825</SanalPOS_Islem_ID></Temp>"
            )
        })
        .collect();
    let table = format!(
        "<DT_Bilgi><d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">{}</NewDataSet>\
         </d:diffgram></DT_Bilgi><Sonuc>1</Sonuc>",
        rows.concat()
    );
    body("Pazaryeri_TP_Islem_Sorgulama", &table)
}
