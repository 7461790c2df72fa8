//! A parcel with Aras: its order's cancellation, the branch and the courier, pushed events, tracking.

use std::collections::BTreeSet;

use aras_tracking::push::{self, Push};
use aras_tracking::shipments::CancelDispatch;
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{
    Client, CustomerReference, Login, Password, QueryEnvironment, QuerySettings, ShipmentSettings,
    UserName,
};
use kervan_core::Config;
use kervan_sandbox::aras::{Aras, Effect, Order, Stage, Step};
use kervan_sandbox::{Chance, Hosted as _, Moment, Post, PostBody};
use kervan_settling::Settler;
use kervan_testing::MovableHost;
use serde::{Deserialize, Serialize};

use super::job::{Change, Job};
use super::store::Store;
use super::{Arrival, Breach, Judged, Outside, Program, Sale, Taken};
use crate::Account;
use crate::network::Network;
use crate::stage::arrived;
use crate::told::{Claim, Rule};
use crate::writes::base;

/// The shipper's key of the order.
const CODE: &str = "KV-1";
/// The key of another order of the shipper.
const OTHER: &str = "KV-2";
/// The login in pushed events.
const LOGIN: [&str; 2] = ["kervan", "gizli-1"];

/// The plan of a sale.
pub(super) struct ArasSale {
    is_cancelled: bool,
    /// The events that were pushed, oldest first.
    pushed: Vec<Post>,
}

/// The knowledge of a shop about its parcel, as it stores it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Stored {
    cancel: Option<Job<CancelDispatch>>,
    /// The events that were taken, so that a repeat says nothing new.
    events: BTreeSet<String>,
    /// An event says that something has changed.
    has_news: bool,
    is_delivered: bool,
}

/// The shop's two clients.
pub(super) struct Clients {
    shipments: Settler<ShipmentSettings>,
    query: Client<QuerySettings>,
}

pub(super) struct Shop<'a> {
    sale: &'a ArasSale,
    clients: &'a Clients,
    store: &'a Store<Stored>,
}

#[expect(clippy::expect_used, reason = "the reference is a valid one")]
fn reference() -> CustomerReference {
    CustomerReference::new(CODE).expect("a reference")
}

impl Program for Shop<'_> {
    async fn go_on(&self, choice: u8) {
        let stored = self.store.read();
        match &stored.cancel {
            None if self.sale.is_cancelled && choice >= 3 => {
                let cancel = Job::new(CancelDispatch::new(reference()));
                return self.store.change(|stored| stored.cancel = Some(cancel));
            }
            Some(cancel) if !cancel.is_settled() => {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        stored.cancel.iter_mut().for_each(|job| job.keep(&change));
                    });
                };
                return cancel.go_on(&self.clients.shipments, keep).await;
            }
            _ => {}
        }
        if stored.has_news || choice >= 2 {
            self.track().await;
        }
    }

    /// Takes a pushed event: it is a reason to ask, and nothing more, because its numbers are not public.
    async fn take(&self, post: &Arrival) -> Taken {
        let Ok(push) = push::read(&post.delivery) else {
            return Taken::Refused;
        };
        let (user, password) = (UserName::new(LOGIN[0]), Password::new(LOGIN[1]));
        if !push.is_from(&user, &password) || push.reference != reference() {
            return Taken::Refused;
        }
        let key = event(&push);
        self.store.change(|stored| {
            stored.has_news |= stored.events.insert(key);
        });
        Taken::Believed
    }
}

impl Shop<'_> {
    async fn track(&self) {
        let Ok(parcels) = self.clients.query.track(reference()).await else {
            return;
        };
        let is_delivered = |status: &TrackingStatus| *status == TrackingStatus::Delivered;
        let is_delivered = parcels.iter().any(|one| is_delivered(&one.status));
        self.store.change(|stored| {
            stored.has_news = false;
            stored.is_delivered |= is_delivered;
        });
    }
}

fn event(push: &Push) -> String {
    let at = push.at.as_ref().map(|at| format!("{at:?}"));
    format!("{} {}", push.status_code, at.unwrap_or_default())
}

fn is_delivered(world: &Aras) -> bool {
    world
        .parcel(CODE)
        .is_some_and(|parcel| parcel.stage == Stage::Delivered)
}

fn arrival(post: &Post, is_genuine: bool) -> Arrival {
    Arrival {
        kind: "push",
        delivery: arrived(post),
        is_genuine,
        repeats: 0,
    }
}

impl ArasSale {
    /// Returns the newest event with another text in it.
    fn altered(&self, from: &str, to: &str) -> Option<Post> {
        let mut post = self.pushed.last()?.clone();
        if let PostBody::Text { text, .. } = &mut post.body {
            *text = Some(text.replace(from, to)).filter(|changed| changed != text)?;
        }
        Some(post)
    }
}

impl Sale for ArasSale {
    const NAME: &'static str = "aras sale";
    const EVENTS: &'static [&'static str] = &[
        "the parcel moves on",
        "an event is pushed",
        "an event is pushed twice",
        "the branch accepts the parcel",
        "an event with another login is pushed",
        "an event of another order is pushed",
        "the oldest event is pushed",
    ];
    const ENDING: &'static [usize] = &[3, 0, 0, 0, 0, 1];

    type World = Aras;
    type Client = Clients;
    type Stored = Stored;
    type Program<'a> = Shop<'a>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Aras) {
        let mut world = Aras::demo();
        world.settings_mut().push_to = Some("https://shop.example/aras".to_owned());
        for code in [CODE, OTHER] {
            let order = Order::new(code, now)
                .with("TradingWaybillNumber", "S-1")
                .with("ReceiverName", "DENEME ALICI")
                .with("ReceiverCityName", "İZMİR")
                .with("ReceiverTownName", "KARŞIYAKA");
            world.register(order);
        }
        let sale = Self {
            is_cancelled: chance.below(2) == 0,
            pushed: Vec::new(),
        };
        (sale, world)
    }

    #[expect(clippy::expect_used, reason = "the address is a valid one")]
    fn client(&self, network: Network<Aras>, host: MovableHost) -> Clients {
        let query = QueryEnvironment::At(base());
        let query = Client::<QuerySettings>::builder(&query, Login::published_test_account());
        let query = query.expect("an address");
        Clients {
            query: query.build_over(network.clone(), host.clone()),
            shipments: Aras::client(network, host, Config::default()),
        }
    }

    fn happens(&mut self, which: usize, outside: &mut Outside<'_, Self>) -> Option<Vec<Effect>> {
        let mut effects = Vec::new();
        let (now, chance) = (outside.now, &mut *outside.chance);
        match which {
            0 => {
                // Without its parcel, an order does not move.
                outside.world.parcel(CODE)?;
                let key = CODE.to_owned();
                effects = outside.world.act(Step::Next { key }, now, chance).ok()?;
            }
            3 => {
                let (code, branch) = (CODE.to_owned(), None);
                let accept = Step::Accept { code, branch };
                effects = outside.world.act(accept, now, chance).ok()?;
            }
            1 | 2 => {
                let newest = arrival(self.pushed.last()?, true);
                outside.posts.extend(std::iter::repeat_n(newest, which));
            }
            4 => {
                let forged = self.altered(LOGIN[1], "gizli-2")?;
                outside.posts.push(arrival(&forged, false));
            }
            5 => {
                let other = self.altered(CODE, OTHER)?;
                outside.posts.push(arrival(&other, false));
            }
            _ => outside.posts.push(arrival(self.pushed.first()?, true)),
        }
        self.pushed.extend(outside.world.take_posts());
        Some(effects)
    }

    fn program<'a>(&'a self, clients: &'a Clients, store: &'a Store<Stored>) -> Shop<'a> {
        Shop {
            sale: self,
            clients,
            store,
        }
    }

    fn judged(&self, stored: &Stored, world: &Aras, effects: &[Effect]) -> Vec<Judged> {
        let is_own =
            |effect: &&Effect| matches!(effect, Effect::Cancelled { code } if code == CODE);
        let judged = stored.cancel.as_ref().map(|cancel| Judged {
            name: "the cancellation".to_owned(),
            claim: cancel.claim.unwrap_or(Claim::Open),
            effects: effects.iter().filter(is_own).count(),
            is_wanted: !world.is_active(CODE),
            is_repeated_well: false,
        });
        judged.into_iter().collect()
    }

    fn check(&self, stored: &Stored, world: &Aras) -> Result<(), Breach> {
        if stored.is_delivered && !is_delivered(world) {
            return Err((Rule::Done, "said to be delivered, and is not".to_owned()));
        }
        if !world.is_active(OTHER) {
            return Err((Rule::OneEffect, "another order was cancelled".to_owned()));
        }
        Ok(())
    }

    fn check_end(&self, stored: &Stored, world: &Aras, is_twice: bool) -> Result<(), Breach> {
        if is_delivered(world) && !stored.is_delivered {
            let detail = "the parcel was delivered, and the shop does not know".to_owned();
            return Err((Rule::Known, detail));
        }
        let is_open = |job: &Job<CancelDispatch>| !job.is_settled();
        if stored.cancel.as_ref().is_some_and(is_open) && !is_twice {
            return Err((Rule::Open, "the cancellation is still open".to_owned()));
        }
        Ok(())
    }

    async fn reported(&self, _: &Clients, _: &Stored) -> Option<String> {
        None
    }

    fn truth_of_reports(&self, _: &Stored, _: &Aras) -> Option<String> {
        None
    }

    fn reached(&self, stored: &Stored) -> Vec<&'static str> {
        let points = [
            (
                "cancelled",
                stored.cancel.as_ref().is_some_and(Job::is_done),
            ),
            ("told of news", !stored.events.is_empty()),
            ("delivered", stored.is_delivered),
        ];
        let reached = points.into_iter().filter(|(_, is_reached)| *is_reached);
        reached.map(|(point, _)| point).collect()
    }
}
