//! Provinces and districts.

use super::*;

#[test]
fn t4_provinces_as_people_write_them_are_sent_in_the_spelling_of_the_list() {
    for (city, county, province, district) in [
        ("Adapazarı", "Sapanca", "SAKARYA", "SAPANCA"),
        ("İzmit", "izmit", "KOCAELİ", "İZMİT"),
        ("Antakya", "Antakya", "HATAY", "ANTAKYA"),
        ("Ş.Urfa", "Siverek", "ŞANLIURFA", "SİVEREK"),
        ("G.Antep", "Nizip", "GAZİANTEP", "NİZİP"),
        ("D.Bakır", "Bismil", "DİYARBAKIR", "BİSMİL"),
        ("34 İstanbul", "Kadıköy", "İSTANBUL", "KADIKÖY"),
        ("İstanbul (Anadolu)", "kadikoy", "İSTANBUL", "KADIKÖY"),
        ("Mersin(İçel)", "Tarsus", "MERSİN", "TARSUS"),
        // Two more: a plate behind the name, and a word behind the district.
        ("BOLU 14", "Gerede", "BOLU", "GEREDE"),
        ("Ankara ili", "Mamak ilçesi", "ANKARA", "MAMAK"),
        // The word is never sent, also where the district has two names.
        ("İstanbul", "Eyüp ilçesi", "İSTANBUL", "EYÜPSULTAN"),
    ] {
        let order = to(consumer().city(city).county(county));
        assert_eq!(codes(&order), [], "{city}");
        let body = sent(&order);
        assert_eq!(body["recipientCity"], province);
        assert_eq!(body["recipientCounty"], district);
    }
    // A name of before may still be in Horoz's list, so it stays.
    let order = to(consumer().city("İçel").county("Tarsus"));
    assert_eq!(
        codes(&order),
        [("horoz.place_other_name", "recipient.county".to_owned())]
    );
    assert_eq!(sent(&order)["recipientCity"], "İÇEL");
    for city in ["06 İstanbul", "Ankara (Anadolu)"] {
        let order = to(consumer().city(city).county("Kadıköy"));
        assert_eq!(
            codes(&order),
            [("horoz.place_not_in_table", "recipient.county".to_owned())]
        );
    }
}

#[test]
fn t5_a_centre_that_is_gone_suggests_what_it_became() {
    for (city, county, suggestions) in [
        (
            "Adana",
            "Merkez",
            [
                "ADANA/SEYHAN",
                "ADANA/YÜREĞİR",
                "ADANA/ÇUKUROVA",
                "ADANA/SARIÇAM",
            ]
            .as_slice(),
        ),
        ("Hatay", "Merkez", &["HATAY/ANTAKYA", "HATAY/DEFNE"]),
        // The one that has become most districts.
        (
            "Antalya",
            "Merkez",
            &[
                "ANTALYA/MURATPAŞA",
                "ANTALYA/KEPEZ",
                "ANTALYA/KONYAALTI",
                "ANTALYA/DÖŞEMEALTI",
                "ANTALYA/AKSU",
            ],
        ),
        // Two more, by the name of the province.
        ("ordu", "Ordu", &["ORDU/ALTINORDU"]),
        (
            "Ş.Urfa",
            "Urfa Merkez",
            &[
                "ŞANLIURFA/EYYÜBİYE",
                "ŞANLIURFA/HALİLİYE",
                "ŞANLIURFA/KARAKÖPRÜ",
            ],
        ),
    ] {
        let found = problems(&to(consumer().city(city).county(county)));
        let [problem] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(problem.code(), "horoz.place_not_in_table");
        assert_eq!(problem.suggestions(), suggestions, "{city}");
    }
}
