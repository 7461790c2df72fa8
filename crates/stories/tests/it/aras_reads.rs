//! The client of Aras reads a simulated parcel in each way: queries, tables, labels, pages, events.
#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aras_tracking::query::{
    CountDeliveredToday, FindMany, ListMovements, Parcel, ParcelTablesByReference,
};
use aras_tracking::shipments::{FetchLabel, GetCargoInfo};
use aras_tracking::{
    BaseUrl, Client, CustomerReference, Login, PageEnvironment, PageSettings, ParcelLookup,
    QueryEnvironment, QueryMethod, QuerySettings, ShipmentEnvironment, ShipmentSettings,
    TrackingNumber, parse_link, push,
};
use kervan_core::transport::BoxFuture;
use kervan_core::{HttpRequest, Limits, Reply, Transport, TransportError};
use kervan_sandbox::aras::{Aras, Move, NewParcel, Stage, Step};
use kervan_sandbox::{Chance, Hosted, Moment, PostBody, Provider, Request};
use kervan_testing::MovableHost;

/// Noon of 28 November 2026 in Türkiye, in seconds since 1970.
const NOON: u64 = 1_795_856_400;
const NUMBER: &str = "6513100200317";

fn now() -> Moment {
    Moment(i64::try_from(NOON).unwrap() * 1000)
}

/// The way to a world that many clients share.
#[derive(Clone)]
struct Way(Arc<Mutex<Aras>>);

impl Way {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Aras::open(
            "https://aras.example",
            None,
        ))))
    }

    fn act(&self, step: Step) {
        let mut world = self.0.lock().unwrap();
        world.act(step, now(), &mut Chance::new(1)).unwrap();
    }

    fn go(&self, to: Stage) {
        self.act(Step::Move(Move::new("KV-1001", to).because("NT")));
    }
}

impl Transport for Way {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let path = request
            .url
            .as_str()
            .strip_prefix("https://aras.example")
            .unwrap();
        let headers = request.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (*name, value.expose()))
            .collect();
        let sent = Request::new(
            request.method.as_str(),
            path,
            &headers,
            request.body.clone(),
        );
        let mut world = self.0.lock().unwrap();
        let (answer, _) = world.handle(&sent, now(), &mut Chance::new(1));
        let reply = Reply::new(answer.status, answer.headers, answer.body);
        Box::pin(async { Ok(reply) })
    }
}

fn host() -> MovableHost {
    MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOON))
}

fn base(path: &str) -> BaseUrl {
    BaseUrl::parse(&format!("https://aras.example{path}")).unwrap()
}

fn queries(way: &Way, method: QueryMethod) -> Client<QuerySettings> {
    let environment = QueryEnvironment::At(base("/ArasCargoIntegrationService.svc"));
    let builder = Client::<QuerySettings>::builder(&environment, Login::published_test_account());
    builder
        .unwrap()
        .method(method)
        .build_over(way.clone(), host())
}

fn shipments(way: &Way) -> Client<ShipmentSettings> {
    let environment = ShipmentEnvironment::At(base("/arascargoservice.asmx"));
    let builder =
        Client::<ShipmentSettings>::builder(&environment, Login::published_test_account());
    builder.unwrap().build_over(way.clone(), host())
}

fn pages(way: &Way) -> Client<PageSettings> {
    let environment = PageEnvironment::At(base(""));
    let builder = Client::<PageSettings>::builder(&environment);
    builder.unwrap().build_over(way.clone(), host())
}

fn reference() -> CustomerReference {
    CustomerReference::new("KV-1001").unwrap()
}

/// A parcel that has arrived at its delivery branch.
fn arrived() -> Way {
    let way = Way::new();
    let mut parcel = NewParcel::new("KV-1001");
    parcel.tracking_number = Some(NUMBER.to_owned());
    parcel.cargo_code = Some("0805513100200322615".to_owned());
    parcel.collection = Some("149.90".parse().unwrap());
    way.act(Step::AddParcel(Box::new(parcel)));
    for to in [
        Stage::InTransfer,
        Stage::InTransfer,
        Stage::AtDeliveryBranch,
    ] {
        way.go(to);
    }
    way
}

#[test]
fn each_state_is_read_by_each_method() {
    for method in [QueryMethod::Json, QueryMethod::Xml, QueryMethod::DataSet] {
        let way = arrived();
        let client = queries(&way, method);
        let status = || {
            let found = host().run(client.track(reference())).unwrap();
            assert_eq!(found.len(), 1);
            found[0].status.code()
        };
        assert_eq!(status(), "in_transit");
        for (stage, code) in [
            (Stage::OutForDelivery, "out_for_delivery"),
            (Stage::Undelivered, "in_transit"),
            (Stage::PartlyDelivered, "partly_delivered"),
            (Stage::Delivered, "delivered"),
        ] {
            way.go(stage);
            assert_eq!(status(), code, "{method:?}");
        }
        let found = host()
            .run(client.track(TrackingNumber::new(NUMBER).unwrap()))
            .unwrap();
        assert_eq!(found[0].timeline.iter().count(), 7);
        let way = arrived();
        for (stage, code) in [
            (Stage::Returning, "returning"),
            (Stage::Returned, "returned"),
        ] {
            way.go(stage);
            let found = host()
                .run(queries(&way, method).track(reference()))
                .unwrap();
            assert_eq!(found[0].status.code(), code, "{method:?}");
        }
    }
}

#[test]
fn rows_of_other_types_have_no_unknown_column() {
    let way = arrived();
    way.go(Stage::Delivered);
    let client = queries(&way, QueryMethod::Json);
    let answer = host()
        .run(client.call(&ListMovements::new(reference())))
        .unwrap();
    assert_eq!(answer.value.rows.len(), 4);
    assert!(answer.drift.is_empty(), "{:?}", answer.drift);
    let many = FindMany::new([reference()]);
    let answer = host().run(client.call(&many)).unwrap();
    let parcel: &Parcel = &answer.value.rows[0];
    let amount = parcel
        .collection
        .as_ref()
        .and_then(|collection| collection.amount.as_ref());
    assert_eq!(amount.unwrap().as_str(), "149.90");
    let answer = host()
        .run(client.call(&CountDeliveredToday::new(())))
        .unwrap();
    assert_eq!(answer.value.rows.len(), 1);
    let tables = ParcelTablesByReference::new(reference());
    let answer = host().run(client.call(&tables)).unwrap();
    assert_eq!(answer.value.rows.len(), 2);
}

#[test]
fn an_unknown_parcel_is_not_found_everywhere() {
    let way = Way::new();
    let client = queries(&way, QueryMethod::Json);
    assert!(host().run(client.track(reference())).unwrap().is_empty());
    let number = TrackingNumber::new(NUMBER).unwrap();
    let page = host().run(pages(&way).fetch_number(number)).unwrap();
    assert_eq!(page.value, ParcelLookup::NotFound);
    let table = host()
        .run(shipments(&way).call(&GetCargoInfo::new(reference())))
        .unwrap();
    assert!(table.value.rows.is_empty());
    let label = host().run(shipments(&way).call(&FetchLabel::new(reference())));
    assert!(label.is_err());
}

#[test]
fn the_pages_are_read_by_each_link() {
    let way = arrived();
    way.go(Stage::Undelivered);
    way.go(Stage::Delivered);
    let number = TrackingNumber::new(NUMBER).unwrap();
    let page = host().run(pages(&way).fetch_number(number)).unwrap();
    let parcel = page.value.found().expect("a parcel");
    assert_eq!(parcel.status_text.as_deref(), Some("TESLİM EDİLDİ"));
    assert_eq!(parcel.delivery_branch.as_deref(), Some("KARŞIYAKA"));
    assert_eq!((parcel.steps.len(), parcel.failed_attempts.len()), (5, 1));
    assert!(parcel.delivered_at.is_some());
    let link = |text: &str| {
        let link = parse_link(text).unwrap();
        host().run(pages(&way).fetch_parcel(&link)).unwrap().value
    };
    let host_name = "https://kargotakip.araskargo.com.tr";
    let all = link(&format!(
        "{host_name}/yurticigonbil.aspx?Cargo_Code=0805513100200322615"
    ));
    assert_eq!(all.found().expect("a parcel").steps.len(), 5);
    let account = format!("{host_name}/mainpage.aspx?accountid=CBAD417894B73048BBC058C09771CDB8");
    let summary = link(&format!("{account}&sifre=nd1234&alici_kod=KV-1001"));
    assert_eq!(summary, ParcelLookup::NeedsPerson);
    assert_eq!(
        link(&format!("{account}&alici_kod=KV-9")),
        ParcelLookup::NotFound
    );
}

#[test]
fn tables_and_labels_are_read() {
    let way = arrived();
    let client = shipments(&way);
    let table = host()
        .run(client.call(&GetCargoInfo::new(reference())))
        .unwrap();
    assert_eq!(table.value.rows.len(), 1);
    let label = host()
        .run(client.call(&FetchLabel::new(reference())))
        .unwrap();
    let piece = &label.value.pieces[0];
    assert_eq!(
        piece.tracking_number.as_ref().unwrap().as_received(),
        NUMBER
    );
}

#[test]
fn an_event_is_read() {
    let way = arrived();
    let to = "http://127.0.0.1:1/aras".to_owned();
    way.0.lock().unwrap().settings_mut().push_to = Some(to);
    way.go(Stage::Delivered);
    let posts = way.0.lock().unwrap().take_posts();
    let PostBody::Text { content_type, text } = &posts[0].body else {
        panic!("{posts:?}")
    };
    let event = push::read(&kervan_testing::delivery(content_type.as_str(), text)).unwrap();
    assert_eq!(event.reference, reference());
    // Not `DURUM_KODU`, which would be 6.
    assert_eq!(event.status_code, "3");
}
