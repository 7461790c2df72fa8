//! Answers of the query service, by the account's method.

use kervan_core::{Personal, Reply};
use kervan_tracking::EventTime;
use kervan_wire::soap::{self, Element};
use kervan_wire::tree::Value;

use super::envelope::{answered, reply};
use crate::query::wire_names;
use crate::query::{Movement, Number, Parcel, QueryMethod};

/// The element of a data set.
const RESULT: &str = "QueryResult";
/// The element of a row.
const ROW: &str = "Cargo";

/// A column: its wire name and its value.
type Column = (String, String);

/// Returns an answer with rows of wire names and values, for any query type:
/// `rows(method, [[("MUSTERI_OZEL_KODU", "KV-1001"), ("DURUM_KODU", "6")]])`.
pub fn rows<'c, R: IntoIterator<Item = (&'c str, &'c str)>>(
    method: QueryMethod,
    rows: impl IntoIterator<Item = R>,
) -> Reply {
    let column = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().map(column).collect());
    written(method, rows.collect())
}

/// Returns an answer with parcels: their numbers, states, names, places, times and collections. Columns in
/// [`Parcel::other`] are written under their names.
pub fn parcels(method: QueryMethod, parcels: &[Parcel]) -> Reply {
    written(method, parcels.iter().map(parcel).collect())
}

/// Returns an answer with movements.
pub fn movements(method: QueryMethod, movements: &[Movement]) -> Reply {
    written(method, movements.iter().map(movement).collect())
}

/// Returns the answer of a query that found nothing.
pub fn nothing(method: QueryMethod) -> Reply {
    written(method, Vec::new())
}

/// Returns an answer with a sentence in the place of rows, which is a refusal.
pub fn sentence(method: QueryMethod, text: &str) -> Reply {
    let (operation, result) = wire_names(method);
    answered(operation, Element::text(result, text))
}

/// Returns a fault with its code, such as `InternalServiceFault`, and HTTP status 500.
pub fn fault(code: &str, text: &str) -> Reply {
    let fault = Element::parent(
        "Fault",
        vec![
            Element::text("faultcode", code),
            Element::text("faultstring", text),
        ],
    );
    let fault = fault.in_namespace("http://schemas.xmlsoap.org/soap/envelope/");
    reply(500, soap::encode(&fault).unwrap_or_default())
}

fn written(method: QueryMethod, rows: Vec<Vec<Column>>) -> Reply {
    let (operation, result) = wire_names(method);
    let elements = |rows: Vec<Vec<Column>>| {
        let column = |(name, value): Column| Element::text(name, value);
        let row = |row: Vec<Column>| Element::parent(ROW, row.into_iter().map(column).collect());
        Element::parent(RESULT, rows.into_iter().map(row).collect())
    };
    match method {
        QueryMethod::Json => answered(operation, Element::text(result, json(rows))),
        QueryMethod::Xml => {
            let document = elements(rows).to_document().unwrap_or_default();
            answered(operation, Element::text(result, document))
        }
        QueryMethod::DataSet => {
            let diffgram = Element::parent("diffgram", vec![elements(rows)])
                .in_namespace("urn:schemas-microsoft-com:xml-diffgram-v1");
            let mut reply = answered(operation, Element::parent(result, vec![diffgram]));
            reply.body = without_namespace(&reply.body);
            reply
        }
    }
}

/// Takes the data set out of the namespace around it, as the platform writes it. The writer of XML cannot
/// say that an element has no namespace.
fn without_namespace(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let start = format!("<{RESULT}");
    text.replacen(&start, &format!("{start} xmlns=\"\""), 1)
        .into_bytes()
}

/// Writes rows as the service's JSON. Without rows it is `null`.
fn json(rows: Vec<Vec<Column>>) -> String {
    let row = |row: Vec<Column>| {
        let columns = row.into_iter();
        Value::Object(
            columns
                .map(|(name, value)| (name, Value::Text(value)))
                .collect(),
        )
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    let found = if rows.is_empty() {
        Value::Null
    } else {
        Value::Object(vec![(ROW.to_owned(), Value::List(rows))])
    };
    Value::Object(vec![(RESULT.to_owned(), found)]).to_json()
}

/// The columns of a row, as far as they have values.
#[derive(Default)]
struct Row(Vec<Column>);

impl Row {
    fn text(mut self, name: &str, value: Option<&String>) -> Self {
        self.0
            .extend(value.map(|value| (name.to_owned(), value.clone())));
        self
    }

    fn personal(mut self, name: &str, value: Option<&Personal>) -> Self {
        let value = value.map(|value| (name.to_owned(), value.as_str().to_owned()));
        self.0.extend(value);
        self
    }

    fn number(mut self, name: &str, value: Option<&Number>) -> Self {
        let value = value.map(|value| (name.to_owned(), value.as_str().to_owned()));
        self.0.extend(value);
        self
    }

    fn time(mut self, name: &str, value: Option<&EventTime>) -> Self {
        let value = value.map(|value| (name.to_owned(), value.text().to_owned()));
        self.0.extend(value);
        self
    }

    fn rest<'o>(
        mut self,
        other: impl IntoIterator<Item = (&'o String, &'o Personal)>,
    ) -> Vec<Column> {
        let other = other.into_iter();
        self.0
            .extend(other.map(|(name, value)| (name.clone(), value.as_str().to_owned())));
        self.0
    }
}

fn parcel(parcel: &Parcel) -> Vec<Column> {
    let row = Row::default()
        .text("MUSTERI_OZEL_KODU", parcel.reference.as_ref())
        .text("KARGO_TAKIP_NO", parcel.tracking_number.as_ref())
        .text("KARGO_KODU", parcel.cargo_code.as_ref())
        .text("IRSALIYE_NUMARA", parcel.waybill.as_ref())
        .text("DURUM_KODU", parcel.status_code.as_ref())
        .text("TIP_KODU", parcel.kind_code.as_ref())
        .text("DURUMU", parcel.status_text.as_ref())
        .text("DURUM_EN", parcel.status_text_en.as_ref())
        .personal("GONDERICI", parcel.sender.as_ref())
        .personal("ALICI", parcel.recipient.as_ref())
        .personal("ADRES", parcel.address.as_ref())
        .text("SEHIR", parcel.city.as_ref())
        .text("TOWN", parcel.town.as_ref())
        .personal("TEL", parcel.phone.as_ref())
        .text("CIKIS_SUBE", parcel.origin_branch.as_ref())
        .text("VARIS_SUBE", parcel.delivery_branch.as_ref())
        .text("VARIS_KODU", parcel.delivery_branch_code.as_ref())
        .time("CIKIS_TARIH", parcel.waybill_date.as_ref())
        .number("ADET", parcel.pieces.as_ref())
        .number("DESI", parcel.desi.as_ref())
        .number("KG_DESI", parcel.kg_or_desi.as_ref())
        .number("AGIRLIK", parcel.weight.as_ref())
        .number("HACIMSEL_AGIRLIK", parcel.volumetric_weight.as_ref())
        .text("ODEME_TIPI", parcel.payment_type.as_ref())
        .number("TUTAR", parcel.amount.as_ref())
        .text("REFERANS", parcel.waybill_reference.as_ref())
        .personal("TESLIM_ALAN", parcel.received_by.as_ref())
        .time("TESLIM_TARIHI", parcel.delivered_at.as_ref())
        .text("IADE_SEBEBI", parcel.return_reason.as_ref())
        .text("IADE", parcel.is_return.as_ref())
        .text("DEVIR_KODU", parcel.non_delivery_code.as_ref())
        .text("DEVIR_NEDENI", parcel.non_delivery_text.as_ref())
        .personal("DEVIR_ACIKLAMA", parcel.note.as_ref())
        .time("ISLEM_TARIHI", parcel.last_step_at.as_ref())
        .text("BIRIM", parcel.unit.as_ref())
        .text("ISLEM", parcel.last_step.as_ref())
        .text("WORLDWIDE", parcel.abroad.as_ref())
        .text("KARGO_LINK_NO", parcel.link_number.as_ref());
    let collection = parcel.collection.as_ref();
    let row = row
        .number(
            "TAHSILAT_TUTARI",
            collection.and_then(|it| it.amount.as_ref()),
        )
        .text("TAHSILAT_TIPI", collection.and_then(|it| it.kind.as_ref()))
        .time("VALOUR_DATE", collection.and_then(|it| it.due.as_ref()))
        .number("ODEME_TUTARI", collection.and_then(|it| it.paid.as_ref()))
        .time(
            "ODEME_TARIHI",
            collection.and_then(|it| it.paid_at.as_ref()),
        )
        .text(
            "TAHSILAT_IPTAL",
            collection.and_then(|it| it.cancelled.as_ref()),
        );
    let redirection = parcel.redirection.as_ref();
    row.time(
        "YONLENDIRME_TARIHI",
        redirection.and_then(|it| it.at.as_ref()),
    )
    .text(
        "YONLENDIREN_BIRIM",
        redirection.and_then(|it| it.from.as_ref()),
    )
    .text(
        "YONLENDIRILEN_BIRIM",
        redirection.and_then(|it| it.to.as_ref()),
    )
    .text(
        "YONLENDIRME_KODU",
        redirection.and_then(|it| it.code.as_ref()),
    )
    .text(
        "YONLENDIRME_NEDENI",
        redirection.and_then(|it| it.reason.as_ref()),
    )
    .rest(&parcel.other)
}

fn movement(movement: &Movement) -> Vec<Column> {
    Row::default()
        .time("ISLEM_TARIHI", movement.at.as_ref())
        .text("BIRIM", movement.unit.as_ref())
        .text("IL", movement.city.as_ref())
        .text("ISLEM", movement.operation.as_ref())
        .personal("ACIKLAMA", movement.note.as_ref())
        .rest(&movement.other)
}
