//! The fields of a posted form.

use std::collections::BTreeMap;

use kervan_turkiye::Money;

use crate::failure::Failure;

/// Names and values of a form.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Returns a value without blanks around it; empty when it is absent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// Returns a value that must be there, and not be long.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Failure> {
        match self.get(name) {
            "" => Err(Failure::wrong(
                format!("`{name}` is empty"),
                format!("`{name}` alanı boş"),
            )),
            value if value.chars().count() > 200 => Err(Failure::wrong(
                format!("`{name}` is too long"),
                format!("`{name}` alanı çok uzun"),
            )),
            value => Ok(value),
        }
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Failure> {
        self.required(name)?.parse().map_err(|_| {
            Failure::wrong(
                format!("`{name}` is not a number"),
                format!("`{name}` bir sayı değil"),
            )
        })
    }

    /// Returns an amount as people type it, above zero.
    pub(crate) fn money(&self, name: &'static str) -> Result<Money, Failure> {
        let amount = Money::from_input(self.required(name)?);
        let amount = amount.ok().filter(|amount| amount.is_positive());
        amount.ok_or_else(|| {
            Failure::wrong(
                format!("`{name}` is not an amount such as 149,90"),
                format!("`{name}` 149,90 gibi bir tutar değil"),
            )
        })
    }

    /// Returns the names that begin with a prefix, without it.
    pub(crate) fn chosen(&self, prefix: &str) -> Vec<&str> {
        self.0
            .keys()
            .filter_map(|name| name.strip_prefix(prefix))
            .collect()
    }
}
