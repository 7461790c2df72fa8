//! The row of names, and the row above it that names the separator.

use super::*;

#[test]
fn t3_a_row_that_names_the_separator_is_read() {
    let expected = csv(TURKISH).unwrap().orders;
    for row in [
        "sep=;\n",
        "SEP=;\r\n",
        "\"sep=;\"\n",
        "sep=;;;;;;\n",
        "\u{feff}sep=;\n",
    ] {
        let imported = csv(&format!("{row}{TURKISH}")).unwrap();
        assert_eq!(imported.orders, expected, "{row:?}");
        assert_eq!(imported.place_of(0, "number").unwrap().row, 3);
    }
    // The caller's own separator is the one that counts.
    let semicolons = CsvOptions::default().separator(b';');
    let other = format!("sep=,\n{TURKISH}");
    let imported = ImportedOrders::from_csv(other.as_bytes(), semicolons);
    assert_eq!(imported.unwrap().orders, expected);
    // A row with more in it is the row of names.
    let more = format!("sep=;note\n{TURKISH}");
    assert_eq!(mistakes(&more)[0].0, 1);
    let bars = format!(
        "sep=|\n{}",
        ENGLISH.replace(',', "|").replace("1| Kat", "1, Kat")
    );
    assert_eq!(csv(&bars).unwrap().orders, csv(ENGLISH).unwrap().orders);
    let wrong = format!("sep=;\n{}", turkish(&[("801452", "x")]));
    assert_eq!(
        mistakes(&wrong),
        one(3, "Tedarikçi Kodu", ImportMistake::WholeNumber)
    );
    let unknown = format!("sep=;\n{}", turkish(&[("Vergi No", "Sipariş Notu")]));
    assert_eq!(
        mistakes(&unknown),
        one(2, "Sipariş Notu", ImportMistake::UnknownColumn)
    );
}

#[test]
fn t3_names_of_two_words_are_recognised_and_told_with_their_column() {
    for (from, to) in [
        ("Talep No;", "Sipariş No;"),
        ("Telefon;", "TELEFON  NUMARASI;"),
        ("Ad Soyad;", "Alıcı\u{a0}Adı;"),
        ("Vergi No;", "vergi_numarası;"),
        ("Teslim Tarihi", "TESLİMAT TARİHİ"),
    ] {
        assert_eq!(
            csv(&turkish(&[(from, to)])).unwrap().orders.len(),
            1,
            "{to}"
        );
    }
    for (name, told) in [
        ("Sipariş Notu", "Sipariş Notu"),
        ("Not 2", "Not 2"),
        ("Kapıda Ödeme?", "Kapıda Ödeme?"),
    ] {
        let errors = csv(&turkish(&[("Vergi No", name)])).unwrap_err();
        assert_eq!(
            errors.mistakes[0].to_string(),
            format!("row 1, column 10 `{told}`: the column is not known")
        );
    }
    let twice = csv(&turkish(&[("Vergi No", "İl")])).unwrap_err();
    assert_eq!(
        twice.mistakes[0].to_string(),
        "row 1, column 10 `İl`: the column is a duplicate"
    );
}
