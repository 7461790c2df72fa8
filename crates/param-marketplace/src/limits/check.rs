//! Asks whether a seller's limit allows a payout. Wire: `Pazaryeri_TP_Limit_Kontrol` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::ids::SubMerchantId;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// The form in which the amount is written. The pages forbid a point in string amounts, but the provider's
/// own sample of this one call has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AmountForm {
    /// With a comma, as everywhere else in this service: `1,75`.
    #[default]
    #[serde(rename = "comma")]
    Comma,
    /// With a point and four decimals, as the sample application writes it here: `1.7500`.
    #[serde(rename = "four_decimals")]
    FourDecimals,
}

impl AmountForm {
    fn write(self, amount: Money) -> String {
        match self {
            Self::Comma => amount.comma(),
            Self::FourDecimals => amount.dot() + "00",
        }
    }
}

/// Asks whether a seller may get this amount. Provider's page: Limit Kontrol.
///
/// It is for individual sellers. Ask **before** the payment is taken.
///
/// # Errors
///
/// [`Error::Decode`](crate::Error::Decode) when the answer lacks the verdict; [`Error::Rejected`](crate::Error::Rejected) when the service
/// refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckLimit {
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub seller: SubMerchantId,
    /// The amount that the seller would get. Wire: `Tutar_Odenecek`.
    pub payable: Money,
    /// The form in which the amount is written.
    #[serde(default)]
    pub form: AmountForm,
}

impl CheckLimit {
    /// Asks for one seller and amount.
    pub fn new(seller: SubMerchantId, payable: Money) -> Self {
        Self {
            seller,
            payable,
            form: AmountForm::default(),
        }
    }
}

kervan_core::setters! { CheckLimit {
    /// Writes the amount in another form.
    form: AmountForm,
}}

/// The verdict of the limit. Wire: `Odeme_Alma_Durumu`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[non_exhaustive]
pub enum Verdict {
    /// Take the payment and enter the order. Wire: `true`, `1`.
    TakePayment,
    /// The limit is too small: do neither. Wire: `false`, `0`.
    LimitExceeded,
    /// Not a boolean. It allows nothing.
    Other(String),
}

impl From<String> for Verdict {
    fn from(text: String) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Self::TakePayment,
            "false" | "0" => Self::LimitExceeded,
            _ => Self::Other(text),
        }
    }
}

impl From<Verdict> for String {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::TakePayment => "true".to_owned(),
            Verdict::LimitExceeded => "false".to_owned(),
            Verdict::Other(text) => text,
        }
    }
}

/// The limit was checked; [`verdict`](LimitChecked::verdict) has the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LimitChecked {
    /// Whether the payment may be taken. An answer without it is an error.
    #[serde(rename(deserialize = "Odeme_Alma_Durumu"))]
    pub verdict: Verdict,
    /// The provider's description of the seller. Wire: `AltUyeIsyeri`.
    #[serde(rename(deserialize = "AltUyeIsyeri"))]
    pub seller: Option<Personal>,
    /// The amount that the seller has collected so far. Its unit is not documented, so it is kept as sent.
    /// Wire: `Toplam_Tahsilat_Tutari`.
    #[serde(rename(deserialize = "Toplam_Tahsilat_Tutari"))]
    pub collected: Option<String>,
    /// The seller's limit, as sent for the same reason. Wire: `Pazaryeri_Limit`.
    #[serde(rename(deserialize = "Pazaryeri_Limit"))]
    pub limit: Option<String>,
    /// As sent for the same reason. Wire: `Yeni_Odenecek_Tutar`.
    #[serde(rename(deserialize = "Yeni_Odenecek_Tutar"))]
    pub new_payable: Option<String>,
}

impl LimitChecked {
    /// Returns whether the payment may be taken: only if the verdict is [`Verdict::TakePayment`].
    pub fn may_take_payment(&self) -> bool {
        self.verdict == Verdict::TakePayment
    }
}

impl Operation for CheckLimit {
    type Service = Settings;
    type Output = LimitChecked;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_Limit_Kontrol",
        "Pazaryeri_TP_Limit_KontrolResult",
    );
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("seller", &self.seller, 36);
        problems.positive("payable", self.payable);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .marketplace()
            .text("GUID_AltUyeIsyeri", &self.seller)
            .text("Tutar_Odenecek", self.form.write(self.payable)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<LimitChecked> {
        reading.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_read_in_every_form_and_nothing_else_is_yes() {
        for yes in ["true", "True", "TRUE", "1", " true\n"] {
            assert_eq!(Verdict::from(yes.to_owned()), Verdict::TakePayment, "{yes}");
        }
        for no in ["false", "False", "FALSE", "0"] {
            assert_eq!(Verdict::from(no.to_owned()), Verdict::LimitExceeded, "{no}");
        }
        for other in ["", "evet", "2", "-1", "true false"] {
            let verdict = Verdict::from(other.to_owned());
            assert_eq!(verdict, Verdict::Other(other.to_owned()));
        }
    }

    #[test]
    fn the_amount_is_written_as_chosen() {
        let amount: Money = "1234.5".parse().unwrap();
        assert_eq!(AmountForm::Comma.write(amount), "1234,50");
        assert_eq!(AmountForm::FourDecimals.write(amount), "1234.5000");
    }
}
