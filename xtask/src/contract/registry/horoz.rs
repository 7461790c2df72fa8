//! Horoz: its operations, and its client built from the settings of a case.

use horoz_shipping::{
    CancelLabel, CancelShippingOrder, CancelSupplierPaysOrder, CheckAccess, CreateLabel,
    CreateShippingOrder, CreateSupplierPaysOrder, ListCounties, PlaceBook, Quirks, TrackOrder,
    TrackingService,
};
use kervan_core::places::Pairs;
use kervan_core::{BaseUrl, Caller};

use super::{Entry, Harness, Wiring, call};

/// Every operation.
pub(super) fn entries() -> Vec<Entry> {
    vec![
        call::<Horoz, CreateSupplierPaysOrder>(),
        call::<Horoz, CancelSupplierPaysOrder>(),
        call::<Horoz, CreateShippingOrder>(),
        call::<Horoz, CancelShippingOrder>(),
        call::<Horoz, CreateLabel>(),
        call::<Horoz, CancelLabel>(),
        call::<Horoz, TrackOrder>(),
        call::<Horoz, ListCounties>(),
        call::<Horoz, CheckAccess>(),
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
        wiring: Wiring,
        mut settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String> {
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
            .config(wiring.config)
            .quirks(quirks)
            .places(places)
            .build_over(wiring.transport, wiring.host);
        Ok(client.caller().clone())
    }
}
