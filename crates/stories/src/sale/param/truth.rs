//! The truth about a sale over Param.

use kervan_sandbox::Kurus;
use kervan_sandbox::param::{Effect, OrderState, Param};
use kervan_settling::Settle;
use param_marketplace::RefundAmount;

use super::kurus;
use super::stored::{End, Refund, Stored};
use crate::sale::job::Job;
use crate::sale::{Breach, Judged};
use crate::told::{Claim, Rule};

fn count(effects: &[Effect], is_it: impl Fn(&Effect) -> bool) -> usize {
    effects.iter().filter(|effect| is_it(effect)).count()
}

fn of_job<O: Settle + Clone>(
    name: String,
    job: &Job<O>,
    effects: usize,
    is_wanted: bool,
) -> Judged {
    Judged {
        name,
        claim: job.claim.unwrap_or(Claim::Open),
        effects,
        is_wanted,
        is_repeated_well: false,
    }
}

pub(super) fn judged(stored: &Stored, world: &Param, effects: &[Effect]) -> Vec<Judged> {
    let mut judged = Vec::new();
    for begun in &stored.begun {
        let Some(step) = &begun.step else {
            continue;
        };
        let charges = count(
            effects,
            |effect| matches!(effect, Effect::Charged { key, .. } if *key == begun.key),
        );
        let is_charged = !world.charges(&begun.key).is_empty();
        let name = format!("the second step of {}", begun.key);
        judged.push(of_job(name, step, charges, is_charged));
    }
    let payment = stored.paid().map_or(0, |(paid, _)| paid.payment.get());
    for share in &stored.shares {
        let own = share.job.write.seller.as_str();
        let is_own = |seller: &str| seller.eq_ignore_ascii_case(own);
        let entered = count(effects, |effect| {
            matches!(effect, Effect::OrderEntered { payment: of, seller, .. }
                if of.unsigned_abs() == payment && is_own(seller))
        });
        let id = i64::try_from(payment).unwrap_or(0);
        let is_there = world.orders_of(id).iter().any(|one| is_own(&one.seller));
        judged.push(of_job(
            format!("the share of {own}"),
            &share.job,
            entered,
            is_there,
        ));
    }
    if let Some(approval) = &stored.approval {
        let own = approval.write.order.as_str();
        let approved = count(
            effects,
            |effect| matches!(effect, Effect::OrderApproved { key } if key.eq_ignore_ascii_case(own)),
        );
        let entry = world.order(own);
        let is_approved = entry.is_some_and(|one| one.state == OrderState::Approved);
        judged.push(of_job(
            "the approval".to_owned(),
            approval,
            approved,
            is_approved,
        ));
    }
    judged.extend(refund(stored, world, effects, payment));
    judged
}

fn refund(stored: &Stored, world: &Param, effects: &[Effect], number: u64) -> Option<Judged> {
    let back = |entry: Option<&str>| {
        count(effects, |effect| {
            matches!(effect, Effect::Refunded { payment, entry: of, .. }
                | Effect::Cancelled { payment, entry: of, .. }
                if payment.unsigned_abs() == number && of.as_deref() == entry)
        })
    };
    let name = "the refund".to_owned();
    let is_back = |payment: i64| {
        let payment = world.payment(payment);
        payment.is_some_and(|one| one.returned().is_positive())
    };
    let is_there = is_back(i64::try_from(number).unwrap_or(0));
    Some(match stored.back.as_ref()? {
        Refund::Shared(job) => {
            let key = job.write.order.as_str().to_ascii_lowercase();
            let entry = match job.write.amount {
                RefundAmount::Full => None,
                RefundAmount::Partial(_) => Some(key.as_str()),
            };
            of_job(name, job, back(entry), is_there)
        }
        Refund::Plain(job) => of_job(name, job, back(None), is_there),
    })
}

pub(super) fn check(stored: &Stored, world: &Param) -> Result<(), Breach> {
    for begun in &stored.begun {
        let charges = world.charges(&begun.key);
        let key = &begun.key;
        if charges.len() > 1 {
            return Err((Rule::OneEffect, format!("{key} was charged more than once")));
        }
        match (&begun.end, charges.first()) {
            (Some(End::Paid(paid, _)), Some(truth)) => {
                let said = (paid.payment.get(), kurus(paid.total), kurus(paid.net));
                let is = (truth.id.unsigned_abs(), truth.amount, truth.net());
                if said != is {
                    return Err((Rule::Money, format!("{key}: said {said:?}, is {is:?}")));
                }
            }
            (Some(End::Paid(..)), None) => {
                return Err((Rule::Done, format!("{key} is said to be paid, and is not")));
            }
            (Some(End::NotPaid), Some(_)) => {
                return Err((
                    Rule::NotDone,
                    format!("{key} is said not to be paid, and is"),
                ));
            }
            _ => {}
        }
    }
    let shares = stored.shares.iter().map(|share| &share.job.write);
    let net: Kurus = shares.map(|detail| kurus(detail.product_amount)).sum();
    let paid = stored.paid().filter(|_| !stored.shares.is_empty());
    if let Some((paid, _)) = paid.filter(|(paid, _)| net != kurus(paid.net)) {
        return Err((Rule::Money, format!("shares of {net:?}, net {}", paid.net)));
    }
    world.check_sums().map_err(|why| (Rule::Money, why))
}

pub(super) fn check_end(stored: &Stored, world: &Param, is_twice: bool) -> Result<(), Breach> {
    for payment in world.payments().iter().filter(|one| one.is_charged()) {
        let known = stored.begun.iter().find(|one| one.key == payment.key);
        let is_known = known.is_some_and(|one| matches!(one.end, Some(End::Paid(..))));
        if !is_known {
            let detail = format!("{} was charged, and the shop does not know", payment.key);
            return Err((Rule::Known, detail));
        }
    }
    if is_twice {
        return Ok(());
    }
    // Each of these can be decided, once its time has come.
    let open = |name: &str| Err((Rule::Open, format!("{name} is still open")));
    if stored.shares.iter().any(|share| !share.job.is_settled()) {
        return open("a share");
    }
    if stored
        .approval
        .as_ref()
        .is_some_and(|job| !job.is_settled())
    {
        return open("the approval");
    }
    if stored.back.as_ref().is_some_and(|back| !back.is_settled()) {
        return open("the refund");
    }
    Ok(())
}
