//! Preparing a world: objects under fixed keys, as stories and documents name them.

use std::collections::BTreeMap;

use super::cards::StoredCard;
use super::orders::{OrderEntry, OrderState};
use super::payment::{Flow, Payment, PaymentState, Verdict};
use super::sellers::{Seller, VALUES};
use super::world::Param;
use crate::{Chance, Kurus, Moment};

/// The card of prepared payments, one of the provider's published test cards.
const CARD: &str = "4546711234567894";

/// Nothing of this is an effect: it happened before the story begins.
impl Param {
    /// Adds a seller under a key, described by wire names such as `Tip`; other names are ignored.
    pub fn seed_seller(&mut self, key: &str, values: &[(&str, &str)], at: Moment) {
        let mut known = BTreeMap::new();
        for name in VALUES {
            if let Some((_, value)) = values.iter().find(|(given, _)| *given == name) {
                known.insert(name.to_owned(), (*value).to_owned());
            }
        }
        self.sellers.push(Seller {
            key: key.to_owned(),
            added: at,
            removed: None,
            values: known,
        });
    }

    /// Adds a payment that was charged without 3-D, under the provider's number.
    pub fn seed_payment(&mut self, id: i64, order: &str, amount: Kurus, at: Moment) {
        let receipt = self.receipt_number(&mut Chance::new(u64::from_ne_bytes(id.to_ne_bytes())));
        let payment = Payment {
            receipt,
            state: PaymentState::Charged,
            ..self.seeded(id, order, amount, at)
        };
        self.payments.push(payment);
        self.keep_numbers_above(id);
    }

    /// Adds a reservation, under the provider's number.
    pub fn seed_reservation(&mut self, id: i64, order: &str, amount: Kurus, at: Moment) {
        let payment = Payment {
            state: PaymentState::Reserved,
            is_reservation: true,
            ..self.seeded(id, order, amount, at)
        };
        self.payments.push(payment);
        self.keep_numbers_above(id);
    }

    /// Adds a payment of the 3D Model, or a reservation, whose customer has proved to be the card's
    /// owner: under the provider's number, the shop's order number and the shop's key. Returns its
    /// session and the proof, which complete it.
    pub fn seed_proof(
        &mut self,
        id: i64,
        (order, key): (&str, &str),
        amount: Kurus,
        is_reservation: bool,
        at: Moment,
    ) -> (String, String) {
        let proof = format!("{}:{id:016X}:0000:##{id}", &CARD[..6]);
        let payment = Payment {
            key: key.to_owned(),
            state: PaymentState::Proven,
            flow: Flow::ThreeDModel,
            is_reservation,
            is_secure: true,
            verdict: self.verdict(CARD),
            proof: proof.clone(),
            ..self.seeded(id, order, amount, at)
        };
        let session = payment.session.clone();
        self.payments.push(payment);
        self.keep_numbers_above(id);
        (session, proof)
    }

    /// Enters a seller in a payment, waiting for approval. Its sums are not checked.
    pub fn seed_entry(
        &mut self,
        key: &str,
        payment: i64,
        seller: &str,
        amounts: (Kurus, Kurus),
        at: Moment,
    ) {
        self.entries.push(OrderEntry {
            key: key.to_owned(),
            payment,
            seller: seller.to_owned(),
            product: amounts.0,
            payable: amounts.1,
            state: OrderState::Waiting,
            entered: at,
            returned: Kurus::ZERO,
            shows: None,
        });
    }

    /// Stores a card of an owner under a key; the owner's key may be empty.
    pub fn seed_card(&mut self, key: &str, owner_key: &str, number: &str, at: Moment) {
        self.cards.push(StoredCard {
            key: key.to_owned(),
            owner_key: owner_key.to_owned(),
            stored: at,
            number: self.account.card(number),
            holder: "Deneme".to_owned(),
            name: String::new(),
            expiry: "12/26".to_owned(),
        });
    }

    fn seeded(&self, id: i64, order: &str, amount: Kurus, at: Moment) -> Payment {
        let mut chance = Chance::new(u64::from_ne_bytes(id.to_ne_bytes()));
        Payment {
            id,
            receipt: 0,
            order: order.to_owned(),
            key: String::new(),
            session: chance.guid(),
            state: PaymentState::Waiting,
            flow: Flow::ThreeDPay,
            is_reservation: false,
            is_secure: false,
            amount,
            currency: "TL".to_owned(),
            installments: 1,
            started: at,
            charged: at,
            queries: 0,
            given_back: Vec::new(),
            commission: amount.share(self.rules.commission),
            rate: self.rules.commission,
            verdict: Verdict::Approves,
            card: self.account.card(CARD).masked,
            owner: "Deneme".to_owned(),
            owner_gsm: String::new(),
            address: "192.0.2.7".to_owned(),
            description: String::new(),
            data: "||||".to_owned(),
            success_url: String::new(),
            failure_url: String::new(),
            proof: String::new(),
        }
    }
}
