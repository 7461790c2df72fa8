//! Reading entries back: `Pazaryeri_TP_Islem_Sorgulama`, `Param_Pazaryeri_Islem_Izleme`.

use super::account::same_key;
use super::call::Call;
use super::orders::OrderEntry;
use super::payment::Payment;
use super::reply::{Item, Row, text};
use super::world::Param;
use crate::{Kurus, Moment};

const COLUMNS: &[&str] = &[
    "PYSiparis_GUID",
    "Durum",
    "Durum_Str",
    "Tutar_Urun",
    "Tutar_Odenecek",
    "GUID_AltUyeIsyeri",
    "SanalPOS_Islem_ID",
    "Tarih",
];

const TRACE: &[&str] = &["ID", "Tutar", "Ad_Soyad"];

impl Param {
    /// Finds entries by seller, entry, payment, time and order number; an empty filter is ignored.
    pub(crate) fn query_orders(&self, call: &Call) -> Vec<Item> {
        let (seller, key) = (call.text("GUID_AltUyeIsyeri"), call.text("PYSiparis_GUID"));
        let (payment, order) = (call.number("SanalPOS_Islem_ID"), call.text("Siparis_ID"));
        let within = within(call, "");
        let fits = |entry: &&OrderEntry| {
            (seller.is_empty() || same_key(&entry.seller, &seller))
                && (key.is_empty() || same_key(&entry.key, &key))
                && (payment == 0 || entry.payment == payment)
                && (order.is_empty() || self.order_of(entry) == order)
                && within(entry.entered)
        };
        let rows = self.entries.iter().filter(fits).map(row).collect();
        vec![
            Item::Table("Temp", COLUMNS, rows),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ]
    }

    /// Lists entries with their shares. Neither the columns of the table nor which transaction the
    /// elements beside it describe is documented; here they are those of the newest entry.
    pub(crate) fn trace_orders(&self, call: &Call) -> Vec<Item> {
        let seller = call.text("islemIzlemeReq/GUID_AltUyeIsyeri");
        let within = within(call, "islemIzlemeReq/");
        let fits = |entry: &&OrderEntry| {
            (seller.is_empty() || same_key(&entry.seller, &seller)) && within(entry.entered)
        };
        let found: Vec<&OrderEntry> = self.entries.iter().filter(fits).collect();
        let rows = found.iter().enumerate().map(|(index, entry)| {
            vec![
                ("ID", (index + 1).to_string()),
                ("Tutar", entry.product.four_decimals()),
                ("Ad_Soyad", self.seller_name(entry)),
            ]
        });
        let mut items = vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            Item::Table("Temp", TRACE, rows.collect()),
        ];
        let newest = found.last().copied();
        if let Some((entry, payment)) = newest.and_then(|one| Some((one, self.payment_of(one)?))) {
            items.extend([
                text("Durum_Onay", entry.shown_state().code()),
                text("SanalPOS_Banka", "Bonus"),
                text("SanalPOS_Islem_ID", entry.payment),
                text("Odeme_Yapan_Bilgisi", &payment.owner),
                text("ODEME_TUTAR", payment.amount.comma()),
                text("Komisyon_Odeyen_Aciklama", "Üye işyeri"),
                text("islem_durumu", 1),
                text("tutar_urun", entry.product.comma()),
                text("AltUye_Isyeri_Ad_Soyad", self.seller_name(entry)),
                text(
                    "uye_isyeri_odeme_tutarı",
                    (entry.product - entry.payable).comma(),
                ),
                text("param_komisyon_orani", Kurus(payment.rate).comma()),
                text("param_komisyon_ucreti", payment.commission.comma()),
                text("alt_uye_is_yeri_odeme_tutarı", entry.payable.comma()),
                text("Valör", payment.charged.day().plus(1).turkish()),
            ]);
        }
        items
    }

    fn payment_of(&self, entry: &OrderEntry) -> Option<&Payment> {
        self.payments.iter().find(|one| one.id == entry.payment)
    }

    fn order_of(&self, entry: &OrderEntry) -> &str {
        self.payment_of(entry).map_or("", |payment| &payment.order)
    }

    fn seller_name(&self, entry: &OrderEntry) -> String {
        let seller = self
            .sellers
            .iter()
            .find(|one| same_key(&one.key, &entry.seller));
        seller.map_or_else(String::new, |one| one.value("Ad_Soyad").to_owned())
    }
}

fn row(entry: &OrderEntry) -> Row {
    let state = entry.shown_state();
    vec![
        ("PYSiparis_GUID", entry.key.clone()),
        ("Durum", state.code().to_string()),
        ("Durum_Str", state.words().to_owned()),
        ("Tutar_Urun", entry.product.four_decimals()),
        ("Tutar_Odenecek", entry.payable.four_decimals()),
        ("GUID_AltUyeIsyeri", entry.seller.clone()),
        ("SanalPOS_Islem_ID", entry.payment.to_string()),
        ("Tarih", entry.entered.iso()),
    ]
}

/// Returns whether a time is between those of a call; the last second counts to its end.
fn within(call: &Call, parent: &str) -> impl Fn(Moment) -> bool + use<> {
    let time = |name: &str| Moment::parse_turkish(&call.text(&format!("{parent}{name}")));
    let (from, to) = (time("Tarih_Bas"), time("Tarih_Bit"));
    move |at| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to.plus(1000))
}
