//! The subjects under which an inbox applies a return once.

use kervan_core::joined;

use super::{ModelResult, PayResult};
use crate::payments::{CardCheckHint, PaidOrder};

impl PayResult {
    /// Returns the subject under which it is applied once, for an inbox: the signed key of the attempt, and the
    /// signed receipt. Two receipts under one key are two subjects, because the customer was charged twice.
    ///
    /// The signature's only secret is the merchant's key, and the form itself holds it. So a customer who has
    /// looked at a form of their own can sign another one: ask with [`QueryPayment`](crate::payments::QueryPayment)
    /// before anything is delivered.
    pub fn subject(&self) -> String {
        match self {
            Self::Paid(paid) => joined(&["paid", &paid.key.sent(), &paid.receipt.sent()]),
            Self::Reserved(reserved) => {
                let (key, provision) = (reserved.key.sent(), reserved.provision.sent());
                joined(&["reserved", &key, &provision])
            }
            Self::NotPaid(not_paid) => joined(&["not paid", &not_paid.key.sent()]),
        }
    }
}

impl ModelResult {
    /// Returns the subject under which it is applied once, for an inbox: the signed key of the attempt. Nothing is
    /// charged before the second step, and the service refuses one that the bank has not authenticated.
    pub fn subject(&self) -> String {
        let of = |state, key: &str| joined(&[state, &key.trim().to_ascii_lowercase()]);
        match self {
            Self::Authenticated(one) => of("authenticated", &one.step.transaction),
            Self::AuthenticatedReservation(one) => of("authenticated", &one.step.transaction),
            Self::NotAuthenticated(one) => of("not authenticated", &one.transaction),
        }
    }
}

impl PaidOrder {
    /// Returns the subject under which it is applied once, for an inbox. Forms without a signature, as those of
    /// BKM Express, only say that the service can be asked; this is the service's own answer.
    pub fn subject(&self) -> String {
        joined(&["confirmed", &self.order.sent(), &self.receipt.sent()])
    }
}

impl CardCheckHint {
    /// Returns the subject under which it is applied once, for an inbox. `check` is the shop's own name of the
    /// check, by the address. **Nothing in the form is signed.**
    pub fn subject(&self, check: &str) -> String {
        let valid = if self.says_valid() {
            "valid"
        } else {
            "not valid"
        };
        joined(&["card check", check, valid])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NotAuthenticated, NotPaid};
    use super::*;
    use crate::payments::{PaymentKey, PaymentOrder};

    fn not_paid(key: &str) -> String {
        let key = PaymentKey::from(key);
        PayResult::NotPaid(NotPaid {
            order: PaymentOrder::from("KV-1"),
            changed_from: None,
            key,
            code: "-1".to_owned(),
            text: None,
            bank_code: None,
        })
        .subject()
    }

    #[test]
    fn a_subject_is_one_in_every_spelling_and_two_for_two_attempts() {
        assert_eq!(not_paid("KV-1-1 "), "not paid/KV-1-1");
        assert_eq!(not_paid("KV/1"), "not paid/KV~11");
        let of = |key: &str| {
            ModelResult::NotAuthenticated(NotAuthenticated {
                order: PaymentOrder::from("KV-1"),
                transaction: key.to_owned(),
                status: "0".to_owned(),
                bank_text: None,
            })
            .subject()
        };
        assert_eq!(of("C1EE369B"), of("c1ee369b"));
        assert_ne!(of("c1ee369b"), of("c1ee369c"));
    }
}
