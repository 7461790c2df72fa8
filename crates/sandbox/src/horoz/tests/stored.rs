//! A world that is stored and read again.

use super::*;
use crate::Hosted;

#[test]
fn a_stored_world_is_the_same_world() {
    let mut story = Story::new();
    story.world.settings_mut().progress = Progress::AfterReads(3);
    story.world.settings_mut().dialect.envelope = Envelope::Method;
    let bad = order().replace("KARŞIYAKA", "KARŞIYAKKA");
    story.send_raw(&post(CREATE, &bad.replace("KV-1001", "KV-1")));
    story.send_raw(&post(CREATE, &order()));
    let plain = order().replace("PaysSupplier", "Standart");
    let plain = plain.replace("KV-1001", "KV-2").replace("41.3", "41.375");
    story.send_raw(&post("createShipping", &plain));
    story.send_raw(&post("createBarcode", r#"{"requestNumber": "KV-2"}"#));
    let problem = MovementKind::Problem("ADRESTE \"YOK\"".to_owned());
    story.world.move_parcel("KV-2", problem, NOON);
    story.track("KV-2");
    let world = &story.world;
    assert_eq!((world.orders.len(), world.journal.len()), (3, 3));

    let stored = serde_json::to_string(world).unwrap();
    let mut read: Horoz = serde_json::from_str(&stored).unwrap();
    assert_eq!(format!("{read:?}"), format!("{world:?}"));
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    // It also goes on as the other one does.
    let later = Moment(NOON.0 + HOUR);
    let request = get("/listShippingDetails?requestNumber=KV-2");
    let theirs = story.world.handle(&request, later, &mut Chance::new(3));
    assert_eq!(read.handle(&request, later, &mut Chance::new(3)), theirs);
    assert_eq!(read.states(), story.world.states());
}

#[test]
fn settings_may_be_stored_in_part() {
    let text = r#"{"places": {"only": [["ADANA", "ALADAĞ"]]}, "dialect": {"label": "hidden"}}"#;
    let settings: Settings = serde_json::from_str(text).unwrap();
    assert_eq!(settings.process_key, KEY);
    assert_eq!(settings.dialect.label, LabelForm::Hidden);
    assert_eq!(settings.dialect.envelope, Envelope::Response);
}
