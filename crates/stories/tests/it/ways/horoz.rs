//! Horoz: the shop of the stories, and its orders.

mod labels;
mod orders;
mod tracked;
mod watched;

use horoz_shipping::{
    BaseUrl, Client, ClientBuilder, CreateShippingOrder, CreateSupplierPaysOrder, MethodName,
    OrderDays, OrderLine, Party, PlaceBook, ProcessKey, Quirks, RejectionKind, SupplierCode,
    TrackingService,
};
use kervan_sandbox::horoz::Horoz;
use stories::Stage;

pub(super) struct Shop {
    pub(super) stage: Stage<Horoz>,
    pub(super) client: Client,
}

impl Shop {
    pub(super) fn open() -> Self {
        Self::with(Horoz::demo(), Quirks::default())
    }

    /// Opens a shop that has learned the codes of cancels and labels, which no page shows.
    pub(super) fn with_known_codes() -> Self {
        let named = |quirks: Quirks, (method, code, kind): (&str, &str, RejectionKind)| {
            quirks.code(MethodName::new(method), code, kind)
        };
        let codes = [
            (
                "cancelShipping",
                "ERR-29001",
                RejectionKind::AlreadyAccepted,
            ),
            ("cancelShipping", "ERR-29002", RejectionKind::NotFound),
            ("cancelBarcode", "ERR-29002", RejectionKind::NotFound),
            ("cancelBarcode", "ERR-29004", RejectionKind::LabelRead),
        ];
        let quirks = codes.into_iter().fold(Quirks::default(), named);
        Self::with(Horoz::demo(), quirks)
    }

    pub(super) fn with(world: Horoz, quirks: Quirks) -> Self {
        let stage = Stage::new(world);
        let base = BaseUrl::parse("https://horoz.example").unwrap();
        let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
        let tracking = TrackingService::new(base.clone());
        let client = Client::builder(base, key).quirks(quirks).tracking(tracking);
        let client = client.build_over(stage.network(), stage.host());
        Self { stage, client }
    }

    /// Returns a client that knows Horoz' own list of places.
    pub(super) fn careful(&self, places: PlaceBook) -> Client {
        let client = builder().places(places);
        client.build_over(self.stage.network(), self.stage.host())
    }

    pub(super) fn days(&self) -> OrderDays {
        OrderDays::from_today(self.client.today(), 3)
    }

    /// Returns an order that the supplier pays.
    pub(super) fn order(&self, number: &str) -> CreateSupplierPaysOrder {
        CreateSupplierPaysOrder::delivery(number, supplier(), consumer(), self.days()).line(line())
    }

    /// Returns an order of the supplier's own account.
    pub(super) fn plain(&self, number: &str) -> CreateShippingOrder {
        let days = self.days();
        CreateShippingOrder::new(number.into(), "Standart", supplier(), consumer(), days)
            .line(line())
    }

    pub(super) fn is_active(&self, number: &str) -> bool {
        self.stage.ask(|world| world.is_active(number))
    }
}

fn builder() -> ClientBuilder {
    let base = BaseUrl::parse("https://horoz.example").unwrap();
    let key = ProcessKey::new("0123456789abcdef0123456789abcdef").unwrap();
    let tracking = TrackingService::new(base.clone());
    Client::builder(base, key).tracking(tracking)
}

fn supplier() -> SupplierCode {
    SupplierCode::new(801_452).unwrap()
}

fn consumer() -> Party {
    Party::new("Ayşe Örnek")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone("05550000001")
}

fn line() -> OrderLine {
    OrderLine::new("YT-160", 2, "320".parse().unwrap())
        .name("Çift kişilik yatak")
        .category("Yatak")
}
