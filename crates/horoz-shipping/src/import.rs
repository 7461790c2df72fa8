//! Orders from CSV files and from JSON lines.
//!
//! Both return all orders, or every mistake with its row and column and never with its value.
//! `check_all` of `kervan-bulk` checks the orders against the provider's rules;
//! [`ImportedOrders::place_of`] returns the row and column of such a problem.
//!
//! # CSV
//!
//! One row a product. Rows with the same request number, one below the other, are one order; the
//! values of the order must be the same in each of them, or empty after the first. The first row names
//! the columns, in any order, in English or Turkish, in any letter case, with blanks, `_` or `-` between
//! the words. A row `sep=;` above it names the separator.
//!
//! | column | Turkish | also | holds | needed |
//! |---|---|---|---|---|
//! | `request number` | `talep no` | `talep numarası`, `order number`, `sipariş no`, `sipariş numarası` | the shop's key of the order | yes |
//! | `reference` | `referans no` | `referans`, `referans numarası` | second order number | |
//! | `direction` | `yön` | | `delivery` (`teslimat`) or `return` (`iade`); a delivery when empty | |
//! | `supplier code` | `tedarikçi kodu` | | the supplier's account code at Horoz | yes |
//! | `name` | `ad soyad` | `adı soyadı`, `full name`, `alıcı adı` | the consumer: recipient of a delivery, sender of a return | yes |
//! | `province` | `il` | `city`, `şehir` | | yes |
//! | `district` | `ilçe` | | | yes |
//! | `address` | `adres` | | | yes |
//! | `phone` | `telefon` | `phone number`, `telefon no`, `telefon numarası` | a telephone number of Türkiye | yes |
//! | `email` | `e-posta` | `e-posta adresi` | | |
//! | `tax office` | `vergi dairesi` | | | |
//! | `tax number` | `vergi no` | `vergi numarası` | | |
//! | `request date` | `talep tarihi` | | `20.11.2026`, `20/11/2026` or `2026-11-20`, with or without a time | yes |
//! | `delivery date` | `teslim tarihi` | `teslimat tarihi` | the wanted day | yes |
//! | `product code` | `ürün kodu` | | | yes |
//! | `product name` | `ürün adı` | | | yes |
//! | `category` | `kategori` | `product category`, `ürün kategorisi` | | yes |
//! | `quantity` | `adet` | | pieces of the row | yes |
//! | `desi` | `desi` | | of all pieces of the row | yes |
//! | `weight kg` | `ağırlık kg` | | of all pieces of the row; empty when not known | |
//!
//! Commas, semicolons or tabs separate the columns, as in the row of names. Numbers have a decimal
//! comma in a file with semicolons, as Turkish spreadsheets write it, and a point in the others;
//! [`CsvOptions`] chooses another. Groups of three digits are read where they cannot be decimals: `1.250,5` in a
//! file with semicolons is 1250.5, and `1.250` is a mistake. A value in quotes stays on its line: a line end in it
//! is a mistake, because a quote that is never closed would swallow the orders below it. The text is UTF-8, or
//! Windows-1254 where it is not UTF-8.
//!
//! Guards of spreadsheets are taken off: `="0012345"` and `'0012345` are `0012345`. A number that a spreadsheet
//! shortened, as `1,01202E+14`, has lost digits and is a mistake in any column; so is a key with decimals that a
//! program added, as `1012021.0`.
//!
//! # JSON lines
//!
//! One [`CreateSupplierPaysOrder`] a line, in its own shape.

mod supplier_pays;

pub use kervan_import::{
    CsvOptions, DecimalMark, FilePlace, ImportError, ImportErrors, ImportMistake,
};

use crate::supplier_pays::CreateSupplierPaysOrder;

/// Orders with the rows that they are from.
pub type ImportedOrders = kervan_import::Imported<CreateSupplierPaysOrder>;
