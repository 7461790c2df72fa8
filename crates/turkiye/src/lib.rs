#![doc = include_str!("../README.md")]

pub mod amount;
mod amount_fault;
pub mod ascii_code;
#[cfg(feature = "time")]
pub mod birth_date;
pub mod card_number;
pub mod client_address;
#[cfg(feature = "time")]
pub mod day;
#[cfg(feature = "decimal")]
pub mod decimal;
mod dialling;
pub mod empty_date;
pub mod fault;
pub mod iban;
pub mod identity_number;
mod input;
mod letters;
#[cfg(feature = "line")]
pub mod line;
pub mod mobile_number;
#[cfg(feature = "time")]
pub mod moment;
#[cfg(feature = "decimal")]
pub mod money;
pub mod net_number;
mod number_type;
pub mod pasted_link;
pub mod phone_number;
#[cfg(feature = "places")]
pub mod places;
#[cfg(feature = "problems")]
pub mod problems;
pub mod spreadsheet;
pub mod tax_number;
pub mod text;
#[cfg(feature = "time")]
pub mod time;

#[cfg(feature = "decimal")]
pub use money::Money;

/// Returns every fault of every value that is compiled, for tables of codes.
pub fn faults() -> Vec<&'static fault::Fault> {
    let mut all = Vec::new();
    all.extend(fault::ALL);
    all.extend(amount::ALL);
    #[cfg(feature = "time")]
    all.extend(birth_date::ALL);
    all.extend(card_number::ALL);
    all.extend(client_address::ALL);
    #[cfg(feature = "time")]
    all.extend(day::ALL);
    #[cfg(feature = "decimal")]
    all.extend(decimal::ALL);
    all.extend(iban::ALL);
    all.extend(identity_number::ALL);
    #[cfg(feature = "line")]
    all.extend(line::ALL);
    all.extend(mobile_number::ALL);
    all.extend(phone_number::ALL);
    all.extend(tax_number::ALL);
    all
}

/// The Turkish README, whose program compiles too.
#[cfg(doctest)]
#[doc = include_str!("../README.tr.md")]
struct TurkishReadme;
