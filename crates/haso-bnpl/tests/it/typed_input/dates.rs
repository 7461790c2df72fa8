//! Birth dates.

use super::*;

#[test]
fn t12_an_empty_birth_date_is_missing() {
    for typed in [
        "0001-01-01T00:00:00",
        "01.01.0001 00:00:00",
        // Two more: the old form of .NET, and a blank.
        "/Date(-62135596800000)/",
        " ",
    ] {
        let born = shopper().birth_date(typed);
        let form = form_of(born.clone());
        let path = "shopper.birth_date".to_owned();
        let wanted = [("haso.birth_date_missing", path.clone(), vec![])];
        assert_eq!(found(&form), wanted, "{typed}");
        assert_eq!(field(&sent(&form), "birthDate"), None, "{typed}");
        let limit = limit_of(born.clone());
        assert_eq!(found(&limit), []);
        assert_eq!(field(&sent(&limit), "birthDate"), None, "{typed}");
        assert_eq!(found(&kds_of(born)), [("text.missing", path, vec![])]);
    }
    let empty = chrono::NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    assert_eq!(found(&limit_of(shopper().birth_date(empty))), []);
}

#[test]
fn t12_birth_dates_are_sent_in_one_form() {
    let compact = client_by("http://127.0.0.1:9", 1, |builder| {
        builder.quirks(Quirks::default().birth_date(BirthDateForm::Compact))
    });
    for typed in [
        "17.8.1983",
        "17/08/1983",
        "1983-08-17T00:00:00",
        "17.08.1983 00:00:00",
    ] {
        let form = form_of(shopper().birth_date(typed));
        assert!(found(&form).is_empty(), "{typed}");
        assert_eq!(field(&sent(&form), "birthDate").unwrap(), "1983-08-17");
        let body = sent_by(&compact, &form);
        assert_eq!(field(&body, "birthDate").unwrap(), "19830817");
        let kds = kds_of(shopper().birth_date(typed));
        assert_eq!(member(&sent(&kds), "birthDate").unwrap(), "1983-08-17");
    }
    for (typed, code, suggestion) in [
        ("31.02.1983", "day.not_in_calendar", None),
        ("17.8.83", "day.short_year", None),
        ("30545", "day.number_of_spreadsheet", Some("17.08.1983")),
        ("01.01.1900", "birth_date.not_possible", None),
        ("17.8.2983", "birth_date.not_possible", None),
        ("+10000-01-01", "day.form", None),
    ] {
        let suggestions: Vec<_> = suggestion.map(str::to_owned).into_iter().collect();
        let wanted = (code, "shopper.birth_date".to_owned(), suggestions);
        let born = shopper().birth_date(typed);
        let form = found(&form_of(born.clone()));
        assert_eq!(form, [wanted], "{typed}");
        assert_eq!(found(&limit_of(born.clone())), form, "{typed}");
        assert_eq!(found(&kds_of(born)), form, "{typed}");
    }
}
