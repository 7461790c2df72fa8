//! The carrier's answers and posts for a program's own tests.
//!
//! With `query`: [`parcels`], [`movements`] and [`rows`] are answers of the query service. With `shipments`: [`orders`],
//! [`labels`], [`accepted`], [`cancelled`] and [`refused`] are those of the shipment service. With `push`: [`PushPost`] is what the carrier posts.
//! The transport is the test's own, for example the `Script` of `kervan-testing`.
//!
//! ```
//! # #[cfg(feature = "query")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use aras_tracking::query::{FindParcels, Parcel};
//! use aras_tracking::testing::parcels;
//! use aras_tracking::tracking::TrackingStatus;
//! use aras_tracking::{CustomerReference, Login, QueryClient, QueryEnvironment, QueryMethod};
//! use kervan_testing::{MovableHost, Script};
//!
//! let mut delivered = Parcel::default();
//! delivered.reference = Some("KV-1001".to_owned());
//! delivered.tracking_number = Some("6513100200317".to_owned());
//! delivered.status_code = Some("6".to_owned());
//!
//! let script = Script::of([("GetQuery-1", parcels(QueryMethod::Json, &[delivered]))]);
//! let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
//! let client = QueryClient::builder(&QueryEnvironment::Test, Login::published_test_account())?
//!     .build_over(script.clone(), host.clone());
//!
//! let found = host.run(client.call(&FindParcels::new(CustomerReference::new("KV-1001")?)))?;
//! assert_eq!(found.rows[0].status(), TrackingStatus::Delivered);
//! script.assert_used();
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "query"))]
//! # fn main() {}
//! ```

mod envelope;
#[cfg(feature = "push")]
mod post;
#[cfg(feature = "query")]
mod query;
#[cfg(feature = "shipments")]
mod shipments;

pub use self::envelope::CONTENT_TYPE;
#[cfg(feature = "push")]
pub use self::post::PushPost;
#[cfg(feature = "query")]
pub use self::query::{fault, movements, nothing, parcels, rows, sentence};
#[cfg(feature = "shipments")]
pub use self::shipments::{accepted, cancelled, labels, orders, refused};

#[cfg(test)]
mod tests;
