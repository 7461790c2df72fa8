//! Writes that nothing settles: expenses, limits of the merchant's own system, balances.

use chrono::NaiveDate;
use haso_bnpl::{LoadBalance, SendExpense, SetLimitFromKds};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;

use super::limits::shopper;
use super::{CUSTOMERS, Made, made, money, world};
use crate::{Subject, Write, clock};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Expense>(),
        Write::of::<Limit>(),
        Write::of::<Balance>(),
    ]
}

/// `SendTransactionExpense`.
struct Expense {
    orders: [Made; 2],
}

impl Expense {
    fn of(&self, which: usize) -> Blind<SendExpense> {
        let made = &self.orders[which];
        let (transaction, order) = (made.transaction.as_str(), made.order.as_str());
        Blind::new(SendExpense::new(
            transaction.into(),
            order.into(),
            money("12.50"),
        ))
    }
}

impl Subject for Expense {
    const NAME: &'static str = "haso SendTransactionExpense";
    const OTHERS: &'static [&'static str] = &[
        "reports the same total",
        "reports the expenses of another order",
    ];
    const IS_REPEATED_WELL: bool = true;
    type World = Haso;
    type Write = Blind<SendExpense>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        let orders = [(); 2].map(|()| made(&mut world, Status::Active, now, chance));
        (Self { orders }, world)
    }

    fn write(&self) -> Blind<SendExpense> {
        self.of(0)
    }

    fn neighbour(&self) -> Option<Blind<SendExpense>> {
        Some(self.of(1))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        let own = &self.orders[0].transaction;
        matches!(effect, Effect::ExpensesSet { transaction, .. } if transaction == own)
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let transaction = world.transaction_of(&self.orders[0].order);
        transaction.is_some_and(|one| !one.expenses.is_zero())
    }
}

/// `SetLimitFromKds`.
struct Limit;

fn limit(which: usize) -> Blind<SetLimitFromKds> {
    let birth = NaiveDate::from_ymd_opt(1990, 5, 1).unwrap_or_default();
    let shopper = shopper(which).birth_date(birth);
    Blind::new(SetLimitFromKds::new(shopper, "SEG", money("20000.00")))
}

impl Subject for Limit {
    const NAME: &'static str = "haso SetLimitFromKds";
    const OTHERS: &'static [&'static str] = &["sets the same limit", "sets that of another"];
    const IS_REPEATED_WELL: bool = true;
    type World = Haso;
    type Write = Blind<SetLimitFromKds>;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, world())
    }

    fn write(&self) -> Blind<SetLimitFromKds> {
        limit(0)
    }

    fn neighbour(&self) -> Option<Blind<SetLimitFromKds>> {
        Some(limit(1))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::LimitSet { customer, .. } if customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let limit = world.customer(CUSTOMERS[0]).and_then(|one| one.limit);
        limit.is_some_and(|limit| limit.normalize().to_string() == "20000")
    }
}

/// `LoadCustomerBalance`.
struct Balance;

fn balance(which: usize) -> Blind<LoadBalance> {
    let today = clock::today();
    Blind::new(LoadBalance::new(CUSTOMERS[which], money("50.00"), today))
}

impl Subject for Balance {
    const NAME: &'static str = "haso LoadCustomerBalance";
    const OTHERS: &'static [&'static str] = &["adds the same amount", "adds to another balance"];
    type World = Haso;
    type Write = Blind<LoadBalance>;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, world())
    }

    fn write(&self) -> Blind<LoadBalance> {
        balance(0)
    }

    fn neighbour(&self) -> Option<Blind<LoadBalance>> {
        Some(balance(1))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::BalanceLoaded { customer, .. } if customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let customer = world.customer(CUSTOMERS[0]);
        customer.is_some_and(|customer| !customer.balance.is_zero())
    }
}
