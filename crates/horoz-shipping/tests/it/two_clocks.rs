//! The client's clock and that of the sandbox: neither moves the other.

#![expect(
    clippy::disallowed_methods,
    reason = "the other clock is the machine's, and only it passes by itself"
)]

use std::time::{Duration, SystemTime};

use horoz_shipping::{
    BaseUrl, Client, Config, CreateSupplierPaysOrder, ListCounties, OrderDays, OrderLine, Party,
    ProcessKey, RejectionKind, SupplierCode, TrackError, TrackOrder, TrackingService,
};
use kervan_reqwest::ReqwestTransport;
use kervan_sandbox::horoz::{Horoz, Step};
use kervan_sandbox::{Fault, Plan, Sandbox};
use kervan_testing::MovableHost;

const HOUR: Duration = Duration::from_secs(3600);
const NUMBER: &str = "KV-1001";

fn client(sandbox: &Sandbox, repeat_after: Option<Duration>) -> Client {
    let horoz = sandbox.account("horoz");
    let base = BaseUrl::parse(&horoz.address).unwrap();
    let mut tracking = TrackingService::new(base.clone());
    if let Some(pause) = repeat_after {
        tracking = tracking.repeat_after(pause);
    }
    let key = ProcessKey::new(horoz.get("process_key")).unwrap();
    let builder = Client::builder(base, key).tracking(tracking);
    builder.build().unwrap()
}

/// Opens a world with an order whose goods are accepted.
async fn world_with_an_order() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox, None);
    let supplier = sandbox.account("horoz").get("supplier_code").parse();
    let supplier = SupplierCode::new(supplier.unwrap()).unwrap();
    let recipient = Party::new("Ayşe Örnek")
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone("05550000001");
    let days = OrderDays::from_today(client.today(), 3);
    let order = CreateSupplierPaysOrder::delivery(NUMBER, supplier, recipient, days).line(
        OrderLine::new("YT-160", 2, "320".parse().unwrap())
            .name("Çift kişilik yatak")
            .category("Yatak"),
    );
    client.send_or_settle(&order).await.unwrap();
    let order = NUMBER.to_owned();
    sandbox.step::<Horoz>(&Step::Accept { order }).unwrap();
    sandbox
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_a_world_does_not_move_the_clients() {
    let sandbox = world_with_an_order().await;
    let query = TrackOrder::new(NUMBER);

    let waiting = client(&sandbox, None);
    waiting.track_order(&query).await.unwrap();
    sandbox.advance(HOUR);
    let refused = waiting.track_order(&query).await.unwrap_err();
    assert!(matches!(refused, TrackError::TooSoon { .. }), "{refused}");

    let at_once = client(&sandbox, Some(Duration::ZERO));
    at_once.track_order(&query).await.unwrap();
    // Horoz' own pause is a matter of the world's clock.
    let TrackError::Call(refused) = at_once.track_order(&query).await.unwrap_err() else {
        panic!("the client does not wait");
    };
    let kind = refused.rejection().map(|rejection| rejection.kind);
    assert_eq!(kind, Some(RejectionKind::AskedTooSoon));
    sandbox.advance(HOUR);
    at_once.track_order(&query).await.unwrap();
    sandbox.finish().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_with_a_movable_clock_pauses_until_the_test_moves_it() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.plan("horoz", Plan::on("listCounties", Fault::AnswerLost));
    let horoz = sandbox.account("horoz");
    let base = BaseUrl::parse(&horoz.address).unwrap();
    let host = MovableHost::at(SystemTime::UNIX_EPOCH);
    let transport = ReqwestTransport::new(&Config::default()).unwrap();
    let key = ProcessKey::new(horoz.get("process_key")).unwrap();
    let client = Client::builder(base, key).build_over(transport, host.clone());

    let call = tokio::spawn(async move { client.call(&ListCounties::new()).await.is_ok() });
    // The first try ends by the fault; the second waits for a clock that nobody moves.
    sandbox.wait_for_call("listCounties").await.unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(!call.is_finished());
    assert_eq!(sandbox.records().len(), 1);
    // A slow machine reaches its pause later; all of these together are below the limit of a try.
    for _ in 0..100 {
        host.advance(Duration::from_millis(200));
        std::thread::sleep(Duration::from_millis(20));
        if call.is_finished() {
            break;
        }
    }
    assert!(call.await.unwrap());
    assert_eq!(sandbox.records().len(), 2);
    sandbox.finish().unwrap();
}
