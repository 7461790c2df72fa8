//! The writes of a trial. The request of each follows from its number, so that the ledger keeps none.

use chrono::NaiveDate;
use horoz_shipping::{CreateSupplierPaysOrder, OrderDays, OrderLine, Party, SupplierCode};
use kervan_ledger::{Account, Plan};
use kervan_sandbox::horoz::Horoz;
use kervan_sandbox::param::{OrderState, Param};
use kervan_sandbox::{Kurus, Sandbox, horoz, param};
use param_marketplace::{AddOrderDetail, PaymentId, SetOrderStatus, SubMerchantId};

use crate::Failure;

const SELLER: &str = "7f2b9c1e-0000-4000-8000-0000000000a1";
/// Personal data of the requests.
pub(crate) const PERSONAL: [&str; 3] = ["Ayşe Örnek", "Çiçekli Sk", "05550000001"];
const SUPPLIER: u32 = 801_452;

/// A kind of write: one of each class that can be settled and sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Adds a seller's share of a payment: a delta.
    Share,
    /// Approves a share: a state.
    Approval,
    /// Orders a parcel: keyed.
    Parcel,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Share, Self::Approval, Self::Parcel];

    pub(crate) fn of(number: usize) -> Self {
        Self::ALL[number % Self::ALL.len()]
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Approval => "approval",
            Self::Parcel => "parcel",
        }
    }
}

impl Kind {
    /// Returns the provider's name of the write itself.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Share => "Pazaryeri_TP_Siparis_Detay_Ekle",
            Self::Approval => "Pazaryeri_TP_Siparis_Onay",
            Self::Parcel => "createPaysSupplierShipping",
        }
    }
}

/// Returns whether a call is a write, and not a question.
pub(crate) fn is_write(operation: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.operation() == operation)
}

/// Returns the plan of a write. Its own key is its number.
pub(crate) fn plan(number: usize) -> Plan {
    let kind = Kind::of(number);
    let provider = match kind {
        Kind::Parcel => "horoz",
        Kind::Share | Kind::Approval => "param",
    };
    let account = Account {
        provider: provider.to_owned(),
        merchant: "trial".to_owned(),
    };
    let key = account.key(kind.name(), number.to_string());
    Plan::new(key, format!("object {number}"))
}

/// Returns the provider's number of a payment. No trial has so many writes that it would not fit.
fn payment(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX - 1) + 1
}

fn entry(number: usize) -> String {
    format!("9e000000-0000-4000-8000-{number:012}")
}

fn parcel(number: usize) -> String {
    format!("KV-{number:06}")
}

/// A small share, so that a second one would not be refused.
pub(crate) fn share(number: usize) -> Result<AddOrderDetail, Failure> {
    let payment = PaymentId::new(payment(number).into());
    let detail = AddOrderDetail::new(payment, SubMerchantId::from(SELLER));
    Ok(detail
        .product_amount("10.00".parse()?)
        .payable("8.00".parse()?))
}

pub(crate) fn approval(number: usize) -> SetOrderStatus {
    SetOrderStatus::approve(entry(number).into())
}

pub(crate) fn order(number: usize) -> Result<CreateSupplierPaysOrder, Failure> {
    let day = |text: &str| text.parse::<NaiveDate>();
    let days = OrderDays::requested_on(day("2026-11-24")?).delivery(day("2026-11-27")?);
    let supplier = SupplierCode::new(SUPPLIER.into()).ok_or("a supplier code")?;
    let recipient = Party::new(PERSONAL[0])
        .city("İzmir")
        .county("Karşıyaka")
        .address("Deneme Mah. Çiçekli Sk. No: 1")
        .phone(PERSONAL[2]);
    let line = OrderLine::new("YT-160", 2, "320.5".parse()?)
        .name("Çift kişilik yatak")
        .category("Yatak");
    Ok(CreateSupplierPaysOrder::delivery(parcel(number), supplier, recipient, days).line(line))
}

/// Lets be there what a write needs.
pub(crate) fn seed(sandbox: &Sandbox, number: usize) -> Result<(), String> {
    let payment = payment(number).into();
    let amount = Kurus(10_000);
    match Kind::of(number) {
        Kind::Parcel => Ok(()),
        Kind::Share => sandbox.step::<Param>(&param::Step::SeedPayment {
            id: payment,
            order: format!("S-{number}"),
            amount,
            at: None,
        }),
        Kind::Approval => {
            sandbox.step::<Param>(&param::Step::SeedPayment {
                id: payment,
                order: format!("S-{number}"),
                amount,
                at: None,
            })?;
            sandbox.step::<Param>(&param::Step::SeedEntry {
                key: entry(number),
                payment,
                seller: SELLER.to_owned(),
                product: Kurus(9_000),
                payable: Kurus(8_000),
                at: None,
            })
        }
    }
}

/// Lets be there what all writes need.
pub(crate) fn prepare(sandbox: &Sandbox) -> Result<(), String> {
    sandbox.step::<Horoz>(&horoz::Step::AddAccount {
        code: SUPPLIER.into(),
    })?;
    sandbox.step::<Param>(&param::Step::SeedSeller {
        key: SELLER.to_owned(),
        values: std::collections::BTreeMap::new(),
        at: None,
    })
}

/// Returns how often a write has happened, as the provider knows it.
pub(crate) fn effects(sandbox: &Sandbox, number: usize) -> usize {
    match Kind::of(number) {
        Kind::Share => sandbox.ask(|param: &Param| param.orders_of(payment(number).into()).len()),
        Kind::Approval => sandbox.ask(|param: &Param| {
            let approved = param.order(&entry(number));
            usize::from(approved.is_some_and(|order| order.shown_state() == OrderState::Approved))
        }),
        Kind::Parcel => sandbox.ask(|horoz: &Horoz| {
            let parcel = parcel(number);
            horoz
                .orders()
                .filter(|order| order.number == parcel)
                .count()
        }),
    }
}
