//! Orders that are billed to a supplier's contract with Horoz ("tedarikçi öder").

mod create;
mod line;
mod party;
mod request;

pub use create::CreatedOrder;
pub use line::{Line, Measure};
pub use party::Party;
pub use request::{CreateSupplierPaysOrder, Days, Direction, RequestNumber, SupplierCode};
