//! The addresses of both services and of the pages, and what is asked at each.

use super::effect::Effect;
use super::{Aras, changes, moves, pages, query, shipments, soap};
use crate::values::answers;
use crate::values::xml::{self, Element};
use crate::{Answer, Chance, Moment, Provider, Request};

/// The two services, which have addresses of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Service {
    Query,
    Shipment,
}

impl Service {
    /// Chooses by the last part of the path, which is case-sensitive; by the operation where it is not
    /// one of theirs. `None` for a misspelled one.
    fn of(request: &Request, call: &Element) -> Option<Self> {
        let route = request.route();
        let last = route.rsplit('/').next().unwrap_or_default();
        let services = [
            ("ArasCargoIntegrationService.svc", Service::Query),
            ("arascargoservice.asmx", Service::Shipment),
        ];
        for (name, service) in services {
            if last.eq_ignore_ascii_case(name) {
                return (last == name).then_some(service);
            }
        }
        let is_query = query::has(&call.name);
        Some(if is_query {
            Service::Query
        } else {
            Service::Shipment
        })
    }
}

/// Returns the names of the operations: those of the shipment service, the queries with and without their
/// types, the pages, and the calls of the newer site.
pub(super) fn operations() -> Vec<String> {
    shipments()
        .map(str::to_owned)
        .chain(query::operations())
        .chain(pages::names().map(str::to_owned))
        .collect()
}

impl Provider for Aras {
    type Effect = Effect;

    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Effect>) {
        if request.method == "GET" {
            let page = pages::answer(self, request, now, chance);
            return page.unwrap_or_else(|| (answers::unknown(request), Vec::new()));
        }
        if request.method != "POST" {
            return (answers::unknown(request), Vec::new());
        }
        if pages::is_web(request) {
            return pages::web(self, request, now, chance);
        }
        let Some(call) = xml::call(&request.body) else {
            return (answers::unreadable("SOAP"), Vec::new());
        };
        match Service::of(request, &call) {
            Some(Service::Query) => {
                if query::has(&call.name) {
                    query::answer(self, request, &call, now, chance)
                } else {
                    (query::wrong_action(), Vec::new())
                }
            }
            Some(Service::Shipment) => self.shipment(request, &call, now, chance),
            None => (answers::unknown(request), Vec::new()),
        }
    }

    fn is_read(&self, request: &Request) -> bool {
        let call = xml::call(&request.body);
        call.is_none_or(|call| call.name.starts_with("Get"))
    }

    fn operation(&self, request: &Request) -> String {
        match xml::call(&request.body) {
            Some(call) => query::operation(&call).unwrap_or(call.name),
            None => pages::name(request).to_owned(),
        }
    }

    fn own_key(&self, request: &Request) -> Option<String> {
        let call = xml::call(&request.body)?;
        let order = call
            .child("orderInfo")
            .and_then(|info| info.children.first());
        let order = order.or_else(|| call.child(changes::UPDATE_ARGUMENT));
        let (holder, name) = match order {
            Some(order) => (order, "IntegrationCode"),
            None if changes::CALLS.contains(&call.name.as_str()) => (&call, "code"),
            None => (&call, "integrationCode"),
        };
        let key = soap::argument(holder, name);
        Some(key.to_owned()).filter(|key| !key.is_empty())
    }

    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Effect> {
        moves::advance(self, now, chance)
    }
}
