//! When each order was last asked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::order::RequestNumber;

/// The most orders that are remembered. Beyond it, the oldest are forgotten.
const MOST: usize = 100_000;

/// When each order was last asked for.
#[derive(Debug, Default)]
pub(crate) struct Asked(Mutex<Times>);

#[derive(Debug, Default)]
struct Times {
    /// In the host's steady time.
    latest: HashMap<RequestNumber, Duration>,
    /// Every time, oldest first; some of them are not the latest of their order.
    all: VecDeque<(Duration, RequestNumber)>,
}

impl Asked {
    /// Notes that an order is asked for now, or gives the time that is left until it may be.
    pub(crate) fn ask(
        &self,
        number: &RequestNumber,
        now: Duration,
        repeat_after: Duration,
    ) -> Result<(), Duration> {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = &mut *times;
        let left = |at: Duration| repeat_after.saturating_sub(now.saturating_sub(at));
        if let Some(wait) = times.latest.get(number).map(|at| left(*at))
            && !wait.is_zero()
        {
            return Err(wait);
        }
        while let Some((at, _)) = times.all.front()
            && (times.all.len() >= MOST || left(*at).is_zero())
        {
            if let Some((at, number)) = times.all.pop_front()
                && times.latest.get(&number) == Some(&at)
            {
                times.latest.remove(&number);
            }
        }
        times.latest.insert(number.clone(), now);
        times.all.push_back((now, number.clone()));
        Ok(())
    }

    /// Takes back that an order was asked for at this time, when nothing was sent.
    pub(crate) fn was_not_asked(&self, number: &RequestNumber, at: Duration) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if times.latest.get(number) == Some(&at) {
            times.latest.remove(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn an_order_waits_its_time_and_others_do_not() {
        let (asked, start) = (Asked::default(), Duration::ZERO);
        let (one, two) = (RequestNumber::from("1"), RequestNumber::from("2"));
        assert_eq!(asked.ask(&one, start, HOUR), Ok(()));
        assert_eq!(asked.ask(&two, start, HOUR), Ok(()));
        let later = start + HOUR / 4;
        assert_eq!(asked.ask(&one, later, HOUR), Err(HOUR * 3 / 4));
        assert_eq!(asked.ask(&one, start + HOUR, HOUR), Ok(()));
        assert_eq!(asked.ask(&one, start + HOUR, HOUR), Err(HOUR));
        assert_eq!(asked.ask(&one, start + HOUR, Duration::ZERO), Ok(()));
    }

    #[test]
    fn what_was_not_sent_does_not_count() {
        let (asked, start) = (Asked::default(), Duration::ZERO);
        let one = RequestNumber::from("1");
        assert_eq!(asked.ask(&one, start, HOUR), Ok(()));
        asked.was_not_asked(&one, start);
        assert_eq!(asked.ask(&one, start, HOUR), Ok(()));
        asked.was_not_asked(&one, start + HOUR);
        assert_eq!(asked.ask(&one, start, HOUR), Err(HOUR));
    }

    #[test]
    fn remembers_no_more_than_it_must() {
        let (asked, start) = (Asked::default(), Duration::ZERO);
        for n in 0..MOST + 10 {
            let number = RequestNumber::from(n.to_string());
            assert_eq!(asked.ask(&number, start, HOUR), Ok(()));
        }
        let sizes = |asked: &Asked| {
            let times = asked.0.lock().unwrap();
            (times.latest.len(), times.all.len())
        };
        assert_eq!(sizes(&asked), (MOST, MOST));
        let number = RequestNumber::from("x");
        assert_eq!(asked.ask(&number, start + HOUR, HOUR), Ok(()));
        assert_eq!(sizes(&asked), (1, 1));
    }
}
