//! Orders: started in the customer's browser, activated by the shop, read back.

pub(crate) mod activate;
mod address;
mod basket;
pub(crate) mod create;
pub(crate) mod get_plan;
mod in_store;
mod item;
mod listed;
mod start;

pub use self::activate::{ActivateOrder, ActivatedOrder};
pub use self::address::DeliveryAddress;
pub use self::basket::BasketItem;
pub use self::create::{CreateTransaction, CreatedTransaction};
pub use self::get_plan::{GetPlan, OrderPlan};
pub use self::in_store::{InStoreOrder, InStoreOrderForm};
pub use self::item::Item;
pub use self::start::{OrderForm, StartOrder};
