//! Subjects with their worlds, drawn once for many stories.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use kervan_sandbox::Chance;

use crate::clock::Clock;
use crate::subject::Subject;

/// How many draws there are of each subject.
///
/// Making a world takes several calls, which is more work than most stories. The values matter less
/// than the steps.
const DRAWS: u64 = 64;

type Drawn<S> = (Rc<S>, <S as Subject>::World);

thread_local! {
    static DRAWN: RefCell<BTreeMap<(TypeId, u64), Box<dyn Any>>> = RefCell::default();
}

/// Returns the subject and the world of a story's seed.
pub(crate) fn drawn<S: Subject>(seed: u64) -> Drawn<S> {
    let seed = seed % DRAWS;
    let key = (TypeId::of::<S>(), seed);
    let known = DRAWN.with_borrow(|all| all.get(&key)?.downcast_ref::<Drawn<S>>().cloned());
    known.unwrap_or_else(|| {
        let (subject, world) = S::draw(Clock::new(0).moment(), &mut Chance::new(seed));
        let drawn = (Rc::new(subject), world);
        DRAWN.with_borrow_mut(|all| all.insert(key, Box::new(drawn.clone())));
        drawn
    })
}
