//! A transport that answers by a script, and keeps what it was asked.

mod line;

use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kervan_core::transport::BoxFuture;
use kervan_core::{HttpRequest, Limits, Reply, Transport, TransportError};

use self::line::Act;
pub use self::line::Line;

/// A [`Transport`] for tests: it answers each call by its script, and keeps the requests.
///
/// A line of the script belongs to a call, by the provider's name of it, or to whichever call comes next.
/// A call for which the script has no line panics with the name of the call. Clones share one script, so
/// the test keeps one and the client takes the other.
///
/// ```
/// use kervan_core::{BaseUrl, HttpRequest, Limits, Transport as _};
/// use kervan_testing::{Line, MovableHost, Script};
///
/// let script = Script::of([("CheckRefund", Line::lost()), ("CheckRefund", Line::json("{}"))]);
/// # let mut request = HttpRequest::get(BaseUrl::parse("https://provider.example")?.url());
/// # request.operation = "CheckRefund";
/// # let limits = Limits::new(std::time::Duration::from_secs(30), 1 << 20);
/// # let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
/// // Here is the client of a provider: `builder.build_over(script.clone(), host)`.
/// assert!(host.run(script.send(&request, limits)).is_err());
/// assert_eq!(host.run(script.send(&request, limits))?.body, b"{}");
///
/// assert_eq!(script.operations(), ["CheckRefund", "CheckRefund"]);
/// script.assert_used();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// The lines of a call of this name, in the order of its calls.
    own: Vec<(String, Line)>,
    /// The lines of any call, in order.
    any: VecDeque<Line>,
    /// The lines that are not used up.
    always: Vec<(String, Line)>,
    seen: Vec<Seen>,
    /// The calls that had no line.
    strays: Vec<&'static str>,
}

/// A request that the script saw.
#[derive(Clone)]
#[non_exhaustive]
pub struct Seen {
    /// The request as the client wrote it. It holds the login, and personal data.
    pub request: HttpRequest,
    /// Whether it reached the provider, or may have. `false` for a refused connection.
    pub may_have_arrived: bool,
}

impl Seen {
    /// Returns the provider's name of the call.
    pub fn operation(&self) -> &'static str {
        self.request.operation
    }

    /// Returns the body as text, with signs of damage in the place of bytes that are not UTF-8.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.request.body).into_owned()
    }
}

/// Prints the name of the call only.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("operation", &self.operation())
            .field("may_have_arrived", &self.may_have_arrived)
            .finish_non_exhaustive()
    }
}

impl Script {
    /// Creates a script without lines.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a script of calls and their lines. Two lines of one call are used in turn; lines of
    /// different calls wait for their own.
    pub fn of<O: Into<String>, L: Into<Line>>(lines: impl IntoIterator<Item = (O, L)>) -> Self {
        let script = Self::new();
        for (operation, line) in lines {
            script.on(operation, line);
        }
        script
    }

    /// Creates a script whose lines are used in order, whichever call comes.
    pub fn in_order<L: Into<Line>>(lines: impl IntoIterator<Item = L>) -> Self {
        let script = Self::new();
        for line in lines {
            script.then(line);
        }
        script
    }

    /// Adds a line for the next call of this name that has none yet.
    pub fn on(&self, operation: impl Into<String>, line: impl Into<Line>) -> &Self {
        self.state().own.push((operation.into(), line.into()));
        self
    }

    /// Adds a line for the next call that has no line of its own.
    pub fn then(&self, line: impl Into<Line>) -> &Self {
        self.state().any.push_back(line.into());
        self
    }

    /// Adds a line for each call of this name that has no line of its own. It is never used up, and
    /// [`assert_used`](Self::assert_used) does not ask for it.
    pub fn always(&self, operation: impl Into<String>, line: impl Into<Line>) -> &Self {
        self.state().always.push((operation.into(), line.into()));
        self
    }

    /// Returns the requests so far, in order.
    pub fn seen(&self) -> Vec<Seen> {
        self.state().seen.clone()
    }

    /// Returns the names of the calls that reached the provider or may have, in order.
    pub fn operations(&self) -> Vec<&'static str> {
        let state = self.state();
        let arrived = state.seen.iter().filter(|seen| seen.may_have_arrived);
        arrived.map(Seen::operation).collect()
    }

    /// Returns how many calls of a name reached the provider or may have.
    pub fn count(&self, operation: &str) -> usize {
        let operations = self.operations();
        operations.iter().filter(|name| **name == operation).count()
    }

    /// Returns the number of lines that wait for a call.
    pub fn unused(&self) -> usize {
        let state = self.state();
        state.own.len() + state.any.len()
    }

    /// Checks that each line was used, and that each call had one.
    ///
    /// # Panics
    ///
    /// When a line is left, or a call came that was not scripted. The second panics where the call is made
    /// too; a task of its own may have swallowed that.
    #[track_caller]
    pub fn assert_used(&self) {
        let (strays, left) = {
            let state = self.state();
            (state.strays.join(", "), state.left())
        };
        assert!(strays.is_empty(), "not in the script: {strays}");
        assert!(left.is_empty(), "the script still has lines: {left}");
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes the line of a call.
    fn take(&mut self, operation: &str) -> Option<Line> {
        let own = self.own.iter().position(|(name, _)| name == operation);
        if let Some(at) = own {
            return Some(self.own.remove(at).1);
        }
        let mut always = self.always.iter();
        let always = always.find(|(name, _)| name == operation);
        match always {
            Some((_, line)) => Some(line.clone()),
            None => self.any.pop_front(),
        }
    }

    /// Names the lines that are left.
    fn left(&self) -> String {
        let own = self.own.iter().map(|(name, _)| name.as_str());
        let any = self.any.iter().map(|_| "any call");
        own.chain(any).collect::<Vec<_>>().join(", ")
    }
}

impl Transport for Script {
    /// Answers by the script.
    ///
    /// # Panics
    ///
    /// When the script has no line for the call.
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(async move {
            let operation = request.operation;
            let line = {
                let mut state = self.state();
                let line = state.take(operation);
                state.seen.push(Seen {
                    request: request.clone(),
                    may_have_arrived: line.as_ref().is_some_and(Line::may_arrive),
                });
                if line.is_none() {
                    state.strays.push(operation);
                }
                line.ok_or_else(|| state.left())
            };
            match line {
                Ok(Line(Act::Reply(reply))) => Ok(reply),
                Ok(Line(Act::Fail(kind))) => Err(TransportError::new(kind)),
                Ok(Line(Act::Silence)) => pending().await,
                Err(left) if left.is_empty() => {
                    panic!("`{operation}` is not in the script, which has no line left")
                }
                Err(left) => {
                    panic!("`{operation}` is not in the script, which has lines for: {left}")
                }
            }
        })
    }
}

/// Prints the names of the calls only.
impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Script")
            .field("seen", &state.seen)
            .field("left", &state.left())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::{Duration, SystemTime};

    use kervan_core::{BaseUrl, TransportKind};

    use super::*;
    use crate::MovableHost;

    fn ask(script: &Script, operation: &'static str) -> Result<String, TransportKind> {
        let base = BaseUrl::parse("https://provider.example/secret-path").unwrap();
        let mut request = HttpRequest::post(base.url(), "text/plain", b"personal".to_vec());
        request.operation = operation;
        let limits = Limits::new(Duration::from_secs(1), 100);
        let host = MovableHost::at(SystemTime::UNIX_EPOCH);
        let reply = host.run(script.send(&request, limits));
        let body = reply.map(|reply| String::from_utf8(reply.body).unwrap());
        body.map_err(|error| error.kind())
    }

    /// Returns the message of a panic.
    fn panics(act: impl FnOnce()) -> String {
        let panic = catch_unwind(AssertUnwindSafe(act)).unwrap_err();
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.unwrap_or_else(|| panic.downcast_ref::<String>().unwrap().clone())
    }

    #[test]
    fn lines_are_used_by_call_then_in_order() {
        let script = Script::of([("a", Line::json("1")), ("b", Line::json("2"))]);
        script.on("a", Line::xml("3")).then(Line::json("4"));
        script
            .always("c", Line::page(503, "<html>"))
            .then(Line::json("5"));
        assert_eq!(script.unused(), 5);
        for (operation, body) in [
            ("b", "2"),
            ("a", "1"),
            ("c", "<html>"),
            ("b", "4"),
            ("a", "3"),
            ("c", "<html>"),
            ("d", "5"),
        ] {
            assert_eq!(ask(&script, operation).as_deref(), Ok(body), "{operation}");
        }
        // A line of its own goes before the one for each call.
        script.on("c", Line::json("6"));
        assert_eq!(ask(&script, "c").as_deref(), Ok("6"));
        let seen = ["b", "a", "c", "b", "a", "c", "d", "c"];
        assert_eq!(script.operations(), seen);
        assert_eq!((script.count("a"), script.count("x")), (2, 0));
        script.assert_used();
    }

    #[test]
    fn each_loss_is_what_it_says() {
        let losses = [
            (Line::lost(), TransportKind::Interrupted, true),
            (Line::refused(), TransportKind::Connect, false),
            (Line::timed_out(), TransportKind::Timeout, true),
            (
                Line::failing(TransportKind::TooLarge),
                TransportKind::TooLarge,
                true,
            ),
        ];
        for (line, kind, arrived) in losses {
            let script = Script::in_order([line]);
            assert_eq!(ask(&script, "a"), Err(kind));
            assert_eq!(script.seen()[0].may_have_arrived, arrived, "{kind:?}");
            assert_eq!(script.count("a"), usize::from(arrived), "{kind:?}");
        }
        let cut = Script::in_order([Line::json("{\"a\": 1}").cut_to(3), Line::lost().cut_to(3)]);
        assert_eq!(ask(&cut, "a").as_deref(), Ok("{\"a"));
        assert_eq!(ask(&cut, "a"), Err(TransportKind::Interrupted));
    }

    #[test]
    fn silence_lasts_until_the_clients_own_timer() {
        let script = Script::in_order([Line::silent()]);
        let message = panics(|| drop(ask(&script, "a")));
        // There is no timer here, so nothing ends it.
        assert!(message.contains("will ever wake"), "{message}");
        assert_eq!(script.count("a"), 1);
    }

    #[test]
    fn a_call_that_is_not_scripted_fails_loudly() {
        let script = Script::of([("a", Line::json("1"))]);
        let message = panics(|| drop(ask(&script, "b")));
        assert!(message.contains("`b` is not in the script"), "{message}");
        assert!(message.contains("lines for: a"), "{message}");
        let message = panics(|| script.assert_used());
        assert_eq!(message, "not in the script: b");
        assert!(script.operations().is_empty(), "it reached nobody");
        let message = panics(|| drop(ask(&Script::new(), "b")));
        assert!(message.contains("no line left"), "{message}");
    }

    #[test]
    fn lines_that_were_not_used_are_reported() {
        let script = Script::of([("a", Line::json("1")), ("a", Line::json("2"))]);
        script.then(Line::lost());
        assert!(ask(&script.clone(), "a").is_ok(), "clones share the lines");
        let message = panics(|| script.assert_used());
        assert_eq!(message, "the script still has lines: a, any call");
        assert_eq!(script.unused(), 2);
    }

    #[test]
    fn requests_are_kept_and_not_printed() {
        let script = Script::in_order([Line::json("1")]);
        ask(&script, "a").unwrap();
        let seen = script.seen();
        assert_eq!((seen[0].operation(), &*seen[0].body()), ("a", "personal"));
        let shown = format!("{script:?} {seen:?}");
        assert!(
            !shown.contains("personal") && !shown.contains("secret-path"),
            "{shown}"
        );
    }
}
