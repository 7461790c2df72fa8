//! A simulated provider of four calls and their questions.

use std::collections::BTreeMap;

use kervan_sandbox::{Answer, Chance, Moment, Provider, Request};

/// Orders by number, approvals, amounts, charges.
#[derive(Clone, Debug, Default)]
pub(crate) struct Toy {
    pub(crate) orders: BTreeMap<String, String>,
    pub(crate) approved: Vec<String>,
    /// Row, object, amount.
    pub(crate) rows: Vec<(u64, String, String)>,
    pub(crate) charges: BTreeMap<String, String>,
}

/// An effect on an object, by the object's id.
pub(crate) type Effect = String;

impl Toy {
    pub(crate) fn add(&mut self, id: &str, amount: &str) -> Vec<Effect> {
        let number = self.rows.len() as u64 + 1;
        self.rows.push((number, id.to_owned(), amount.to_owned()));
        vec![id.to_owned()]
    }

    fn write(&mut self, verb: &str, id: &str, value: &str, chance: &mut Chance) -> (String, bool) {
        match verb {
            "create" if self.orders.contains_key(id) => (format!("exists {id}"), false),
            "create" => {
                self.orders.insert(id.to_owned(), value.to_owned());
                (format!("done {id}"), true)
            }
            "approve" if self.approved.iter().any(|known| known == id) => ("already".into(), false),
            "approve" => {
                self.approved.push(id.to_owned());
                ("done".into(), true)
            }
            "add" => {
                self.add(id, value);
                // Done, and the bank behind it did not say so.
                let is_busy = chance.below(4) == 0;
                (if is_busy { "busy" } else { "done" }.into(), true)
            }
            "charge" if self.charges.contains_key(id) => ("no".into(), false),
            "charge" if value == "0" => {
                self.charges.insert(id.to_owned(), "failed".into());
                ("no".into(), false)
            }
            _ => {
                self.charges.insert(id.to_owned(), value.to_owned());
                ("done".into(), true)
            }
        }
    }

    fn read(&self, verb: &str, id: &str) -> String {
        match verb {
            "order" => {
                let order = self.orders.get(id);
                order.map_or("none".into(), |value| format!("{id} {value}"))
            }
            "approval" => {
                let is_approved = self.approved.iter().any(|known| known == id);
                if is_approved { "approved" } else { "waiting" }.into()
            }
            // Rows of all objects, in small letters.
            "rows" => {
                let row = |(number, id, amount): &(u64, String, String)| {
                    format!("{number} {} {amount}\n", id.to_lowercase())
                };
                self.rows.iter().map(row).chain([".".to_owned()]).collect()
            }
            _ => {
                let charge = self.charges.get(id);
                charge.map_or("none".into(), |value| format!("{id} {value}"))
            }
        }
    }
}

impl Provider for Toy {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        _: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        let verb = request.route().trim_start_matches('/');
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let (id, value) = body.split_once(' ').unwrap_or((&body, ""));
        if self.is_read(request) {
            return (Answer::new(200, "text/plain", self.read(verb, id)), vec![]);
        }
        let (answer, is_done) = self.write(verb, id, value, chance);
        let effects = if is_done { vec![id.to_owned()] } else { vec![] };
        (Answer::new(200, "text/plain", answer), effects)
    }

    fn is_read(&self, request: &Request) -> bool {
        matches!(
            request.route(),
            "/order" | "/approval" | "/rows" | "/status"
        )
    }
}
