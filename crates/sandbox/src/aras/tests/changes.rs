//! Changes of an order or a parcel that is there.

use super::*;

fn update(code: &str, numbers: &str) -> Request {
    let inside = format!(
        "<orderUpdateDto><UserName>neodyum</UserName><Password>nd2580</Password>\
         <IntegrationCode>{code}</IntegrationCode>{numbers}</orderUpdateDto>"
    );
    request("UpdateInvoiceWaybillNumber", &inside)
}

fn numbers(world: &Aras) -> [Option<&str>; 2] {
    let order = world.order("KV-1001").unwrap();
    ["TradingWaybillNumber", "InvoiceNumber"].map(|name| order.member(name))
}

#[test]
fn numbers_are_changed_until_the_waybill_is_cut() {
    let mut world = world();
    let invoice = update("KV-1001", "<InvoiceNumber>F-1</InvoiceNumber>");
    let (answer, effects) = send(&mut world, &invoice);
    let echoed = "<InvoiceKey>F-1</InvoiceKey><OrgReceiverCustId>KV-1001</OrgReceiverCustId>";
    assert!(
        answer.contains("<ResultCode>0</ResultCode>") && answer.contains(echoed),
        "{answer}"
    );
    let code = "KV-1001".to_owned();
    assert_eq!(effects, [Effect::Renumbered { code }]);
    assert_eq!(numbers(&world), [Some("S-1"), Some("F-1")]);
    let both = update(
        "KV-1001",
        "<TradingWaybillNumber>S-2</TradingWaybillNumber><InvoiceNumber></InvoiceNumber>",
    );
    send(&mut world, &both);
    assert_eq!(numbers(&world), [Some("S-2"), Some("F-1")]);
    assert_eq!(world.writes_of("KV-1001").len(), 2);
    assert_eq!(world.own_key(&both).as_deref(), Some("KV-1001"));

    let (answer, effects) = send(
        &mut world,
        &update("KV-9", "<InvoiceNumber>F</InvoiceNumber>"),
    );
    assert!(
        answer.contains("<ResultCode>60020</ResultCode>") && effects.is_empty(),
        "{answer}"
    );
    world.cut_waybill("KV-1001");
    let (answer, effects) = send(&mut world, &invoice);
    assert!(
        answer.contains("<ResultCode>60022</ResultCode>") && effects.is_empty(),
        "{answer}"
    );
    world.settings.password = "another".to_owned();
    let (answer, _) = send(&mut world, &invoice);
    assert!(answer.contains("<ResultCode>1000</ResultCode>"), "{answer}");
}

#[test]
fn a_parcel_is_recalled_once_until_it_is_taken_back() {
    let mut world = world();
    let recall = request("Recall", "<code>KV-1001</code>");
    let back = request("CancelRecall", "<code>KV-1001</code>");
    let code = |world: &mut Aras, request: &Request| {
        let (answer, effects) = send(world, request);
        let (_, after) = answer.split_once("<ResultCode>").unwrap();
        let code = after.split('<').next().unwrap().to_owned();
        assert_eq!(code == "0", effects.len() == 1, "{answer}");
        code
    };
    assert_eq!(code(&mut world, &recall), "-1");
    world.cut_waybill("KV-1001");
    assert_eq!(code(&mut world, &back), "998");
    assert_eq!(code(&mut world, &recall), "0");
    assert_eq!(world.parcel("KV-1001").unwrap().recalled_at, Some(NOON));
    assert_eq!(code(&mut world, &recall), "998");
    assert_eq!(code(&mut world, &back), "0");
    assert_eq!(world.parcel("KV-1001").unwrap().recalled_at, None);
    world.settings.only_orders = true;
    assert_eq!(code(&mut world, &recall), "936");
    assert!(!world.is_read(&recall) && !world.is_read(&back));
}
