//! Orders that are billed to a supplier's contract with Horoz ("tedarikçi öder").

mod cancel;
mod create;
mod request;

pub use cancel::CancelSupplierPaysOrder;
pub use create::CreatedOrder;
pub use request::{CreateSupplierPaysOrder, Direction};
