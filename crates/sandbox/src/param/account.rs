//! Who may call, and the settings of a world.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::completion::Completion;
use super::json_twin;
use super::refusal::Refusal;
use crate::{Chance, Kurus, Request};

/// The login and the keys of a merchant.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Account {
    /// The terminal number.
    pub code: String,
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
    /// The merchant's key, for payments.
    pub key: String,
    /// The key of the marketplace.
    pub marketplace_key: String,
}

impl Account {
    /// Returns the account that the provider publishes for its test system.
    pub fn published() -> Self {
        let key = "0c13d406-873b-403b-9c09-a5766840d98c";
        Account::new("10738", "Test", "Test", key, key)
    }

    /// Puts an account together: code, user, password, merchant's key, marketplace's key.
    pub fn new(code: &str, user: &str, password: &str, key: &str, marketplace_key: &str) -> Self {
        Account {
            code: code.to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
            key: key.to_owned(),
            marketplace_key: marketplace_key.to_owned(),
        }
    }

    /// Draws an account that no other world has.
    pub(crate) fn drawn(chance: &mut Chance) -> Self {
        let code = (100_000 + chance.below(900_000)).to_string();
        let user = format!("u{:015x}", chance.draw() >> 4);
        let password = format!("p{:010x}", chance.draw() >> 24);
        Account::new(&code, &user, &password, &chance.guid(), &chance.guid())
    }

    /// Returns the name of this account: terminal number and user.
    pub(crate) fn name(&self) -> String {
        name_of(&self.code, &self.user)
    }

    /// Returns the name of the account in a request.
    pub(crate) fn name_in(request: &Request) -> Option<String> {
        let mirrored = json_twin::mirrored(request).filter(|_| json_twin::is_twin(request));
        let request = mirrored.as_ref().unwrap_or(request);
        let call = Call::read(&request.body).ok()?;
        let (code, user, _) = login_of(&call);
        Some(name_of(&call.text(code), &call.text(user)))
    }

    /// Checks the login of a call.
    pub(crate) fn check_login(&self, call: &Call) -> Result<(), Refusal> {
        if call.operation == "SHA2B64" {
            return Ok(());
        }
        let (code, user, password) = login_of(call);
        if call.text(code) != self.code {
            let rule = format!("{code}: no account has this terminal number");
            return Err(Refusal::code(-100, rule));
        }
        // Samples of the provider write the published login in both letter cases.
        let fits = |path: &str, own: &str| call.text(path).eq_ignore_ascii_case(own);
        for (path, own) in [(user, &self.user), (password, &self.password)] {
            if !fits(path, own) {
                return Err(Refusal::code(
                    -101,
                    format!("{path}: not the account's own"),
                ));
            }
        }
        Ok(())
    }

    /// Checks the keys of a call; those that it does not have are not asked for.
    pub(crate) fn check_keys(&self, call: &Call) -> Result<(), Refusal> {
        let key = if is_modal(call) { "d/GUID" } else { "GUID" };
        let wrong = |path: &str, own: &str| {
            let given = call.text(path);
            !given.is_empty() && !same_key(&given, own)
        };
        for (path, own) in [(key, &self.key), ("ETS_GUID", &self.marketplace_key)] {
            if wrong(path, own) {
                return Err(Refusal::code(
                    -101,
                    format!("{path}: not the account's own"),
                ));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Account([redacted])")
    }
}

/// Letter case of the user does not matter.
fn name_of(code: &str, user: &str) -> String {
    format!("account {code} {}", user.to_ascii_lowercase())
}

/// Returns whether the login is in the object of a modal page.
fn is_modal(call: &Call) -> bool {
    call.has("d")
}

/// Returns where a call has its login: terminal number, user, password.
fn login_of(call: &Call) -> (&'static str, &'static str, &'static str) {
    if is_modal(call) {
        ("d/Code", "d/User", "d/Pass")
    } else {
        ("G/CLIENT_CODE", "G/CLIENT_USERNAME", "G/CLIENT_PASSWORD")
    }
}

/// Compares keys as the provider does, without regard to letter case.
pub(crate) fn same_key(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Choices that the documents leave open, or leave to an account. In JSON a choice that is left out has
/// its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own"
)]
pub struct Rules {
    /// The provider's commission in hundredths of a percent.
    pub commission: i64,
    /// The customers' surcharge for 1 to 12 installments, in hundredths of a percent. A negative rate
    /// means that the count is not offered.
    pub customer_rates: [i64; 12],
    /// How much an individual seller may get in all.
    pub individual_limit: Kurus,
    /// Whether an entry shows state 13 after a part of it went back. The documents do not say; by
    /// default the entry keeps its state.
    pub part_changes_state: bool,
    /// Whether the sellers' shares are zero after all of a payment went back. The documents do not
    /// say; by default they stay.
    pub whole_clears_shares: bool,
    /// Whether the status of a captured reservation is that of a captured one (`POST_AUTH`). By default
    /// it stays `PRE_AUTH`, as the test system was seen to answer.
    pub captures_show: bool,
    /// Whether an order entry may name the receipt of a payment in place of its number. Not known;
    /// by default it may not.
    pub entry_by_receipt: bool,
    /// Whether the new payable amount of a partial refund is limited by the amount that goes back, as
    /// the document says literally, and not only by the rest of the product amount, as the text of the
    /// refusal suggests. By default it is not.
    pub payable_within_refund: bool,
    /// Whether the answers of `Pos_Odeme` and `TP_Islem_Odeme_WD` with 3-D have the order number. By
    /// default they do not, as answers that were captured.
    pub starts_show_order: bool,
    /// Whether the rows of `TP_Mutabakat_Detay` have the names of 2023, `Temp` and `TAKSIT_SIRA`. By
    /// default they have those of 2025.
    pub old_reconciliation: bool,
    /// How long a page waits for its customer, in milliseconds. By default it does not end by itself.
    pub page_life: Option<i64>,
    /// How a page comes to its end. Default: by hand.
    pub completion: Completion,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            commission: 175,
            customer_rates: [0; 12],
            individual_limit: Kurus(500_000),
            part_changes_state: false,
            whole_clears_shares: false,
            captures_show: false,
            entry_by_receipt: false,
            payable_within_refund: false,
            starts_show_order: false,
            old_reconciliation: false,
            page_life: None,
            completion: Completion::ByHand,
        }
    }
}
