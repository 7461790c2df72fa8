//! The terms of a plan that is asked for.

use kervan_turkiye::Money;
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
    /// Creates terms with an amount only.
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
}

kervan_core::setters! { PlanTerms {
    /// Sets whether fees are left out.
    no_fees: Option<bool>,
    /// Sets whether risky customers are not asked for the first installment at once.
    risk_free: Option<bool>,
    /// Sets whether the plan is a deferred one.
    postponed: Option<bool>,
    /// Sets the changed fee, sent as it is.
    fee_rate: Option<i64>,
    /// Sets the merchant's own figure of the customer's limit.
    available_limit: Option<Money>,
}}

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
