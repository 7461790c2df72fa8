//! The goods of an order. Wire: `OrderItems`, a JSON array as a text.

use kervan_core::{EncodeError, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::rules::{COUNT_ZERO, ITEMS_DIFFER, NO_ITEMS};
use crate::settings::Settings;
use crate::settings::quirks::{ItemNumbers, ItemPrices};
use crate::wire::{Members, WireValue, json_text};

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Item {
    /// Unique product (SKU) code. Wire: `Id`.
    pub id: String,
    /// Wire: `Name`.
    pub name: String,
    /// Category name or code; others agree these with HASO. Wire: `Category`.
    #[serde(default)]
    pub category: String,
    /// Brand. Wire: `Brand`.
    #[serde(default)]
    pub brand: String,
    /// First attribute, as a colour. Wire: `Variant`.
    #[serde(default)]
    pub variant: String,
    /// Second attribute, as a size. Wire: `Variant2`.
    #[serde(default)]
    pub variant2: String,
    /// Address of the product's page. Wire: `Url`.
    #[serde(default)]
    pub url: String,
    /// Address of a picture. Wire: `Image`.
    #[serde(default)]
    pub image: String,
    /// Pieces. Wire: `Quantity`.
    pub quantity: u32,
    /// Price of one piece, tax included. Wire: `Price`, times 100.
    pub price: Money,
}

impl Item {
    /// Creates a product with its count and the price of one piece; the rest is set one by one.
    pub fn new(id: impl Into<String>, quantity: u32, price: Money) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            category: String::new(),
            brand: String::new(),
            variant: String::new(),
            variant2: String::new(),
            url: String::new(),
            image: String::new(),
            quantity,
            price,
        }
    }

    /// Returns the price of all pieces in hundredths.
    fn total_kurus(&self) -> Option<i64> {
        self.price.kurus().checked_mul(self.quantity.into())
    }
}

kervan_core::setters! { Item {
    /// Sets the product's name.
    name: into String,
    /// Sets the category.
    category: into String,
    /// Sets the brand.
    brand: into String,
    /// Sets an attribute, as the colour.
    variant: into String,
    /// Sets another attribute, as the size.
    variant2: into String,
    /// Sets the address of the product's page.
    url: into String,
    /// Sets the address of a picture.
    image: into String,
}}

/// Checks the items, and their sum where the settings ask for it.
pub(super) fn check(
    items: &[Item],
    amount: Money,
    is_required: bool,
    settings: &Settings,
    problems: &mut Problems,
) {
    if items.is_empty() {
        if is_required {
            problems.push(NO_ITEMS.at("items"));
        }
        return;
    }
    for (index, item) in items.iter().enumerate() {
        let path = |field: &str| format!("items[{index}].{field}");
        problems.required(path("id"), &item.id, NO_LENGTH);
        problems.required(path("name"), &item.name, NO_LENGTH);
        for (field, text) in [
            ("category", &item.category),
            ("brand", &item.brand),
            ("variant", &item.variant),
            ("variant2", &item.variant2),
            ("url", &item.url),
            ("image", &item.image),
        ] {
            problems.optional(path(field), Some(text), NO_LENGTH);
        }
        if item.quantity == 0 {
            problems.push(COUNT_ZERO.at(path("quantity")));
        }
        problems.not_negative(path("price"), item.price);
    }
    let mut kurus = items.iter().map(Item::total_kurus);
    let sum = kurus.try_fold(0_i64, |sum, kurus| sum.checked_add(kurus?));
    if settings.quirks.items_add_up && sum != Some(amount.kurus()) {
        let sum = sum.and_then(|sum| Money::from_kurus(sum).ok());
        let sum = sum.map_or_else(|| "?".to_owned(), |sum| sum.to_string());
        problems.push(ITEMS_DIFFER.at("amount").actual(amount).limit(sum));
    }
}

/// Writes the items as JSON text, their members in documented order.
pub(super) fn wire(items: &[Item], settings: &Settings) -> Result<String, EncodeError> {
    let number = |number: i64| match settings.quirks.item_numbers {
        ItemNumbers::Numbers => WireValue::Number(number),
        ItemNumbers::Texts => WireValue::Text(number.to_string().into()),
    };
    let mut objects = Vec::with_capacity(items.len());
    for item in items {
        let price = match settings.quirks.item_prices {
            ItemPrices::Unit => item.price.kurus(),
            ItemPrices::Line => item.total_kurus().ok_or(EncodeError::Value("price"))?,
        };
        objects.push(vec![
            ("Id", WireValue::line(&item.id)),
            ("Name", WireValue::line(&item.name)),
            ("Category", WireValue::line(&item.category)),
            ("Brand", WireValue::line(&item.brand)),
            ("Variant", WireValue::line(&item.variant)),
            ("Variant2", WireValue::line(&item.variant2)),
            ("Url", WireValue::line(&item.url)),
            ("Image", WireValue::line(&item.image)),
            ("Quantity", number(item.quantity.into())),
            ("Price", number(price)),
        ]);
    }
    let objects: Vec<_> = objects.iter().map(|members| Members(members)).collect();
    json_text(&objects)
}
