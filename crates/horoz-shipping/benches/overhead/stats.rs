//! Medians, and tables of them.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures")]

use std::fmt;
use std::time::{Duration, Instant};

/// Returns the median time of a step, as text.
pub(crate) fn nanoseconds(run: &mut dyn FnMut()) -> String {
    let batch = 50;
    let mut times: Vec<_> = (0..101)
        .map(|_| {
            let started = Instant::now();
            (0..batch).for_each(|_| run());
            started.elapsed() / batch
        })
        .collect();
    show(percentile(&mut times, 50))
}

/// Returns a percentile of some times.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

/// Returns a time in the unit that suits it.
pub(crate) fn show(time: Duration) -> String {
    let nanoseconds = time.as_nanos();
    match nanoseconds {
        0..10_000 => format!("{nanoseconds} ns"),
        10_000..10_000_000 => format!("{} µs", nanoseconds / 1000),
        _ => format!("{} ms", nanoseconds / 1_000_000),
    }
}

/// Rows of text in columns.
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    pub(crate) fn new<const N: usize>(head: [&str; N]) -> Self {
        Self(vec![head.map(str::to_owned).to_vec()])
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.0.push(Vec::from(cells));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            self.0
                .iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or_default()
        };
        for row in &self.0 {
            write!(f, "{:<1$}", row[0], width(0))?;
            for (column, cell) in row.iter().enumerate().skip(1) {
                write!(f, "  {:>1$}", cell, width(column))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
