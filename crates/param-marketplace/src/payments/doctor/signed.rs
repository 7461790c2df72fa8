//! The values that a hash is made of, in the right order, by method.

use std::fmt;

use kervan_core::Secret;

/// The values of a signed request or callback, in the order in which they are hashed. Does not print
/// them.
#[derive(Clone)]
pub struct Signed {
    pub(super) fields: Vec<(&'static str, Secret)>,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.fields.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Values that do not fit a method.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignedError {
    /// No hash is known for this method.
    #[error("no method of this name is signed")]
    Method,
    /// A value is missing.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A value does not belong to this hash.
    #[error("a value is no part of this hash; these are: {0}")]
    Unknown(String),
}

const MODEL: &[&str] = &[
    "CLIENT_CODE",
    "GUID",
    "Taksit",
    "Islem_Tutar",
    "Toplam_Tutar",
    "Siparis_ID",
];
const POS: &[&str] = &[
    "CLIENT_CODE",
    "GUID",
    "Taksit",
    "Islem_Tutar",
    "Toplam_Tutar",
    "Siparis_ID",
    "Hata_URL",
    "Basarili_URL",
];
const WITHOUT_INSTALLMENT: &[&str] = &[
    "CLIENT_CODE",
    "GUID",
    "Islem_Tutar",
    "Toplam_Tutar",
    "Siparis_ID",
    "Hata_URL",
    "Basarili_URL",
];
const BKM: &[&str] = &[
    "CLIENT_CODE",
    "GUID",
    "Amount",
    "Order_ID",
    "Error_URL",
    "Success_URL",
];
const MODEL_CALLBACK: &[&str] = &["islemGUID", "md", "mdStatus", "orderId", "GUID"];
const PAY_CALLBACK: &[&str] = &[
    "CLIENT_CODE",
    "GUID",
    "Dekont_ID",
    "Tahsilat_Tutari",
    "Siparis_ID",
    "Islem_ID",
];

/// The values that each method signs, in its order. Provider's page: Islem Hash.
const METHODS: [(&str, &[&str]); 9] = [
    ("Pos_Odeme", POS),
    ("TP_WMD_UCD", MODEL),
    ("TP_WMD_UCD_v2", MODEL),
    ("TP_Islem_Odeme_WD", WITHOUT_INSTALLMENT),
    ("TP_Islem_Odeme_OnProv", WITHOUT_INSTALLMENT),
    ("TP_Islem_Odeme_OnProv_WMD", WITHOUT_INSTALLMENT),
    ("TP_Islem_Odeme_BKM", BKM),
    ("callback-3d-model", MODEL_CALLBACK),
    ("callback-3d-pay", PAY_CALLBACK),
];

impl Signed {
    /// Collects the values of a method by its wire name, or of `callback-3d-model` and `callback-3d-pay`.
    /// They may come in any order, under the provider's names without `TURKPOS_RETVAL_`.
    ///
    /// # Errors
    ///
    /// [`SignedError`], which names fields, never values.
    pub fn of<'a>(
        method: &str,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, SignedError> {
        let listed = METHODS.iter().find(|(name, _)| *name == method);
        let (_, names) = listed.ok_or(SignedError::Method)?;
        let values: Vec<_> = values.into_iter().collect();
        if values.iter().any(|(name, _)| !names.contains(name)) {
            return Err(SignedError::Unknown(names.join(", ")));
        }
        let value = |name: &'static str| {
            let found = values.iter().find(|(own, _)| *own == name);
            let (_, value) = found.ok_or(SignedError::Missing(name))?;
            Ok((name, Secret::from(*value)))
        };
        Ok(Self {
            fields: names
                .iter()
                .map(|name| value(name))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Collects the values of `Pos_Odeme`.
    ///
    /// # Errors
    ///
    /// As [`of`](Signed::of).
    pub fn pos_payment<'a>(
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, SignedError> {
        Self::of("Pos_Odeme", values)
    }

    /// Returns the names of the methods that are signed.
    pub fn methods() -> impl Iterator<Item = &'static str> {
        METHODS.iter().map(|(name, _)| *name)
    }

    /// Returns the values in the right order, with the merchant's key in the provider's letter case.
    pub(super) fn right(&self) -> Vec<(&'static str, String)> {
        let in_callback = self.fields.iter().any(|(name, _)| *name == "md");
        let text = |(name, value): &(&'static str, Secret)| {
            let value = value.expose();
            let value = if in_callback && *name == "GUID" {
                value.to_ascii_lowercase()
            } else {
                value.to_owned()
            };
            (*name, value)
        };
        self.fields.iter().map(text).collect()
    }
}
