//! Parcels from CSV files and from JSON lines.
//!
//! Both return all orders, or every mistake with its row and column and never with its value.
//! `check_all` of `kervan-bulk` checks the orders against the carrier's rules;
//! [`Imported::place_of`](kervan_import::Imported::place_of) returns the row and column of such a problem.
//!
//! # CSV
//!
//! One row a piece. Rows with the same reference, one below the other, are one order; the values of the order must be the
//! same in each of them, or empty after the first. The first row names the columns, in any order, in English or Turkish, in
//! any letter case, with blanks, `_` or `-` between the words.
//!
//! | column | Turkish | also | holds | needed |
//! |---|---|---|---|---|
//! | `reference` | `referans no` | `referans`, `referans numarası`, `order number`, `sipariş no`, `sipariş numarası` | the shipper's key of the order | yes |
//! | `dispatch note` | `irsaliye no` | `irsaliye numarası`, `sevk irsaliyesi no`, `waybill` | number of the dispatch note; the check reports where it is missing | |
//! | `invoice` | `fatura no` | `fatura numarası`, `invoice number` | | |
//! | `name` | `ad soyad` | `adı soyadı`, `full name`, `alıcı`, `alıcı adı`, `receiver` | the receiver | yes |
//! | `address` | `adres` | `alıcı adresi` | the whole address | yes |
//! | `phone` | `telefon` | `phone number`, `telefon no`, `telefon numarası` | a telephone number of Türkiye | yes |
//! | `second phone` | `telefon 2` | `phone 2`, `ikinci telefon` | | |
//! | `mobile phone` | `cep telefonu` | `cep`, `gsm` | a mobile number | |
//! | `city` | `il` | `şehir`, `province` | | yes |
//! | `town` | `ilçe` | `district` | | yes |
//! | `payment` | `ödeme` | `ödeme şekli`, `ödeme tipi` | `sender pays` (`gönderici öder`), `receiver pays` (`alıcı öder`) or `cash on delivery` (`kapıda ödeme`) | yes |
//! | `amount` | `tahsilat tutarı` | `kapıda ödeme tutarı` | lira to collect, only with `cash on delivery`; others have it empty or 0 | |
//! | `collected by` | `tahsilat şekli` | `tahsilat tipi` | `cash` (`nakit`) or `card` (`kart`, `kredi kartı`), only with `cash on delivery` | |
//! | `barcode` | `barkod` | `barkod no`, `parça barkodu`, `piece barcode` | the text that the branch scans | yes |
//! | `desi` | `desi` | | of the piece; rounded up by [`Measure::rounded_up`] | yes |
//! | `weight kg` | `ağırlık kg` | `weight`, `ağırlık`, `kg` | of the piece; rounded up by [`Measure::rounded_up`] | yes |
//! | `product` | `ürün kodu` | `product code` | the shipper's code of the piece's product | |
//! | `description` | `açıklama` | `ürün açıklaması` | of the piece | |
//!
//! Separators, decimal marks, charsets, guards of spreadsheets and shortened numbers are read as
//! [`kervan-import`](kervan_import) describes. An amount may have either decimal mark; one that could be read in two ways, as
//! `1.234`, is a mistake.
//!
//! ```
//! use aras_tracking::shipments::import::{CsvOptions, ImportedOrders};
//!
//! let file = "\
//! Referans No;İrsaliye No;Ad Soyad;Adres;Telefon;İl;İlçe;Ödeme;Tahsilat Tutarı;Tahsilat Şekli;Barkod;Desi;Ağırlık (kg)
//! 2026000417;SVK-000417;Ayşe Örnek;Deneme Sok. 3;0555 000 00 17;Eskişehir;Odunpazarı;Kapıda Ödeme;349,90;Nakit;202600041701;4;2,5
//! 2026000417;;;;;;;;;;202600041702;3;2
//! ";
//! let imported = ImportedOrders::from_csv(file.as_bytes(), CsvOptions::default())?;
//! let order = &imported.orders[0].order;
//! assert_eq!((imported.orders.len(), order.pieces.count()), (1, 2));
//! let place = imported.place_of(0, "order.pieces[1].desi").ok_or("no such place")?;
//! assert_eq!(place.to_string(), "row 3, column 12 `Desi`");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # JSON lines
//!
//! One [`SetOrder`] a line, in its own shape.
//!
//! [`Measure::rounded_up`]: super::Measure::rounded_up

mod columns;
mod rows;

pub use kervan_import::{
    CsvOptions, DecimalMark, FilePlace, ImportError, ImportErrors, ImportMistake,
};

use super::set_order::SetOrder;

/// Orders with the rows that they are from.
pub type ImportedOrders = kervan_import::Imported<SetOrder>;
