//! Aras: the shop of the stories, and its parcels.

mod orders;
mod pushed;
mod register;
mod tracked;
mod undelivered;

use std::collections::BTreeMap;

use aras_tracking::{
    BaseUrl, Client, CustomerReference, Login, PageEnvironment, PageSettings, QueryEnvironment,
    QuerySettings, ShipmentEnvironment, ShipmentSettings,
};
use kervan_sandbox::Hosted as _;
use kervan_sandbox::aras::{Aras, Move, Parcel, Stage as At, Step};
use stories::Stage;

const BASE: &str = "https://aras.example";

/// A shop with a client of each of the three services.
pub(super) struct Shop {
    pub(super) stage: Stage<Aras>,
    pub(super) shipments: Client<ShipmentSettings>,
    pub(super) query: Client<QuerySettings>,
    pub(super) pages: Client<PageSettings>,
}

impl Shop {
    pub(super) fn open() -> Self {
        let mut world = Aras::open(BASE, None);
        world.settings_mut().push_to = Some("https://shop.example/aras".to_owned());
        let stage = Stage::new(world);
        let base = || BaseUrl::parse(BASE).unwrap();
        let login = Login::published_test_account;
        let shipments = ShipmentEnvironment::At(base());
        let shipments = Client::<ShipmentSettings>::builder(&shipments, login()).unwrap();
        let query = QueryEnvironment::At(base());
        let query = Client::<QuerySettings>::builder(&query, login()).unwrap();
        let pages = PageEnvironment::At(base());
        let pages = Client::<PageSettings>::builder(&pages).unwrap();
        Self {
            shipments: shipments.build_over(stage.network(), stage.host()),
            query: query.build_over(stage.network(), stage.host()),
            pages: pages.build_over(stage.network(), stage.host()),
            stage,
        }
    }

    /// Registers an order without a call.
    pub(super) fn registered(&self, code: &str) {
        let members = [
            ("TradingWaybillNumber", "S-1"),
            ("InvoiceNumber", "F-1"),
            ("ReceiverName", "DENEME ALICI"),
            ("ReceiverAddress", "DENEME MAH. 1"),
            ("ReceiverPhone1", "05550000001"),
            ("ReceiverCityName", "İZMİR"),
            ("ReceiverTownName", "KARŞIYAKA"),
            ("PieceCount", "1"),
        ];
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        self.stage.act(Step::Register {
            code: code.to_owned(),
            members: members.into_iter().map(owned).collect(),
            pieces: vec![BTreeMap::from([owned(("BarcodeNumber", code))])],
        });
    }

    /// Registers an order, and lets a branch accept its parcel.
    pub(super) fn accepted(&self, code: &str) -> Parcel {
        self.registered(code);
        self.taken(code)
    }

    /// Lets a branch accept the parcel of a registered order.
    pub(super) fn taken(&self, code: &str) -> Parcel {
        let (code, branch) = (code.to_owned(), None);
        self.stage.act(Step::Accept {
            code: code.clone(),
            branch,
        });
        self.parcel(&code)
    }

    pub(super) fn parcel(&self, key: &str) -> Parcel {
        self.stage.ask(|world| world.parcel(key).cloned()).unwrap()
    }

    /// Moves a parcel some hours later.
    pub(super) fn moved(&self, key: &str, to: At) {
        self.moved_by(Move::new(key, to));
    }

    pub(super) fn moved_by(&self, step: Move) {
        self.stage.pass(std::time::Duration::from_secs(4 * 3_600));
        self.stage.act(Step::Move(step));
    }
}

pub(super) fn reference(code: &str) -> CustomerReference {
    CustomerReference::new(code).unwrap()
}
