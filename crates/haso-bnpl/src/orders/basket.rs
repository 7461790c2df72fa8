//! The goods of an order without a browser. Wire: `basketList`.

use kervan_core::{Money, Problems};
use serde::{Deserialize, Serialize};

use crate::check::{self, NO_LENGTH};
use crate::wire::Sent;

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
    /// A product.
    pub fn new(code: impl Into<String>, name: impl Into<String>, amount: Money) -> Self {
        Self {
            code: code.into(),
            category: String::new(),
            amount,
            merchant: String::new(),
            contribution_rate: 0,
            name: name.into(),
            url: String::new(),
            image: String::new(),
        }
    }

    /// Sets category and brand or seller.
    #[must_use]
    pub fn category(mut self, category: impl Into<String>, merchant: impl Into<String>) -> Self {
        self.category = category.into();
        self.merchant = merchant.into();
        self
    }

    /// Sets the addresses of the product's page and of a picture.
    #[must_use]
    pub fn links(mut self, url: impl Into<String>, image: impl Into<String>) -> Self {
        self.url = url.into();
        self.image = image.into();
        self
    }

    pub(super) fn check(items: &[Self], problems: &mut Problems) {
        for (index, item) in items.iter().enumerate() {
            let path = |field: &str| format!("basket[{index}].{field}");
            check::required(problems, path("code"), &item.code, NO_LENGTH);
            check::required(problems, path("name"), &item.name, NO_LENGTH);
            check::not_negative(problems, path("amount"), item.amount);
        }
    }

    pub(super) fn wire(items: &[Self]) -> Sent<'_> {
        if items.is_empty() {
            return Sent::Nothing;
        }
        let object = |item: &Self| {
            let text = |text: &str| Sent::Text(text.to_owned().into());
            vec![
                ("skuCode", text(&item.code)),
                ("skudefinitionId", text(&item.category)),
                ("skuAmount", Sent::Number(item.amount.kurus())),
                ("skuMerchant", text(&item.merchant)),
                (
                    "skuMerchantContributionRate",
                    Sent::Number(item.contribution_rate.into()),
                ),
                ("productName", text(&item.name)),
                ("productUrl", text(&item.url)),
                ("productImage", text(&item.image)),
            ]
        };
        Sent::Objects(items.iter().map(object).collect())
    }
}
