//! Param: its operations, and its client built from the settings of a case.

use fixtures::case::Case;
use kervan_core::{BaseUrl, Caller, Config, Secret};
use param_marketplace::payments::callback::{CallbackError, ModelCallback, PayCallback};
use param_marketplace::payments::stored::{
    ChargeStoredCard, ChargeStoredCardWithModel, ListStoredCards, ListStoredCardsPage,
    RemoveStoredCard, StoreCard,
};
use param_marketplace::payments::{
    BkmPayment, CaptureReservation, CardCheckError, CardCheckHint, CompletePayment, ComputeHash,
    CurrencyPayment, ListCustomerRates, ListMerchantRates, ListPayments, LookUpCards,
    ModalCurrencyPayment, ModalPayment, ModelPayment, ModelPaymentV2, PosPayment, QueryPayment,
    ReconcileDay, RefundPayment, RefundWithReceipt, ReserveAmount, ReserveWithModel,
    SummarizePayments, VerifyCard, VoidReservation,
};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, CancelOrRefund, CheckLimit, Credentials,
    Environment, ListDistricts, ListProvinces, ListProvincesOfTestService, ListSubMerchants,
    QueryOrders, RemoveSubMerchant, SetOrderStatus, TraceTransactions, UpdateSubMerchant,
    UpdateSubMerchantV2,
};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Entry, Harness, Wiring, call, reads, value_of};

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
        reads(Param::PROVIDER, "callback-3d-model", model_callback),
        reads(Param::PROVIDER, "callback-3d-pay", pay_callback),
        call::<Param, ListPayments>(),
        call::<Param, SummarizePayments>(),
        call::<Param, ReconcileDay>(),
        call::<Param, LookUpCards>(),
        call::<Param, ListMerchantRates>(),
        call::<Param, ListCustomerRates>(),
        call::<Param, ModelPaymentV2>(),
        call::<Param, CurrencyPayment>(),
        call::<Param, ReserveAmount>(),
        call::<Param, ReserveWithModel>(),
        call::<Param, CaptureReservation>(),
        call::<Param, VoidReservation>(),
        call::<Param, BkmPayment>(),
        call::<Param, VerifyCard>(),
        reads(Param::PROVIDER, "callback-card-check", card_check),
        call::<Param, ModalPayment>(),
        call::<Param, ModalCurrencyPayment>(),
        call::<Param, ComputeHash>(),
        call::<Param, RefundWithReceipt>(),
        call::<Param, StoreCard>(),
        call::<Param, ListStoredCards>(),
        call::<Param, ListStoredCardsPage>(),
        call::<Param, RemoveStoredCard>(),
        call::<Param, ChargeStoredCard>(),
        call::<Param, ChargeStoredCardWithModel>(),
    ]
}

/// Reads the form after the check of a card, whose token is a setting of the case.
fn card_check(case: &Case) -> Result<Value, String> {
    let form = case.callback.as_ref().ok_or("callback.http is missing")?;
    let token = case.about.settings.get("token");
    let token = token.and_then(toml::Value::as_str).ok_or("no token")?;
    let read = CardCheckHint::read(form.header("content-type"), &form.body, &Secret::new(token));
    Ok(match read {
        Ok(hint) => {
            let mut shape = value_of(&hint);
            shape["says_valid"] = json!(hint.says_valid());
            json!({ "ok": shape })
        }
        Err(CardCheckError::Unreadable(unreadable)) => json!({
            "error": { "reason": unreadable.reason().name(), "path": unreadable.path() }
        }),
        Err(_) => json!({ "error": "foreign" }),
    })
}

/// The key of Param's published test account, the marketplace's and the merchant's.
const TEST_GUID: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

struct Param;

impl Harness for Param {
    const PROVIDER: &'static str = "param-marketplace";
    type Settings = param_marketplace::Settings;

    fn caller(
        base: BaseUrl,
        wiring: Wiring,
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
        let client = builder
            .config(wiring.config)
            .build_over(wiring.transport, wiring.host);
        Ok(client.caller().clone())
    }
}

fn model_callback(case: &Case) -> Result<Value, String> {
    callback(case, |settings, content_type, body, expected| {
        ModelCallback::parse(content_type, body)?.verify(settings, &expected)
    })
}

fn pay_callback(case: &Case) -> Result<Value, String> {
    callback(case, |settings, content_type, body, expected| {
        PayCallback::parse(content_type, body)?.verify(settings, &expected)
    })
}

/// Verifies a posted form against the order that the case's settings hold.
fn callback<E: DeserializeOwned, T: Serialize>(
    case: &Case,
    verify: impl FnOnce(
        &param_marketplace::Settings,
        Option<&str>,
        &[u8],
        E,
    ) -> Result<T, CallbackError>,
) -> Result<Value, String> {
    let posted = case.callback.as_ref().ok_or("callback.http is missing")?;
    let expected = case.about.settings.get("expected");
    let expected = expected.ok_or("about.toml, settings: no `expected`")?;
    let expected = expected
        .clone()
        .try_into()
        .map_err(|error| format!("about.toml, settings: {error}"))?;
    let nowhere = BaseUrl::parse("https://param.example").map_err(|e| e.to_string())?;
    let mut settings = toml::Table::new();
    let wiring = Wiring::new(Config::default(), &mut settings)?;
    let caller = Param::caller(nowhere, wiring, settings)?;
    Ok(
        match verify(
            caller.settings(),
            posted.header("content-type"),
            &posted.body,
            expected,
        ) {
            Ok(verified) => json!({ "ok": value_of(&verified) }),
            Err(error) => json!({ "error": {
                "kind": "callback",
                "code": error.code(),
                "field": error.field(),
            } }),
        },
    )
}
