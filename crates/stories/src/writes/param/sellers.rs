//! Sellers: adding, changing and removing.

use std::marker::PhantomData;

use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settle;
use param_marketplace::{
    AddSubMerchant, AddSubMerchantV2, ExternalIds, Individual, PayoutAccount, RemoveSubMerchant,
    SellerPlace, Settings, UpdateSubMerchant, UpdateSubMerchantV2,
};

use super::{any_case, same_key, yesterday};
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Add<AddSubMerchant>>(),
        Write::of::<Add<AddSubMerchantV2>>(),
        Write::of::<Update<UpdateSubMerchant>>(),
        Write::of::<Update<UpdateSubMerchantV2>>(),
        Write::of::<Remove>(),
    ]
}

/// A call in its plain form, or in the one with the seller's numbers elsewhere.
trait Form<P>: Settle<Service = Settings> + 'static {
    const STORY: &'static str;

    fn of(plain: P, external: ExternalIds) -> Self;
}

impl Form<AddSubMerchant> for AddSubMerchant {
    const STORY: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Ekleme";

    fn of(plain: Self, _: ExternalIds) -> Self {
        plain
    }
}

impl Form<AddSubMerchant> for AddSubMerchantV2 {
    const STORY: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2";

    fn of(plain: AddSubMerchant, external: ExternalIds) -> Self {
        Self::new(plain, external)
    }
}

impl Form<UpdateSubMerchant> for UpdateSubMerchant {
    const STORY: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Guncelleme";

    fn of(plain: Self, _: ExternalIds) -> Self {
        plain
    }
}

impl Form<UpdateSubMerchant> for UpdateSubMerchantV2 {
    const STORY: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2";

    fn of(plain: UpdateSubMerchant, external: ExternalIds) -> Self {
        Self::new(plain, external)
    }
}

/// Returns an account that every seller may have.
fn account() -> PayoutAccount {
    PayoutAccount::new("TR330006100519786457841326").owner("Deneme")
}

/// The identity numbers of the seller, of one that another program adds, and of a neighbour.
const NUMBERS: [&str; 3] = ["10000000146", "19191919190", "10000000214"];

/// `Pazaryeri_TP_AltUyeIsyeri_Ekleme` and `_v2`.
struct Add<F>(PhantomData<F>);

#[expect(clippy::expect_used, reason = "the values are valid ones")]
fn seller<F: Form<AddSubMerchant>>(number: &str) -> F {
    let born = chrono::NaiveDate::from_ymd_opt(1990, 5, 1).expect("a day");
    let person = param_marketplace::Person::new(number, born);
    let seller = Individual::new("Deneme Satıcı", person);
    let add = AddSubMerchant::new(
        seller,
        "5550000001",
        account(),
        SellerPlace::in_province(1).district(1104),
    );
    F::of(
        add.address("Örnek Mahallesi 1"),
        ExternalIds::new().sap("S-1"),
    )
}

impl<F: Form<AddSubMerchant>> Subject for Add<F> {
    const NAME: &'static str = F::STORY;
    const OTHERS: &'static [&'static str] = &["adds the same seller", "adds another seller"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = F;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Param) {
        (Self(PhantomData), Param::default())
    }

    fn write(&self) -> F {
        seller(NUMBERS[0])
    }

    fn neighbour(&self) -> Option<F> {
        Some(seller(NUMBERS[2]))
    }

    fn others_write(&self, which: usize) -> Option<F> {
        Some(seller(NUMBERS[which.min(1)]))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::SellerAdded { .. })
    }

    fn is_ours_in(&self, effect: &Effect, world: &Param) -> bool {
        let Effect::SellerAdded { key } = effect else {
            return false;
        };
        let mut own = world.sellers().iter().filter(|one| one.key == *key);
        own.all(|one| one.value("TC_VN") == NUMBERS[0])
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let mut sellers = world.sellers().iter();
        sellers.any(|one| one.value("TC_VN") == NUMBERS[0])
    }
}

/// Returns a world with two sellers, and the key of the first.
fn two_sellers(now: Moment, chance: &mut Chance) -> ([String; 2], Param) {
    let mut world = Param::default();
    let keys = [chance.guid(), chance.guid()];
    for key in &keys {
        let values = [
            ("Tip", "1"),
            ("Ad_Soyad", "Deneme"),
            ("TC_VN", "10000000146"),
        ];
        world.seed_seller(key, &values, yesterday(now));
    }
    (keys, world)
}

/// `Pazaryeri_TP_AltUyeIsyeri_Guncelleme` and `_v2`.
struct Update<F> {
    keys: [String; 2],
    /// The keys as the shop keeps them.
    kept: [String; 2],
    /// Whether the list shows all that is changed.
    is_listed: bool,
    form: PhantomData<F>,
}

const NEW_NAME: &str = "Yeni Satıcı";

impl<F: Form<UpdateSubMerchant>> Update<F> {
    /// Returns the change of one of the sellers. The list shows neither the owner of an account nor numbers
    /// elsewhere.
    fn of(&self, which: usize) -> F {
        let key = self.kept[which.min(1)].as_str();
        let update = UpdateSubMerchant::new(key.into(), "Deneme")
            .name(NEW_NAME)
            .mobile("5550000001")
            .place(SellerPlace::in_province(1).district(1104));
        if self.is_listed {
            F::of(update, ExternalIds::new())
        } else {
            F::of(update.account(account()), ExternalIds::new().sap("S-1"))
        }
    }
}

impl<F: Form<UpdateSubMerchant>> Subject for Update<F> {
    const NAME: &'static str = F::STORY;
    const OTHERS: &'static [&'static str] = &["makes the same change", "changes another seller"];
    /// A row that differs proves nothing: nobody knows how the provider writes what it was sent.
    const SHOWS_ABSENCE: bool = false;
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = F;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let (keys, world) = two_sellers(now, chance);
        let kept = [any_case(&keys[0], chance), any_case(&keys[1], chance)];
        let is_listed = chance.below(3) > 0;
        let form = PhantomData;
        let update = Self {
            keys,
            kept,
            is_listed,
            form,
        };
        (update, world)
    }

    fn write(&self) -> F {
        self.of(0)
    }

    fn neighbour(&self) -> Option<F> {
        Some(self.of(1))
    }

    fn is_decidable(&self, _: &[usize]) -> bool {
        self.is_listed
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::SellerUpdated { key } if same_key(key, &self.keys[0]))
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let mut sellers = world.sellers().iter();
        sellers.any(|seller| seller.key == self.keys[0] && seller.value("Ad_Soyad") == NEW_NAME)
    }
}

/// `Pazaryeri_TP_AltUyeIsyeri_Silme`.
struct Remove {
    key: String,
    other: String,
    write: RemoveSubMerchant,
}

impl Subject for Remove {
    const NAME: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Silme";
    const OTHERS: &'static [&'static str] = &["removes the seller", "removes another seller"];
    const NAMES_OBJECT: bool = true;
    type World = Param;
    type Write = RemoveSubMerchant;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let ([key, other], world) = two_sellers(now, chance);
        let write = RemoveSubMerchant::new(any_case(&key, chance).into());
        (Self { key, other, write }, world)
    }

    fn write(&self) -> RemoveSubMerchant {
        self.write.clone()
    }

    fn neighbour(&self) -> Option<RemoveSubMerchant> {
        Some(RemoveSubMerchant::new(self.other.as_str().into()))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::SellerRemoved { key } if same_key(key, &self.key))
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let mut sellers = world.sellers().iter();
        sellers.any(|seller| seller.key == self.key && seller.removed.is_some())
    }
}
