//! One try of a write, as it is kept before it is sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::host::Host;

/// One try of a write: what has to be known to find out, later, what became of it.
///
/// It exists before the write is sent, because a crash or a dropped future returns no error. Keep it
/// before you send. It holds no personal data: keys, times, and numbers of the provider.
///
/// An attempt is sent once. One that was read back from a store counts as sent, because nobody knows
/// whether it was; [`resume`](crate::Caller::resume) goes on from it.
///
/// Two open writes on one object break each other's baseline: settle the first before you prepare
/// the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    operation: String,
    class: Class,
    key: String,
    contents: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<Baseline>,
    /// Milliseconds since 1970.
    prepared_at: u64,
    /// The same in steady time, where this program has prepared it.
    #[serde(skip)]
    prepared_steady: Option<Duration>,
    #[serde(skip)]
    sent: Sending,
}

/// What was there before the write, in the operation's own words: keys of rows, a sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Baseline(Vec<String>);

impl Baseline {
    /// Keeps facts. Their order does not matter.
    pub fn new(facts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut facts: Vec<_> = facts.into_iter().map(Into::into).collect();
        facts.sort();
        Self(facts)
    }

    /// Returns the facts, sorted.
    pub fn facts(&self) -> &[String] {
        &self.0
    }

    /// Returns whether a fact is among them.
    pub fn has(&self, fact: &str) -> bool {
        self.0.iter().any(|known| known == fact)
    }
}

/// Whether an attempt was sent. Clones share it; one that comes from a store may have been.
#[derive(Clone, Debug)]
struct Sending(Arc<AtomicBool>);

impl Default for Sending {
    fn default() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }
}

impl PartialEq for Sending {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Sending {}

impl Attempt {
    /// How long after its preparation an attempt may be sent, 60 seconds. Later its baseline is old.
    pub const FRESH: Duration = Duration::from_secs(60);

    pub(crate) fn new(
        operation: &str,
        class: Class,
        key: String,
        contents: String,
        baseline: Option<Baseline>,
        host: &dyn Host,
    ) -> Self {
        Self {
            operation: operation.to_owned(),
            class,
            key,
            contents,
            baseline,
            prepared_at: milliseconds(host.now()),
            prepared_steady: Some(host.steady()),
            sent: Sending(Arc::new(AtomicBool::new(false))),
        }
    }

    /// Returns the provider's name of the call.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the class of the write.
    pub fn class(&self) -> Class {
        self.class
    }

    /// Returns the key by which the write or its object is found.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what was there before the write, where its class needs that.
    pub fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// Returns when it was prepared. It was sent at most [`FRESH`](Self::FRESH) later.
    pub fn prepared_at(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.prepared_at)
    }

    /// Returns whether it was sent, or may have been.
    pub fn was_sent(&self) -> bool {
        self.sent.0.load(Ordering::SeqCst)
    }

    pub(crate) fn contents(&self) -> &str {
        &self.contents
    }

    /// Takes the one right to send. `false` when it is taken, or may be.
    pub(crate) fn take(&self) -> bool {
        !self.sent.0.swap(true, Ordering::SeqCst)
    }

    /// Time that has passed since it was prepared: the smaller of wall and steady time, and none
    /// where the wall clock was set back.
    pub(crate) fn age(&self, host: &dyn Host) -> Duration {
        let wall = milliseconds(host.now()).saturating_sub(self.prepared_at);
        let wall = Duration::from_millis(wall);
        match self.prepared_steady {
            Some(prepared) => wall.min(host.steady().saturating_sub(prepared)),
            None => wall,
        }
    }

    /// Whether it is too old to be sent.
    pub(crate) fn is_stale(&self, host: &dyn Host) -> bool {
        self.age(host) > Self::FRESH
    }

    /// The time from which on absence proves something; `None` when it has come. It counts from the
    /// latest moment at which the write can have been sent.
    pub(crate) fn settles_at(&self, settling: Duration, host: &dyn Host) -> Option<SystemTime> {
        let left = (settling + Self::FRESH).saturating_sub(self.age(host));
        (!left.is_zero()).then(|| host.now() + left)
    }
}

fn milliseconds(time: SystemTime) -> u64 {
    let since_1970 = time.duration_since(SystemTime::UNIX_EPOCH);
    since_1970.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// A short digest of a request (FNV-1a, 64 bits), which tells a changed request from the same one.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in *part {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::MovableHost;

    const MINUTE: Duration = Duration::from_secs(60);

    fn host() -> MovableHost {
        MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000))
    }

    fn attempt(host: &MovableHost) -> Attempt {
        let baseline = Some(Baseline::new(["b", "a"]));
        Attempt::new("op", Class::Delta, "k".into(), "c".into(), baseline, host)
    }

    #[test]
    fn is_sent_once_by_all_its_clones() {
        let attempt = attempt(&host());
        let clone = attempt.clone();
        assert!(!attempt.was_sent());
        assert!(attempt.take());
        assert!(!clone.take() && clone.was_sent());
    }

    #[test]
    fn absence_proves_something_only_after_the_settling_time() {
        let host = host();
        let attempt = attempt(&host);
        let settling = MINUTE * 10;
        assert_eq!(
            attempt.settles_at(settling, &host),
            Some(host.now() + settling + Attempt::FRESH)
        );
        host.advance((settling + Attempt::FRESH).saturating_sub(Duration::from_millis(1)));
        assert!(attempt.settles_at(settling, &host).is_some());
        host.advance(Duration::from_millis(1));
        assert_eq!(attempt.settles_at(settling, &host), None);
    }

    #[test]
    fn the_age_is_the_smaller_of_wall_and_steady_time() {
        let host = host();
        let attempt = attempt(&host);
        host.advance(MINUTE);
        host.set_wall(host.now() + MINUTE * 60);
        assert_eq!(attempt.age(&host), MINUTE, "the wall clock jumped ahead");
        host.set_wall(SystemTime::UNIX_EPOCH);
        assert_eq!(attempt.age(&host), Duration::ZERO, "it was set back");
    }

    #[test]
    fn goes_stale() {
        let host = host();
        let attempt = attempt(&host);
        host.advance(Attempt::FRESH);
        assert!(!attempt.is_stale(&host));
        host.advance(Duration::from_millis(1));
        assert!(attempt.is_stale(&host));
    }

    #[test]
    fn a_digest_tells_parts_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab"]), digest(&[b"ab"]));
    }
}
