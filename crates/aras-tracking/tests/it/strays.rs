//! Rows that name another parcel than the one asked for.

use std::time::Duration;

use ::contract_kit::faults::{Choose, Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::query::{
    AccountReferences, AddressReference, BatchItem, Contract, FindAtAddress, FindByPiece, FindMany,
    FindManyBriefly, FindParcels, FindWithWeights, LastStepOf, LastSteps, ListMovements,
    OneReference, Pace, ParcelTablesByReference, ParcelsOfContract, QueryRow, QueryRows,
    References,
};
use aras_tracking::shipments::FindOrder;
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{Answer, CustomerReference, Error, QueryMethod, TrackingNumber};

use crate::support::{body, query_client, shipment_client};

fn kv(text: &str) -> CustomerReference {
    CustomerReference::new(text).unwrap()
}

/// Returns a server of one row, which names this reference, delivered.
fn server(columns: &str) -> FaultServer {
    let row = format!("{{{columns}\"DURUM_KODU\":\"6\",\"ISLEM\":\"x\"}}");
    let text = format!("{{\"QueryResult\":{{\"Cargo\":{row}}}}}");
    let choose = Choose::new(move |request| {
        let asked = String::from_utf8_lossy(&request.body);
        let answer = if asked.contains("GetQueryDS") {
            let text = "<Tables><Row><MOK>KV-2</MOK></Row></Tables>";
            body("GetQueryDS", text)
        } else {
            body("GetQueryJSON", &text)
        };
        Fault::Answer(Format::Xml.answer(200, answer.as_bytes()))
    });
    FaultServer::start(Fault::Chosen(choose))
}

fn foreign() -> FaultServer {
    server("\"MUSTERI_OZEL_KODU\":\"KV-2\",")
}

#[tokio::test]
async fn w13_another_references_parcel_is_not_tracked() {
    let foreign = foreign();
    let client = query_client(&foreign, 1, QueryMethod::Json);
    assert_eq!(client.track(kv("KV-1")).await.unwrap(), []);
    let answer = client.call(&FindParcels::new(kv("KV-1"))).await.unwrap();
    assert!(answer.rows.is_empty());
    assert_eq!(answer.strays.len(), 1);
    assert_eq!(answer.strays[0].reference.as_deref(), Some("KV-2"));
    assert!(!answer.is_not_found(), "a stray says nothing about KV-1");
    // Its own reference is tracked.
    let own = client.track(kv("KV-2")).await.unwrap();
    assert_eq!(own[0].status, TrackingStatus::Delivered);
}

#[tokio::test]
async fn w13_the_reference_is_compared_as_the_service_does() {
    for columns in [
        "\"MUSTERI_OZEL_KODU\":\" KV-1 \",",
        "\"MUSTERI_OZEL_KODU\":\"kv-1\",",
        "\"MOK\":\"KV-1\",",
        "\"ENTEGRASYON_KODU\":\"KV-1\",\"MUSTERI_OZEL_KODU\":\"other\",",
        "\"MUSTERI_OZEL_KODU\":\"\",",
        "",
    ] {
        let server = server(columns);
        let client = query_client(&server, 1, QueryMethod::Json);
        let found = client.track(kv("KV-1")).await.unwrap();
        assert_eq!(found.len(), 1, "{columns}");
    }
    for columns in [
        "\"MUSTERI_OZEL_KODU\":\"KV-11\",",
        "\"MUSTERI_OZEL_KODU\":\"KV1\",",
        "\"MOK\":\"KV-2\",",
        "\"Entegrasyon Kodu\":\"KV-2\",",
    ] {
        let server = server(columns);
        let client = query_client(&server, 1, QueryMethod::Json);
        assert_eq!(client.track(kv("KV-1")).await.unwrap(), [], "{columns}");
    }
}

#[tokio::test]
async fn w13_another_tracking_number_is_a_stray_too() {
    let number = TrackingNumber::new("6513100200317").unwrap();
    for (columns, own) in [
        ("\"KARGO_TAKIP_NO\":\"6513100200318\",", 0),
        ("\"KARGO_TAKIP_NO\":\"6513100200317\",", 1),
        ("", 1),
    ] {
        let server = server(columns);
        let client = query_client(&server, 1, QueryMethod::Json);
        let found = client.track(number.clone()).await.unwrap();
        assert_eq!(found.len(), own, "{columns}");
    }
}

fn strays<R: QueryRow>(answer: Result<Answer<QueryRows<R>>, Error>) -> (usize, usize) {
    let answer = answer.unwrap();
    (answer.rows.len(), answer.strays.len())
}

#[tokio::test]
async fn w13_every_query_type_that_names_a_reference_compares_it() {
    let foreign = foreign();
    let client = query_client(&foreign, 1, QueryMethod::Json);
    let one = || kv("KV-1");
    let list = || vec![kv("KV-1"), kv("KV-3")];
    let found = [
        strays(client.call(&FindParcels::new(one())).await),
        strays(client.call(&ListMovements::new(one())).await),
        strays(client.call(&FindWithWeights::new(one())).await),
        strays(
            client
                .call(&FindMany::new(AccountReferences::from(list())))
                .await,
        ),
        strays(
            client
                .call(&FindManyBriefly::new(References::from(list())))
                .await,
        ),
        strays(
            client
                .call(&ParcelsOfContract::new(Contract::new("1", one())))
                .await,
        ),
        strays(
            client
                .call(&LastSteps::new(LastStepOf::new("1", one())))
                .await,
        ),
        strays(
            client
                .call(&FindAtAddress::new(AddressReference::new("1", one())))
                .await,
        ),
        strays(client.call(&ParcelTablesByReference::new(one())).await),
    ];
    for (nth, found) in found.into_iter().enumerate() {
        assert_eq!(found, (0, 1), "{nth}");
    }
    // Type 21 asks by the number of a piece, which is not the reference.
    let by_piece = FindByPiece::new(OneReference::from(one()));
    assert_eq!(strays(client.call(&by_piece).await), (1, 0));
}

#[tokio::test]
async fn w13_a_batch_of_one_tells_the_stray() {
    let foreign = foreign();
    let client = query_client(&foreign, 1, QueryMethod::Json);
    for listed in [1, 2] {
        let pace = Pace::default().every(Duration::ZERO).listed(listed);
        let mut batch = client.batch([kv("KV-1")], pace);
        let (mut own, mut strays) = (None, 0);
        while let Some(item) = batch.next().await {
            match item {
                BatchItem::Answer { result, .. } => own = Some(result.unwrap().len()),
                BatchItem::Stray(parcel) => {
                    assert_eq!(parcel.reference.as_deref(), Some("KV-2"));
                    strays += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(own, Some(0), "{listed}");
        assert!(strays >= 1, "{listed}");
    }
}

#[tokio::test]
async fn w13_an_order_of_another_reference_is_a_stray() {
    let row = "<Order><IntegrationCode>KV-2</IntegrationCode><PieceCount>1</PieceCount></Order>";
    let text = body("GetOrderWithIntegrationCode", row);
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())));
    let client = shipment_client(&server, 1);
    let answer = client.call(&FindOrder::new(kv("KV-1"))).await;
    assert_eq!(strays(answer), (0, 1));
    let answer = client.call(&FindOrder::new(kv("kv-2"))).await;
    assert_eq!(strays(answer), (1, 0));
}
