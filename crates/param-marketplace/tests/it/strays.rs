//! Rows that name another order, seller, payment or card than the plain query asked for.

use contract_kit::faults::FaultServer;
use kervan_core::Answer;
use param_marketplace::payments::LookUpCards;
use param_marketplace::{
    Error, Operation, OrderKey, PaymentId, QueryOrders, Settings, SubMerchantId,
};

use crate::support::{ORDER, SELLER, body, client, orders, said, table};

const NEIGHBOUR: &str = "1d4e8a77-0000-4000-8000-0000000000b3";
const OTHER_SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a2";
const PAYMENT: u64 = 1_247_910_825;

async fn answered<O>(call: &O, answer: &str) -> Result<Answer<O::Output>, Error>
where
    O: Operation<Service = Settings>,
{
    let server = FaultServer::start(said(answer));
    client(&server, 1).call(call).await
}

/// Returns the column for which an answer is unreadable.
async fn refused<O>(call: &O, answer: &str) -> String
where
    O: Operation<Service = Settings>,
    O::Output: std::fmt::Debug,
{
    match answered(call, answer).await {
        Err(Error::Decode(error)) => {
            let path = error.cause().path().to_owned();
            path.rsplit('.').next().unwrap().to_owned()
        }
        other => panic!("{other:?}"),
    }
}

fn by_order() -> QueryOrders {
    QueryOrders::by_order(OrderKey::from(ORDER))
}

fn by_seller() -> QueryOrders {
    QueryOrders::by_seller(SubMerchantId::from(SELLER))
}

fn by_payment(number: u64) -> QueryOrders {
    QueryOrders::by_payment(PaymentId::new(number))
}

#[tokio::test]
async fn w12_an_order_query_does_not_return_a_neighbours_row() {
    let own = [ORDER, "0", "9.83", "1.75", SELLER];
    let neighbour = [NEIGHBOUR, "0", "9.83", "1.75", OTHER_SELLER];
    // Alone, before the own row and behind it.
    for rows in [vec![neighbour], vec![neighbour, own], vec![own, neighbour]] {
        let answer = orders(&rows);
        assert_eq!(refused(&by_order(), &answer).await, "PYSiparis_GUID");
        assert_eq!(refused(&by_seller(), &answer).await, "GUID_AltUyeIsyeri");
        let other = by_payment(PAYMENT + 1);
        assert_eq!(refused(&other, &answer).await, "SanalPOS_Islem_ID");
        let found = answered(&by_payment(PAYMENT), &answer).await.unwrap();
        assert_eq!(found.orders.len(), rows.len());
    }
    // Each number of a question with several is compared.
    let mut both = by_order();
    both.seller = Some(SubMerchantId::from(OTHER_SELLER));
    assert_eq!(refused(&both, &orders(&[own])).await, "GUID_AltUyeIsyeri");
}

#[tokio::test]
async fn w8_a_row_is_compared_as_the_service_does() {
    let (key, seller) = (ORDER.to_uppercase(), format!(" {SELLER} "));
    let spelled = orders(&[[&key, "0", "9.83", "1.75", &seller]]);
    let spelled = spelled.replace(">1247910825<", "> 1247910825\n<");
    let bare = spelled
        .replace(&key, "")
        .replace(&seller, "00000000-0000-0000-0000-000000000000")
        .replace("> 1247910825\n<", ">0<");
    for answer in [spelled, bare, orders(&[])] {
        for query in [by_order(), by_seller(), by_payment(PAYMENT)] {
            let found = answered(&query, &answer).await;
            assert!(found.is_ok(), "{query:?}: {found:?}");
        }
    }
    // A payment that is not a number is another one.
    let answer = orders(&[[ORDER, "0", "9.83", "1.75", SELLER]]).replace(">1247910825<", ">x<");
    let refused = refused(&by_payment(PAYMENT), &answer).await;
    assert_eq!(refused, "SanalPOS_Islem_ID");
}

#[tokio::test]
async fn w12_a_card_lookup_does_not_return_another_cards_row() {
    let rows = |bins: &[&str]| {
        let columns: Vec<_> = bins.iter().map(|bin| [("BIN", *bin)]).collect();
        let rows: Vec<_> = columns.iter().map(<[_; 1]>::as_slice).collect();
        body("BIN_SanalPos", &table(&rows))
    };
    let asked = LookUpCards::by_bin("45467199");
    for strays in [&["979208"][..], &["454671", "979208"], &["45467198"]] {
        assert_eq!(refused(&asked, &rows(strays)).await, "BIN", "{strays:?}");
    }
    assert!(answered(&asked, &rows(&["454671"])).await.is_ok());
    let longer = rows(&["45467199", " 454671 ", ""]);
    let found = answered(&LookUpCards::by_bin("454671"), &longer).await;
    assert_eq!(found.unwrap().rows.len(), 3);
    let all = answered(&LookUpCards::all(), &rows(&["979208", "454671"])).await;
    assert_eq!(all.unwrap().rows.len(), 2);
}
