//! A sale that Horoz delivers: the order, its correction, the staff, a cancellation, tracking.

use std::time::Duration;

use horoz_shipping::tracking::TrackingStatus;
use horoz_shipping::{
    CancelSupplierPaysOrder, Client, CreateSupplierPaysOrder, MethodName, OrderDays, OrderLine,
    Outcome, Party, Quirks, RejectionKind, SupplierCode, TrackOrder, TrackingService,
};
use kervan_sandbox::horoz::{Effect, Horoz, MovementKind, State, Step};
use kervan_sandbox::{Chance, Hosted as _, Moment};
use kervan_testing::MovableHost;
use serde::{Deserialize, Serialize};

use super::job::{Change, Job};
use super::store::Store;
use super::{Breach, Judged, Outside, Program, Sale};
use crate::clock;
use crate::network::Network;
use crate::told::{Claim, Rule};
use crate::writes::base;
use crate::writes::horoz::builder;

/// The number of the order.
const NUMBER: &str = "KV-1";
/// The pause between two questions about one order.
const PAUSE: Duration = Duration::from_secs(600);
/// The code of a cancellation whose goods are accepted, which no page shows.
const ACCEPTED: &str = "ERR-29001";

/// The plan of a sale.
pub(super) struct HorozSale {
    supplier: u64,
    has_broken_place: bool,
    is_cancelled: bool,
}

/// The knowledge of a shop about its sale, as it stores it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Stored {
    order: Option<Job<CreateSupplierPaysOrder>>,
    is_corrected: bool,
    cancel: Option<Cancel>,
    is_delivered: bool,
}

/// A cancellation. Nothing settles it, so it is sent once, unless it did not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Cancel {
    /// From before it is sent. A program that finds it does not know more.
    Sending,
    Done,
    Refused,
    Unknown,
}

pub(super) struct Shop<'a> {
    sale: &'a HorozSale,
    client: &'a Client,
    store: &'a Store<Stored>,
}

#[expect(clippy::expect_used, reason = "the values are valid ones")]
fn order(supplier: u64, county: &str) -> CreateSupplierPaysOrder {
    let recipient = Party::new("Ayşe Örnek")
        .city("İzmir")
        .county(county)
        .address("Deneme Mah. 1")
        .phone("05550000001");
    let supplier = SupplierCode::new(supplier).expect("a code");
    let days = OrderDays::from_today(clock::today(), 3);
    let line = OrderLine::new("YT-160", 2, "320".parse().expect("a desi"));
    let line = line.name("Yatak").category("Yatak");
    CreateSupplierPaysOrder::delivery(NUMBER, supplier, recipient, days).line(line)
}

impl Program for Shop<'_> {
    async fn go_on(&self, choice: u8) {
        let stored = self.store.read();
        let Some(order) = &stored.order else {
            let county = if self.sale.has_broken_place {
                "Merkez"
            } else {
                "Karşıyaka"
            };
            let order = Job::new(order(self.sale.supplier, county));
            return self.store.change(|stored| stored.order = Some(order));
        };
        if !order.is_settled() {
            let keep = |change: Change<'_, _>| {
                self.store.change(|stored| {
                    stored.order.iter_mut().for_each(|job| job.keep(&change));
                });
            };
            return order.go_on(self.client, keep).await;
        }
        if !order.is_done() {
            // Under the same number.
            if self.sale.has_broken_place && !stored.is_corrected {
                let order = Job::new(self::order(self.sale.supplier, "Karşıyaka"));
                self.store.change(|stored| {
                    stored.order = Some(order);
                    stored.is_corrected = true;
                });
            }
            return;
        }
        match stored.cancel {
            None if self.sale.is_cancelled && choice >= 3 => self.cancel().await,
            // A program that died while it sent it, or did not send it.
            Some(Cancel::Sending) => {
                self.store
                    .change(|stored| stored.cancel = Some(Cancel::Unknown));
            }
            Some(Cancel::Done) => {}
            _ => self.track().await,
        }
    }
}

impl Shop<'_> {
    async fn cancel(&self) {
        let keep = |cancel| self.store.change(|stored| stored.cancel = cancel);
        keep(Some(Cancel::Sending));
        match self
            .client
            .call(&CancelSupplierPaysOrder::new(NUMBER))
            .await
        {
            Ok(_) => keep(Some(Cancel::Done)),
            Err(error) => keep(match (error.outcome(), error.rejection()) {
                (Outcome::NotDone, Some(_)) => Some(Cancel::Refused),
                (Outcome::NotDone, None) => None,
                (Outcome::Unknown, _) => Some(Cancel::Unknown),
            }),
        }
    }

    async fn track(&self) {
        let tracked = self.client.track_order(&TrackOrder::new(NUMBER)).await;
        let Ok(tracked) = tracked else {
            return;
        };
        if tracked.tracking.status == TrackingStatus::Delivered {
            self.store.change(|stored| stored.is_delivered = true);
        }
    }
}

fn is_delivered(world: &Horoz) -> bool {
    let last = world.order(NUMBER).and_then(|order| order.movements.last());
    last.is_some_and(|movement| movement.kind == MovementKind::Delivered)
}

impl Sale for HorozSale {
    const NAME: &'static str = "horoz sale";
    const EVENTS: &'static [&'static str] = &[
        "the parcel moves on",
        "the staff accepts the goods",
        "a delivery fails",
    ];
    const ENDING: &'static [usize] = &[1, 0, 0, 0];
    /// The answer to a cancellation says "done" in the envelope of all answers, and names no order.
    const IS_ANSWERED_ALIKE: bool = true;

    type World = Horoz;
    type Client = Client;
    type Stored = Stored;
    type Program<'a> = Shop<'a>;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Horoz) {
        let mut world = Horoz::demo();
        let pause = i64::try_from(PAUSE.as_millis()).unwrap_or(0);
        world.settings_mut().tracking_pause = pause;
        let sale = Self {
            // The second one is not registered.
            supplier: [801_452, 801_452, 801_452, 801_453]
                [usize::try_from(chance.below(4)).unwrap_or(0)],
            has_broken_place: chance.below(3) == 0,
            is_cancelled: chance.below(2) == 0,
        };
        (sale, world)
    }

    fn client(&self, network: Network<Horoz>, host: MovableHost) -> Client {
        let tracking = TrackingService::new(base()).repeat_after(PAUSE);
        let method = MethodName::new("cancelPaysSupplierShipping");
        let quirks = Quirks::default().code(method, ACCEPTED, RejectionKind::AlreadyAccepted);
        let client = builder().tracking(tracking).quirks(quirks);
        client.build_over(network, host)
    }

    fn happens(&mut self, which: usize, outside: &mut Outside<'_, Self>) -> Option<Vec<Effect>> {
        let order = NUMBER.to_owned();
        let is_accepted = |one: &kervan_sandbox::horoz::Order| one.atf().is_some();
        let is_on_its_way = outside.world.order(NUMBER).is_some_and(is_accepted);
        let step = match which {
            0 if is_on_its_way => Step::Next { order },
            1 => Step::Accept { order },
            2 => Step::Move {
                order,
                to: MovementKind::Problem("ADRES YETERSİZ".to_owned()),
            },
            _ => return None,
        };
        // A delivered parcel stays so.
        if is_delivered(outside.world) {
            return None;
        }
        let (now, chance) = (outside.now, &mut *outside.chance);
        outside.world.act(step, now, chance).ok()
    }

    fn program<'a>(&'a self, client: &'a Client, store: &'a Store<Stored>) -> Shop<'a> {
        Shop {
            sale: self,
            client,
            store,
        }
    }

    fn judged(&self, stored: &Stored, world: &Horoz, effects: &[Effect]) -> Vec<Judged> {
        let is_created = |effect: &&Effect| matches!(effect, Effect::OrderCreated { .. });
        let is_cancelled = |effect: &&Effect| matches!(effect, Effect::Cancelled { .. });
        let state = world.order(NUMBER).map(|order| &order.state);
        let mut judged = Vec::new();
        if let Some(order) = &stored.order {
            judged.push(Judged {
                name: format!("the order (corrected: {})", stored.is_corrected),
                claim: order.claim.unwrap_or(Claim::Open),
                effects: effects.iter().filter(is_created).count(),
                is_wanted: state.is_some_and(|state| *state != State::Broken),
                is_repeated_well: false,
            });
        }
        if let Some(cancel) = stored.cancel {
            judged.push(Judged {
                name: "the cancellation".to_owned(),
                claim: match cancel {
                    Cancel::Done => Claim::Done,
                    Cancel::Refused => Claim::Refused,
                    Cancel::Sending | Cancel::Unknown => Claim::Open,
                },
                effects: effects.iter().filter(is_cancelled).count(),
                is_wanted: state == Some(&State::Cancelled),
                is_repeated_well: false,
            });
        }
        judged
    }

    fn check(&self, stored: &Stored, world: &Horoz) -> Result<(), Breach> {
        if stored.is_delivered && !is_delivered(world) {
            return Err((Rule::Done, "said to be delivered, and is not".to_owned()));
        }
        Ok(())
    }

    fn check_end(&self, stored: &Stored, world: &Horoz, _: bool) -> Result<(), Breach> {
        let has_order = stored.order.as_ref().is_some_and(Job::is_done);
        if is_delivered(world) && !(stored.is_delivered && has_order) {
            let detail = "the parcel was delivered, and the shop does not know".to_owned();
            return Err((Rule::Known, detail));
        }
        let is_open = |job: &Job<CreateSupplierPaysOrder>| !job.is_settled();
        if stored.order.as_ref().is_some_and(is_open) {
            return Err((Rule::Open, "the order is still open".to_owned()));
        }
        Ok(())
    }

    async fn reported(&self, _: &Client, _: &Stored) -> Option<String> {
        None
    }

    fn truth_of_reports(&self, _: &Stored, _: &Horoz) -> Option<String> {
        None
    }

    fn reached(&self, stored: &Stored) -> Vec<&'static str> {
        let points = [
            ("ordered", stored.order.as_ref().is_some_and(Job::is_done)),
            ("corrected", stored.is_corrected),
            ("cancelled", stored.cancel == Some(Cancel::Done)),
            ("delivered", stored.is_delivered),
        ];
        let reached = points.into_iter().filter(|(_, is_reached)| *is_reached);
        reached.map(|(point, _)| point).collect()
    }
}
