//! The second step of the 3D Model, and reservations: capture and release.

use super::account::same_key;
use super::call::Call;
use super::charge::bank_text;
use super::effect::Effect;
use super::payment::{Payment, PaymentState};
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::Kurus;

impl Param {
    /// `TP_WMD_Pay`: charges after the customer's proof.
    ///
    /// A proof is good for one charge. That the provider refuses a second one is an assumption; the
    /// code of the refusal is the captured one of a transaction that could not be queried.
    pub(crate) fn complete(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let (session, proof) = (call.text("Islem_GUID"), call.text("UCD_MD"));
        let order = call.text("Siparis_ID");
        let is_it = |payment: &Payment| {
            payment.state == PaymentState::Proven
                && same_key(&payment.session, &session)
                && payment.proof == proof
                && payment.order == order
        };
        let rule = "Islem_GUID: no proven payment has this session, UCD_MD and Siparis_ID";
        let not_found = Refusal::words(-1, "İşlem bilgisi sorgulanamadı", rule);
        let index = self.payments.iter().position(is_it).ok_or(not_found)?;
        if !self.take(index, scene) {
            return Err(self.bank_refusal(index));
        }
        let payment = &self.payments[index];
        // A reservation has no receipt; its number is shown in the place of one.
        let shown = if payment.receipt == 0 {
            payment.id
        } else {
            payment.receipt
        };
        Ok(vec![
            text("Sonuc", 1),
            text("Sonuc_Ack", "İşlem Başarılı"),
            text("Dekont_ID", shown),
            text("Siparis_ID", &payment.order),
            text("UCD_MD", ""),
            text("Bank_Trans_ID", bank_text(payment, "T")),
            text("Bank_AuthCode", bank_text(payment, "P")),
            text("Bank_HostMsg", ""),
            text("Bank_Extra", ""),
            text("Bank_Sonuc_Kod", 0),
            text("Bank_HostRefNum", bank_text(payment, "")),
            text("Komisyon_Oran", Kurus(payment.rate).double()),
        ])
    }

    /// `TP_Islem_Odeme_OnProv_Kapa`: charges a reservation. More than was reserved is accepted, as on
    /// the provider's test system.
    pub(crate) fn capture(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let amount = call.amount("Prov_Tutar")?;
        let not_found = Refusal::code(-209, "Prov_ID, Siparis_ID: nothing is reserved under them");
        let index = self.reservation(call).ok_or(not_found.clone())?;
        if self.payments[index].state != PaymentState::Reserved {
            return Err(not_found);
        }
        let receipt = self.receipt_number(scene.chance);
        let payment = &mut self.payments[index];
        payment.state = PaymentState::Charged;
        payment.receipt = receipt;
        payment.amount = amount;
        payment.commission = amount.share(payment.rate);
        payment.charged = scene.now;
        scene.happened(Effect::Charged {
            payment: payment.id,
            order: payment.order.clone(),
            key: payment.key.clone(),
            amount,
        });
        Ok(vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Prov_ID", payment.id),
            text("Dekont_ID", payment.receipt),
            text("Banka_Sonuc_Kod", 0),
            text("Siparis_ID", &payment.order),
            text("Bank_Trans_ID", bank_text(payment, "T")),
            text("Bank_AuthCode", bank_text(payment, "P")),
            text("Bank_HostMsg", ""),
            text("Bank_Extra", ""),
            text("Bank_HostRefNum", bank_text(payment, "")),
        ])
    }

    /// `TP_Islem_Iptal_OnProv`: releases a reservation.
    pub(crate) fn release(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let not_found = Refusal::code(-210, "Prov_ID, Siparis_ID: nothing is reserved under them");
        let index = self.reservation(call).ok_or(not_found.clone())?;
        let payment = &mut self.payments[index];
        match payment.state {
            PaymentState::Reserved => payment.state = PaymentState::Released,
            PaymentState::Released => {
                let rule = "Prov_ID, Siparis_ID: the reservation was released before";
                return Err(Refusal::code(-211, rule));
            }
            _ => return Err(not_found),
        }
        scene.happened(Effect::Released {
            payment: payment.id,
            order: payment.order.clone(),
        });
        Ok(vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "İptal başarılı"),
            text("Banka_Sonuc_Kod", "00"),
        ])
    }

    /// Returns the reservation that a call names by its number, its order or both; of several with one order
    /// the one that is still reserved, else the last.
    fn reservation(&self, call: &Call) -> Option<usize> {
        let (id, order) = (call.text("Prov_ID"), call.text("Siparis_ID"));
        let is_it = |payment: &Payment| {
            payment.is_reservation
                && (id.is_empty() || payment.id.to_string() == id)
                && (order.is_empty() || payment.order == order)
        };
        let reserved = |payment: &Payment| payment.state == PaymentState::Reserved;
        let mut all = self.payments.iter();
        let open = all.rposition(|payment| is_it(payment) && reserved(payment));
        open.or_else(|| self.payments.iter().rposition(is_it))
    }
}
