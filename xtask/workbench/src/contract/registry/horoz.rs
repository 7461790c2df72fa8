//! Horoz: its operations, and its client built from the settings of a case.

use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, CheckAccess, CreateLabel,
    CreateShippingOrder, CreateSupplierPaysOrder, ListCounties, PlaceBook, Quirks, TrackOrder,
    TrackingService,
};
use kervan_core::transport::Transport;
use kervan_core::{BaseUrl, Config};
use kervan_settling::Settler;
use kervan_turkiye::places::Pairs;

use super::{CaseHost, Entry, Harness, JSON, blind, call, settled};

/// Every operation.
pub(super) fn entries() -> Vec<Entry> {
    vec![
        settled::<Horoz, CreateSupplierPaysOrder>(
            JSON,
            "Creates an order billed to the supplier's contract.",
        )
        .in_file("create.rs"),
        blind::<Horoz, CancelSupplierPaysOrder>(
            JSON,
            "Cancels an order billed to the supplier's contract (experimental).",
        ),
        blind::<Horoz, CreateShippingOrder>(
            JSON,
            "Creates an order of the merchant's own account (experimental).",
        ),
        blind::<Horoz, CancelShippingOrder>(
            JSON,
            "Cancels an order of the merchant's own account (experimental).",
        ),
        blind::<Horoz, CreateLabel>(
            JSON,
            "Approves an order and gives its label (experimental).",
        ),
        blind::<Horoz, CancelLabel>(JSON, "Cancels the label of an order (experimental)."),
        call::<Horoz, TrackOrder>(JSON, "Asks where an order is (experimental)."),
        call::<Horoz, ListCounties>(
            JSON,
            "Lists the provinces and districts that Horoz accepts.",
        ),
        call::<Horoz, CheckAccess>(JSON, "Asks whether the caller's address is let through."),
    ]
}

/// A key in the shape of the provider's placeholders. It opens nothing.
const TEST_KEY: &str = "0123456789abcdef0123456789abcdef";

struct Horoz;

impl Harness for Horoz {
    const PROVIDER: &'static str = "horoz-shipping";
    type Settings = horoz_shipping::Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        mut settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String> {
        let places = match settings
            .remove("places")
            .as_ref()
            .and_then(toml::Value::as_str)
        {
            None => PlaceBook::BuiltIn,
            Some("fetched") => PlaceBook::Fetched(Pairs::new([("ANKARA", "MAMAK")]).into()),
            Some("unchecked") => PlaceBook::Unchecked,
            Some(other) => return Err(format!("no place book `{other}`")),
        };
        let tracking = match settings
            .remove("tracking")
            .as_ref()
            .and_then(toml::Value::as_str)
        {
            None => Some(TrackingService::new(base.clone())),
            Some("none") => None,
            Some(other) => return Err(format!("no tracking service `{other}`")),
        };
        let quirks: Quirks = settings
            .try_into()
            .map_err(|e: toml::de::Error| e.to_string())?;
        let key = horoz_shipping::ProcessKey::new(TEST_KEY).map_err(|e| e.to_string())?;
        let mut builder = horoz_shipping::Client::builder(base, key);
        if let Some(service) = tracking {
            builder = builder.tracking(service);
        }
        let client = builder
            .config(config)
            .quirks(quirks)
            .places(places)
            .build_over(transport, host);
        Ok(Settler::clone(&client))
    }
}
