//! Provinces and districts: `IL_LISTESI`, `Il_Liste` and `ILCE_LISTESI`.

use super::call::Call;
use super::reply::{Item, Row, text};
use super::world::Param;

/// Provinces in the order of their plate codes.
const PROVINCES: [&str; 81] = [
    "ADANA",
    "ADIYAMAN",
    "AFYONKARAHİSAR",
    "AĞRI",
    "AMASYA",
    "ANKARA",
    "ANTALYA",
    "ARTVİN",
    "AYDIN",
    "BALIKESİR",
    "BİLECİK",
    "BİNGÖL",
    "BİTLİS",
    "BOLU",
    "BURDUR",
    "BURSA",
    "ÇANAKKALE",
    "ÇANKIRI",
    "ÇORUM",
    "DENİZLİ",
    "DİYARBAKIR",
    "EDİRNE",
    "ELAZIĞ",
    "ERZİNCAN",
    "ERZURUM",
    "ESKİŞEHİR",
    "GAZİANTEP",
    "GİRESUN",
    "GÜMÜŞHANE",
    "HAKKARİ",
    "HATAY",
    "ISPARTA",
    "MERSİN",
    "İSTANBUL",
    "İZMİR",
    "KARS",
    "KASTAMONU",
    "KAYSERİ",
    "KIRKLARELİ",
    "KIRŞEHİR",
    "KOCAELİ",
    "KONYA",
    "KÜTAHYA",
    "MALATYA",
    "MANİSA",
    "KAHRAMANMARAŞ",
    "MARDİN",
    "MUĞLA",
    "MUŞ",
    "NEVŞEHİR",
    "NİĞDE",
    "ORDU",
    "RİZE",
    "SAKARYA",
    "SAMSUN",
    "SİİRT",
    "SİNOP",
    "SİVAS",
    "TEKİRDAĞ",
    "TOKAT",
    "TRABZON",
    "TUNCELİ",
    "ŞANLIURFA",
    "UŞAK",
    "VAN",
    "YOZGAT",
    "ZONGULDAK",
    "AKSARAY",
    "BAYBURT",
    "KARAMAN",
    "KIRIKKALE",
    "BATMAN",
    "ŞIRNAK",
    "BARTIN",
    "ARDAHAN",
    "IĞDIR",
    "YALOVA",
    "KARABÜK",
    "KİLİS",
    "OSMANİYE",
    "DÜZCE",
];

/// Provinces and their districts: province, a tab, districts by commas.
const TABLE: &str = include_str!("../horoz/places.txt");

const OF_PROVINCES: &[&str] = &["Plaka", "IL"];
const OF_DISTRICTS: &[&str] = &["ID", "ILCE"];

fn districts(province: &str) -> impl Iterator<Item = &'static str> {
    let rows = TABLE.lines().filter_map(|line| line.split_once('\t'));
    let own = rows.filter(move |(name, _)| *name == province);
    own.flat_map(|(_, districts)| districts.split(','))
}

impl Param {
    /// `IL_LISTESI`. The count beside the rows is 0, as in the provider's own sample of districts.
    pub(crate) fn provinces() -> Vec<Item> {
        listed(Item::Table("Temp", OF_PROVINCES, rows_of_provinces()))
    }

    /// `Il_Liste` of the general test service, whose table has another name.
    pub(crate) fn provinces_of_test_service() -> Vec<Item> {
        vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            Item::TableIn("DT", "Temp", OF_PROVINCES, rows_of_provinces()),
        ]
    }

    /// `ILCE_LISTESI`. A plate code without a province has no rows.
    pub(crate) fn districts_of(call: &Call) -> Vec<Item> {
        let plate = usize::try_from(call.number("Il_Plaka")).unwrap_or(0);
        let index = plate.checked_sub(1);
        let province = index.and_then(|index| PROVINCES.get(index).copied());
        let districts = province.into_iter().flat_map(districts);
        let rows = districts.enumerate().map(|(index, name)| -> Row {
            let code = plate * 100 + index + 1;
            vec![("ID", code.to_string()), ("ILCE", name.to_owned())]
        });
        listed(Item::Table("Temp", OF_DISTRICTS, rows.collect()))
    }
}

fn listed(table: Item) -> Vec<Item> {
    vec![
        text("Toplam_Kayit", 0),
        table,
        text("Sonuc", 1),
        text("Sonuc_Str", "Başarılı"),
    ]
}

fn rows_of_provinces() -> Vec<Row> {
    let numbered = PROVINCES.iter().zip(1..);
    let row = |(name, plate): (&&str, i32)| -> Row {
        vec![("Plaka", plate.to_string()), ("IL", (*name).to_owned())]
    };
    numbered.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_its_plate_and_its_districts() {
        assert_eq!(PROVINCES[33], "İSTANBUL");
        assert_eq!(PROVINCES[75], "IĞDIR");
        let sum: usize = PROVINCES.iter().map(|one| districts(one).count()).sum();
        assert_eq!(sum, 973);
        assert!(PROVINCES.iter().all(|one| districts(one).count() > 0));
        assert!(PROVINCES.iter().all(|one| districts(one).count() < 100));
    }
}
