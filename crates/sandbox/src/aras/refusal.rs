//! Why `SetOrder` refuses an order, with the codes of both lists that are in circulation.

use serde::{Deserialize, Serialize};

/// Which of the two published lists of codes a world answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum CodeList {
    /// The guide's print of April 2025.
    Printed,
    /// The later edition, which production seems to follow.
    Later,
}

/// Why an order is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Login,
    NoOrder,
    Code,
    SentTooOften,
    Phone,
    NoName,
    NameTooLong,
    NoAddress,
    AddressTooLong,
    NoCity,
    NoTown,
    CityTooLong,
    TownTooLong,
    Payor,
    CollectionType,
    IsCod,
    ReceiverPaysCollection,
    CodAmount,
    InvoiceTooLong,
    WaybillNumberTooLong,
    PiecesDiffer,
    NoPieceCount,
    NoBarcode,
    NoDesi,
    NoWeight,
    Desi,
    Weight,
    BarcodeUsed,
    BarcodesEqual,
    WaybillCut,
    Processed,
}

impl Refusal {
    /// Returns the code of a list. Where only one list has the meaning, its code is used in both.
    pub(super) fn code(self, list: CodeList) -> &'static str {
        let (printed, later) = match self {
            Refusal::Login => ("1000", "1000"),
            Refusal::NoOrder => ("60021", "60020"),
            Refusal::Code => ("937", "935"),
            Refusal::SentTooOften => ("70035", "935"),
            Refusal::Phone => ("935", "935"),
            Refusal::NoName => ("939", "936"),
            Refusal::NameTooLong => ("934", "934"),
            Refusal::NoAddress => ("938", "936"),
            Refusal::AddressTooLong => ("70018", "70018"),
            Refusal::NoCity => ("940", "936"),
            Refusal::NoTown => ("941", "936"),
            Refusal::CityTooLong | Refusal::TownTooLong => ("936", "936"),
            Refusal::Payor => ("70032", "936"),
            Refusal::CollectionType => ("70033", "936"),
            Refusal::IsCod => ("70034", "936"),
            Refusal::ReceiverPaysCollection => ("942", "936"),
            Refusal::CodAmount | Refusal::Desi => ("70026", "70026"),
            Refusal::InvoiceTooLong => ("70019", "70019"),
            Refusal::WaybillNumberTooLong => ("70121", "70121"),
            Refusal::PiecesDiffer => ("70020", "70021"),
            Refusal::NoPieceCount => ("70021", "70021"),
            Refusal::NoBarcode => ("70022", "70022"),
            Refusal::NoDesi => ("70023", "70023"),
            Refusal::NoWeight => ("70024", "70024"),
            Refusal::Weight => ("70028", "70027"),
            Refusal::BarcodeUsed => ("70027", "70026"),
            Refusal::BarcodesEqual => ("70030", "70028"),
            Refusal::WaybillCut => ("70029", "60022"),
            Refusal::Processed => ("70031", "70028"),
        };
        match list {
            CodeList::Printed => printed,
            CodeList::Later => later,
        }
    }

    /// Returns a sentence of the world's own; the real ones are not published.
    pub(super) fn text(self) -> &'static str {
        match self {
            Refusal::Login => "Kullanıcı adı veya şifre hatalı",
            Refusal::NoOrder => "Sipariş bulunamadı",
            Refusal::Code => "Sipariş numarası 2-32 karakter olmalıdır",
            Refusal::SentTooOften => "Sipariş 20 kez gönderildi",
            Refusal::Phone => "Telefon numarası hatalı",
            Refusal::NoName => "Alıcı adı boş olamaz",
            Refusal::NameTooLong => "Alıcı adı çok uzun",
            Refusal::NoAddress => "Alıcı adresi boş olamaz",
            Refusal::AddressTooLong => "Alıcı adresi çok uzun",
            Refusal::NoCity => "İl boş olamaz",
            Refusal::NoTown => "İlçe boş olamaz",
            Refusal::CityTooLong => "İl çok uzun",
            Refusal::TownTooLong => "İlçe çok uzun",
            Refusal::Payor => "Ödeyen tipi hatalı",
            Refusal::CollectionType => "Tahsilat tipi hatalı",
            Refusal::IsCod => "Tahsilatlı kargo bilgisi hatalı",
            Refusal::ReceiverPaysCollection => "Tahsilatlı kargoda ücreti alıcı ödeyemez",
            Refusal::CodAmount => "Tahsilat tutarı 5 ile 5000 arasında olmalıdır",
            Refusal::InvoiceTooLong => "Fatura numarası çok uzun",
            Refusal::WaybillNumberTooLong => "Sevk irsaliye numarası çok uzun",
            Refusal::PiecesDiffer => "Parça sayısı parça bilgileriyle uyuşmuyor",
            Refusal::NoPieceCount => "Parça sayısı boş olamaz",
            Refusal::NoBarcode => "Parça barkodu boş olamaz",
            Refusal::NoDesi => "Desi boş olamaz",
            Refusal::NoWeight => "Ağırlık boş olamaz",
            Refusal::Desi => "Desi sayı olmalıdır",
            Refusal::Weight => "Ağırlık sayı olmalıdır",
            Refusal::BarcodeUsed => "Barkod daha önce kullanılmış",
            Refusal::BarcodesEqual => "Parça barkodları aynı olamaz",
            Refusal::WaybillCut => "İrsaliye kesilmiş, güncellenemez",
            Refusal::Processed => "Kargo daha önce işlenmiş",
        }
    }

    /// Returns the rule with the names of the wire, for people.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Refusal::Login => "userName, password: not those of the account",
            Refusal::NoOrder => "orderInfo: without an Order",
            Refusal::Code => "IntegrationCode: 2 to 32 characters",
            Refusal::SentTooOften => "IntegrationCode: sent 20 times already",
            Refusal::Phone => "ReceiverPhone1: digits only",
            Refusal::NoName => "ReceiverName: missing",
            Refusal::NameTooLong => "ReceiverName: at most 100 characters",
            Refusal::NoAddress => "ReceiverAddress: missing",
            Refusal::AddressTooLong => "ReceiverAddress: at most 250 characters",
            Refusal::NoCity => "ReceiverCityName: missing",
            Refusal::NoTown => "ReceiverTownName: missing",
            Refusal::CityTooLong => "ReceiverCityName: at most 32 characters",
            Refusal::TownTooLong => "ReceiverTownName: at most 32 characters",
            Refusal::Payor => "PayorTypeCode: 1 or 2",
            Refusal::CollectionType => "CodCollectionType: 0 or 1, and needed with IsCod 1",
            Refusal::IsCod => "IsCod: 0 or 1",
            Refusal::ReceiverPaysCollection => "PayorTypeCode: 1 with IsCod 1",
            Refusal::CodAmount => "CodAmount: 5 to 5000 with IsCod 1",
            Refusal::InvoiceTooLong => "InvoiceNumber: at most 20 characters",
            Refusal::WaybillNumberTooLong => "TradingWaybillNumber: at most 16 characters",
            Refusal::PiecesDiffer => "PieceCount: not the count of PieceDetail",
            Refusal::NoPieceCount => "PieceCount: missing or 0",
            Refusal::NoBarcode => "BarcodeNumber: missing in a PieceDetail",
            Refusal::NoDesi => "VolumetricWeight: missing in a PieceDetail",
            Refusal::NoWeight => "Weight: missing in a PieceDetail",
            Refusal::Desi => "VolumetricWeight: not a decimal",
            Refusal::Weight => "Weight: not a decimal",
            Refusal::BarcodeUsed => "BarcodeNumber: used before",
            Refusal::BarcodesEqual => "BarcodeNumber: the same in two PieceDetail",
            Refusal::WaybillCut => "IntegrationCode: the waybill is cut",
            Refusal::Processed => "IntegrationCode: of an order that was removed",
        }
    }
}
