//! The columns of a CSV file and their names.

use kervan_turkiye::text::fold;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    Reference,
    Direction,
    Supplier,
    Name,
    Province,
    District,
    Address,
    Phone,
    Email,
    TaxOffice,
    TaxNumber,
    RequestDay,
    DeliveryDay,
    ProductCode,
    ProductName,
    Category,
    Quantity,
    Desi,
    Weight,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedColumn {
    pub(super) column: Column,
    /// Its place, from zero.
    pub(super) index: usize,
    /// Its name as the file has it.
    pub(super) name: String,
}

use Column as C;

/// Each column: its English and Turkish names and others in use, and whether a file must have it.
pub(super) const COLUMNS: [(Column, &[&str], bool); 20] = [
    (
        C::Number,
        &[
            "request number",
            "talep no",
            "talep numarası",
            "order number",
            "sipariş no",
            "sipariş numarası",
        ],
        true,
    ),
    (
        C::Reference,
        &["reference", "referans no", "referans", "referans numarası"],
        false,
    ),
    (C::Direction, &["direction", "yön"], false),
    (C::Supplier, &["supplier code", "tedarikçi kodu"], true),
    (
        C::Name,
        &["name", "ad soyad", "adı soyadı", "full name", "alıcı adı"],
        true,
    ),
    (C::Province, &["province", "il", "city", "şehir"], true),
    (C::District, &["district", "ilçe"], true),
    (C::Address, &["address", "adres"], true),
    (
        C::Phone,
        &[
            "phone",
            "telefon",
            "phone number",
            "telefon no",
            "telefon numarası",
        ],
        true,
    ),
    (C::Email, &["email", "e-posta", "e-posta adresi"], false),
    (C::TaxOffice, &["tax office", "vergi dairesi"], false),
    (
        C::TaxNumber,
        &["tax number", "vergi no", "vergi numarası"],
        false,
    ),
    (C::RequestDay, &["request date", "talep tarihi"], true),
    (
        C::DeliveryDay,
        &["delivery date", "teslim tarihi", "teslimat tarihi"],
        true,
    ),
    (C::ProductCode, &["product code", "ürün kodu"], true),
    (C::ProductName, &["product name", "ürün adı"], true),
    (
        C::Category,
        &[
            "category",
            "kategori",
            "product category",
            "ürün kategorisi",
        ],
        true,
    ),
    (C::Quantity, &["quantity", "adet"], true),
    (C::Desi, &["desi"], true),
    (C::Weight, &["weight kg", "ağırlık kg"], false),
];

impl Column {
    /// Returns the column of a name, in any letter case and with any separators between its words.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let name = fold(name);
        let same = |names: &[&str]| names.iter().any(|known| fold(known) == name);
        let found = COLUMNS.iter().find(|(_, names, _)| same(names));
        found.map(|(column, _, _)| *column)
    }

    /// Returns whether it holds a key of digits or letters, and never a number with decimals.
    pub(super) fn is_key(self) -> bool {
        matches!(
            self,
            C::Number | C::Reference | C::Supplier | C::Phone | C::TaxNumber | C::ProductCode
        )
    }

    /// Returns the column of a field's path, without the lines' part.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        let field = path.rsplit('.').next().unwrap_or(path);
        Some(match (path, field) {
            ("number", _) => C::Number,
            ("reference", _) => C::Reference,
            ("tax_office", _) => C::TaxOffice,
            ("tax_number", _) => C::TaxNumber,
            ("days.request", _) => C::RequestDay,
            ("days.delivery", _) => C::DeliveryDay,
            (_, "title") => C::Name,
            (_, "city") => C::Province,
            (_, "county") => C::District,
            (_, "address") => C::Address,
            (_, "phone") => C::Phone,
            (_, "email") => C::Email,
            (_, "product_code") => C::ProductCode,
            (_, "product_name") => C::ProductName,
            (_, "category") => C::Category,
            (_, "quantity") => C::Quantity,
            (_, "desi") => C::Desi,
            (_, "weight_kg") => C::Weight,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_column() {
        for (column, names, _) in COLUMNS {
            for name in names {
                let upper = kervan_turkiye::text::to_upper(name).into_owned();
                for form in [(*name).to_owned(), upper, name.replace(' ', "_")] {
                    assert_eq!(Column::of_name(&form), Some(column), "{form}");
                }
            }
        }
        assert_eq!(Column::of_name("Talep Tarıhı"), Some(C::RequestDay));
        assert_eq!(Column::of_name(""), None);
    }
}
