//! The customer at the bank's page, and the form that the browser brings back.

use serde::{Deserialize, Serialize};

use super::account::same_key;
use super::effect::Effect;
use super::hash::hash;
use super::payment::{Flow, Payment, PaymentState};
use super::world::{Param, Scene};
use crate::{Chance, Moment};

/// An action of the customer on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Customer {
    /// Proves to be the card's owner, and pays.
    #[serde(rename = "approve")]
    Proves,
    /// Types the wrong code, which ends the page.
    #[serde(rename = "wrong_code")]
    Fails,
    /// Cancels on the page.
    #[serde(rename = "cancel")]
    Cancels,
}

/// A form that the customer's browser posts to the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Form {
    /// Where to.
    pub url: String,
    /// Names and values in order, not yet encoded.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Returns the value of a field; empty when it is absent.
    pub fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(listed, _)| listed == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Param {
    /// Lets the customer act on the page of a session, and returns the form that follows with its
    /// effects. A session is used once: `None` when it is unknown or used.
    pub fn customer(
        &mut self,
        session: &str,
        does: Customer,
        now: Moment,
        chance: &mut Chance,
    ) -> Option<(Form, Vec<Effect>)> {
        if let Some(form) = self.end_check(session, does) {
            return Some((form, Vec::new()));
        }
        let is_it = |payment: &Payment| {
            payment.state == PaymentState::Waiting && same_key(&payment.session, session)
        };
        let index = self.payments.iter().position(is_it)?;
        let mut scene = Scene {
            now,
            chance,
            effects: Vec::new(),
        };
        let proved = does == Customer::Proves;
        let form = if self.payments[index].flow == Flow::ThreeDModel {
            self.proof(index, proved, &mut scene)
        } else {
            if proved {
                self.take(index, &mut scene);
            } else {
                self.payments[index].state = PaymentState::NotProven;
                self.payments[index].charged = now;
            }
            self.result_form(&self.payments[index], now)
        };
        Some((form, scene.effects))
    }

    /// Returns the form of the 3D Model: nothing is charged yet.
    fn proof(&mut self, index: usize, proved: bool, scene: &mut Scene<'_>) -> Form {
        let key = self.account.key.to_lowercase();
        let payment = &mut self.payments[index];
        payment.charged = scene.now;
        let digits = payment.card.get(..6).unwrap_or("000000");
        let drawn = (scene.chance.draw(), scene.chance.below(10_000));
        payment.proof = format!("{digits}:{:016X}:{}:##{}", drawn.0, drawn.1, payment.id);
        let status = if proved {
            payment.state = PaymentState::Proven;
            scene.happened(Effect::Proven {
                payment: payment.id,
            });
            "1"
        } else {
            payment.state = PaymentState::NotProven;
            "0"
        };
        let signature = hash(&[
            &payment.session,
            &payment.proof,
            status,
            &payment.order,
            &key,
        ]);
        let amount = payment.amount.comma();
        let words = if proved {
            "Y-status/Challenge authentication via ACS"
        } else {
            "N-status/Challenge authentication via ACS"
        };
        let fields = [
            ("md", payment.proof.as_str()),
            ("mdStatus", status),
            ("orderId", &payment.order),
            ("transactionAmount", &amount),
            ("islemGUID", &payment.session),
            ("islemHash", &signature),
            ("bankResult", words),
            ("dc", ""),
            ("dcURL", ""),
        ];
        Form {
            url: return_url(payment, proved),
            fields: owned(&fields),
        }
    }

    /// Returns the form of 3D Pay, BKM, stored cards and the modal page: the money is taken, or it is not.
    fn result_form(&self, payment: &Payment, now: Moment) -> Form {
        let paid = matches!(
            payment.state,
            PaymentState::Charged | PaymentState::Reserved
        );
        let (code, words, bank) = match payment.state {
            PaymentState::Refused(code) => ("-1", "Kart reddedildi", code),
            _ if paid => ("1", "Odeme Islemi Basarili", 0),
            _ => ("-1", "3D dogrulama basarisiz", -1),
        };
        // A reservation shows its own number in the place of a receipt.
        let receipt = match payment.state {
            PaymentState::Reserved => payment.id,
            _ => payment.receipt,
        };
        let (receipt, collected) = (receipt.to_string(), payment.amount.comma());
        // The day has no leading zero in this form.
        let day = now.turkish().trim_start_matches('0').to_owned();
        let (net, bank, id) = (
            payment.net().comma(),
            bank.to_string(),
            payment.id.to_string(),
        );
        let installments = if payment.installments == 1 {
            "0".to_owned()
        } else {
            payment.installments.to_string()
        };
        let mut fields = vec![
            ("Sonuc", code),
            ("Sonuc_Str", words),
            ("GUID", &self.account.key),
            ("Islem_Tarih", &day),
            ("Dekont_ID", &receipt),
            ("Tahsilat_Tutari", &collected),
            ("Odeme_Tutari", &net),
            ("Siparis_ID", &payment.order),
            ("Islem_ID", &payment.key),
        ];
        // The documents show these two forms without a signature.
        let is_signed = !matches!(payment.flow, Flow::Bkm | Flow::StoredCard);
        if payment.flow != Flow::Bkm {
            fields.push(("Ext_Data", &payment.data));
        }
        fields.extend([
            ("Banka_Sonuc_Kod", bank.as_str()),
            ("PB", &payment.currency),
            ("KK_No", &payment.card),
            ("Taksit", &installments),
        ]);
        let signature = hash(&[
            &self.account.code,
            &self.account.key,
            &receipt,
            &collected,
            &payment.order,
            &payment.key,
        ]);
        if is_signed {
            fields.push(("Hash", &signature));
        }
        fields.extend([
            ("Islem_GUID", payment.session.as_str()),
            ("SanalPOS_Islem_ID", &id),
        ]);
        let mut fields = owned(&fields);
        for (name, _) in &mut fields {
            name.insert_str(0, "TURKPOS_RETVAL_");
        }
        Form {
            url: return_url(payment, paid),
            fields,
        }
    }
}

fn return_url(payment: &Payment, good: bool) -> String {
    if good {
        payment.success_url.clone()
    } else {
        payment.failure_url.clone()
    }
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = fields.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
