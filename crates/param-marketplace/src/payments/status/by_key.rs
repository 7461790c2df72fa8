//! Implements settling by the shop's key of the attempt.

/// Settles payments by the query for the shop's key. Its arguments are the field of the key, the field of
/// the amount, and the function that reads the outcome from the payment.
macro_rules! settled_by_key {
    ($call:ident: $($key:ident).+, $($amount:ident).+ => $found:expr) => {
        impl kervan_settling::Settle for $call {
            type ReadBack = $crate::payments::status::query::QueryPayment;

            /// Returns the shop's key of the attempt.
            fn key(&self) -> String {
                self.$($key).+.sent().into_owned()
            }

            fn read_back(&self) -> Option<Self::ReadBack> {
                Some(Self::ReadBack::by_key(self.$($key).+.clone()))
            }

            fn found(
                &self,
                now: kervan_core::AnswerOf<Self::ReadBack>,
                _baseline: Option<&kervan_settling::Baseline>,
            ) -> kervan_settling::Found<Self::Output, $crate::rejection::Rejection> {
                let asked = Self::ReadBack::by_key(self.$($key).+.clone());
                $found(now, &asked, self.$($amount).+)
            }
        }
    };
}

pub(crate) use settled_by_key;
