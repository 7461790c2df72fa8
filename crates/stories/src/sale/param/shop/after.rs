//! The steps after the payment: shares, approval, refund.

use chrono::{DateTime, Utc};
use kervan_turkiye::Money;
use param_marketplace::payments::{PaidOrder, RefundPayment};
use param_marketplace::split::{Commission, Gross, Part};
use param_marketplace::{CancelOrRefund, EnteredShare, RefundAmount, SetOrderStatus, Undo};

use super::super::stored::{Refund, Share, Stored};
use super::super::{Back, SELLERS};
use super::Shop;
use crate::sale::job::{Change, Job};
use crate::told::Claim;

impl Shop<'_> {
    /// Shares, approves and gives back.
    pub(super) async fn after_payment(&self, stored: &Stored) {
        let Some((paid, _)) = stored.paid() else {
            return;
        };
        if self.sale.has_sellers && stored.shares.is_empty() {
            if let Some(shares) = shares(paid) {
                self.store.change(|stored| stored.shares = shares);
            }
            return;
        }
        for (at, share) in stored.shares.iter().enumerate() {
            if !share.job.is_settled() {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        let share = &mut stored.shares[at];
                        share.job.keep(&change);
                        if let Change::Claim(_, Some(entered)) = &change {
                            let entered: &param_marketplace::OrderDetail = entered;
                            share.key = Some(entered.order.clone());
                        }
                    });
                };
                return share.job.go_on(self.client, keep).await;
            }
        }
        let entered = stored.shares.first().and_then(|share| share.key.clone());
        match (&stored.approval, entered) {
            (None, Some(key)) => {
                let approve = Job::new(SetOrderStatus::approve(key));
                self.store.change(|stored| stored.approval = Some(approve));
            }
            (Some(approval), _) if !approval.is_settled() => {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        stored.approval.iter_mut().for_each(|job| job.keep(&change));
                    });
                };
                approval.go_on(self.client, keep).await;
            }
            _ => self.give_back(stored).await,
        }
    }

    async fn give_back(&self, stored: &Stored) {
        match &stored.back {
            None => {
                let back = self.refund(stored);
                self.store.change(|stored| stored.back = back);
            }
            Some(Refund::Shared(job)) if !job.is_settled() => {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        if let Some(Refund::Shared(job)) = &mut stored.back {
                            job.keep(&change);
                        }
                    });
                };
                job.go_on(self.client, keep).await;
            }
            Some(Refund::Plain(job)) if !job.is_settled() => {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        if let Some(Refund::Plain(job)) = &mut stored.back {
                            job.keep(&change);
                        }
                    });
                };
                job.go_on(self.client, keep).await;
            }
            Some(
                Refund::Shared(Job {
                    claim: Some(Claim::Refused),
                    ..
                })
                | Refund::Plain(Job {
                    claim: Some(Claim::Refused),
                    ..
                }),
            ) if !stored.was_wrong_day => {
                // The day in Türkiye may have ended since.
                let back = self.refund(stored);
                self.store.change(|stored| {
                    stored.back = back;
                    stored.was_wrong_day = true;
                });
            }
            Some(_) => {}
        }
    }

    /// Builds the refund of the plan, for the day of today.
    fn refund(&self, stored: &Stored) -> Option<Refund> {
        let (paid, at) = stored.paid()?;
        let now = self.client.host().now();
        let undo = match Undo::between(DateTime::<Utc>::from(at), DateTime::<Utc>::from(now)) {
            // A cancellation that was refused is tried as a refund.
            Undo::Cancel if stored.was_refused() => Undo::Refund,
            undo => undo,
        };
        let part = Money::from_kurus(1_000).ok()?;
        if let [_, second] = stored.shares.as_slice() {
            let amount = match self.sale.back {
                Back::Nothing => return None,
                Back::Whole => RefundAmount::Full,
                Back::Part => {
                    let entered = EnteredShare::of(&second.job.write).ok()?;
                    RefundAmount::part(part).of(&entered).ok()?
                }
            };
            let order = paid.order.as_str();
            let refund = CancelOrRefund::new(second.key.clone()?, order, undo, amount);
            return Some(Refund::Shared(Job::new(refund)));
        }
        let order = paid.order.clone();
        let refund = match (self.sale.back, undo) {
            (Back::Nothing, _) => return None,
            // A cancellation gives everything back.
            (_, Undo::Cancel) => RefundPayment::cancel(order, paid.total),
            (Back::Part, _) => RefundPayment::refund(order, part).after(Money::ZERO),
            (Back::Whole, _) => RefundPayment::refund(order, paid.total).after(Money::ZERO),
        };
        Some(Refund::Plain(Job::new(refund)))
    }
}

/// Divides the money among two sellers; the marketplace keeps a part of each share.
fn shares(paid: &PaidOrder) -> Option<Vec<Share>> {
    let gross = paid.total.kurus();
    let (first, keep) = (gross / 3 * 2, gross / 20);
    let money = |kurus| Money::from_kurus(kurus).ok();
    let part = |seller: &str, amount| {
        let commission = Commission::new(money(keep)?).ok()?;
        let part = Part::new(seller, Gross::new(money(amount)?).ok()?);
        Some(part.keep(commission))
    };
    let parts = vec![part(SELLERS[0], first)?, part(SELLERS[1], gross - first)?];
    let details = paid.split(parts).ok()?.into_iter();
    let share = |detail| Share {
        job: Job::new(detail),
        key: None,
    };
    Some(details.map(share).collect())
}

impl Stored {
    fn was_refused(&self) -> bool {
        let claim = match &self.back {
            Some(Refund::Shared(job)) => job.claim,
            Some(Refund::Plain(job)) => job.claim,
            None => None,
        };
        claim == Some(Claim::Refused)
    }
}
