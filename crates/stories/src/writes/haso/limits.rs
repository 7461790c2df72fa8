//! Limits with a page or a PIN, and the customer's mobile number.

use haso_bnpl::{
    ChangePhone, ConfirmPin, LimitLinkForm, ResultUrls, Shopper, StartLimit, StartLimitByPin,
};
use kervan_sandbox::haso::{Effect, Haso};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Blind;

use super::{CUSTOMERS, IDENTITIES, PHONES, world};
use crate::another::by_another;
use crate::{Subject, Write};

pub(super) fn writes() -> Vec<Write> {
    vec![
        Write::of::<Link>(),
        Write::of::<Start>(),
        Write::of::<Confirm>(),
        Write::of::<Phone>(),
    ]
}

/// Returns one of the two customers, as a form describes it.
pub(super) fn shopper(which: usize) -> Shopper {
    Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile(PHONES[which])
        .email("deneme@example.com")
        .identity_number(IDENTITIES[which])
}

/// Returns a world whose customers have no limit yet.
fn world_without_limits() -> Haso {
    let mut world = world();
    for id in CUSTOMERS {
        if let Some(mut customer) = world.customer(id).cloned() {
            customer.limit = None;
            world.add_customer(customer);
        }
    }
    world
}

/// `GetLimit-json`: a start.
struct Link {
    forms: [LimitLinkForm; 2],
}

impl Subject for Link {
    const NAME: &'static str = "haso GetLimit-json";
    const OTHERS: &'static [&'static str] = &["posts the same form", "posts another form"];
    type World = Haso;
    type Write = Blind<LimitLinkForm>;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = world_without_limits();
        let forms = [0, 1].map(|which: usize| {
            let url = |result| format!("https://shop.example/{which}/{result}");
            let urls = ResultUrls::new(url("callback"))
                .ok(url("ok"))
                .fail(url("fail"));
            let request = StartLimit::new(urls).shopper(shopper(which));
            LimitLinkForm::new(request, world.issue_token(now, chance))
        });
        (Self { forms }, world)
    }

    fn write(&self) -> Blind<LimitLinkForm> {
        Blind::new(self.forms[0].clone())
    }

    fn neighbour(&self) -> Option<Blind<LimitLinkForm>> {
        Some(Blind::new(self.forms[1].clone()))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        let own = &self.forms[0].request.urls.callback;
        matches!(effect, Effect::LimitOpened { callback, .. } if callback == own)
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let own = &self.forms[0].request.urls.callback;
        world
            .sessions()
            .any(|session| session.urls.callback == *own)
    }
}

/// `HasoAuthSendInfo`: a start.
struct Start;

impl Subject for Start {
    const NAME: &'static str = "haso HasoAuthSendInfo";
    const OTHERS: &'static [&'static str] = &[
        "starts a request of the customer",
        "starts a request of another customer",
    ];
    type World = Haso;
    type Write = Blind<StartLimitByPin>;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, world_without_limits())
    }

    fn write(&self) -> Blind<StartLimitByPin> {
        Blind::new(StartLimitByPin::new(shopper(0)))
    }

    fn neighbour(&self) -> Option<Blind<StartLimitByPin>> {
        Some(Blind::new(StartLimitByPin::new(shopper(1))))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::PinSent { customer, .. } if customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let mut requests = world.bureau_requests();
        requests.any(|(_, request)| request.customer == CUSTOMERS[0])
    }
}

/// `SendKkbPinCode`.
struct Confirm {
    writes: [ConfirmPin; 2],
}

impl Subject for Confirm {
    const NAME: &'static str = "haso SendKkbPinCode";
    const OTHERS: &'static [&'static str] = &[
        "confirms the request",
        "confirms the request of another customer",
    ];
    const IS_REPEATED_WELL: bool = true;
    /// A refusal to show a report has no documented code.
    const SHOWS_ABSENCE: bool = false;
    const NAMES_OBJECT: bool = true;
    type World = Haso;
    type Write = ConfirmPin;

    fn draw(now: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = world_without_limits();
        world.settings_mut().report_after = u32::from(chance.below(2) == 0);
        let writes = [0, 1].map(|which: usize| {
            by_another(
                &StartLimitByPin::new(shopper(which)),
                &mut world,
                now,
                chance,
            );
            let mut requests = world.bureau_requests();
            let own = requests.find(|(_, request)| request.customer == CUSTOMERS[which]);
            let (reference, pin) = own.map_or(("", ""), |(reference, one)| (reference, &one.pin));
            ConfirmPin::new(reference.into(), pin)
        });
        (Self { writes }, world)
    }

    fn write(&self) -> ConfirmPin {
        self.writes[0].clone()
    }

    fn neighbour(&self) -> Option<ConfirmPin> {
        Some(self.writes[1].clone())
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::LimitSet { customer, .. } if customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let customer = world.customer(CUSTOMERS[0]);
        customer.is_some_and(|customer| customer.limit.is_some())
    }
}

/// `ChangeCustomerGsmNo`.
struct Phone;

/// The new numbers of both customers.
const NEW: [&str; 2] = ["5550000010", "5550000011"];

impl Subject for Phone {
    const NAME: &'static str = "haso ChangeCustomerGsmNo";
    const OTHERS: &'static [&'static str] = &[
        "changes the number to the same one",
        "changes the number of another customer",
    ];
    type World = Haso;
    type Write = ChangePhone;

    fn draw(_: Moment, _: &mut Chance) -> (Self, Haso) {
        (Self, world())
    }

    fn write(&self) -> ChangePhone {
        ChangePhone::new(CUSTOMERS[0].into(), NEW[0])
    }

    fn neighbour(&self) -> Option<ChangePhone> {
        Some(ChangePhone::new(CUSTOMERS[1].into(), NEW[1]))
    }

    fn is_ours(&self, effect: &Effect) -> bool {
        matches!(effect, Effect::PhoneChanged { customer, .. } if customer == CUSTOMERS[0])
    }

    fn is_wanted(&self, world: &Haso) -> bool {
        let customer = world.customer(CUSTOMERS[0]);
        customer.is_some_and(|customer| customer.mobile == NEW[0])
    }
}
