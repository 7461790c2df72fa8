//! Finds a card's bank, brand and POS by its first digits. Wire: `BIN_SanalPos` (SOAP, read).

use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Asks for the cards that begin with some digits. Provider's page: BIN.
///
/// A row with other first digits than the requested ones makes the answer unreadable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct LookUpCards {
    /// The first six to eight digits of a card's number; without them, the whole table. Wire: `BIN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bin: Option<String>,
}

impl LookUpCards {
    /// Asks for the cards that begin with these six to eight digits. Give no more of the number.
    pub fn by_bin(bin: impl Into<String>) -> Self {
        Self {
            bin: Some(bin.into()),
        }
    }

    /// Asks for the whole table, to be kept and searched by the program.
    pub fn all() -> Self {
        Self::default()
    }

    /// Compares a row with the question. A row may have fewer digits than the question, or more.
    fn check_echo(&self, reading: Reading<'_>, row: &CardRange) -> Result<(), Unreadable> {
        let Some(asked) = &self.bin else {
            return Ok(());
        };
        let is_same = |said: &str| said.starts_with(asked.as_str()) || asked.starts_with(said);
        reading.check_echo("BIN", row.bin.as_deref(), is_same)
    }
}

/// The cards that were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CardRanges {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub rows: Vec<CardRange>,
}

/// Cards with the same first digits. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CardRange {
    /// The first digits. Wire: `BIN`.
    #[serde(rename(deserialize = "BIN"))]
    pub bin: Option<String>,
    /// The POS for the card; [`CustomerRates::of_pos`](crate::payments::CustomerRates::of_pos) has its
    /// rates. Wire: `SanalPOS_ID`.
    #[serde(rename(deserialize = "SanalPOS_ID"))]
    pub pos: Option<String>,
    /// The card's bank. Wire: `Kart_Banka`.
    #[serde(rename(deserialize = "Kart_Banka"))]
    pub bank: Option<String>,
    /// By the provider's page 0 for credit and 1 for debit. **A debit card with 0 has been seen**: ask
    /// [`kind`](Self::kind) too. Wire: `DKK`.
    #[serde(rename(deserialize = "DKK"))]
    pub debit_mark: Option<String>,
    /// The kind in words, for example `Debit Card`. Wire: `Kart_Tip`.
    #[serde(rename(deserialize = "Kart_Tip"))]
    pub kind: Option<String>,
    /// `VISA`, `TROY`, `AMEX`, or a text that begins with `MASTER`. Wire: `Kart_Org`.
    #[serde(rename(deserialize = "Kart_Org"))]
    pub scheme: Option<String>,
    /// The bank's code. Wire: `Banka_Kodu`.
    #[serde(rename(deserialize = "Banka_Kodu"))]
    pub bank_code: Option<String>,
    /// `Evet` for a company's card, `Hayır` for a person's; see
    /// [`is_commercial`](Self::is_commercial). Wire: `Kart_Ticari`.
    #[serde(rename(deserialize = "Kart_Ticari"))]
    pub commercial: Option<String>,
    /// The installment programme, for example `Bonus`. Wire: `Kart_Marka`.
    #[serde(rename(deserialize = "Kart_Marka"))]
    pub brand: Option<String>,
}

impl CardRange {
    /// Returns whether it is a company's card; `None` when the row does not say so clearly.
    pub fn is_commercial(&self) -> Option<bool> {
        match self.commercial.as_deref()?.trim() {
            "Evet" => Some(true),
            "Hayır" => Some(false),
            _ => None,
        }
    }
}

impl Operation for LookUpCards {
    type Service = Settings;
    type Output = CardRanges;
    const ENDPOINT: Endpoint = Endpoint::payment("BIN_SanalPos", "BIN_SanalPosResult");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        let fits = |bin: &String| {
            (6..=8).contains(&bin.len()) && bin.bytes().all(|byte| byte.is_ascii_digit())
        };
        if self.bin.as_ref().is_some_and(|bin| !fits(bin)) {
            problems.push(rules::BIN.at("bin"));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().text("BIN", &self.bin))
    }

    fn read(&self, reading: Reading<'_>) -> Read<CardRanges> {
        let answer = reading.rows(|row: &CardRange| self.check_echo(reading, row))?;
        Ok(answer.map(|rows| CardRanges { rows }))
    }
}
