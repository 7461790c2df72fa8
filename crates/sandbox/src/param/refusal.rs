//! Result codes, and which code a broken rule has.

use std::borrow::Cow;

use kervan_spec::Finding;

use super::call::Call;
use super::fault::{Fault, Side};

/// A call that is understood and refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) text: String,
    /// The broken rule in words, which never travels.
    pub(crate) rule: Cow<'static, str>,
    /// The bank's own code, when a bank refused.
    pub(crate) bank: Option<i64>,
}

impl Refusal {
    /// Refuses with a listed code and its text.
    pub(crate) fn code(code: i64, rule: impl Into<Cow<'static, str>>) -> Self {
        Refusal::words(code, text_of(code), rule)
    }

    /// Refuses with a text of its own.
    pub(crate) fn words(
        code: i64,
        text: impl Into<String>,
        rule: impl Into<Cow<'static, str>>,
    ) -> Self {
        Refusal {
            code,
            text: text.into(),
            rule: rule.into(),
            bank: None,
        }
    }

    /// Refuses as a bank does.
    pub(crate) fn by_bank(bank: i64) -> Self {
        Refusal {
            bank: Some(bank),
            ..Refusal::words(-1, "Kart reddedildi", "the card: its bank refuses")
        }
    }

    /// Refuses installments with a debit card.
    pub(crate) fn debit_installments() -> Self {
        Refusal::code(-220, "Taksit: above 1 with a debit card")
    }
}

fn text_of(code: i64) -> &'static str {
    match code {
        -100 => "Hesap bulunamadı",
        -101 => "Güvenlik hatası",
        -103 => "GUID uzunluğu hatalı",
        -104 => "Sipariş ID uzunluğu en fazla 36 olmalıdır",
        -105 => "CVV uzunluğu hatalı",
        -106 => "Yıl uzunluğu hatalı",
        -107 => "Ay uzunluğu hatalı",
        -108 => "GSM hatalı",
        -110 => "Taksit hatalı",
        -111 => "IP formatı hatalı",
        -112 => "Tutar formatı hatalı, nokta yerine virgül kullanınız",
        -113 => "Tutar 0'dan büyük olmalıdır",
        -115 => "Tutar virgülden sonra iki hane olmalıdır",
        -116 => "Başarılı veya hata adresi boş olamaz",
        -117 => "GSM sayısal olmalıdır",
        -118 => "Kart numarası uzunluğu hatalı",
        -119 => "Kart numarası formatı hatalı",
        -120 => "Tarih formatı hatalı",
        -121 => "Kart sahibi boş olamaz",
        -109 => "SanalPOS ID uzunluğu hatalı",
        -114 => "Test kullanıcısı ile işlem yapılamaz",
        -200 => "Komisyon tanımlı değil",
        -201 => "Taksit sayısı bu POS için geçerli değil",
        -203 => "Komisyon hesaplama hatası",
        -204 => "POS tipi hatalı",
        -205 => "Ödeme kaydedilemedi",
        -206 => "POS işlemi kaydedilemedi",
        -207 => "Sistem hatası",
        -215 => "SanalPOS ID ile BIN uyumsuz",
        -202 => "Toplam tutara eklenen komisyon hatalı",
        -208 => "POS tipi veya kart bulunamadı",
        -209 => "İşlem bulunamadı",
        -210 => "İptal veya iade edilecek uygun işlem bulunamadı",
        -211 => "İşlem daha önce iptal edilmiş",
        -212 => "İşlem daha önce iade edilmiş",
        -213 => "İşlem iade edilebilir, iptal edilemez",
        -214 => "İşlem iptal edilebilir, iade edilemez",
        -220 => "Banka kartı ile taksitli işlem yapılamaz",
        -221 => "İade tutarı, iade edilebilir tutardan büyük olamaz",
        -222 => "Tarih aralığı 7 günden fazla olamaz",
        -400 => "Bu sipariş için başarılı bir işlem bulunmaktadır, yeni bir sipariş ID gönderiniz",
        _ => "İşlem başarısız",
    }
}

/// A call that gets no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// A SOAP fault.
    Fault(Fault),
    /// A result with a code.
    Refused(Refusal),
}

/// Elements that hold numbers on the wire, which an empty element is not.
const NUMBERS: [&str; 11] = [
    "CLIENT_CODE",
    "Code",
    "CurrencyCode",
    "Doviz_Kodu",
    "Installment",
    "MaxInstallment",
    "OdenecekTutar",
    "SiparisTutar",
    "Taksit",
    "Tip",
    "Tutar",
];

/// Returns the first reason to stop in what the table of the operation says of a request. An
/// envelope that cannot be bound comes before a value that is not valid.
pub(crate) fn judge(call: &Call, findings: &[Finding]) -> Result<(), Stop> {
    let faults = findings
        .iter()
        .filter_map(|finding| fault_of(call, finding));
    if let Some(stop) = faults.min_by_key(|fault| fault.side) {
        return Err(Stop::Fault(stop));
    }
    match findings.first() {
        None => Ok(()),
        Some(finding) => Err(Stop::Refused(refusal_of(call, finding))),
    }
}

/// Returns the fault of a request that the platform cannot bind.
fn fault_of(call: &Call, finding: &Finding) -> Option<Fault> {
    let (path, message) = (finding.path.as_str(), finding.message.as_str());
    if path == "header.SOAPAction" {
        let text = "Server did not recognize the value of HTTP Header SOAPAction.";
        return Some(Fault::new(Side::Client, text, finding.to_string()));
    }
    let Some(place) = path.strip_prefix("body.") else {
        return Some(Fault::unread(Side::Client, &finding.to_string()));
    };
    let rule = format!("{place}: {message}");
    if message == "is missing" {
        let text = format!(
            "Server was unable to process request. ---> Object reference not set to an instance \
             of an object. ({place})"
        );
        return Some(Fault::new(Side::Server, text, rule));
    }
    // A long in the query, a text in the entry of an order.
    let is_number = NUMBERS.contains(&last(place))
        || (place == "SanalPOS_Islem_ID" && call.operation == "Pazaryeri_TP_Islem_Sorgulama");
    let is_unread_number = message.contains("32 bits")
        || message.contains("64 bits")
        || message.contains("no comma")
        || (message == "is empty" && is_number);
    let is_misplaced = message.starts_with("stands") || message.starts_with("holds");
    (is_unread_number || is_misplaced || message == "is not on the page")
        .then(|| Fault::unread(Side::Server, &rule))
}

fn last(place: &str) -> &str {
    place.rsplit(['.', '@']).next().unwrap_or_default()
}

/// Returns the code of a value that the rules of its element refuse.
fn refusal_of(call: &Call, finding: &Finding) -> Refusal {
    let place = finding.path.trim_start_matches("body.");
    let value = call.text(&place.replace('.', "/"));
    let is_empty = finding.message.starts_with("is empty");
    let code = match last(place) {
        "CLIENT_CODE" | "CLIENT_USERNAME" | "CLIENT_PASSWORD" | "User" | "Pass" => -101,
        "GUID" | "ETS_GUID" | "GUID_AltUyeIsyeri" | "PYSiparis_GUID" | "KS_GUID" | "Islem_GUID" => {
            -103
        }
        "Siparis_ID" | "Order_ID" | "TransactionId" if !is_empty => -104,
        "KK_CVC" | "CVV" => -105,
        "KK_SK_Yil" => -106,
        "KK_SK_Ay" => -107,
        "GSM_No" | "KK_Sahibi_GSM" | "GSM" | "Customer_GSM" => gsm(&value),
        "IPAdr" | "IPAddress" => -111,
        "Tutar_Urun" | "Tutar_Odenecek" | "Islem_Tutar" | "Toplam_Tutar" | "Prov_Tutar"
        | "Amount" => amount(&value),
        "Hata_URL" | "Basarili_URL" | "Error_URL" | "Success_URL" | "Callback_URL" => -116,
        "KK_No" if value.bytes().any(|b| !b.is_ascii_digit()) => -119,
        "KK_No" => -118,
        "Kisi_DogumTarihi" | "Yetkili_Kisi_DogumTarihi" | "Tarih" | "Tarih_Bas" | "Tarih_Bit" => {
            -120
        }
        "KK_Sahibi" => -121,
        "Islem_Hash" | "Payment_Hash" => -102,
        _ => -1,
    };
    let rule = format!("{place}: {}", finding.message);
    if code == -1 || code == -102 {
        Refusal::words(code, rule.clone(), rule)
    } else {
        Refusal::code(code, rule)
    }
}

fn gsm(value: &str) -> i64 {
    if value.bytes().all(|b| b.is_ascii_digit()) {
        -108
    } else {
        -117
    }
}

fn amount(value: &str) -> i64 {
    match value.split_once(',') {
        Some((whole, decimals))
            if decimals.len() != 2
                && whole
                    .bytes()
                    .chain(decimals.bytes())
                    .all(|b| b.is_ascii_digit()) =>
        {
            -115
        }
        None if value.bytes().all(|b| b.is_ascii_digit()) => -115,
        _ => -112,
    }
}
