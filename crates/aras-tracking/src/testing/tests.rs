//! Each answer and post, read back: it gives the output that it was written from.

use kervan_testing::delivery;

use super::*;
#[cfg(feature = "push")]
use crate::{CustomerReference, Password, UserName, push};

#[cfg(feature = "push")]
#[test]
fn posts_are_read_as_they_were_written() {
    let reference = CustomerReference::new("KV-1001").unwrap();
    let (user, password) = (UserName::new("carrier"), Password::new("s3ntinel & co"));
    let post = PushPost::new(&reference, "6")
        .at("2026-11-20T11:05:00")
        .description("AYŞE <ÖRNEK>")
        .from(&user, &password);
    assert!(!format!("{post:?}").contains("s3ntinel"));
    let event = push::read(&delivery(CONTENT_TYPE, post.body())).unwrap();
    assert_eq!((&event.reference, &*event.status_code), (&reference, "6"));
    assert_eq!(event.description.as_ref().unwrap().as_str(), "AYŞE <ÖRNEK>");
    assert!(event.at.is_some() && event.other.is_empty() && event.drift.is_empty());
    assert!(event.is_from(&user, &password));
    let anybody = PushPost::new(&reference, "6").body();
    let event = push::read(&delivery(CONTENT_TYPE, anybody)).unwrap();
    assert!(!event.is_from(&user, &password));
    let empty = PushPost::new(&reference, "").body();
    assert!(push::read(&delivery(CONTENT_TYPE, empty)).is_err());
}

#[cfg(feature = "shipments")]
mod services {
    use kervan_core::Operation;
    use kervan_testing::{Line, MovableHost, Script};
    use kervan_tracking::{EventTime, TrackingStatus};
    use testkit::{host, scripted};

    use super::*;
    use crate::query::{
        FindParcels, ListMovements, Movement, Number, Parcel, QueryMethod, QueryRows,
    };
    use crate::shipments::{
        CancelDispatch, Cancelled, EarlyTrackingNumber, FetchDummyLabel, FindOrder, Label,
        LabelFile, Order, PieceLabel, Recall,
    };
    use crate::{
        CustomerReference, Error, Login, Outcome, QueryClient, QueryEnvironment, QuerySettings,
        RejectionKind, Sent, ShipmentClient, ShipmentEnvironment,
    };

    const METHODS: [QueryMethod; 3] = [QueryMethod::Json, QueryMethod::Xml, QueryMethod::DataSet];

    fn reference() -> CustomerReference {
        CustomerReference::new("KV-1001").unwrap()
    }

    fn read<O: Operation<Service = QuerySettings>>(
        method: QueryMethod,
        call: &O,
        line: impl Into<Line>,
    ) -> Result<kervan_core::Answer<O::Output>, Error> {
        let login = Login::published_test_account();
        let builder = QueryClient::builder(&QueryEnvironment::Test, login).unwrap();
        let builder = builder.method(method);
        scripted::ask(call.name(), line, async |script, host| {
            builder.build_over(script, host).call_once(call).await
        })
    }

    fn parcel() -> Parcel {
        Parcel {
            reference: Some("KV-1001".to_owned()),
            tracking_number: Some("6513100200317".to_owned()),
            status_code: Some("6".to_owned()),
            recipient: Some("AYŞE <ÖRNEK> & CO".into()),
            pieces: Some(Number::new("2")),
            delivered_at: Some(EventTime::read("20.11.2026 11:05")),
            other: [("YENI".to_owned(), "x".into())].into(),
            ..Parcel::default()
        }
    }

    #[test]
    fn labels_are_read_as_they_were_written() {
        let piece = PieceLabel {
            tracking_number: Some(EarlyTrackingNumber::new("6513100200317")),
            barcode: Some("202600041701".to_owned()),
            reference: Some("KV-1001".to_owned()),
            ..PieceLabel::default()
        };
        let label = Label {
            zpl: vec!["^XA<ÖRNEK>^XZ".into()],
            epl: vec!["N".into()],
            pdf: vec![LabelFile::new(*b"%PDF-1.4")],
            images: vec![LabelFile::new([0, 255])],
            pieces: vec![piece.clone()],
            tracking_number: piece.tracking_number.clone(),
            unknown_code: Some("17".to_owned()),
        };
        let fetch = FetchDummyLabel::new(reference());
        let login = Login::published_test_account();
        let builder = ShipmentClient::builder(&ShipmentEnvironment::Test, login).unwrap();
        let read = scripted::ask(
            "GetLabelDummy",
            labels(&fetch, &label),
            async |script, host| builder.build_over(script, host).call_once(&fetch).await,
        );
        assert_eq!(read.unwrap().value, label);

        let recall = Recall::new("6513100200317");
        let login = Login::published_test_account();
        let builder = ShipmentClient::builder(&ShipmentEnvironment::Test, login).unwrap();
        let read = scripted::ask("Recall", accepted(&recall), async |script, host| {
            builder.build_over(script, host).call_once(&recall).await
        });
        assert_eq!(read.unwrap().code, "0");
    }

    #[test]
    fn parcels_and_movements_are_read_by_every_method() {
        let find = FindParcels::new(reference());
        let list = ListMovements::new(reference());
        let step = Movement {
            at: Some(EventTime::read("20.11.2026 11:05")),
            unit: Some("BORNOVA".to_owned()),
            operation: Some("TESLİM".to_owned()),
            ..Movement::default()
        };
        for method in METHODS {
            let answer = parcels(method, &[parcel()]);
            let found = read(method, &find, answer).unwrap();
            assert_eq!(found.value, QueryRows::of(vec![parcel()]), "{method:?}");
            assert_eq!(found.rows[0].status(), TrackingStatus::Delivered);
            let two = [
                step.clone(),
                Movement {
                    unit: None,
                    ..step.clone()
                },
            ];
            let found = read(method, &list, movements(method, &two)).unwrap();
            assert_eq!(found.rows, two, "{method:?}");
            let found = read(method, &find, nothing(method)).unwrap();
            assert!(found.is_not_found(), "{method:?}");
            let other = rows(method, [[("MOK", "KV-9999"), ("DURUM_KODU", "6")]]);
            let found = read(method, &find, other).unwrap();
            assert_eq!((found.rows.len(), found.strays.len()), (0, 1), "{method:?}");
        }
    }

    #[test]
    fn refusals_of_the_query_service_are_read_as_such() {
        let find = FindParcels::new(reference());
        for method in METHODS {
            let error = read(method, &find, sentence(method, "Hatalı giriş")).unwrap_err();
            assert_eq!(error.rejection().unwrap().kind, RejectionKind::Sentence);
        }
        let inside = fault("a:InternalServiceFault", "The server was unable");
        let error = read(QueryMethod::Json, &find, inside).unwrap_err();
        assert_eq!(
            error.rejection().unwrap().kind,
            RejectionKind::InternalFault
        );
        let error = read(QueryMethod::Json, &find, fault("s:Client", "-")).unwrap_err();
        assert_eq!(error.rejection().unwrap().kind, RejectionKind::Fault);
    }

    fn order() -> Order {
        Order {
            reference: Some("KV-1001".to_owned()),
            pieces: Some(Number::new("1")),
            other: [("ReceiverName".to_owned(), "AYŞE ÖRNEK".into())].into(),
            ..Order::default()
        }
    }

    fn client(script: &Script, host: &MovableHost) -> ShipmentClient {
        let login = Login::published_test_account();
        let builder = ShipmentClient::builder(&ShipmentEnvironment::Test, login).unwrap();
        builder.build_over(script.clone(), host.clone())
    }

    #[test]
    fn orders_and_cancellations_are_read_as_they_were_written() {
        let (host, find) = (host(), FindOrder::new(reference()));
        let cancel = CancelDispatch::new(reference());
        let mut done = Cancelled::new("1");
        done.cargo_key = Some("S-1".to_owned());
        let script = Script::new();
        script
            .on(find.name(), orders(&find, &[order()]))
            .on(find.name(), orders(&find, &[]))
            .on(cancel.name(), cancelled(&cancel, &done))
            .on(cancel.name(), refused(&cancel, "999", "İrsaliye kesilmiş"));
        let client = client(&script, &host);
        let found = host.run(client.call(&find)).unwrap();
        assert_eq!(found.value, QueryRows::of(vec![order()]));
        assert!(host.run(client.call(&find)).unwrap().is_not_found());
        assert_eq!(host.run(client.call(&cancel)).unwrap().value, done);
        let error = host.run(client.call(&cancel)).unwrap_err();
        assert_eq!(error.rejection().unwrap().kind, RejectionKind::WaybillCut);
        assert_eq!(error.outcome(), Outcome::NotDone);
        script.assert_used();
    }

    #[test]
    fn a_lost_cancellation_is_settled_by_the_orders() {
        let (host, find) = (host(), FindOrder::new(reference()));
        let cancel = CancelDispatch::new(reference());
        let script = Script::of([(cancel.name(), Line::lost())]);
        script.on(find.name(), orders(&find, &[]));
        let sent = host.run(client(&script, &host).send_or_settle(&cancel));
        assert_eq!(sent.unwrap(), Sent::InState);
        script.assert_used();
    }
}
