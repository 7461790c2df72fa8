//! Orders from CSV.

use std::collections::HashSet;

use ::csv::{ReaderBuilder, StringRecord};
use chrono::NaiveDate;
use kervan_core::Personal;
use kervan_turkiye::text::{fold, is_blank};
use kervan_turkiye::time::DateForm;

use super::columns::{COLUMNS, Column};
use super::imported::ImportedOrders;
use super::mistakes::{ImportErrors, ImportMistake};
use crate::order::{Measure, OrderDays, OrderLine, Party, RequestNumber, SupplierCode};
use crate::supplier_pays::CreateSupplierPaysOrder;

/// How a CSV file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The separator of columns: a comma, a semicolon, a tab. By default the one that the first row has
    /// most of.
    pub separator: Option<u8>,
    /// The mark before decimals. By default a comma in a file with semicolons, else a point.
    pub decimals: Option<DecimalMark>,
}

/// The mark before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecimalMark {
    /// `20.25`.
    Point,
    /// `20,25`.
    Comma,
}

kervan_core::setters! { CsvOptions {
    /// Sets the separator of columns.
    separator: Option<u8>,
    /// Sets the mark before decimals.
    decimals: Option<DecimalMark>,
}}

pub(super) fn read(text: &str, options: CsvOptions) -> Result<ImportedOrders, ImportErrors> {
    // With them, the reader counts a row of the file too few.
    let mut text = text.replace("\r\n", "\n");
    // After it, a quote that is never closed always leaves a value with a line end.
    text.push('\n');
    let text = &text;
    let separator = options.separator.unwrap_or_else(|| separator_of(text));
    let mark = options.decimals.unwrap_or(match separator {
        b';' => DecimalMark::Comma,
        _ => DecimalMark::Point,
    });
    let mut records = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records();
    let head = match records.next() {
        Some(Ok(head)) => head,
        _ => StringRecord::new(),
    };
    let names = head_of(&head)?;
    let mut sheet = Sheet {
        last_number: None,
        first: Vec::new(),
        names,
        mark,
        orders: Vec::new(),
        rows: Vec::new(),
        numbers: HashSet::new(),
        errors: ImportErrors::new(),
    };
    for record in records {
        match record {
            Ok(record) => sheet.row(&record, head.len()),
            Err(error) => {
                let row = error.position().map_or(1, ::csv::Position::line);
                sheet.errors.add(row, None, ImportMistake::Unreadable);
            }
        }
    }
    if !sheet.errors.is_empty() {
        return Err(sheet.errors);
    }
    let names = sheet.names.into_iter().flatten().collect();
    Ok(ImportedOrders {
        orders: sheet.orders,
        rows: sheet.rows,
        names,
    })
}

/// Returns the separator that the first row has most of.
fn separator_of(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    let separators = [b'\t', b';', b','];
    // The last of those that are equally many.
    separators
        .into_iter()
        .max_by_key(|one| count(*one))
        .unwrap_or(b',')
}

/// The columns in the order of the file.
fn head_of(head: &StringRecord) -> Result<Vec<Option<(Column, String)>>, ImportErrors> {
    let mut errors = ImportErrors::new();
    let mut names: Vec<Option<(Column, String)>> = Vec::new();
    for name in head {
        if has_line_end(name) {
            errors.add(1, None, ImportMistake::LineEnd);
        }
        let name = name.trim();
        let column = Column::of_name(name);
        let is_known = |known: &&(Column, String)| Some(known.0) == column;
        if column.is_some() && names.iter().flatten().find(is_known).is_some() {
            errors.add(1, Some(name), ImportMistake::ColumnTwice);
        } else if column.is_none() && !name.is_empty() {
            errors.add(1, Some(&shown(name)), ImportMistake::UnknownColumn);
        }
        names.push(column.map(|column| (column, name.to_owned())));
    }
    for (column, [english, _], is_needed) in COLUMNS {
        let is_there = names.iter().flatten().any(|(known, _)| *known == column);
        if is_needed && !is_there {
            errors.add(1, Some(english), ImportMistake::MissingColumn);
        }
    }
    if errors.is_empty() {
        Ok(names)
    } else {
        Err(errors)
    }
}

/// A foreign name as far as it can be shown: a file without a row of names begins with data.
fn shown(name: &str) -> String {
    let is_word = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '_' | '-');
    if name.chars().count() <= 30
        && name.chars().all(is_word)
        && name.split_whitespace().count() < 2
    {
        name.to_owned()
    } else {
        "?".to_owned()
    }
}

/// A file on its way to orders.
struct Sheet {
    /// The order of the row above, and its values that all its rows share.
    last_number: Option<RequestNumber>,
    first: Vec<String>,
    names: Vec<Option<(Column, String)>>,
    mark: DecimalMark,
    orders: Vec<CreateSupplierPaysOrder>,
    rows: Vec<Vec<u64>>,
    numbers: HashSet<RequestNumber>,
    errors: ImportErrors,
}

/// One row, with its mistakes noted.
struct Row<'s> {
    names: &'s [Option<(Column, String)>],
    record: &'s StringRecord,
    at: u64,
    mark: DecimalMark,
    errors: &'s mut ImportErrors,
}

impl Row<'_> {
    /// The value of a column; empty when the file does not have it.
    fn text(&self, column: Column) -> &str {
        let is_it = |name: &Option<(Column, String)>| {
            name.as_ref().is_some_and(|(known, _)| *known == column)
        };
        let at = self.names.iter().position(is_it);
        at.and_then(|at| self.record.get(at))
            .unwrap_or_default()
            .trim()
    }

    fn wrong(&mut self, column: Column, mistake: ImportMistake) {
        let found = self
            .names
            .iter()
            .flatten()
            .find(|(known, _)| *known == column);
        let name = found.map(|(_, name)| name.clone());
        self.errors.add(self.at, name.as_deref(), mistake);
    }

    fn personal(&self, column: Column) -> Option<Personal> {
        let text = self.text(column);
        (!is_blank(text)).then(|| Personal::from(text))
    }

    fn needed(&mut self, column: Column) -> String {
        let text = self.text(column).to_owned();
        if text.is_empty() {
            self.wrong(column, ImportMistake::Empty);
        }
        text
    }

    /// Reads a value that is needed; a mistake is noted, and a placeholder takes its place.
    fn read<T>(
        &mut self,
        column: Column,
        mistake: ImportMistake,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.needed(column);
        if text.is_empty() {
            return None;
        }
        let value = read(&text);
        if value.is_none() {
            self.wrong(column, mistake);
        }
        value
    }

    fn measure(&mut self, column: Column) -> Option<Measure> {
        let mark = self.mark;
        self.read(column, ImportMistake::Number, |text| measure(text, mark))
    }

    fn line(&mut self) -> Option<OrderLine> {
        let code = self.needed(Column::ProductCode);
        let name = self.needed(Column::ProductName);
        let category = self.needed(Column::Category);
        let pieces = |text: &str| whole(text).and_then(|count| u32::try_from(count).ok());
        let quantity = self.read(Column::Quantity, ImportMistake::WholeNumber, pieces);
        let desi = self.measure(Column::Desi);
        let weight = if self.text(Column::Weight).is_empty() {
            None
        } else {
            self.measure(Column::Weight)
        };
        let line = OrderLine::new(code, quantity?, desi?)
            .name(name)
            .category(category);
        Some(match weight {
            Some(weight) => line.weight_kg(weight),
            None => line,
        })
    }

    /// The order of a first row, still without lines.
    fn order(&mut self, number: &str) -> Option<CreateSupplierPaysOrder> {
        let supplier = self.read(Column::Supplier, ImportMistake::WholeNumber, |text| {
            whole(text).and_then(SupplierCode::new)
        });
        let party = Party::new(self.needed(Column::Name))
            .city(self.needed(Column::Province))
            .county(self.needed(Column::District))
            .address(self.needed(Column::Address))
            .phone(self.needed(Column::Phone));
        let party = Party {
            email: self.personal(Column::Email),
            ..party
        };
        let request = self.read(Column::RequestDay, ImportMistake::Day, day);
        let delivery = self.read(Column::DeliveryDay, ImportMistake::Day, day);
        let is_return = match fold(self.text(Column::Direction)).as_str() {
            "" | "DELIVERY" | "TESLIMAT" => Some(false),
            "RETURN" | "IADE" => Some(true),
            _ => {
                self.wrong(Column::Direction, ImportMistake::Direction);
                None
            }
        };
        let days = OrderDays::requested_on(request?).delivery(delivery?);
        let order = if is_return? {
            CreateSupplierPaysOrder::return_to_supplier(number, supplier?, party, days)
        } else {
            CreateSupplierPaysOrder::delivery(number, supplier?, party, days)
        };
        let reference = self.text(Column::Reference);
        Some(CreateSupplierPaysOrder {
            reference: (!reference.is_empty()).then(|| reference.to_owned()),
            tax_office: self.personal(Column::TaxOffice),
            tax_number: self.personal(Column::TaxNumber),
            ..order
        })
    }
}

/// The columns that belong to the order, not to one of its lines.
const OF_ORDER: [Column; 13] = [
    Column::Reference,
    Column::Direction,
    Column::Supplier,
    Column::Name,
    Column::Province,
    Column::District,
    Column::Address,
    Column::Phone,
    Column::Email,
    Column::TaxOffice,
    Column::TaxNumber,
    Column::RequestDay,
    Column::DeliveryDay,
];

impl Sheet {
    fn row(&mut self, record: &StringRecord, columns: usize) {
        let row = record.position().map_or(0, ::csv::Position::line);
        if let Some(at) = record.iter().position(has_line_end) {
            let column = self.names.get(at).and_then(Option::as_ref);
            let name = column.map(|(_, name)| name.as_str());
            self.errors.add(row, name, ImportMistake::LineEnd);
            return;
        }
        if record.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        if record.len() != columns {
            self.errors.add(row, None, ImportMistake::RowLength);
            return;
        }
        let mut reading = Row {
            names: &self.names,
            record,
            at: row,
            mark: self.mark,
            errors: &mut self.errors,
        };
        let number = reading.needed(Column::Number);
        let line = reading.line();
        if number.is_empty() {
            return;
        }
        let number = RequestNumber::from(number);
        if self.last_number.as_ref() == Some(&number) {
            for (column, first) in OF_ORDER.into_iter().zip(&self.first) {
                let text = reading.text(column);
                if !text.is_empty() && text != first {
                    reading.wrong(column, ImportMistake::Differs);
                }
            }
            if let (Some(line), Some(order), Some(rows)) = (
                line,
                self.orders
                    .last_mut()
                    .filter(|order| order.number == number),
                self.rows.last_mut(),
            ) {
                order.lines.push(line);
                rows.push(row);
            }
            return;
        }
        self.first.clear();
        let values = OF_ORDER
            .into_iter()
            .map(|column| reading.text(column).to_owned());
        self.first.extend(values);
        let order = reading.order(number.as_str());
        if !self.numbers.insert(number.clone()) {
            reading.wrong(Column::Number, ImportMistake::Scattered);
        }
        self.last_number = Some(number);
        if let (Some(mut order), Some(line)) = (order, line) {
            order.lines.push(line);
            self.orders.push(order);
            self.rows.push(vec![row]);
        }
    }
}

/// Whether a value goes over more than one line. Such a value is nearly always a quote that is
/// never closed, and the rows below it would be lost in it.
fn has_line_end(value: &str) -> bool {
    value.contains(['\n', '\r'])
}

/// Digits and nothing else, above zero.
fn whole(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_plain && *number > 0)
}

fn measure(text: &str, mark: DecimalMark) -> Option<Measure> {
    match mark {
        DecimalMark::Point => text.parse().ok(),
        DecimalMark::Comma => Measure::from_comma(text).ok(),
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    DateForm::Iso
        .read(text)
        .or_else(|| DateForm::Dotted.read(text))
}
