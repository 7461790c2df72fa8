//! The log lines of a call: its name, tries and outcome, and never what it holds.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use kervan_core::{Class, Host as _};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::provider::{Ask, Move, Script, host, run};
use crate::{answered, caller, lost};

/// Keeps each event of one thread as one line, without the time it took.
#[derive(Clone)]
struct Lines {
    text: Arc<Mutex<Vec<String>>>,
    own: ThreadId,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() != "milliseconds" {
            let _ = write!(self.0, " {}={value:?}", field.name());
        }
    }
}

impl Subscriber for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if thread::current().id() != self.own {
            return;
        }
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.text.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn each_try_and_each_warning_is_one_line() {
    let lines = Lines {
        text: Arc::default(),
        own: thread::current().id(),
    };
    // For the whole process: a subscriber of one thread misses the events that another thread was the first
    // to reach.
    tracing::subscriber::set_global_default(lines.clone()).unwrap();
    tracing::callsite::rebuild_interest_cache();
    {
        let script = Script::new([lost(), answered("yes"), answered("no")]);
        run(caller(&script, 2).call(&Ask::Whether)).unwrap();
        let write = Move::of(Class::State).due(host().now() + std::time::Duration::from_secs(1));
        run(caller(&script, 2).call(&write)).unwrap_err();
    }
    assert_eq!(
        *lines.text.lock().unwrap(),
        [
            "WARN message=call failed operation=\"ask\" tried=1 kind=\"transport\" \
             code=\"interrupted\" outcome=Unknown",
            "DEBUG message=call answered operation=\"ask\" tried=2",
            "WARN message=request looks odd operation=\"move\" code=\"due.soon\" path=\"due\"",
            "WARN message=call failed operation=\"move\" tried=1 kind=\"rejected\" code=\"no\" \
             outcome=NotDone",
        ]
    );
}
