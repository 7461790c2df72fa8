//! Links that carry a shipper's credentials and must not reach customers.

use kervan_core::{Problems, Secret};

use super::encoding;
use super::hosts::TRACKING;
use super::shareable::ShareableLink;
use crate::ids::{AccountId, CustomerReference, TrackingNumber};

/// A link by the shipper's own reference, with the shipper's credentials in it.
///
/// **Do not give it to customers.** Anybody who has it can read every parcel of the shipper by changing
/// the reference at its end; the provider says so and disclaims liability. Give them a
/// [`ShareableLink`], as soon as there is a tracking number; fetch an account link on the server.
///
/// So it neither displays nor serialises itself, its `Debug` redacts the credentials, and the
/// address comes from [`expose_url`](Self::expose_url) only:
///
/// ```
/// use aras_tracking::{AccountId, AccountLink, CustomerReference, Secret};
/// let link = AccountLink::new(
///     AccountId::new("CBAD417894B73048BBC058C09771CDB8")?,
///     CustomerReference::new("A&B 61")?,
/// )
/// .password(Secret::new("nd1234"));
/// assert_eq!(
///     link.expose_url(),
///     "https://kargotakip.araskargo.com.tr/mainpage.aspx\
///      ?accountid=CBAD417894B73048BBC058C09771CDB8&sifre=nd1234&alici_kod=A%26B%2061"
/// );
/// assert!(!format!("{link:?}").contains("nd1234"));
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
///
/// ```compile_fail
/// fn displays<T: std::fmt::Display>() {}
/// displays::<aras_tracking::AccountLink>();
/// ```
///
/// ```compile_fail
/// fn serialises<T: serde::Serialize>() {}
/// serialises::<aras_tracking::AccountLink>();
/// ```
///
/// ```compile_fail
/// fn turns_into_a_shareable_link<T: Into<aras_tracking::ShareableLink>>() {}
/// turns_into_a_shareable_link::<aras_tracking::AccountLink>();
/// ```
///
/// Source: Aras tracking link guide of 2014-05-15, page 1 and 2, form 2. The guide always has a
/// password; links without one (`sifre` left out) are known from public code, where they are said
/// to be what the provider hands out now.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AccountLink {
    account_id: AccountId,
    password: Option<Secret>,
    customer_reference: CustomerReference,
}

impl AccountLink {
    /// Creates a link without a password.
    pub fn new(account_id: AccountId, customer_reference: CustomerReference) -> Self {
        Self {
            account_id,
            password: None,
            customer_reference,
        }
    }

    /// Sets the link password (`sifre`). An empty one counts as absent.
    #[must_use]
    pub fn password(mut self, password: Secret) -> Self {
        self.password = Some(password).filter(|password| !password.expose().is_empty());
        self
    }

    /// Returns the link of another parcel of the same account. Account id and password never change.
    #[must_use]
    pub fn for_reference(&self, customer_reference: CustomerReference) -> Self {
        Self {
            customer_reference,
            ..self.clone()
        }
    }

    /// Returns the account id.
    pub fn account_id(&self) -> &AccountId {
        &self.account_id
    }

    /// Returns the link password, if the link has one.
    pub fn link_password(&self) -> Option<&Secret> {
        self.password.as_ref()
    }

    /// Returns the shipper's own reference of the parcel.
    pub fn customer_reference(&self) -> &CustomerReference {
        &self.customer_reference
    }

    /// Returns the address, **with the credentials in it**. It belongs into a request of the shipper's own
    /// server, not into a page, an e-mail or a log.
    ///
    /// Values are percent-encoded as UTF-8; a blank becomes `%20` and a plus `%2B`.
    pub fn expose_url(&self) -> String {
        let mut url = format!("https://{TRACKING}/mainpage.aspx?accountid=");
        url.extend(encoding::encode(self.account_id.expose()));
        if let Some(password) = &self.password {
            url.push_str("&sifre=");
            url.extend(encoding::encode(password.expose()));
        }
        url.push_str("&alici_kod=");
        url.extend(encoding::encode(self.customer_reference.as_str()));
        // Where the link is in a sentence, a bare one would be taken for its end.
        if url.ends_with('.') {
            url.truncate(url.len() - 1);
            url.push_str("%2E");
        }
        url
    }

    /// Returns the link for the customer, once the parcel has a tracking number.
    ///
    /// Nothing of the account goes into it. The caller has to know that the number belongs to the parcel of
    /// this link's reference.
    pub fn shareable(&self, number: TrackingNumber) -> ShareableLink {
        ShareableLink::by_tracking_number(number)
    }

    /// Returns everything that is unusual about account id and reference. The texts hold lengths only.
    pub fn warnings(&self) -> Problems {
        let mut problems = self.account_id.warnings();
        problems.extend(self.customer_reference.warnings());
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> AccountLink {
        AccountLink::new(
            AccountId::new("A1").unwrap(),
            CustomerReference::new("50% & ş+x").unwrap(),
        )
    }

    #[test]
    fn builds_both_forms_in_the_documented_order() {
        let start = "https://kargotakip.araskargo.com.tr/mainpage.aspx?accountid=A1";
        let end = "&alici_kod=50%25%20%26%20%C5%9F%2Bx";
        assert_eq!(link().expose_url(), format!("{start}{end}"));
        assert_eq!(
            link().password("n&=".into()).expose_url(),
            format!("{start}&sifre=n%26%3D{end}")
        );
        assert_eq!(
            link().password("".into()).expose_url(),
            format!("{start}{end}")
        );
    }

    #[test]
    fn t11_a_reference_keeps_its_full_stop() {
        for reference in ["A.Ş.", "1...", "KV-1!"] {
            let link = link().for_reference(CustomerReference::new(reference).unwrap());
            let read = link.expose_url().parse::<crate::Link>().unwrap();
            let crate::Link::Account(read) = read else {
                unreachable!()
            };
            assert_eq!(read.customer_reference().as_str(), reference);
        }
    }

    #[test]
    fn serves_one_account_many_parcels() {
        let other = link()
            .password("p".into())
            .for_reference(CustomerReference::new("2").unwrap());
        assert!(
            other
                .expose_url()
                .ends_with("?accountid=A1&sifre=p&alici_kod=2")
        );
    }

    #[test]
    fn shares_a_tracking_number_only() {
        let shared = link().shareable(TrackingNumber::new("3513773163316").unwrap());
        assert!(!shared.to_string().contains("A1"));
    }
}
