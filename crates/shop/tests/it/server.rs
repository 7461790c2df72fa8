//! A PostgreSQL server that is gone, held, or has the tables of another shop.

use std::time::Duration;

use kervan_sandbox::horoz::{Horoz, Step};
use kervan_sandbox::outbox::{How, Rule};
use kervan_sandbox::param::{Customer, Param};
use postgres_cluster::{Cluster, Settings};

use crate::support::{Stage, refuses_everything, return_path, session};
use crate::unstored::forms;

#[test]
fn that_is_gone_and_comes_back() {
    let Some(cluster) = Cluster::start(Settings::default()).unwrap() else {
        return;
    };
    let stage = Stage::on(&cluster.url(&cluster.database()));
    let forms = forms(&stage);
    cluster.stop_at_once().unwrap();
    refuses_everything(&stage, &stage.browser(), &forms);
    cluster.start_again().unwrap();
    for (action, body) in &forms {
        let sent = stage.browser().post(action, &[], body);
        assert_eq!(sent.status, 303, "{action}: {}", sent.text());
    }
}

#[test]
fn that_holds_a_table_for_another_program() {
    let Some(cluster) = Cluster::start(Settings::default()).unwrap() else {
        return;
    };
    let name = cluster.database();
    let stage = Stage::on(&cluster.url(&name));
    let forms = forms(&stage);
    std::thread::scope(|scope| {
        let locking = "BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(30)";
        let held = scope.spawn(|| {
            let end = std::panic::catch_unwind(|| cluster.sql(&name, locking));
            assert!(end.is_err(), "its session is ended below");
        });
        stage.until("the lock", || {
            let locks = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'";
            cluster.sql(&name, locks) != "0"
        });
        // The order of a form is read first.
        refuses_everything(&stage, &stage.browser(), &forms[1..]);
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%'";
        cluster.sql(&name, end);
        held.join().unwrap();
    });
    for (action, body) in &forms {
        let sent = stage.browser().post(action, &[], body);
        assert_eq!(sent.status, 303, "{action}: {}", sent.text());
    }
}

#[test]
fn that_has_the_tables_of_another_version_of_the_shop() {
    let Some(cluster) = Cluster::start(Settings::default()).unwrap() else {
        return;
    };
    let name = cluster.database();
    let mut stage = Stage::on(&cluster.url(&name));
    stage.crash();
    let address = cluster.url(&name).replace("kervan@", "kervan:parola@");
    for (layout, expected) in [(1, "by an older version"), (1_000, "by a newer version")] {
        cluster.sql(&name, &format!("UPDATE shop SET layout = {layout}"));
        let why = Stage::start_over(&stage, &address).unwrap_err();
        assert!(why.contains(expected), "{why}");
        assert!(why.starts_with("SHOP_DATABASE: "), "{why}");
        assert!(!why.contains("parola") && !why.contains('\n'), "{why}");
    }
    for wrong in ["postgres://127.0.0.1:1/shop", "postgres://kervan:parola@"] {
        let why = Stage::start_over(&stage, wrong).unwrap_err();
        assert!(why.starts_with("SHOP_DATABASE: "), "{why}");
        assert!(!why.contains("parola") && !why.contains('\n'), "{why}");
    }
}

#[test]
fn that_several_programs_use() {
    let Some(cluster) = Cluster::start(Settings::default()).unwrap() else {
        return;
    };
    let name = cluster.database();
    let stage = Stage::on(&cluster.url(&name));
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    // A payment that begins here is not given up by another program that starts.
    stage.gate.close("Pos_Odeme");
    let (action, body) = browser.get(&order).form("#pay", &[]);
    let held = browser.send("POST", &action, &[], &body).unwrap();
    stage.until("the held start", || stage.gate.holds());
    Stage::start_over(&stage, stage.database()).unwrap();
    assert!(browser.get(&order).has("[data-state=starting]"));
    drop(held);
    // Nobody goes on with that of a program which has died.
    let dead = "UPDATE payments SET program = 1";
    cluster.sql(&name, dead);
    Stage::start_over(&stage, stage.database()).unwrap();
    assert!(browser.get(&order).has("[data-state=abandoned]"));
}

/// A return that can be read, and is not Param's.
const FORGED: &str = "TURKPOS_RETVAL_Sonuc=1&TURKPOS_RETVAL_Sonuc_Str=Onaylandi&\
    TURKPOS_RETVAL_GUID=0c13d406-873b-403b-9c09-a5766840d98c&TURKPOS_RETVAL_Islem_Tarih=21.11.2026+10%3A00%3A00&\
    TURKPOS_RETVAL_Dekont_ID=1&TURKPOS_RETVAL_Tahsilat_Tutari=100%2C00&TURKPOS_RETVAL_Odeme_Tutari=100%2C00&\
    TURKPOS_RETVAL_Siparis_ID=KV-1&TURKPOS_RETVAL_Islem_ID=KV-1-01&TURKPOS_RETVAL_Hash=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D";

#[test]
fn of_which_two_programs_ask_about_everything_once() {
    let Some(cluster) = Cluster::start(Settings::default()).unwrap() else {
        return;
    };
    let stage = Stage::on(&cluster.url(&cluster.database()));
    stage.open_shop();
    let order = stage.order();
    let browser = stage.browser();
    let begun = browser.submit(&browser.get(&order), "#pay", &[]);
    let (other, its_browser) = stage.beside();
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    let question = "TP_Islem_Sorgulama4";
    // No clock moves while a question is on its way, so that its client does not repeat it.
    let is_quiet = || {
        let waiting = browser.get("/desk").texts("#watches").concat();
        !waiting.contains("a program asks now")
    };
    for _ in 0..60 {
        stage.advance(Duration::from_secs(15));
        stage.moment();
        stage.until("the answer", is_quiet);
    }
    assert!(stage.calls(question) >= 4);
    let records = stage.sandbox.records();
    let times = records.iter().filter(|one| one.operation == question);
    let times: Vec<_> = times.map(|one| one.at.0).collect();
    let pauses: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(pauses.iter().all(|pause| *pause >= 55_000), "{pauses:?}");
    stage.customer(&session(&begun), Customer::Proves);
    stage.pass_until("the payment", || {
        its_browser.get(&order).has("[data-state=paid]")
    });

    // A forged return reaches the one while the other waits for the answer to the start. Its payment is asked about
    // all the same.
    let second = stage.order();
    stage.gate.keep_answers_of(Some("Pos_Odeme"));
    let (action, body) = browser.get(&second).form("#pay", &[]);
    let begun = browser.send("POST", &action, &[], &body).unwrap();
    stage.until("the start", || stage.calls("Pos_Odeme") == 2);
    let answer = its_browser.post(&return_path(&stage), &[], FORGED);
    assert_eq!(answer.location(), second, "{}", answer.text());
    stage.gate.keep_answers_of(None);
    stage.until("the page", || {
        browser.get(&second).has("[data-state=waiting]")
    });
    drop(begun);
    let page = stage
        .sandbox
        .ask(|param: &Param| param.payments()[1].session.clone());
    stage.sandbox.rule(Rule::on("param", "return", How::Never));
    stage.customer(&page, Customer::Proves);
    stage.pass_until("the second payment", || {
        browser.get(&second).has("[data-state=paid]")
    });

    // The pause of a carrier holds for both.
    browser.submit(&browser.get(&order), "#horoz", &[]);
    let number = stage
        .sandbox
        .ask(|horoz: &Horoz| horoz.orders().next().unwrap().number.clone());
    let accept = Step::Accept { order: number };
    stage.sandbox.step::<Horoz>(&accept).unwrap();
    for one in [&browser, &its_browser, &browser, &its_browser] {
        one.submit(&one.get(&order), "#track-1", &[]);
        let said = one.get(&order).texts("#parcel-1 .status strong");
        assert_eq!(said, ["Horoz: BEKLİYOR"]);
        stage.advance(Duration::from_secs(60));
    }
    assert_eq!(stage.calls("listShippingDetails"), 1);
    other.shutdown_timeout(Duration::from_secs(5));
}
