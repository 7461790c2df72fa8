//! What the calls share that do not speak of instalments before the amounts.

use kervan_core::EncodeError;

use crate::payments::card::Card;
use crate::payments::hash;
use crate::payments::sale::{Sale, Security};
use crate::service::Body;
use crate::settings::Settings;

/// From the merchant's key to the fifth text, in their order, without a number of instalments.
pub(crate) fn wire_whole(
    settings: &Settings,
    sale: &Sale,
    card: &Card,
    security: Security,
) -> Result<Body, EncodeError> {
    let (amount, total) = (sale.amount.comma(), sale.total.comma());
    let signed = [
        &amount,
        &total,
        sale.order.as_str(),
        sale.failure_url.as_str(),
        sale.success_url.as_str(),
    ];
    Ok(Body::new()
        .merchant()
        .and(card.wire(settings, sale.phone.as_ref()))
        .and(sale.wire_order())
        .text("Islem_Tutar", &*amount)
        .text("Toplam_Tutar", &*total)
        .text("Islem_Hash", hash::of_request(settings, &signed)?)
        .and(sale.wire_rest(security)))
}
