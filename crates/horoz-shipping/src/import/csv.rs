//! Orders from CSV.

use std::collections::HashSet;

use ::csv::{ReaderBuilder, StringRecord};
use kervan_core::Personal;
use kervan_turkiye::day::day_from_input;
use kervan_turkiye::fault::{InputError, SHORTENED};
use kervan_turkiye::line::sent;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::spreadsheet::{cell, key_cell};
use kervan_turkiye::text::fold;

use super::columns::{COLUMNS, Column, NamedColumn};
use super::imported::ImportedOrders;
use super::mistakes::{ImportError, ImportErrors, ImportMistake};
use crate::order::{Measure, OrderDays, OrderLine, Party, RequestNumber, SentText, SupplierCode};
use crate::supplier_pays::CreateSupplierPaysOrder;

/// How a CSV file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The separator of columns: a comma, a semicolon, a tab. By default the one that a first row like `sep=;`
    /// names, or the one that the row of names has most of.
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

impl DecimalMark {
    fn letter(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
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
    let (named, rows_above, text) = match separator_row(&text) {
        Some((separator, rest)) => (Some(separator), 1, rest),
        None => (None, 0, text.as_str()),
    };
    let separator = options.separator.or(named);
    let separator = separator.unwrap_or_else(|| separator_of(text));
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
    let mut sheet = Sheet {
        last_number: None,
        first: Vec::new(),
        columns: head_of(&head, rows_above + 1)?,
        mark,
        rows_above,
        orders: Vec::new(),
        rows: Vec::new(),
        numbers: HashSet::new(),
        errors: ImportErrors::new(),
    };
    for record in records {
        match record {
            Ok(record) => sheet.row(&record, head.len()),
            Err(error) => {
                let row = error.position().map_or(1, ::csv::Position::line) + rows_above;
                let error = ImportError::new(row, ImportMistake::Unreadable);
                sheet.errors.add(error);
            }
        }
    }
    if !sheet.errors.is_empty() {
        return Err(sheet.errors);
    }
    Ok(ImportedOrders {
        orders: sheet.orders,
        rows: sheet.rows,
        columns: sheet.columns,
    })
}

/// Returns the separator that a first row like `sep=;` names, and the text below this row. Spreadsheets
/// read such a row, and some write it in quotes or with separators behind it.
fn separator_row(text: &str) -> Option<(u8, &str)> {
    let (row, rest) = text.split_once('\n')?;
    let row = row.trim_matches('"');
    let (word, separators) = row.split_at_checked("sep=".len())?;
    let separator = *separators.as_bytes().first()?;
    let mut all = separators.bytes();
    let is_row = word.eq_ignore_ascii_case("sep=") && all.all(|one| one == separator);
    (is_row && separator.is_ascii()).then_some((separator, rest))
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

/// The fewest names of columns in a row of names. A row of data does not reach it by accident.
const FEWEST_NAMES: usize = 3;

/// Reads the columns in the order of the file.
fn head_of(head: &StringRecord, row: u64) -> Result<Vec<NamedColumn>, ImportErrors> {
    let mut errors = ImportErrors::new();
    let mut columns: Vec<NamedColumn> = Vec::new();
    let column_of = |name: &str| Column::of_name(&cell(name).unwrap_or_default());
    let known = head.iter().filter_map(column_of).count();
    for (index, name) in head.iter().enumerate() {
        if has_line_end(name) {
            errors.add(ImportError::new(row, ImportMistake::LineEnd).at(index));
        }
        let column = column_of(name);
        let name = name.trim();
        let wrong = |mistake| ImportError::new(row, mistake).at(index);
        match column {
            Some(column) if columns.iter().any(|known| known.column == column) => {
                errors.add(wrong(ImportMistake::ColumnTwice).named(name));
            }
            Some(column) => columns.push(NamedColumn {
                column,
                index,
                name: name.to_owned(),
            }),
            None if name.is_empty() => {}
            None => {
                let shown = shown(name, known >= FEWEST_NAMES);
                errors.add(wrong(ImportMistake::UnknownColumn).named(shown));
            }
        }
    }
    for (column, names, is_needed) in COLUMNS {
        if is_needed && !columns.iter().any(|known| known.column == column) {
            let error = ImportError::new(row, ImportMistake::MissingColumn);
            errors.add(error.named(names.first().copied().unwrap_or_default()));
        }
    }
    if errors.is_empty() {
        Ok(columns)
    } else {
        Err(errors)
    }
}

/// Returns a foreign name as far as it may be shown, because a file without a row of names begins with data.
fn shown(name: &str, is_in_a_row_of_names: bool) -> String {
    let is_word = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '_' | '-');
    let is_short = name.chars().count() <= 30;
    let is_one_word = name.chars().all(is_word) && name.split_whitespace().count() < 2;
    if is_short && (is_one_word || is_in_a_row_of_names) {
        name.to_owned()
    } else {
        "?".to_owned()
    }
}

/// A file that is being read into orders.
struct Sheet {
    /// The order of the row above, and its values that all its rows share.
    last_number: Option<RequestNumber>,
    first: Vec<String>,
    columns: Vec<NamedColumn>,
    mark: DecimalMark,
    /// How many rows of the file are above the row of names.
    rows_above: u64,
    orders: Vec<CreateSupplierPaysOrder>,
    rows: Vec<Vec<u64>>,
    numbers: HashSet<RequestNumber>,
    errors: ImportErrors,
}

/// One row, with its mistakes noted.
struct Row<'s> {
    columns: &'s [NamedColumn],
    /// The values of the columns; `None` for one with a noted mistake.
    values: Vec<Option<String>>,
    at: u64,
    mark: DecimalMark,
    errors: &'s mut ImportErrors,
}

impl<'s> Row<'s> {
    /// Creates a row, and removes from its values the marks that a spreadsheet added.
    fn new(
        record: &StringRecord,
        at: u64,
        columns: &'s [NamedColumn],
        mark: DecimalMark,
        errors: &'s mut ImportErrors,
    ) -> Self {
        let mut row = Self {
            columns,
            values: Vec::with_capacity(columns.len()),
            at,
            mark,
            errors,
        };
        for known in columns {
            let text = record.get(known.index).unwrap_or_default();
            let read = if known.column.is_key() {
                key_cell
            } else {
                cell
            };
            let value = match read(text) {
                Ok(value) => Some(value.into_owned()),
                Err(fault) => {
                    let mistake = if fault.fault() == &SHORTENED {
                        ImportMistake::Shortened
                    } else {
                        ImportMistake::Decimals
                    };
                    row.wrong(known.column, mistake, Some(fault));
                    None
                }
            };
            row.values.push(value);
        }
        row
    }

    /// Returns the value of a column; empty when the file does not have it, and where its mistake is noted.
    fn text(&self, column: Column) -> &str {
        let mut columns = self.columns.iter().zip(&self.values);
        let value = columns.find(|(known, _)| known.column == column);
        value
            .and_then(|(_, value)| value.as_deref())
            .unwrap_or_default()
    }

    /// Returns whether the mistake of a value is noted already.
    fn is_noted(&self, column: Column) -> bool {
        let mut columns = self.columns.iter().zip(&self.values);
        columns.any(|(known, value)| known.column == column && value.is_none())
    }

    fn wrong(&mut self, column: Column, mistake: ImportMistake, fault: Option<InputError>) {
        let mut error = ImportError::new(self.at, mistake);
        if let Some(known) = self.columns.iter().find(|known| known.column == column) {
            error = error.at(known.index).named(&known.name);
            error.fault = fault.map(|fault| fault.at(known.name.clone()));
        }
        self.errors.add(error);
    }

    fn personal(&self, column: Column) -> Option<Personal> {
        let text = self.text(column);
        (!text.is_empty()).then(|| Personal::from(text))
    }

    fn needed(&mut self, column: Column) -> String {
        let text = self.text(column).to_owned();
        if text.is_empty() && !self.is_noted(column) {
            self.wrong(column, ImportMistake::Empty, None);
        }
        text
    }

    /// Reads a value that is needed, and notes its mistake.
    fn read<T>(
        &mut self,
        column: Column,
        mistake: ImportMistake,
        read: impl FnOnce(&str) -> Result<T, Option<InputError>>,
    ) -> Option<T> {
        let text = self.needed(column);
        if text.is_empty() {
            return None;
        }
        match read(&text) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.wrong(column, mistake, fault);
                None
            }
        }
    }

    fn measure(&mut self, column: Column) -> Option<Measure> {
        let mark = self.mark.letter();
        self.read(column, ImportMistake::Number, |text| {
            Measure::from_input(text, mark).map_err(Some)
        })
    }

    fn day(&mut self, column: Column) -> Option<chrono::NaiveDate> {
        self.read(column, ImportMistake::Day, |text| {
            day_from_input(text).map_err(Some)
        })
    }

    fn line(&mut self) -> Option<OrderLine> {
        let code = self.needed(Column::ProductCode);
        let name = self.needed(Column::ProductName);
        let category = self.needed(Column::Category);
        let pieces = |text: &str| whole(text).and_then(|count| u32::try_from(count).ok());
        let quantity = self.read(Column::Quantity, ImportMistake::WholeNumber, |text| {
            pieces(text).ok_or(None)
        });
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

    /// Reads the order of a first row, still without lines.
    fn order(&mut self, number: &RequestNumber) -> Option<CreateSupplierPaysOrder> {
        let supplier = self.read(Column::Supplier, ImportMistake::WholeNumber, |text| {
            whole(text).and_then(SupplierCode::new).ok_or(None)
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
        let request = self.day(Column::RequestDay);
        let delivery = self.day(Column::DeliveryDay);
        let is_return = match fold(self.text(Column::Direction)).as_str() {
            "" | "DELIVERY" | "TESLIMAT" => Some(false),
            "RETURN" | "IADE" => Some(true),
            _ => {
                self.wrong(Column::Direction, ImportMistake::Direction, None);
                None
            }
        };
        let days = OrderDays::requested_on(request?).delivery(delivery?);
        let order = if is_return? {
            CreateSupplierPaysOrder::return_to_supplier(number.clone(), supplier?, party, days)
        } else {
            CreateSupplierPaysOrder::delivery(number.clone(), supplier?, party, days)
        };
        let reference = self.text(Column::Reference);
        Some(CreateSupplierPaysOrder {
            reference: (!reference.is_empty()).then(|| reference.to_owned()),
            tax_office: self.personal(Column::TaxOffice),
            tax_number: self.personal(Column::TaxNumber),
            ..order
        })
    }

    /// Returns a value of the order in the form that is compared with other rows.
    fn comparable(&self, column: Column) -> String {
        let text = self.text(column);
        let read = match column {
            Column::RequestDay | Column::DeliveryDay => {
                day_from_input(text).ok().map(|day| day.to_string())
            }
            Column::Phone => PhoneNumber::from_input(text).ok().map(String::from),
            Column::TaxNumber => Some(SentText::tax_number(text).as_str().to_owned()),
            _ => None,
        };
        read.unwrap_or_else(|| sent(text).into_owned())
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
        let row = record.position().map_or(0, ::csv::Position::line) + self.rows_above;
        if let Some(at) = record.iter().position(has_line_end) {
            let error = ImportError::new(row, ImportMistake::LineEnd).at(at);
            let known = self.columns.iter().find(|known| known.index == at);
            self.errors.add(match known {
                Some(known) => error.named(&known.name),
                None => error,
            });
            return;
        }
        if record.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        if record.len() != columns {
            let error = ImportError::new(row, ImportMistake::RowLength);
            self.errors.add(error);
            return;
        }
        let errors = &mut self.errors;
        let mut reading = Row::new(record, row, &self.columns, self.mark, errors);
        let number = reading.needed(Column::Number);
        let line = reading.line();
        if number.is_empty() {
            return;
        }
        let number = RequestNumber::from(number);
        if self.last_number.as_ref() == Some(&number) {
            for (column, first) in OF_ORDER.into_iter().zip(&self.first) {
                let is_there = !reading.text(column).is_empty();
                if is_there && reading.comparable(column) != *first {
                    reading.wrong(column, ImportMistake::Differs, None);
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
            .map(|column| reading.comparable(column));
        self.first.extend(values);
        let order = reading.order(&number);
        if !self.numbers.insert(number.clone()) {
            reading.wrong(Column::Number, ImportMistake::Scattered, None);
        }
        self.last_number = Some(number);
        if let (Some(mut order), Some(line)) = (order, line) {
            order.lines.push(line);
            self.orders.push(order);
            self.rows.push(vec![row]);
        }
    }
}

/// Returns whether a value has more than one line. Such a value is nearly always an unclosed quote, which
/// would swallow the rows below it.
fn has_line_end(value: &str) -> bool {
    value.contains(['\n', '\r'])
}

/// Reads a number of digits only, above zero.
fn whole(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_plain && *number > 0)
}
