//! The shop's program: it begins payments, takes returns, and continues what it has stored.

mod after;

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use kervan_settling::Settler;
use param_marketplace::Settings;
use param_marketplace::payments::callback::{
    ExpectedModel, ExpectedPayment, ModelCallback, ModelResult, PayCallback, PayResult,
};
use param_marketplace::payments::{
    Card, CompletePayment, Currency, ListPayments, ModelPayment, PaidOrder, Payment, PaymentRecord,
    PaymentState, PosPayment, QueryPayment, ReturnUrls, Sale, Security,
};

use super::stored::{Begun, End, Expected, Stored, Verified};
use super::{CARD, MOST, ORDER, ParamSale};
use crate::sale::job::{Change, Job};
use crate::sale::store::Store;
use crate::sale::{Arrival, Program, Taken};

pub(in crate::sale) struct Shop<'a> {
    pub(super) sale: &'a ParamSale,
    pub(super) client: &'a Settler<Settings>,
    pub(super) store: &'a Store<Stored>,
}

impl Program for Shop<'_> {
    /// Goes on by one step.
    async fn go_on(&self, choice: u8) {
        let stored = self.store.read();
        let begun = stored.begun.iter().enumerate();
        for (at, one) in begun.filter(|(_, one)| one.end.is_none()) {
            if one.step.as_ref().is_some_and(|step| !step.is_settled()) {
                return self.complete(at).await;
            }
            if one.verified.is_some() {
                return self.confirm(at).await;
            }
        }
        // Nobody comes back: only the status tells.
        if choice >= 3 && self.ask(&stored).await {
            return;
        }
        if stored.paid().is_none() {
            let can_come = stored.begun.iter().any(Begun::may_come_back);
            if !can_come && stored.begun.len() < MOST {
                self.begin(stored.begun.len()).await;
            }
            return;
        }
        self.after_payment(&stored).await;
    }

    /// Takes a post to the return address.
    async fn take(&self, post: &Arrival) -> Taken {
        if self.sale.is_model {
            self.take_model(post).await
        } else {
            self.take_pay(post).await
        }
    }
}

impl Shop<'_> {
    /// Begins a payment, under a new key.
    async fn begin(&self, at: usize) {
        let key = format!("{ORDER}-{}", at + 1);
        let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
        let urls = ReturnUrls::both("https://shop.example/back");
        let (order, total) = (ORDER.into(), self.sale.total);
        let sale = Sale::new(order, key.as_str().into(), total, urls, customer);
        let sale = sale.phone("5550000001").described("Deneme");
        let card = Card::new(CARD)
            .holder("Deneme")
            .month("12")
            .year("2031")
            .code("000");
        let begun = Begun {
            key,
            at: self.client.host().now(),
            attempt: None,
            expected: None,
            step: None,
            verified: None,
            end: None,
        };
        let keep = |attempt| {
            self.store.change(|stored| {
                stored.begun.push(Begun {
                    attempt: Some(attempt),
                    ..begun
                });
            });
        };
        let expected = if self.sale.is_model {
            let payment = ModelPayment::new(sale, card, Security::ThreeD);
            let Ok(attempt) = self.client.prepare(&payment).await else {
                return;
            };
            keep(attempt.clone());
            let started = self.client.send(&payment, &attempt).await;
            started.ok().and_then(|started| match started.value {
                Payment::Started(page) => {
                    ExpectedModel::of(&payment.sale, &page).map(Expected::Model)
                }
                Payment::Charged(_) => None,
            })
        } else {
            let payment = PosPayment::new(sale, card, Security::ThreeD);
            let Ok(attempt) = self.client.prepare(&payment).await else {
                return;
            };
            keep(attempt.clone());
            let started = self.client.send(&payment, &attempt).await;
            started.ok().and_then(|started| match started.value {
                Payment::Started(visit) => {
                    Some(Expected::Pay(ExpectedPayment::of(&payment.sale, &visit)))
                }
                Payment::Charged(_) => None,
            })
        };
        // Before the page is shown. Without it nobody has seen the page.
        self.store
            .change(|stored| stored.begun[at].expected = expected);
    }

    async fn take_pay(&self, post: &Arrival) -> Taken {
        let Ok(callback) = PayCallback::read(&post.delivery) else {
            return Taken::Refused;
        };
        let stored = self.store.read();
        let mut begun = stored.begun.iter();
        let Some(at) = begun.position(|one| one.key == callback.key().as_str()) else {
            return Taken::Refused;
        };
        let Some(Expected::Pay(expected)) = &stored.begun[at].expected else {
            return Taken::Refused;
        };
        match callback.verify(self.client.settings(), expected) {
            Ok(PayResult::Paid(paid)) => {
                if let Some(number) = paid.payment {
                    let verified = Verified {
                        number,
                        order: paid.order,
                        total: paid.total,
                    };
                    self.verified(at, verified).await;
                }
                Taken::Believed
            }
            Ok(PayResult::NotPaid(_)) => {
                self.end(at, End::NotPaid);
                Taken::Received
            }
            _ => Taken::Refused,
        }
    }

    async fn take_model(&self, post: &Arrival) -> Taken {
        let Ok(callback) = ModelCallback::read(&post.delivery) else {
            return Taken::Refused;
        };
        let stored = self.store.read();
        let tried = stored
            .begun
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(at, one)| {
                let Some(Expected::Model(expected)) = &one.expected else {
                    return None;
                };
                let verified = callback.clone().verify(self.client.settings(), expected);
                Some((at, verified.ok()?))
            });
        match tried.into_iter().next() {
            Some((at, ModelResult::Authenticated(proof))) => {
                if stored.begun[at].step.is_none() {
                    self.store.change(|stored| {
                        stored.begun[at].step = Some(Job::new(proof.complete()));
                    });
                }
                self.complete(at).await;
                Taken::Believed
            }
            Some((at, ModelResult::NotAuthenticated(_))) => {
                self.end(at, End::NotPaid);
                Taken::Received
            }
            _ => Taken::Refused,
        }
    }

    /// Sends the second step once, or finds out what became of it.
    async fn complete(&self, at: usize) {
        let stored = self.store.read();
        let Some(step) = &stored.begun[at].step else {
            return;
        };
        let keep = |change: Change<'_, CompletePayment>| {
            self.store.change(|stored| {
                let begun = &mut stored.begun[at];
                let number = begun.number();
                let Some(step) = &mut begun.step else {
                    return;
                };
                step.keep(&change);
                if step.is_done() {
                    begun.verified = number.map(|number| Verified {
                        number,
                        order: step.write.order.clone(),
                        total: self.sale.total,
                    });
                } else if step.is_settled() {
                    begun.end = Some(End::NotPaid);
                }
            });
        };
        step.go_on(self.client, keep).await;
    }

    async fn verified(&self, at: usize, verified: Verified) {
        self.store
            .change(|stored| stored.begun[at].verified = Some(verified));
        self.confirm(at).await;
    }

    /// Asks the service whether a verified payment is paid.
    async fn confirm(&self, at: usize) {
        let stored = self.store.read();
        let begun = &stored.begun[at];
        let Some(verified) = begun.verified.clone().filter(|_| begun.end.is_none()) else {
            return;
        };
        let query = QueryPayment::by_key(begun.key.as_str());
        let Ok(status) = self.client.call(&query).await else {
            return;
        };
        let (number, total) = (verified.number, verified.total);
        let paid = PaidOrder::confirm(number, &verified.order, total, Currency::Lira, &status);
        if let Ok(paid) = paid {
            self.end(at, End::Paid(paid, self.client.host().now()));
        }
    }

    /// Asks for each payment whose customer has not come back. Returns whether one ended by it.
    async fn ask(&self, stored: &Stored) -> bool {
        for (at, begun) in stored.begun.iter().enumerate() {
            // A second step that is open settles itself.
            if begun.end.is_some() || begun.attempt.is_none() || begun.step.is_some() {
                continue;
            }
            let query = QueryPayment::by_key(begun.key.as_str());
            let Ok(status) = self.client.call(&query).await else {
                continue;
            };
            let Some(record) = status.value.payment.as_ref() else {
                continue;
            };
            if record.is_paid() {
                let paid = self.listed(record).await;
                if let Some(paid) = paid.filter(|paid| paid.total == self.sale.total) {
                    self.end(at, End::Paid(paid, self.client.host().now()));
                    return true;
                }
            } else if matches!(
                record.state,
                Some(PaymentState::Failed | PaymentState::BankFailed)
            ) {
                self.end(at, End::NotPaid);
                return true;
            }
        }
        false
    }

    /// Finds a paid payment in the list. The query has no number of it, and the one of the start may be
    /// that of a twin.
    async fn listed(&self, record: &PaymentRecord) -> Option<PaidOrder> {
        let time = record.time.as_ref()?.time()?;
        let hour = Duration::from_secs(3_600);
        let list = ListPayments::between(time - hour, time + hour);
        let list = self.client.call(&list).await.ok()?;
        list.receipt(record.receipt.as_ref()?).ok()
    }

    fn end(&self, at: usize, end: End) {
        self.store.change(|stored| {
            // The first word of the service counts.
            stored.begun[at].end.get_or_insert(end);
        });
    }
}
