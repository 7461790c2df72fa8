//! The first digits of cards and their POS: `BIN_SanalPos`.

use super::call::Call;
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::Param;

const COLUMNS: &[&str] = &[
    "BIN",
    "SanalPOS_ID",
    "Kart_Banka",
    "DKK",
    "Kart_Tip",
    "Kart_Org",
    "Banka_Kodu",
    "Kart_Ticari",
    "Kart_Marka",
];

const FEWEST_DIGITS: usize = 6;

/// A bank: its name, its code, its POS and the brand of its cards.
struct Bank(&'static str, &'static str, &'static str, &'static str);

const ZIRAAT: Bank = Bank("Ziraat Bankası", "0010", "1013", "Bonus");
const FINANSBANK: Bank = Bank("Finansbank", "0111", "1011", "CardFinans");
const AKBANK: Bank = Bank("Akbank", "0046", "1014", "Axess");
const IS: Bank = Bank("İş Bankası", "0064", "1028", "Maximum");
const HALKBANK: Bank = Bank("Halkbank", "0012", "1012", "Paraf");
const DENIZBANK: Bank = Bank("Denizbank", "0134", "1013", "Bonus");
const YAPI_KREDI: Bank = Bank("Yapı Kredi", "0067", "1009", "World");
const ING: Bank = Bank("ING", "0099", "1013", "Bonus");
const TURKIYE_FINANS: Bank = Bank("Türkiye Finans", "0206", "1029", "");
const FOREIGN: Bank = Bank("Yabancı Kart", "", "1023", "");
const OTHER: Bank = Bank("Deneme Bank", "0099", "1029", "");

/// The first digits of the published test cards, and a debit card of eight digits, whose mark says
/// credit as one was seen to.
const BINS: [(&str, &Bank); 30] = [
    ("402277", &FINANSBANK),
    ("402278", &FINANSBANK),
    ("404809", &YAPI_KREDI),
    ("409070", &DENIZBANK),
    ("415565", &FINANSBANK),
    ("425669", &AKBANK),
    ("428462", &TURKIYE_FINANS),
    ("435508", &AKBANK),
    ("435629", &TURKIYE_FINANS),
    ("444676", &ZIRAAT),
    ("450634", &YAPI_KREDI),
    ("450803", &IS),
    ("453144", &HALKBANK),
    ("454671", &ZIRAAT),
    ("457727", &FOREIGN),
    ("498517", &FOREIGN),
    ("516310", &FOREIGN),
    ("516740", &DENIZBANK),
    ("520019", &DENIZBANK),
    ("521848", &TURKIYE_FINANS),
    ("526973", &ING),
    ("540061", &YAPI_KREDI),
    ("540134", &ZIRAAT),
    ("540667", &IS),
    ("545616", &FINANSBANK),
    ("548674", &FOREIGN),
    ("557113", &AKBANK),
    ("581877", &HALKBANK),
    ("606043", &TURKIYE_FINANS),
    ("97920400", &OTHER),
];

impl Param {
    /// Returns the rows whose digits begin with those of the call, or the other way round; without
    /// digits the whole table.
    pub(crate) fn bins(call: &Call) -> Result<Vec<Item>, Refusal> {
        let asked = call.text("BIN");
        if !asked.is_empty() && asked.len() < FEWEST_DIGITS {
            return Err(Refusal::code(-208, "BIN: shorter than six digits"));
        }
        let fits = |bin: &str| bin.starts_with(&asked) || asked.starts_with(bin);
        let found = BINS.iter().filter(|(bin, _)| fits(bin));
        let rows: Vec<Row> = found.map(|(bin, bank)| row(bin, bank)).collect();
        if rows.is_empty() {
            return Err(Refusal::code(-208, "BIN: no card begins with these digits"));
        }
        Ok(vec![
            Item::Table("Temp", COLUMNS, rows),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }
}

fn row(bin: &'static str, bank: &Bank) -> Row {
    let is_debit = bin.starts_with("9792");
    let scheme = match bin.as_bytes().first() {
        Some(b'4') => "VISA",
        Some(b'9') => "TROY",
        _ => "MASTERCARD",
    };
    vec![
        ("BIN", bin.to_owned()),
        ("SanalPOS_ID", bank.2.to_owned()),
        ("Kart_Banka", bank.0.to_owned()),
        ("DKK", "0".to_owned()),
        (
            "Kart_Tip",
            if is_debit {
                "Debit Card"
            } else {
                "Kredi Kartı"
            }
            .to_owned(),
        ),
        ("Kart_Org", scheme.to_owned()),
        ("Banka_Kodu", bank.1.to_owned()),
        ("Kart_Ticari", "Hayır".to_owned()),
        ("Kart_Marka", bank.3.to_owned()),
    ]
}
