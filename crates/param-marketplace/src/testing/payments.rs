//! Answers of the payment service and of the service for stored cards.

use kervan_core::Personal;

use super::answered::{Answered, answered_by_code};
use super::marketplace::{amount, foreign, personal};
use super::said::{Row, Said};
use crate::ids::PaymentId;
use crate::moment::ReceivedMoment;
use crate::payments::stored::{
    ChargeStoredCard, ChargeStoredCardWithModel, ListStoredCards, RemoveStoredCard, StoreCard,
    StoredCard, StoredCardKey, StoredCards,
};
use crate::payments::{
    BkmPayment, BrowserAddress, CaptureReservation, Captured, Charged, CompletePayment,
    CompleteReservation, Completed, CurrencyPayment, ModalCurrencyPayment, ModalPayment,
    ModelPayment, ModelPaymentV2, Payment, PaymentKey, PaymentOrder, PaymentRecord,
    PaymentRefunded, PaymentState, PaymentStatus, PosPayment, ProvisionId, QueryPayment, ReceiptId,
    RefundPayment, RefundReceipt, RefundWithReceipt, Reservation, ReserveAmount, ReserveWithModel,
    ShowPage, ShowReservation, VerifyCard, VisitReservation, VisitUrl, VoidReservation,
};

answered_by_code!(VoidReservation, RemoveStoredCard);

/// The placeholder for the address or the page in an answer without 3-D.
const WITHOUT_3D: &str = "NONSECURE";

fn order(order: Option<&PaymentOrder>) -> Option<&str> {
    order.map(PaymentOrder::as_str)
}

fn number(payment: Option<PaymentId>) -> Option<String> {
    payment.map(|payment| payment.to_string())
}

fn visit(visit: &VisitUrl, said: Said) -> Said {
    said.maybe("Islem_ID", number(visit.payment))
        .text("UCD_URL", visit.url.as_str())
        .maybe("Islem_GUID", visit.transaction.as_ref())
        .maybe("Siparis_ID", order(visit.order.as_ref()))
        .maybe("Komisyon_Oran", visit.commission_rate.as_ref())
}

fn page(page: &ShowPage, said: Said) -> Said {
    said.maybe("Islem_ID", number(page.payment))
        .maybe("Islem_GUID", page.transaction.as_ref())
        .text("UCD_HTML", page.html.as_str())
        .maybe("Siparis_ID", order(page.order.as_ref()))
        .maybe("Net_Tutar", amount(page.net.as_ref()))
        .maybe("Komisyon_Tutar", amount(page.commission.as_ref()))
        .maybe("Komisyon_Oran", page.commission_rate.as_ref())
}

fn charged(charged: &Charged, place: &'static str, said: Said) -> Said {
    said.text("Islem_ID", charged.receipt.as_str())
        .text(place, WITHOUT_3D)
        .maybe("Siparis_ID", order(charged.order.as_ref()))
        .maybe("Net_Tutar", amount(charged.net.as_ref()))
        .maybe("Komisyon_Tutar", amount(charged.commission.as_ref()))
        .maybe("Komisyon_Oran", charged.commission_rate.as_ref())
}

macro_rules! by_address {
    ($($call:ty),+) => {$(
        impl Answered for $call {
            fn write(&self, output: &Payment<VisitUrl>, said: Said) -> Said {
                match output {
                    Payment::Started(started) => visit(started, said),
                    Payment::Charged(done) => charged(done, "UCD_URL", said),
                }
            }
        }
    )+};
}

macro_rules! by_page {
    ($($call:ty),+) => {$(
        impl Answered for $call {
            fn write(&self, output: &Payment<ShowPage>, said: Said) -> Said {
                match output {
                    Payment::Started(started) => page(started, said),
                    Payment::Charged(done) => charged(done, "UCD_HTML", said),
                }
            }
        }
    )+};
}

by_address!(PosPayment, CurrencyPayment, ChargeStoredCard);
by_page!(ModelPayment, ModelPaymentV2, ChargeStoredCardWithModel);

macro_rules! by_browser {
    ($($call:ty: $element:literal),+) => {$(
        impl Answered for $call {
            fn write(&self, output: &BrowserAddress, said: Said) -> Said {
                said.text($element, output.url.as_str())
            }
        }
    )+};
}

by_browser!(
    BkmPayment: "Redirect_URL",
    ModalPayment: "URL",
    ModalCurrencyPayment: "URL",
    VerifyCard: "UCD_URL"
);

impl Answered for CompletePayment {
    fn write(&self, output: &Completed, said: Said) -> Said {
        said.text("Dekont_ID", output.receipt.as_str())
            .maybe("Siparis_ID", order(output.order.as_ref()))
            .maybe("Bank_Trans_ID", output.bank_transaction.as_ref())
            .maybe("Bank_AuthCode", output.bank_approval.as_ref())
            .maybe("Bank_HostRefNum", output.bank_reference.as_ref())
            .maybe("Komisyon_Oran", output.commission_rate.as_ref())
    }
}

impl Answered for CompleteReservation {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.text("Dekont_ID", output.provision.as_str())
            .maybe("Siparis_ID", order(output.order.as_ref()))
    }
}

impl Answered for ReserveAmount {
    fn write(&self, output: &Reservation<VisitReservation>, said: Said) -> Said {
        match output {
            Reservation::Started(started) => visit(&started.visit, said),
            Reservation::Reserved(done) => said
                .text("Islem_ID", done.provision.as_str())
                .text("UCD_URL", WITHOUT_3D)
                .maybe("Siparis_ID", order(done.order.as_ref())),
        }
    }
}

impl Answered for ReserveWithModel {
    fn write(&self, output: &Reservation<ShowReservation>, said: Said) -> Said {
        match output {
            Reservation::Started(started) => page(&started.page, said),
            Reservation::Reserved(done) => said
                .text("Islem_ID", done.provision.as_str())
                .text("UCD_HTML", WITHOUT_3D)
                .maybe("Siparis_ID", order(done.order.as_ref())),
        }
    }
}

impl Answered for CaptureReservation {
    fn write(&self, output: &Captured, said: Said) -> Said {
        said.maybe(
            "Prov_ID",
            output.provision.as_ref().map(ProvisionId::as_str),
        )
        .text("Dekont_ID", output.receipt.as_str())
        .maybe("Siparis_ID", order(output.order.as_ref()))
        .maybe("Bank_Trans_ID", output.bank_transaction.as_ref())
        .maybe("Bank_AuthCode", output.bank_approval.as_ref())
        .maybe("Bank_HostRefNum", output.bank_reference.as_ref())
    }
}

fn refunded(output: &PaymentRefunded, said: Said) -> Said {
    said.maybe("Bank_AuthCode", output.bank_approval.as_ref())
        .maybe("Bank_Trans_ID", output.bank_transaction.as_ref())
        .maybe("Bank_HostRefNum", output.bank_reference.as_ref())
}

impl Answered for RefundPayment {
    fn write(&self, output: &PaymentRefunded, said: Said) -> Said {
        refunded(output, said)
    }
}

impl Answered for RefundWithReceipt {
    fn write(&self, output: &RefundReceipt, said: Said) -> Said {
        let receipt = |receipt: Option<&ReceiptId>| receipt.map(|it| it.as_str().to_owned());
        let said = said
            .maybe(
                "Orjinal_Dekont_ID",
                receipt(output.payment_receipt.as_ref()),
            )
            .maybe("Iade_Dekont_ID", receipt(output.refund_receipt.as_ref()))
            .maybe("Siparis_ID", order(output.order.as_ref()));
        refunded(&output.refunded, said)
    }
}

impl Answered for QueryPayment {
    fn write(&self, output: &PaymentStatus, said: Said) -> Said {
        match &output.payment {
            Some(payment) => said.object("DT_Bilgi", record(payment)),
            None => said.object("DT_Bilgi", Row::default()),
        }
    }
}

fn record(payment: &PaymentRecord) -> Row {
    let state = |state: &PaymentState| String::from(state.clone());
    Row::default()
        .maybe("Odeme_Sonuc", payment.result.as_ref())
        .maybe(
            "Odeme_Sonuc_Aciklama",
            foreign(payment.result_text.as_ref()),
        )
        .maybe("Dekont_ID", payment.receipt.as_ref().map(ReceiptId::as_str))
        .maybe("Siparis_ID", order(payment.order.as_ref()))
        .maybe("Islem_ID", payment.key.as_ref().map(PaymentKey::as_str))
        .maybe("Durum", payment.state.as_ref().map(state))
        .maybe("Tarih", payment.time.as_ref().map(ReceivedMoment::as_str))
        .maybe("Toplam_Tutar", amount(payment.total.as_ref()))
        .maybe("Komisyon_Oran", payment.commission_rate.as_ref())
        .maybe("Komisyon_Tutar", amount(payment.commission.as_ref()))
        .maybe("Banka_Sonuc_Aciklama", foreign(payment.bank_text.as_ref()))
        .maybe("Taksit", payment.installments.as_ref())
        .maybe("Ext_Data", foreign(payment.data.as_ref()))
        .maybe("Toplam_Iade_Tutar", amount(payment.refunded.as_ref()))
        .maybe("KK_No", personal(payment.card.as_ref()))
        .maybe("Bank_Extra", foreign(payment.bank_extra.as_ref()))
        .maybe("Islem_Tip", payment.kind.as_ref())
        .maybe("Bank_Trans_ID", payment.bank_transaction.as_ref())
        .maybe("Bank_AuthCode", payment.bank_approval.as_ref())
        .maybe("Bank_HostRefNum", payment.bank_reference.as_ref())
}

impl Answered for StoreCard {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.text("KS_GUID", output.card.expose())
    }
}

impl Answered for ListStoredCards {
    fn write(&self, output: &StoredCards, said: Said) -> Said {
        let row = |card: &StoredCard| {
            Row::default()
                .maybe("ID", card.row_number.as_ref())
                .maybe("KK_GUID", card.card.as_ref().map(StoredCardKey::expose))
                .maybe("Tarih", card.stored.as_ref().map(ReceivedMoment::as_str))
                .maybe("KK_No", card.number.as_ref().map(Personal::as_str))
                .maybe("KK_Tip", card.kind.as_ref())
                .maybe("KK_Banka", card.bank.as_ref())
                .maybe("KK_Marka", card.brand.as_ref())
                .maybe("Kart_Adi", personal(card.name.as_ref()))
                .maybe("KK_Hash", personal(card.hash.as_ref()))
                .maybe("KK_KD", personal(card.kd.as_ref()))
                .maybe("KK_SK", personal(card.expiry.as_ref()))
                .maybe("Data2", personal(card.data.as_ref()))
        };
        said.table("Temp", output.cards.iter().map(row).collect())
    }
}
