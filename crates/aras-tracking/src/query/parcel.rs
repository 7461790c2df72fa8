//! One parcel, as most query types answer.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::{
    EventTime, NonDeliveryReason, Timeline, Tracking, TrackingEvent, TrackingStatus,
};
use serde::{Deserialize, Serialize};

use super::asked::Named;
use super::columns::{Columns, QueryRow};
use super::number::Number;
use crate::status;

/// One parcel. Which columns come depends on the query type; one without a value is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Parcel {
    /// The shipper's reference. Wire: `MUSTERI_OZEL_KODU`, `MOK`, `ENTEGRASYON_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The 13-digit number; absent before the waybill is cut. Wire: `KARGO_TAKIP_NO`, `TRACKINGNUMBER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// The code of 19 or 20 digits. Wire: `KARGO_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cargo_code: Option<String>,
    /// The waybill: two letters, then digits. Wire: `IRSALIYE_NUMARA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// The state by its number. Wire: `DURUM_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<String>,
    /// 1 normal, 2 redirected, 3 returned. Wire: `TIP_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind_code: Option<String>,
    /// The state in Turkish. Wire: `DURUMU`, `DURUM`, `GONDERI DURUMU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_text: Option<String>,
    /// The state in English. Wire: `DURUM_EN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_text_en: Option<String>,
    /// The sender's name. Wire: `GONDERICI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<Personal>,
    /// The recipient's name. Wire: `ALICI`, `ALICI_ADI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Personal>,
    /// Wire: `ADRES`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal>,
    /// Wire: `SEHIR`, `CITY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Wire: `TOWN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// Wire: `TEL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal>,
    /// The branch of origin. Wire: `CIKIS_SUBE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_branch: Option<String>,
    /// The branch of delivery. Wire: `VARIS_SUBE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_branch: Option<String>,
    /// Wire: `VARIS_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_branch_code: Option<String>,
    /// The date of the waybill. Wire: `CIKIS_TARIH`, `CIKIS_TARIHI`, `DUZENLEME_TARIHI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill_date: Option<EventTime>,
    /// Wire: `ADET`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<Number>,
    /// Volumetric size. Wire: `DESI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desi: Option<Number>,
    /// Weight or size, whichever counts. Wire: `KG_DESI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kg_or_desi: Option<Number>,
    /// In kilograms. Wire: `AGIRLIK`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
    /// Wire: `HACIMSEL_AGIRLIK`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volumetric_weight: Option<Number>,
    /// `ÜG` when the sender pays, `ÜA` when the recipient does. Wire: `ODEME_TIPI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_type: Option<String>,
    /// In lira, without VAT. Wire: `TUTAR`, `TUTAR(KDV'SİZ)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The reference on the waybill. Wire: `REFERANS`, `REFERANS_NO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill_reference: Option<String>,
    /// The person who took it. Wire: `TESLIM_ALAN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_by: Option<Personal>,
    /// When it was handed over. Wire: `TESLIM_TARIHI` and `TESLIM_SAATI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// Why it goes back. Wire: `IADE_SEBEBI`, `IADE_NEDENI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_reason: Option<String>,
    /// Whether it is a return, as the word that came: `Evet`, `Hayır`. Wire: `IADE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_return: Option<String>,
    /// Why it was not delivered, by its code. Wire: `DEVIR_KODU`, `TESLIM_EDILEMEME_NEDENI_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_delivery_code: Option<String>,
    /// Why it was not delivered, in words. Wire: `DEVIR_NEDENI`, `DEVIR_SEBEBI`, `SEBEP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_delivery_text: Option<String>,
    /// A note of the carrier's people. Wire: `DEVIR_ACIKLAMA`, `ACIKLAMA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal>,
    /// When the last step happened. Wire: `ISLEM_TARIHI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_step_at: Option<EventTime>,
    /// Where the last step happened, or where the parcel waits. Wire: `BIRIM`, `SUBE_ADI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The last step. Wire: `ISLEM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_step: Option<String>,
    /// 1 abroad, 0 domestic. Wire: `WORLDWIDE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abroad: Option<String>,
    /// Not explained by any document. Wire: `KARGO_LINK_NO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_number: Option<String>,
    /// The collection for the shipper, in the query types that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<Collection>,
    /// How it was redirected, in the query types that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirection: Option<Redirection>,
    /// Columns that no public document names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

/// The collection for the shipper at the door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Collection {
    /// In lira. Wire: `TAHSILAT_TUTARI`, `TAHSILATLI_KARGO_TUTARI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// 1 cash, 6 card. Wire: `TAHSILAT_TIPI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// When it falls due. Wire: `VALOUR_DATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<EventTime>,
    /// The amount paid out, in lira. Wire: `ODEME_TUTARI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<Number>,
    /// When it was paid out. Wire: `ODEME_TARIHI`, `ODEMETARIHI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<EventTime>,
    /// Whether the collection was cancelled, as it came. Wire: `TAHSILAT_IPTAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
}

/// How a parcel was redirected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Redirection {
    /// Wire: `YONLENDIRME_TARIHI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<EventTime>,
    /// Wire: `YONLENDIREN_BIRIM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Wire: `YONLENDIRILEN_BIRIM`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Wire: `YONLENDIRME_KODU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Wire: `YONLENDIRME_NEDENI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl QueryRow for Parcel {
    fn read(columns: &mut Columns) -> Option<Self> {
        let parcel = Self {
            reference: columns.take(&["MUSTERI_OZEL_KODU", "MOK", "ENTEGRASYON_KODU"]),
            tracking_number: columns.take_said(&["KARGO_TAKIP_NO", "TRACKINGNUMBER"]),
            cargo_code: columns.take(&["KARGO_KODU"]),
            waybill: columns.take(&["IRSALIYE_NUMARA"]),
            status_code: columns.take(&["DURUM_KODU"]),
            kind_code: columns.take(&["TIP_KODU"]),
            status_text: columns.take(&["DURUMU", "DURUM", "GONDERI_DURUMU"]),
            status_text_en: columns.take(&["DURUM_EN"]),
            sender: columns.take_personal(&["GONDERICI"]),
            recipient: columns.take_personal(&["ALICI", "ALICI_ADI"]),
            address: columns.take_personal(&["ADRES"]),
            city: columns.take(&["SEHIR", "CITY"]),
            town: columns.take(&["TOWN"]),
            phone: columns.take_personal(&["TEL"]),
            origin_branch: columns.take(&["CIKIS_SUBE"]),
            delivery_branch: columns.take(&["VARIS_SUBE"]),
            delivery_branch_code: columns.take(&["VARIS_KODU"]),
            waybill_date: columns.take_time(&["CIKIS_TARIH", "CIKIS_TARIHI", "DUZENLEME_TARIHI"]),
            pieces: columns.take_number(&["ADET"]),
            desi: columns.take_number(&["DESI"]),
            kg_or_desi: columns.take_number(&["KG_DESI"]),
            weight: columns.take_number(&["AGIRLIK"]),
            volumetric_weight: columns.take_number(&["HACIMSEL_AGIRLIK"]),
            payment_type: columns.take(&["ODEME_TIPI"]),
            amount: columns.take_number(&["TUTAR", "TUTAR(KDV'SIZ)"]),
            waybill_reference: columns.take(&["REFERANS", "REFERANS_NO"]),
            received_by: columns.take_said(&["TESLIM_ALAN"]).map(Personal::from),
            delivered_at: delivered_at(columns),
            return_reason: columns.take_said(&["IADE_SEBEBI", "IADE_NEDENI"]),
            is_return: columns.take(&["IADE"]),
            non_delivery_code: columns.take_said(&["DEVIR_KODU", "TESLIM_EDILEMEME_NEDENI_KODU"]),
            non_delivery_text: columns.take_said(&["DEVIR_NEDENI", "DEVIR_SEBEBI", "SEBEP"]),
            note: columns.take_personal(&["DEVIR_ACIKLAMA", "ACIKLAMA"]),
            last_step_at: columns.take_time(&["ISLEM_TARIHI"]),
            unit: columns.take(&["BIRIM", "SUBE_ADI"]),
            last_step: columns.take(&["ISLEM"]),
            abroad: columns.take(&["WORLDWIDE"]),
            link_number: columns.take(&["KARGO_LINK_NO"]),
            collection: collection(columns),
            redirection: redirection(columns),
            other: BTreeMap::new(),
        };
        // A row that has neither a parcel's number nor its state is a message.
        let names_it = [
            &parcel.reference,
            &parcel.tracking_number,
            &parcel.cargo_code,
            &parcel.waybill,
            &parcel.waybill_reference,
            &parcel.link_number,
            &parcel.status_code,
            &parcel.status_text,
            &parcel.status_text_en,
        ];
        names_it
            .iter()
            .any(|column| column.is_some())
            .then(|| Self {
                other: columns.rest(),
                ..parcel
            })
    }

    fn named(&self) -> Named<'_> {
        Named::of(&self.other)
            .reference(self.reference.as_deref())
            .tracking_number(self.tracking_number.as_deref())
    }
}

fn delivered_at(columns: &mut Columns) -> Option<EventTime> {
    let day = columns.take_said(&["TESLIM_TARIHI"]);
    let time = columns.take(&["TESLIM_SAATI"]);
    let time = time.unwrap_or_default();
    Some(EventTime::read_apart(&day?, &time))
}

fn collection(c: &mut Columns) -> Option<Collection> {
    let found = Collection {
        amount: c.take_number(&["TAHSILAT_TUTARI", "TAHSILATLI_KARGO_TUTARI"]),
        kind: c.take(&["TAHSILAT_TIPI"]),
        due: c.take_time(&["VALOUR_DATE"]),
        paid: c.take_number(&["ODEME_TUTARI"]),
        paid_at: c.take_time(&["ODEME_TARIHI"]),
        cancelled: c.take(&["TAHSILAT_IPTAL"]),
    };
    (found != Collection::default()).then_some(found)
}

fn redirection(c: &mut Columns) -> Option<Redirection> {
    let found = Redirection {
        at: c.take_time(&["YONLENDIRME_TARIHI"]),
        from: c.take(&["YONLENDIREN_BIRIM"]),
        to: c.take(&["YONLENDIRILEN_BIRIM"]),
        code: c.take(&["YONLENDIRME_KODU"]),
        reason: c.take(&["YONLENDIRME_NEDENI"]),
    };
    (found != Redirection::default()).then_some(found)
}

impl Parcel {
    /// Returns the state in the shared vocabulary, by `TIP_KODU` and `DURUM_KODU`. Without `TIP_KODU`, a
    /// return is one by the word in `IADE` or by its reason.
    pub fn status(&self) -> TrackingStatus {
        let said = self.is_return.as_deref().is_some_and(status::is_yes);
        let reason = self.return_reason.as_deref();
        let is_return = said || reason.is_some_and(|reason| !reason.trim().is_empty());
        let kind = self.kind_code.as_deref();
        status::of_codes(self.status_code.as_deref(), kind, is_return)
    }

    /// Returns why it was last not delivered. A code that the carrier's table has counts before words.
    pub fn non_delivery(&self) -> Option<NonDeliveryReason> {
        let read = |text: &Option<String>| text.as_deref().map(status::reason);
        let (code, words) = (read(&self.non_delivery_code), read(&self.non_delivery_text));
        let is_known = |reason: &NonDeliveryReason| !matches!(reason, NonDeliveryReason::Other(_));
        let known = [&code, &words]
            .into_iter()
            .flatten()
            .find(|reason| is_known(reason));
        known.cloned().or(code).or(words)
    }

    /// Returns the last step, in the query types that have it.
    pub fn last_event(&self) -> Option<TrackingEvent> {
        let at = self.last_step_at.clone()?;
        let event = TrackingEvent::new(at)
            .unit(self.unit.as_deref().unwrap_or_default())
            .text(self.last_step.as_deref().unwrap_or_default());
        Some(event)
    }

    /// Returns the parcel in the shared vocabulary, without movements: they are a query of their own.
    pub fn tracking(&self) -> Tracking {
        let status = self.status();
        let mut tracking = Tracking::new(status);
        tracking.status_text.clone_from(&self.status_text);
        tracking.delivered_at.clone_from(&self.delivered_at);
        tracking.received_by.clone_from(&self.received_by);
        tracking.non_delivery = self.non_delivery();
        // A time without any words is not an event.
        let told = |event: &TrackingEvent| event.text.is_some();
        tracking.timeline = Timeline::new(self.last_event().filter(told));
        tracking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r11_words_tell_the_reason_where_the_code_does_not() {
        let reason = |code: &str, words: &str| {
            let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let parcel = Parcel {
                non_delivery_code: text(code),
                non_delivery_text: text(words),
                ..Parcel::default()
            };
            parcel.non_delivery().map(|reason| reason.code().to_owned())
        };
        let known = |code: &str| Some(code.to_owned());
        assert_eq!(reason("", "ADRES YANLIŞ/YETERSİZ"), known("wrong_address"));
        assert_eq!(reason("99", "KARGO GÜMRÜKTE"), known("in_customs"));
        assert_eq!(reason("KE", "KARGO GÜMRÜKTE"), known("refused"));
        assert_eq!(reason("99", "KARGOSU GELMEDİ"), known("other"));
        assert_eq!(reason("", ""), None);
    }

    #[test]
    fn a_return_without_its_kind_is_told_by_the_rest() {
        let mut parcel = Parcel {
            status_code: Some("6".to_owned()),
            is_return: Some("Hayır".to_owned()),
            return_reason: Some(" ".to_owned()),
            ..Parcel::default()
        };
        assert_eq!(parcel.status(), TrackingStatus::Delivered);
        parcel.is_return = Some("Evet".to_owned());
        assert_eq!(parcel.status(), TrackingStatus::Returned);
        parcel.is_return = None;
        parcel.return_reason = Some("KABUL ETMEDİ".to_owned());
        assert_eq!(parcel.tracking().status, TrackingStatus::Returned);
    }
    /// Returns the parcel of a row.
    fn row(columns: &[(&str, &str)]) -> Parcel {
        let columns = columns.iter().map(|(name, text)| {
            let value = kervan_wire::tree::Value::Text((*text).to_owned());
            ((*name).to_owned(), value)
        });
        let plain = |_: &str, text: &str| text.to_owned();
        Parcel::read(&mut Columns::new(None, columns.collect(), &plain)).unwrap()
    }

    #[test]
    fn r6_a_placeholder_says_nothing() {
        for nothing in ["0", "-", "--", "0001-01-01T00:00:00"] {
            let parcel = row(&[
                ("MUSTERI_OZEL_KODU", "KV-1"),
                ("DURUM_KODU", "6"),
                ("KARGO_TAKIP_NO", nothing),
                ("IADE_SEBEBI", nothing),
                ("DEVIR_KODU", nothing),
                ("DEVIR_SEBEBI", nothing),
                ("TESLIM_ALAN", nothing),
                ("TESLIM_TARIHI", nothing),
            ]);
            let tracking = parcel.tracking();
            assert_eq!(tracking.status, TrackingStatus::Delivered, "{nothing}");
            assert_eq!(tracking.non_delivery, None, "{nothing}");
            assert_eq!(tracking.delivered_at, None, "{nothing}");
            assert_eq!(tracking.received_by, None, "{nothing}");
            assert_eq!(parcel.named().tracking_number, None, "{nothing}");
            // The texts are kept among the rest.
            assert_eq!(parcel.other.len(), 6, "{nothing}");
        }
        // A later column of the same meaning is read.
        let parcel = row(&[
            ("DURUM_KODU", "4"),
            ("DEVIR_KODU", "0"),
            ("TESLIM_EDILEMEME_NEDENI_KODU", "10"),
        ]);
        assert_eq!(parcel.non_delivery(), Some(NonDeliveryReason::WrongAddress));
    }
}
