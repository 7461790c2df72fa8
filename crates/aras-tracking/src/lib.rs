#![doc = include_str!("../README.md")]

pub mod ids;
pub mod links;
pub mod rules;

pub use ids::{AccountId, CargoCode, CustomerReference, IdError, TrackingNumber, WaybillNumber};
pub use kervan_core::{Language, Problem, Problems, Rule, Secret, Severity};
pub use links::{
    AccountLink, Identifier, Link, LinkError, LinkReport, Page, RecognisedLink, ShareableLink,
    parse,
};
