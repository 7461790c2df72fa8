//! The truth, for stories: what really happened, whatever the answers said.

use super::account::same_key;
use super::cards::StoredCard;
use super::orders::OrderEntry;
use super::payment::Payment;
use super::sellers::Seller;
use super::world::Param;
use crate::Kurus;

impl Param {
    /// Returns all payments and reservations, in order.
    pub fn payments(&self) -> &[Payment] {
        &self.payments
    }

    /// Returns a payment by its number.
    pub fn payment(&self, id: i64) -> Option<&Payment> {
        self.payments.iter().find(|payment| payment.id == id)
    }

    /// Returns the payments of an order number or of the shop's own key that took money from a card,
    /// whatever went back since. More than one is a double charge.
    pub fn charges(&self, key: &str) -> Vec<&Payment> {
        let is_it = |payment: &&Payment| {
            payment.is_charged() && (payment.order == key || payment.key == key)
        };
        self.payments.iter().filter(is_it).collect()
    }

    /// Returns the entries of a payment, in order.
    pub fn orders_of(&self, payment: i64) -> Vec<&OrderEntry> {
        let of_payment = self.entries.iter().filter(|one| one.payment == payment);
        of_payment.collect()
    }

    /// Returns an entry by its key.
    pub fn order(&self, key: &str) -> Option<&OrderEntry> {
        self.entries.iter().find(|one| same_key(&one.key, key))
    }

    /// Returns what went back of one seller's entry alone; whole payments are in
    /// [`Payment::returned`].
    pub fn refunded(&self, order: &str) -> Kurus {
        self.order(order).map_or(Kurus::ZERO, |one| one.returned)
    }

    /// Returns what went back of the payments of an order number or of the shop's own key.
    pub fn returned(&self, key: &str) -> Kurus {
        let charges = self.charges(key);
        charges.iter().map(|payment| payment.returned()).sum()
    }

    /// Returns all sellers, those that were removed too.
    pub fn sellers(&self) -> &[Seller] {
        &self.sellers
    }

    /// Returns the stored cards.
    pub fn stored_cards(&self) -> &[StoredCard] {
        &self.cards
    }

    /// Checks that no money appeared or vanished, and names the first payment of which that is not
    /// true.
    ///
    /// # Errors
    ///
    /// Says which sum does not hold.
    pub fn check_sums(&self) -> Result<(), String> {
        for payment in &self.payments {
            let id = payment.id;
            let shares: Kurus = self
                .orders_of(id)
                .iter()
                .filter(|entry| entry.state.is_open())
                .map(|entry| entry.payable)
                .sum();
            if payment.returned() > payment.amount {
                return Err(format!("payment {id}: more went back than was taken"));
            }
            if !payment.is_charged() && payment.returned().is_positive() {
                return Err(format!(
                    "payment {id}: money went back that was never taken"
                ));
            }
            if shares > payment.net() || shares + payment.returned() > payment.amount {
                return Err(format!("payment {id}: sellers get more than is there"));
            }
            let parts: Kurus = self.orders_of(id).iter().map(|entry| entry.returned).sum();
            if parts > payment.returned() {
                return Err(format!("payment {id}: parts of entries are missing"));
            }
        }
        Ok(())
    }
}
