//! Forms that a browser posts: orders and limits, with a token that serves once.

use serde::Serialize;

use super::dialect::TokenPlace;
use super::effect::Effect;
use super::fields::Fields;
use super::refusal::{self, Refusal};
use super::reply::{self, Accepted, Reply};
use super::sessions::{Session, SessionKind, SessionState, Shopper, Urls};
use super::settings::Completion;
use super::tree::Tree;
use super::world::Haso;
use crate::values::chance::new_digits;
use crate::values::day::{iso, istanbul};
use crate::{Chance, Moment};

/// How many tokens wait for their forms; the oldest one gives way.
pub(super) const MOST_TOKENS: usize = 1000;

#[derive(Serialize)]
struct WireAddress {
    #[serde(rename = "URL")]
    url: String,
    #[serde(rename = "Expiredate")]
    expires: String,
}

impl Haso {
    /// Issues a token for one form, as `GetToken` does.
    pub fn issue_token(&mut self, now: Moment, chance: &mut Chance) -> String {
        let is_taken = |drawn: &str| self.tokens.contains_key(&format!("TOKEN-{drawn}"));
        let token = format!("TOKEN-{}", new_digits(chance, 16, is_taken));
        if self.tokens.len() >= MOST_TOKENS {
            let oldest = self.tokens.iter().min_by_key(|(_, issued)| **issued);
            if let Some(oldest) = oldest.map(|(token, _)| token.clone()) {
                self.tokens.remove(&oldest);
            }
        }
        self.tokens.insert(token.clone(), now);
        token
    }
}

/// `GetToken`.
pub(super) fn token(world: &mut Haso, now: Moment, chance: &mut Chance) -> Accepted {
    let token = world.issue_token(now, chance);
    let token = Tree::Text(token);
    let member = |token| vec![("token".to_owned(), token)];
    // A token is not an accepted write that a story counts.
    match world.settings.dialect.token {
        TokenPlace::Member => Accepted::tree(Tree::Object(member(token))),
        TokenPlace::Data => Accepted::tree(token),
        TokenPlace::Beside => Accepted {
            beside: member(token),
            ..Accepted::tree(Tree::null())
        },
    }
}

/// `Transaction`.
pub(super) fn order(world: &mut Haso, fields: &Fields, now: Moment, chance: &mut Chance) -> Reply {
    let id = fields.filled("customerId");
    if let Some(id) = id {
        world.customer(id).ok_or(refusal::NO_CUSTOMER)?;
    } else if fields.filled("tckn").is_none() {
        let rule = "tckn: missing, and no customerId either";
        return Err(Refusal::parameter(rule));
    }
    open_order(world, fields, id.map(str::to_owned), now, chance)
}

/// `TransactionMobile`: the customer of a QR code goes before the number in the field.
pub(super) fn order_in_store(
    world: &mut Haso,
    fields: &Fields,
    now: Moment,
    chance: &mut Chance,
) -> Reply {
    let customer = match fields.filled("qrhash") {
        Some(code) => world.scan(code, now).ok_or(refusal::NO_QR)?,
        None => fields.text("customerId").to_owned(),
    };
    world.customer(&customer).ok_or(refusal::NO_CUSTOMER)?;
    open_order(world, fields, Some(customer), now, chance)
}

/// `GetLimit`, for a browser or with `response=json`.
pub(super) fn limit(world: &mut Haso, fields: &Fields, now: Moment, chance: &mut Chance) -> Reply {
    use_token(world, fields, now)?;
    let session = open(world, SessionKind::Limit, fields, None, now, chance);
    let ends_at = Moment(now.0.saturating_add(world.settings.address_life));
    if let Some(opened) = world.sessions.get_mut(&session) {
        opened.expires_at = Some(ends_at);
    }
    let mut effects = vec![Effect::LimitOpened {
        session: session.clone(),
        callback: fields.text("callbackUrl").to_owned(),
    }];
    let url = format!("{}/{session}", world.settings.pages);
    let is_json = fields.filled("response").is_some();
    // A page that the shop opens by itself has no customer yet.
    if world.settings.completion == Completion::AtOnce && !is_json {
        effects.extend(world.complete(&session, now, chance));
    }
    let expires = iso(istanbul(ends_at));
    let location = (!is_json).then(|| url.clone());
    Ok(Accepted {
        location,
        ..Accepted::write(&session, effects, &WireAddress { url, expires })
    })
}

fn open_order(
    world: &mut Haso,
    fields: &Fields,
    customer: Option<String>,
    now: Moment,
    chance: &mut Chance,
) -> Reply {
    let order = fields.text("merchantOid").to_owned();
    if world.session_of(&order).is_some() || world.transaction_of(&order).is_some() {
        return Err(refusal::ORDER_TAKEN);
    }
    let amount = fields.amount("orderAmount");
    let amount = amount
        .filter(|amount| !amount.is_zero())
        .ok_or(Refusal::parameter("orderAmount: zero"))?;
    use_token(world, fields, now)?;
    let kind = SessionKind::Order {
        order: order.clone(),
        amount,
    };
    let session = open(world, kind, fields, customer, now, chance);
    let mut effects = vec![Effect::OrderOpened {
        order: order.clone(),
        amount,
    }];
    if world.settings.completion == Completion::AtOnce {
        effects.extend(world.complete(&session, now, chance));
    }
    let location = format!("{}/{session}", world.settings.pages);
    Ok(Accepted {
        location: Some(location),
        ..Accepted::write(&order, effects, &reply::NOTHING)
    })
}

/// Takes a token; it cannot be used again.
fn use_token(world: &mut Haso, fields: &Fields, now: Moment) -> Result<(), Refusal> {
    let issued = world.tokens.remove(fields.text("token"));
    let issued = issued.ok_or(refusal::NO_TOKEN)?;
    if now.0.saturating_sub(issued.0) <= world.settings.token_life {
        Ok(())
    } else {
        Err(refusal::OLD_TOKEN)
    }
}

fn open(
    world: &mut Haso,
    kind: SessionKind,
    fields: &Fields,
    customer: Option<String>,
    now: Moment,
    chance: &mut Chance,
) -> String {
    let id = new_digits(chance, 12, |drawn| world.sessions.contains_key(drawn));
    let text = |name: &str| fields.text(name).to_owned();
    let session = Session {
        id: id.clone(),
        kind,
        customer,
        shopper: Shopper {
            name: text("name"),
            surname: text("surname"),
            tckn: text("tckn"),
            mobile: text("mobileNumber"),
        },
        urls: Urls {
            ok: text("okUrl"),
            fail: text("failUrl"),
            callback: text("callbackUrl"),
        },
        opened_at: now,
        expires_at: None,
        state: SessionState::Open,
        result: None,
    };
    world.sessions.insert(id.clone(), session);
    id
}
