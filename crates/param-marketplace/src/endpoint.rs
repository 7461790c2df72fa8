//! The address of a call, and the elements of its answer.

use kervan_core::BaseUrl;
use kervan_wire::soap::Call;

use crate::codes::Bank;
use crate::settings::Settings;

/// The namespace of every element of the marketplace and the payment service.
pub(crate) const NAMESPACE: &str = "https://turkpos.com.tr/";
/// The namespace of every element of the service for stored cards.
#[cfg(feature = "payments")]
const CARD_NAMESPACE: &str = "https://turkpara.com.tr/";

/// The service of Param that a call goes to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Site {
    Marketplace,
    Payment,
    #[cfg(feature = "payments")]
    StoredCards,
}

/// The address of an operation and the elements of its answers.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    site: Site,
    /// The operation's wire name.
    pub(crate) operation: &'static str,
    /// The element in the answer that holds the result.
    pub(crate) result: &'static str,
    /// The elements of the result that the service reads itself: its code, and its message.
    pub(crate) status: &'static [&'static str; 2],
    /// The element of its table.
    pub(crate) table: &'static str,
    /// Documented elements of the result that no output has.
    pub(crate) ignored: &'static [&'static str],
    bank: Bank,
}

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        self.operation
    }
}

impl Endpoint {
    /// Creates an operation of the marketplace service.
    pub(crate) const fn marketplace(operation: &'static str, result: &'static str) -> Self {
        Self::of(Site::Marketplace, operation, result)
    }

    /// Creates an operation of the payment service.
    pub(crate) const fn payment(operation: &'static str, result: &'static str) -> Self {
        Self::of(Site::Payment, operation, result)
    }

    /// Creates an operation of the service for stored cards.
    #[cfg(feature = "payments")]
    pub(crate) const fn stored_cards(operation: &'static str, result: &'static str) -> Self {
        Self::of(Site::StoredCards, operation, result)
    }

    const fn of(site: Site, operation: &'static str, result: &'static str) -> Self {
        Self {
            site,
            operation,
            result,
            status: &["Sonuc", "Sonuc_Str"],
            table: "DT_Bilgi",
            ignored: &[],
            bank: Bank::None,
        }
    }

    /// Marks the operation as a call that reaches a bank.
    pub(crate) const fn at_bank(mut self) -> Self {
        self.bank = Bank::Silent;
        self
    }

    /// Sets another name of the table; the service has to know it.
    pub(crate) const fn with_table(mut self, table: &'static str) -> Self {
        self.table = table;
        self
    }

    /// Sets documented elements of the result that no output has.
    pub(crate) const fn ignoring(mut self, ignored: &'static [&'static str]) -> Self {
        self.ignored = ignored;
        self
    }

    pub(crate) fn bank(self) -> Bank {
        self.bank
    }

    /// Sets other names of the result's code and message; [`WireStatus`](crate::wire::WireStatus) has to
    /// know them.
    #[cfg(feature = "payments")]
    pub(crate) const fn with_status(mut self, status: &'static [&'static str; 2]) -> Self {
        self.status = status;
        self
    }

    /// Returns the path of an element of the result.
    pub(crate) fn path(self, element: &str) -> String {
        format!("{}.{element}", self.result)
    }

    pub(crate) fn address(self, settings: &Settings) -> &BaseUrl {
        match self.site {
            Site::Marketplace => &settings.address,
            Site::Payment => &settings.payment_address,
            #[cfg(feature = "payments")]
            Site::StoredCards => &settings.card_address,
        }
    }

    pub(crate) fn call(self) -> Call {
        let namespace = match self.site {
            Site::Marketplace | Site::Payment => NAMESPACE,
            #[cfg(feature = "payments")]
            Site::StoredCards => CARD_NAMESPACE,
        };
        Call::new(namespace, self.operation)
    }
}
