//! A simulated provider for stories that are written by hand, with the clock that it follows.

use std::future::Future;
use std::time::Duration;

use kervan_core::Delivery;
use kervan_sandbox::{Answer, Chance, Fault, Hosted, Moment, Post, Request};
use kervan_testing::{MovableHost, delivery};

use crate::clock::{self, Clock};
use crate::network::Network;

/// The longest lateness that the network allows. Stories that are written by hand plan their own.
const SETTLING: Duration = Duration::from_secs(600);

/// A simulated provider, the network before it, and a clock that only the story moves.
///
/// The story begins at noon of 22 November 2026 in Türkiye.
#[derive(Clone, Debug)]
pub struct Stage<P: Hosted> {
    network: Network<P>,
    clock: Clock,
}

impl<P: Hosted> Stage<P> {
    /// Puts a provider behind a network without faults.
    pub fn new(world: P) -> Self {
        let clock = Clock::new(1);
        let network = Network::new(world, 1, clock.clone(), SETTLING);
        Self { network, clock }
    }

    /// Returns the way to the provider, for a client.
    pub fn network(&self) -> Network<P> {
        self.network.clone()
    }

    /// Returns the clock, for a client.
    pub fn host(&self) -> MovableHost {
        self.clock.host.clone()
    }

    /// Returns the right time.
    pub fn now(&self) -> Moment {
        self.clock.moment()
    }

    /// Runs a call of the client to its end; the clock moves while it waits.
    ///
    /// # Panics
    ///
    /// When it waits for something that never comes.
    #[expect(clippy::expect_used, reason = "a story that hangs has failed")]
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        clock::run(&self.clock.host, future, None).expect("a call that comes to its end")
    }

    /// Plans the faults of the next requests, in order.
    pub fn faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.network.shared().faults = faults.into_iter().collect();
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.clock.host.advance(time);
        self.network.shared().faulty.tick(self.now());
    }

    /// Lets somebody act who is not a client: a customer on a page, a courier, a bank.
    ///
    /// # Panics
    ///
    /// When the step is not possible.
    pub fn act(&self, step: P::Step) -> Vec<P::Effect> {
        let acted = self.change(|world, now, chance| {
            let acted = world.act(step, now, chance);
            (acted.clone(), acted.unwrap_or_default())
        });
        acted.unwrap_or_else(|why| panic!("the step is not possible: {why}"))
    }

    /// Changes the world by hand, and notes the effects of the change.
    pub fn change<T>(
        &self,
        change: impl FnOnce(&mut P, Moment, &mut Chance) -> (T, Vec<P::Effect>),
    ) -> T {
        let now = self.now();
        let mut shared = self.network.shared();
        shared
            .faulty
            .act(now, |world, chance| change(world, now, chance))
    }

    /// Asks the world for the truth.
    pub fn ask<T>(&self, question: impl FnOnce(&P) -> T) -> T {
        question(self.network.shared().faulty.world())
    }

    /// Returns the effects that the client caused, in order.
    pub fn caused(&self) -> Vec<P::Effect> {
        let shared = self.network.shared();
        let entries = shared.faulty.accepted();
        entries.flat_map(|entry| entry.effects.clone()).collect()
    }

    /// Returns how often requests of an operation reached the provider.
    pub fn count(&self, operation: &str) -> usize {
        let shared = self.network.shared();
        let entries = shared.faulty.journal().iter();
        entries.filter(|one| one.operation == operation).count()
    }

    /// Takes the posts to the shop that came up since the last time.
    pub fn posts(&self) -> Vec<Post> {
        self.network.shared().faulty.world_mut().take_posts()
    }

    /// Answers a request that is not the client's, such as a browser's.
    pub fn browse(&self, request: &Request) -> Answer {
        self.change(|world, now, chance| world.handle(request, now, chance))
    }
}

/// Returns a post as it arrives at the shop.
pub fn arrived(post: &Post) -> Delivery {
    delivery(post.body.content_type(), post.body.encoded())
}
