//! How arguments are checked and written.

use kervan_core::{EncodeError, Problems};

use crate::query::asked::Asked;
use crate::shipments::service::Body;

/// How arguments are checked and written.
pub trait Write {
    /// The elements that an operation has for them, in its order.
    type Names: Copy;

    fn check(&self, problems: &mut Problems);

    fn write(&self, names: Self::Names, body: Body) -> Result<Body, EncodeError>;

    /// Returns the parcels that they name, for comparing each row with the question.
    fn asked(&self) -> Asked<'_> {
        Asked::Any
    }
}

/// The elements of `N` arguments.
pub(super) type Names<const N: usize> = [&'static str; N];
