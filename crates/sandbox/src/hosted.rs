//! The parts of a simulated provider that a server around it needs.

mod state_name;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use state_name::StateName;

use crate::{Chance, Moment, Post, Provider, Request};

/// A simulated provider that can be served, stored, and moved by people who are not clients.
pub trait Hosted:
    Provider<Effect: Serialize + Send> + Serialize + DeserializeOwned + Send + 'static
{
    /// The name in addresses and in the control API, such as `param`.
    const NAME: &'static str;

    /// The services, as pairs of name and path below the base. An empty path is the base itself.
    const SERVICES: &'static [(&'static str, &'static str)];

    /// The kinds of posts to the shop, as in [`Post::kind`]. Empty for a provider that posts nothing.
    const POSTS: &'static [&'static str];

    /// A step of somebody who is not a client: a customer on a page, a courier, a bank. In JSON it is
    /// an object with the member `step`.
    type Step: Serialize + DeserializeOwned;

    /// Opens an account in which nothing has happened. With a chance its login is drawn, so that no
    /// other world has it; without one it is the published one, or the one of the examples.
    ///
    /// `base` is the address of this provider in this world, without a slash at its end. Answers that
    /// name an address of the provider's own begin with it.
    fn open(base: &str, chance: Option<&mut Chance>) -> Self;

    /// Returns the names of the operations that the provider's documents have, as plans and the journal
    /// have them; also those that are answered "not simulated". [`Provider::operation`] returns one of
    /// them, or else something of the request that no operation has.
    fn operations() -> Vec<String>;

    /// Changes the address that answers name; see [`Hosted::open`].
    fn move_to(&mut self, base: &str);

    /// Returns the login that a client of this account needs, as pairs of name and value. The names are
    /// those of the client's settings in `snake_case`, and end in order of use.
    fn login(&self) -> Vec<(&'static str, String)>;

    /// Returns the secrets of this account beside its login, which no log shows either: those that the
    /// provider sends to the shop (default: none).
    fn secrets(&self) -> Vec<String> {
        Vec::new()
    }

    /// Returns the names in a request by which an account can be known. They are read once, whatever
    /// the number of accounts is.
    fn names_in(request: &Request) -> Vec<String>;

    /// Returns whether one of the names in a request is that of this account.
    fn has_name(&self, names: &[String]) -> bool;

    /// Returns whether a request carries the login of this account, so that a world can be chosen by
    /// it. A request without a login belongs to no account.
    fn is_login_of(&self, request: &Request) -> bool {
        self.has_name(&Self::names_in(request))
    }

    /// Returns whether a request comes from a person's browser on a page of the provider's own. Such a
    /// browser makes the posts to the shop itself (default: there are no such pages).
    fn is_page(&self, request: &Request) -> bool {
        let _ = request;
        false
    }

    /// Lets somebody outside act.
    ///
    /// # Errors
    ///
    /// Returns a sentence for the one who asked, when the step is not possible: an unknown order, an
    /// ended session.
    fn act(
        &mut self,
        step: Self::Step,
        now: Moment,
        chance: &mut Chance,
    ) -> Result<Vec<Self::Effect>, String>;

    /// Takes the posts to the shop that came up since the last call, in order.
    fn take_posts(&mut self) -> Vec<Post>;

    /// Forgets what nobody outside can see, so that a world that is used for long does not grow by it
    /// (default: nothing).
    fn forget_old(&mut self) {}

    /// Returns the states of the objects by their keys, for tests that wait for one: the key of an
    /// order, a session or a payment, and its state.
    fn states(&self) -> Vec<(String, StateName)>;
}

#[cfg(test)]
mod tests;
