//! A customer's limit, by a page and by a PIN, and the customer's mobile number.

use haso_bnpl::callbacks::{LimitCallback, LimitFail, LimitOk, LimitResult};
use haso_bnpl::{
    AskReport, ChangePhone, ConfirmPin, GetCustomer, Money, Sent, SetLimitFromKds, StartLimit,
    StartLimitByPin,
};
use kervan_sandbox::haso::{Completion, Haso, Page, Step};

use super::{CUSTOMER, Shop, money, shopper, urls};

/// Opens a shop whose customer has no limit yet.
fn without_limit(report_after: u32) -> Shop {
    let mut world = Haso::demo();
    world.settings_mut().completion = Completion::ByHand;
    world.settings_mut().report_after = report_after;
    let mut customer = world.customer(CUSTOMER).unwrap().clone();
    customer.limit = None;
    world.add_customer(customer);
    Shop::over(world)
}

/// Opens the page of a limit, and returns its number.
fn page(shop: &Shop) -> Page {
    let start = StartLimit::new(urls()).shopper(shopper());
    let link = shop.stage.run(shop.client.limit_link(&start)).unwrap();
    let session = link.url.as_str().rsplit('/').next().unwrap().to_owned();
    Page::Session { session }
}

#[test]
fn a_limit_by_its_page_is_confirmed_by_the_service() {
    let shop = without_limit(0);
    let page = page(&shop);
    shop.stage.act(Step::Complete {
        page,
        installments: None,
    });
    let posts = shop.posts();
    assert_eq!(posts.len(), 2);
    let ok = LimitOk::read(&posts[0].1).unwrap();
    let LimitResult::Granted(granted) = ok.claim().result() else {
        panic!("granted");
    };
    let ask = GetCustomer::new(granted.customer.clone());
    let information = shop.stage.run(shop.client.call(&ask)).unwrap();
    let limit = ok.confirm(&information).unwrap();
    let callback = LimitCallback::read(&posts[1].1).unwrap();
    assert_eq!(callback.confirm(&information).as_ref(), Ok(&limit));
    let truth = shop
        .stage
        .ask(|world| world.customer(CUSTOMER).and_then(|one| one.limit));
    assert_eq!(Some(limit.limit.to_decimal()), truth);

    // Anybody can post another limit: the service's own counts.
    let body = String::from_utf8(posts[0].1.body.clone()).unwrap();
    let more = body.replace("10000", "90000");
    assert_ne!(body, more);
    let forged = kervan_testing::delivery(posts[0].1.content_type(), more);
    let forged = LimitOk::read(&forged).unwrap();
    assert_eq!(
        forged.confirm(&information).map(|one| one.limit),
        Ok(limit.limit)
    );
}

#[test]
fn a_page_of_a_limit_that_is_given_up_grants_nothing() {
    let shop = without_limit(0);
    let page = page(&shop);
    shop.stage.act(Step::Decline { page, reason: None });
    let posts = shop.posts();
    let failed = LimitFail::read(&posts[0].1).unwrap();
    assert!(matches!(
        failed.claim().result(),
        LimitResult::Failed { .. }
    ));
    let limit = shop
        .stage
        .ask(|world| world.customer(CUSTOMER).and_then(|one| one.limit));
    assert_eq!(limit, None);
}

#[test]
fn a_limit_by_pin_waits_for_the_bureaus_report() {
    let shop = without_limit(1);
    let start = StartLimitByPin::new(shopper());
    let progress = shop.stage.run(shop.client.call(&start)).unwrap();
    assert_eq!(progress.limit, None);
    let reference = progress.value.reference.unwrap();
    let pin = shop
        .stage
        .ask(|world| world.pin_of(reference.as_str()).map(str::to_owned))
        .unwrap();
    let wrong = if pin == "0000" { "1111" } else { "0000" };
    let refused = ConfirmPin::new(reference.clone(), wrong);
    assert!(shop.stage.run(shop.client.call(&refused)).is_err());

    let confirm = ConfirmPin::new(reference.clone(), pin);
    shop.stage.run(shop.client.call(&confirm)).unwrap();
    let ask = AskReport::new(reference);
    // No report yet, and then one.
    let mut answers = (0..3).map(|_| shop.stage.run(shop.client.call(&ask)));
    let limit = answers.find_map(|answer| answer.ok().and_then(|answer| answer.value.limit));
    let truth = shop
        .stage
        .ask(|world| world.customer(CUSTOMER).and_then(|one| one.limit));
    assert_eq!(limit.map(Money::to_decimal), truth);
    assert!(truth.is_some());
}

#[test]
fn a_limit_of_the_merchants_own_system_is_set() {
    let shop = without_limit(0);
    let birth = chrono::NaiveDate::from_ymd_opt(1990, 5, 1).unwrap();
    let limit = SetLimitFromKds::new(shopper().birth_date(birth), "SEG", money("20000.00"));
    shop.stage.run(shop.client.call(&limit)).unwrap();
    let truth = shop
        .stage
        .ask(|world| world.customer(CUSTOMER).and_then(|one| one.limit));
    assert_eq!(truth, Some(money("20000.00").to_decimal()));
}

#[test]
fn a_customers_mobile_number_is_changed_once() {
    let shop = Shop::open();
    let change = ChangePhone::new(CUSTOMER.into(), "5550000010");
    let sent = shop.stage.run(shop.client.send_or_settle(&change));
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    let mobile = |shop: &Shop| {
        let customer = |world: &Haso| world.customer(CUSTOMER).unwrap().mobile.clone();
        shop.stage.ask(customer)
    };
    assert_eq!(mobile(&shop), "5550000010");
    shop.stage.act(Step::RefusePhone {
        mobile: "5550000011".to_owned(),
        offered: vec!["5550000012".to_owned()],
    });
    let refused = ChangePhone::new(CUSTOMER.into(), "5550000011");
    assert!(
        shop.stage
            .run(shop.client.send_or_settle(&refused))
            .is_err()
    );
    assert_eq!(mobile(&shop), "5550000010");
}
