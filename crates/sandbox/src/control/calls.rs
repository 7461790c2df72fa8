//! The log of a world.

use serde_json::{Value, json};

use super::{Problem, Reply, number, query};
use crate::Request;
use crate::world::{Record, World};

/// `GET calls?provider=&operation=&after=`: the records that are kept, the oldest first.
pub(super) fn list(world: &World, request: &Request) -> Reply {
    let filter = Filter::read(request)?;
    world.check_provider(filter.provider.as_deref())?;
    let records = world.records().filter(|record| filter.fits(record));
    let records: Vec<&Record> = records.collect();
    Ok((200, json!({ "records": records })))
}

/// `GET calls/{number}`: one record with request and answer.
pub(super) fn one(world: &World, text: &str) -> Reply {
    let number = number(text)?;
    let record = world.records().find(|record| record.number == number);
    let record = record.ok_or_else(|| Problem::new(404, format!("there is no record {number}")))?;
    Ok((
        200,
        json!({
            "record": record,
            "line": record.to_string(),
            "request": record.request,
            "answer": record.answer,
        }),
    ))
}

/// Which records are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) provider: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) after: u64,
}

impl Filter {
    fn read(request: &Request) -> Result<Self, Problem> {
        let mut filter = Filter::default();
        for (name, value) in query(request)? {
            match name.as_str() {
                "provider" => filter.provider = Some(value),
                "operation" => filter.operation = Some(value),
                "after" => {
                    filter.after = number(&value).map_err(|why| Problem::new(400, why.text))?;
                }
                _ => {
                    return Err(Problem::new(
                        400,
                        format!("`{name}` is not a parameter of this address"),
                    ));
                }
            }
        }
        Ok(filter)
    }

    pub(super) fn fits(&self, record: &Record) -> bool {
        let is = |asked: &Option<String>, is: &str| asked.as_ref().is_none_or(|asked| asked == is);
        record.number > self.after
            && is(&self.provider, record.provider)
            && is(&self.operation, &record.operation)
    }
}

/// Writes records.
pub(super) fn written(records: &[&Record]) -> Value {
    json!({ "records": records })
}
