//! The values of every payment beside the card: order, amounts, return addresses.

use std::fmt;

use kervan_core::{Class, Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};

use super::hash;
use super::ids::{CustomerIp, PaymentKey, PaymentOrder};
use crate::rules;
use crate::service::Body;
use crate::typed;
use crate::wire::{Checks as _, check};

/// Whether the customer is authenticated as the card's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Security {
    /// Authenticated at the bank, in the browser. Wire: `3D`.
    #[serde(rename = "3d")]
    ThreeD,
    /// Not authenticated; the answer is final. Wire: `NS`.
    #[serde(rename = "none")]
    None,
}

impl Security {
    /// Returns the class of a payment of this security: without 3-D it takes money at once.
    pub(crate) fn class(self) -> Class {
        match self {
            Self::ThreeD => Class::Start,
            Self::None => Class::Charge,
        }
    }

    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::ThreeD => "3D",
            Self::None => "NS",
        }
    }
}

/// An order that is to be paid: numbers, amounts and the browser's return addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Sale {
    /// The shop's number of the order. Wire: `Siparis_ID`, up to 36 characters.
    pub order: PaymentOrder,
    /// The shop's key of this attempt. Wire: `Islem_ID`. The provider does not require it. This crate does,
    /// because the service may replace the order's number, and then only the key finds a payment whose
    /// answer was lost.
    pub key: PaymentKey,
    /// The order's amount. Wire: `Islem_Tutar`, as `1000,50`.
    pub amount: Money,
    /// The amount that the card is charged: the order's amount, with the installment commission where the
    /// customer bears it. The service compares it with its table of rates. Wire: `Toplam_Tutar`.
    pub total: Money,
    /// The address that the browser visits after a failure. Wire: `Hata_URL`, up to 256 characters.
    pub failure_url: Personal,
    /// The address that the browser visits after a success. Wire: `Basarili_URL`, up to 256 characters.
    pub success_url: Personal,
    /// The customer's address, as `203.0.113.7`; a warning unless it is public. Wire: `IPAdr`.
    pub customer_ip: CustomerIp,
    /// A description of the goods. Wire: `Siparis_Aciklama`, up to 250 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal>,
    /// The customer's mobile number as people type it: `0555 111 22 33`, `+90 555 111 22 33`. It is sent as
    /// ten digits, the first a 5: `5551112233`. Wire: `KK_Sahibi_GSM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal>,
    /// The page of the payment. Wire: `Ref_URL`, up to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Personal>,
    /// Texts that come back with the result, joined by bars. A text with a bar is a warning, because it
    /// comes back as two texts. Wire: `Data1` and so on, up to 250 characters each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<Personal>,
}

/// The browser's return addresses after a payment, each set by its name.
///
/// ```
/// use param_marketplace::payments::ReturnUrls;
///
/// let urls = ReturnUrls::after_success("https://shop.example/paid")
///     .after_failure("https://shop.example/failed");
/// assert_eq!(urls.failure(), "https://shop.example/failed");
/// ```
///
/// Neither prints itself, because addresses may hold a part that only the shop knows.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnUrls {
    pub(super) success: String,
    pub(super) failure: String,
}

impl ReturnUrls {
    /// Starts with the address after a success; the one after a failure follows.
    pub fn after_success(url: impl Into<String>) -> SuccessUrl {
        SuccessUrl(url.into())
    }

    /// Uses one address for both.
    pub fn both(url: impl Into<String>) -> Self {
        let success = url.into();
        Self {
            failure: success.clone(),
            success,
        }
    }

    /// Returns the address after a success.
    pub fn success(&self) -> &str {
        &self.success
    }

    /// Returns the address after a failure.
    pub fn failure(&self) -> &str {
        &self.failure
    }
}

/// The address after a success, until the one after a failure is set.
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct SuccessUrl(String);

impl fmt::Debug for ReturnUrls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReturnUrls").finish_non_exhaustive()
    }
}

impl fmt::Debug for SuccessUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuccessUrl").finish_non_exhaustive()
    }
}

impl SuccessUrl {
    /// Sets the address after a failure.
    pub fn after_failure(self, url: impl Into<String>) -> ReturnUrls {
        ReturnUrls {
            success: self.0,
            failure: url.into(),
        }
    }
}

impl Sale {
    /// Creates an order that is to be paid, charged with its amount.
    pub fn new(
        order: PaymentOrder,
        key: PaymentKey,
        amount: Money,
        urls: ReturnUrls,
        customer_ip: impl Into<CustomerIp>,
    ) -> Self {
        Self {
            order,
            key,
            amount,
            total: amount,
            failure_url: urls.failure.into(),
            success_url: urls.success.into(),
            customer_ip: customer_ip.into(),
            description: None,
            phone: None,
            page: None,
            data: Vec::new(),
        }
    }

    /// Sets a total that differs from the amount, for example with the customer's commission.
    #[must_use]
    pub fn charged(mut self, total: Money) -> Self {
        self.total = total;
        self
    }

    /// Sets a description of the goods.
    #[must_use]
    pub fn described(mut self, description: impl Into<Personal>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Adds texts that come back with the result.
    #[must_use]
    pub fn data<T: Into<Personal>>(mut self, data: impl IntoIterator<Item = T>) -> Self {
        self.data = data.into_iter().map(Into::into).collect();
        self
    }

    /// Checks everything, with up to `data` texts.
    pub(crate) fn check(&self, problems: &mut Problems, data: usize) {
        hash::check(problems, "sale.order", self.order.as_str());
        self.check_with(problems, data, check_url);
    }

    /// Checks everything for a call without a hash, with the maximum length of its addresses.
    pub(crate) fn check_unhashed(&self, problems: &mut Problems, data: usize, url: usize) {
        let check_url = |problems: &mut Problems, path, text: &str| {
            check_return_url(problems, path, text, url);
        };
        self.check_with(problems, data, check_url);
    }

    fn check_with(
        &self,
        problems: &mut Problems,
        data: usize,
        check_url: impl Fn(&mut Problems, &'static str, &str),
    ) {
        check(problems, "sale.order", self.order.as_str(), 36, true);
        check(problems, "sale.key", self.key.as_str(), usize::MAX, true);
        for (path, amount) in [("sale.amount", self.amount), ("sale.total", self.total)] {
            if !amount.is_positive() {
                problems.push(rules::AMOUNT_NOT_POSITIVE.at(path).actual(amount));
            }
        }
        if self.total < self.amount {
            let problem = rules::TOTAL_BELOW_AMOUNT.at("sale.total");
            problems.push(problem.limit(self.amount).actual(self.total));
        }
        check_url(problems, "sale.failure_url", self.failure_url.as_str());
        check_url(problems, "sale.success_url", self.success_url.as_str());
        self.customer_ip.check(problems, "sale.customer_ip");
        self.check_texts(problems, data);
    }

    fn check_texts(&self, problems: &mut Problems, data: usize) {
        problems.optional("sale.description", &self.description, 250);
        check_phone(problems, "sale.phone", self.phone.as_ref());
        problems.optional("sale.page", &self.page, 256);
        check_data(problems, "sale.data", &self.data, data);
        for _ in self.data.iter().filter(|text| text.as_str().contains('|')) {
            problems.push(rules::BAR_IN_DATA.at("sale.data"));
        }
    }

    pub(crate) fn wire_order(&self) -> Body {
        Body::new()
            .text("Hata_URL", &self.failure_url)
            .text("Basarili_URL", &self.success_url)
            .text("Siparis_ID", &self.order)
            .text("Siparis_Aciklama", &self.description)
    }

    /// Builds the elements after the hash, the texts included.
    pub(crate) fn wire_rest(&self, security: Security) -> Body {
        Body::new()
            .and(self.wire_attempt(security))
            .and(wire_data(&self.data))
    }

    /// Builds the elements between the hash and the texts.
    pub(crate) fn wire_attempt(&self, security: Security) -> Body {
        Body::new()
            .text("Islem_Guvenlik_Tip", security.wire())
            .text("Islem_ID", &self.key)
            .text("IPAdr", self.customer_ip.sent())
            .text("Ref_URL", &self.page)
    }
}

kervan_core::setters! { Sale {
    /// Adds the customer's mobile number, as people type it.
    phone: into Option<Personal>,
}}

/// Checks an address that the browser returns to. It is hashed.
pub(crate) fn check_url(problems: &mut Problems, path: &'static str, url: &str) {
    check_return_url(problems, path, url, 256);
    hash::check(problems, path, url);
}

/// Checks an address that the browser returns to, with its maximum length.
pub(crate) fn check_return_url(
    problems: &mut Problems,
    path: &'static str,
    url: &str,
    max_characters: usize,
) {
    check(problems, path, url, max_characters, true);
    let url = sent(url);
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    let fits = rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain));
    if !url.is_empty() && !fits {
        problems.push(rules::RETURN_URL.at(path));
    }
}

/// Checks texts that come back, with their maximum number.
pub(crate) fn check_data(
    problems: &mut Problems,
    path: &'static str,
    data: &[Personal],
    room: usize,
) {
    if data.len() > room {
        let problem = rules::TOO_MANY_DATA.at(path);
        problems.push(problem.limit(room).actual(data.len()));
    }
    for text in data {
        check(problems, path, text.as_str(), 250, false);
    }
}

/// Checks a mobile number, if it is given.
pub(crate) fn check_phone(problems: &mut Problems, path: &'static str, phone: Option<&Personal>) {
    if let Some(phone) = phone {
        typed::check_mobile(problems, path, phone);
    }
}

/// Checks a number of installments.
pub(crate) fn check_installments(problems: &mut Problems, installments: u8) {
    if !(1..=12).contains(&installments) {
        let problem = rules::INSTALLMENTS.at("installments");
        problems.push(problem.actual(installments));
    }
}

/// Builds the elements of five texts that come back.
pub(crate) fn wire_data(data: &[Personal]) -> Body {
    Body::new()
        .text("Data1", data.first())
        .text("Data2", data.get(1))
        .text("Data3", data.get(2))
        .text("Data4", data.get(3))
        .text("Data5", data.get(4))
}
