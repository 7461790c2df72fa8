//! Labels: made, asked for again, cancelled with their order, too late.

use horoz_shipping::{CreateLabel, Label, UndoObstacle, UndoOrder};
use kervan_sandbox::horoz::{State, Step};

use super::Shop;

/// Makes an order with a label.
fn labelled(shop: &Shop, number: &str) -> Label {
    shop.stage
        .run(shop.client.call(&shop.plain(number)))
        .unwrap();
    let label = shop.stage.run(shop.client.call(&CreateLabel::new(number)));
    let label = label.unwrap().value;
    let barcodes: Vec<_> = label
        .barcodes
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect();
    assert_eq!(barcodes, shop.stage.ask(|world| world.labels_of(number)));
    label
}

fn undo(label: &Label, number: &str) -> UndoOrder {
    UndoOrder::new(number).label(label.atf_id().unwrap())
}

#[test]
fn a_label_and_its_order_are_cancelled() {
    let shop = Shop::with_known_codes();
    let label = labelled(&shop, "KV-1");
    assert_eq!(label.barcodes.len(), 2);
    let again = shop.stage.run(shop.client.call(&CreateLabel::new("KV-1")));
    assert_eq!(again.unwrap().value.barcodes, label.barcodes);
    let undone = shop
        .stage
        .run(shop.client.undo_order(&undo(&label, "KV-1")));
    assert!(undone.is_ok_and(|undone| undone.label.is_some() && undone.order.is_some()));
    let state = shop
        .stage
        .ask(|world| world.order("KV-1").map(|one| one.state.clone()));
    assert_eq!(state, Some(State::Cancelled));
    assert!(shop.stage.ask(|world| world.labels_of("KV-1").is_empty()));
}

#[test]
fn an_order_whose_label_was_scanned_is_left_alone() {
    let shop = Shop::with_known_codes();
    let label = labelled(&shop, "KV-1");
    let order = "KV-1".to_owned();
    shop.stage.act(Step::ReadLabel { order });
    let failed = shop
        .stage
        .run(shop.client.undo_order(&undo(&label, "KV-1")));
    assert_eq!(failed.unwrap_err().why(), UndoObstacle::LabelRead);
    assert!(shop.is_active("KV-1"));
    assert_eq!(shop.stage.count("cancelShipping"), 0);
}

#[test]
fn an_order_with_a_label_is_not_cancelled_without_it() {
    let shop = Shop::with_known_codes();
    labelled(&shop, "KV-1");
    let failed = shop
        .stage
        .run(shop.client.undo_order(&UndoOrder::new("KV-1")));
    assert_eq!(failed.unwrap_err().why(), UndoObstacle::AlreadyAccepted);
    assert!(shop.is_active("KV-1"));
}
