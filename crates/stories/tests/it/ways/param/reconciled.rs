//! A day of the shop beside Param's list, as its recipe has it.

use std::time::Duration;

use kervan_core::Host as _;
use kervan_reconciliation::{Belief, Day, Kind, Ours, Reconciliation, What, param};
use kervan_turkiye::time::istanbul_day_at;
use param_marketplace::payments::{ListPayments, RefundPayment, SummarizePayments};

use super::{Shop, money};

fn line(shop: &Shop, kind: Kind, order: &str, amount: &str) -> Ours {
    Ours::done(kind, order, money(amount), shop.stage.host().now())
}

#[test]
fn a_day_is_compared_with_the_list_of_the_service() {
    let shop = Shop::open();
    let day = Day::new(istanbul_day_at(shop.stage.host().now()));
    let of = |kind, order: &str, amount| line(&shop, kind, order, amount);
    let mut ours = Vec::new();
    // As it should be: paid, and taken back on the same day.
    shop.paid("KV-1", "100.00");
    ours.push(of(Kind::Payment, "KV-1", "100.00"));
    let cancel = RefundPayment::cancel("KV-1", money("100.00"));
    shop.stage.run(shop.client.call(&cancel)).unwrap();
    ours.push(of(Kind::Cancellation, "KV-1", "100.00"));
    // The answer was lost, and the write is open.
    shop.paid("KV-2", "40.50");
    ours.push(of(Kind::Payment, "KV-2", "40.50").belief(Belief::Open));
    // The shop takes it as refused.
    shop.paid("KV-3", "9.99");
    ours.push(of(Kind::Payment, "KV-3", "9.99").belief(Belief::NotDone));
    // The shop has lost it.
    shop.paid("KV-4", "12.00");
    // A forged return was taken for a payment.
    ours.push(of(Kind::Payment, "KV-5", "70.00"));
    // The shop noted another amount.
    shop.paid("KV-6", "55.00");
    ours.push(of(Kind::Payment, "KV-6", "50.00"));
    // Somebody cancelled it in the panel.
    let panel = RefundPayment::cancel("KV-6", money("55.00"));
    shop.stage.run(shop.client.call(&panel)).unwrap();
    shop.stage.pass(Duration::from_secs(60));

    let mut all = Reconciliation::of(day);
    for line in ours {
        all.ours(line);
    }
    let (from, to) = day.asked();
    let list = ListPayments::between(from, to);
    let list = shop.stage.run(shop.client.call(&list)).unwrap();
    all.rows(param::history(&list));

    let (from, to) = day.whole();
    let summary = SummarizePayments::between(from, to);
    let summary = shop.stage.run(shop.client.call(&summary)).unwrap();
    for row in &summary.rows {
        assert_eq!(param::totals(&all, row), [], "the list is complete");
    }

    let found: Vec<_> = all
        .differences()
        .map(|one| (one.kind, one.subject, one.what))
        .collect();
    let expected = [
        (Kind::Payment, "KV-2", What::Settled),
        (Kind::Payment, "KV-3", What::DoneThere),
        (Kind::Payment, "KV-4", What::MissingHere),
        (Kind::Payment, "KV-5", What::MissingThere),
        (Kind::Payment, "KV-6", What::Amount),
        (Kind::Cancellation, "KV-6", What::MissingHere),
    ];
    let expected = expected.map(|(kind, subject, what)| (kind, subject.to_owned(), what));
    assert_eq!(found, expected);
}
