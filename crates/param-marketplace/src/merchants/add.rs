//! Adds a seller. Wire: `Pazaryeri_TP_AltUyeIsyeri_Ekleme` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::time::istanbul_day_at;
use serde::{Deserialize, Serialize};

use super::answer::{self, SubMerchantAdded};
use super::kinds::NewSubMerchant;
use super::list::{ListSubMerchants, SubMerchant, SubMerchants};
use super::values::{PayoutAccount, SellerPlace};
use crate::endpoint::Endpoint;
use crate::ids::{digest, folded};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::typed;
use crate::wire::{ANY, Checks as _};

/// Adds a seller to the marketplace. Provider's page: Alt Üye İşyeri.
///
/// A seller is defined once. The effect of a second call with the same number is not documented.
///
/// The call has no idempotency key. Use [`prepare`](kervan_settling::Settler::prepare),
/// [`send`](kervan_settling::Settler::send) and [`settle`](kervan_settling::Settler::settle), which survive
/// a lost answer.
///
/// # Errors
///
/// [`Error::Invalid`](crate::Error::Invalid) for numbers that cannot be right; [`Error::Rejected`](crate::Error::Rejected) when the service
/// refuses; [`Error::Decode`](crate::Error::Decode) when it reports success without the seller's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddSubMerchant {
    /// The seller, by its kind. Wire: `Tip`, `Ad_Soyad`, `Unvan`, `TC_VN` and the other elements of the
    /// kind.
    pub seller: NewSubMerchant,
    /// Mobile number as people type it: `0555 111 22 33`, `+90 555 111 22 33`. It is sent as ten digits, the
    /// first a 5. Wire: `GSM_No`.
    pub mobile: Personal,
    /// The account that the seller's share is paid to. Wire: `IBAN_No`, `IBAN_Unvan`.
    pub account: PayoutAccount,
    /// The province and district of the seller. Wire: `Il`, `Ilce`.
    pub place: SellerPlace,
    /// The street and house. The provider's sample requires it, the pages do not. Wire: `Adres`, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Personal>,
    /// Wire: `EPosta`, 150.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal>,
    /// Wire: `Website`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<Personal>,
    /// The code of the goods, for example 5815. The list of codes is not documented. Wire: `MCC_Kod`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The account that this one is attached to. No rule is published. Wire: `Bagli_Olunan_Hesap`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached_account: Option<Personal>,
}

impl AddSubMerchant {
    /// Creates a request with the values that every kind needs.
    pub fn new(
        seller: impl Into<NewSubMerchant>,
        mobile: impl Into<Personal>,
        account: PayoutAccount,
        place: SellerPlace,
    ) -> Self {
        Self {
            seller: seller.into(),
            mobile: mobile.into(),
            account,
            place,
            address: None,
            email: None,
            website: None,
            category: None,
            attached_account: None,
        }
    }

    /// Returns whether a listed seller is this one: number and account are the same. `None` when the row
    /// lacks them.
    fn is(&self, row: &SubMerchant) -> Option<bool> {
        let listed = row.number.as_ref().map(|number| number.as_str().trim())?;
        if listed.is_empty() || !listed.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A column of numbers would lose a zero in front.
        let bare = |text: &str| text.trim_start_matches('0').to_owned();
        if bare(listed) != bare(&self.seller.number()) {
            return Some(false);
        }
        let account = row.iban.as_ref().map(typed::iban)?;
        (account == typed::iban(&self.account.iban)).then_some(true)
    }

    /// Returns the baseline of a list before the write.
    fn baseline_of(&self, list: &SubMerchants) -> Baseline {
        let possible = || {
            list.sellers
                .iter()
                .filter(|row| self.is(row) != Some(false))
        };
        let is_whole = list.is_complete() && possible().all(|row| row.usable_id().is_some());
        let keys = possible().filter_map(SubMerchant::usable_id);
        let keys = keys.map(|id| folded(id.as_str()));
        Baseline::new(keys.chain((!is_whole).then(|| PARTIAL.to_owned())))
    }

    /// Searches a list: one more row of this number and account proves that the seller was added. An
    /// incomplete list proves nothing.
    fn found_in(
        &self,
        list: &Answer<SubMerchants>,
        before: &Baseline,
    ) -> Found<SubMerchantAdded, Rejection> {
        let is_old = |row: &SubMerchant| {
            let id = row.usable_id();
            id.is_some_and(|id| before.has(&folded(id.as_str())))
        };
        let rows = list.sellers.iter().filter(|row| !is_old(row));
        let new: Vec<_> = rows
            .map(|row| (row, self.is(row)))
            .filter(|(_, is)| *is != Some(false))
            .collect();
        if before.has(PARTIAL) || list.is_of_another_marketplace() {
            return Found::Unclear;
        }
        match new.as_slice() {
            [] if list.is_complete() => Found::Absent,
            [(row, Some(true))] => row.usable_id().map_or(Found::Unclear, |id| {
                let added = SubMerchantAdded { id: id.clone() };
                Found::Ours(Some(Answer::new(added, list.drift.clone())))
            }),
            _ => Found::Unclear,
        }
    }
}

kervan_core::setters! { AddSubMerchant {
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

/// The fact that the list before the write was not complete.
const PARTIAL: &str = "partial list";

impl Operation for AddSubMerchant {
    type Service = Settings;
    type Output = SubMerchantAdded;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme",
        "Pazaryeri_TP_AltUyeIsyeri_EklemeResult",
    );
    const CLASS: Class = Class::Delta;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.seller.check(problems, istanbul_day_at(context.now()));
        typed::check_mobile(problems, "mobile", &self.mobile);
        self.account.check(problems);
        self.place.check(problems);
        problems.optional("address", &self.address, 200);
        problems.optional("email", &self.email, 150);
        problems.optional("website", &self.website, ANY);
        problems.optional("attached_account", &self.attached_account, ANY);
        problems.optional("category", &self.category, ANY);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_seller(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchantAdded> {
        answer::with_key(reading)
    }
}

impl Settle for AddSubMerchant {
    type ReadBack = ListSubMerchants;

    /// Returns a digest of the seller's number and account.
    fn key(&self) -> String {
        let iban = typed::iban(&self.account.iban);
        digest(&["seller", &self.seller.number(), &iban])
    }

    fn read_back(&self) -> Option<ListSubMerchants> {
        Some(ListSubMerchants::all())
    }

    /// Returns the keys of the sellers that have this number already.
    fn baseline(&self, before: &Answer<SubMerchants>) -> Option<Baseline> {
        Some(self.baseline_of(before))
    }

    fn found(
        &self,
        now: Answer<SubMerchants>,
        baseline: Option<&Baseline>,
    ) -> Found<SubMerchantAdded, Rejection> {
        baseline.map_or(Found::Unclear, |before| self.found_in(&now, before))
    }
}

/// Builds the elements of both forms of the call.
pub(super) fn wire_seller(request: &AddSubMerchant) -> Body {
    let seller = &request.seller;
    let (person, authorised) = (seller.person(), seller.authorised());
    Body::with_login()
        .marketplace()
        .text("Tip", seller.wire())
        .text("Ad_Soyad", seller.name())
        .text("Unvan", seller.title())
        .text("TC_VN", seller.number())
        .text("Kisi_DogumTarihi", person.map(|it| it.birth_date.sent()))
        .text("GSM_No", typed::mobile(&request.mobile))
        .text("IBAN_No", typed::iban(&request.account.iban))
        .text("IBAN_Unvan", &request.account.owner)
        .text("Adres", &request.address)
        .text("Il", request.place.province)
        .text("Ilce", request.place.district)
        .text("EPosta", &request.email)
        .text("Website", &request.website)
        .text("MCC_Kod", &request.category)
        .text(
            "Yetkili_Kisi_TC",
            authorised.map(|it| typed::identity_number(&it.identity_number)),
        )
        .text(
            "Yetkili_Kisi_DogumTarihi",
            authorised.map(|it| it.birth_date.sent()),
        )
        .text("Vergi_Daire", seller.tax_office())
        .text("Bagli_Olunan_Hesap", &request.attached_account)
}
