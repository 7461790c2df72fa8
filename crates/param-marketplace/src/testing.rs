//! The provider's answers for a program's own tests, and its refusals.
//!
//! [`answer`] writes the answer to a call from the output that the call shall have, and the client reads it
//! as any other. [`refused`] writes a refusal with a code of [`RESULT_CODES`](crate::RESULT_CODES) or any
//! other, and [`fault`] a fault of the platform. The transport is the test's own, for example the `Script`
//! of `kervan-testing`. Signed forms are in [`payments::testing`](crate::payments::testing).
//!
//! ```
//! use kervan_testing::{Line, MovableHost, Script};
//! use param_marketplace::testing::{answer, order_row};
//! use param_marketplace::{
//!     AddOrderDetail, Client, Credentials, Environment, MarketplaceKey, MerchantKey, OrderStatus, Orders,
//!     PaymentId, QueryOrders, Sent,
//! };
//!
//! let seller = "7f2b9c1e-0000-4000-8000-0000000000a1".into();
//! let entry = AddOrderDetail::new(PaymentId::new(7), seller)
//!     .product_amount("9.83".parse()?)
//!     .payable("8.50".parse()?);
//! let (before, after) = (QueryOrders::by_payment(entry.payment), QueryOrders::by_payment(entry.payment));
//! let row = order_row(&entry, "1d4e8a77-0000-4000-8000-0000000000b2", OrderStatus::Waiting);
//!
//! // Nothing is there, the entry's answer gets lost, and the query shows it.
//! let script = Script::new();
//! script.on("Pazaryeri_TP_Islem_Sorgulama", answer(&before, &Orders::new([])))
//!     .on("Pazaryeri_TP_Siparis_Detay_Ekle", Line::lost())
//!     .on("Pazaryeri_TP_Islem_Sorgulama", answer(&after, &Orders::new([row])));
//!
//! let login = Credentials::published_test_account();
//! let (marketplace, merchant) = (MarketplaceKey::new("ETS_GUID"), MerchantKey::new("GUID"));
//! let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
//! let client = Client::builder(&Environment::Test, login, marketplace, merchant)?
//!     .build_over(script.clone(), host.clone());
//!
//! let Sent::Done(entered) = host.run(client.send_or_settle(&entry))? else {
//!     panic!("the query shows it");
//! };
//! assert_eq!(entered.order.as_str(), "1d4e8a77-0000-4000-8000-0000000000b2");
//! script.assert_used();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answered;
mod marketplace;
mod payments;
mod said;

use kervan_core::{Operation, Reply};
use kervan_wire::soap::{self, Element};

pub use self::answered::Answered;
pub use self::marketplace::{order_row, seller_row};
use self::said::{Said, reply};
use crate::settings::Settings;

/// Returns the successful answer to a call, from the output that the call shall have.
///
/// Only the documented parts of an output travel. A value of a text that XML cannot carry makes the answer
/// an empty one.
pub fn answer<O: Answered>(call: &O, output: &O::Output) -> Reply {
    let said = Said::success(call.endpoint());
    call.write(output, said).reply()
}

/// Returns the refusal of a call, with a code and a text, such as `-100` and "Hata".
pub fn refused<O: Operation<Service = Settings>>(call: &O, code: &str, text: &str) -> Reply {
    Said::of(call.endpoint(), code, text).reply()
}

/// Returns the refusal of a bank: the result code, and the bank's own code beside it.
pub fn refused_by_bank<O: Operation<Service = Settings>>(
    call: &O,
    code: &str,
    bank_code: &str,
) -> Reply {
    let said = Said::of(call.endpoint(), code, "Banka red");
    said.text("Banka_Sonuc_Kod", bank_code).reply()
}

/// Returns a fault of the platform, with HTTP status 500.
pub fn fault(text: &str) -> Reply {
    let fault = Element::parent(
        "Fault",
        vec![
            Element::text("faultcode", "Server"),
            Element::text("faultstring", text),
        ],
    );
    let fault = fault.in_namespace("http://schemas.xmlsoap.org/soap/envelope/");
    reply(500, soap::encode(&fault).unwrap_or_default())
}

#[cfg(test)]
mod tests;
