//! One try of a write, as it is kept before it is sent.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use kervan_core::{Class, Host};

/// One try of a write: what has to be known to find out, later, what became of it.
///
/// It exists before the write is sent, because a crash or a dropped future returns no error. Keep it
/// before you send. It holds no personal data: keys, times, and numbers of the provider.
///
/// An attempt is sent once. One that was read back from a store counts as sent, because nobody knows
/// whether it was; [`resume`](crate::Settler::resume) goes on from it.
///
/// Its age is the smaller of wall and steady time. The steady time begins anew with each program, so only
/// the wall clock tells how old an attempt was when the program read it from its store: a clock that was
/// set forward in between makes it look older than it is.
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
    #[serde(skip)]
    program: Program,
}

/// The state before the write, in the operation's own words: keys of rows, a sum.
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

    /// Returns a fact about texts of the provider, which may be personal: a digest that differs where one of them
    /// does. `contents` are those of the write, as complete as it has them. They act as the key of the digest, so
    /// that nobody without them can guess a text from it. Texts that differ in one go belong into one fact.
    ///
    /// ```
    /// use kervan_settling::Baseline;
    /// let fact = |text| Baseline::sealed(b"order 17, of this write", [text]);
    /// assert_eq!(fact("Ayşe Örnek"), fact("Ayşe Örnek"));
    /// assert_ne!(fact("Ayşe Örnek"), fact("Ali Örnek"));
    /// ```
    pub fn sealed<'t>(contents: &'t [u8], texts: impl IntoIterator<Item = &'t str>) -> String {
        let texts = texts.into_iter().map(str::as_bytes);
        let parts: Vec<_> = std::iter::once(contents).chain(texts).collect();
        digest(&parts)
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

/// The knowledge of this program about an attempt. Clones share it; it is not stored.
#[derive(Clone, Debug)]
struct Program(Arc<Known>);

#[derive(Debug)]
struct Known {
    /// Whether it was sent. One that comes from a store may have been.
    was_sent: AtomicBool,
    /// The steady time at which the program first saw it, and its age then.
    seen: OnceLock<(Duration, Duration)>,
}

impl Program {
    fn new(was_sent: bool) -> Self {
        Self(Arc::new(Known {
            was_sent: AtomicBool::new(was_sent),
            seen: OnceLock::new(),
        }))
    }
}

impl Default for Program {
    fn default() -> Self {
        Self::new(true)
    }
}

impl PartialEq for Program {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Program {}

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
        let attempt = Self {
            operation: operation.to_owned(),
            class,
            key,
            contents,
            baseline,
            prepared_at: milliseconds(host.now()),
            program: Program::new(false),
        };
        attempt.ages(host);
        attempt
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
        self.program.0.was_sent.load(Ordering::SeqCst)
    }

    /// Returns the attempt as one that may have been sent, as by a program that kept none. It is not sent
    /// as a first try any more, and neither are its clones.
    #[must_use]
    pub fn supposed_sent(self) -> Self {
        self.take();
        self
    }

    pub(crate) fn contents(&self) -> &str {
        &self.contents
    }

    /// Returns the same try of a request with another digest.
    pub(crate) fn of_contents(&self, contents: String) -> Self {
        Self {
            contents,
            ..self.clone()
        }
    }

    /// Takes the one right to send. `false` when it is taken, or may be.
    pub(crate) fn take(&self) -> bool {
        !self.program.0.was_sent.swap(true, Ordering::SeqCst)
    }

    /// Returns the time since it was prepared by the wall clock, none where that was set back; and by the
    /// steady clock, which begins anew with each program and so counts from the age at which this
    /// program first saw the attempt.
    fn ages(&self, host: &dyn Host) -> [Duration; 2] {
        let wall = milliseconds(host.now()).saturating_sub(self.prepared_at);
        let wall = Duration::from_millis(wall);
        let (seen, age) = self.program.0.seen.get_or_init(|| (host.steady(), wall));
        [wall, *age + host.steady().saturating_sub(*seen)]
    }

    /// Time that has passed for certain since it was prepared: the smaller of wall and steady time.
    pub(crate) fn age(&self, host: &dyn Host) -> Duration {
        let [wall, steady] = self.ages(host);
        wall.min(steady)
    }

    /// Returns whether it may be too old to be sent, by either clock: the steady one may have stood still
    /// while the machine slept, and the wall clock may have been set back.
    pub(crate) fn is_stale(&self, host: &dyn Host) -> bool {
        let [wall, steady] = self.ages(host);
        wall.max(steady) > Self::FRESH
    }

    /// Returns the time from which on absence proves something; `None` when it has come. It counts from the
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

/// Returns a short digest of a request (FNV-1a, 64 bits), which tells a changed request from the same one.
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
    use kervan_testing::MovableHost;

    const MINUTE: Duration = Duration::from_secs(60);

    fn host() -> MovableHost {
        MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000))
    }

    fn attempt(host: &MovableHost) -> Attempt {
        let baseline = Some(Baseline::new(["b", "a"]));
        Attempt::new("op", Class::Delta, "k".into(), "c".into(), baseline, host)
    }

    #[test]
    fn a_baseline_keeps_its_facts_in_order() {
        let baseline = Baseline::new(["b", "a"]);
        assert_eq!(baseline.facts(), ["a", "b"]);
        assert!(baseline.has("a") && !baseline.has("c"));
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
    fn a_stored_attempt_ages_by_the_steady_clock_once_it_was_seen() {
        let before = host();
        let stored = serde_json::to_string(&attempt(&before)).unwrap();
        let restored: Attempt = serde_json::from_str(&stored).unwrap();
        // The steady time of the next program begins anew.
        let host = MovableHost::at(before.now() + MINUTE * 2);
        assert_eq!(restored.age(&host), MINUTE * 2);
        host.set_wall(host.now() + MINUTE * 60);
        host.advance(MINUTE);
        assert_eq!(restored.clone().age(&host), MINUTE * 3, "it jumped ahead");
        host.set_wall(before.now());
        assert_eq!(restored.age(&host), Duration::ZERO, "it was set back");
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
    fn goes_stale_by_either_clock() {
        let (set_back, slept) = (host(), host());
        let first = attempt(&set_back);
        set_back.advance(Attempt::FRESH + MINUTE);
        set_back.set_wall(first.prepared_at());
        assert!(first.is_stale(&set_back), "the wall clock was set back");
        let second = attempt(&slept);
        slept.set_wall(second.prepared_at() + Attempt::FRESH + MINUTE);
        assert!(second.is_stale(&slept), "the steady clock stood still");
    }

    #[test]
    fn a_digest_tells_parts_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab"]), digest(&[b"ab"]));
    }
}
