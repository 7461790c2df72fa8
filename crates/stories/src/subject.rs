//! The kind of write that stories are about.

use kervan_core::{Class, Config, Host, Operation, Service, Transport};
use kervan_settling::{Settle, Settler};

use kervan_sandbox::{Chance, Moment, Provider};
use kervan_testing::MovableHost;

use crate::another::by_another;
use crate::draws::drawn;
use crate::network::Network;
use crate::told::Incidents;
use crate::{Broken, Story, tell};

/// A simulated provider, with the client that is put over it.
pub trait Account: Provider<Effect: Send> + Send + 'static {
    /// The settings of the client.
    type Settings: Service;

    /// Builds a client with the account that the provider knows, over any network.
    fn client(network: impl Transport, host: impl Host, config: Config) -> Settler<Self::Settings>;
}

/// A write of a provider, with a world to put it into and the truth about it.
pub trait Subject: Sized + 'static {
    /// The name in reports and on the command line: provider and operation.
    const NAME: &'static str;
    /// The changes that other actors can make, in words. They never undo what the write asks for.
    const OTHERS: &'static [&'static str] = &[];

    /// Whether the provider answers a repeat as it answers the first call, so that "done" may mean
    /// that the state was there before.
    const IS_REPEATED_WELL: bool = false;
    /// Whether the write and its read-back are answered alike, so that the answer of one could be taken
    /// for that of the other.
    const IS_ANSWERED_AS_READ_BACK: bool = false;
    /// Whether the simulated provider's read-back can show that the write happened.
    const SHOWS_DONE: bool = true;
    /// Whether it can show that the write did not happen.
    const SHOWS_ABSENCE: bool = true;
    /// Whether the read-back names the object of the write, so that neither a neighbour's write nor
    /// the answer to a question about it says anything of this write.
    const NAMES_OBJECT: bool = false;

    /// The simulated provider.
    type World: Account;
    /// The request.
    type Write: Settle<Service = <Self::World as Account>::Settings>;

    /// Draws the values of the write, and a world in which it can be made.
    fn draw(now: Moment, chance: &mut Chance) -> (Self, Self::World);

    /// Builds a client of the provider. Default: that of the account.
    fn caller(
        &self,
        network: Network<Self::World>,
        host: MovableHost,
        config: Config,
    ) -> Settler<<Self::Write as Operation>::Service> {
        Self::World::client(network, host, config)
    }

    /// Returns the limits of the client.
    fn config(&self) -> Config {
        Config::default()
    }

    /// Returns the request.
    fn write(&self) -> Self::Write;

    /// Returns another write of the same kind, made by the same client, if its answer could be
    /// confused with that of this write.
    fn neighbour(&self) -> Option<Self::Write> {
        None
    }

    /// Returns the write that another program makes as one of [`OTHERS`](Self::OTHERS). Default: the
    /// write itself, and that of the [`neighbour`](Self::neighbour).
    fn others_write(&self, which: usize) -> Option<Self::Write> {
        match which {
            0 => Some(self.write()),
            _ => self.neighbour(),
        }
    }

    /// Lets another actor make one of [`OTHERS`](Self::OTHERS). Default: another program makes
    /// [its write](Self::others_write).
    fn other(
        &self,
        which: usize,
        world: &mut Self::World,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect<Self>> {
        let write = self.others_write(which);
        write.map_or_else(Vec::new, |write| by_another(&write, world, now, chance))
    }

    /// Returns whether the client can tell this change of another actor from its own write. Others are
    /// not made between preparing and settling a delta or a charge.
    fn is_told_apart(&self, which: usize) -> bool {
        let _ = which;
        false
    }

    /// Returns whether a read-back can decide it with these values, after these changes of other
    /// actors. Default: always.
    fn is_decidable(&self, others: &[usize]) -> bool {
        let _ = others;
        true
    }

    /// Returns whether an effect that this client caused is that of the write.
    fn is_ours(&self, effect: &Effect<Self>) -> bool;

    /// Returns the same, where only the world tells whose object an effect is about, such as that of a
    /// [`neighbour`](Self::neighbour). Default: the effect says it.
    fn is_ours_in(&self, effect: &Effect<Self>, world: &Self::World) -> bool {
        let _ = world;
        self.is_ours(effect)
    }

    /// Returns whether the provider has the key or the state that the write asks for, whoever
    /// brought it about.
    fn is_wanted(&self, world: &Self::World) -> bool;
}

/// The effects of a subject's provider.
pub(crate) type Effect<S> = <<S as Subject>::World as Provider>::Effect;

/// A story that was played to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// The requests that reached the network.
    pub exchanges: u64,
    /// The effects that the client caused.
    pub effects: usize,
    /// Whether the write was settled in the end.
    pub is_settled: bool,
    /// The faults, and the events that came in between.
    pub incidents: Incidents,
}

/// Something that stories are told about, by name: a write, or a whole sale.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Telling {
    /// The name: provider and operation.
    pub name: &'static str,
    /// The changes that others can make, in words.
    pub others: &'static [&'static str],
    /// Draws the story of a seed, for that many changes of others.
    pub draw: fn(u64, usize) -> Story,
    /// Plays a story.
    pub tell: fn(&Story) -> Result<Told, Broken>,
}

impl From<Write> for Telling {
    fn from(write: Write) -> Self {
        Self {
            name: write.name,
            others: write.others,
            draw: Story::draw,
            tell: write.tell,
        }
    }
}

/// A kind of write, by name.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Write {
    /// The name: provider and operation.
    pub name: &'static str,
    /// The class.
    pub class: fn() -> Class,
    /// Whether a read-back can be asked for it.
    pub has_read_back: fn() -> bool,
    /// Whether the client makes other writes of the kind.
    pub has_neighbours: fn() -> bool,
    /// Whether the read-back names the object of the write, so that stories also ask about a neighbour.
    pub names_object: bool,
    /// Plays a story.
    pub tell: fn(&Story) -> Result<Told, Broken>,
    /// The changes that other actors can make, in words.
    pub others: &'static [&'static str],
}

impl Write {
    /// Makes a subject known by its name.
    pub fn of<S: Subject>() -> Self {
        Self {
            name: S::NAME,
            class: || drawn::<S>(0).0.write().class(),
            has_read_back: || drawn::<S>(0).0.write().read_back().is_some(),
            has_neighbours: || drawn::<S>(0).0.neighbour().is_some(),
            names_object: S::NAMES_OBJECT,
            tell: tell::<S>,
            others: S::OTHERS,
        }
    }
}
