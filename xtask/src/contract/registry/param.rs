//! Param: its operations, and its client built from the settings of a case.

use kervan_core::{BaseUrl, Caller, Config};
use param_marketplace::payments::{
    CompletePayment, ListCustomerRates, ListMerchantRates, ListPayments, LookUpCards, ModelPayment,
    PosPayment, QueryPayment, ReconcileDay, RefundPayment, SummarizePayments,
};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, CancelOrRefund, CheckLimit, Credentials,
    Environment, ListDistricts, ListProvinces, ListProvincesOfTestService, ListSubMerchants,
    QueryOrders, RemoveSubMerchant, SetOrderStatus, TraceTransactions, UpdateSubMerchant,
    UpdateSubMerchantV2,
};

use super::{Entry, Harness, call};

/// Every operation.
pub(super) fn entries() -> Vec<Entry> {
    vec![
        call::<Param, AddOrderDetail>(),
        call::<Param, SetOrderStatus>(),
        call::<Param, CancelOrRefund>(),
        call::<Param, QueryOrders>(),
        call::<Param, CheckLimit>(),
        call::<Param, TraceTransactions>(),
        call::<Param, ListProvinces>(),
        call::<Param, ListProvincesOfTestService>(),
        call::<Param, ListDistricts>(),
        call::<Param, AddSubMerchant>(),
        call::<Param, AddSubMerchantV2>(),
        call::<Param, UpdateSubMerchant>(),
        call::<Param, UpdateSubMerchantV2>(),
        call::<Param, ListSubMerchants>(),
        call::<Param, RemoveSubMerchant>(),
        call::<Param, PosPayment>(),
        call::<Param, ModelPayment>(),
        call::<Param, CompletePayment>(),
        call::<Param, QueryPayment>(),
        call::<Param, RefundPayment>(),
        call::<Param, ListPayments>(),
        call::<Param, SummarizePayments>(),
        call::<Param, ReconcileDay>(),
        call::<Param, LookUpCards>(),
        call::<Param, ListMerchantRates>(),
        call::<Param, ListCustomerRates>(),
    ]
}

/// The key of Param's published test account, the marketplace's and the merchant's.
const TEST_GUID: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

struct Param;

impl Harness for Param {
    const PROVIDER: &'static str = "param-marketplace";
    type Settings = param_marketplace::Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        settings: toml::Table,
    ) -> Result<Caller<Self::Settings>, String> {
        if let Some(name) = settings.keys().next() {
            return Err(format!("no setting `{name}`"));
        }
        let service = |path| {
            BaseUrl::parse(&format!("{}/{path}.asmx", base.as_str())).map_err(|e| e.to_string())
        };
        let address = service("turkpos.ws/service_pazaryeri")?;
        let payment_address = service("turkpos.ws/service_turkpos_prod")?;
        let card_address = service("out.ws/service_ks")?;
        let login = Credentials::published_test_account();
        let environment = Environment::At(address);
        let builder = param_marketplace::Client::builder(&environment, login, TEST_GUID, TEST_GUID);
        let builder = builder
            .map_err(|e| e.to_string())?
            .payment_address(payment_address)
            .card_address(card_address);
        let client = builder.config(config).build();
        client
            .map(|client| client.caller().clone())
            .map_err(|e| e.to_string())
    }
}
