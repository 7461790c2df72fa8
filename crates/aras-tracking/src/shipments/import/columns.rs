//! The columns of a CSV file, and the words in them.

use kervan_import::{Column, word};
use kervan_turkiye::amount::kurus_from_input;
use kervan_turkiye::line::sent;
use kervan_turkiye::text::to_upper;

use crate::shipments::new_order::CollectedBy;

pub(super) static REFERENCE: Column = Column::new(
    "reference",
    &[
        "reference",
        "referans no",
        "referans",
        "referans numarası",
        "order number",
        "sipariş no",
        "sipariş numarası",
    ],
)
.needed()
.key();
pub(super) static WAYBILL: Column = Column::new(
    "waybill",
    &[
        "dispatch note",
        "irsaliye no",
        "irsaliye numarası",
        "sevk irsaliyesi no",
        "waybill",
    ],
)
.key()
.of_order();
pub(super) static INVOICE: Column = Column::new(
    "invoice",
    &["invoice", "fatura no", "fatura numarası", "invoice number"],
)
.key()
.of_order();
pub(super) static NAME: Column = Column::new(
    "receiver.name",
    &[
        "name",
        "ad soyad",
        "adı soyadı",
        "full name",
        "alıcı",
        "alıcı adı",
        "receiver",
    ],
)
.needed()
.of_order();
pub(super) static ADDRESS: Column =
    Column::new("receiver.address", &["address", "adres", "alıcı adresi"])
        .needed()
        .of_order();
pub(super) static PHONE: Column = Column::new(
    "receiver.phone",
    &[
        "phone",
        "telefon",
        "phone number",
        "telefon no",
        "telefon numarası",
    ],
)
.needed()
.phone()
.of_order();
pub(super) static SECOND_PHONE: Column = Column::new(
    "receiver.second_phone",
    &["second phone", "telefon 2", "phone 2", "ikinci telefon"],
)
.phone()
.of_order();
pub(super) static MOBILE_PHONE: Column = Column::new(
    "receiver.mobile_phone",
    &["mobile phone", "cep telefonu", "cep", "gsm"],
)
.phone()
.of_order();
pub(super) static CITY: Column = Column::new("receiver.city", &["city", "il", "şehir", "province"])
    .needed()
    .of_order()
    .compared(place_form);
pub(super) static TOWN: Column = Column::new("receiver.town", &["town", "ilçe", "district"])
    .needed()
    .of_order()
    .compared(place_form);
pub(super) static PAYMENT: Column = Column::new(
    "payment",
    &["payment", "ödeme", "ödeme şekli", "ödeme tipi"],
)
.needed()
.of_order()
.compared(payment_form);
pub(super) static AMOUNT: Column = Column::new(
    "payment.amount",
    &["amount", "tahsilat tutarı", "kapıda ödeme tutarı"],
)
.of_order()
.compared(amount_form);
pub(super) static COLLECTED_BY: Column = Column::new(
    "payment.by",
    &["collected by", "tahsilat şekli", "tahsilat tipi"],
)
.of_order()
.compared(collected_form);
pub(super) static BARCODE: Column = Column::new(
    "barcode",
    &[
        "barcode",
        "barkod",
        "barkod no",
        "parça barkodu",
        "piece barcode",
    ],
)
.needed()
.key();
pub(super) static DESI: Column = Column::new("desi", &["desi"]).needed();
pub(super) static WEIGHT: Column = Column::new(
    "weight_kg",
    &["weight kg", "ağırlık kg", "weight", "ağırlık", "kg"],
)
.needed();
pub(super) static PRODUCT: Column =
    Column::new("product", &["product", "ürün kodu", "product code"]).key();
pub(super) static DESCRIPTION: Column = Column::new(
    "description",
    &["description", "açıklama", "ürün açıklaması"],
);

/// Every column that a file may have.
pub(super) const ALL: &[&Column] = &[
    &REFERENCE,
    &WAYBILL,
    &INVOICE,
    &NAME,
    &ADDRESS,
    &PHONE,
    &SECOND_PHONE,
    &MOBILE_PHONE,
    &CITY,
    &TOWN,
    &PAYMENT,
    &AMOUNT,
    &COLLECTED_BY,
    &BARCODE,
    &DESI,
    &WEIGHT,
    &PRODUCT,
    &DESCRIPTION,
];

/// The kinds of payment, before their amount is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Sender,
    Receiver,
    OnDelivery,
}

/// The words of a payment.
pub(super) const PAYMENTS: [(&str, Kind); 10] = [
    ("sender pays", Kind::Sender),
    ("gönderici öder", Kind::Sender),
    ("gönderici ödemeli", Kind::Sender),
    ("receiver pays", Kind::Receiver),
    ("alıcı öder", Kind::Receiver),
    ("alıcı ödemeli", Kind::Receiver),
    ("cash on delivery", Kind::OnDelivery),
    ("kapıda ödeme", Kind::OnDelivery),
    ("kapıda ödemeli", Kind::OnDelivery),
    ("tahsilatlı", Kind::OnDelivery),
];

/// The words of a collection.
pub(super) const COLLECTIONS: [(&str, CollectedBy); 6] = [
    ("cash", CollectedBy::Cash),
    ("nakit", CollectedBy::Cash),
    ("card", CollectedBy::Card),
    ("kart", CollectedBy::Card),
    ("kredi kartı", CollectedBy::Card),
    ("banka kartı", CollectedBy::Card),
];

fn place_form(text: &str) -> String {
    to_upper(&sent(text)).into_owned()
}

fn payment_form(text: &str) -> String {
    word(text, &PAYMENTS).map_or_else(|| text.to_owned(), |kind| format!("{kind:?}"))
}

fn collected_form(text: &str) -> String {
    word(text, &COLLECTIONS).map_or_else(|| text.to_owned(), |by| format!("{by:?}"))
}

fn amount_form(text: &str) -> String {
    kurus_from_input(text).map_or_else(|_| text.to_owned(), |kurus| kurus.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_column_alone() {
        for column in ALL {
            for name in column.names() {
                for form in [
                    (*name).to_owned(),
                    to_upper(name).into_owned(),
                    name.replace(' ', "_"),
                ] {
                    let found: Vec<_> = ALL.iter().filter(|known| known.is_named(&form)).collect();
                    assert_eq!(found, [column], "{form}");
                }
            }
        }
    }
}
