//! The columns of the query service, by their names on the wire, each with its form.

use rust_decimal::Decimal;

use super::cells::{
    amount, attempt, cargo_code, city, day_with_offset, delivered, delivery_day, desi, destination,
    due, flag, is_return, iso_day, kind, last_step, or_empty, origin, own_reference, paid, payer,
    pieces, recipient, reference, sender, status, status_code, taker, tracking_number,
    turkish_second, waybill, waybill_day, weight, with_comma, with_point,
};
use crate::Moment;
use crate::aras::branches;
use crate::aras::parcel::{Movement, Parcel};
use crate::aras::stage::Stage;
use crate::values::day::{day, istanbul, turkish};

/// A column: its name, and its value in a row. `None` is a NULL, which is left out.
pub(super) type Column = (&'static str, fn(&Parcel, Moment) -> Option<String>);

/// A column of movements.
pub(super) type Step = (&'static str, fn(&Movement) -> Option<String>);

/// The columns of type 1, in the order of the wire.
pub(super) const CORE: &[Column] = &[
    ("MUSTERI_OZEL_KODU", reference),
    ("IRSALIYE_NUMARA", waybill),
    ("GONDERICI", sender),
    ("ALICI", recipient),
    ("KARGO_TAKIP_NO", tracking_number),
    ("CIKIS_SUBE", origin),
    ("VARIS_SUBE", destination),
    ("CIKIS_TARIH", |parcel, _| {
        Some(day_with_offset(parcel.cut_at))
    }),
    ("ADET", pieces),
    ("DESI", desi),
    ("ODEME_TIPI", payer),
    ("TUTAR", amount),
    ("REFERANS", own_reference),
    ("TESLIM_ALAN", taker),
    ("TESLIM_TARIHI", delivery_day),
    ("TESLIM_SAATI", |parcel, _| delivered(parcel, "%H:%M")),
    ("VARIS_KODU", |parcel, _| {
        branches::named(&parcel.destination).map(|branch| branch.code.to_owned())
    }),
    ("TIP_KODU", kind),
    ("DURUM_KODU", status_code),
    ("DURUMU", status),
    ("IADE_SEBEBI", |parcel, _| {
        or_empty(parcel, parcel.return_reason.clone())
    }),
    ("KARGO_LINK_NO", tracking_number),
    ("WORLDWIDE", |parcel, _| Some(flag(parcel.is_abroad))),
    ("KARGO_KODU", cargo_code),
    ("DURUM_EN", |parcel, _| {
        Some(parcel.stage.english().to_owned())
    }),
    ("DEVIR_KODU", |parcel, _| {
        or_empty(parcel, attempt(parcel, |last| &last.code))
    }),
    ("ISLEM_TARIHI", last_step),
    ("HACIMSEL_AGIRLIK", desi),
    ("AGIRLIK", weight),
];

/// The first columns of short rows.
pub(super) const NAMED: &[Column] = &[
    ("MUSTERI_OZEL_KODU", reference),
    ("KARGO_TAKIP_NO", tracking_number),
];

/// The columns of type 100.
pub(super) const SHORT: &[Column] = &[
    ("MUSTERI_OZEL_KODU", reference),
    ("KARGO_TAKIP_NO", tracking_number),
    ("DURUM_KODU", status_code),
    ("TIP_KODU", kind),
    ("DURUMU", status),
];

/// The columns that type 102 adds.
pub(super) const OF_ADDRESS: &[Column] = &[("ISLEM_TARIHI", last_step), ("KARGO_KODU", cargo_code)];

/// The columns of type 2.
pub(super) const SENT: &[Column] = &[
    ("MUSTERI_OZEL_KODU", reference),
    ("IRSALIYE_NUMARA", waybill),
    ("GONDERICI", sender),
    ("ALICI", recipient),
    ("CIKIS_SUBE", origin),
    ("VARIS_SUBE", destination),
    ("ADET", pieces),
    ("DESI", desi),
    ("TUTAR", amount),
    ("KARGO_KODU", cargo_code),
    ("DUZENLEME_TARIHI", waybill_day),
    ("REFERANS_NO", own_reference),
    ("SEHIR", city),
    ("IADE", is_return),
    ("NAME", |parcel, _| {
        parcel.sender.split_whitespace().next().map(str::to_owned)
    }),
    ("TRACKINGNUMBER", tracking_number),
];

/// The columns of a delivery that types 3 and 4 add.
pub(super) const HANDED_OVER: &[Column] = &[
    ("TESLIM_ALAN", taker),
    ("TESLIM_TARIHI", delivery_day),
    ("TESLIM_SAATI", |parcel, _| delivered(parcel, "%H:%M:%S")),
];

/// The columns that only type 3 adds.
pub(super) const OF_DISPATCH: &[Column] = &[
    ("SEVK_IRSALIYE", |parcel, _| parcel.dispatch_note.clone()),
    ("OT", payer),
];

/// The column that only type 4 adds.
pub(super) const COLLECTED: &[Column] = &[("TAHSILATLI_KARGO_TUTARI", |parcel, _| {
    let collection = parcel.collection.as_ref()?;
    Some(with_comma(collection.amount))
})];

/// The columns of type 5.
pub(super) const WAITING: &[Column] = &[
    ("ALICI", recipient),
    ("SUBE_ADI", destination),
    ("DEVIR_ACIKLAMA", |parcel, _| {
        attempt(parcel, |last| &last.note)
    }),
    ("DEVIR_NEDENI", |parcel, _| {
        attempt(parcel, |last| &last.reason)
    }),
    ("DEVIR_KODU", |parcel, _| attempt(parcel, |last| &last.code)),
];

/// The columns of type 6.
pub(super) const REDIRECTED: &[Column] = &[
    ("YONLENDIRME_TARIHI", |parcel, _| {
        Some(turkish_second(parcel.redirections.last()?.at))
    }),
    ("YONLENDIREN_BIRIM", |parcel, _| {
        Some(parcel.redirections.last()?.from.clone())
    }),
    ("YONLENDIRILEN_BIRIM", |parcel, _| {
        Some(parcel.redirections.last()?.to.clone())
    }),
    ("YONLENDIRME_KODU", |parcel, _| {
        parcel.redirections.last().map(|_| "3".to_owned())
    }),
    ("YONLENDIRME_NEDENI", |parcel, _| {
        Some(parcel.redirections.last()?.reason.clone())
    }),
];

/// The columns of type 7.
pub(super) const ROUND_TRIP: &[Column] = &[
    ("DURUM_KODU", status_code),
    ("DURUMU", status),
    ("DONUS_IRSALIYE", |parcel, _| parcel.way_back.clone()),
    ("DONUS_TARIHI", |parcel, _| {
        parcel.way_back.as_ref()?;
        Some(turkish(day(parcel.delivery.as_ref()?.at)))
    }),
];

/// The columns of type 8.
pub(super) const SENT_BACK: &[Column] = &[
    ("TIP_KODU", kind),
    ("SEBEP", |parcel, _| parcel.return_reason.clone()),
    ("ACIKLAMA", |parcel, _| {
        let is_return = |movement: &&Movement| {
            Some(movement.operation.as_str()) == Stage::Returning.operation()
        };
        parcel.movements.iter().find(is_return)?.note.clone()
    }),
    ("DURUM", |_, _| Some("İADE".to_owned())),
];

/// The columns of type 19.
pub(super) const REASONS: &[Column] = &[
    ("ACIKLAMA", |parcel, _| {
        Some(parcel.redirections.last()?.reason.clone())
    }),
    ("SEBEP", |parcel, _| attempt(parcel, |last| &last.reason)),
];

/// The phone of the delivery branch.
pub(super) const PHONES: &[Column] = &[("VARIS_SUBE_TEL", |parcel, _| {
    branches::named(&parcel.destination).map(|branch| branch.phone.to_owned())
})];

/// The columns of a collection.
pub(super) const COLLECTION: &[Column] = &[
    ("TAHSILAT_TUTARI", |parcel, _| {
        Some(with_point(parcel.collection.as_ref()?.amount))
    }),
    ("TAHSILAT_TIPI", |parcel, _| {
        let is_card = parcel.collection.as_ref()?.is_card;
        Some(if is_card { "6" } else { "1" }.to_owned())
    }),
    ("VALOUR_DATE", |parcel, _| Some(iso_day(due(parcel)?))),
    ("ODEME_TUTARI", |parcel, now| {
        let (collection, _) = paid(parcel, now)?;
        Some(with_point(collection.amount))
    }),
    ("ODEME_TARIHI", |parcel, now| {
        let (_, at) = paid(parcel, now)?;
        Some(iso_day(at))
    }),
    ("TAHSILAT_IPTAL", |parcel, _| {
        parcel.collection.as_ref()?;
        Some(flag(parcel.is_return()))
    }),
];

/// The columns that type 37 adds to those of a collection.
pub(super) const WEIGHTS: &[Column] = &[
    ("DEVIR_SEBEBI", |parcel, _| {
        attempt(parcel, |last| &last.reason)
    }),
    // `TUTAR(KDV'SİZ)` in the guide, escaped as in a data set.
    ("TUTAR_x0028_KDV_x0027_SİZ_x0029_", |parcel, _| {
        Some(with_comma(parcel.amount))
    }),
];

/// The columns that type 39 adds to those of a collection.
pub(super) const EVERYTHING: &[Column] = &[
    ("CIKIS_SAATI", |parcel, _| {
        Some(istanbul(parcel.cut_at).format("%H:%M").to_string())
    }),
    ("KG_DESI", |parcel, _| {
        Some(parcel.desi.max(parcel.weight).normalize().to_string())
    }),
    ("TESLIM_EDILEMEME_NEDENI_KODU", |parcel, _| {
        attempt(parcel, |last| &last.code)
    }),
    ("IADE_NEDENI", |parcel, _| {
        Some(
            parcel
                .return_reason
                .clone()
                .unwrap_or_else(|| "-".to_owned()),
        )
    }),
    ("DEVIR_NEDENI", |parcel, _| {
        attempt(parcel, |last| &last.reason)
    }),
    ("DEVIR_ACIKLAMA", |parcel, _| {
        attempt(parcel, |last| &last.note)
    }),
    ("ODEMETARIHI", |parcel, now| {
        let (_, at) = paid(parcel, now)?;
        Some(turkish(day(at)))
    }),
];

/// The columns that type 24 adds.
pub(super) const PLACE: &[Column] = &[
    ("ADRES", |parcel, _| Some(parcel.address.clone())),
    ("CITY", city),
    ("TOWN", |parcel, _| Some(parcel.district.clone())),
];

/// The columns of type 40.
pub(super) const OF_CONTRACT: &[Column] = &[
    ("ENTEGRASYON_KODU", reference),
    ("KARGO_TAKIP_NO", tracking_number),
    ("CIKIS_TARIH", |parcel, _| Some(iso_day(parcel.cut_at))),
    ("ODEME_TIPI", payer),
    ("IADE", is_return),
];

/// The columns of type 41, which are the world's own.
pub(super) const INVOICE: &[Column] = &[
    ("FATURA_NO", |parcel, _| {
        Some(format!("A {}", parcel.waybill.trim_start_matches("AB")))
    }),
    ("FATURA_TUTARI", |parcel, _| {
        Some(with_point(
            parcel.amount.saturating_mul(Decimal::new(120, 2)),
        ))
    }),
];

/// The columns of type 101, in the letters that the guide prints.
pub(super) const LAST_STEP: &[Column] = &[
    ("İşlem_tarihi", |parcel, _| {
        Some(turkish_second(parcel.changed_at()))
    }),
    ("Birim", |parcel, _| {
        let last = parcel.movements.last();
        Some(last.map_or(&parcel.origin, |last| &last.unit).clone())
    }),
    ("İşlem", status),
    ("aciklama", |parcel, _| {
        parcel.movements.last()?.note.clone()
    }),
    ("TRACKINGNUMBER", tracking_number),
    ("TESLIM_TARIHI", delivery_day),
    ("TESLİM_ALAN", taker),
    ("ALICI_ADI", recipient),
    ("MOK", reference),
    ("ADRES", |parcel, _| Some(parcel.address.clone())),
    ("SEHİR", city),
    ("TEL", |parcel, _| Some(parcel.phone.clone())),
    ("CIKIS_SUBE", origin),
    ("CIKIS_TARIHI", waybill_day),
    ("GERI", |parcel, _| Some(flag(parcel.way_back.is_some()))),
    ("GERI_DONUS_IRS", |parcel, _| {
        Some(parcel.way_back.clone().unwrap_or_else(|| "-".to_owned()))
    }),
];

/// The columns of type 15.
pub(super) const STEP: &[Step] = &[
    ("ISLEM_TARIHI", |movement| Some(turkish_second(movement.at))),
    ("BIRIM", |movement| Some(movement.unit.clone())),
    ("ISLEM", |movement| Some(movement.operation.clone())),
];

/// The column that type 9 adds.
pub(super) const REMARK: &[Step] = &[("ACIKLAMA", |movement| movement.note.clone())];
