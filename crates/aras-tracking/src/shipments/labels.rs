//! The labels of an order.

mod early;
mod file;
mod piece;

use kervan_core::error::Unreadable;
use kervan_core::{Answer, Personal, ReadError};
use serde::{Deserialize, Serialize};

pub use self::early::EarlyTrackingNumber;
pub use self::file::LabelFile;
pub use self::piece::PieceLabel;
use super::read::ReadOutput;
use super::result::CallResult;
use super::service::Reading;
use crate::query::QueryRow as _;
use crate::query::asked::Asked;
use crate::rejection::Rejection;

/// The labels of an order. Labels show the recipient, so they do not print themselves.
///
/// An answer with labels is one whatever its code. An answer whose pieces name another reference than the one
/// asked for is unreadable, because its labels cannot be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Label {
    /// For label printers, in ZPL, one for each piece. Wire: `ZebraZpl/string`.
    pub zpl: Vec<Personal>,
    /// For label printers, in EPL. Wire: `ZebraEpl/string`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub epl: Vec<Personal>,
    /// As PDF, where the call has it. Wire: `ZebraPdf/string`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pdf: Vec<LabelFile>,
    /// As pictures. Wire: `Images/base64Binary`.
    pub images: Vec<LabelFile>,
    /// The data of the pieces. Wire: `BarcodeModelLst/BarcodeModel`.
    pub pieces: Vec<PieceLabel>,
    /// The tracking number beside the labels, where the call has it. Wire: `TrackingNumber`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<EarlyTrackingNumber>,
    /// The code beside the labels, where it is not 0. Its meaning is not public, so that labels with it are
    /// labels, and the drift of the answer notes it. Wire: `ResultCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_code: Option<String>,
}

impl Label {
    /// Returns the tracking numbers that the labels show, each once.
    pub fn tracking_numbers(&self) -> Vec<&EarlyTrackingNumber> {
        let of_pieces = self.pieces.iter();
        let of_pieces = of_pieces.filter_map(|piece| piece.tracking_number.as_ref());
        let mut numbers = Vec::new();
        for number in self.tracking_number.iter().chain(of_pieces) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    fn is_empty(&self) -> bool {
        let texts = [&self.zpl, &self.epl];
        let files = [&self.pdf, &self.images];
        texts.iter().all(|texts| texts.is_empty())
            && files.iter().all(|files| files.is_empty())
            && self.pieces.is_empty()
    }
}

impl ReadOutput for Label {
    fn read(reading: Reading<'_>, asked: &Asked<'_>) -> Result<Answer<Self>, ReadError<Rejection>> {
        let result = reading.result()?;
        let label = read(&result, asked)?;
        if label.is_empty() {
            return Err(result.without("BarcodeModelLst"));
        }
        Ok(result.answer(label))
    }
}

/// Reads the labels in a result. The texts are for a printer, so only the password is hidden in them. A model
/// of a piece without a number is ignored, because a refusal has one too.
fn read(result: &CallResult<'_>, asked: &Asked<'_>) -> Result<Label, Unreadable> {
    let mut pieces: Vec<PieceLabel> = result.rows("BarcodeModelLst", "BarcodeModel", asked)?;
    // A piece without a number shows whose labels are beside it as well.
    let is_own = |piece: &PieceLabel| asked.is_answered_by(&piece.named());
    let are_own = pieces.iter().all(is_own);
    pieces.retain(PieceLabel::is_numbered);
    let label = Label {
        zpl: result.printed(&["ZebraZpl", "string"])?,
        epl: result.printed(&["ZebraEpl", "string"])?,
        pdf: files(result, &["ZebraPdf", "string"])?,
        images: files(result, &["Images", "base64Binary"])?,
        tracking_number: EarlyTrackingNumber::read(result.text("TrackingNumber")?),
        pieces,
        unknown_code: result.unknown_code(),
    };
    if !are_own && !label.is_empty() {
        let path = ["BarcodeModelLst", "BarcodeModel", "IntegrationCode"];
        return Err(result.unexpected(&path, "the reference that was asked for"));
    }
    Ok(label)
}

/// Reads the files below a path.
fn files(result: &CallResult<'_>, path: &[&str]) -> Result<Vec<LabelFile>, Unreadable> {
    let files = result
        .texts(path)
        .map(|text| LabelFile::from_base64(text?).ok_or_else(|| result.unexpected(path, "base64")));
    files.collect()
}
