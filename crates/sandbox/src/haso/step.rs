//! Steps of people outside: customers on pages and in the app, and HASO's staff.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::activation::MOST_INSTALLMENTS;
use super::customer::Customer;
use super::effect::Effect;
use super::settings::Completion;
use super::world::Haso;
use crate::{Chance, Moment, Provider};

/// A step of somebody who is not a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The customer completes a page: an order, or the question for a limit.
    Complete {
        /// The page.
        #[serde(flatten)]
        page: Page,
        /// The number of installments. Default: that of the settings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        installments: Option<u32>,
    },
    /// The customer gives a page up, or HASO declines.
    Decline {
        /// The page.
        #[serde(flatten)]
        page: Page,
        /// The reason that the shop gets. Default: the customer gave up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A customer joins, or the one with this number changes.
    AddCustomer {
        /// HASO's number.
        customer: String,
        /// First names.
        #[serde(default)]
        name: String,
        /// Surname.
        #[serde(default)]
        surname: String,
        /// The national identity number.
        #[serde(default)]
        tckn: String,
        /// The mobile number, ten digits.
        #[serde(default)]
        mobile: String,
        /// The limit in lira.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Decimal>,
    },
    /// HASO suspends a customer.
    SuspendCustomer {
        /// HASO's number.
        customer: String,
    },
    /// HASO lifts the suspension of a customer.
    ReactivateCustomer {
        /// HASO's number.
        customer: String,
    },
    /// HASO changes a customer's limit, or lets it run out.
    SetLimit {
        /// HASO's number.
        customer: String,
        /// The limit in lira; without it, the customer has no valid one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Decimal>,
    },
    /// The customer shows a QR code of the app.
    ShowQr {
        /// HASO's number.
        customer: String,
    },
    /// The customer pays an installment to HASO.
    MarkPaid {
        /// The number of the installment.
        payment: String,
        /// A part of it, in lira; without it, all of the rest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Decimal>,
    },
    /// HASO refuses a mobile number with `RS115` from now on.
    RefusePhone {
        /// The number.
        mobile: String,
        /// The numbers that it offers in its place.
        #[serde(default)]
        offered: Vec<String>,
    },
    /// Every form token ends.
    ExpireTokens,
    /// Pages end in another way from now on.
    CompletePages {
        /// When.
        when: Completion,
    },
}

/// A page, by its own number or by the shop's number of its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(clippy::exhaustive_enums, reason = "a page has no third number")]
pub enum Page {
    /// By its own number.
    Session {
        /// The number, the last part of the page's address.
        session: String,
    },
    /// By its order.
    Order {
        /// The shop's number of the order.
        order: String,
    },
}

impl Haso {
    /// Does a step; see [`Hosted::act`](crate::Hosted::act).
    pub(super) fn step(
        &mut self,
        step: Step,
        now: Moment,
        chance: &mut Chance,
    ) -> Result<Vec<Effect>, String> {
        match step {
            Step::Complete { page, installments } => {
                let session = self.open_page(&page, now)?;
                let count = installments.unwrap_or(self.settings.installments);
                if !(1..=MOST_INSTALLMENTS).contains(&count) {
                    let text = format!("a plan has 1 to {MOST_INSTALLMENTS} installments");
                    return Err(text);
                }
                Ok(self.complete_in(&session, count, now, chance))
            }
            Step::Decline { page, reason } => {
                let session = self.open_page(&page, now)?;
                let reason = reason.unwrap_or_else(|| GIVEN_UP.to_owned());
                Ok(self.decline(&session, &reason))
            }
            Step::AddCustomer {
                customer,
                name,
                surname,
                tckn,
                mobile,
                limit,
            } => {
                let known = self.customer(&customer).cloned();
                self.add_customer(Customer {
                    name,
                    surname,
                    tckn,
                    mobile,
                    limit,
                    ..known.unwrap_or_else(|| Customer::new(customer))
                });
                Ok(Vec::new())
            }
            Step::SuspendCustomer { customer } => self.suspend(&customer, true),
            Step::ReactivateCustomer { customer } => self.suspend(&customer, false),
            Step::SetLimit { customer, limit } => {
                self.known(&customer)?.limit = limit;
                let limit = limit.unwrap_or_default();
                Ok(vec![Effect::LimitSet { customer, limit }])
            }
            Step::ShowQr { customer } => {
                self.known(&customer)?;
                let code = self.show_qr(&customer, now, chance);
                Ok(vec![Effect::QrShown { customer, code }])
            }
            Step::MarkPaid { payment, amount } => self.mark_paid(&payment, amount),
            Step::RefusePhone { mobile, offered } => {
                self.refuse_phone(mobile, offered);
                Ok(Vec::new())
            }
            Step::ExpireTokens => {
                self.expire_logins();
                Ok(Vec::new())
            }
            Step::CompletePages { when } => {
                self.settings.completion = when;
                Ok(Vec::new())
            }
        }
    }

    fn open_page(&self, page: &Page, now: Moment) -> Result<String, String> {
        let session = match page {
            Page::Session { session } => self.sessions.get(session),
            Page::Order { order } => self.session_of(order),
        };
        let session = session.ok_or("no page has this number")?;
        if session.is_over(now) {
            return Err("the page has expired".to_owned());
        }
        if session.state == super::SessionState::Open {
            Ok(session.id.clone())
        } else {
            Err("the page has ended".to_owned())
        }
    }

    fn known(&mut self, customer: &str) -> Result<&mut Customer, String> {
        let known = self.customers.get_mut(customer);
        Ok(known.ok_or("no customer has this number")?)
    }

    fn suspend(&mut self, customer: &str, is_suspended: bool) -> Result<Vec<Effect>, String> {
        self.known(customer)?.is_suspended = is_suspended;
        Ok(Vec::new())
    }

    fn mark_paid(&mut self, payment: &str, part: Option<Decimal>) -> Result<Vec<Effect>, String> {
        let found = self.transactions.values_mut().find_map(|one| {
            let index = one
                .installments
                .iter()
                .position(|row| row.code == payment)?;
            Some((one, index))
        });
        let (transaction, index) = found.ok_or("no installment has this number")?;
        if transaction.status != super::Status::Active {
            return Err("the order is not activated".to_owned());
        }
        let installment = &transaction.installments[index];
        if !installment.is_open() {
            return Err("the installment is paid or cancelled".to_owned());
        }
        let rest = transaction.rest_of(installment);
        let amount = part.unwrap_or(rest);
        if amount <= Decimal::ZERO || amount > rest {
            return Err("the amount is not a part of the installment".to_owned());
        }
        let installment = &mut transaction.installments[index];
        if amount == rest {
            installment.is_paid = true;
        } else {
            installment.received = installment.received.saturating_add(amount);
        }
        let payment = payment.to_owned();
        Ok(vec![Effect::Paid { payment, amount }])
    }
}

/// The reason of a page that its customer gave up.
pub(super) const GIVEN_UP: &str = "Müşteri işlemi iptal etti";
