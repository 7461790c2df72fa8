//! Sub-merchants: the sellers of a marketplace, from entry to removal.
//!
//! A seller is added once, as an [`Individual`], a [`SoleProprietorship`] or a [`Company`], and known
//! by its [`SubMerchantId`](crate::SubMerchantId) from then on.

mod add;
mod add_v2;
mod answer;
mod kinds;
mod list;
mod remove;
mod update;
mod update_v2;
mod values;

pub use add::AddSubMerchant;
pub use add_v2::AddSubMerchantV2;
pub use answer::SubMerchantAdded;
pub use kinds::{Company, Individual, NewSubMerchant, Person, SoleProprietorship};
pub use list::{ListSubMerchants, SubMerchant, SubMerchants};
pub use remove::{RemoveSubMerchant, SubMerchantRemoved};
pub use update::{SubMerchantUpdated, UpdateSubMerchant};
pub use update_v2::UpdateSubMerchantV2;
pub use values::{BirthDate, ExternalIds, PayoutAccount, SellerPlace};
