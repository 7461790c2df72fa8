//! Orders whose supplier pays, from rows.

use kervan_import::{Column, FromRows, ImportMistake, Row};
use kervan_turkiye::day::day_from_input;

use crate::order::{OrderDays, OrderLine, Party, RequestNumber, SentText, SupplierCode};
use crate::supplier_pays::CreateSupplierPaysOrder;

static NUMBER: Column = Column::new(
    "number",
    &[
        "request number",
        "talep no",
        "talep numarası",
        "order number",
        "sipariş no",
        "sipariş numarası",
    ],
)
.needed()
.key();
static REFERENCE: Column = Column::new(
    "reference",
    &["reference", "referans no", "referans", "referans numarası"],
)
.key()
.of_order();
static DIRECTION: Column = Column::new("", &["direction", "yön"]).of_order();
static SUPPLIER: Column = Column::new("", &["supplier code", "tedarikçi kodu"])
    .needed()
    .key()
    .of_order();
static NAME: Column = Column::new(
    "title",
    &["name", "ad soyad", "adı soyadı", "full name", "alıcı adı"],
)
.needed()
.of_order();
static PROVINCE: Column = Column::new("city", &["province", "il", "city", "şehir"])
    .needed()
    .of_order();
static DISTRICT: Column = Column::new("county", &["district", "ilçe"])
    .needed()
    .of_order();
static ADDRESS: Column = Column::new("address", &["address", "adres"])
    .needed()
    .of_order();
static PHONE: Column = Column::new(
    "phone",
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
static EMAIL: Column = Column::new("email", &["email", "e-posta", "e-posta adresi"]).of_order();
static TAX_OFFICE: Column = Column::new("tax_office", &["tax office", "vergi dairesi"]).of_order();
static TAX_NUMBER: Column =
    Column::new("tax_number", &["tax number", "vergi no", "vergi numarası"])
        .key()
        .of_order()
        .compared(tax_number_form);
static REQUEST_DAY: Column = Column::new("days.request", &["request date", "talep tarihi"])
    .needed()
    .of_order()
    .compared(day_form);
static DELIVERY_DAY: Column = Column::new(
    "days.delivery",
    &["delivery date", "teslim tarihi", "teslimat tarihi"],
)
.needed()
.of_order()
.compared(day_form);
static PRODUCT_CODE: Column = Column::new("product_code", &["product code", "ürün kodu"])
    .needed()
    .key();
static PRODUCT_NAME: Column = Column::new("product_name", &["product name", "ürün adı"]).needed();
static CATEGORY: Column = Column::new(
    "category",
    &[
        "category",
        "kategori",
        "product category",
        "ürün kategorisi",
    ],
)
.needed();
static QUANTITY: Column = Column::new("quantity", &["quantity", "adet"]).needed();
static DESI: Column = Column::new("desi", &["desi"]).needed();
static WEIGHT: Column = Column::new("weight_kg", &["weight kg", "ağırlık kg"]);

/// The words of a direction, and whether each is a return.
const DIRECTIONS: [(&str, bool); 4] = [
    ("delivery", false),
    ("teslimat", false),
    ("return", true),
    ("iade", true),
];

impl FromRows for CreateSupplierPaysOrder {
    type Part = OrderLine;

    const COLUMNS: &'static [&'static Column] = &[
        &NUMBER,
        &REFERENCE,
        &DIRECTION,
        &SUPPLIER,
        &NAME,
        &PROVINCE,
        &DISTRICT,
        &ADDRESS,
        &PHONE,
        &EMAIL,
        &TAX_OFFICE,
        &TAX_NUMBER,
        &REQUEST_DAY,
        &DELIVERY_DAY,
        &PRODUCT_CODE,
        &PRODUCT_NAME,
        &CATEGORY,
        &QUANTITY,
        &DESI,
        &WEIGHT,
    ];
    const KEY: &'static Column = &NUMBER;
    const PARTS: &'static str = "lines";

    fn part(row: &mut Row<'_>) -> Option<OrderLine> {
        let code = row.needed(&PRODUCT_CODE);
        let name = row.needed(&PRODUCT_NAME);
        let category = row.needed(&CATEGORY);
        let pieces = |text: &str| whole(text).and_then(|count| u32::try_from(count).ok());
        let quantity = row.read(&QUANTITY, ImportMistake::WholeNumber, |text| {
            pieces(text).ok_or(None)
        });
        let desi = row.number(&DESI);
        let weight = if row.text(&WEIGHT).is_empty() {
            None
        } else {
            row.number(&WEIGHT)
        };
        let line = OrderLine::new(code, quantity?, desi?)
            .name(name)
            .category(category);
        Some(match weight {
            Some(weight) => line.weight_kg(weight),
            None => line,
        })
    }

    fn order(row: &mut Row<'_>, part: Option<OrderLine>) -> Option<Self> {
        let number = RequestNumber::from(row.text(&NUMBER));
        let supplier = row.read(&SUPPLIER, ImportMistake::WholeNumber, |text| {
            whole(text).and_then(SupplierCode::new).ok_or(None)
        });
        let party = Party::new(row.needed(&NAME))
            .city(row.needed(&PROVINCE))
            .county(row.needed(&DISTRICT))
            .address(row.needed(&ADDRESS))
            .phone(row.needed(&PHONE));
        let party = Party {
            email: row.personal(&EMAIL),
            ..party
        };
        let request = day(row, &REQUEST_DAY);
        let delivery = day(row, &DELIVERY_DAY);
        let is_return = if row.given(&DIRECTION).is_some() {
            row.word(&DIRECTION, &DIRECTIONS)
        } else {
            Some(false)
        };
        let days = OrderDays::requested_on(request?).delivery(delivery?);
        let order = if is_return? {
            CreateSupplierPaysOrder::return_to_supplier(number, supplier?, party, days)
        } else {
            CreateSupplierPaysOrder::delivery(number, supplier?, party, days)
        };
        Some(CreateSupplierPaysOrder {
            reference: row.given(&REFERENCE).map(str::to_owned),
            tax_office: row.personal(&TAX_OFFICE),
            tax_number: row.personal(&TAX_NUMBER),
            lines: vec![part?],
            ..order
        })
    }

    fn and(mut self, part: OrderLine) -> Self {
        self.lines.push(part);
        self
    }
}

fn day(row: &mut Row<'_>, column: &Column) -> Option<chrono::NaiveDate> {
    row.read(column, ImportMistake::Day, |text| {
        day_from_input(text).map_err(Some)
    })
}

/// Reads a number of digits only, above zero.
fn whole(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_plain && *number > 0)
}

fn day_form(text: &str) -> String {
    day_from_input(text).map_or_else(|_| text.to_owned(), |day| day.to_string())
}

fn tax_number_form(text: &str) -> String {
    SentText::tax_number(text).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_column() {
        let of_name = |name: &str| {
            let mut all = CreateSupplierPaysOrder::COLUMNS.iter().copied();
            all.find(|column| column.is_named(name))
        };
        for column in CreateSupplierPaysOrder::COLUMNS.iter().copied() {
            for name in column.names() {
                let upper = kervan_turkiye::text::to_upper(name).into_owned();
                for form in [(*name).to_owned(), upper, name.replace(' ', "_")] {
                    assert_eq!(of_name(&form), Some(column), "{form}");
                }
            }
        }
        assert_eq!(of_name("Talep Tarıhı"), Some(&REQUEST_DAY));
        assert_eq!(of_name(""), None);
    }
}
