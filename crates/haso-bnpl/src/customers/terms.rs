//! The terms of a plan that is asked for.

use kervan_core::Money;
use serde::{Deserialize, Serialize};

/// The terms of a plan that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PlanTerms {
    /// The price of the order. Wire: `orderAmount`, times 100.
    pub amount: Money,
    /// Whether fees are left out. Wire: `notCalculateFees`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_fees: Option<bool>,
    /// Whether risky customers are not asked for the first installment at once. Wire:
    /// `forceRiskFreeEvaluate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_free: Option<bool>,
    /// Whether the plan is a deferred one. Wire: `postponeSelected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postponed: Option<bool>,
    /// A changed fee. The page asks for a value times 100 and explains 20 as 20 percent of the
    /// original; it is sent as it is. Wire: `RevisedFeeRate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_rate: Option<i64>,
    /// The merchant's own figure of the customer's limit; above zero it counts. Wire:
    /// `availableLimit`, times 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_limit: Option<Money>,
}

impl PlanTerms {
    /// Terms with an amount only.
    pub fn new(amount: Money) -> Self {
        Self {
            amount,
            no_fees: None,
            risk_free: None,
            postponed: None,
            fee_rate: None,
            available_limit: None,
        }
    }

    /// Sets whether fees are left out.
    #[must_use]
    pub fn no_fees(mut self, is_so: bool) -> Self {
        self.no_fees = Some(is_so);
        self
    }

    /// Sets whether risky customers are not asked for the first installment at once.
    #[must_use]
    pub fn risk_free(mut self, is_so: bool) -> Self {
        self.risk_free = Some(is_so);
        self
    }

    /// Sets whether the plan is a deferred one.
    #[must_use]
    pub fn postponed(mut self, is_so: bool) -> Self {
        self.postponed = Some(is_so);
        self
    }

    /// Sets the changed fee, sent as it is.
    #[must_use]
    pub fn fee_rate(mut self, rate: i64) -> Self {
        self.fee_rate = Some(rate);
        self
    }

    /// Sets the merchant's own figure of the customer's limit.
    #[must_use]
    pub fn available_limit(mut self, limit: Money) -> Self {
        self.available_limit = Some(limit);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_of_the_terms_has_a_setter_of_its_own() {
        let terms = || PlanTerms::new("5.00".parse().unwrap());
        let flags = |terms: PlanTerms| (terms.no_fees, terms.risk_free, terms.postponed);
        assert_eq!(flags(terms().no_fees(true)), (Some(true), None, None));
        assert_eq!(flags(terms().risk_free(true)), (None, Some(true), None));
        assert_eq!(flags(terms().postponed(false)), (None, None, Some(false)));
    }
}
