//! The parts that a server around a world needs.

use std::collections::BTreeSet;

use super::Horoz;
use super::effect::Effect;
use super::operation::Operation;
use super::step::Step;
use crate::values::chance::new_digits;
use crate::values::{answers, journal};
use crate::{Chance, Hosted, Moment, Post, Request, StateName};

/// The account of the examples.
const ACCOUNT: i64 = 801_452;

impl Hosted for Horoz {
    const NAME: &'static str = "horoz";

    const SERVICES: &'static [(&'static str, &'static str)] = &[("everything", "")];

    /// Horoz posts nothing: the pages describe no notification.
    const POSTS: &'static [&'static str] = &[];

    type Step = Step;

    /// No answer names an address of Horoz' own, so the address is not kept.
    fn open(_base: &str, chance: Option<&mut Chance>) -> Self {
        let mut world = Horoz::demo();
        let account = match chance {
            None => ACCOUNT,
            Some(chance) => {
                let (high, low) = (chance.draw(), chance.draw());
                world.settings.process_key = format!("{high:016x}{low:016x}");
                let code = new_digits(chance, 6, |drawn| drawn.starts_with('0'));
                code.parse().unwrap_or(ACCOUNT)
            }
        };
        world.settings.accounts = BTreeSet::from([account]);
        world
    }

    fn operations() -> Vec<String> {
        let all = Operation::ALL.into_iter();
        all.map(|operation| operation.name().to_owned()).collect()
    }

    fn move_to(&mut self, _base: &str) {}

    /// The key, and the code of each account.
    fn login(&self) -> Vec<(&'static str, String)> {
        let key = ("process_key", self.settings.process_key.clone());
        let accounts = self.settings.accounts.iter();
        let accounts = accounts.map(|code| ("supplier_code", code.to_string()));
        std::iter::once(key).chain(accounts).collect()
    }

    /// By the header `processKey`.
    fn names_in(request: &Request) -> Vec<String> {
        let key = answers::header(request, "processKey");
        key.map(str::to_owned).into_iter().collect()
    }

    fn has_name(&self, names: &[String]) -> bool {
        names.contains(&self.settings.process_key)
    }

    fn forget_old(&mut self) {
        journal::forget_old(&mut self.journal);
    }

    fn act(&mut self, step: Step, now: Moment, chance: &mut Chance) -> Result<Vec<Effect>, String> {
        self.step(step, now, chance)
    }

    fn take_posts(&mut self) -> Vec<Post> {
        Vec::new()
    }

    /// Orders by their numbers.
    fn states(&self) -> Vec<(String, StateName)> {
        let state = |order: &super::Order| (order.number.clone(), order.word());
        self.orders().map(state).collect()
    }
}
