//! Expectations of a shop: asked about until it is over, by one program, whatever else tells its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use kervan_core::Host as _;
use kervan_ledger::{
    Account, Allowed, Limit, Limits, MemoryStore, Schedule, Seen, Watch, WatchState,
    WatchStore as _, Watcher, Watching,
};
use kervan_testing::MovableHost;

const SCHEDULE: Schedule = Schedule::new(
    Duration::from_secs(60),
    Duration::from_secs(3_600),
    Duration::from_secs(86_400),
);

fn account() -> Account {
    Account {
        provider: "horoz".to_owned(),
        merchant: "test".to_owned(),
    }
}

struct Shop {
    host: MovableHost,
    store: Arc<MemoryStore>,
}

impl Shop {
    fn new() -> Self {
        Self {
            host: MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)),
            store: Arc::default(),
        }
    }

    fn program(&self) -> Watching<MemoryStore> {
        Watching::new(Arc::clone(&self.store), self.host.clone())
    }

    fn expect(&self, subject: &str) {
        let watching = self.program();
        let watch = watching.watch(&account(), "parcel", subject, &SCHEDULE);
        self.host.run(watching.expect(&watch)).unwrap();
    }

    fn seen(&self, subject: &str) -> Watch {
        let account = account();
        let found = self.store.find_watch(&account, "parcel", subject);
        self.host.run(found).unwrap().unwrap()
    }
}

#[test]
fn a_parcel_is_asked_about_until_it_is_delivered_and_not_oftener_than_the_carrier_allows() {
    let shop = Shop::new();
    shop.expect("order 17");
    let limits = Limits::new(Arc::clone(&shop.store), shop.host.clone());
    let asked = Arc::new(std::sync::Mutex::new(Vec::new()));
    let watcher = {
        let (asked, host) = (Arc::clone(&asked), shop.host.clone());
        let begin = host.now();
        Watcher::new(shop.program()).on("parcel", SCHEDULE, move |watch| {
            let (asked, host, limits) = (Arc::clone(&asked), host.clone(), limits.clone());
            async move {
                let hour = Limit::every(Duration::from_secs(3_600));
                let allowed = limits.take(&watch.account, "track", &watch.subject, hour);
                let seen = match allowed.await.unwrap() {
                    Allowed::NotBefore(time) => Seen::NotBefore(time),
                    Allowed::NeverAgain => Seen::Nothing,
                    Allowed::Now => {
                        let passed = host.now().duration_since(begin).unwrap().as_secs();
                        let mut asked = asked.lock().unwrap();
                        asked.push(passed);
                        if asked.len() == 4 {
                            Seen::Over("delivered".to_owned())
                        } else {
                            Seen::Still("on_the_way".to_owned())
                        }
                    }
                };
                (seen, None)
            }
        })
    };
    let day = shop.host.sleep(Duration::from_secs(80_000));
    let run = watcher.run(day, |error| panic!("{error}"));
    shop.host.run(run);
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 4);
    let pauses = asked.windows(2).map(|pair| pair[1] - pair[0]);
    for pause in pauses {
        assert!((3_600..3_700).contains(&pause), "{asked:?}");
    }
    let seen = shop.seen("order 17");
    assert_eq!(seen.state, WatchState::Over);
    assert_eq!(seen.seen.as_deref(), Some("delivered"));
}

#[test]
fn a_callback_ends_it_while_a_program_asks() {
    let shop = Shop::new();
    shop.expect("order 17");
    shop.host.advance(Duration::from_secs(60));
    let (asking, other) = (shop.program(), shop.program());
    let held = shop.host.run(asking.claim(&["parcel"], 9)).unwrap();
    let taken = shop.host.run(other.claim(&["parcel"], 9)).unwrap();
    assert_eq!((held.len(), taken.len()), (1, 0));
    let account = account();
    let over = other.over(&account, "parcel", "order 17", "paid");
    shop.host.run(over).unwrap();
    // The answer of the question is older than the callback.
    let still = Seen::Still("waiting".to_owned());
    let noted = asking.note(&held[0], still, &SCHEDULE, None);
    assert_eq!(shop.host.run(noted).unwrap(), None);
    assert_eq!(shop.seen("order 17").seen.as_deref(), Some("paid"));
    // A second callback changes nothing, nor does one of something that is not expected.
    for subject in ["order 17", "order 18"] {
        let over = other.over(&account, "parcel", subject, "paid twice");
        shop.host.run(over).unwrap();
    }
    assert_eq!(shop.seen("order 17").seen.as_deref(), Some("paid"));
}

#[test]
fn a_person_asks_before_it_is_due_and_never_beside_a_program() {
    let shop = Shop::new();
    shop.expect("order 17");
    let (program, other) = (shop.program(), shop.program());
    let early = shop.host.run(program.claim(&["parcel"], 9)).unwrap();
    assert_eq!(early.len(), 0, "it is not due");
    let read = shop.seen("order 17");
    let held = shop.host.run(program.hold(&read)).unwrap().unwrap();
    assert_eq!(shop.host.run(other.hold(&held)).unwrap(), None);
    assert_eq!(shop.host.run(other.hold(&read)).unwrap(), None, "it is old");
    shop.host.advance(Duration::from_secs(60));
    let taken = shop.host.run(other.claim(&["parcel"], 9)).unwrap();
    assert_eq!(taken.len(), 0, "it is held");
    let over = Seen::Over("delivered".to_owned());
    let noted = program.note(&held, over, &SCHEDULE, None);
    assert!(shop.host.run(noted).unwrap().is_some());
    let over = shop.seen("order 17");
    assert_eq!(shop.host.run(program.hold(&over)).unwrap(), None);
}

#[test]
fn a_callback_that_came_first_is_not_undone_by_what_is_stored_later() {
    let shop = Shop::new();
    shop.expect("order 17");
    let account = account();
    let program = shop.program();
    shop.host
        .run(program.over(&account, "parcel", "order 17", "paid"))
        .unwrap();
    // A second click stores it again.
    shop.expect("order 17");
    assert_eq!(shop.seen("order 17").state, WatchState::Over);
}

#[test]
fn what_may_never_be_done_is_not_counted_first() {
    let shop = Shop::new();
    let limits = Limits::new(Arc::clone(&shop.store), shop.host.clone());
    let account = account();
    let never = limits.take(&account, "send", "order 17", Limit::at_most(0));
    let never = shop.host.run(never).unwrap();
    assert_eq!(never, Allowed::NeverAgain);
}

#[test]
fn a_question_that_panics_ends_alone_and_is_asked_again_after_the_lease() {
    let shop = Shop::new();
    shop.expect("order 17");
    let asked = AtomicUsize::new(0);
    let watcher = Watcher::new(shop.program()).on("parcel", SCHEDULE, move |_| {
        assert!(asked.fetch_add(1, Ordering::SeqCst) > 0, "of the shop");
        async { (Seen::Over("delivered".to_owned()), None) }
    });
    let mut failures = Vec::new();
    let hour = shop.host.sleep(Duration::from_secs(3_600));
    let run = watcher.run(hour, |error| failures.push(error.to_string()));
    shop.host.run(run);
    assert_eq!(failures, ["the step of parcel `order 17` panicked"]);
    assert_eq!(shop.seen("order 17").state, WatchState::Over);
}
