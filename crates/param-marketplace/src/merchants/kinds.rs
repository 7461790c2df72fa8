//! The three kinds of seller, each with the fields that the provider requires.

use chrono::NaiveDate;
use kervan_core::{Personal, Problems};
use serde::{Deserialize, Serialize};

use super::values::BirthDate;
use crate::{typed, wire};

/// A person by identity number and birth date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Person {
    /// The identity number as people type it, with blanks or without. It is sent as eleven digits. Wrong
    /// check digits are a warning, because test systems have invented people. Wire: `TC_VN` of a seller,
    /// `Yetkili_Kisi_TC` of a company's person.
    pub identity_number: Personal,
    /// The birth date: a day, or a text as people type one. Wire: `Kisi_DogumTarihi` of a seller,
    /// `Yetkili_Kisi_DogumTarihi` of a company's person, as dd.MM.yyyy.
    pub birth_date: BirthDate,
}

impl Person {
    /// Creates a person by number and birth date.
    pub fn new(identity_number: impl Into<Personal>, birth_date: impl Into<BirthDate>) -> Self {
        Self {
            identity_number: identity_number.into(),
            birth_date: birth_date.into(),
        }
    }

    fn check(
        &self,
        problems: &mut Problems,
        number: &'static str,
        birth_date: &'static str,
        today: NaiveDate,
    ) {
        typed::check_identity_number(problems, number, &self.identity_number);
        self.birth_date.check(problems, birth_date, today);
    }
}

/// A private person as a seller. Wire: `Tip` 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Individual {
    /// The full name; it is sent as the title too. Wire: `Ad_Soyad` and `Unvan`, 150.
    pub name: Personal,
    /// The seller.
    pub person: Person,
}

impl Individual {
    /// Creates a private person.
    pub fn new(name: impl Into<Personal>, person: Person) -> Self {
        Self {
            name: name.into(),
            person,
        }
    }
}

/// A sole proprietorship. Wire: `Tip` 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SoleProprietorship {
    /// The owner's full name. Wire: `Ad_Soyad`, 150.
    pub name: Personal,
    /// The business's title. Wire: `Unvan`.
    pub title: Personal,
    /// The tax office; whether by name or by code is not documented. Wire: `Vergi_Daire`.
    pub tax_office: Personal,
    /// The owner.
    pub person: Person,
}

impl SoleProprietorship {
    /// Creates a sole proprietorship by the owner's full name. The check reports values that are not set.
    pub fn new(name: impl Into<Personal>, person: Person) -> Self {
        Self {
            name: name.into(),
            title: Personal::default(),
            tax_office: Personal::default(),
            person,
        }
    }
}

kervan_core::setters! { SoleProprietorship {
    /// Sets the business's title.
    title: into Personal,
    /// Sets the tax office.
    tax_office: into Personal,
}}

/// A limited or joint-stock company. Wire: `Tip` 3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Company {
    /// A person's full name by the newer pages, the company's by the older ones. Wire: `Ad_Soyad`,
    /// 150.
    pub name: Personal,
    /// The company's title. Wire: `Unvan`.
    pub title: Personal,
    /// The tax office; whether by name or by code is not documented. Wire: `Vergi_Daire`.
    pub tax_office: Personal,
    /// The tax number as people type it. It is sent as ten digits. A wrong check digit is a warning. Wire:
    /// `TC_VN`.
    pub tax_number: Personal,
    /// The person who acts for the company.
    pub authorised: Person,
}

impl Company {
    /// Creates a company by its `Ad_Soyad` and the person who acts for it. The check reports values that
    /// are not set.
    pub fn new(name: impl Into<Personal>, authorised: Person) -> Self {
        Self {
            name: name.into(),
            title: Personal::default(),
            tax_office: Personal::default(),
            tax_number: Personal::default(),
            authorised,
        }
    }
}

kervan_core::setters! { Company {
    /// Sets the company's title.
    title: into Personal,
    /// Sets the tax office.
    tax_office: into Personal,
    /// Sets the tax number, as people type it.
    tax_number: into Personal,
}}

/// The seller to add, by its kind. Wire: `Tip`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum NewSubMerchant {
    /// A private person. Wire: 1.
    #[serde(rename = "individual")]
    Individual(Individual),
    /// A business of one person. Wire: 2.
    #[serde(rename = "sole_proprietorship")]
    SoleProprietorship(SoleProprietorship),
    /// A limited or joint-stock company. Wire: 3.
    #[serde(rename = "company")]
    Company(Company),
}

impl From<Individual> for NewSubMerchant {
    fn from(seller: Individual) -> Self {
        Self::Individual(seller)
    }
}

impl From<SoleProprietorship> for NewSubMerchant {
    fn from(seller: SoleProprietorship) -> Self {
        Self::SoleProprietorship(seller)
    }
}

impl From<Company> for NewSubMerchant {
    fn from(seller: Company) -> Self {
        Self::Company(seller)
    }
}

impl NewSubMerchant {
    /// Wire: `Tip`.
    pub(crate) fn wire(&self) -> u8 {
        match self {
            Self::Individual(_) => 1,
            Self::SoleProprietorship(_) => 2,
            Self::Company(_) => 3,
        }
    }

    pub(crate) fn name(&self) -> &Personal {
        match self {
            Self::Individual(seller) => &seller.name,
            Self::SoleProprietorship(seller) => &seller.name,
            Self::Company(seller) => &seller.name,
        }
    }

    pub(super) fn title(&self) -> &Personal {
        match self {
            Self::Individual(seller) => &seller.name,
            Self::SoleProprietorship(seller) => &seller.title,
            Self::Company(seller) => &seller.title,
        }
    }

    /// Returns the seller's number as it is sent. Wire: `TC_VN`.
    pub(crate) fn number(&self) -> String {
        match self {
            Self::Individual(seller) => typed::identity_number(&seller.person.identity_number),
            Self::SoleProprietorship(seller) => {
                typed::identity_number(&seller.person.identity_number)
            }
            Self::Company(seller) => typed::tax_number(&seller.tax_number),
        }
    }

    /// Returns the seller as a person; `None` for a company.
    pub(super) fn person(&self) -> Option<&Person> {
        match self {
            Self::Individual(seller) => Some(&seller.person),
            Self::SoleProprietorship(seller) => Some(&seller.person),
            Self::Company(_) => None,
        }
    }

    pub(super) fn authorised(&self) -> Option<&Person> {
        match self {
            Self::Company(seller) => Some(&seller.authorised),
            _ => None,
        }
    }

    pub(super) fn tax_office(&self) -> Option<&Personal> {
        match self {
            Self::Individual(_) => None,
            Self::SoleProprietorship(seller) => Some(&seller.tax_office),
            Self::Company(seller) => Some(&seller.tax_office),
        }
    }

    pub(super) fn check(&self, problems: &mut Problems, today: NaiveDate) {
        wire::check(problems, "seller.name", self.name().as_str(), 150, true);
        if !matches!(self, Self::Individual(_)) {
            let title = self.title().as_str();
            wire::check(problems, "seller.title", title, usize::MAX, true);
        }
        if let Some(office) = self.tax_office() {
            let path = "seller.tax_office";
            wire::check(problems, path, office.as_str(), usize::MAX, true);
        }
        if let Some(person) = self.person() {
            let (number, date) = ("seller.person.identity_number", "seller.person.birth_date");
            person.check(problems, number, date, today);
        }
        if let Self::Company(seller) = self {
            typed::check_tax_number(problems, "seller.tax_number", &seller.tax_number);
            let number = "seller.authorised.identity_number";
            let date = "seller.authorised.birth_date";
            seller.authorised.check(problems, number, date, today);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(seller: impl Into<NewSubMerchant>) -> Vec<String> {
        let mut problems = Problems::new();
        let today = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        seller.into().check(&mut problems, today);
        problems.iter().map(|p| p.path().to_owned()).collect()
    }

    #[test]
    fn every_text_of_a_seller_has_a_setter_and_the_check_reports_the_rest() {
        let born = NaiveDate::from_ymd_opt(1990, 5, 1).unwrap();
        let person = || Person::new("10000000146", born);
        let bare = SoleProprietorship::new("Ayşe Örnek", person());
        assert_eq!(paths(bare.clone()), ["seller.title", "seller.tax_office"]);
        let whole = bare.title("TITLE").tax_office("OFFICE");
        assert_eq!(whole.title.as_str(), "TITLE");
        assert_eq!(whole.tax_office.as_str(), "OFFICE");
        assert!(paths(whole).is_empty());

        let bare = Company::new("Ayşe Örnek", person());
        let missing = ["seller.title", "seller.tax_office", "seller.tax_number"];
        assert_eq!(paths(bare.clone()), missing);
        let whole = bare
            .title("TITLE")
            .tax_office("OFFICE")
            .tax_number("1234567890");
        assert_eq!(whole.title.as_str(), "TITLE");
        assert_eq!(whole.tax_office.as_str(), "OFFICE");
        assert_eq!(whole.tax_number.as_str(), "1234567890");
    }
}
