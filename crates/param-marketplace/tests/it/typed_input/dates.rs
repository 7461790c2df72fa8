//! Dates that are missing.

use super::*;

#[tokio::test]
async fn t12_the_empty_date_of_net_is_missing() {
    let born = "seller.person.birth_date";
    for (typed, code, suggestion) in [
        ("0001-01-01T00:00:00", "text.missing", None),
        ("01.01.0001 00:00:00", "text.missing", None),
        ("", "text.missing", None),
        ("31.02.1990", "day.not_in_calendar", None),
        ("1.5.90", "day.short_year", None),
        ("32994", "day.number_of_spreadsheet", Some("01.05.1990")),
        ("1.5.1900", "birth_date.not_possible", None),
        ("1.5.2990", "birth_date.not_possible", None),
    ] {
        let seller = seller_of(Person::new(NUMBER, typed));
        assert_eq!(only(&seller), problem(code, born, suggestion), "{typed}");
        // As an ERP's JSON has it.
        let json = serde_json::to_string(&new_seller()).unwrap();
        let json = json.replace("1990-05-01", typed);
        let read = serde_json::from_str::<AddSubMerchant>(&json).unwrap();
        assert_eq!(only(&read), problem(code, born, suggestion), "{typed}");
    }
    let first_day = chrono::NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let mut company = company("1234567890");
    let NewSubMerchant::Company(of) = &mut company.seller else {
        panic!("it is one")
    };
    of.authorised.birth_date = BirthDate::from(first_day);
    assert_eq!(
        only(&company),
        problem("text.missing", "seller.authorised.birth_date", None)
    );
    for typed in ["1.5.1990", "01/05/1990", "1990-05-01T00:00:00+03:00"] {
        let seller = seller_of(Person::new(NUMBER, typed));
        assert_eq!(found(&seller), [], "{typed}");
        assert_eq!(text(&sent(&seller).await, "Kisi_DogumTarihi"), "01.05.1990");
    }
}
