//! The provider's own provinces and districts; the sub-merchants' addresses need their codes.

mod districts;
mod provinces;
mod provinces_of_test_service;

pub use districts::{District, Districts, ListDistricts};
pub use provinces::{ListProvinces, PlateCode, PlateError, Province, Provinces};
pub use provinces_of_test_service::ListProvincesOfTestService;
