//! Logins that answers repeat, of any length.

use ::contract_kit::faults::FaultServer;
use aras_tracking::query::FindParcels;
use aras_tracking::{
    CustomerCode, CustomerReference, Login, Password, QueryClient, QueryEnvironment,
    ShipmentClient, ShipmentEnvironment, UserName,
};
use testkit::{Peer, config, sockets};

use crate::reading::{answering, json};
use crate::support::{order, orders};

/// Returns a client of the shipment service with this login.
fn orders_of(server: &FaultServer, login: Login) -> ShipmentClient {
    let peer = Peer::from(server);
    let environment = ShipmentEnvironment::At(peer.base());
    let builder = ShipmentClient::builder(&environment, login).unwrap();
    builder.config(config(1)).build_over(sockets(), peer.host)
}

fn queries_of(server: &FaultServer, login: Login) -> QueryClient {
    let peer = Peer::from(server);
    let environment = QueryEnvironment::At(peer.base());
    let builder = QueryClient::builder(&environment, login).unwrap();
    builder.config(config(1)).build_over(sockets(), peer.host)
}

#[tokio::test]
async fn r9_a_login_inside_of_rows_is_taken_out() {
    for (user, password) in [
        ("SENTINELUSER", "SENTINELPASS"),
        ("kv", "7&x"),
        ("uye", "gizli"),
    ] {
        let escaped = password.replace('&', "&amp;");
        let row = format!(
            "<Order><UserName>{user}</UserName><Password>{escaped}</Password><ReceiverName>AYŞE</ReceiverName>\
             <Description>{user} / {escaped}</Description><SpecialField1>{escaped}</SpecialField1>\
             <IntegrationCode>KV-1001</IntegrationCode><{user}>1</{user}>\
             <PieceDetails><PieceDetail><Password>{escaped}</Password><BarcodeNumber>5</BarcodeNumber></PieceDetail></PieceDetails></Order>"
        );
        let login = Login::new(
            UserName::new(user),
            Password::new(password),
            CustomerCode::new("1932448851342"),
        );
        let server = answering("GetOrder", &row);
        let client = orders_of(&server, login.clone());
        let answer = client.call(&orders()).await.unwrap();
        let shown = serde_json::to_string(&answer).unwrap();
        assert!(
            !shown.contains(password) && !shown.contains(user),
            "{shown}"
        );
        let found = &answer.rows[0];
        assert_eq!(found.reference.as_deref(), Some("KV-1001"));
        assert_eq!(found.other["ReceiverName"].as_str(), "AYŞE");
        let piece = &found.piece_details[0];
        assert_eq!(piece.barcode.as_deref(), Some("5"));
        assert!(piece.other.is_empty());
        // Another account's login is none of the row either.
        let other = row.replace(user, "BASKASI").replace(&escaped, "SENTINEL2");
        let server = answering("GetOrderWithIntegrationCode", &other);
        let answer = orders_of(&server, login).call(&order()).await.unwrap();
        assert!(!answer.rows[0].other.contains_key("Password"));
        assert!(answer.rows[0].piece_details[0].other.is_empty());
    }
}

#[tokio::test]
async fn r9_a_login_in_columns_of_a_query_is_taken_out() {
    let login = || {
        Login::new(
            UserName::new("kvn"),
            Password::new("x7-"),
            CustomerCode::new("19"),
        )
    };
    let server = json(
        r#"{"QueryResult":{"Cargo":{"MUSTERI_OZEL_KODU":"kvn-1","DURUM_KODU":"2","MUSTERI_KODU":"19","ACIKLAMA":"kvn x7- 1900","Sifre":"x7-"},"Bilgi":{"Not":"x7-"}}}"#,
    );
    let reference = CustomerReference::new("kvn-1").unwrap();
    let request = FindParcels::new(reference);
    let answer = queries_of(&server, login()).call(&request).await.unwrap();
    let parcel = &answer.rows[0];
    // What was asked for stays as it is.
    assert_eq!(parcel.reference.as_deref(), Some("kvn-1"));
    assert_eq!(parcel.other["MUSTERI_KODU"].as_str(), "[redacted]");
    assert_eq!(
        parcel.note.as_ref().unwrap().as_str(),
        "[redacted] [redacted] 1900"
    );
    assert!(!serde_json::to_string(&answer).unwrap().contains("x7-"));
    let server = json(r#"{"QueryResult":null,"Hata":"kvn icin x7- yanlis, musteri 19"}"#);
    let error = queries_of(&server, login())
        .call(&request)
        .await
        .unwrap_err();
    let text = error.rejection().unwrap().message.clone().unwrap();
    assert_eq!(
        text.as_str(),
        "[redacted] icin [redacted] yanlis, musteri [redacted]"
    );
    let server = json(r#"{"QueryResult":{"kvn":["x"]}}"#);
    let error = queries_of(&server, login())
        .call(&request)
        .await
        .unwrap_err();
    assert!(!format!("{error:?} {:?}", error.report()).contains("kvn"));
}
