//! Settling a payment with a lost answer by the status query.

mod charges;
mod refusals;
mod second_steps;

use kervan_core::Answer;
use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::payments::{
    CaptureReservation, CompleteReservation, ModelPaymentV2, Payment, QueryPayment, RefundPayment,
    RefundWithReceipt, ReserveAmount, Security, VoidReservation,
};
use param_marketplace::{
    Action, Class, Client, Error, NextStep, Outcome, RejectionKind, Resumed, Sent, Settled,
};

use super::{card, model_payment, money, payment, payment_refund, sale, second_step, status};
use crate::support::{
    Desk, SETTLED, Write, body, client, said, settled, settled_after, settled_late, stored,
};

const STATUS: &str = "TP_Islem_Sorgulama4";
const REFUND: &str = "TP_Islem_Iptal_Iade_Kismi2";

pub(super) async fn after<T>(answer: &str, ask: impl AsyncFn(Client) -> T) -> T {
    let answer = Format::Xml.answer(200, answer.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    ask(client(&server, 1)).await
}

/// Returns the status query's answer for a payment of 10.01 with this sum of refunds.
fn refunded(sum: &str) -> String {
    let state = match sum {
        "0" => "SUCCESS",
        "10.01" => "REFUND",
        _ => "PARTIAL_REFUND",
    };
    let result = if state == "REFUND" { "13" } else { "1" };
    status(result, state, "3007300695", sum)
}
