//! A stored world: it comes back as it was, and it holds no card's number.

use super::*;
use crate::Hosted;

/// Returns the world as it is stored.
pub(super) fn stored(world: &Param) -> String {
    serde_json::to_string(world).unwrap()
}

/// Answers a request from a world that was stored and read back; [`Shop::send`] compares it for all
/// tests.
pub(super) fn replayed(
    stored: &str,
    request: &Request,
    now: Moment,
    mut chance: Chance,
) -> (Answer, Vec<Effect>, String) {
    let mut world: Param = serde_json::from_str(stored).unwrap();
    assert_eq!(self::stored(&world), stored);
    let (answer, effects) = world.handle(request, now, &mut chance);
    (answer, effects, self::stored(&world))
}

/// Checks that a stored world holds no number of a card of a request.
pub(super) fn check_cards(stored: &str, request: &Request) {
    let Ok(root) = xml::read(&request.body) else {
        return;
    };
    let number = find(&root, "KK_No").map(Element::text).unwrap_or_default();
    assert!(number.len() < 12 || !stored.contains(&number));
}

#[test]
fn no_card_number_is_stored_whichever_way_it_came() {
    const PLANTED: &str = "4355084355084358";
    let mut shop = Shop::open();
    let now = shop.now;
    for json in [
        format!(r#"{{"step":"bank","card":"{PLANTED}","verdict":{{"refuses":51}}}}"#),
        format!(r#"{{"step":"seed_card","key":"card-1","number":"{PLANTED}"}}"#),
    ] {
        let step: Step = serde_json::from_str(&json).unwrap();
        assert!(!format!("{step:?}").contains(PLANTED));
        shop.world.act(step, now, &mut shop.chance).unwrap();
    }
    let mut played = 0;
    for (operation, _) in OPERATIONS {
        let request = sample(operation, &[]);
        if find(&xml::read(&request.body).unwrap(), "KK_No").is_none() {
            continue;
        }
        for security in ["NS", "3D"] {
            let has_security = String::from_utf8_lossy(&request.body).contains("Guvenlik_Tip>");
            let mut values = vec![("KK_No", PLANTED)];
            if has_security {
                values.push(("Islem_Guvenlik_Tip", security));
            }
            shop.send(&sample(operation, &values));
            played += 1;
        }
    }
    assert!(played > 12, "{played}");
    let stored = stored(&shop.world);
    assert!(!stored.contains(PLANTED));
    assert!(!format!("{:?}", shop.world).contains(PLANTED));
    assert!(stored.contains("435508******4358"));
    // The verdict still belongs to the card.
    let mut back: Param = serde_json::from_str(&stored).unwrap();
    let pay = sample("Pos_Odeme", &[("KK_No", PLANTED), ("Siparis_ID", "again")]);
    let (answer, _) = back.handle(&pay, now, &mut shop.chance);
    assert!(answer.text().contains("<Banka_Sonuc_Kod>51<"));
}

#[test]
fn the_code_of_a_card_leaves_no_trace() {
    let run = |code: &str| {
        let mut shop = Shop::open();
        shop.call(
            "Pos_Odeme",
            &[("KK_CVC", code), ("Islem_Guvenlik_Tip", "3D")],
        );
        shop.call("TP_KK_Verify", &[("KK_CVC", code)]);
        let key = shop
            .call("KS_Kart_Ekle", &[("KK_Islem_ID", "c")])
            .get("KS_GUID");
        let values = [
            ("KS_GUID", key.as_str()),
            ("KK_Islem_ID", "c"),
            ("CVV", code),
        ];
        assert_eq!(shop.call("KS_Tahsilat", &values).get("Sonuc"), "1");
        stored(&shop.world)
    };
    assert_eq!(run("739"), run("000"));
}

#[test]
fn an_outbox_and_ordered_refusals_come_back_too() {
    let mut shop = Shop::open();
    shop.world.refuse_next("Pos_Odeme", -207);
    shop.world.rules.completion = Completion::AtOnce;
    shop.world.rules.customer_rates[3] = -100;
    shop.call("TP_KK_Verify", &[]);
    let mut back: Param = serde_json::from_str(&stored(&shop.world)).unwrap();
    assert_eq!(back.rules, shop.world.rules);
    assert_eq!(back.unused_refusals(), shop.world.unused_refusals());
    assert_eq!(back.take_posts(), shop.world.take_posts());
}
