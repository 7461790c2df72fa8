//! The status of a payment: `TP_Islem_Sorgulama4`.

use super::call::Call;
use super::charge::bank_text;
use super::payment::{Payment, PaymentState};
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::Param;
use crate::Kurus;

/// The bank's own words, which are free in form.
const EXTRA: &str = "<Extra><HOSTMSG>ok</HOSTMSG></Extra>";

impl Param {
    /// Finds by receipt, order, the shop's key, or several of them.
    ///
    /// A payment that still waits for its customer or for its completion is not found: the documents
    /// show no state for it.
    pub(crate) fn payment_status(&self, call: &Call) -> Result<Vec<Item>, Refusal> {
        let (receipt, order) = (call.text("Dekont_ID"), call.text("Siparis_ID"));
        let key = call.text("Islem_ID");
        let fits = |given: &str, own: &str| given.is_empty() || given == own;
        if receipt.is_empty() && order.is_empty() && key.is_empty() {
            let rule = "Dekont_ID, Siparis_ID, Islem_ID: all are empty";
            return Err(Refusal::code(-209, rule));
        }
        let is_it = |payment: &Payment| {
            fits(&receipt, &shown_receipt(payment).to_string())
                && fits(&order, &payment.order)
                && fits(&key, &payment.key)
                && !matches!(payment.state, PaymentState::Waiting | PaymentState::Proven)
        };
        let taken = |payment: &&Payment| {
            matches!(
                payment.state,
                PaymentState::Charged | PaymentState::Reserved
            )
        };
        let found: Vec<&Payment> = self.payments.iter().filter(|one| is_it(one)).collect();
        let best = found.iter().copied().rfind(taken);
        let best = best.or_else(|| found.last().copied());
        let mut items = Vec::new();
        if let Some(payment) = best {
            let shows_capture = self.rules.captures_show && payment.is_charged();
            items.push(Item::Group("DT_Bilgi", rows(payment, shows_capture)));
        }
        items.extend([text("Sonuc", 1), text("Sonuc_Str", "Başarılı")]);
        Ok(items)
    }
}

/// A reservation keeps its own number in the place of the receipt, even after its capture.
fn shown_receipt(payment: &Payment) -> i64 {
    match payment.state {
        PaymentState::NotProven | PaymentState::Refused(_) => 0,
        _ if payment.is_reservation => payment.id,
        _ => payment.receipt,
    }
}

fn rows(payment: &Payment, shows_capture: bool) -> Vec<Item> {
    let (result, state) = match payment.state {
        PaymentState::Refused(_) => (2, "BANK_FAIL"),
        PaymentState::NotProven => (-1, "FAIL"),
        PaymentState::Released => (12, "CANCEL"),
        _ if payment.is_cancelled() => (12, "CANCEL"),
        _ if payment.is_refunded() => (13, "REFUND"),
        _ if payment.returned().is_positive() => (1, "PARTIAL_REFUND"),
        _ => (1, "SUCCESS"),
    };
    let words = match payment.state {
        PaymentState::Refused(_) => "Kart reddedildi",
        PaymentState::NotProven => "3D doğrulama başarısız",
        _ => "İşlem Başarılı",
    };
    let kind = if !payment.is_reservation {
        "SALE"
    } else if shows_capture {
        "POST_AUTH"
    } else {
        "PRE_AUTH"
    };
    vec![
        text("Odeme_Sonuc", result),
        text("Odeme_Sonuc_Aciklama", words),
        text("Dekont_ID", shown_receipt(payment)),
        text("Siparis_ID", &payment.order),
        text("Islem_ID", &payment.key),
        text("Durum", state),
        text("Tarih", payment.charged.turkish()),
        text("Toplam_Tutar", payment.amount.double()),
        text("Komisyon_Oran", Kurus(payment.rate).double()),
        text("Komisyon_Tutar", payment.commission.double()),
        text("Banka_Sonuc_Aciklama", ""),
        text("Taksit", payment.installments),
        text("Ext_Data", &payment.data),
        text("Toplam_Iade_Tutar", payment.returned().double()),
        text("KK_No", &payment.card),
        text("Bank_Extra", EXTRA),
        text("Islem_Tip", kind),
        text("Bank_Trans_ID", bank_text(payment, "T")),
        text("Bank_AuthCode", bank_text(payment, "P")),
        text("Bank_HostRefNum", bank_text(payment, "")),
    ]
}
