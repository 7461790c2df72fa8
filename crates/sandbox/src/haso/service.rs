//! The checks that every call passes, merchant, signature and table, and then the operation itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::fields::Fields;
use super::operation::{Operation, Token};
use super::refusal::{self, Refusal};
use super::reply::Reply;
use super::world::Haso;
use super::{activation, balance, browser, bureau, lists, payments, phone, refunds};
use crate::{Chance, Moment, Request, rules};

/// The table whose operations these are.
const PROVIDER: &str = "haso-bnpl";

/// Answers a call. `None` when its body cannot be read.
pub(super) fn answer(
    world: &mut Haso,
    operation: &Operation,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> Option<Reply> {
    let fields = Fields::read(request)?;
    Some(
        admit(world, operation, request, &fields)
            .and_then(|()| run(world, operation, &fields, now, chance)),
    )
}

/// Returns whether a question about a report chooses its own answer.
pub(super) fn chooses_test_result(operation: &Operation, request: &Request) -> bool {
    operation.name == "AskKkbReportResult"
        && Fields::read(request).is_some_and(|fields| fields.filled("testResult").is_some())
}

fn admit(
    world: &Haso,
    operation: &Operation,
    request: &Request,
    fields: &Fields,
) -> Result<(), Refusal> {
    let settings = &world.settings;
    if fields.text("merchantId") != settings.merchant {
        return Err(refusal::NO_MERCHANT);
    }
    let sent = fields.filled("requestToken");
    let is_signed = match operation.token {
        Token::Form => true,
        Token::Optional if sent.is_none() => true,
        Token::Optional | Token::Signed => {
            let parts = operation.signed.iter().map(|name| fields.text(name));
            let text: String = parts.chain([settings.merchant_salt.as_str()]).collect();
            sent == sign(&settings.merchant_key, &text).as_deref()
        }
    };
    if !is_signed {
        return Err(refusal::NO_SIGNATURE);
    }
    let is_json_limit = operation.name == "GetLimit" && fields.filled("response").is_some();
    let table = if is_json_limit {
        "GetLimit-json"
    } else {
        operation.name
    };
    match rules::broken(PROVIDER, table, request).first() {
        Some(finding) => Err(Refusal::of_table(finding)),
        None => Ok(()),
    }
}

/// Base64 of the HMAC with SHA-256.
pub(super) fn sign(key: &str, text: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(STANDARD.encode(mac.finalize().into_bytes()))
}

fn run(
    world: &mut Haso,
    operation: &Operation,
    fields: &Fields,
    now: Moment,
    chance: &mut Chance,
) -> Reply {
    match operation.name {
        "GetToken" => Ok(browser::token(world, now, chance)),
        "Transaction" => browser::order(world, fields, now, chance),
        "TransactionMobile" => browser::order_in_store(world, fields, now, chance),
        "GetLimit" => browser::limit(world, fields, now, chance),
        "UpdateTransaction" => activation::activate(world, fields),
        "GetPaymentsOfTransaction" => activation::plan(world, fields),
        "CreateTransaction" => activation::create(world, fields, now, chance),
        "GetCustomerTransactions" => lists::transactions(world, fields),
        "GetCustomerPayments" => lists::payments(world, fields, now),
        "GetCustomerInformation" => Ok(lists::information(world, fields)),
        "GetErrorCodes" => Ok(lists::error_codes(world)),
        "ChangeCustomerGsmNo" => Ok(phone::change(world, fields)),
        "SetPaidPayment" => payments::set_paid(world, fields),
        "SetBulkPaidPayment" => payments::set_bulk_paid(world, fields),
        "SendTransactionExpense" => payments::expense(world, fields),
        "LoadCustomerBalance" => balance::load(world, fields),
        "RefundTransaction" => refunds::refund(world, fields, now),
        "CheckRefund" => refunds::check(world, fields),
        "HasoAuthSendInfo" => bureau::start(world, fields, chance),
        "SendKkbPinCode" => bureau::confirm(world, fields),
        "AskKkbReportResult" => bureau::ask(world, fields),
        "SetLimitFromKds" => bureau::set_limit(world, fields, now, chance),
        _ => Err(refusal::NOT_SIMULATED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_check_values() {
        for (text, wanted) in [
            (
                "10011905231436-1TRX-1203.0.113.7demo-merchant-salt",
                "mFjaRXc2YK1fO95VNZ0JNvB/WTf1CNXNkiQEeLutxrg=",
            ),
            (
                "1001ÇağrıÖztürkSEG203.0.113.7demo-merchant-salt",
                "onT/RpVg2jvY4wt2Pibu9tgDsf3rzCJrLEC8lkMGqhk=",
            ),
        ] {
            assert_eq!(sign("demo-merchant-key", text).unwrap(), wanted);
        }
    }
}
