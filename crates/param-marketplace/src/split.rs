//! Splits a payment among its sellers, exactly to the kuruş.
//!
//! Four amounts that are easily confused have four types:
//!
//! | type | amount |
//! |---|---|
//! | [`Gross`] | the amount that the buyer pays |
//! | [`Net`] | the rest after Param's commission; the shares sum to it |
//! | [`Commission`] | the amount that somebody keeps: Param of the gross, the marketplace of a seller's net |
//! | [`SellerShare`] | the amount that is paid to a seller: the net share less the marketplace's commission |
//!
//! Each share is rounded down. The remaining kuruş go one each to the shares with the largest remainders;
//! of equal remainders, the earlier share comes first. So every share is less than one kuruş from the exact
//! one.
//!
//! ```
//! use param_marketplace::split::{Commission, Gross, Part, Split};
//! use param_marketplace::{Money, PaymentId};
//!
//! let money = |text: &str| text.parse::<Money>();
//! let paid = Gross::new(money("100.00")?)?;
//! let net = paid.less(Commission::new(money("1.75")?)?)?; // as the payment's answer reports
//!
//! let split = Split::of(
//!     net,
//!     vec![
//!         Part::new("seller-a", Gross::new(money("66.67")?)?).keep(Commission::new(money("5.00")?)?),
//!         Part::new("seller-b", Gross::new(money("33.33")?)?),
//!     ],
//! )?;
//! let nets: Vec<_> = split.shares().iter().map(|share| share.net.money().dot()).collect();
//! assert_eq!(nets, ["65.50", "32.75"]);
//!
//! let details = split.details(PaymentId::new(1_247_910_825));
//! assert_eq!(details[0].product_amount.dot(), "65.50");
//! assert_eq!(details[0].payable.dot(), "60.50");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::cmp::Reverse;

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::ids::{PaymentId, SubMerchantId};
use crate::orders::AddOrderDetail;

/// An amount that its type does not allow, or parts that cannot be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// An amount of zero or less.
    #[error("an amount is more than zero")]
    NotPositive,
    /// A commission below zero.
    #[error("a commission is not less than zero")]
    NegativeCommission,
    /// A commission that equals or exceeds its amount.
    #[error("a commission is less than the amount it is taken from")]
    NothingLeft,
    /// No parts.
    #[error("there is nothing to split")]
    NoParts,
    /// A part whose share is less than one kuruş. It holds the part's place, from 0.
    #[error("the share of part {0} is nothing")]
    NothingForPart(usize),
    /// A part whose seller has an earlier one. Add them up, because the service does not document two
    /// orders of one seller for one payment, and a lost answer could not be settled. It holds the part's
    /// place, from 0.
    #[error("the seller of part {0} has an earlier part")]
    SellerTwice(usize),
}

macro_rules! positive_amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(try_from = "Money", into = "Money")]
        pub struct $name(Money);

        impl $name {
            /// Creates it from an amount.
            ///
            /// # Errors
            ///
            /// [`SplitError::NotPositive`] for zero or less.
            pub fn new(amount: Money) -> Result<Self, SplitError> {
                if amount.is_positive() {
                    Ok(Self(amount))
                } else {
                    Err(SplitError::NotPositive)
                }
            }

            /// Returns the plain amount.
            pub fn money(self) -> Money {
                self.0
            }
        }

        impl TryFrom<Money> for $name {
            type Error = SplitError;

            fn try_from(amount: Money) -> Result<Self, SplitError> {
                Self::new(amount)
            }
        }

        impl From<$name> for Money {
            fn from(amount: $name) -> Self {
                amount.0
            }
        }
    };
}

positive_amount! {
    /// The amount that the buyer pays, before any commission.
    Gross
}
positive_amount! {
    /// A gross amount without Param's commission. Wire: `Tutar_Urun` of a share.
    Net
}
positive_amount! {
    /// The amount that is paid to a seller. Wire: `Tutar_Odenecek`.
    SellerShare
}

/// The commission that is kept of an amount; it may be zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Money", into = "Money")]
pub struct Commission(Money);

impl Commission {
    /// No commission.
    pub const NONE: Self = Self(Money::ZERO);

    /// Creates a commission from an amount.
    ///
    /// # Errors
    ///
    /// [`SplitError::NegativeCommission`] below zero.
    pub fn new(amount: Money) -> Result<Self, SplitError> {
        if amount >= Money::ZERO {
            Ok(Self(amount))
        } else {
            Err(SplitError::NegativeCommission)
        }
    }

    /// Returns the plain amount.
    pub fn money(self) -> Money {
        self.0
    }
}

impl TryFrom<Money> for Commission {
    type Error = SplitError;

    fn try_from(amount: Money) -> Result<Self, SplitError> {
        Self::new(amount)
    }
}

impl From<Commission> for Money {
    fn from(commission: Commission) -> Self {
        commission.0
    }
}

/// Subtracts a commission from an amount; the rest must be above zero.
fn less(amount: Money, commission: Commission) -> Result<Money, SplitError> {
    let left = amount.checked_sub(commission.0);
    left.filter(|left| left.is_positive())
        .ok_or(SplitError::NothingLeft)
}

impl Gross {
    /// Subtracts Param's commission.
    ///
    /// # Errors
    ///
    /// [`SplitError::NothingLeft`] when nothing is left.
    pub fn less(self, commission: Commission) -> Result<Net, SplitError> {
        less(self.0, commission).map(Net)
    }
}

impl Net {
    /// Subtracts the marketplace's commission from a seller's net share.
    ///
    /// # Errors
    ///
    /// [`SplitError::NothingLeft`] when nothing is left.
    pub fn less(self, commission: Commission) -> Result<SellerShare, SplitError> {
        less(self.0, commission).map(SellerShare)
    }
}

/// One seller's part of the amount that the buyer pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Part {
    /// The seller.
    pub seller: SubMerchantId,
    /// The amount that the buyer pays for this seller's goods. The net amount is divided in this
    /// proportion.
    pub gross: Gross,
    /// The commission that the marketplace keeps of the seller's net share.
    pub commission: Commission,
}

impl Part {
    /// Creates a part without a commission of the marketplace.
    pub fn new(seller: impl Into<SubMerchantId>, gross: Gross) -> Self {
        Self {
            seller: seller.into(),
            gross,
            commission: Commission::NONE,
        }
    }

    /// Sets the commission that the marketplace keeps.
    #[must_use]
    pub fn keep(mut self, commission: Commission) -> Self {
        self.commission = commission;
        self
    }
}

/// One seller's share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Share {
    /// The seller.
    pub seller: SubMerchantId,
    /// The amount that the buyer pays for this seller's goods.
    pub gross: Gross,
    /// This seller's share of the payment's net amount.
    pub net: Net,
    /// The commission that the marketplace keeps of it.
    pub commission: Commission,
    /// The amount that is paid to the seller: net less commission.
    pub seller_share: SellerShare,
}

/// A payment split among its sellers: the net shares sum to the payment's net amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Split {
    shares: Vec<Share>,
}

impl Split {
    /// Splits a payment's net amount in proportion to the gross parts. The parts need not sum to
    /// the payment's gross amount: a discount or a delivery fee is then borne in proportion.
    ///
    /// # Errors
    ///
    /// [`SplitError`] when the parts are empty, a seller has two, or one gets nothing.
    pub fn of(net: Net, parts: Vec<Part>) -> Result<Self, SplitError> {
        if parts.is_empty() {
            return Err(SplitError::NoParts);
        }
        for (place, part) in parts.iter().enumerate() {
            let is_same = |earlier: &Part| earlier.seller == part.seller;
            if parts[..place].iter().any(is_same) {
                return Err(SplitError::SellerTwice(place));
            }
        }
        let weights: Vec<_> = parts.iter().map(|part| kurus(part.gross.0)).collect();
        let nets = divide(kurus(net.0), &weights);
        let mut shares = Vec::with_capacity(parts.len());
        for (place, (part, kurus)) in parts.into_iter().zip(nets).enumerate() {
            let amount = i64::try_from(kurus).ok().map(Money::from_kurus);
            let net = amount
                .and_then(Result::ok)
                .and_then(|net| Net::new(net).ok());
            let net = net.ok_or(SplitError::NothingForPart(place))?;
            shares.push(Share {
                seller: part.seller,
                gross: part.gross,
                net,
                commission: part.commission,
                seller_share: net.less(part.commission)?,
            });
        }
        Ok(Self { shares })
    }

    /// Returns the shares, in the order of the parts.
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// Returns the order entries for a payment, one for each share.
    ///
    /// The provider refuses an entry whose amounts exceed the payment's net amount. Its list of
    /// errors is stricter than its page: an entry of exactly the collected amount is refused too.
    pub fn details(&self, payment: PaymentId) -> Vec<AddOrderDetail> {
        let detail = |share: &Share| {
            let seller = share.seller.clone();
            AddOrderDetail::new(payment, seller)
                .product_amount(share.net.0)
                .payable(share.seller_share.0)
        };
        self.shares.iter().map(detail).collect()
    }
}

/// Returns a positive amount in kuruş.
fn kurus(amount: Money) -> u128 {
    u128::from(amount.kurus().unsigned_abs())
}

/// Divides a total in proportion to weights that are not all zero. Shares are rounded down, and the rest
/// goes one each to the largest remainders, of equal ones to the earlier. Amounts are below 10^17 kuruş, so
/// products do not overflow.
fn divide(total: u128, weights: &[u128]) -> Vec<u128> {
    let sum: u128 = weights.iter().sum();
    let mut parts: Vec<_> = weights.iter().map(|weight| total * weight / sum).collect();
    let left = total - parts.iter().sum::<u128>();
    let mut by_remainder: Vec<_> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&at| Reverse(total * weights[at] % sum));
    for (at, _) in by_remainder.into_iter().zip(0..left) {
        parts[at] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MOST: i64 = 99_999_999_999_999_999;

    fn money(kurus: i64) -> Money {
        Money::from_kurus(kurus).unwrap()
    }

    fn part(seller: usize, gross: i64) -> Part {
        Part::new(seller.to_string(), Gross::new(money(gross)).unwrap())
    }

    fn nets(net: i64, gross: &[i64]) -> Vec<i64> {
        let parts = gross.iter().enumerate().map(|(i, &g)| part(i, g)).collect();
        let split = Split::of(Net::new(money(net)).unwrap(), parts).unwrap();
        split
            .shares()
            .iter()
            .map(|share| share.net.0.kurus())
            .collect()
    }

    #[test]
    fn of_equal_remainders_the_earlier_share_gets_the_kurus() {
        assert_eq!(nets(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(nets(101, &[1, 1, 1]), [34, 34, 33]);
        assert_eq!(nets(10, &[5, 5, 5, 5]), [3, 3, 2, 2]);
    }

    #[test]
    fn the_largest_remainder_comes_first_wherever_it_stands() {
        // Exactly 1.4, 2.8, 2.8.
        assert_eq!(nets(7, &[1, 2, 2]), [1, 3, 3]);
        // Exactly 3.5, 1.75, 1.75: two kuruş are left.
        assert_eq!(nets(7, &[2, 1, 1]), [3, 2, 2]);
    }

    #[test]
    fn amounts_keep_to_their_types() {
        assert_eq!(Gross::new(Money::ZERO), Err(SplitError::NotPositive));
        assert_eq!(Net::new(money(-1)), Err(SplitError::NotPositive));
        assert_eq!(
            Commission::new(money(-1)),
            Err(SplitError::NegativeCommission)
        );
        let net = Net::new(money(100)).unwrap();
        let all = Commission::new(money(100)).unwrap();
        assert_eq!(net.less(all), Err(SplitError::NothingLeft));
        assert_eq!(
            net.less(Commission::NONE).map(SellerShare::money),
            Ok(money(100))
        );
        assert!(serde_json::from_str::<Net>("\"0.00\"").is_err());
    }

    #[test]
    fn parts_that_cannot_be_split_are_refused() {
        let net = Net::new(money(2)).unwrap();
        assert_eq!(Split::of(net, vec![]), Err(SplitError::NoParts));
        let tiny = vec![part(0, 1_000), part(1, 1)];
        assert_eq!(Split::of(net, tiny), Err(SplitError::NothingForPart(1)));
        let gross = Gross::new(money(1)).unwrap();
        let twice = vec![Part::new("a", gross), Part::new("A", gross)];
        assert_eq!(Split::of(net, twice), Err(SplitError::SellerTwice(1)));
    }

    #[test]
    fn entries_carry_net_and_sellers_share() {
        let kept = Commission::new(money(25)).unwrap();
        let parts = vec![part(0, 300).keep(kept), part(1, 100)];
        let split = Split::of(Net::new(money(390)).unwrap(), parts).unwrap();
        let details = split.details(PaymentId::new(7));
        let amounts: Vec<_> = details
            .iter()
            .map(|detail| (detail.product_amount.kurus(), detail.payable.kurus()))
            .collect();
        assert_eq!(amounts, [(293, 268), (97, 97)]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total_and_none_is_a_kurus_off(
            total in 0..=MOST,
            weights in prop::collection::vec(1..=MOST, 1..20),
        ) {
            let total = u128::from(total.unsigned_abs());
            let weights: Vec<_> = weights.iter().map(|w| u128::from(w.unsigned_abs())).collect();
            let sum: u128 = weights.iter().sum();
            let parts = divide(total, &weights);
            prop_assert_eq!(parts.iter().sum::<u128>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                // |part - total * weight / sum| < 1, without fractions.
                prop_assert!((part * sum).abs_diff(total * weight) < sum);
            }
        }

        #[test]
        fn entries_sum_to_the_net_amount(
            net in 1_000_i64..1_000_000_000,
            gross in prop::collection::vec(100_i64..1_000, 1..10),
        ) {
            let parts = gross.iter().enumerate().map(|(i, &g)| part(i, g)).collect();
            let net = Net::new(money(net)).unwrap();
            let details = Split::of(net, parts).unwrap().details(PaymentId::new(1));
            let sum = Money::checked_sum(details.iter().map(|detail| detail.product_amount));
            prop_assert_eq!(sum, Some(net.money()));
        }
    }
}
