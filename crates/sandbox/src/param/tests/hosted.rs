//! A world behind a server: logins, steps of people outside, posts and states.

use super::*;
use crate::{Hosted, Kurus, PostBody, Sender};

const BASE: &str = "http://127.0.0.1:4010/w/1/param";

fn step(json: &str) -> Step {
    serde_json::from_str(json).unwrap()
}

impl Shop {
    fn act(&mut self, json: &str) -> Result<Vec<Effect>, String> {
        let now = self.now;
        self.world.act(step(json), now, &mut self.chance)
    }

    fn states(&self, key: &str) -> Vec<&'static str> {
        let states = self.world.states().into_iter();
        states
            .filter(|(listed, _)| listed == key)
            .map(|(_, state)| state.name())
            .collect()
    }

    fn start(&mut self, order: &str) -> Reply {
        let values = [("Siparis_ID", order), ("Islem_Guvenlik_Tip", "3D")];
        self.call("Pos_Odeme", &values)
    }
}

#[test]
fn a_drawn_login_is_of_one_world_and_the_published_one_needs_no_chance() {
    let mut chance = Chance::new(5);
    let (one, other) = (
        Param::open(BASE, Some(&mut chance)),
        Param::open(BASE, Some(&mut chance)),
    );
    let published = Param::open(BASE, None);
    assert_eq!(published.account(), &Account::published());
    let names: Vec<&str> = one.login().into_iter().map(|(name, _)| name).collect();
    let expected = [
        "client_code",
        "client_username",
        "client_password",
        "guid",
        "marketplace_guid",
    ];
    assert_eq!(names, expected);
    for (name, value) in one.login() {
        assert!(!other.login().contains(&(name, value)), "{name}");
    }
    let account = one.account();
    let login = [
        ("CLIENT_CODE", account.code.as_str()),
        ("CLIENT_USERNAME", &account.user),
        ("CLIENT_PASSWORD", &account.password),
        ("GUID", &account.key),
    ];
    let request = sample("Pos_Odeme", &login);
    let is_of = |world: &Param, request: &Request| world.is_login_of(request);
    assert!(is_of(&one, &request) && !is_of(&other, &request) && !is_of(&published, &request));
    assert!(is_of(&published, &sample("TP_Modal_Payment", &[])));
    assert!(!is_of(
        &published,
        &Request::new("GET", "/turkpos.ws/service_ks.asmx", &[], "")
    ));
    let mut shop = Shop::open();
    shop.world = one;
    let answer = shop.send(&request);
    let reply = Reply(xml::read(&answer.body).unwrap());
    assert_eq!(reply.get("Sonuc"), "1");
}

#[test]
fn services_are_found_behind_any_prefix() {
    let mut shop = Shop::open();
    for prefix in ["", "/w/1/param", "/a/b/c/d"] {
        let mut request = sample("SHA2B64", &[]);
        request.path = format!("{prefix}/turkpos.ws/service_turkpos_prod.asmx");
        assert_eq!(shop.send(&request).status, 200, "{prefix}");
    }
}

#[test]
fn every_service_is_at_its_address_and_all_are_at_the_base() {
    let mut shop = Shop::open();
    let operations = [
        ("payments", "TP_Ozel_Oran_Liste"),
        ("marketplace", "Pazaryeri_TP_AltUyeIsyeri_Liste"),
        ("cards", "KS_Kart_Liste"),
    ];
    for (service, operation) in operations {
        for (name, path) in Param::SERVICES {
            let mut request = sample(operation, &[]);
            request.path = (*path).to_owned();
            let answer = shop.send(&request);
            let is_there = [service, "everything"].contains(name);
            let is_answered = answer.status == 200;
            assert_eq!(is_answered, is_there, "{operation} at {name}");
        }
        let mut request = sample(operation, &[]);
        request.path = "/".to_owned();
        let answer = shop.send(&request);
        let namespace = if service == "cards" {
            "xmlns=\"https://turkpara.com.tr/\""
        } else {
            "xmlns=\"https://turkpos.com.tr/\""
        };
        assert!(answer.text().contains(namespace), "{}", answer.text());
    }
    let mut request = sample("KS_Kart_Liste", &[]);
    request.path = "/out.ws/".to_owned();
    assert_eq!(shop.send(&request).status, 404);
}

#[test]
fn addresses_of_answers_begin_with_the_base() {
    let mut shop = Shop::open();
    shop.world.move_to(BASE);
    let model = [("Siparis_ID", "order-2"), ("Islem_Guvenlik_Tip", "3D")];
    let urls = [
        shop.start("order-1").get("UCD_URL"),
        shop.call("TP_Islem_Odeme_BKM", &[]).get("Redirect_URL"),
        shop.call("TP_Modal_Payment", &[]).get("URL"),
        shop.call("TP_KK_Verify", &[]).get("UCD_URL"),
    ];
    for url in urls {
        assert!(url.starts_with(&format!("{BASE}/page/")), "{url}");
    }
    let html = shop.call("TP_WMD_UCD", &model).get("UCD_HTML");
    assert!(html.contains(&format!("action=\"{BASE}/page/3D_Secure/\"")));
    let rates = shop.call("TP_Ozel_Oran_SK_Liste", &[]);
    assert!(
        rates
            .cell(0, "Kredi_Karti_Banka_Gorsel")
            .starts_with(&format!("{BASE}/page/"))
    );
}

#[test]
fn the_customers_form_becomes_a_post_of_the_browser() {
    let mut shop = Shop::open();
    for (does, state, word) in [
        ("approve", "1", "charged"),
        ("wrong_code", "-1", "not_proven"),
        ("cancel", "-1", "not_proven"),
    ] {
        shop.start(does);
        assert_eq!(shop.states(does), ["waiting"]);
        let json = format!(r#"{{"step":"customer","page":"{does}","does":"{does}"}}"#);
        let effects = shop.act(&json).unwrap();
        assert_eq!(effects.len(), usize::from(state == "1"));
        let posts = shop.world.take_posts();
        let [post] = posts.as_slice() else {
            panic!("{does}: {} posts", posts.len());
        };
        assert_eq!(
            (post.by, post.kind.as_str(), post.about.as_str()),
            (Sender::Browser, Param::POSTS[0], does)
        );
        let PostBody::Form(fields) = &post.body else {
            panic!("{does}: no form");
        };
        let sonuc = ("TURKPOS_RETVAL_Sonuc".to_owned(), state.to_owned());
        assert!(fields.contains(&sonuc), "{does}");
        assert!(shop.world.take_posts().is_empty());
        assert_eq!(shop.states(does), [word]);
        let again = shop.act(&json).unwrap_err();
        assert!(again.contains("has ended"), "{again}");
    }
    let unknown = shop.act(r#"{"step":"customer","page":"x","does":"approve"}"#);
    assert!(unknown.unwrap_err().contains("no page"));
}

#[test]
fn a_page_that_expires_leaves_the_shop_without_a_form() {
    let mut shop = Shop::open();
    shop.start("order-1");
    shop.act(r#"{"step":"expire","page":"order-1"}"#).unwrap();
    assert!(shop.world.take_posts().is_empty());
    assert_eq!(shop.states("order-1"), ["not_proven"]);
    assert!(
        shop.act(r#"{"step":"customer","page":"order-1","does":"approve"}"#)
            .is_err()
    );
}

#[test]
fn pages_complete_at_once_after_a_time_or_by_hand() {
    let mut shop = Shop::open();
    shop.start("order-0");
    shop.act(r#"{"step":"release"}"#).unwrap();
    assert_eq!(shop.states("order-0"), ["charged"]);
    shop.world.take_posts();
    shop.effects.clear();
    shop.act(r#"{"step":"set_rules","rules":{"completion":"at_once"}}"#)
        .unwrap();
    shop.start("order-1");
    assert_eq!(shop.effects.len(), 2);
    assert_eq!(shop.states("order-1"), ["charged"]);
    assert_eq!(shop.world.take_posts().len(), 1);
    shop.act(r#"{"step":"set_rules","rules":{"completion":{"after":60000}}}"#)
        .unwrap();
    // The page opens before midnight and completes after it, whenever time is looked at.
    shop.now = shop.now.next_midnight().plus(-30_000);
    shop.start("order-2");
    shop.start("order-3");
    assert!(
        shop.world
            .tick(shop.now.plus(59_999), &mut shop.chance)
            .is_empty()
    );
    shop.act(r#"{"step":"release","page":"order-3"}"#).unwrap();
    assert_eq!(shop.states("order-3"), ["charged"]);
    let later = shop.now.plus(86_400_000);
    assert_eq!(shop.world.tick(later, &mut shop.chance).len(), 1);
    let charged = shop.world.charges("order-2")[0].charged;
    assert_eq!(charged, shop.now.plus(60_000));
    assert_eq!(shop.world.take_posts().len(), 2);
}

#[test]
fn a_page_completes_before_the_nth_query_that_names_its_payment() {
    let mut shop = Shop::open();
    shop.act(r#"{"step":"set_rules","rules":{"completion":{"after_reads":2}}}"#)
        .unwrap();
    shop.start("order-1");
    let mut ask = |order: &str| {
        let values = [("Dekont_ID", ""), ("Siparis_ID", order), ("Islem_ID", "")];
        let rows = shop.call("TP_Islem_Sorgulama4", &values).rows().len();
        (rows, shop.states("order-1"))
    };
    assert_eq!(ask("order-1"), (0, vec!["waiting"]));
    assert_eq!(ask("order-2"), (0, vec!["waiting"]));
    assert_eq!(ask("order-1").1, ["charged"]);
    assert_eq!(shop.world.take_posts().len(), 1);
}

#[test]
fn a_page_ends_with_its_life_unless_it_completes_before() {
    let mut shop = Shop::open();
    shop.act(r#"{"step":"set_rules","rules":{"page_life":60000,"completion":{"after":60000}}}"#)
        .unwrap();
    shop.start("order-1");
    shop.act(r#"{"step":"set_rules","rules":{"page_life":60000}}"#)
        .unwrap();
    shop.start("order-2");
    let later = shop.now.plus(59_999);
    assert!(shop.world.tick(later, &mut shop.chance).is_empty());
    assert_eq!(shop.states("order-2"), ["waiting"]);
    shop.world.rules.completion = Completion::After(60_000);
    shop.world
        .expire_page(&shop.world.session_of("order-2").unwrap(), later);
    let later = shop.now.plus(60_000);
    assert_eq!(shop.world.tick(later, &mut shop.chance).len(), 1);
    assert_eq!(shop.states("order-1"), ["charged"]);
    shop.world.rules.completion = Completion::After(60_001);
    shop.start("order-3");
    assert!(shop.world.tick(later, &mut shop.chance).is_empty());
    assert_eq!(shop.states("order-3"), ["not_proven"]);
    assert_eq!(shop.world.take_posts().len(), 1);
}

#[test]
fn a_world_is_prepared_by_steps_that_do_not_contradict_it() {
    let mut shop = Shop::open();
    let seller = r#"{"step":"seed_seller","key":"seller-1","values":{"Tip":"3"}}"#;
    let payment = r#"{"step":"seed_payment","id":600,"order":"order-1","amount":10000,"at":1000}"#;
    let entry = r#"{"step":"seed_entry","key":"entry-1","payment":600,"seller":"seller-1","product":5000,"payable":4000}"#;
    let card =
        r#"{"step":"seed_card","key":"card-1","number":"4546711234567894","owner_key":"owner-1"}"#;
    let reservation = r#"{"step":"seed_reservation","id":601,"order":"order-2","amount":1}"#;
    assert!(shop.act(entry).unwrap_err().contains("no payment"));
    for json in [seller, payment, entry, card, reservation] {
        assert_eq!(shop.act(json).unwrap(), []);
        assert!(shop.act(json).unwrap_err().contains("already"), "{json}");
    }
    let too_much = entry.replace("entry-1", "entry-2").replace("4000", "9000");
    assert!(shop.act(&too_much).unwrap_err().contains("cover"));
    assert_eq!(shop.world.payment(600).unwrap().charged, Moment(1000));
    assert_eq!(shop.states("600"), ["charged"]);
    assert_eq!(shop.states("order-2"), ["reserved"]);
    assert_eq!(shop.states("entry-1"), ["waiting"]);
    assert_eq!(shop.states("seller-1"), ["active"]);
    shop.world.check_sums().unwrap();
}

#[test]
fn banks_and_refusals_are_ordered_by_steps() {
    let mut shop = Shop::open();
    let refuses = r#"{"step":"refuse_next","operation":"Pos_Odeme","code":-207}"#;
    shop.act(refuses).unwrap();
    assert_eq!(shop.refused("Pos_Odeme", &[]), -207);
    assert!(shop.act(&refuses.replace("Pos_Odeme", "Pos")).is_err());
    assert!(shop.act(&refuses.replace("-207", "1")).is_err());
    let card = "4546711234567894";
    let bank = format!(r#"{{"step":"bank","card":"{card}","verdict":{{"refuses":51}}}}"#);
    shop.act(&bank).unwrap();
    let pay = [("KK_No", card), ("Siparis_ID", "order-1")];
    let reply = shop.call("Pos_Odeme", &pay);
    assert_eq!(
        (reply.get("Sonuc"), reply.get("Banka_Sonuc_Kod")),
        ("-1".into(), "51".into())
    );
    assert_eq!(shop.states("order-1"), ["refused"]);
    shop.act(&bank.replace(r#"{"refuses":51}"#, r#""approves""#))
        .unwrap();
    assert_eq!(shop.call("Pos_Odeme", &pay).get("Sonuc"), "1");
}

#[test]
fn states_name_what_happened_last() {
    let mut shop = Shop::open();
    let seller = shop.add_seller();
    let payment = shop.pay("order-1", "100,00");
    let entry = shop.enter(payment, &seller, "50,00", "40,00");
    let give_back = |shop: &mut Shop, amount: &str| {
        let values = [
            ("PYSiparis_GUID", entry.as_str()),
            ("Durum", "IPTAL"),
            ("Siparis_ID", "order-1"),
            ("SiparisTutar", amount),
            ("OdenecekTutar", "1"),
        ];
        let reply = shop.call("Pazaryeri_TP_Iptal_Iade", &values);
        assert_eq!(reply.get("Sonuc"), "1");
    };
    give_back(&mut shop, "10");
    assert_eq!(shop.states(&payment.to_string()), ["partly_refunded"]);
    give_back(&mut shop, "0");
    assert_eq!(shop.states("order-1"), ["cancelled"]);
    assert_eq!(shop.states(&entry), ["payment_cancelled"]);
    shop.call(
        "Pazaryeri_TP_AltUyeIsyeri_Silme",
        &[("GUID_AltUyeIsyeri", &seller)],
    );
    assert_eq!(shop.states(&seller), ["removed"]);
    assert_eq!(shop.world.payment(payment).unwrap().left(), Kurus::ZERO);
}
