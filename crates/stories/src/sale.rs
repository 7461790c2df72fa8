//! Whole sales: a shop that stores what it knows, its customers, and the posts that come back.
//!
//! A story about a sale draws, for one order, the network's faults, crashes of the shop, and what people
//! outside do: the customer on a page, the carrier's staff, and whoever posts something to the shop. A
//! post is genuine, doubled, late, tampered with or forged, or it never comes. The shop keeps its state as
//! JSON, so that a program that starts anew knows what was stored, and nothing else. At the end the network
//! is healthy, and the shop goes on until nothing changes any more.
//!
//! Beside the rules of single writes, each step keeps these:
//!
//! - a post that was tampered with or forged never makes an order paid, activated or delivered;
//! - gross amounts, shares, refunds and reports hold the same money as the provider;
//! - in the end every order that was really paid, activated or delivered is known to be.

mod aras;
mod haso;
mod horoz;
mod job;
mod param;
mod play;
mod store;

use std::fmt::Debug;

use kervan_core::Delivery;
use kervan_sandbox::{Chance, Hosted, Moment, Provider};
use kervan_testing::MovableHost;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::network::Network;
use crate::told::{Claim, Rule};
use crate::{Story, Telling};

use self::store::Store;

/// Returns the sales of all providers.
pub fn all() -> Vec<Telling> {
    vec![
        telling::<param::ParamSale>(),
        telling::<haso::HasoSale>(),
        telling::<horoz::HorozSale>(),
        telling::<aras::ArasSale>(),
    ]
}

fn telling<S: Sale>() -> Telling {
    Telling {
        name: S::NAME,
        others: S::EVENTS,
        draw: Story::draw_sale,
        tell: play::tell::<S>,
    }
}

/// A post on its way to the shop.
#[derive(Clone, Debug)]
struct Arrival {
    /// Which of the shop's addresses it goes to.
    kind: &'static str,
    delivery: Delivery,
    /// Whether the provider, or a browser on its behalf, posted it as it is.
    is_genuine: bool,
    /// How often it is repeated while the shop does not take it.
    repeats: u32,
}

/// The fate of a post at the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// There was no post.
    Nothing,
    /// It was refused, or says nothing new.
    Refused,
    /// It is answered as taken.
    Received,
    /// The shop acted on it as on a good result.
    Believed,
}

/// A claim of the shop about one of its writes, beside the truth.
#[derive(Debug)]
struct Judged {
    name: String,
    claim: Claim,
    /// How often the shop's own requests did it.
    effects: usize,
    is_wanted: bool,
    is_repeated_well: bool,
}

/// A rule that the sale itself sees broken, and how.
type Breach = (Rule, String);

/// The effects of a sale's provider.
type EffectOf<S> = <<S as Sale>::World as Provider>::Effect;

/// The program of a shop.
trait Program {
    /// Goes on by one step.
    async fn go_on(&self, choice: u8);

    /// Takes a post (default: there are none).
    async fn take(&self, _post: &Arrival) -> Taken {
        Taken::Nothing
    }
}

/// A sale of one order.
trait Sale: Sized + 'static {
    /// The name in reports and on the command line.
    const NAME: &'static str;
    /// The events outside of the shop, in words; the usual ones first.
    const EVENTS: &'static [&'static str];
    /// The events by which people outside bring the sale to a good end. In every other story nobody does.
    const ENDING: &'static [usize];
    /// Whether answers do not tell which call they belong to.
    const IS_ANSWERED_ALIKE: bool = false;

    type World: Hosted;
    type Client;
    type Stored: Default + Serialize + DeserializeOwned + Debug;
    type Program<'a>: Program;

    /// Draws the plan of the sale, and a world for it.
    fn draw(now: Moment, chance: &mut Chance) -> (Self, Self::World);

    fn client(&self, network: Network<Self::World>, host: MovableHost) -> Self::Client;

    /// Lets one of [`EVENTS`](Self::EVENTS) happen. `None` when it is not possible now.
    fn happens(
        &mut self,
        which: usize,
        outside: &mut Outside<'_, Self>,
    ) -> Option<Vec<EffectOf<Self>>>;

    /// Returns the shop's program.
    fn program<'a>(
        &'a self,
        client: &'a Self::Client,
        store: &'a Store<Self::Stored>,
    ) -> Self::Program<'a>;

    /// Lets the shop's program go on by one step, or handle a post.
    async fn go(
        &self,
        client: &Self::Client,
        store: &Store<Self::Stored>,
        post: Option<&Arrival>,
        choice: u8,
    ) -> Taken {
        let program = self.program(client, store);
        let Some(post) = post else {
            program.go_on(choice).await;
            return Taken::Nothing;
        };
        program.take(post).await
    }

    /// Returns the claims of the shop, and the truth about them; `effects` are those of its requests.
    fn judged(
        &self,
        stored: &Self::Stored,
        world: &Self::World,
        effects: &[EffectOf<Self>],
    ) -> Vec<Judged>;

    /// Checks everything else that holds at any time.
    fn check(&self, stored: &Self::Stored, world: &Self::World) -> Result<(), Breach>;

    /// Checks what the shop knows in the end; `is_twice` when the provider did something twice by itself.
    fn check_end(
        &self,
        stored: &Self::Stored,
        world: &Self::World,
        is_twice: bool,
    ) -> Result<(), Breach>;

    /// Asks for the provider's reports in the end, and returns what they say in words.
    async fn reported(&self, client: &Self::Client, stored: &Self::Stored) -> Option<String>;

    /// Returns the same of the world.
    fn truth_of_reports(&self, stored: &Self::Stored, world: &Self::World) -> Option<String>;

    /// Returns how far the sale came, in words.
    fn reached(&self, stored: &Self::Stored) -> Vec<&'static str>;
}

/// The means of people outside.
struct Outside<'a, S: Sale> {
    world: &'a mut S::World,
    now: Moment,
    chance: &'a mut Chance,
    /// The shop's own state, which decides what it shows.
    stored: &'a S::Stored,
    /// Posts to the shop, in order.
    posts: &'a mut Vec<Arrival>,
}
