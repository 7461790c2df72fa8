//! HASO: its operations and posts, and its client built from the settings of a case.

use contract_kit::case::Case;
use haso_bnpl::callbacks::{
    CallbackAnswer, LimitCallback, LimitFail, LimitOk, OrderCallback, OrderFail, OrderOk,
    StoredOrder, Unverified,
};
use haso_bnpl::{
    ActivateOrder, AskReport, ChangePhone, CheckRefund, ConfirmPin, CreateTransaction, GetCustomer,
    GetPlan, GetToken, InStoreOrderForm, LimitForm, LimitLinkForm, ListErrorCodes, ListPayments,
    ListTransactions, LoadBalance, MerchantKey, MerchantSalt, OrderForm, Quirks, Refund,
    SendExpense, SetBulkPaid, SetLimitFromKds, SetPaid, Signing, StartLimitByPin,
};
use kervan_core::Delivery;
use kervan_core::error::Unreadable;
use kervan_core::transport::Transport;
use kervan_core::{BaseUrl, Config};
use kervan_settling::Settler;
use kervan_testing::delivery;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{CaseHost, Entry, FORM, Harness, JSON, blind, call, reads, settled, value_of};

const PROVIDER: &str = "haso-bnpl";

/// Every operation, and everything that is read.
pub(super) fn entries() -> Vec<Entry> {
    vec![
        blind::<Haso, OrderForm>(
            FORM,
            "Starts an order in the customer's browser, or from the server.",
        ),
        blind::<Haso, LimitForm>(
            FORM,
            "Starts a limit request in the customer's browser, or from the server.",
        ),
        blind::<Haso, LimitLinkForm>(
            FORM,
            "Asks for the address of a limit request, to be opened later.",
        ),
        blind::<Haso, InStoreOrderForm>(
            FORM,
            "Starts an order in a store, by the customer's QR code or number.",
        ),
        call::<Haso, GetToken>(FORM, "Gets a token for one form."),
        settled::<Haso, ActivateOrder>(FORM, "Activates an order that the customer has completed."),
        call::<Haso, GetPlan>(FORM, "Reads the present plan of an approved order."),
        call::<Haso, GetCustomer>(FORM, "Reads a customer's limit, or offers a plan."),
        settled::<Haso, ChangePhone>(FORM, "Changes a customer's mobile number."),
        call::<Haso, ListTransactions>(
            FORM,
            "Lists a customer's approved orders with their plans, newest first.",
        ),
        call::<Haso, ListPayments>(FORM, "Lists a customer's installments."),
        call::<Haso, ListErrorCodes>(FORM, "Lists the provider's error codes."),
        blind::<Haso, StartLimitByPin>(
            JSON,
            "Starts a limit request that the customer confirms with a PIN.",
        ),
        settled::<Haso, ConfirmPin>(
            JSON,
            "Confirms a limit request with the PIN of the customer.",
        ),
        call::<Haso, AskReport>(JSON, "Asks whether the credit bureau's report is there."),
        blind::<Haso, SetLimitFromKds>(
            JSON,
            "Sets a limit that the merchant's own system computed.",
        ),
        settled::<Haso, CreateTransaction>(
            JSON,
            "Creates an order for a customer who has a limit, without a browser.",
        ),
        settled::<Haso, SetPaid>(JSON, "Reports an installment that was paid outside HASO."),
        settled::<Haso, SetBulkPaid>(
            JSON,
            "Reports installments of one order that were paid outside HASO.",
        ),
        blind::<Haso, LoadBalance>(JSON, "Adds to a customer's balance."),
        settled::<Haso, Refund>(JSON, "Refunds an order, whole or in part."),
        call::<Haso, CheckRefund>(JSON, "Asks whether a refund was made."),
        blind::<Haso, SendExpense>(JSON, "Reports the expenses of debt enforcement."),
        reads(PROVIDER, "order-ok", order_ok),
        reads(PROVIDER, "order-callback", order_callback),
        reads(PROVIDER, "order-fail", |case| {
            post(case, OrderFail::read, |_, _| None)
        }),
        reads(PROVIDER, "limit-ok", |case| {
            post(case, LimitOk::read, |_, _| None)
        }),
        reads(PROVIDER, "limit-callback", |case| {
            post(case, LimitCallback::read, |_, _| None)
        }),
        reads(PROVIDER, "limit-fail", |case| {
            post(case, LimitFail::read, |_, _| None)
        }),
    ]
}

struct Haso;

/// The settings of a case.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CaseSettings {
    /// Whether the client can sign; it can by default.
    signing: Option<bool>,
    quirks: Quirks,
    /// The shop's order that a post is compared with.
    stored: Option<StoredOrder>,
}

fn read(settings: toml::Table) -> Result<CaseSettings, String> {
    settings
        .try_into()
        .map_err(|e: toml::de::Error| e.to_string())
}

impl Harness for Haso {
    const PROVIDER: &'static str = PROVIDER;
    type Settings = haso_bnpl::Settings;

    fn caller(
        base: BaseUrl,
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String> {
        let settings = read(settings)?;
        let builder = haso_bnpl::Client::builder(base, "1001")
            .config(config)
            .quirks(settings.quirks);
        let builder = match settings.signing {
            Some(false) => builder,
            // The values of the protocol's check values. They open nothing.
            _ => builder.signing(Signing::new(
                MerchantKey::new("demo-merchant-key"),
                MerchantSalt::new("demo-merchant-salt"),
            )),
        };
        let client = builder.build_over(transport, host);
        Ok(Settler::clone(&client))
    }
}

fn order_ok(case: &Case) -> Result<Value, String> {
    post(case, OrderOk::read, |post, settings| {
        let confirmed = post.confirm(settings.stored.as_ref()?, &settings.quirks);
        Some(confirmed.map(|order| value_of(&order.activation())))
    })
}

fn order_callback(case: &Case) -> Result<Value, String> {
    post(case, OrderCallback::read, |post, settings| {
        let confirmed = post.confirm(settings.stored.as_ref()?, &settings.quirks);
        Some(confirmed.map(|order| value_of(&order.activation())))
    })
}

type ReadPost<T> = fn(&Delivery) -> Result<Unverified<T>, Unreadable>;

type Confirmed = Option<Result<Value, haso_bnpl::callbacks::Mismatch>>;

/// Returns the contents of a post, its confirmation against the shop's order, and its answer.
fn post<T: Serialize>(
    case: &Case,
    read_post: ReadPost<T>,
    confirm: fn(&Unverified<T>, &CaseSettings) -> Confirmed,
) -> Result<Value, String> {
    let settings = read(case.about.settings.clone())?;
    let callback = case.callback.as_ref().ok_or("`callback` is missing")?;
    let post = match read_post(&delivery(callback.header("content-type"), &callback.body)) {
        Ok(post) => post,
        Err(error) => {
            let answer = CallbackAnswer::to_unreadable(&error);
            return Ok(json!({ "error": {
                "kind": "decode",
                "code": error.reason().name(),
                "fields": [error.path()],
                "answer": answer.status,
            }}));
        }
    };
    let mut ok = value_of(&post);
    let (name, value) = match confirm(&post, &settings) {
        None => return Ok(json!({ "ok": ok })),
        Some(Ok(activation)) => ("activation", activation),
        Some(Err(mismatch)) => (
            "mismatch",
            json!({"kind": mismatch, "answer": mismatch.answer().status}),
        ),
    };
    if let Value::Object(members) = &mut ok {
        members.insert(name.to_owned(), value);
    }
    Ok(json!({ "ok": ok }))
}
