//! Payments on pages of BKM Express and of the provider.

use super::*;
use crate::Kurus;

fn session(url: &str) -> String {
    url.rsplit('=').next().unwrap().to_owned()
}

#[test]
fn bkm_is_charged_on_its_page() {
    let mut shop = Shop::open();
    let reply = shop.call("TP_Islem_Odeme_BKM", &[("Order_ID", "order-1")]);
    assert_eq!(reply.get("Response_Code"), "1");
    let session = session(&reply.get("Redirect_URL"));
    let now = shop.now;
    let (form, _) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    assert_eq!(shop.world.charges("order-1").len(), 1);
    assert_eq!(form.get("TURKPOS_RETVAL_Siparis_ID"), "order-1");
    assert_eq!(form.get("TURKPOS_RETVAL_Hash"), "");
    assert_eq!(
        shop.refused(
            "TP_Islem_Odeme_BKM",
            &[("Payment_Hash", "4HaFjeEYpcVMQYgq94lxuYWHAV8x")]
        ),
        -102
    );
}

#[test]
fn the_modal_page_signs_its_form() {
    let mut shop = Shop::open();
    for (operation, currency) in [("TP_Modal_Payment", "TL"), ("TP_Modal_Payment_WD", "USD")] {
        let mut values = vec![("Order_ID", operation), ("Amount", "12,50")];
        if currency == "USD" {
            values.push(("CurrencyCode", "1001"));
        }
        let reply = shop.call(operation, &values);
        assert_eq!(reply.get("ResultCode"), "1");
        let session = session(&reply.get("URL"));
        let now = shop.now;
        let (form, _) = shop
            .world
            .customer(&session, Customer::Proves, now, &mut shop.chance)
            .unwrap();
        let charges = shop.world.charges(operation);
        assert_eq!(charges[0].amount, Kurus(1250));
        assert_eq!(charges[0].currency, currency);
        assert_eq!(form.get("TURKPOS_RETVAL_Hash").len(), 28);
        assert_eq!(form.get("TURKPOS_RETVAL_PB"), currency);
    }
    assert_eq!(
        shop.refused("TP_Modal_Payment", &[("Installment", "0")]),
        -110
    );
    assert_eq!(shop.refused("TP_Modal_Payment", &[("Pass", "wrong")]), -101);
    assert_eq!(shop.refused("TP_Modal_Payment", &[("Code", "1")]), -100);
}

#[test]
fn the_service_computes_hashes() {
    let mut shop = Shop::open();
    let reply = shop.call(
        "SHA2B64",
        &[(
            "Data",
            "107380c13d407-873b-403b-9c09-a5766840d98c1100.00100.00TTP_WMD_UCD3D0111",
        )],
    );
    assert_eq!(reply.get("SHA2B64Result"), "3JA0eHXjU+Eb0SbDmhF3QM8cB2M=");
}

#[test]
fn a_card_check_charges_nothing() {
    let mut shop = Shop::open();
    let reply = shop.call("TP_KK_Verify", &[("Data1", "secret-1")]);
    let session = session(&reply.get("UCD_URL"));
    let now = shop.now;
    let (form, effects) = shop
        .world
        .customer(&session, Customer::Proves, now, &mut shop.chance)
        .unwrap();
    assert_eq!(form.get("KK_VERIFY_Sonuc"), "1");
    assert_eq!(form.get("KK_VERIFY_Data1"), "secret-1");
    assert!(effects.is_empty() && shop.world.payments().is_empty());
    assert_eq!(shop.refused("TP_KK_Verify", &[("KK_CVC", "1")]), -105);
}
