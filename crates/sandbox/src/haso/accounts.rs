//! Finding and registering customers.

use serde::{Deserialize, Serialize};

use super::customer::Customer;
use super::sessions::Shopper;
use super::world::Haso;
use crate::values::chance::new_digits;
use crate::{Chance, Moment};

/// How long a code of the app is valid, in milliseconds.
const QR_LIFE: i64 = 10 * 60_000;

/// A QR code that HASO's app shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Qr {
    /// HASO's number of the customer.
    pub customer: String,
    /// When it was shown.
    pub shown_at: Moment,
}

impl Haso {
    /// Shows a QR code in the customer's app and returns its text, valid for ten minutes.
    pub fn show_qr(&mut self, customer: &str, now: Moment, chance: &mut Chance) -> String {
        let code = format!(
            "QR{}",
            new_digits(chance, 16, |drawn| {
                self.qr.contains_key(&format!("QR{drawn}"))
            })
        );
        let customer = customer.to_owned();
        let shown = Qr {
            customer,
            shown_at: now,
        };
        self.qr.insert(code.clone(), shown);
        code
    }

    /// Returns the customer of a QR code that is still valid.
    pub(super) fn scan(&self, code: &str, now: Moment) -> Option<String> {
        let qr = self.qr.get(code)?;
        let is_valid = now.0.saturating_sub(qr.shown_at.0) <= QR_LIFE;
        is_valid.then(|| qr.customer.clone())
    }

    /// Returns the customer with this identity number.
    pub(super) fn by_tckn(&self, tckn: &str) -> Option<&Customer> {
        let mut customers = self.customers();
        customers.find(|customer| !tckn.is_empty() && customer.tckn == tckn)
    }

    /// Returns whether somebody else has this mobile number.
    pub(super) fn is_phone_of_another(&self, mobile: &str, own: &str) -> bool {
        let mut customers = self.customers();
        customers.any(|customer| customer.mobile == mobile && customer.id != own)
    }

    /// Returns the number of the customer whom a form describes; a new one gets the first limit.
    pub(super) fn register(&mut self, shopper: &Shopper, chance: &mut Chance) -> String {
        if let Some(known) = self.by_tckn(&shopper.tckn) {
            return known.id.clone();
        }
        let id = new_digits(chance, 6, |drawn| {
            drawn.starts_with('0') || self.customers.contains_key(drawn)
        });
        let mut customer = Customer::new(id.clone());
        customer.name.clone_from(&shopper.name);
        customer.surname.clone_from(&shopper.surname);
        customer.tckn.clone_from(&shopper.tckn);
        customer.mobile.clone_from(&shopper.mobile);
        customer.limit = Some(self.settings.first_limit);
        self.add_customer(customer);
        id
    }
}
