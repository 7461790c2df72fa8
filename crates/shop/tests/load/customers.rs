//! Customers and the people of the shop: they order, pay, leave, click twice, and try again when a page does not come.

use std::thread;
use std::time::{Duration, Instant};

use kervan_sandbox::Sandbox;
use kervan_sandbox::haso::{Haso, Page as HasoPage, Step as HasoStep};
use kervan_sandbox::param::{Customer as AtBank, Param, Step};

use crate::counts::{Counts, Deed};
use crate::programs::Programs;
use crate::support::{Browser, Page};

/// How often a person tries again when no page comes.
const TRIES: usize = 40;

pub(crate) struct Customer<'a> {
    sandbox: &'a Sandbox,
    programs: &'a Programs,
    counts: &'a Counts,
    draws: fastrand::Rng,
    /// When the run is over.
    end: Instant,
}

/// Adds the seller and the product.
pub(crate) fn open_shop(programs: &Programs) {
    let browser = programs.browser(0);
    let added = browser.submit(&browser.get("/sellers"), "#add-seller", &[]);
    let added = browser.follow(&added);
    assert!(added.has("#sellers .good"), "{}", added.text());
    browser.submit(&added, "#add-product", &[]);
}

impl<'a> Customer<'a> {
    pub(crate) fn new(
        sandbox: &'a Sandbox,
        programs: &'a Programs,
        counts: &'a Counts,
        seed: u64,
        end: Instant,
    ) -> Self {
        Self {
            sandbox,
            programs,
            counts,
            draws: fastrand::Rng::with_seed(seed),
            end,
        }
    }

    /// Orders, pays, and gets what was paid for.
    pub(crate) fn shop(&mut self) {
        let Some(home) = self.get("/") else { return };
        let Some(ordered) = self.submit(&home, "#order", &[("product_1", "1")]) else {
            return;
        };
        let Some(order) = ordered.headers.get("location").cloned() else {
            return;
        };
        let Some(number) = self.number(&order) else {
            return;
        };
        self.counts.note(&number, &order, Deed::Ordered);
        let by_card = self.draws.u8(..10) < 6;
        let is_paid = if by_card {
            self.pays_by_card(&order, &number)
        } else {
            self.pays_in_installments(&order, &number)
        };
        if !is_paid {
            return;
        }
        self.counts.note(&number, &order, Deed::Paid);
        if by_card {
            self.click(&order, &number, "#split", &[], Deed::Divided);
            self.click(&order, &number, "#approve-1", &[], Deed::Approved);
        } else if self.draws.bool() {
            let part = [("amount", "1,00")];
            self.click(
                &order,
                &number,
                "form[id^=haso-refund]",
                &part,
                Deed::GivenBack,
            );
        }
        self.click(&order, &number, "#horoz", &[], Deed::Shipped);
    }

    /// Returns the number of an order, which is the end of its heading.
    fn number(&mut self, order: &str) -> Option<String> {
        let heading = self.get(order)?.texts("h1").concat();
        heading.split_whitespace().last().map(str::to_owned)
    }

    fn pays_by_card(&mut self, order: &str, number: &str) -> bool {
        for _ in 0..3 {
            if Instant::now() >= self.end {
                return false;
            }
            let Some(page) = self.get(order) else {
                continue;
            };
            if page.has("[data-state=paid]") {
                return true;
            }
            if page.has("#pay")
                && let Some(begun) = self.submit(&page, "#pay", &[])
                && let Some((_, session)) = begun
                    .headers
                    .get("location")
                    .and_then(|location| location.split_once("SID="))
            {
                let session = session.split('&').next().unwrap_or_default().to_owned();
                let does = match self.draws.u8(..10) {
                    0 => AtBank::Fails,
                    1 => AtBank::Cancels,
                    // The page is left, and nothing comes back.
                    2 => return false,
                    _ => AtBank::Proves,
                };
                let step = Step::Customer {
                    page: session,
                    does,
                };
                let _ = self.sandbox.step::<Param>(&step);
            }
            if self.waits_for(order, "[data-state=paid]") {
                return true;
            }
        }
        let _ = number;
        false
    }

    fn pays_in_installments(&mut self, order: &str, number: &str) -> bool {
        let Some(page) = self.get(order) else {
            return false;
        };
        if !page.has("#haso") {
            return false;
        }
        let Some(form) = self.submit(&page, "#haso", &[]) else {
            return false;
        };
        if form.status != 200 || !form.has("form") {
            return false;
        }
        let (action, body) = form.form("form", &[]);
        let Some((host, path)) = action
            .strip_prefix("http://")
            .and_then(|rest| rest.split_once('/'))
        else {
            return false;
        };
        if Browser::at(host)
            .ask("POST", &format!("/{path}"), &[], &body)
            .is_err()
        {
            return false;
        }
        let Some(own) = self.get(order).and_then(|page| {
            let numbers = page.texts("#installments li");
            let last = numbers.last()?.split(':').next()?.trim().to_owned();
            Some(last)
        }) else {
            return false;
        };
        self.counts.at_haso(&own, number);
        if self.draws.u8(..10) == 0 {
            return false;
        }
        let step = HasoStep::Complete {
            page: HasoPage::Order { order: own },
            installments: Some(3),
        };
        let _ = self.sandbox.step::<Haso>(&step);
        self.waits_for(order, "[data-haso=paid]")
    }

    fn waits_for(&mut self, order: &str, state: &str) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(6) && Instant::now() < self.end {
            if self.get(order).is_some_and(|page| page.has(state)) {
                return true;
            }
            thread::sleep(Duration::from_millis(200));
        }
        false
    }

    /// Sends a form of an order's page, sometimes twice at once. A click that the shop has taken has to have an effect, or
    /// to be on the desk.
    fn click(
        &mut self,
        order: &str,
        number: &str,
        form: &str,
        values: &[(&str, &str)],
        deed: Deed,
    ) {
        let Some(page) = self.get(order).filter(|page| page.has(form)) else {
            return;
        };
        let (action, body) = page.form(form, values);
        if self.draws.u8(..4) == 0 {
            let other = self.programs.browser(self.draws.usize(..16));
            let (action, body) = (action.clone(), body.clone());
            thread::spawn(move || other.ask("POST", &action, &[], &body));
        }
        if let Some(answer) = self.send("POST", &action, &body)
            && answer.status == 303
        {
            self.counts.note(number, order, deed);
        }
    }

    fn submit(&mut self, page: &Page, form: &str, values: &[(&str, &str)]) -> Option<Page> {
        let (action, body) = page.form(form, values);
        self.send("POST", &action, &body)
    }

    fn get(&mut self, path: &str) -> Option<Page> {
        self.send("GET", path, "")
    }

    /// Asks one program after the other until a page comes.
    fn send(&mut self, method: &str, path: &str, body: &str) -> Option<Page> {
        for _ in 0..TRIES {
            let browser = self.programs.browser(self.draws.usize(..16));
            match browser.ask(method, path, &[], body) {
                Ok(page) => return Some(page),
                Err(_) => thread::sleep(Duration::from_millis(50)),
            }
        }
        None
    }
}
