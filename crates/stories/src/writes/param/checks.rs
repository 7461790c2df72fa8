//! The check of a card, which charges nobody.

use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;
use param_marketplace::payments::VerifyCard;

use super::card;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![Write::of::<Verify>()]
}

/// `TP_KK_Verify`.
struct Verify {
    token: String,
}

fn verify(token: &str) -> Blind<VerifyCard> {
    let check = VerifyCard::new(card(), token);
    Blind::new(check.return_url("https://shop.example/checked"))
}

impl Subject for Verify {
    const NAME: &'static str = "param TP_KK_Verify";
    type World = Param;
    type Write = Blind<VerifyCard>;

    fn draw(_: Moment, chance: &mut Chance) -> (Self, Param) {
        let token = format!("token-{:016x}", chance.draw());
        (Self { token }, Param::default())
    }

    fn write(&self) -> Blind<VerifyCard> {
        verify(&self.token)
    }

    fn neighbour(&self) -> Option<Blind<VerifyCard>> {
        Some(verify(&format!("{}-N", self.token)))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::CardCheckStarted { token, .. } if *token == self.token)
    }

    fn is_wanted(&self, _: &Param) -> bool {
        false
    }
}
