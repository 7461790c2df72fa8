//! The fields of a posted form.

use std::collections::BTreeMap;

use kervan_turkiye::Money;

use crate::failure::Failure;
use crate::note::Note;

/// The fields of the forms that people fill in, by their names, in English and in Turkish. A client that
/// refuses a value may name it otherwise.
const LABELS: [(&[&str], (&str, &str)); 25] = [
    (&["address"], ("Address", "Adres")),
    (
        &["amount"],
        ("Amount to give back, in lira", "İade tutarı (TL)"),
    ),
    (&["born", "birth_date"], ("Birth date", "Doğum tarihi")),
    (&["by"], ("Who has looked", "Kim baktı")),
    (&["buyer"], ("Your name", "Adınız soyadınız")),
    (&["city"], ("Province", "İl")),
    (&["code"], ("Security code", "Güvenlik kodu")),
    (&["county"], ("District", "İlçe")),
    (&["desi"], ("Desi", "Desi")),
    (&["district"], ("District code", "İlçe kodu")),
    (&["email"], ("Email", "E-posta")),
    (&["full_name"], ("Name and surname", "Ad soyad")),
    (&["holder"], ("Name on the card", "Kart üzerindeki ad")),
    (&["iban"], ("IBAN", "IBAN")),
    (
        &["identity", "identity_number"],
        ("Identity number", "T.C. kimlik numarası"),
    ),
    (&["mobile"], ("Mobile number", "Cep telefonu")),
    (&["month"], ("Month", "Ay")),
    (&["name"], ("Name", "Ad")),
    (&["number"], ("Card number", "Kart numarası")),
    (
        &["parcel"],
        ("Tracking number or link", "Takip numarası ya da bağlantısı"),
    ),
    (&["phone"], ("Phone", "Telefon")),
    (&["price"], ("Price in lira", "Fiyat (TL)")),
    (&["province"], ("Province code", "İl kodu")),
    (&["recipient"], ("Recipient", "Alıcı")),
    (&["surname"], ("Surname", "Soyad")),
];

/// Returns what a field is called in English and in Turkish.
pub(crate) fn label(name: &str) -> Option<(&'static str, &'static str)> {
    let mut labels = LABELS.iter();
    let found = labels.find(|(names, _)| names.contains(&name));
    found.map(|(_, label)| *label)
}

/// Returns what is wrong with a field.
fn wrong(name: &'static str, (english, turkish): (&str, &str)) -> Failure {
    let (own, turkish_own) = label(name).unwrap_or((name, name));
    Failure::Wrong(Note::new(
        format!("“{own}” {english}"),
        format!("“{turkish_own}” {turkish}"),
    ))
}

/// Names and values of a form.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Returns a value without blanks around it; empty when it is absent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// Returns a value that must be there, and not be long.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Failure> {
        match self.get(name) {
            "" => Err(wrong(name, ("is empty", "alanı boş"))),
            value if value.chars().count() > 200 => {
                Err(wrong(name, ("is too long", "alanı çok uzun")))
            }
            value => Ok(value),
        }
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Failure> {
        let number = self.required(name)?.parse();
        number.map_err(|_| wrong(name, ("is not a number", "alanına bir sayı yazılmalı")))
    }

    /// Returns an amount as people type it, above zero.
    pub(crate) fn money(&self, name: &'static str) -> Result<Money, Failure> {
        let amount = Money::from_input(self.required(name)?);
        let amount = amount.ok().filter(|amount| amount.is_positive());
        let texts = (
            "is not an amount such as 149,90",
            "alanına 149,90 gibi bir tutar yazılmalı",
        );
        amount.ok_or_else(|| wrong(name, texts))
    }

    /// Returns the names that begin with a prefix, without it.
    pub(crate) fn chosen(&self, prefix: &str) -> Vec<&str> {
        self.0
            .keys()
            .filter_map(|name| name.strip_prefix(prefix))
            .collect()
    }
}
