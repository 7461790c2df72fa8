//! The carrier's posts.

use std::fmt;

use kervan_wire::soap::{self, Element};

use crate::ids::CustomerReference;
use crate::parts::{Password, UserName};

/// A post of the carrier, as [`push::read`](crate::push::read) reads it.
///
/// ```
/// use aras_tracking::testing::{self, PushPost};
/// use aras_tracking::{CustomerReference, Password, UserName, push};
/// use kervan_testing::delivery;
///
/// let (user, password) = (UserName::new("carrier"), Password::new("secret"));
/// let reference = CustomerReference::new("KV-1001")?;
/// let body = PushPost::new(&reference, "6").at("2026-11-20T11:05:00").from(&user, &password).body();
///
/// let event = push::read(&delivery(testing::CONTENT_TYPE, &body))?;
/// assert!(event.is_from(&user, &password));
/// assert_eq!(event.reference, reference);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct PushPost(Vec<(&'static str, String)>);

impl PushPost {
    /// Creates the post of an event: the shipper's reference, and the state by its number.
    pub fn new(reference: &CustomerReference, status_code: impl Into<String>) -> Self {
        Self(vec![
            ("IntegrationCode", reference.as_str().to_owned()),
            ("CargoStatus", status_code.into()),
        ])
    }

    /// Sets the time of the event, as `2026-11-20T11:05:00`.
    pub fn at(self, time: impl Into<String>) -> Self {
        self.field("ProcessDate", time)
    }

    /// Sets the text of the event.
    pub fn description(self, text: impl Into<String>) -> Self {
        self.field("Description", text)
    }

    /// Sets the login by which the carrier shows that it sent the post. Without one it is anybody's.
    pub fn from(self, user_name: &UserName, password: &Password) -> Self {
        let user_name = user_name.as_secret().expose().to_owned();
        let password = password.as_secret().expose().to_owned();
        self.field("UserName", user_name)
            .field("Password", password)
    }

    /// Sets any field by its wire name.
    pub fn field(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.0.retain(|(own, _)| *own != name);
        self.0.push((name, text.into()));
        self
    }

    /// Returns the body: an envelope of SOAP 1.1. The operation's name is not public; it is `SetStatus`
    /// here.
    pub fn body(&self) -> Vec<u8> {
        let fields = self.0.iter();
        let fields = fields.map(|(name, text)| Element::text(*name, text.as_str()));
        let event = Element::parent("SetStatus", fields.collect());
        soap::encode(&event.in_namespace("http://tempuri.org/")).unwrap_or_default()
    }
}

/// Prints the names of the fields only.
impl fmt::Debug for PushPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}
