//! The elements of the calls that have no number of installments before the amounts.

use crate::payments::card::Card;
use crate::payments::sale::{Sale, Security};
use crate::service::Body;

/// Builds the elements from the merchant's key to the fifth text, without a number of installments.
pub(crate) fn wire_whole(sale: &Sale, card: &Card, security: Security) -> Body {
    let (amount, total) = (sale.amount.comma(), sale.total.comma());
    Body::new()
        .merchant()
        .and(card.wire(sale.phone.as_ref()))
        .and(sale.wire_order())
        .text("Islem_Tutar", &amount)
        .text("Toplam_Tutar", &total)
        .hash(
            "Islem_Hash",
            [
                &amount,
                &total,
                &sale.order,
                &sale.failure_url,
                &sale.success_url,
            ],
        )
        .and(sale.wire_rest(security))
}
