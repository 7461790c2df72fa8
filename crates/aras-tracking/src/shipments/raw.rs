//! Any operation of the service by its wire names, for operations without a type of their own, as `SetShipment`.
//!
//! The description of the service has 61 operations, and says nothing about what some of them do. A raw call
//! keeps the login, the redaction, the caps and the errors of the other calls. It sends each text as it is given,
//! and checks only that XML can carry it.
//!
//! ```
//! use aras_tracking::shipments::{RawArgument, RawLogin, RawRead, RawWrite};
//!
//! let missing = RawRead::new("GetMissingNewDoc", RawLogin::USER_NAME)
//!     .argument(RawArgument::text("language", "tr"))
//!     .argument(RawArgument::of("keyValue", [RawArgument::text("string", "D-1")]));
//! let piece = RawWrite::new("SetOrderPiece", RawLogin::USER_NAME.last())
//!     .argument(RawArgument::of("piece", [
//!         RawArgument::text("VolumetricWeight", "2"),
//!         RawArgument::text("Weight", "1"),
//!         RawArgument::text("BarcodeNumber", "202600041703"),
//!         RawArgument::text("IntegrationCode", "2026000417"),
//!         RawArgument::text("TotalPieceCount", "3"),
//!     ]));
//! # let _ = (missing, piece);
//! ```

use kervan_core::{Answer, Class, Context, EncodeError, Personal, Problems, ReadError};
use kervan_wire::soap::{Element, not_carried};
use serde::{Deserialize, Serialize};

use super::endpoint::{Endpoint, Place};
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::query::asked::Asked;
use crate::query::{QueryRows, TableRow, is_name};
use crate::rejection::{Rejection, RejectionKind};
use crate::rules;

/// How an operation spells its login, and where it has it. The service binds by exact name, and takes a login in
/// the wrong case for none.
#[derive(Clone, Copy, Debug)]
pub struct RawLogin {
    /// User name and password, where the operation has them.
    names: Option<(&'static str, &'static str)>,
    has_customer_code: bool,
    place: Place,
}

impl RawLogin {
    /// `userName` and `password`, before the arguments, as most operations have them.
    pub const USER_NAME: Self = Self::spelled("userName", "password");
    /// `username` and `password`, before the arguments, as the tables have them.
    pub const LOWER: Self = Self::spelled("username", "password");
    /// `Username` and `Password`, before the arguments, as the labels have them.
    pub const CAPITAL: Self = Self::spelled("Username", "Password");
    /// No login: the operation has a key among its arguments.
    pub const NONE: Self = Self {
        names: None,
        ..Self::USER_NAME
    };

    /// Spells a login in a way of its own, before the arguments.
    pub const fn spelled(user_name: &'static str, password: &'static str) -> Self {
        Self {
            names: Some((user_name, password)),
            has_customer_code: false,
            place: Place::First,
        }
    }

    /// Puts the login behind the arguments.
    #[must_use]
    pub const fn last(self) -> Self {
        Self {
            place: Place::Last,
            ..self
        }
    }

    /// Puts the login and all arguments into one argument of this name.
    #[must_use]
    pub const fn within(self, argument: &'static str) -> Self {
        Self {
            place: Place::Within(argument),
            ..self
        }
    }

    /// Adds the customer code behind the login, as `customerCode`.
    #[must_use]
    pub const fn with_customer_code(self) -> Self {
        Self {
            has_customer_code: true,
            ..self
        }
    }

    fn endpoint(self, operation: &'static str) -> Endpoint {
        let endpoint = Endpoint::new(operation).at(self.place);
        let endpoint = match self.names {
            Some((user_name, password)) => endpoint.login(user_name, password),
            None => endpoint.without_login(),
        };
        if self.has_customer_code {
            endpoint.customer_code("customerCode")
        } else {
            endpoint
        }
    }
}

/// An argument: its name, and a text or further arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawArgument {
    /// Its wire name.
    pub name: String,
    /// Its value.
    pub value: RawValue,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an element holds one or the other")]
pub enum RawValue {
    /// A text, which is sent as it is.
    Text(Personal),
    /// Further arguments, as of a list.
    Arguments(Vec<RawArgument>),
}

impl RawArgument {
    /// Creates an argument with a text.
    pub fn text(name: impl Into<String>, text: impl Into<Personal>) -> Self {
        Self {
            name: name.into(),
            value: RawValue::Text(text.into()),
        }
    }

    /// Creates an argument that holds others.
    pub fn of(name: impl Into<String>, arguments: impl IntoIterator<Item = RawArgument>) -> Self {
        Self {
            name: name.into(),
            value: RawValue::Arguments(arguments.into_iter().collect()),
        }
    }

    fn check(&self, path: &str, problems: &mut Problems) {
        if !is_name(&self.name) {
            problems.push(rules::RAW_NAME.at(path.to_owned()));
        }
        match &self.value {
            RawValue::Text(text) => {
                problems.extend(not_carried(|| path.to_owned(), text.as_str()));
            }
            RawValue::Arguments(arguments) => check_all(arguments, path, problems),
        }
    }

    fn element(&self) -> Element {
        let name = self.name.clone();
        match &self.value {
            RawValue::Text(text) => Element::text(name, text.as_str()),
            RawValue::Arguments(arguments) => {
                Element::parent(name, arguments.iter().map(Self::element).collect())
            }
        }
    }
}

fn check_all(arguments: &[RawArgument], path: &str, problems: &mut Problems) {
    for (place, argument) in arguments.iter().enumerate() {
        argument.check(&format!("{path}[{place}]"), problems);
    }
}

/// Reads by any operation of the service.
///
/// # Errors
///
/// Those of the typed reads: a fault, a sentence, or a `ResultCode` other than 0 and 1 is a refusal.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RawRead {
    /// The operation's wire name, also in errors and logs.
    pub operation: &'static str,
    /// Its login.
    pub login: RawLogin,
    /// The arguments, in this order.
    pub arguments: Vec<RawArgument>,
}

/// Writes by any operation of the service. Sent at most once. **No call of this crate shows whether it happened.**
///
/// # Errors
///
/// A `ResultCode` other than 0 is a refusal, whose outcome is unknown.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RawWrite {
    /// The operation's wire name, also in errors and logs.
    pub operation: &'static str,
    /// Its login.
    pub login: RawLogin,
    /// The arguments, in this order.
    pub arguments: Vec<RawArgument>,
}

/// The answer to a raw write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RawDone {
    /// Whether the answer has the code of success, 0. If not, it **lacks a code, and the caller decides about its
    /// meaning**; any other code is a refusal.
    pub is_success: bool,
    /// The whole result as JSON text, without the login.
    pub text: Personal,
}

/// Creates the two kinds of raw calls, and says how they are checked and written.
macro_rules! raw {
    ($call:ident, $output:ty, $class:expr, $read:expr) => {
        impl $call {
            /// Creates a call without arguments.
            pub fn new(operation: &'static str, login: RawLogin) -> Self {
                Self {
                    operation,
                    login,
                    arguments: Vec::new(),
                }
            }

            /// Adds an argument.
            #[must_use]
            pub fn argument(mut self, argument: RawArgument) -> Self {
                self.arguments.push(argument);
                self
            }
        }

        // With its path, because the list of calls is made of those that are not raw.
        impl kervan_core::Operation for $call {
            type Service = ShipmentSettings;
            type Output = $output;
            const ENDPOINT: Endpoint = Endpoint::new("raw");
            const CLASS: Class = $class;

            fn endpoint(&self) -> Endpoint {
                self.login.endpoint(self.operation)
            }

            fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
                if !is_name(self.operation) {
                    problems.push(rules::RAW_NAME.at("operation"));
                }
                check_all(&self.arguments, "arguments", problems);
            }

            fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
                let elements = self.arguments.iter().map(RawArgument::element);
                Ok(Body::of(elements.collect()))
            }

            fn read(&self, reading: Reading<'_>) -> Result<Answer<$output>, ReadError<Rejection>> {
                $read(reading)
            }
        }
    };
}

raw!(
    RawRead,
    QueryRows<TableRow>,
    Class::Read,
    |reading: Reading<'_>| { reading.rows(&Asked::Any) }
);

raw!(RawWrite, RawDone, Class::Blind, done);

/// Reads the answer to a write. A code other than 0 refuses, and shows nothing.
fn done(reading: Reading<'_>) -> Result<Answer<RawDone>, ReadError<Rejection>> {
    let result = reading.result_or_nothing()?;
    let is_success = match result.code() {
        Some("0") => true,
        Some(_) => return Err(result.refused_as(RejectionKind::Unlisted)),
        None => false,
    };
    let text = result.whole();
    Ok(result.answer(RawDone { is_success, text }))
}
