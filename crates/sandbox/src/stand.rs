//! A provider behind its faults, whatever its types are.

use std::any::Any;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::exchange::Delivered;
use crate::{
    Call, Chance, Entry, Fault, Faulty, Hosted, Moment, Origin, Plan, Post, Refused, Request,
    StateName,
};

/// One provider of a world.
pub(crate) trait Stand: Any + Send {
    fn name(&self) -> &'static str;
    /// Returns the services, as pairs of name and path.
    fn services(&self) -> &'static [(&'static str, &'static str)];
    /// Returns the names of the operations.
    fn operations(&self) -> Vec<String>;
    /// Returns the kinds of posts to the shop.
    fn posts(&self) -> &'static [&'static str];
    /// Returns a provider that is equal in everything.
    fn copy(&self) -> Box<dyn Stand>;
    /// Sends one request over a connection.
    fn exchange(&mut self, connection: u64, request: &Request, now: Moment) -> Passed;
    fn end_connection(&mut self, connection: u64);
    /// Lets time pass.
    fn tick(&mut self, now: Moment);
    /// Lets somebody outside act; the step is JSON.
    fn act(&mut self, step: Value, now: Moment) -> Result<(), String>;
    fn plan(&mut self, plan: Plan);
    fn draw(&mut self, per_thousand: u32);
    fn unused(&self) -> Vec<&Plan>;
    fn forget_unused(&mut self);
    /// Takes what happened since the last time.
    fn take_news(&mut self) -> News;
    fn next_due(&self) -> Option<Moment>;
    fn move_to(&mut self, base: &str);
    fn login(&self) -> Vec<(&'static str, String)>;
    /// Returns everything that no log shows: the values of the login, and further secrets.
    fn secrets(&self) -> Vec<String>;
    /// Returns the names of accounts in a request.
    fn names_in(&self, request: &Request) -> Vec<String>;
    /// Returns whether one of them is the name of this account.
    fn has_name(&self, names: &[String]) -> bool;
    /// Returns whether a person's browser is on a page of the provider's.
    fn is_page(&self, request: &Request) -> bool;
    fn states(&self) -> Vec<(String, StateName)>;
    /// Returns state and chance as JSON.
    fn state(&self) -> Result<Value, String>;
    /// Reads them, and returns this provider with them in place of its own.
    fn with_state(&self, state: &Value) -> Result<Box<dyn Stand>, String>;
}

/// The fate of one request, without the types of a provider.
#[derive(Clone, Debug)]
pub(crate) struct Passed {
    pub(crate) call: Call,
    pub(crate) fault: Fault,
    pub(crate) delivered: Delivered,
}

/// The events at a provider.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    pub(crate) happened: Vec<Happened>,
    pub(crate) posts: Vec<Post>,
}

/// One entry of a provider's journal, its effects as JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Happened {
    pub(crate) at: Moment,
    pub(crate) origin: Origin,
    pub(crate) operation: String,
    pub(crate) key: Option<String>,
    pub(crate) is_read: bool,
    pub(crate) fault: Fault,
    pub(crate) status: u16,
    pub(crate) refused: Option<Refused>,
    pub(crate) effects: Vec<Value>,
}

impl<P: Hosted> Stand for Faulty<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn services(&self) -> &'static [(&'static str, &'static str)] {
        P::SERVICES
    }

    fn operations(&self) -> Vec<String> {
        P::operations()
    }

    fn posts(&self) -> &'static [&'static str] {
        P::POSTS
    }

    fn copy(&self) -> Box<dyn Stand> {
        Box::new(self.clone())
    }

    fn exchange(&mut self, connection: u64, request: &Request, now: Moment) -> Passed {
        let exchange = Faulty::exchange(self, connection, request, now);
        Passed {
            call: exchange.call,
            fault: exchange.fault,
            delivered: exchange.answer,
        }
    }

    fn end_connection(&mut self, connection: u64) {
        Faulty::end_connection(self, connection);
    }

    fn tick(&mut self, now: Moment) {
        Faulty::tick(self, now);
    }

    fn act(&mut self, step: Value, now: Moment) -> Result<(), String> {
        let step: P::Step =
            known(&step).map_err(|why| format!("not a step of {}: {why}", P::NAME))?;
        Faulty::act(self, now, |world, chance| {
            match world.act(step, now, chance) {
                Ok(effects) => (Ok(()), effects),
                Err(why) => (Err(why), Vec::new()),
            }
        })
    }

    fn plan(&mut self, plan: Plan) {
        Faulty::plan(self, plan);
    }

    fn draw(&mut self, per_thousand: u32) {
        Faulty::draw(self, per_thousand);
    }

    fn unused(&self) -> Vec<&Plan> {
        Faulty::unused(self)
    }

    fn forget_unused(&mut self) {
        self.take_unused();
    }

    fn take_news(&mut self) -> News {
        let happened = self.take_journal();
        self.world_mut().forget_old();
        News {
            happened: happened.into_iter().map(happened_of).collect(),
            posts: self.world_mut().take_posts(),
        }
    }

    fn next_due(&self) -> Option<Moment> {
        Faulty::next_due(self)
    }

    fn move_to(&mut self, base: &str) {
        self.world_mut().move_to(base);
    }

    fn login(&self) -> Vec<(&'static str, String)> {
        self.world().login()
    }

    fn secrets(&self) -> Vec<String> {
        let login = self.world().login().into_iter();
        let values = login.map(|(_, value)| value);
        values.chain(self.world().secrets()).collect()
    }

    fn names_in(&self, request: &Request) -> Vec<String> {
        P::names_in(request)
    }

    fn has_name(&self, names: &[String]) -> bool {
        self.world().has_name(names)
    }

    fn is_page(&self, request: &Request) -> bool {
        self.world().is_page(request)
    }

    fn states(&self) -> Vec<(String, StateName)> {
        self.world().states()
    }

    fn state(&self) -> Result<Value, String> {
        let value = |of: Result<Value, serde_json::Error>| of.map_err(|why| why.to_string());
        Ok(json!({
            "world": value(serde_json::to_value(self.world()))?,
            "chance": value(serde_json::to_value(self.chance()))?,
        }))
    }

    fn with_state(&self, state: &Value) -> Result<Box<dyn Stand>, String> {
        let (world, chance) = read::<P>(state)?;
        let mut replaced = self.clone();
        replaced.replace(world, chance);
        Ok(Box::new(replaced))
    }
}

fn read<P: Hosted>(state: &Value) -> Result<(P, Chance), String> {
    let part = |name: &str| state.get(name).cloned().unwrap_or_default();
    let world =
        known(&part("world")).map_err(|why| format!("not a state of {}: {why}", P::NAME))?;
    let chance = serde_json::from_value(part("chance"))
        .map_err(|why| format!("no chance beside the state of {}: {why}", P::NAME))?;
    Ok((world, chance))
}

/// Reads a value, of which every member is known: a misspelt one would be left out in silence.
fn known<T: Serialize + DeserializeOwned>(value: &Value) -> Result<T, String> {
    let read = T::deserialize(value).map_err(|why| why.to_string())?;
    let again = serde_json::to_value(&read).map_err(|why| why.to_string())?;
    match unknown_member(value, &again) {
        Some(name) => Err(format!("it has no member `{name}`")),
        None => Ok(read),
    }
}

/// Returns a member with a value that was lost in reading.
fn unknown_member(given: &Value, read: &Value) -> Option<String> {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            given.iter().find_map(|(name, value)| match read.get(name) {
                Some(read) => unknown_member(value, read),
                None => (!is_nothing(value)).then(|| name.clone()),
            })
        }
        (Value::Array(given), Value::Array(read)) => {
            let mut pairs = given.iter().zip(read);
            pairs.find_map(|(given, read)| unknown_member(given, read))
        }
        _ => None,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(rows) => rows.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn happened_of<E: Serialize>(entry: Entry<E>) -> Happened {
    let effect = |effect: &E| serde_json::to_value(effect).unwrap_or_default();
    Happened {
        at: entry.at,
        origin: entry.origin,
        operation: entry.operation,
        key: entry.key,
        is_read: entry.is_read,
        fault: entry.fault,
        status: entry.status,
        refused: entry.refused,
        effects: entry.effects.iter().map(effect).collect(),
    }
}
