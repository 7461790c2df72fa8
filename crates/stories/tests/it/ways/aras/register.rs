//! The whole way of an order: registered, printed, changed, tracked, sent again after it came back, and many at once.

use std::sync::Arc;

use aras_tracking::query::{FindParcels, ReturnedOn};
use aras_tracking::shipments::{
    CancelDispatch, FetchArasLabel, FindOrder, GetCargoReturn, NewOrder, Payment, Piece, Pieces,
    Receiver, ReturnOf, SetOrder, UpdateNumbers,
};
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{Outcome, RejectionKind, Sent, Settled, ShareableLink};
use kervan_bulk::{Bulk, RunError, RunPlan, RunReport};
use kervan_ledger::{Account, ContentsKey, Ledger, Limit, Limits, MemoryStore};
use kervan_sandbox::Fault;
use kervan_sandbox::aras::{Effect, Move, Stage as At};
use kervan_turkiye::time::istanbul_day_at;

use super::{Shop, reference};

fn order(number: &str) -> NewOrder {
    let receiver = Receiver::new("Ayşe Örnek")
        .address("Çınar Mah. Deneme Sok. No: 3 Daire: 8")
        .phone("0555 000 00 17")
        .city("Eskişehir")
        .town("Odunpazarı");
    let pieces = Pieces::one(piece(number, 1)).and(piece(number, 2));
    NewOrder::new(reference(number), receiver, Payment::SenderPays, pieces).waybill(number)
}

fn piece(number: &str, at: u32) -> Piece {
    Piece::new(format!("{number}{at:02}")).desi(4).weight_kg(3)
}

#[test]
fn a_parcel_is_registered_printed_and_tracked() {
    let shop = Shop::open();
    // Its answer is lost, and the order itself shows that it arrived.
    let register = SetOrder::new(order("2026000417"));
    shop.stage.faults([Fault::AnswerLost]);
    let sent = shop.stage.run(shop.shipments.send_or_settle(&register));
    assert!(matches!(sent, Ok(Sent::InState)), "{sent:?}");

    let fetch = FetchArasLabel::new(reference("2026000417"));
    let label = shop.stage.run(shop.shipments.call(&fetch)).unwrap();
    assert_eq!(label.pdf.len(), 2);
    assert_eq!(label.pdf[0].extension(), Some("pdf"));
    let barcodes: Vec<_> = label
        .pieces
        .iter()
        .map(|piece| piece.barcode.as_deref())
        .collect();
    assert_eq!(barcodes, [Some("202600041701"), Some("202600041702")]);
    assert!(label.tracking_numbers().is_empty());

    let find = FindParcels::new(reference("2026000417"));
    let none = shop.stage.run(shop.query.call(&find)).unwrap();
    assert!(none.is_not_found());
    let parcel = shop.taken("2026000417");
    let found = shop.stage.run(shop.query.call(&find)).unwrap();
    let label = shop.stage.run(shop.shipments.call(&fetch)).unwrap();
    let [early] = label.tracking_numbers()[..] else {
        panic!("{:?}", label.tracking_numbers())
    };
    let number = early.confirmed_by(&found).unwrap();
    assert_eq!(number.as_str(), parcel.tracking_number);
    let link = ShareableLink::by_tracking_number(number).to_string();
    assert!(link.ends_with(&parcel.tracking_number));
    shop.moved("2026000417", At::InTransfer);
    let tracked = shop
        .stage
        .run(shop.query.track(reference("2026000417")))
        .unwrap();
    assert_eq!(tracked[0].status, TrackingStatus::InTransit);
}

#[test]
fn an_order_is_changed_until_its_waybill_is_cut() {
    let shop = Shop::open();
    let register = SetOrder::new(order("2026000417"));
    shop.stage
        .run(shop.shipments.send_or_settle(&register))
        .unwrap();
    let mut corrected = order("2026000417");
    corrected.receiver = corrected.receiver.address("Çınar Mah. Deneme Sok. No: 4");
    let update = SetOrder::update(corrected);
    shop.stage
        .run(shop.shipments.send_or_settle(&update))
        .unwrap();

    // The invoice is written later. The answer is lost, and the order shows the number.
    let invoice = UpdateNumbers::of(reference("2026000417")).invoice("FTR-000417");
    let attempt = shop.stage.run(shop.shipments.prepare(&invoice)).unwrap();
    shop.stage.faults([Fault::AnswerLost]);
    let lost = shop.stage.run(shop.shipments.send(&invoice, &attempt));
    assert_eq!(lost.unwrap_err().outcome(), Outcome::Unknown);
    let settled = shop.stage.run(shop.shipments.settle(&invoice, &attempt));
    assert!(matches!(settled, Settled::InState), "{settled:?}");
    let find = FindOrder::new(reference("2026000417"));
    let found = shop.stage.run(shop.shipments.call(&find)).unwrap();
    assert_eq!(found.rows[0].invoice.as_deref(), Some("FTR-000417"));
    assert_eq!(found.rows[0].trading_waybill.as_deref(), Some("2026000417"));
    let address = found.rows[0].member("ReceiverAddress").unwrap();
    assert!(address.ends_with("No: 4"), "{address}");

    // A request that was lost is not done, once the settling time is over.
    let again = UpdateNumbers::of(reference("2026000417")).waybill("SVK-1");
    let attempt = shop.stage.run(shop.shipments.prepare(&again)).unwrap();
    shop.stage.faults([Fault::RequestLost]);
    assert!(
        shop.stage
            .run(shop.shipments.send(&again, &attempt))
            .is_err()
    );
    let early = shop.stage.run(shop.shipments.settle(&again, &attempt));
    assert!(matches!(early, Settled::Open(_)), "{early:?}");
    shop.stage.pass(std::time::Duration::from_secs(3_600));
    let late = shop.stage.run(shop.shipments.settle(&again, &attempt));
    assert!(matches!(late, Settled::NotDone), "{late:?}");

    shop.taken("2026000417");
    let cancel = CancelDispatch::new(reference("2026000417"));
    let failed = shop
        .stage
        .run(shop.shipments.send_or_settle(&cancel))
        .unwrap_err();
    let kind = failed.error.rejection().map(|no| no.kind);
    assert_eq!(kind, Some(RejectionKind::WaybillCut));
    let failed = shop.stage.run(shop.shipments.call(&again)).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
}

#[test]
fn a_parcel_that_came_back_is_sent_again_under_a_reference_of_its_own() {
    let shop = Shop::open();
    let register = SetOrder::new(order("2026000417"));
    shop.stage
        .run(shop.shipments.send_or_settle(&register))
        .unwrap();
    shop.taken("2026000417");
    for to in [At::InTransfer, At::AtDeliveryBranch, At::OutForDelivery] {
        shop.moved("2026000417", to);
    }
    shop.moved_by(Move::new("2026000417", At::Undelivered).because("KE"));
    shop.moved("2026000417", At::Returning);
    shop.moved("2026000417", At::Returned);
    let today = istanbul_day_at(kervan_core::Host::now(&shop.stage.host()));
    let list = shop
        .stage
        .run(shop.query.call(&ReturnedOn::new(today)))
        .unwrap();
    let back = &list.rows[0];
    assert_eq!(back.reference.as_deref(), Some("2026000417"));
    let own = GetCargoReturn::new(ReturnOf::new(1, reference("2026000417")));
    let row = shop.stage.run(shop.shipments.call(&own)).unwrap();
    assert_eq!(row.rows[0].get("TIP KODU"), Some("3"));
    let tracked = shop
        .stage
        .run(shop.query.track(reference("2026000417")))
        .unwrap();
    assert_eq!(tracked[0].status, TrackingStatus::Returned);

    // Under its old reference it cannot be sent again.
    let refused = shop.stage.run(shop.shipments.call(&register)).unwrap_err();
    assert!(refused.rejection().is_some(), "{refused:?}");
    let again = SetOrder::new(order("2026000418"));
    let sent = shop.stage.run(shop.shipments.send_or_settle(&again));
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    assert!(shop.stage.ask(|world| world.is_active("2026000418")));
}

#[test]
fn many_parcels_are_registered_once_each_and_a_second_run_sends_nothing() {
    let shop = Shop::open();
    let numbers: Vec<_> = (0..20)
        .map(|number| format!("20260004{number:02}"))
        .collect();
    let parcels: Vec<_> = numbers
        .iter()
        .map(|number| SetOrder::new(order(number)))
        .collect();
    let faults = [Fault::AnswerLost, Fault::None, Fault::RequestLost];
    shop.stage.faults(faults.into_iter().cycle().take(12));
    let host = || shop.stage.host();
    let ledger = Ledger::new(MemoryStore::new(), host(), ContentsKey::new([7; 32]));
    let limits = Limits::new(Arc::new(MemoryStore::new()), host());
    let account = Account {
        provider: "aras".to_owned(),
        merchant: "main".to_owned(),
    };
    let run = |parcels: &[SetOrder]| -> Result<RunReport, RunError> {
        let bulk = Bulk::new(&ledger, &shop.shipments, &account);
        let bulk = bulk.sendings(&limits, Limit::at_most(20));
        let plan = RunPlan::default();
        shop.stage
            .run(bulk.run::<SetOrder, _>(parcels, &plan, |_| {}))
    };
    let registered = || {
        let effects = shop.stage.caused().into_iter();
        effects
            .filter(|effect| matches!(effect, Effect::Registered { .. }))
            .count()
    };
    let report = run(&parcels).unwrap();
    assert!(report.is_settled(), "{report:?}");
    assert_eq!((report.done, registered()), (20, 20));

    // The second run reads its ledger, and sends nothing, not even where the contents were changed.
    let again = run(&parcels).unwrap();
    assert_eq!((again.done, again.earlier), (20, 20));
    let mut changed = parcels.clone();
    changed[3].order.receiver.address = "Çınar Mah. Deneme Sok. No: 4".to_owned().into();
    let Err(RunError::Invalid(problems)) = run(&changed) else {
        panic!("sent over a registered parcel");
    };
    assert_eq!(problems[0].key, numbers[3]);
    let text = problems[0].problems.to_string();
    assert!(text.contains("an update replaces it"), "{text}");
    assert_eq!(registered(), 20);
}
