//! The amount that a refund gives back, and the seller's amount of the order afterwards.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::add_detail::AddOrderDetail;
use crate::split::{Net, SellerShare, SplitError};

/// The amount that a refund gives back. A partial amount of zero cannot be built, because the provider
/// treats zero as everything.
///
/// ```
/// use param_marketplace::split::{Net, SellerShare};
/// use param_marketplace::{EnteredShare, Money, RefundAmount};
///
/// let money = |text: &str| text.parse::<Money>();
/// // The order was entered with 32.75, of which the seller gets 30.25. 10.00 of it go back.
/// let entered = EnteredShare::new(
///     Net::new(money("32.75")?)?,
///     SellerShare::new(money("30.25")?)?,
/// );
/// let amount = RefundAmount::part(money("10.00")?).of(&entered)?;
/// let RefundAmount::Partial(part) = amount else { unreachable!() };
/// assert_eq!(part.new_payable().dot(), "21.01");
///
/// // Or with an amount of the marketplace's own.
/// let amount = RefundAmount::part(money("10.00")?).leaving(money("20.25")?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "a third way would be another call")]
pub enum RefundAmount {
    /// The whole payment, for all its sellers together. Wire: `SiparisTutar` 0.
    #[serde(rename = "full")]
    Full,
    /// A part of one seller's order.
    #[serde(rename = "partial")]
    Partial(PartialAmount),
}

/// A part of one seller's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WholePartial", into = "WholePartial")]
pub struct PartialAmount {
    amount: Money,
    new_payable: Money,
}

/// The reason why a part cannot be refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPartialAmount {
    /// An amount of zero or less, which the provider would treat as everything.
    #[error("a partial refund is more than zero")]
    NotPositive,
    /// The seller's new amount is below zero.
    #[error("the seller's amount is not less than zero")]
    NegativePayable,
    /// An amount that exceeds the rest of the order.
    #[error("the refund is more than what is left of the order")]
    MoreThanLeft,
}

/// The fields of a [`PartialAmount`] before they are checked.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WholePartial {
    amount: Money,
    new_payable: Money,
}

impl RefundAmount {
    /// Starts a partial refund with the amount that is taken off this seller's order. The seller's new
    /// amount follows.
    pub fn part(amount: Money) -> RefundPart {
        RefundPart(amount)
    }
}

/// The amount taken off an order, until the seller's new amount is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RefundPart(Money);

impl RefundPart {
    /// Sets the seller's amount after the refund.
    ///
    /// # Errors
    ///
    /// [`NoPartialAmount`] for a refund of zero or less, or a seller's amount below zero.
    pub fn leaving(self, new_payable: Money) -> Result<RefundAmount, NoPartialAmount> {
        let amount = self.0;
        let fields = WholePartial {
            amount,
            new_payable,
        };
        PartialAmount::try_from(fields).map(RefundAmount::Partial)
    }

    /// Computes the seller's amount after the refund; see [`EnteredShare::payable_after`].
    ///
    /// # Errors
    ///
    /// [`NoPartialAmount`] for a refund of zero or less, or for more than is left.
    pub fn of(self, entered: &EnteredShare) -> Result<RefundAmount, NoPartialAmount> {
        self.leaving(entered.payable_after(self.0)?)
    }
}

/// A seller's order as it was entered, and the sum of its earlier refunds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnteredShare {
    product_amount: Net,
    payable: SellerShare,
    refunded: Money,
}

impl EnteredShare {
    /// Creates an order without refunds. Both amounts are those of the entry, not those that the query
    /// shows after a refund.
    pub fn new(product_amount: Net, payable: SellerShare) -> Self {
        Self {
            product_amount,
            payable,
            refunded: Money::ZERO,
        }
    }

    /// Returns the order that this request enters.
    ///
    /// # Errors
    ///
    /// [`SplitError::NotPositive`] for an amount that the request's check also rejects.
    pub fn of(detail: &AddOrderDetail) -> Result<Self, SplitError> {
        let payable = SellerShare::new(detail.payable)?;
        Ok(Self::new(Net::new(detail.product_amount)?, payable))
    }

    /// Returns the seller's amount after this refund.
    ///
    /// Seller and marketplace bear a refund in the proportion in which they share the order. The exact
    /// amount is the entered one × what is left of the order / the order, rounded to the nearest kuruş, a
    /// half in the seller's favour. It is computed from the entry each time, so that roundings do not add
    /// up: when the whole order is refunded, in any number of parts, the seller gets nothing.
    ///
    /// # Errors
    ///
    /// [`NoPartialAmount`] for zero or less, or for more than is left.
    pub fn payable_after(&self, amount: Money) -> Result<Money, NoPartialAmount> {
        if !amount.is_positive() {
            return Err(NoPartialAmount::NotPositive);
        }
        let whole = i128::from(self.product_amount.money().kurus());
        let back = i128::from(self.refunded.kurus()) + i128::from(amount.kurus());
        if back > whole || self.refunded < Money::ZERO {
            return Err(NoPartialAmount::MoreThanLeft);
        }
        let exact = i128::from(self.payable.money().kurus()) * (whole - back);
        let kurus = i64::try_from((2 * exact + whole) / (2 * whole)).ok();
        let payable = kurus.and_then(|kurus| Money::from_kurus(kurus).ok());
        payable.ok_or(NoPartialAmount::MoreThanLeft)
    }
}

kervan_core::setters! { EnteredShare {
    /// Sets the sum of the earlier refunds.
    refunded: Money,
}}

impl PartialAmount {
    /// Returns the amount that is taken off the order. Wire: `SiparisTutar`.
    pub fn amount(self) -> Money {
        self.amount
    }

    /// Returns the seller's amount after the refund. Wire: `OdenecekTutar`.
    pub fn new_payable(self) -> Money {
        self.new_payable
    }
}

impl TryFrom<WholePartial> for PartialAmount {
    type Error = NoPartialAmount;

    fn try_from(fields: WholePartial) -> Result<Self, NoPartialAmount> {
        let WholePartial {
            amount,
            new_payable,
        } = fields;
        if !amount.is_positive() {
            return Err(NoPartialAmount::NotPositive);
        }
        if new_payable < Money::ZERO {
            return Err(NoPartialAmount::NegativePayable);
        }
        Ok(Self {
            amount,
            new_payable,
        })
    }
}

impl From<PartialAmount> for WholePartial {
    fn from(partial: PartialAmount) -> Self {
        Self {
            amount: partial.amount,
            new_payable: partial.new_payable,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kurus(kurus: i64) -> Money {
        Money::from_kurus(kurus).unwrap()
    }

    fn entered(product: i64, payable: i64) -> EnteredShare {
        EnteredShare::new(
            Net::new(kurus(product)).unwrap(),
            SellerShare::new(kurus(payable)).unwrap(),
        )
    }

    #[test]
    fn a_refund_of_nothing_or_of_too_much_cannot_be_built() {
        let leaving = |amount, payable| RefundAmount::part(kurus(amount)).leaving(kurus(payable));
        assert_eq!(leaving(0, 100), Err(NoPartialAmount::NotPositive));
        assert_eq!(leaving(-100, 100), Err(NoPartialAmount::NotPositive));
        assert_eq!(leaving(100, -1), Err(NoPartialAmount::NegativePayable));
        assert!(leaving(1, 0).is_ok());
        let order = entered(983, 175).refunded(kurus(900));
        assert_eq!(
            order.payable_after(kurus(84)),
            Err(NoPartialAmount::MoreThanLeft)
        );
        assert_eq!(order.payable_after(kurus(83)), Ok(Money::ZERO));
        assert_eq!(
            order.payable_after(Money::ZERO),
            Err(NoPartialAmount::NotPositive)
        );
        let stored = r#"{"partial": {"amount": "0.00", "new_payable": "1.00"}}"#;
        assert!(serde_json::from_str::<RefundAmount>(stored).is_err());
        let below = entered(983, 175).refunded(kurus(-1));
        assert!(below.payable_after(kurus(1)).is_err());
    }

    #[test]
    fn a_half_is_in_the_sellers_favour() {
        // Half of 1.75 is 0.875.
        let half = entered(1000, 175).payable_after(kurus(500));
        assert_eq!(half, Ok(kurus(88)));
        let third = entered(300, 100).payable_after(kurus(100));
        assert_eq!(third, Ok(kurus(67)));
    }

    proptest! {
        #[test]
        fn parts_in_any_number_end_at_nothing(
            product in 1_i64..10_000_000_000,
            per_mille in 0_i64..=1000,
            parts in prop::collection::vec(1_i64..1_000_000_000, 0..20),
        ) {
            let payable = (product * per_mille / 1000).max(1);
            let order = entered(product, payable);
            let (mut back, mut last) = (0, kurus(payable));
            for part in parts {
                let Ok(now) = order.refunded(kurus(back)).payable_after(kurus(part)) else {
                    prop_assert!(back + part > product);
                    continue;
                };
                back += part;
                prop_assert!(now <= last && now >= Money::ZERO);
                // Within half a kuruş of the exact amount.
                let exact = i128::from(payable) * i128::from(product - back);
                let off = i128::from(now.kurus()) * i128::from(product) - exact;
                prop_assert!(2 * off.abs() <= i128::from(product));
                last = now;
            }
            if back < product {
                let rest = order.refunded(kurus(back)).payable_after(kurus(product - back));
                prop_assert_eq!(rest, Ok(Money::ZERO));
            }
        }
    }
}
