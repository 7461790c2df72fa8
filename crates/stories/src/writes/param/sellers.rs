//! Sellers: adding and removing.

use kervan_core::{Caller, Config, MovableHost};
use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use param_marketplace::{
    AddSubMerchant, Individual, PayoutAccount, RemoveSubMerchant, SellerPlace, Settings,
};

use super::{any_case, by_another, client, yesterday};
use crate::{Network, Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Add>(), Write::of::<Remove>()]
}

/// `Pazaryeri_TP_AltUyeIsyeri_Ekleme`.
struct Add {
    add: AddSubMerchant,
    of_another: AddSubMerchant,
}

#[expect(clippy::expect_used, reason = "the values are valid ones")]
fn seller(number: &str) -> AddSubMerchant {
    let born = chrono::NaiveDate::from_ymd_opt(1990, 5, 1).expect("a day");
    let person = param_marketplace::Person::new(number, born);
    let account = PayoutAccount::new("TR330006100519786457841326", "Deneme");
    let seller = Individual::new("Deneme Satıcı", person);
    AddSubMerchant::new(seller, "5550000001", account, SellerPlace::new(1, 1104))
        .address("Örnek Mahallesi 1")
}

impl Subject for Add {
    const NAME: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Ekleme";
    const OTHERS: &'static [&'static str] = &["adds the same seller", "adds another seller"];
    type World = Param;
    type Write = AddSubMerchant;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Param) {
        let (add, of_another) = (seller("10000000146"), seller("19191919190"));
        (Self { add, of_another }, Param::default())
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> AddSubMerchant {
        self.add.clone()
    }

    fn other(
        &self,
        which: usize,
        world: &mut Param,
        now: Moment,
        chance: &mut Chance,
    ) -> Vec<Effect> {
        let add = [&self.add, &self.of_another][which.min(1)];
        by_another(add, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::SellerAdded { .. })
    }

    fn is_wanted(&self, world: &Param) -> bool {
        !world.sellers().is_empty()
    }
}

/// `Pazaryeri_TP_AltUyeIsyeri_Silme`.
struct Remove {
    key: String,
    remove: RemoveSubMerchant,
}

impl Subject for Remove {
    const NAME: &'static str = "param Pazaryeri_TP_AltUyeIsyeri_Silme";
    const OTHERS: &'static [&'static str] = &["removes the seller"];
    type World = Param;
    type Write = RemoveSubMerchant;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        let key = chance.guid();
        for key in [key.clone(), chance.guid()] {
            let values = [
                ("Tip", "1"),
                ("Ad_Soyad", "Deneme"),
                ("TC_VN", "10000000146"),
            ];
            world.seed_seller(&key, &values, yesterday(now));
        }
        let remove = RemoveSubMerchant::new(any_case(&key, chance).into());
        (Self { key, remove }, world)
    }

    fn caller(
        &self,
        network: Network<Param>,
        host: MovableHost,
        config: Config,
    ) -> Caller<Settings> {
        client(network, host, config)
    }

    fn write(&self) -> RemoveSubMerchant {
        self.remove.clone()
    }

    fn other(&self, _: usize, world: &mut Param, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        by_another(&self.remove, world, now, chance)
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::SellerRemoved { key } if key.eq_ignore_ascii_case(&self.key))
    }

    fn is_wanted(&self, world: &Param) -> bool {
        let mut sellers = world.sellers().iter();
        sellers.any(|seller| seller.key == self.key && seller.removed.is_some())
    }
}
