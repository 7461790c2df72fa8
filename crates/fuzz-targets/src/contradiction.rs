//! Pairs of answers in one: the right one, and beside it a member that says something else.

use std::sync::LazyLock;

use aras_tracking::query::{FindParcels, ListMovements};
use aras_tracking::shipments::{
    CancelDispatch, FetchDummyLabel, FetchLabel, FindOrder, Recall, SetOrder, UpdateNumbers,
};
use aras_tracking::{
    CustomerCode, Login, Password, QueryClient, QueryEnvironment, ShipmentClient,
    ShipmentEnvironment, UserName,
};
use contract_kit::case::{self, Case};
use haso_bnpl::{Client as Haso, MerchantKey, MerchantSalt, Signing};
use horoz_shipping::{Client as Horoz, ProcessKey};
use kervan_core::{BaseUrl, Operation, Reply};
use kervan_testing::MovableHost;
use param_marketplace::payments::stored::{ChargeStoredCard, StoreCard};
use param_marketplace::payments::{
    CaptureReservation, CompletePayment, ModelPayment, PosPayment, QueryPayment, RefundPayment,
    VoidReservation,
};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, CancelOrRefund, QueryOrders, SetOrderStatus,
};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::account::SETTINGS;
use crate::nowhere::Nowhere;

/// A call, its right answer in the fixtures, and the members that decide what the answer means.
struct Subject {
    case: &'static str,
    /// Whether the client reads an answer as a success.
    succeeds: fn(&Case, &Reply) -> bool,
    members: &'static [&'static str],
}

const SUBJECTS: [Subject; 32] = [
    Subject {
        case: "param-marketplace/Pazaryeri_TP_Siparis_Detay_Ekle/success",
        succeeds: param::<AddOrderDetail>,
        members: &["Sonuc", "Sonuc_Str", "PYSiparis_GUID", "SanalPOS_Islem_ID"],
    },
    Subject {
        case: "param-marketplace/Pazaryeri_TP_Siparis_Onay/success-approve",
        succeeds: param::<SetOrderStatus>,
        members: &["Sonuc", "Sonuc_Str"],
    },
    Subject {
        case: "param-marketplace/Pazaryeri_TP_Iptal_Iade/success-partial-refund",
        succeeds: param::<CancelOrRefund>,
        members: &["Sonuc", "Sonuc_Str"],
    },
    Subject {
        case: "param-marketplace/Pazaryeri_TP_AltUyeIsyeri_Ekleme/success-company",
        succeeds: param::<AddSubMerchant>,
        members: &["Sonuc", "Sonuc_Str", "GUID_AltUyeIsyeri"],
    },
    Subject {
        case: "param-marketplace/Pazaryeri_TP_Islem_Sorgulama/success-by-order",
        succeeds: param::<QueryOrders>,
        members: &["Sonuc", "Sonuc_Str", "PYSiparis_GUID", "Durum"],
    },
    Subject {
        case: "param-marketplace/Pos_Odeme/success-without-3d",
        succeeds: param::<PosPayment>,
        members: &["Sonuc", "Sonuc_Str", "Islem_ID", "UCD_URL"],
    },
    Subject {
        case: "param-marketplace/TP_WMD_UCD/success-without-3d",
        succeeds: param::<ModelPayment>,
        members: &["Sonuc", "Sonuc_Str", "Islem_ID"],
    },
    Subject {
        case: "param-marketplace/TP_WMD_Pay/success",
        succeeds: param::<CompletePayment>,
        members: &["Sonuc", "Sonuc_Ack", "Dekont_ID", "Bank_Sonuc_Kod"],
    },
    Subject {
        case: "param-marketplace/TP_Islem_Sorgulama4/success-paid",
        succeeds: param::<QueryPayment>,
        members: &["Sonuc", "Sonuc_Str", "Odeme_Sonuc", "Durum", "Toplam_Tutar"],
    },
    Subject {
        case: "param-marketplace/TP_Islem_Iptal_Iade_Kismi2/success-refund",
        succeeds: param::<RefundPayment>,
        members: &["Sonuc", "Sonuc_Str"],
    },
    Subject {
        case: "param-marketplace/TP_Islem_Odeme_OnProv_Kapa/success",
        succeeds: param::<CaptureReservation>,
        members: &["Sonuc", "Sonuc_Str"],
    },
    Subject {
        case: "param-marketplace/TP_Islem_Iptal_OnProv/success",
        succeeds: param::<VoidReservation>,
        members: &["Sonuc", "Sonuc_Str"],
    },
    Subject {
        case: "param-marketplace/KS_Kart_Ekle/success",
        succeeds: param::<StoreCard>,
        members: &["Sonuc", "Sonuc_Str", "KS_GUID"],
    },
    Subject {
        case: "param-marketplace/KS_Tahsilat/success-without-3d",
        succeeds: param::<ChargeStoredCard>,
        members: &["Sonuc", "Sonuc_Str", "Islem_ID"],
    },
    Subject {
        case: "horoz-shipping/createPaysSupplierShipping/success-documented",
        succeeds: horoz::<horoz_shipping::CreateSupplierPaysOrder>,
        members: &["responseCode", "responseMessage"],
    },
    Subject {
        case: "horoz-shipping/cancelPaysSupplierShipping/success",
        succeeds: horoz::<horoz_shipping::CancelSupplierPaysOrder>,
        members: &["responseCode", "responseMessage"],
    },
    Subject {
        case: "horoz-shipping/createShipping/success",
        succeeds: horoz::<horoz_shipping::CreateShippingOrder>,
        members: &["responseCode", "responseMessage"],
    },
    Subject {
        case: "horoz-shipping/listShippingDetails/success",
        succeeds: horoz::<horoz_shipping::TrackOrder>,
        members: &["responseCode", "responseMessage"],
    },
    Subject {
        case: "haso-bnpl/CreateTransaction/success",
        succeeds: haso::<haso_bnpl::CreateTransaction>,
        members: &[
            "Success",
            "Errors",
            "TransactionCode",
            "MerchantOid",
            "TotalAmount",
        ],
    },
    Subject {
        case: "haso-bnpl/UpdateTransaction/success",
        succeeds: haso::<haso_bnpl::ActivateOrder>,
        members: &["Success", "Errors"],
    },
    Subject {
        case: "haso-bnpl/RefundTransaction/success",
        succeeds: haso::<haso_bnpl::Refund>,
        members: &["Success", "Errors", "RefundId"],
    },
    Subject {
        case: "haso-bnpl/CheckRefund/success",
        succeeds: haso::<haso_bnpl::CheckRefund>,
        members: &["Success", "Errors", "RefundId"],
    },
    Subject {
        case: "haso-bnpl/SetPaidPayment/success",
        succeeds: haso::<haso_bnpl::SetPaid>,
        members: &["Success", "Errors", "Message"],
    },
    Subject {
        case: "aras-tracking/CancelDispatch/success",
        succeeds: aras::<CancelDispatch>,
        members: &["ResultCode", "ResultMessage", "CargoKey"],
    },
    Subject {
        case: "aras-tracking/UpdateInvoiceWaybillNumber/success",
        succeeds: aras::<UpdateNumbers>,
        members: &["ResultCode", "ResultMessage", "OrgReceiverCustId"],
    },
    Subject {
        case: "aras-tracking/Recall/success",
        succeeds: aras::<Recall>,
        members: &["ResultCode", "ResultMessage"],
    },
    Subject {
        case: "aras-tracking/GetLabelDummy/success",
        succeeds: aras::<FetchDummyLabel>,
        members: &["Barcode", "IntegrationCode"],
    },
    Subject {
        case: "aras-tracking/SetOrder/success",
        succeeds: aras::<SetOrder>,
        members: &["ResultCode", "ResultMessage", "OrgReceiverCustId"],
    },
    Subject {
        case: "aras-tracking/GetOrderWithIntegrationCode/success",
        succeeds: aras::<FindOrder>,
        members: &["IntegrationCode", "InvoiceNumber", "PieceCount"],
    },
    Subject {
        case: "aras-tracking/GetBarcode/success",
        succeeds: aras::<FetchLabel>,
        members: &["TrackingNumber", "Barcode"],
    },
    Subject {
        case: "aras-tracking/GetQueryJSON-1/success",
        succeeds: query::<FindParcels>,
        members: &[
            "MUSTERI_OZEL_KODU",
            "KARGO_TAKIP_NO",
            "DURUM_KODU",
            "DURUMU",
        ],
    },
    Subject {
        case: "aras-tracking/GetQueryJSON-9/success",
        succeeds: query::<ListMovements>,
        members: &["ISLEM", "BIRIM", "ISLEM_TARIHI"],
    },
];

/// Returns how many pairs of a call and a deciding member there are, times the places of the second one.
#[must_use]
pub fn contradictions() -> usize {
    let pairs = SUBJECTS.iter().map(|subject| subject.members.len());
    pairs.sum::<usize>() * PLACES.len()
}

/// Feeds an answer that says two things. The first two bytes choose the call, the member and the
/// place, the third the form, the others are what the second member says.
///
/// # Panics
///
/// When the answer is read as a success.
pub fn contradiction(bytes: &[u8]) {
    let [low, high, form, says @ ..] = bytes else {
        return;
    };
    let mut number = usize::from(u16::from_le_bytes([*low, *high])) % contradictions();
    for (subject, right) in SUBJECTS.iter().zip(&*RIGHT) {
        let pairs = subject.members.len() * PLACES.len();
        if number < pairs {
            let member = subject.members[number / PLACES.len()];
            subject.tell(right, member, PLACES[number % PLACES.len()], *form, says);
            return;
        }
        number -= pairs;
    }
}

/// The right answers, in the order of the subjects.
static RIGHT: LazyLock<Vec<Right>> = LazyLock::new(|| {
    let cases = case::load(&case::default_root()).cases;
    let right = SUBJECTS.iter().map(|subject| {
        let case = cases.iter().find(|case| case.id() == subject.case);
        let case = case
            .unwrap_or_else(|| panic!("no case {}", subject.case))
            .clone();
        let response = case.response.as_ref().unwrap();
        let body = String::from_utf8(response.body.clone()).unwrap();
        let right = Right { body, case };
        let succeeds = (subject.succeeds)(&right.case, &right.reply(&right.body));
        assert!(succeeds, "{}: the right answer is refused", subject.case);
        right
    });
    right.collect()
});

struct Right {
    body: String,
    case: Case,
}

impl Right {
    fn reply(&self, body: &str) -> Reply {
        let response = self.case.response.as_ref().unwrap();
        let status = response.status().unwrap();
        Reply::new(status, response.headers.clone(), body.as_bytes().to_vec())
    }
}

/// Where the second member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    Behind,
    /// In other letter case, as JSON may be read.
    OtherCase,
    /// In the object or element that holds the whole answer.
    Above,
    /// In a second answer behind the first one.
    Answer,
}

const PLACES: [Place; 5] = [
    Place::Before,
    Place::Behind,
    Place::OtherCase,
    Place::Above,
    Place::Answer,
];

impl Subject {
    fn tell(&self, right: &Right, member: &str, place: Place, form: u8, says: &[u8]) {
        let says: String = String::from_utf8_lossy(says)
            .chars()
            .filter(|letter| !letter.is_control() && !r#"<>&"\"#.contains(*letter))
            .take(64)
            .collect();
        let is_xml = right.body.contains(&format!("<{member}>"));
        let body = if is_xml {
            in_xml(&right.body, member, place, &says)
        } else {
            in_json(&right.body, member, place, form, &says)
        };
        if let Some(body) = body {
            assert!(
                !(self.succeeds)(&right.case, &right.reply(&body)),
                "{}: `{member}` says {says:?} {place:?} and it is a success: {body}",
                self.case
            );
        }
    }
}

/// Returns whether a text is a placeholder of a number that is not given yet.
fn is_placeholder(member: &str, says: &str) -> bool {
    member == "KARGO_TAKIP_NO" && says.chars().all(|c| "0-.,– —".contains(c))
}

/// Puts a second element beside the first one of its name; nothing where both say the same.
fn in_xml(body: &str, member: &str, place: Place, says: &str) -> Option<String> {
    let (open, close) = (format!("<{member}>"), format!("</{member}>"));
    let start = body.find(&open)?;
    let end = start + body[start..].find(&close)? + close.len();
    let right = &body[start + open.len()..end - close.len()];
    if same(right, says) {
        return None;
    }
    let second = format!("{open}{says}{close}");
    let at = match place {
        Place::Before => start,
        Place::Behind => end,
        Place::Above if matches!(member, "Sonuc" | "ResultCode") => {
            let result = body.find("Result>")?;
            body[..result].rfind('<')?
        }
        // Names of elements have one spelling, and a row's column is not looked for above it.
        Place::OtherCase | Place::Above => return None,
        Place::Answer => {
            let until = body.rfind("Result>")? + "Result>".len();
            let from = body.find("Response ")?;
            let from = from + body[from..].find('>')? + 1;
            let other = [&body[from..start], &second, &body[end..until]].concat();
            return Some([&body[..until], &other, &body[until..]].concat());
        }
    };
    Some([&body[..at], &second, &body[at..]].concat())
}

/// Returns the same for a member of an object.
fn in_json(body: &str, member: &str, place: Place, form: u8, says: &str) -> Option<String> {
    let name = format!("\"{member}\":");
    let start = body.find(&name)?;
    let value = body[start + name.len()..].trim_start();
    let end = if let Some(text) = value.strip_prefix('"') {
        text.find('"')? + 2
    } else {
        value.find([',', '}', ']', '\n'])?
    };
    let right = &value[..end];
    let literal = match form % 4 {
        0 => format!("\"{says}\""),
        1 => "null".to_owned(),
        2 => (says.len().is_multiple_of(2)).to_string(),
        _ => says.bytes().map(u32::from).sum::<u32>().to_string(),
    };
    if same(right.trim_matches('"'), literal.trim_matches('"'))
        || is_placeholder(member, literal.trim_matches('"'))
    {
        return None;
    }
    let spelled = match place {
        Place::OtherCase if form.is_multiple_of(2) => member.to_uppercase(),
        Place::OtherCase => member.to_lowercase(),
        _ => member.to_owned(),
    };
    let second = format!("\"{spelled}\": {literal}");
    let tail = body.len() - value.len() + end;
    Some(match place {
        Place::Before | Place::OtherCase => {
            format!("{}{second}, {}", &body[..start], &body[start..])
        }
        Place::Behind => format!("{}, {second}{}", &body[..tail], &body[tail..]),
        // What the whole answer says of itself.
        Place::Above if matches!(member, "responseCode" | "Success") => {
            let at = body.find('{')? + 1;
            format!("{}{second}, {}", &body[..at], &body[at..])
        }
        Place::Above => return None,
        Place::Answer => {
            let other = [&body[..start], &second, &body[tail..]].concat();
            [body, &other].concat()
        }
    })
}

/// Returns whether two texts may mean the same, or the second one nothing, so that they do not contradict
/// each other.
fn same(right: &str, says: &str) -> bool {
    let fold = |text: &str| text.trim().to_lowercase().replace(',', ".");
    let (right, says) = (fold(right), fold(says));
    let number = |text: &str| {
        text.parse::<Decimal>()
            .ok()
            .map(|number| number.normalize())
    };
    says.is_empty()
        || says == "null"
        || right == says
        || number(&right).is_some_and(|right| number(&says) == Some(right))
        || (right == "true" && says == "1")
}

/// Returns whether an operation reads a reply as a success.
fn succeeds<O: Operation + DeserializeOwned>(
    settings: &O::Service,
    case: &Case,
    reply: &Reply,
) -> bool {
    let call = case.call.as_ref().unwrap().to_pretty();
    let request: O = kervan_wire::json::from_stored(&call).unwrap();
    request.decode(settings, reply).is_ok()
}

fn param<O>(case: &Case, reply: &Reply) -> bool
where
    O: Operation<Service = param_marketplace::Settings> + DeserializeOwned,
{
    succeeds::<O>(&SETTINGS, case, reply)
}

fn base() -> BaseUrl {
    BaseUrl::parse("https://provider.example").unwrap()
}

fn login() -> Login {
    Login::new(
        UserName::new("user-1"),
        Password::new("password-1"),
        CustomerCode::new("code-1"),
    )
}

fn host() -> MovableHost {
    MovableHost::at(std::time::SystemTime::UNIX_EPOCH)
}

fn horoz<O>(case: &Case, reply: &Reply) -> bool
where
    O: Operation<Service = horoz_shipping::Settings> + DeserializeOwned,
{
    static CLIENT: LazyLock<Horoz> = LazyLock::new(|| {
        Horoz::builder(base(), ProcessKey::new("process-key-1").unwrap())
            .build_over(Nowhere, host())
    });
    succeeds::<O>(CLIENT.settings(), case, reply)
}

fn haso<O>(case: &Case, reply: &Reply) -> bool
where
    O: Operation<Service = haso_bnpl::Settings> + DeserializeOwned,
{
    static CLIENT: LazyLock<Haso> = LazyLock::new(|| {
        let signing = Signing::new(
            MerchantKey::new("demo-merchant-key"),
            MerchantSalt::new("demo-merchant-salt"),
        );
        let builder = Haso::builder(base(), "1001").signing(signing);
        builder.build_over(Nowhere, host())
    });
    succeeds::<O>(CLIENT.settings(), case, reply)
}

fn aras<O>(case: &Case, reply: &Reply) -> bool
where
    O: Operation<Service = aras_tracking::ShipmentSettings> + DeserializeOwned,
{
    static CLIENT: LazyLock<ShipmentClient> = LazyLock::new(|| {
        let login = login();
        let builder = ShipmentClient::builder(&ShipmentEnvironment::Test, login).unwrap();
        builder.build_over(Nowhere, host())
    });
    succeeds::<O>(CLIENT.settings(), case, reply)
}

fn query<O>(case: &Case, reply: &Reply) -> bool
where
    O: Operation<Service = aras_tracking::QuerySettings> + DeserializeOwned,
{
    static CLIENT: LazyLock<QueryClient> = LazyLock::new(|| {
        let login = login();
        let builder = QueryClient::builder(&QueryEnvironment::Test, login).unwrap();
        builder.build_over(Nowhere, host())
    });
    succeeds::<O>(CLIENT.settings(), case, reply)
}
