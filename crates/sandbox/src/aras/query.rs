//! The query service: `GetQueryJSON`, `GetQueryXML` and `GetQueryDS` with their types.

mod cells;
mod columns;
mod find;
mod kinds;
mod write;

use columns::{Column, Step};
use find::Refusal;
use kinds::{Kind, Rows};
use write::Table;

pub(super) use write::{Row, data_set_of};

use super::branches::BRANCHES;
use super::effect::Effect;
use super::parcel::{Movement, Parcel};
use super::settings::{Method, Nothing};
use super::stage::Stage;
use super::{Aras, login, moves, soap};
use crate::values::answers;
use crate::values::day::day;
use crate::values::xml::{self, Element};
use crate::{Answer, Chance, Moment, Request};

const ACTION: &str = "http://tempuri.org/IArasCargoIntegrationService/";

const METHODS: [Method; 3] = [Method::Json, Method::Xml, Method::DataSet];

/// Operations that are not queries.
const NOT_SIMULATED: [&str; 2] = ["SetDataXML", "CallCourier"];

/// Returns whether the query service has an operation of this name.
pub(super) fn has(operation: &str) -> bool {
    method(operation).is_some() || NOT_SIMULATED.contains(&operation)
}

/// Returns the names of the operations, each query alone and with each of its types.
pub(super) fn operations() -> impl Iterator<Item = String> {
    let queries = METHODS.into_iter().flat_map(|method| {
        let name = write::operation(method);
        let typed = kinds::numbers().map(move |number| format!("{name}-{number}"));
        std::iter::once(name.to_owned()).chain(typed)
    });
    queries.chain(NOT_SIMULATED.map(str::to_owned))
}

/// Returns the operation with its type, as `GetQueryJSON-1`.
pub(super) fn operation(call: &Element) -> Option<String> {
    method(&call.name)?;
    let query = xml::read(soap::argument(call, "queryInfo").trim());
    let number = query.map(|query| soap::argument(&query, "QueryType").trim().to_owned());
    let number = number.filter(|number| {
        !number.is_empty() && number.len() <= 3 && number.bytes().all(|it| it.is_ascii_digit())
    });
    Some(number.map_or_else(
        || call.name.clone(),
        |number| format!("{}-{number}", call.name),
    ))
}

/// The fault for an operation that the service does not have.
pub(super) fn wrong_action() -> Answer {
    write::wrong_action().refusing(
        "a:ActionNotSupported",
        "SOAPAction: not an operation of the query service",
    )
}

/// Answers a call of the service.
pub(super) fn answer(
    world: &mut Aras,
    request: &Request,
    call: &Element,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let action = answers::header(request, "SOAPAction").unwrap_or_default();
    if action.trim_matches('"').strip_prefix(ACTION) != Some(call.name.as_str()) {
        return (wrong_action(), Vec::new());
    }
    let Some(method) = method(&call.name) else {
        return (answers::not_simulated(&call.name), Vec::new());
    };
    let checked = check(world, method, call);
    let (login, query, kind) = match checked {
        Ok(checked) => checked,
        Err(answer) => return (*answer, Vec::new()),
    };
    let condition = match find::condition(&kind, &login, &query, now) {
        Ok(condition) => condition,
        Err(refusal) => return (refused(world, method, refusal), Vec::new()),
    };
    if is_of_another_account(world, &query) {
        let answer = nothing(world, method).refusing("", "CustomerCode: of another account");
        return (answer, Vec::new());
    }
    let effects = find::keys(&kind, &query)
        .iter()
        .flat_map(|key| moves::asked(world, key, now, chance))
        .collect();
    let found = find::parcels(&kind, &world.parcels, &*condition, now);
    let tables = tables(world, &kind, &found, now);
    let answer = if tables.iter().all(|table| table.rows.is_empty()) {
        nothing(world, method)
    } else {
        write::rows(method, &tables)
    };
    (answer, effects)
}

fn refused(world: &Aras, method: Method, refusal: Refusal) -> Answer {
    match refusal {
        Refusal::Nothing(rule) => nothing(world, method).refusing("", rule),
        Refusal::Sentence(text, rule) => write::text(method, text).refusing("", rule),
        Refusal::Fault(rule) => internal_fault(rule),
    }
}

type Checked = (Element, Element, Kind);

/// Checks the login, then the type.
fn check(world: &Aras, method: Method, call: &Element) -> Result<Checked, Box<Answer>> {
    let read = |name: &'static str| {
        let inner = xml::read(soap::argument(call, name).trim());
        inner.ok_or_else(|| Box::new(internal_fault(format!("{name}: not XML in a text"))))
    };
    let login = read("loginInfo")?;
    let query = read("queryInfo")?;
    let settings = &world.settings;
    let sent = login::of_query(call);
    let is_known = sent.as_ref().is_some_and(|sent| {
        sent.user == settings.query_user && sent.password == settings.query_password
    });
    if !is_known {
        let rule = "UserName, Password: not those of the query service";
        return Err(Box::new(write::wrong_login().refusing("s:Client", rule)));
    }
    if sent.is_some_and(|sent| sent.customer_code != settings.customer_code) {
        let answer = nothing(world, method).refusing("", "CustomerCode: not that of the login");
        return Err(Box::new(answer));
    }
    if settings.method.is_some_and(|only| only != method) {
        let rule = "the login is registered for another method";
        return Err(Box::new(write::text(method, "").refusing("", rule)));
    }
    let number = soap::argument(&query, "QueryType").trim().to_owned();
    if kinds::NOT_SIMULATED.contains(&number.as_str()) {
        let name = format!("query type {number}, whose columns are not public");
        return Err(Box::new(answers::not_simulated(&name)));
    }
    let Some(kind) = kinds::kind(&number) else {
        let text = "Sorgu tipi için yetkiniz bulunmamaktadır.";
        let answer = write::text(method, text).refusing("", "QueryType: not one of the guide");
        return Err(Box::new(answer));
    };
    if matches!(kind.rows, Rows::Tables) && method != Method::DataSet {
        let rule = "QueryType: this one is answered by GetQueryDS only";
        return Err(Box::new(write::text(method, "").refusing("", rule)));
    }
    Ok((login, query, kind))
}

fn method(operation: &str) -> Option<Method> {
    METHODS
        .into_iter()
        .find(|method| write::operation(*method) == operation)
}

/// `CustomerCode` among the parameters, which some types have.
fn is_of_another_account(world: &Aras, query: &Element) -> bool {
    let code = soap::argument(query, "CustomerCode").trim();
    !code.is_empty() && code != world.settings.customer_code
}

fn nothing(world: &Aras, method: Method) -> Answer {
    match world.settings.nothing {
        Nothing::Null => write::rows(method, &[]),
        Nothing::Empty => write::text(method, ""),
        // Not a refusal: the world's way to say that nothing was found.
        Nothing::Fault => write::internal_fault(),
    }
}

fn internal_fault(rule: String) -> Answer {
    write::internal_fault().refusing("a:InternalServiceFault", rule)
}

fn tables(world: &Aras, kind: &Kind, found: &[&Parcel], now: Moment) -> Vec<Table> {
    let one = |rows: Vec<Row>| {
        vec![Table {
            name: kind.row,
            rows,
            is_named: false,
        }]
    };
    match kind.rows {
        Rows::Parcels(columns) => {
            let row = |parcel: &&Parcel| row(columns, kind.without, parcel, now);
            one(found.iter().map(row).collect())
        }
        Rows::Steps(columns) => {
            // Newest first, because no page promises an order.
            let steps = found
                .iter()
                .flat_map(|parcel| parcel.movements.iter().rev());
            one(steps.map(|step| step_row(columns, step)).collect())
        }
        Rows::Branches => one(BRANCHES.iter().map(branch_row).collect()),
        Rows::Count => {
            let today = |parcel: &&Parcel| {
                let delivery = parcel.delivery.as_ref();
                parcel.stage == Stage::Delivered
                    && delivery.is_some_and(|it| day(it.at) == day(now))
            };
            let count = world.parcels.iter().filter(today).count();
            one(vec![vec![("Count", count.to_string())]])
        }
        Rows::Tables => everything(found, now),
    }
}

/// Returns the rows of type 1, which the shipment service's tables use.
pub(super) fn parcel_rows(
    world: &Aras,
    is_wanted: impl Fn(&Parcel) -> bool,
    now: Moment,
) -> Vec<Row> {
    let found = world.parcels.iter().filter(|parcel| is_wanted(parcel));
    found
        .map(|parcel| row(&[columns::CORE], &[], parcel, now))
        .collect()
}

/// Returns the rows of type 9.
pub(super) fn step_rows(world: &Aras, is_wanted: impl Fn(&Parcel) -> bool) -> Vec<Row> {
    let found = world.parcels.iter().filter(|parcel| is_wanted(parcel));
    let steps = found.flat_map(|parcel| parcel.movements.iter());
    steps
        .map(|step| step_row(&[columns::STEP, columns::REMARK], step))
        .collect()
}

fn row(columns: &[&[Column]], without: &[&str], parcel: &Parcel, now: Moment) -> Row {
    let all = columns.iter().copied().flatten();
    let cells = all.filter(|(name, _)| !without.contains(name));
    cells
        .filter_map(|(name, value)| Some((*name, value(parcel, now)?)))
        .collect()
}

fn step_row(columns: &[&[Step]], step: &Movement) -> Row {
    let all = columns.iter().copied().flatten();
    all.filter_map(|(name, value)| Some((*name, value(step)?)))
        .collect()
}

fn branch_row(branch: &super::branches::Branch) -> Row {
    vec![
        ("SUBE_ADI", branch.name.to_owned()),
        ("ADRES", branch.address()),
        ("TELEFON", branch.phone.to_owned()),
    ]
}

/// The tables of types 22 and 26, in the order of the guide: general, handing back, delivery, failed
/// attempts, redirections, round trip. A table without rows is in the schema only.
fn everything(found: &[&Parcel], now: Moment) -> Vec<Table> {
    let of = |name: &'static str, columns: &'static [Column], is_in: fn(&Parcel) -> bool| Table {
        name,
        is_named: true,
        rows: found
            .iter()
            .filter(|parcel| is_in(parcel))
            .map(|parcel| row(&[columns], &[], parcel, now))
            .collect(),
    };
    let attempts = found.iter().flat_map(|parcel| {
        parcel.attempts.iter().map(|attempt| {
            vec![
                ("DEVIR_KODU", attempt.code.clone()),
                ("DEVIR_NEDENI", attempt.reason.clone()),
                ("DEVIR_ACIKLAMA", attempt.note.clone()),
            ]
        })
    });
    vec![
        of("Table", columns::CORE, |_| true),
        of("Table1", columns::HANDED_OVER, |parcel| {
            parcel.stage == Stage::Returned
        }),
        of("Table2", columns::HANDED_OVER, |parcel| {
            parcel.stage == Stage::Delivered
        }),
        Table {
            name: "Table3",
            is_named: true,
            rows: attempts.collect(),
        },
        of("Table4", columns::REDIRECTED, |parcel| {
            !parcel.redirections.is_empty()
        }),
        of("Table5", columns::ROUND_TRIP, |parcel| {
            parcel.way_back.is_some()
        }),
    ]
}
