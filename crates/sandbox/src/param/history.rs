//! Lists of a time: `TP_Islem_Izleme`, `TP_Mutabakat_Ozet`.

use super::call::Call;
use super::payment::{GivenBack, Payment, PaymentState};
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::Param;
use crate::{Kurus, Moment};

const COLUMNS: &[&str] = &[
    "SanalPOS_Islem_ID",
    "SanalPOS_Islem_ID_Orj",
    "Sonuc_Str",
    "Tip_Str",
    "Tarih",
    "Odeme_Yapan_Bilgisi",
    "Odeme_Yapan_AdSoyad",
    "Odeme_Yapan_GSM",
    "Odeme_Aciklama",
    "Taksit",
    "SanalPOS_Banka",
    "Komisyon_Oran",
    "Komisyon_Tutar",
    "Net_Tutar",
    "Tutar",
    "Islem_Guvenlik",
    "Dekont_ID",
    "ORJ_ORDER_ID",
    "Sonuc",
    "Kaynak",
    "Toplam_Iade_Tutar",
    "ORJ_Tarih",
    "PB",
    "Valor",
];

const SUMMARY: &[&str] = &[
    "Basarili_Islem_Sayi",
    "Basarili_Islem_Toplam_Tutar",
    "Iptal_Islem_Sayi",
    "Iptal_Islem_Toplam_Tutar",
    "Iade_Islem_Sayi",
    "Iade_Islem_Toplam_Tutar",
];

const WEEK: i64 = 7 * 86_400_000;

/// One row before it is written: a sale, or money that went back.
pub(crate) struct Step<'a> {
    pub(crate) at: Moment,
    pub(crate) payment: &'a Payment,
    pub(crate) back: Option<&'a GivenBack>,
}

impl Step<'_> {
    pub(crate) fn kind(&self) -> &'static str {
        match self.back {
            None => "Satış",
            Some(back) if back.is_cancel => "İptal",
            Some(_) => "İade",
        }
    }

    /// 1 done, 12 a sale that was cancelled later, 2 refused by the bank, -1 not proven.
    fn result(&self) -> i64 {
        match self.payment.state {
            _ if self.back.is_some() => 1,
            PaymentState::Refused(_) => 2,
            PaymentState::NotProven => -1,
            _ if self.payment.is_cancelled() => 12,
            _ => 1,
        }
    }

    fn row(&self) -> Row {
        let payment = self.payment;
        let (id, original, receipt) = match self.back {
            None => (payment.id, 0, payment.receipt),
            Some(back) => (back.id, payment.id, back.receipt),
        };
        let (amount, commission, net) = self.amounts();
        let is_failed = matches!(self.result(), 2 | -1);
        let words = match self.result() {
            2 => "Kart reddedildi",
            -1 => "3D doğrulama başarısız",
            _ => "İşlem Başarılı",
        };
        let security = if payment.is_secure { "3D" } else { "NONSECURE" };
        let payer = format!("{}, {}", payment.owner, payment.address);
        let currency = if payment.currency == "TL" {
            "TRL"
        } else {
            &payment.currency
        };
        let mut row = vec![
            ("SanalPOS_Islem_ID", id.to_string()),
            ("SanalPOS_Islem_ID_Orj", original.to_string()),
            ("Sonuc_Str", words.to_owned()),
            ("Tip_Str", self.kind().to_owned()),
            ("Tarih", self.at.iso()),
            ("Odeme_Yapan_Bilgisi", payer),
            ("Odeme_Yapan_AdSoyad", payment.owner.clone()),
            ("Odeme_Yapan_GSM", payment.owner_gsm.clone()),
            ("Odeme_Aciklama", payment.description.clone()),
            ("Taksit", payment.installments.to_string()),
            ("SanalPOS_Banka", "Bonus".to_owned()),
            ("Komisyon_Oran", Kurus(payment.rate).four_decimals()),
            ("Komisyon_Tutar", commission.four_decimals()),
            ("Net_Tutar", net.four_decimals()),
            ("Tutar", amount.four_decimals()),
            ("Islem_Guvenlik", security.to_owned()),
            ("Dekont_ID", receipt.to_string()),
            ("ORJ_ORDER_ID", payment.order.clone()),
            ("Sonuc", self.result().to_string()),
            ("Kaynak", "TURKPOS_API".to_owned()),
            ("Toplam_Iade_Tutar", self.returned().four_decimals()),
        ];
        // Failed rows lack both.
        if !is_failed {
            row.push(("ORJ_Tarih", payment.charged.iso()));
            row.push(("PB", currency.to_owned()));
        }
        row.push(("Valor", self.at.day().plus(1).turkish()));
        row
    }

    /// Returns whether it is a sale that was charged, or money that went back.
    pub(crate) fn moved_money(&self) -> bool {
        matches!(self.result(), 1 | 12)
    }

    /// Returns amount, commission and net amount; below zero for money that went back.
    pub(crate) fn amounts(&self) -> (Kurus, Kurus, Kurus) {
        match self.back {
            None => {
                let payment = self.payment;
                (payment.amount, payment.commission, payment.net())
            }
            Some(back) => {
                let amount = Kurus::ZERO - back.amount;
                (amount, Kurus::ZERO, amount)
            }
        }
    }

    fn returned(&self) -> Kurus {
        match self.back {
            None => self.payment.returned(),
            Some(_) => Kurus::ZERO,
        }
    }
}

impl Param {
    /// `TP_Islem_Izleme`: sales, cancellations and refunds of at most a week. A payment that waits and
    /// a reservation that was not captured are in no row.
    pub(crate) fn history(&self, call: &Call) -> Result<Vec<Item>, Refusal> {
        let (from, to) = times(call)?;
        if to.0.saturating_sub(from.0) > WEEK {
            let rule = "Tarih_Bas, Tarih_Bit: more than seven days";
            return Err(Refusal::code(-222, rule));
        }
        let (kind, result) = (call.text("Islem_Tip"), call.text("Islem_Durum"));
        let fits = |step: &Step<'_>| {
            let done = if matches!(step.result(), 2 | -1) {
                "Başarısız"
            } else {
                "Başarılı"
            };
            (kind.is_empty() || kind == step.kind()) && (result.is_empty() || result == done)
        };
        let steps = self.steps(from, to);
        let rows = steps.iter().filter(|step| fits(step)).map(Step::row);
        Ok(vec![
            Item::Table("Temp", COLUMNS, rows.collect()),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }

    /// `TP_Mutabakat_Ozet`: counts and sums.
    pub(crate) fn summary(&self, call: &Call) -> Result<Vec<Item>, Refusal> {
        let (from, to) = times(call)?;
        let steps = self.steps(from, to);
        let of = |kind: &str| {
            let done = steps
                .iter()
                .filter(|step| step.kind() == kind && step.moved_money());
            let amounts: Vec<Kurus> = done
                .map(|step| step.back.map_or(step.payment.amount, |back| back.amount))
                .collect();
            let sum: Kurus = amounts.iter().copied().sum();
            (amounts.len().to_string(), sum.four_decimals())
        };
        let values = ["Satış", "İptal", "İade"].map(of);
        let flat = values.into_iter().flat_map(|(count, sum)| [count, sum]);
        let row: Row = SUMMARY.iter().copied().zip(flat).collect();
        Ok(vec![
            Item::Table("DT_Mutabakat_Ozet", SUMMARY, vec![row]),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }

    fn steps(&self, from: Moment, to: Moment) -> Vec<Step<'_>> {
        let mut steps = self.all_steps();
        // The words of the times have no fraction, so the last second counts to its end.
        steps.retain(|step| from <= step.at && step.at < to.plus(1000));
        steps
    }

    /// Returns the sales and the money that went back, in the order of their times.
    pub(crate) fn all_steps(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for payment in &self.payments {
            let has_row = matches!(
                payment.state,
                PaymentState::Charged | PaymentState::Refused(_) | PaymentState::NotProven
            );
            if has_row {
                steps.push(Step {
                    at: payment.charged,
                    payment,
                    back: None,
                });
            }
            steps.extend(payment.given_back.iter().map(|back| Step {
                at: back.at,
                payment,
                back: Some(back),
            }));
        }
        steps.sort_by_key(|step| step.at);
        steps
    }
}

fn times(call: &Call) -> Result<(Moment, Moment), Refusal> {
    let time = |name: &str| {
        let form = || Refusal::code(-120, format!("{name}: not a time"));
        Moment::parse_turkish(&call.text(name)).ok_or_else(form)
    };
    Ok((time("Tarih_Bas")?, time("Tarih_Bit")?))
}
