//! The check of all orders of a run.

use std::borrow::Borrow;
use std::collections::HashMap;

use kervan_core::Problems;
use serde::Serialize;

use crate::client::Client;
use crate::order::RequestNumber;
use crate::rules;
use crate::supplier_pays::CreateSupplierPaysOrder;

/// The problems of one order of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OrderProblems {
    /// Its place among the orders of the run, from zero.
    pub index: usize,
    /// Its key.
    pub number: RequestNumber,
    /// All problems, warnings included.
    pub problems: Problems,
}

/// Checks orders one after the other, and that their numbers differ.
pub(super) struct Checker<'c> {
    client: &'c Client,
    seen: HashMap<RequestNumber, usize>,
    index: usize,
}

impl<'c> Checker<'c> {
    pub(super) fn new(client: &'c Client) -> Self {
        Self {
            client,
            seen: HashMap::new(),
            index: 0,
        }
    }

    /// Returns whether an order of this number was among them.
    pub(super) fn has_seen(&self, number: &RequestNumber) -> bool {
        self.seen.contains_key(number)
    }

    /// Returns the problems of the next order.
    pub(super) fn check(&mut self, order: &CreateSupplierPaysOrder) -> OrderProblems {
        let index = self.index;
        self.index += 1;
        let mut problems = self.client.check(order);
        let first = *self.seen.entry(order.number.clone()).or_insert(index);
        if first != index {
            let problem = rules::NUMBER_TWICE.at("number");
            problems.push(problem.limit(format!("orders[{first}]")));
        }
        OrderProblems {
            index,
            number: order.number.clone(),
            problems,
        }
    }
}

impl Client {
    /// Returns all problems of some orders, order by order, warnings included. An order without a problem is
    /// not listed. Nothing is sent.
    pub fn check_all<I>(&self, orders: I) -> Vec<OrderProblems>
    where
        I: IntoIterator,
        I::Item: Borrow<CreateSupplierPaysOrder>,
    {
        let mut checker = Checker::new(self);
        let all = orders
            .into_iter()
            .map(|order| checker.check(order.borrow()));
        all.filter(|found| !found.problems.is_empty()).collect()
    }
}
