//! The rows of one day, in the provider's reconciliation: `TP_Mutabakat_Detay`.

use super::call::Call;
use super::charge::bank_text;
use super::history::Step;
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::Param;
use crate::{Kurus, Moment};

/// The two columns of the installment's number are those of 2025 and of 2023.
const NEW: &[&str] = &columns("TAKSIT_SIRASI");
const OLD: &[&str] = &columns("TAKSIT_SIRA");

const fn columns(installment: &'static str) -> [&'static str; 15] {
    [
        "GUNSONU_TARIHI",
        "ISLEM_TARIHI",
        "VALOR_TARIHI",
        "KART_NO",
        "TRANSACTION_TIPI",
        "PROVIZYON_NO",
        installment,
        "TAKSIT_SAYISI",
        "PROVIZYON_TUTARI",
        "KOMISYON_TUTARI",
        "KOMISYON_ORANI",
        "NET_TUTAR",
        "SIPARIS_NO",
        "ANA_KART_TIPI",
        "ALT_KART_TIPI",
    ]
}

impl Param {
    /// Lists the money that moved on a day: one row for each installment, with the whole amount in each.
    /// Neither is documented.
    pub(crate) fn reconciliation(&self, call: &Call) -> Result<Vec<Item>, Refusal> {
        let form = || Refusal::code(-120, "Tarih: not a time");
        let asked = Moment::parse_turkish(&call.text("Tarih")).ok_or_else(form)?;
        let (name, columns) = if self.rules.old_reconciliation {
            ("Temp", OLD)
        } else {
            ("DT_Mutabakat_Detay", NEW)
        };
        let (day, steps) = (asked.day(), self.all_steps());
        let moved = steps
            .iter()
            .filter(|step| step.at.day() == day && step.moved_money());
        let rows = moved.flat_map(|step| {
            let count = step.payment.installments.max(1);
            (1..=count).map(move |number| row(step, number, columns))
        });
        Ok(vec![
            Item::Table(name, columns, rows.collect()),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }
}

fn row(step: &Step<'_>, installment: i64, columns: &[&'static str]) -> Row {
    let payment = step.payment;
    let (amount, commission, net) = step.amounts();
    let approval = match step.back {
        None => bank_text(payment, "P"),
        Some(back) => format!("A{}", back.receipt),
    };
    let values = [
        step.at.day().turkish(),
        step.at.turkish(),
        step.at.day().plus(1).turkish(),
        payment.card.clone(),
        step.kind().to_owned(),
        approval,
        installment.to_string(),
        payment.installments.max(1).to_string(),
        grouped(amount),
        grouped(commission),
        grouped(Kurus(payment.rate)),
        grouped(net),
        payment.order.clone(),
        "Kredi Kartı".to_owned(),
        "Bonus".to_owned(),
    ];
    columns.iter().copied().zip(values).collect()
}

/// Writes `1.234,50`.
fn grouped(amount: Kurus) -> String {
    let text = amount.comma();
    let (whole, decimals) = text.split_once(',').unwrap_or((&text, "00"));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped},{decimals}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_points() {
        for (kurus, text) in [
            (0, "0,00"),
            (99_999, "999,99"),
            (123_450, "1.234,50"),
            (-123_456_789, "-1.234.567,89"),
        ] {
            assert_eq!(grouped(Kurus(kurus)), text);
        }
    }
}
