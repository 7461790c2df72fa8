//! Each answer, read back by the client: it gives the output that it was written from.

use std::fmt::Debug;

use kervan_core::{BaseUrl, Operation};
use kervan_testing::{Line, MovableHost, Script};
use testkit::{host, scripted};

use super::super::*;
use crate::settings::Settings;
use crate::{
    Accepted, AskReport, ChangePhone, CheckRefund, Client, ConfirmPin, CreateTransaction, Error,
    Extent, GetCustomer, GetPlan, GetToken, InstallmentStatus, LimitLinkForm, ListTransactions,
    LoadBalance, MerchantKey, MerchantSalt, Outcome, Refund, RejectionKind, ResultUrls,
    SendExpense, SetBulkPaid, SetLimitFromKds, SetPaid, Settled, Shopper, Signing, StartLimit,
    StartLimitByPin, UndocumentedList,
};

fn client(script: &Script, host: &MovableHost) -> Client {
    let signing = Signing::new(MerchantKey::new("key"), MerchantSalt::new("salt"));
    let base = BaseUrl::parse("https://haso.example").unwrap();
    let builder = Client::builder(base, "1001").signing(signing);
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

/// Returns the output that the client reads from an answer.
#[track_caller]
fn written<O: Answered>(call: &O, output: &O::Output) -> O::Output {
    scripted::read_whole(call.name(), read(call, answer(call, output))).value
}

#[track_caller]
fn returns<O: Answered>(call: &O, output: &O::Output)
where
    O::Output: PartialEq + Debug,
{
    assert_eq!(&written(call, output), output, "{}", call.name());
}

fn order() -> StoredOrder {
    StoredOrder::open("O-1", "500.00".parse().unwrap())
}

fn one_installment() -> Plan {
    Plan::of_one_installment(&order(), &"TRX-1".into())
}

#[test]
fn orders_and_plans_are_read_as_they_were_written() {
    let activation = ActivateOrder::without_post("O-1".into(), "TRX-1".into());
    returns(&activation, &activated(&activation));
    let create = CreateTransaction::new("500.00".parse().unwrap(), 1, "5004");
    returns(&create, &CreatedTransaction::new(one_installment()));
    let get = GetPlan::new("TRX-1".into(), "O-1".into());
    returns(&get, &plan_of_service(&order(), &"TRX-1".into()));
    let mut paid = one_installment();
    paid.installments[0].status = Some(InstallmentStatus::Paid);
    returns(&get, &OrderPlan::of(paid));
    let list = transactions(&"5004".into(), [&one_installment()]);
    assert_eq!(written(&ListTransactions::new("5004"), &list), list);
    let nothing = UndocumentedList::default();
    returns(&ListTransactions::new("5004"), &nothing);
}

#[test]
fn accepted_calls_are_read_as_such() {
    let day = "2026-11-22".parse().unwrap();
    let money = |text: &str| text.parse().unwrap();
    let accepted = Accepted::default();
    written(&SetPaid::new("PAY-1".into(), "O-1".into(), day), &accepted);
    written(
        &SetBulkPaid::new(vec!["PAY-1".into()], "O-1", day),
        &accepted,
    );
    written(&ChangePhone::new("5004".into(), "5550000000"), &accepted);
    written(&LoadBalance::new("5004", money("5.00"), day), &accepted);
    let expense = SendExpense::new("TRX-1".into(), "O-1".into(), money("1.00"));
    written(&expense, &accepted);
    let shopper = Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile("5550000000")
        .email("deneme@example.com")
        .birth_date(chrono::NaiveDate::from_ymd_opt(1990, 5, 1).unwrap())
        .identity_number("10000000146");
    written(
        &SetLimitFromKds::new(shopper.clone(), "SEG", money("1.00")),
        &accepted,
    );
    let refund = Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        "O-1".into(),
        Extent::Part(money("1.00")),
    );
    let named = written(&refund, &accepted);
    assert!(named.data.as_ref().unwrap().as_str().contains("R-1"));
    assert_eq!(written(&CheckRefund::new("R-1"), &accepted), named);
    assert_eq!(written(&refund, &named), named, "its own data");
}

#[test]
fn customers_limits_and_tokens_are_read_as_they_were_written() {
    let limit = "1000.00".parse().unwrap();
    let known = written(
        &GetCustomer::new("5004"),
        &customer_with_limit("5004", limit),
    );
    assert_eq!(known.customer.unwrap().limit, Some(limit));
    let unknown = CustomerInformation {
        asked: Some("5004".into()),
        customer: None,
        data: None,
    };
    assert_eq!(written(&GetCustomer::new("5004"), &unknown).customer, None);
    let token = written(&GetToken::new(), &IssuedToken::new("T-1"));
    assert_eq!(token.token.expose(), "T-1");
    let shopper = Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile("5550000000")
        .email("deneme@example.com")
        .identity_number("10000000146");
    for progress in [
        LimitProgress::new("KKB-1", None),
        LimitProgress::new("KKB-1", Some(limit)),
    ] {
        let read = [
            written(&StartLimitByPin::new(shopper.clone()), &progress),
            written(&ConfirmPin::new("KKB-1".into(), "1234"), &progress),
            written(&AskReport::new("KKB-1"), &progress),
        ];
        for read in read {
            assert_eq!(
                (read.reference, read.limit),
                (Some("KKB-1".into()), progress.limit)
            );
        }
    }
    let urls = ResultUrls::new("https://shop.example/callback")
        .ok("https://shop.example/ok")
        .fail("https://shop.example/fail");
    let form = LimitLinkForm::new(StartLimit::new(urls).shopper(shopper), "T-1");
    returns(&form, &LimitLink::new("https://haso.example/l/1"));
}

#[test]
fn refusals_are_read_with_their_codes() {
    let refund = Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        "O-1".into(),
        Extent::Whole("1.00".parse().unwrap()),
    );
    let error = read(&refund, refused("H307")).unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::AlreadyRefunded
    );
    let error = read(&CheckRefund::new("R-1"), refused("H308")).unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::RefundNotFound
    );
    let error = read(&refund, Line::page(200, "<html>")).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn the_list_of_orders_names_its_customer_and_so_settles() {
    let create = CreateTransaction::new("500.00".parse().unwrap(), 1, "5004");
    let list = ListTransactions::new("5004");
    let settle = |customer: &str| {
        let customer = CustomerId::from(customer);
        let script = Script::new();
        let before = transactions(&"5004".into(), []);
        script
            .on("GetCustomerTransactions", answer(&list, &before))
            .on("CreateTransaction", Line::lost())
            .on(
                "GetCustomerTransactions",
                answer(&list, &transactions(&customer, [&one_installment()])),
            );
        let host = host();
        let client = client(&script, &host);
        let settled = host.run(async {
            let attempt = client.prepare(&create).await.unwrap();
            assert!(client.send(&create, &attempt).await.is_err());
            client.settle(&create, &attempt).await
        });
        script.assert_used();
        settled
    };
    assert!(matches!(settle("5004"), Settled::Done(Some(_))));
    assert!(matches!(settle("5005"), Settled::Open(_)));
}
