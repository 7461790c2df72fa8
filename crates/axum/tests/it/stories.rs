//! The stories of the inbox: at once, before, after, in the middle, and without a database.

mod senders;
mod waiting;

use crate::support::{App, CALLBACK, OK, REFERENCE, completed, mailbox, money, request, stored};
use haso_bnpl::callbacks::OrderCallback;
use haso_bnpl::testing::{CONTENT_TYPE, OrderPost};
use haso_bnpl::{OrderNumber, Quirks, StoredOrder, Unverified};
use kervan_axum::{Arrived, Intake, Verdict};
use kervan_ledger::StoreErrorKind;
use kervan_ledger_sqlite::SqliteStore;
use kervan_testing::MovableHost;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

fn genuine() -> Vec<u8> {
    completed(&stored(), "TRX-1")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_posts_at_once_are_applied_once_and_all_get_the_answer_that_stops_them() {
    let app = App::new();
    app.hold();
    let posts: Vec<_> = (0..64)
        .map(|_| {
            let app = app.clone();
            tokio::spawn(async move { app.post(CALLBACK, CONTENT_TYPE, &genuine()).await })
        })
        .collect();
    app.until(|shop| shop.store.storing.load(Ordering::SeqCst) == 64)
        .await;
    while app.waiting().await[0].times < 64 {
        tokio::task::yield_now().await;
    }
    app.let_go();
    for post in posts {
        let answer = post.await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "OK"));
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    }
    let (runs, effects) = app.shop.counts();
    assert_eq!(effects, 1);
    // Few, because one that was stored in time may begin after the first one has ended.
    assert!(
        runs < 8,
        "{runs}: one runs at a time, and the others get its result"
    );
    let before = app.shop.counts();
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts(), before, "it is answered at once");
}

#[tokio::test]
async fn a_forged_post_before_the_genuine_one_keeps_nothing_out() {
    let app = App::new();
    let cheap = StoredOrder::open("1905231436-1", money("5.00"));
    let forged = completed(&cheap, "TRX-1");
    for _ in 0..2 {
        let answer = app.post(CALLBACK, CONTENT_TYPE, &forged).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (409, "does not fit the order")
        );
    }
    assert_eq!(app.shop.counts().1, 0);
    // One with the right amount and a number of its own is another subject.
    let invented = completed(&stored(), "TRX-INVENTED");
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &invented).await.status,
        200
    );
    assert_eq!(app.shop.counts().1, 1);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts().1, 2, "the genuine one is applied too");
    let waiting = app.waiting().await;
    assert!(waiting.is_empty(), "{waiting:?}");
}

#[tokio::test]
async fn the_browsers_post_and_the_services_are_one_event_and_a_person_always_sees_a_page() {
    let app = App::new();
    let post = |path| {
        let app = app.clone();
        async move { app.post(path, CONTENT_TYPE, &genuine()).await }
    };
    let (person, server) = tokio::join!(post(OK), post(CALLBACK));
    assert_eq!((person.status, person.body.as_str()), (200, "your order"));
    assert_eq!((server.status, server.body.as_str()), (200, "OK"));
    assert_eq!(post(OK).await.body, "your order", "the second time too");
    assert_eq!(app.shop.counts().1, 1);
    // The same event in another body, as a browser may write it, is applied before.
    let mut other = genuine();
    other.extend_from_slice(b"\r\n");
    assert_eq!(app.post(OK, CONTENT_TYPE, &other).await.body, "your order");
    assert_eq!(app.shop.counts().1, 1);
}

/// The program's function of the next story: it hangs in the first program, and applies in the second.
async fn apply(hangs: bool, post: Arrived<Unverified<OrderCallback>, SqliteStore>) -> Verdict {
    if hangs {
        std::future::pending::<()>().await;
    }
    assert_eq!(post.reference(), Some(REFERENCE));
    match post.verify(|post| post.confirm(&stored(), &Quirks::default())) {
        Ok(order) => {
            let along = |shop: &rusqlite::Transaction<'_>| {
                shop.execute_batch("INSERT INTO orders VALUES ('activate')")
            };
            order.apply(Some(Box::new(along))).await
        }
        Err(refused) => refused.settle(None).await,
    }
}

#[test]
fn a_program_that_dies_between_storing_and_applying_applies_after_its_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
    let open = |hangs| {
        let store = Arc::new(SqliteStore::open(&path).unwrap());
        Intake::new(mailbox(store, &host, "haso"), move |post| {
            apply(hangs, post)
        })
    };
    let send = |intake: &Intake<_, SqliteStore>| {
        let intake = intake.clone();
        async move {
            let request = request(CALLBACK, CONTENT_TYPE, &genuine());
            intake.from_server(request, Some(REFERENCE)).await.status()
        }
    };
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };

    let first = open(true);
    let program = runtime();
    program.block_on(async {
        let waits = tokio::spawn(send(&first));
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        assert!(!waits.is_finished(), "it is stored, and not applied");
    });
    // Its tasks end with it.
    drop(program);
    drop(first);

    let shop = rusqlite::Connection::open(&path).unwrap();
    shop.execute_batch("CREATE TABLE orders (change TEXT)")
        .unwrap();
    let changes = || {
        let count = shop.query_row("SELECT count(*) FROM orders", [], |row| {
            row.get::<_, i64>(0)
        });
        count.unwrap()
    };
    let second = open(false);
    let program = runtime();
    program.block_on(async {
        let replayed = second.replay().await.unwrap();
        assert_eq!((replayed.applied, replayed.later), (1, 0));
        assert_eq!(changes(), 1);
        assert_eq!(send(&second).await, 200, "HASO posts again, and is stopped");
        assert_eq!(second.replay().await.unwrap().applied, 0);
    });
    assert_eq!(changes(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_over_one_database_apply_a_post_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
    let programs = [(); 2].map(|()| {
        let store = Arc::new(SqliteStore::open(&path).unwrap());
        Intake::new(mailbox(store, &host, "haso"), |post| apply(false, post))
    });
    let shop = rusqlite::Connection::open(&path).unwrap();
    shop.execute_batch("CREATE TABLE orders (change TEXT)")
        .unwrap();
    let posts: Vec<_> = (0..64)
        .map(|at| {
            let intake = programs[at % 2].clone();
            // Half of them in another body: two posts of one event.
            let mut body = genuine();
            body.extend(std::iter::repeat_n(b'\n', at / 2 % 2));
            tokio::spawn(async move {
                let request = request(CALLBACK, CONTENT_TYPE, &body);
                intake.from_server(request, Some(REFERENCE)).await.status()
            })
        })
        .collect();
    for post in posts {
        assert_eq!(post.await.unwrap(), 200);
    }
    let count = shop.query_row("SELECT count(*) FROM orders", [], |row| {
        row.get::<_, i64>(0)
    });
    assert_eq!(count.unwrap(), 1);
}

#[tokio::test]
async fn without_a_database_the_provider_posts_again() {
    let app = App::new();
    app.shop.store.is_gone.store(true, Ordering::SeqCst);
    let answer = app.post(CALLBACK, CONTENT_TYPE, &genuine()).await;
    assert_eq!((answer.status, answer.body.as_str()), (503, "try again"));
    assert_eq!(
        app.post(OK, CONTENT_TYPE, &genuine()).await.body,
        "we are checking"
    );
    assert_eq!(
        app.shop.counts(),
        (0, 0),
        "nothing is read before it is stored"
    );
    assert!(app.orders.replay().await.is_err());

    app.shop.store.is_gone.store(false, Ordering::SeqCst);
    app.shop
        .store
        .refuses_to_apply
        .store(true, Ordering::SeqCst);
    let answer = app.post(CALLBACK, CONTENT_TYPE, &genuine()).await;
    assert_eq!(answer.status, 503, "it was not applied");
    let reported = app.shop.reported.lock().unwrap().clone();
    assert_eq!(reported, [StoreErrorKind::Gone; 3]);

    app.shop
        .store
        .refuses_to_apply
        .store(false, Ordering::SeqCst);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts().1, 1);
}

#[tokio::test]
async fn a_function_that_panics_leaves_the_post_to_its_repeat() {
    let app = App::new();
    app.shop.panics.store(true, Ordering::SeqCst);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        503
    );
    app.shop.panics.store(false, Ordering::SeqCst);
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts(), (2, 1));
}

#[tokio::test]
async fn a_function_that_takes_long_goes_on_after_the_answer() {
    let app = App::new();
    app.hold();
    let slow = app.clone();
    let waits = tokio::spawn(async move { slow.post(CALLBACK, CONTENT_TYPE, &genuine()).await });
    app.until(|shop| shop.counts().0 == 1).await;
    app.shop.host.advance(Duration::from_secs(21));
    assert_eq!(waits.await.unwrap().status, 503, "nothing is applied yet");
    app.let_go();
    app.until(|shop| shop.counts().1 == 1).await;
    assert_eq!(
        app.post(CALLBACK, CONTENT_TYPE, &genuine()).await.status,
        200
    );
    assert_eq!(app.shop.counts(), (1, 1));
}

#[tokio::test]
async fn a_claim_that_costs_nothing_is_noted_and_stopped() {
    let app = App::new();
    for (reason, count) in [("H223", 1), ("H223", 1), ("H224", 2)] {
        let failed = OrderPost::failed(&OrderNumber::from("1905231436-1"), reason).body();
        let answer = app.post(CALLBACK, CONTENT_TYPE, &failed).await;
        assert_eq!((answer.status, app.shop.counts().1), (200, 0));
        assert_eq!(
            app.shop.notes.count(),
            count,
            "each claim once, for the staff"
        );
    }
    let answer = app.post(CALLBACK, CONTENT_TYPE, &genuine()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(app.shop.counts().1, 1, "it keeps nothing out");
}
