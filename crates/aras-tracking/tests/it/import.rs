//! Parcels from files: both languages, every mistake with its row and column, and none with its value.

use aras_tracking::shipments::import::{CsvOptions, ImportErrors, ImportMistake, ImportedOrders};
use aras_tracking::shipments::{CollectedBy, Measure, NewOrder, Payment, Piece, SetOrder};
use aras_tracking::{Login, ShipmentClient, ShipmentEnvironment};
use kervan_bulk::check_all;
use testkit::InProcess;

/// An invented export of a shop.
const EXPORT: &str = include_str!("../../examples/parcels.csv");

const ENGLISH: &str = "\
reference,dispatch note,name,address,phone,second phone,city,town,payment,amount,collected by,barcode,desi,weight kg,product,description
2026000421,SVK-421,Ayşe Örnek,Deneme Sok. 3,05550000017,,İzmir,Konak,cash on delivery,349.90,card,202600042101,4,2.001,,
2026000421,,,,0555 000 00 17,,,,,,,202600042102,1,1,,
2026000422,SVK-422,Ali Örnek,Deneme Sok. 4,05550000018,,Ankara,Mamak,sender pays,,,202600042201,0.4,1,,
";

fn csv(text: &str) -> Result<ImportedOrders, ImportErrors> {
    ImportedOrders::from_csv(text.as_bytes(), CsvOptions::default())
}

/// Returns a text with some texts exchanged, each once.
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

type Told = (u64, Option<usize>, Option<String>, ImportMistake);

fn mistakes(text: &str) -> Vec<Told> {
    let all = csv(text).unwrap_err().mistakes.into_iter();
    all.map(|one| (one.row, one.column_number, one.column, one.mistake))
        .collect()
}

fn one(row: u64, number: usize, column: &str, mistake: ImportMistake) -> Vec<Told> {
    vec![(row, Some(number), Some(column.to_owned()), mistake)]
}

fn client() -> ShipmentClient {
    let transport = InProcess::new(|_| unreachable!("a check sends nothing"));
    ShipmentClient::builder(&ShipmentEnvironment::Test, Login::published_test_account())
        .unwrap()
        .build_over(transport, testkit::host())
}

/// Returns the letters of a text in Windows-1254.
fn windows_1254(text: &str) -> Vec<u8> {
    let byte = |letter| match letter {
        'ş' => 0xFE,
        'Ş' => 0xDE,
        'İ' => 0xDD,
        'ı' => 0xFD,
        'ğ' => 0xF0,
        'Ğ' => 0xD0,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn an_export_becomes_parcels_in_either_charset() {
    let imported = csv(EXPORT).unwrap();
    let [first, second, third] = imported.orders.as_slice() else {
        panic!("{imported:?}")
    };
    let NewOrder {
        reference,
        waybill,
        invoice,
        receiver,
        payment,
        pieces,
        ..
    } = &first.order;
    assert_eq!(reference.as_str(), "2026000417");
    assert_eq!(waybill.as_deref(), Some("SVK-000417"));
    assert_eq!(invoice.as_deref(), Some("FTR2026000417"));
    assert_eq!(receiver.town.as_str(), "Odunpazarı");
    assert_eq!(
        *payment,
        Payment::CashOnDelivery {
            amount: "349.90".parse().unwrap(),
            by: CollectedBy::Cash,
        }
    );
    let expected = [
        Piece::new("202600041701")
            .desi(4)
            .weight_kg(3)
            .product("TBL-12")
            .description("Çaydanlık"),
        Piece::new("202600041702")
            .desi(3)
            .weight_kg(1)
            .description("Altı bardak"),
    ];
    assert!(pieces.iter().eq(&expected), "{pieces:?}");
    assert_eq!(second.order.payment, Payment::SenderPays);
    let address = second.order.receiver.address.as_str();
    assert_eq!(address, "Örnek Cad. 5; Kat 2");
    assert!(second.order.receiver.mobile_phone.is_some());
    assert_eq!(third.order.payment, Payment::ReceiverPays);
    assert_eq!(
        third.order.pieces.iter().next().unwrap().weight_kg,
        Measure::Whole(1)
    );
    assert!(check_all::<SetOrder, _>(&client(), &imported.orders).is_empty());

    let legacy = windows_1254(EXPORT);
    assert!(std::str::from_utf8(&legacy).is_err());
    let read = ImportedOrders::from_csv(legacy.as_slice(), CsvOptions::default());
    assert_eq!(read.unwrap(), imported);
    let marked = format!("\u{feff}sep=;\r\n{}", EXPORT.replace('\n', "\r\n"));
    assert_eq!(csv(&marked).unwrap().orders, imported.orders);
}

#[test]
fn english_columns_and_words_are_read() {
    let imported = csv(ENGLISH).unwrap();
    let [first, second] = imported.orders.as_slice() else {
        panic!("{imported:?}")
    };
    assert!(matches!(
        first.order.payment,
        Payment::CashOnDelivery {
            by: CollectedBy::Card,
            ..
        }
    ));
    let pieces: Vec<_> = first.order.pieces.iter().collect();
    assert_eq!(pieces.len(), 2);
    // Rounded up, never down.
    assert_eq!(pieces[0].weight_kg, Measure::Whole(3));
    let piece = second.order.pieces.iter().next().unwrap();
    assert_eq!(piece.desi, Measure::Whole(1));
}

#[test]
fn every_mistake_has_its_row_and_column() {
    use ImportMistake as M;
    for (from, to, expected) in [
        ("Ali Örnek", " ", one(4, 3, "name", M::Empty)),
        ("sender pays", "kurye", one(4, 9, "payment", M::Word)),
        ("sender pays", "", one(4, 9, "payment", M::Empty)),
        ("349.90", "349.905", one(2, 10, "amount", M::Amount)),
        ("349.90", "", one(2, 10, "amount", M::Empty)),
        (",card,", ",çek,", one(2, 11, "collected by", M::Word)),
        (
            "sender pays,,",
            "sender pays,12.50,",
            one(4, 10, "amount", M::NotExpected),
        ),
        (
            "sender pays,,,",
            "sender pays,,cash,",
            one(4, 11, "collected by", M::NotExpected),
        ),
        (
            "202600042201",
            "2,02E+11",
            vec![(4, None, None, M::RowLength)],
        ),
        (
            "202600042201",
            "2.02E+11",
            one(4, 12, "barcode", M::Shortened),
        ),
        (
            "202600042201",
            "202600042201.0",
            one(4, 12, "barcode", M::Decimals),
        ),
        ("202600042201", "", one(4, 12, "barcode", M::Empty)),
        (",0.4,", ",\"0,4\",", one(4, 13, "desi", M::Number)),
        ("2.001", "2.0011", one(2, 14, "weight kg", M::Number)),
        ("2026000422", "accountid=7", one(4, 1, "reference", M::Form)),
        (
            "0555 000 00 17",
            "0555 000 00 99",
            one(3, 5, "phone", M::Differs),
        ),
        ("second phone", "faks", one(1, 6, "faks", M::UnknownColumn)),
        (
            "payment",
            "pay",
            vec![
                (1, Some(9), Some("pay".to_owned()), M::UnknownColumn),
                (1, None, Some("payment".to_owned()), M::MissingColumn),
            ],
        ),
    ] {
        assert_eq!(mistakes(&changed(ENGLISH, &[(from, to)])), expected, "{to}");
    }
    let again = ENGLISH.lines().nth(1).unwrap();
    let scattered = format!("{ENGLISH}{again}\n");
    assert_eq!(mistakes(&scattered), one(5, 1, "reference", M::Scattered));
    // A cash on delivery in a file without the two columns.
    let head = "reference,name,address,phone,city,town,payment,barcode,desi,weight";
    let row = "2026000423,Ayşe Örnek,Deneme Sok. 3,05550000017,İzmir,Konak,cash on delivery,202600042301,1,1";
    assert_eq!(
        mistakes(&format!("{head}\n{row}\n")),
        [
            (2, None, Some("amount".to_owned()), M::Empty),
            (2, None, Some("collected by".to_owned()), M::Empty)
        ]
    );
}

#[test]
fn rows_of_an_order_may_repeat_its_values_in_another_form() {
    let repeated = [
        (
            "2026000421,,,,0555 000 00 17,,,,,,,",
            "2026000421,SVK-421,Ayşe  Örnek,Deneme Sok. 3,+90 555 000 00 17,,İZMİR,KONAK,Kapıda Ödeme,\"349,90 TL\",Kredi Kartı,",
        ),
        ("Ayşe  Örnek", "Ayşe Örnek"),
    ];
    let imported = csv(&changed(ENGLISH, &repeated)).unwrap();
    assert_eq!(imported.orders, csv(ENGLISH).unwrap().orders);
    let other = changed(
        ENGLISH,
        &[(
            "2026000421,,,,0555 000 00 17,,,,,,,",
            "2026000421,,,,,,,,,350,,",
        )],
    );
    assert_eq!(
        mistakes(&other),
        one(3, 10, "amount", ImportMistake::Differs)
    );
}

#[test]
fn mistakes_say_which_words_are_known_and_show_no_value() {
    let broken = changed(
        ENGLISH,
        &[
            ("sender pays", "SENTINEL pays"),
            ("349.90", "SENTINEL"),
            ("2026000422", "sifre=SENTINEL"),
            (",0.4,", ",SENTINEL,"),
            ("2026000421,,,,0555 000 00 17", "2026000421,,SENTINEL,,"),
        ],
    );
    let errors = csv(&changed(
        &broken,
        &[(",,,,,,,202600042102", ",,,,,,202600042102")],
    ))
    .unwrap_err();
    let shown = format!(
        "{errors} {errors:?} {}",
        serde_json::to_string(&errors).unwrap()
    );
    assert!(!shown.contains("SENTINEL"), "{shown}");
    let told: Vec<_> = errors.mistakes.iter().map(ToString::to_string).collect();
    let words = "row 4, column 9 `payment`: the value is none of the words of its column: `sender pays`, `gönderici öder`";
    assert!(told.iter().any(|text| text.starts_with(words)), "{told:?}");
    // Without a row of names the file begins with data.
    let headless = ENGLISH.split_once('\n').unwrap().1;
    let shown = format!("{:?}", csv(headless).unwrap_err());
    for value in ["0555", "Örnek", "Deneme", "2026000421", "349"] {
        assert!(!shown.contains(value), "{shown}");
    }
}

#[test]
fn a_problem_of_the_check_leads_back_to_row_and_column() {
    let wrong = changed(
        EXPORT,
        &[
            ("202600041702;2,25;1", "202600041702;0;1"),
            ("5550000018", "ev yok"),
            ("349,90", "0"),
            ("SVK-000419", ""),
        ],
    );
    let imported = csv(&wrong).unwrap();
    let found = check_all::<SetOrder, _>(&client(), &imported.orders);
    let places: Vec<_> = found
        .iter()
        .flat_map(|one| one.problems.iter().map(|problem| (one.index, problem)))
        .map(|(order, problem)| imported.place_of(order, problem.path()).unwrap())
        .map(|place| place.to_string())
        .collect();
    assert_eq!(
        places,
        [
            "row 2, column 11 `Tahsilat Tutarı`",
            "row 3, column 14 `Desi`",
            "row 4, column 6 `Telefon`",
            "row 5, column 2 `İrsaliye No`",
        ]
    );
    // The desi of the whole parcel is in no column, and its list of pieces neither.
    for path in ["order.desi", "order.pieces"] {
        let place = imported.place_of(0, path).unwrap();
        assert_eq!((place.row, place.column_number), (2, None), "{path}");
    }
}

#[test]
fn json_lines_hold_orders_in_their_own_shape() {
    let orders = csv(EXPORT).unwrap().orders;
    let lines: Vec<_> = orders
        .iter()
        .map(|order| serde_json::to_string(order).unwrap())
        .collect();
    let text = lines.join("\n\n");
    let imported = ImportedOrders::from_json_lines(text.as_bytes()).unwrap();
    assert_eq!(imported.orders, orders);
    let place = imported.place_of(2, "order.pieces[0].desi").unwrap();
    assert_eq!(place.to_string(), "row 5");
    let broken = text.replace("\"weight_kg\":{\"whole\":3}", "\"weight_kg\":\"SENTINEL\"");
    assert_ne!(broken, text);
    let errors = ImportedOrders::from_json_lines(broken.as_bytes()).unwrap_err();
    let first = &errors.mistakes[0];
    assert_eq!((first.row, first.mistake), (1, ImportMistake::Json));
    let column = first.column.as_deref().unwrap();
    assert!(column.starts_with("order.pieces[0].weight_kg"), "{column}");
    assert!(!format!("{errors:?} {errors}").contains("SENTINEL"));
}
