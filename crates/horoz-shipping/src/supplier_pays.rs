//! Orders that are billed to a supplier's contract with Horoz ("tedarikçi öder").

mod cancel;
mod create;
mod request;

pub use cancel::CancelSupplierPaysOrder;
pub use create::CreatedSupplierPaysOrder;
pub use request::{CreateSupplierPaysOrder, Direction};
