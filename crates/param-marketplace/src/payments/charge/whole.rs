//! What the calls share that do not speak of instalments before the amounts.

use kervan_core::EncodeError;
use yaserde::YaSerialize;

use crate::payments::card::{Card, WireCard};
use crate::payments::hash;
use crate::payments::sale::{Sale, Security, WireOrder, WireRest};
use crate::settings::Settings;

/// From the merchant's key to the fifth text, in their order, without a number of instalments.
#[derive(YaSerialize)]
pub(crate) struct WireWhole {
    #[yaserde(rename = "GUID")]
    merchant: String,
    #[yaserde(flatten = true)]
    card: WireCard,
    #[yaserde(flatten = true)]
    order: WireOrder,
    #[yaserde(rename = "Islem_Tutar")]
    amount: String,
    #[yaserde(rename = "Toplam_Tutar")]
    total: String,
    #[yaserde(rename = "Islem_Hash")]
    hash: String,
    #[yaserde(flatten = true)]
    rest: WireRest,
}

impl WireWhole {
    pub(crate) fn of(
        settings: &Settings,
        sale: &Sale,
        card: &Card,
        security: Security,
    ) -> Result<Self, EncodeError> {
        let (amount, total) = (sale.amount.comma(), sale.total.comma());
        let signed = [
            &amount,
            &total,
            sale.order.as_str(),
            sale.failure_url.as_str(),
            sale.success_url.as_str(),
        ];
        Ok(Self {
            merchant: settings.merchant.0.expose().to_owned(),
            card: card.wire(settings, sale.phone.as_ref()),
            order: sale.wire_order(),
            hash: hash::of_request(settings, &signed)?,
            amount,
            total,
            rest: sale.wire_rest(security),
        })
    }
}
