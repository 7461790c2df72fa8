//! The goods of an order without a browser. Wire: `basketList`.

use kervan_core::Problems;
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::wire::WireValue;

/// One product of a basket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BasketItem {
    /// Barcode or product code. Wire: `skuCode`.
    pub code: String,
    /// Category. Wire: `skudefinitionId`.
    #[serde(default)]
    pub category: String,
    /// Price. Wire: `skuAmount`, times 100.
    pub amount: Money,
    /// Brand or seller. Wire: `skuMerchant`.
    #[serde(default)]
    pub merchant: String,
    /// The merchant's share of the cost. The page shows `0` and no unit; it is sent as it is. Wire:
    /// `skuMerchantContributionRate`.
    #[serde(default)]
    pub contribution_rate: u32,
    /// Wire: `productName`.
    pub name: String,
    /// Address of the product's page. Wire: `productUrl`.
    #[serde(default)]
    pub url: String,
    /// Address of a picture. Wire: `productImage`.
    #[serde(default)]
    pub image: String,
}

impl BasketItem {
    /// Creates a product with its price. The check reports a missing [`name`](Self::name).
    pub fn new(code: impl Into<String>, amount: Money) -> Self {
        Self {
            code: code.into(),
            category: String::new(),
            amount,
            merchant: String::new(),
            contribution_rate: 0,
            name: String::new(),
            url: String::new(),
            image: String::new(),
        }
    }

    pub(super) fn check(items: &[Self], problems: &mut Problems) {
        for (index, item) in items.iter().enumerate() {
            let path = |field: &str| format!("basket[{index}].{field}");
            problems.required(path("code"), &item.code, NO_LENGTH);
            problems.required(path("name"), &item.name, NO_LENGTH);
            for (field, text) in [
                ("category", &item.category),
                ("merchant", &item.merchant),
                ("url", &item.url),
                ("image", &item.image),
            ] {
                problems.optional(path(field), Some(text), NO_LENGTH);
            }
            problems.not_negative(path("amount"), item.amount);
        }
    }

    pub(super) fn wire(items: &[Self]) -> WireValue<'_> {
        if items.is_empty() {
            return WireValue::Nothing;
        }
        let objects = items.iter().map(|item| {
            vec![
                ("skuCode", WireValue::line(&item.code)),
                ("skudefinitionId", WireValue::line(&item.category)),
                ("skuAmount", WireValue::Number(item.amount.kurus())),
                ("skuMerchant", WireValue::line(&item.merchant)),
                (
                    "skuMerchantContributionRate",
                    WireValue::Number(item.contribution_rate.into()),
                ),
                ("productName", WireValue::line(&item.name)),
                ("productUrl", WireValue::line(&item.url)),
                ("productImage", WireValue::line(&item.image)),
            ]
        });
        WireValue::Objects(objects.collect())
    }
}

kervan_core::setters! { BasketItem {
    /// Sets the product's name.
    name: into String,
    /// Sets the category.
    category: into String,
    /// Sets brand or seller.
    merchant: into String,
    /// Sets the address of the product's page.
    url: into String,
    /// Sets the address of a picture.
    image: into String,
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_a_product_has_a_setter_of_its_own() {
        let item = BasketItem::new("CODE", "5.00".parse().unwrap())
            .name("NAME")
            .category("CATEGORY")
            .merchant("MERCHANT")
            .url("URL")
            .image("IMAGE");
        let items = [item];
        let WireValue::Objects(objects) = BasketItem::wire(&items) else {
            panic!("a list of objects");
        };
        let text = |name: &str| {
            let field = objects[0].iter().find(|(field, _)| *field == name);
            match field {
                Some((_, WireValue::Text(text))) => text.clone().into_owned(),
                _ => panic!("a text at {name}"),
            }
        };
        for (name, value) in [
            ("skuCode", "CODE"),
            ("productName", "NAME"),
            ("skudefinitionId", "CATEGORY"),
            ("skuMerchant", "MERCHANT"),
            ("productUrl", "URL"),
            ("productImage", "IMAGE"),
        ] {
            assert_eq!(text(name), value);
        }
    }
}
