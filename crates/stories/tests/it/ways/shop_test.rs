//! A shop's own test: its code runs over scripted answers and over a simulated provider.

use std::time::SystemTime;

use horoz_shipping::testing::exists;
use horoz_shipping::{BaseUrl, Client, CreateSupplierPaysOrder, ProcessKey, Sent};
use kervan_sandbox::Fault;
use kervan_testing::{Line, MovableHost, Script};

use super::horoz::Shop;

/// The shop's code under test.
async fn ship(client: &Client, order: &CreateSupplierPaysOrder) -> Result<&'static str, String> {
    match client.send_or_settle(order).await {
        Ok(Sent::Done(_) | Sent::Proven) => Ok("ordered"),
        Ok(_) => Ok("there already"),
        Err(failed) => Err(failed.to_string()),
    }
}

#[test]
fn a_shop_is_tested_with_scripted_answers_and_with_a_simulated_provider() {
    let shop = Shop::open();
    let order = shop.order("KV-1");

    let (script, host) = (Script::new(), MovableHost::at(SystemTime::UNIX_EPOCH));
    let base = BaseUrl::parse("https://horoz.example").unwrap();
    let client = Client::builder(base, ProcessKey::new("key").unwrap());
    let client = client.build_over(script.clone(), host.clone());
    script
        .on("createPaysSupplierShipping", Line::lost())
        .on("createPaysSupplierShipping", exists(&order, &order.number));
    assert_eq!(host.run(ship(&client, &order)), Ok("there already"));
    assert_eq!(script.count("createPaysSupplierShipping"), 2);
    script.assert_used();

    // The simulated provider does by itself the same as the script.
    shop.stage.faults([Fault::AnswerLost]);
    assert_eq!(
        shop.stage.run(ship(&shop.client, &order)),
        Ok("there already")
    );
    assert_eq!(shop.stage.count("createPaysSupplierShipping"), 2);
    assert_eq!(shop.stage.caused().len(), 1);
}
