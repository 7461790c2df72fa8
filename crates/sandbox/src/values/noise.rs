//! Damaged requests and odd times: no world panics, and a read has no effect.

use super::replay::successes;
use crate::{Chance, Moment, Provider, Request};

const NOON: Moment = Moment(1_795_770_000_000);

/// Cuts the body, changes a byte of it, repeats a part of it, or damages the path.
fn damaged(request: &Request, chance: &mut Chance) -> Request {
    let mut damaged = request.clone();
    let body = &mut damaged.body;
    let at = |chance: &mut Chance, length: usize| {
        usize::try_from(chance.draw()).unwrap_or_default() % length.max(1)
    };
    match chance.draw() % 4 {
        0 => body.truncate(at(chance, body.len())),
        1 if !body.is_empty() => {
            let index = at(chance, body.len());
            body[index] = body[index].wrapping_add(1 + u8::try_from(at(chance, 254)).unwrap());
        }
        2 => {
            let part = body[at(chance, body.len())..].to_vec();
            body.extend(part);
        }
        _ => {
            let mut cut = at(chance, damaged.path.len());
            while !damaged.path.is_char_boundary(cut) {
                cut -= 1;
            }
            damaged.path.truncate(cut);
            damaged.path.push('%');
        }
    }
    damaged
}

fn stay_calm<P: Provider>(provider: &str, operations: &[&str], world: impl Fn() -> P) {
    let mut chance = Chance::new(7);
    for case in successes(provider, operations) {
        for _ in 0..4 {
            let mut world = world();
            let request = damaged(&case.request, &mut chance);
            let reads = world.is_read(&request);
            let (answer, effects) = world.handle(&request, NOON, &mut chance);
            assert!((200..600).contains(&answer.status), "{}", case.name);
            assert!(!reads || effects.is_empty(), "{}", case.name);
            for moment in [i64::MIN, i64::MAX] {
                world.tick(Moment(moment), &mut chance);
                world.handle(&case.request, Moment(moment), &mut chance);
            }
        }
    }
}

#[test]
fn horoz_stays_calm() {
    stay_calm("horoz-shipping", &[], crate::horoz::Horoz::demo);
}

#[test]
fn haso_stays_calm() {
    stay_calm("haso-bnpl", &[], crate::haso::Haso::demo);
}

#[test]
fn aras_stays_calm() {
    stay_calm("aras-tracking", &[], crate::aras::Aras::demo);
}

#[test]
fn param_stays_calm() {
    stay_calm("param-marketplace", &[], || {
        let mut world = crate::param::Param::default();
        world.rules.completion = crate::param::Completion::After(1);
        world.rules.page_life = Some(i64::MAX);
        world
    });
}
