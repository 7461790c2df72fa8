//! The parts that a server around the world needs.

use std::mem;

use super::effect::Effect;
use super::order::Order;
use super::settings::Settings;
use super::step::Step;
use super::{Aras, login, moves, push, service};
use crate::values::journal;
use crate::{Chance, Hosted, Moment, Post, Request, StateName};

impl Hosted for Aras {
    const NAME: &'static str = "aras";

    const SERVICES: &'static [(&'static str, &'static str)] = &[
        ("query", "/ArasCargoIntegrationService.svc"),
        ("shipments", "/arascargoservice/arascargoservice.asmx"),
        ("pages", ""),
    ];

    const POSTS: &'static [&'static str] = &[push::PUSH];

    type Step = Step;

    fn open(base: &str, chance: Option<&mut Chance>) -> Self {
        let mut world = Aras::new(chance.map_or_else(Settings::default, Settings::drawn));
        world.move_to(base);
        world
    }

    fn operations() -> Vec<String> {
        service::operations()
    }

    fn move_to(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    fn login(&self) -> Vec<(&'static str, String)> {
        let settings = &self.settings;
        vec![
            ("user_name", settings.user.clone()),
            ("password", settings.password.clone()),
            ("query_user_name", settings.query_user.clone()),
            ("query_password", settings.query_password.clone()),
            ("customer_code", settings.customer_code.clone()),
            ("account_id", settings.account_id.clone()),
            ("link_password", settings.link_password.clone()),
        ]
    }

    /// The login in pushed events.
    fn secrets(&self) -> Vec<String> {
        let settings = &self.settings;
        vec![settings.push_user.clone(), settings.push_password.clone()]
    }

    fn names_in(request: &Request) -> Vec<String> {
        login::names_in(request)
    }

    fn has_name(&self, names: &[String]) -> bool {
        login::has_name(&self.settings, names)
    }

    fn forget_old(&mut self) {
        journal::forget_old(&mut self.journal);
    }

    fn act(&mut self, step: Step, now: Moment, chance: &mut Chance) -> Result<Vec<Effect>, String> {
        match step {
            Step::Register {
                code,
                members,
                pieces,
            } => {
                if self.orders.contains_key(&code) {
                    return Err(format!("order {code} is registered"));
                }
                let mut order = Order::new(code, now);
                order.members = members.into_iter().collect();
                let pieces = pieces.into_iter();
                order.pieces = pieces.map(|piece| piece.into_iter().collect()).collect();
                let effect = Effect::Registered {
                    code: order.code.clone(),
                    pieces: order.pieces.len(),
                };
                for barcode in order.barcodes() {
                    let owner = order.code.clone();
                    self.barcodes.insert(barcode.to_owned(), owner);
                }
                self.register(order);
                Ok(vec![effect])
            }
            Step::Accept { code, branch } => {
                moves::accept(self, &code, branch.as_deref(), now, chance)
            }
            Step::CutWaybill { code } => moves::accept(self, &code, None, now, chance),
            Step::Next { key } => moves::next(self, &key, now, chance),
            Step::Move(to) => moves::move_to(self, &to, now),
            Step::AddParcel(new) => moves::add_new(self, *new, now, chance),
        }
    }

    fn take_posts(&mut self) -> Vec<Post> {
        mem::take(&mut self.posts)
    }

    fn states(&self) -> Vec<(String, StateName)> {
        let waiting = self.orders.values().filter(|order| !order.has_waybill);
        let waiting = waiting.map(|order| (order.code.clone(), StateName::Registered));
        let parcels = self.parcels.iter().flat_map(|parcel| {
            let keys = [&parcel.code, &parcel.tracking_number, &parcel.waybill];
            let keys = keys.into_iter().filter(|key| !key.is_empty());
            keys.map(|key| (key.clone(), parcel.stage.word()))
        });
        waiting.chain(parcels).collect()
    }
}
