//! Orders from rows, one row a piece.

use kervan_import::{Column, FromRows, ImportMistake, Row};
use kervan_turkiye::Money;
use kervan_turkiye::amount::kurus_from_input;

use super::columns::{
    ADDRESS, ALL, AMOUNT, BARCODE, CITY, COLLECTED_BY, COLLECTIONS, DESCRIPTION, DESI, INVOICE,
    Kind, MOBILE_PHONE, NAME, PAYMENT, PAYMENTS, PHONE, PRODUCT, REFERENCE, SECOND_PHONE, TOWN,
    WAYBILL, WEIGHT,
};
use crate::ids::CustomerReference;
use crate::shipments::new_order::{Measure, NewOrder, Payment, Piece, Receiver};
use crate::shipments::set_order::SetOrder;

impl FromRows for SetOrder {
    type Part = Piece;

    const COLUMNS: &'static [&'static Column] = ALL;
    const KEY: &'static Column = &REFERENCE;
    const PARTS: &'static str = "order.pieces";

    fn part(row: &mut Row<'_>) -> Option<Piece> {
        let barcode = row.needed(&BARCODE);
        let desi = row.number(&DESI).map(Measure::rounded_up);
        let weight = row.number(&WEIGHT).map(Measure::rounded_up);
        Some(Piece {
            product: row.personal(&PRODUCT),
            description: row.personal(&DESCRIPTION),
            ..Piece::new(barcode).desi(desi?).weight_kg(weight?)
        })
    }

    fn order(row: &mut Row<'_>, part: Option<Piece>) -> Option<Self> {
        let reference = row.read(&REFERENCE, ImportMistake::Form, |text| {
            CustomerReference::new(text).map_err(|_| None)
        });
        let receiver = Receiver::new(row.needed(&NAME))
            .address(row.needed(&ADDRESS))
            .phone(row.needed(&PHONE))
            .city(row.needed(&CITY))
            .town(row.needed(&TOWN));
        let receiver = Receiver {
            second_phone: row.personal(&SECOND_PHONE),
            mobile_phone: row.personal(&MOBILE_PHONE),
            ..receiver
        };
        let payment = payment(row);
        Some(Self::new(NewOrder {
            waybill: row.given(&WAYBILL).map(str::to_owned),
            invoice: row.given(&INVOICE).map(str::to_owned),
            ..NewOrder::new(reference?, receiver, payment?, part?)
        }))
    }

    fn and(mut self, part: Piece) -> Self {
        self.order.pieces = self.order.pieces.and(part);
        self
    }
}

/// Reads the payment. An amount that nobody would collect is a mistake, because the shop expects it.
fn payment(row: &mut Row<'_>) -> Option<Payment> {
    let simple = match row.word(&PAYMENT, &PAYMENTS)? {
        Kind::OnDelivery => {
            let amount = row.read(&AMOUNT, ImportMistake::Amount, |text| {
                Money::from_input(text).map_err(Some)
            });
            let by = row.word(&COLLECTED_BY, &COLLECTIONS);
            return Some(Payment::CashOnDelivery {
                amount: amount?,
                by: by?,
            });
        }
        Kind::Sender => Payment::SenderPays,
        Kind::Receiver => Payment::ReceiverPays,
    };
    let is_amount = |text: &str| kurus_from_input(text) != Ok(0);
    if row.given(&AMOUNT).is_some_and(is_amount) {
        row.wrong(&AMOUNT, ImportMistake::NotExpected);
    }
    if row.given(&COLLECTED_BY).is_some() {
        row.wrong(&COLLECTED_BY, ImportMistake::NotExpected);
    }
    Some(simple)
}
