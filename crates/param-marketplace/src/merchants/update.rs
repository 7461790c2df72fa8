//! Changes a seller. Wire: `Pazaryeri_TP_AltUyeIsyeri_Guncelleme` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};

use super::answer;
use super::list::{ListSubMerchants, SubMerchant, SubMerchants};
use super::values::{PayoutAccount, SellerPlace};
use crate::endpoint::Endpoint;
use crate::ids::{SubMerchantId, folded};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::typed;
use crate::wire::{ANY, Checks as _};

/// Changes a seller. Provider's page: Alt Üye İşyeri Güncelleme.
///
/// **Send the full current data**: every element is sent, empty when not set, and the provider does not
/// document whether an empty element keeps the old value or clears it. Kind, identity number and birth date
/// cannot be changed.
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), [`settle`](kervan_settling::Settler::settle)
/// reads the list of sellers. A row with all the values that were sent shows that the seller has them. The
/// list cannot prove that the change did not happen, and it does not show e-mail address, account owner and
/// attached account. If the outcome stays unknown, send the same full data again: that sets the same
/// values, unless the seller was changed in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateSubMerchant {
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub id: SubMerchantId,
    /// The tax office, which every change requires. Wire: `Vergi_Daire`.
    pub tax_office: Personal,
    /// The full name; of a company, its own. Wire: `Ad_Soyad`, 150.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal>,
    /// The title. Wire: `Unvan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Personal>,
    /// Mobile number as people type it: `0555 111 22 33`, `+90 555 111 22 33`. It is sent as ten digits, the
    /// first a 5. Wire: `GSM_No`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<Personal>,
    /// The account that the seller's share is paid to. Wire: `IBAN_No`, `IBAN_Unvan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<PayoutAccount>,
    /// The province and district of the seller. Wire: `Il`, `Ilce`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<SellerPlace>,
    /// The street and house. Wire: `Adres`, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal>,
    /// Wire: `EPosta`, 150.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal>,
    /// Wire: `Website`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Personal>,
    /// The code of the goods. Wire: `MCC_Kod`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The account that this one is attached to. Wire: `Bagli_Olunan_Hesap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached_account: Option<Personal>,
}

impl UpdateSubMerchant {
    /// Creates a change of a seller.
    pub fn new(id: SubMerchantId, tax_office: impl Into<Personal>) -> Self {
        Self {
            id,
            tax_office: tax_office.into(),
            name: None,
            title: None,
            mobile: None,
            account: None,
            place: None,
            address: None,
            email: None,
            website: None,
            category: None,
            attached_account: None,
        }
    }

    /// Returns whether the list can show every value that is sent.
    fn is_listed_whole(&self) -> bool {
        let none = |value: &Option<Personal>| value.as_ref().is_none_or(Personal::is_blank);
        none(&self.email) && none(&self.attached_account) && self.account.is_none()
    }

    /// Returns whether a row has the values that are both sent and listed.
    fn is_shown_by(&self, row: &SubMerchant) -> bool {
        fn shows(given: Option<&str>, row: Option<&str>) -> bool {
            let given = given.map(sent).unwrap_or_default();
            given.is_empty() || row.map(sent) == Some(given)
        }
        fn same(given: Option<&Personal>, row: Option<&Personal>) -> bool {
            shows(given.map(Personal::as_str), row.map(Personal::as_str))
        }
        /// Compares values in the form in which they are sent, however they were typed.
        fn same_as(
            form: fn(&Personal) -> String,
            given: Option<&Personal>,
            row: Option<&Personal>,
        ) -> bool {
            shows(given.map(form).as_deref(), row.map(form).as_deref())
        }
        let code = |given: Option<u16>, row: &Option<Personal>| {
            let row = row
                .as_ref()
                .and_then(|row| row.as_str().trim().parse().ok());
            given.is_none() || row == given
        };
        let iban = self.account.as_ref().map(|it| &it.iban);
        same(Some(&self.tax_office), row.tax_office.as_ref())
            && same(self.name.as_ref(), row.name.as_ref())
            && same(self.title.as_ref(), row.title.as_ref())
            && same_as(typed::mobile, self.mobile.as_ref(), row.mobile.as_ref())
            && same(self.address.as_ref(), row.address.as_ref())
            && same(self.website.as_ref(), row.website.as_ref())
            && shows(self.category.as_deref(), row.category.as_deref())
            && same_as(typed::iban, iban, row.iban.as_ref())
            && code(self.place.map(|it| it.province.into()), &row.province)
            && code(self.place.map(|it| it.district), &row.district)
    }

    /// Searches a list. An equal row shows that the seller has the values that were sent, whoever set them.
    /// Nothing proves that the change did not happen.
    pub(super) fn found_in(&self, list: &SubMerchants) -> Found<SubMerchantUpdated, Rejection> {
        match list.only(&self.id) {
            Some(row) if self.is_listed_whole() && self.is_shown_by(row) => Found::Wanted,
            _ => Found::Unclear,
        }
    }
}

kervan_core::setters! { UpdateSubMerchant {
    /// Sets the name.
    name: into Option<Personal>,
    /// Sets the title.
    title: into Option<Personal>,
    /// Sets the mobile number.
    mobile: into Option<Personal>,
    /// Sets account and owner.
    account: Option<PayoutAccount>,
    /// Sets province and district.
    place: Option<SellerPlace>,
    /// Sets street and house.
    address: into Option<Personal>,
    /// Sets the e-mail address.
    email: into Option<Personal>,
    /// Sets the website.
    website: into Option<Personal>,
    /// Sets the code of the goods.
    category: into Option<String>,
    /// Sets the account that this one is attached to.
    attached_account: into Option<Personal>,
}}

/// The seller was changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubMerchantUpdated {}

impl Operation for UpdateSubMerchant {
    type Service = Settings;
    type Output = SubMerchantUpdated;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme",
        "Pazaryeri_TP_AltUyeIsyeri_GuncellemeResult",
    );
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("id", &self.id, 36);
        problems.required("tax_office", &self.tax_office, ANY);
        if let Some(mobile) = &self.mobile {
            typed::check_mobile(problems, "mobile", mobile);
        }
        if let Some(account) = &self.account {
            account.check(problems);
        }
        if let Some(place) = self.place {
            place.check(problems);
        }
        problems.optional("name", &self.name, 150);
        problems.optional("title", &self.title, ANY);
        problems.optional("address", &self.address, 200);
        problems.optional("email", &self.email, 150);
        problems.optional("website", &self.website, ANY);
        problems.optional("attached_account", &self.attached_account, ANY);
        problems.optional("category", &self.category, ANY);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_change(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchantUpdated> {
        answer::without_key(reading)
    }
}

impl Settle for UpdateSubMerchant {
    type ReadBack = ListSubMerchants;

    /// Returns the seller's key.
    fn key(&self) -> String {
        folded(self.id.as_str())
    }

    fn read_back(&self) -> Option<ListSubMerchants> {
        Some(ListSubMerchants::all())
    }

    fn found(
        &self,
        now: Answer<SubMerchants>,
        _baseline: Option<&Baseline>,
    ) -> Found<SubMerchantUpdated, Rejection> {
        self.found_in(&now)
    }
}

/// Builds the elements of both forms of the call.
pub(super) fn wire_change(request: &UpdateSubMerchant) -> Body {
    let (account, place) = (request.account.as_ref(), request.place);
    Body::with_login()
        .text("GUID_AltUyeIsyeri", &request.id)
        .text("Ad_Soyad", &request.name)
        .text("Unvan", &request.title)
        .text("GSM_No", request.mobile.as_ref().map(typed::mobile))
        .text("IBAN_No", account.map(|it| typed::iban(&it.iban)))
        .text("IBAN_Unvan", account.map(|it| &it.owner))
        .text("Adres", &request.address)
        .text("Il", place.map(|it| it.province))
        .text("Ilce", place.map(|it| it.district))
        .text("EPosta", &request.email)
        .text("Website", &request.website)
        .text("MCC_Kod", &request.category)
        .text("Vergi_Daire", &request.tax_office)
        .text("Bagli_Olunan_Hesap", &request.attached_account)
}
