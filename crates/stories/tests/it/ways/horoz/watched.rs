//! A parcel that is waited for, as the recipe of the ledger has it: by programs that end, no oftener than Horoz answers.

use std::sync::Arc;
use std::time::Duration;

use horoz_shipping::{Client, TrackOrder};
use kervan_core::Host as _;
use kervan_ledger::{
    Account, Allowed, Limit, Limits, MemoryStore, Schedule, Seen, Watch, WatchState,
    WatchStore as _, Watcher, Watching,
};
use kervan_sandbox::horoz::{MovementKind, Step};

use super::Shop;

const HOUR: Duration = Duration::from_secs(3_600);
const PARCEL: Schedule = Schedule::new(
    HOUR,
    Duration::from_secs(6 * 3_600),
    Duration::from_secs(30 * 86_400),
);

async fn ask(limits: &Limits<MemoryStore>, client: &Client, parcel: &Watch) -> Seen {
    let (account, order) = (&parcel.account, &parcel.subject);
    match limits
        .take(account, "track", order, Limit::every(HOUR))
        .await
    {
        Ok(Allowed::Now) => {}
        Ok(Allowed::NotBefore(time)) => return Seen::NotBefore(time),
        Ok(Allowed::NeverAgain) | Err(_) => return Seen::Nothing,
    }
    match client.track_order(&TrackOrder::new(order.as_str())).await {
        Ok(answer) if answer.value.tracking.status.is_final() => Seen::Over("final".to_owned()),
        Ok(_) => Seen::Still("on_the_way".to_owned()),
        Err(_) => Seen::Nothing,
    }
}

#[test]
fn a_parcel_is_waited_for_though_programs_end_and_is_asked_for_once_an_hour() {
    let shop = Shop::open();
    let order = || "KV-1".to_owned();
    shop.stage
        .run(shop.client.send_or_settle(&shop.order("KV-1")))
        .unwrap();
    shop.stage.act(Step::Accept { order: order() });
    let store = Arc::new(MemoryStore::new());
    let account = Account {
        provider: "horoz".to_owned(),
        merchant: "test".to_owned(),
    };
    let watching = || Watching::new(Arc::clone(&store), shop.stage.host());
    let first = watching();
    let parcel = first.watch(&account, "parcel", order(), &PARCEL);
    shop.stage.run(first.expect(&parcel)).unwrap();

    // Each program knows nothing but the store, and ends after five hours.
    let mut lives = 0;
    while !is_over(&shop, &store, &account) {
        lives += 1;
        assert!(lives < 20, "it is seen in the end");
        if lives == 3 {
            let to = MovementKind::Delivered;
            shop.stage.act(Step::Move { order: order(), to });
        }
        let limits = Limits::new(Arc::clone(&store), shop.stage.host());
        let client = super::builder().build_over(shop.stage.network(), shop.stage.host());
        let watcher = Watcher::new(watching()).on("parcel", PARCEL, move |parcel| {
            let (limits, client) = (limits.clone(), client.clone());
            async move { (ask(&limits, &client, &parcel).await, None) }
        });
        let life = shop.stage.host().sleep(5 * HOUR);
        shop.stage.run(watcher.run(life, |error| panic!("{error}")));
    }
    let questions = shop.stage.count("listShippingDetails");
    assert!(
        (3..=5).contains(&questions),
        "{questions} questions in {lives} lives"
    );
}

fn is_over(shop: &Shop, store: &MemoryStore, account: &Account) -> bool {
    let found = store.find_watch(account, "parcel", "KV-1");
    let found = shop.stage.run(found).unwrap().unwrap();
    found.state == WatchState::Over
}
