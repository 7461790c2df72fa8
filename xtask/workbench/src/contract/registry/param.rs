//! Param: its operations, and its client built from the settings of a case.

use contract_kit::case::Case;
use kervan_core::error::{TransportError, TransportKind};
use kervan_core::message::{HttpRequest, Reply};
use kervan_core::transport::{BoxFuture, Limits, Transport};
use kervan_core::{BaseUrl, Class, Config, Endpoint as _, Operation, Secret};
use kervan_settling::Settler;
use param_marketplace::payments::callback::{CallbackError, ModelCallback, PayCallback};
use param_marketplace::payments::stored::{
    ChargeStoredCard, ChargeStoredCardWithModel, ListStoredCards, ListStoredCardsPage,
    RemoveStoredCard, StoreCard,
};
use param_marketplace::payments::{
    BkmPayment, CaptureReservation, CardCheckError, CardCheckHint, CompletePayment,
    CompleteReservation, ComputeHash, CurrencyPayment, ListCustomerRates, ListMerchantRates,
    ListPayments, LookUpCards, ModalCurrencyPayment, ModalPayment, ModelPayment, ModelPaymentV2,
    PosPayment, QueryPayment, ReconcileDay, RefundPayment, RefundWithReceipt, ReserveAmount,
    ReserveWithModel, SummarizePayments, VerifyCard, VoidReservation,
};
use param_marketplace::{
    AddOrderDetail, AddSubMerchant, AddSubMerchantV2, CancelOrRefund, CheckLimit, Credentials,
    Environment, ListDistricts, ListProvinces, ListProvincesOfTestService, ListSubMerchants,
    MarketplaceKey, MerchantKey, QueryOrders, RemoveSubMerchant, SetOrderStatus, TraceTransactions,
    UpdateSubMerchant, UpdateSubMerchantV2,
};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{CaseHost, Entry, Harness, Row, SOAP, Settling, blind, call, reads, settled, value_of};
use kervan_testing::delivery;

/// Every operation.
pub(super) fn entries() -> Vec<Entry> {
    vec![
        settled::<Param, AddOrderDetail>(SOAP, "Attaches a seller to a payment."),
        settled::<Param, SetOrderStatus>(SOAP, "Approves, holds or cancels an order."),
        settled::<Param, CancelOrRefund>(SOAP, "Gives a payment back, whole or in part.")
            .also_by(QueryPayment::ENDPOINT.name()),
        call::<Param, QueryOrders>(SOAP, "Asks for orders and their states."),
        call::<Param, CheckLimit>(SOAP, "Asks whether a seller's limit allows a payout."),
        call::<Param, TraceTransactions>(SOAP, "Lists transactions of an account."),
        call::<Param, ListProvinces>(SOAP, "Lists the provinces."),
        call::<Param, ListProvincesOfTestService>(
            SOAP,
            "Lists the provinces, on the general test service.",
        ),
        call::<Param, ListDistricts>(SOAP, "Lists the districts of a province."),
        settled::<Param, AddSubMerchant>(SOAP, "Adds a seller."),
        settled::<Param, AddSubMerchantV2>(SOAP, "Adds a seller with its numbers in shop systems."),
        settled::<Param, UpdateSubMerchant>(SOAP, "Changes a seller."),
        settled::<Param, UpdateSubMerchantV2>(
            SOAP,
            "Changes a seller with its numbers in shop systems.",
        ),
        call::<Param, ListSubMerchants>(SOAP, "Lists the sellers."),
        settled::<Param, RemoveSubMerchant>(SOAP, "Removes a seller."),
        settled::<Param, PosPayment>(SOAP, "Charges a card, 3D Pay or without 3-D."),
        settled::<Param, ModelPayment>(SOAP, "Charges a card, 3D Model or without 3-D."),
        settled::<Param, CompletePayment>(SOAP, "Charges the card after the customer's proof."),
        call::<Param, QueryPayment>(SOAP, "Asks for the state of a payment."),
        settled::<Param, RefundPayment>(SOAP, "Gives a payment back, whole or in part."),
        reads(Param::PROVIDER, "callback-3d-model", model_callback),
        reads(Param::PROVIDER, "callback-3d-pay", pay_callback),
        call::<Param, ListPayments>(SOAP, "Lists payments, cancellations and refunds of a week."),
        call::<Param, SummarizePayments>(
            SOAP,
            "Counts and sums payments, cancellations and refunds of a period.",
        ),
        call::<Param, ReconcileDay>(SOAP, "Lists the payouts of a day, part by part."),
        call::<Param, LookUpCards>(
            SOAP,
            "Finds a card's bank, brand and POS by its first digits.",
        ),
        call::<Param, ListMerchantRates>(SOAP, "Lists the rates that Param charges the merchant."),
        call::<Param, ListCustomerRates>(
            SOAP,
            "Lists the rates that customers pay for installments.",
        ),
        settled::<Param, ModelPaymentV2>(
            SOAP,
            "Charges a card as `TP_WMD_UCD` does, and reports the net amount.",
        ),
        settled::<Param, CurrencyPayment>(
            SOAP,
            "Charges a card in a foreign currency, in one part.",
        ),
        settled::<Param, ReserveAmount>(SOAP, "Reserves an amount, 3D Pay."),
        settled::<Param, ReserveWithModel>(SOAP, "Reserves an amount, 3D Model."),
        settled::<Param, CaptureReservation>(
            SOAP,
            "Charges a card with an amount that was reserved.",
        ),
        settled::<Param, VoidReservation>(SOAP, "Releases an amount that was reserved."),
        settled::<Param, BkmPayment>(SOAP, "Starts a payment with BKM Express."),
        blind::<Param, VerifyCard>(SOAP, "Checks a card with 3-D without charging it."),
        reads(Param::PROVIDER, "callback-card-check", card_check),
        settled::<Param, ModalPayment>(SOAP, "Starts a payment on a page of the provider."),
        settled::<Param, ModalCurrencyPayment>(SOAP, "A foreign payment on the provider's page."),
        call::<Param, ComputeHash>(SOAP, "Has the service compute the hash of a request."),
        settled::<Param, RefundWithReceipt>(SOAP, "Gives a payment back and reports the receipts."),
        settled::<Param, StoreCard>(SOAP, "Stores a card."),
        call::<Param, ListStoredCards>(SOAP, "Lists stored cards."),
        call::<Param, ListStoredCardsPage>(SOAP, "Lists stored cards page by page."),
        settled::<Param, RemoveStoredCard>(SOAP, "Removes a stored card."),
        settled::<Param, ChargeStoredCard>(
            SOAP,
            "Charges a stored card, with 3D Pay or without 3-D.",
        ),
        settled::<Param, ChargeStoredCardWithModel>(
            SOAP,
            "Charges a stored card, with the 3D Model or without 3-D.",
        ),
    ]
}

/// Calls that share the provider's name, and so the cases, of another one.
pub(super) fn further_rows() -> Vec<Row> {
    vec![
        Row::of::<CompleteReservation>(
            CompleteReservation::ENDPOINT.name(),
            SOAP,
            "Reserves an amount after the customer's proof.",
        )
        .of_write()
        .settling(
            |_| {
                let (class, read_back) = (Class::Charge, Some(QueryPayment::ENDPOINT.name()));
                Some(Settling { class, read_back })
            },
            true,
        ),
    ]
}

/// Reads the form after the check of a card, whose token is a setting of the case.
fn card_check(case: &Case) -> Result<Value, String> {
    let form = case.callback.as_ref().ok_or("`callback` is missing")?;
    let token = case.about.settings.get("token");
    let token = token.and_then(toml::Value::as_str).ok_or("no token")?;
    let read = CardCheckHint::read(
        &delivery(form.header("content-type"), &form.body),
        &Secret::new(token),
    );
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
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String> {
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
        let (marketplace, merchant) = (MarketplaceKey::new(TEST_GUID), MerchantKey::new(TEST_GUID));
        let builder =
            param_marketplace::Client::builder(&environment, login, marketplace, merchant);
        let builder = builder
            .map_err(|e| e.to_string())?
            .payment_address(payment_address)
            .card_address(card_address);
        let client = builder.config(config).build_over(transport, host);
        Ok(Settler::clone(&client))
    }
}

/// The transport of a client that verifies forms and sends nothing.
struct Unused;

impl Transport for Unused {
    fn send<'a>(
        &'a self,
        _: &'a HttpRequest,
        _: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(std::future::ready(Err(TransportError::new(
            TransportKind::Connect,
        ))))
    }
}

fn model_callback(case: &Case) -> Result<Value, String> {
    callback(case, |settings, content_type, body, expected| {
        ModelCallback::read(&delivery(content_type, body))?.verify(settings, &expected)
    })
}

fn pay_callback(case: &Case) -> Result<Value, String> {
    callback(case, |settings, content_type, body, expected| {
        PayCallback::read(&delivery(content_type, body))?.verify(settings, &expected)
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
    let posted = case.callback.as_ref().ok_or("`callback` is missing")?;
    let expected = case.about.settings.get("expected");
    let expected = expected.ok_or("settings: no `expected`")?;
    let expected = expected
        .clone()
        .try_into()
        .map_err(|error| format!("settings: {error}"))?;
    let nowhere = BaseUrl::parse("https://param.example").map_err(|e| e.to_string())?;
    let caller = Param::caller(
        nowhere,
        Config::default(),
        Unused,
        CaseHost::default(),
        toml::Table::new(),
    )?;
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
