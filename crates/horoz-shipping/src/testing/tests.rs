//! Each answer, read back by the client: it gives the output that it was written from.

use std::fmt::Debug;

use kervan_core::BaseUrl;
use kervan_testing::{Line, MovableHost, Script};
use kervan_tracking::TrackingStatus;
use testkit::{host, scripted};

use super::*;
use crate::{
    AtfId, Client, Error, OrderDays, OrderLine, Outcome, Party, ProcessKey, RejectionKind, Sent,
    SupplierCode, TrackingService,
};

fn client(script: &Script, host: &MovableHost) -> Client {
    let base = || BaseUrl::parse("https://horoz.example/v1").unwrap();
    let builder = Client::builder(base(), ProcessKey::new("key").unwrap());
    let builder = builder.tracking(TrackingService::new(base()));
    builder.build_over(script.clone(), host.clone())
}

fn read<O: Operation<Service = Settings>>(
    call: &O,
    line: impl Into<Line>,
) -> Result<kervan_core::Answer<O::Output>, Error> {
    scripted::ask(call.name(), line, async |script, host| {
        client(&script, &host).call_once(call).await
    })
}

#[track_caller]
fn written<O: Answered>(call: &O, output: &O::Output) -> O::Output {
    let read = scripted::read_whole(call.name(), read(call, answer(call, output)));
    assert!(read.drift.is_empty(), "{}: {:?}", call.name(), read.drift);
    read.value
}

#[track_caller]
fn returns<O: Answered>(call: &O, output: &O::Output)
where
    O::Output: PartialEq + Debug,
{
    assert_eq!(&written(call, output), output, "{}", call.name());
}

fn supplier() -> SupplierCode {
    SupplierCode::new(801_452).unwrap()
}

fn recipient() -> Party {
    Party::new("Ayşe Örnek")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. 1")
        .phone("05550000001")
}

fn line() -> OrderLine {
    OrderLine::new("YT-160", 2, "320".parse().unwrap())
        .name("Yatak")
        .category("YATAK")
}

fn days() -> OrderDays {
    OrderDays::from_today("2027-01-15".parse().unwrap(), 3)
}

fn order() -> CreateSupplierPaysOrder {
    CreateSupplierPaysOrder::delivery("KV-1001", supplier(), recipient(), days()).line(line())
}

#[test]
fn answers_are_read_as_they_were_written() {
    returns(&order(), &CreatedSupplierPaysOrder::default());
    let shipping =
        CreateShippingOrder::new("KV-2".into(), "Standart", supplier(), recipient(), days());
    returns(&shipping.line(line()), &CreatedShippingOrder::default());
    returns(&CancelSupplierPaysOrder::new("KV-1"), &Cancelled::default());
    returns(&CancelShippingOrder::new("KV-1"), &Cancelled::default());
    let cancel = CancelLabel::new(AtfId::from("12345678901"), "KV-1".into());
    returns(&cancel, &Cancelled::default());
    returns(
        &CheckAccess::new(),
        &Access::new(Some("203.0.113.7".into())),
    );
    returns(
        &ListCounties::new(),
        &CountyList::new([("İZMİR", "KARŞIYAKA"), ("BOLU", "MERKEZ")]),
    );
    let label = Label::new(["1234567890101", "1234567890102"]);
    let read = written(&CreateLabel::new("KV-1"), &label);
    assert_eq!(read.barcodes, label.barcodes);
    assert_eq!(read.atf_id(), Some(AtfId::from("12345678901")));
}

#[test]
fn an_order_is_tracked_in_the_services_words() {
    let call = TrackOrder::new("KV-1");
    let movements = [
        ("21.11.2026 14:05", "TESLİM"),
        ("20.11.2026 09:30", "GİRİŞ"),
    ];
    let read = read(&call, tracked(&call, "TESLİM", movements)).unwrap();
    assert_eq!(read.tracking.status, TrackingStatus::Delivered);
    assert_eq!(read.tracking.timeline.events().len(), 2);
}

#[test]
fn a_number_that_is_taken_settles_a_lost_answer() {
    let settle = |number: &str| {
        let script = Script::of([
            ("createPaysSupplierShipping", Line::lost()),
            (
                "createPaysSupplierShipping",
                exists(&order(), &number.into()).into(),
            ),
        ]);
        // Whatever is left open is tried again.
        script.always("createPaysSupplierShipping", Line::refused());
        let host = host();
        let sent = host.run(client(&script, &host).send_or_settle(&order()));
        script.assert_used();
        sent
    };
    assert!(matches!(settle("KV-1001"), Ok(Sent::Exists)));
    let failed = settle("KV-1002").unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
}

#[test]
fn refusals_are_read_with_their_codes() {
    let error = read(&order(), refused(&order(), "ERR-20005", "-")).unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::UnknownSender
    );
    assert_eq!(error.outcome(), Outcome::NotDone);
    let error = read(&order(), exists(&order(), &order().number)).unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, RejectionKind::NumberTaken);
    let list = ListCounties::new();
    let error = read(&list, refused(&list, "ERR-20001", "-")).unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, RejectionKind::WrongKey);
}
