//! Payments on pages: BKM Express and the provider's modal page.

use super::call::Call;
use super::charge::{Amounts, check_address, check_phone, check_signature};
use super::effect::Effect;
use super::payment::{Flow, Payment};
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};

impl Param {
    /// `TP_Islem_Odeme_BKM`: starts a payment with BKM Express.
    pub(crate) fn start_bkm(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        check_phone(call, "Customer_GSM")?;
        check_address(call, "IPAddress")?;
        let amount = call.amount("Amount")?;
        let signed = ["GUID", "Amount", "Order_ID", "Error_URL", "Success_URL"];
        let mut parts = vec![self.account.code.clone()];
        parts.extend(signed.map(|name| call.text(name)));
        check_signature(&parts, call, "Payment_Hash")?;
        let amounts = Amounts {
            total: amount,
            installments: 1,
            currency: "TL",
        };
        let payment = Payment {
            order: self.order_number(&call.text("Order_ID"), false)?,
            key: call.text("Transaction_ID"),
            flow: Flow::Bkm,
            owner: call.text("Customer_Info"),
            owner_gsm: call.text("Customer_GSM"),
            address: call.text("IPAddress"),
            description: call.text("Order_Description"),
            success_url: call.text("Success_URL"),
            failure_url: call.text("Error_URL"),
            ..self.started(call, &amounts, scene)
        };
        let session = self.open_page(payment, scene);
        let url = self.bkm_url(&session);
        Ok(vec![
            text("Redirect_URL", url),
            text("Response_Code", 1),
            text("Response_Message", "Başarılı"),
        ])
    }

    /// `TP_Modal_Payment` and `_WD`: starts a payment on the provider's page.
    pub(crate) fn start_modal(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        check_phone(call, "d/GSM")?;
        let installments = call.number("d/Installment");
        if !(1..=12).contains(&installments) {
            return Err(Refusal::code(-110, "Installment: not 1 to 12"));
        }
        let currency = match call.text("d/CurrencyCode").as_str() {
            "1001" => "USD",
            "1002" => "EUR",
            "1003" => "GBP",
            _ => "TL",
        };
        let amounts = Amounts {
            total: call.amount("d/Amount")?,
            installments,
            currency,
        };
        let payment = Payment {
            // The page's form brings the order number back as it was sent.
            order: call.text("d/Order_ID"),
            key: call.text("d/TransactionId"),
            flow: Flow::Modal,
            owner_gsm: call.text("d/GSM"),
            success_url: call.text("d/Callback_URL"),
            failure_url: call.text("d/Callback_URL"),
            ..self.started(call, &amounts, scene)
        };
        let session = self.open_page(payment, scene);
        let url = self.modal_url(&session);
        Ok(vec![
            text("ResultCode", 1),
            text("ResultDescription", "Başarılı"),
            text("URL", url),
        ])
    }

    pub(crate) fn bkm_url(&self, session: &str) -> String {
        format!("{}bkm/start.aspx?id={session}", self.pages)
    }

    pub(crate) fn modal_url(&self, session: &str) -> String {
        format!("{}modal/pay.aspx?id={session}", self.pages)
    }

    fn open_page(&mut self, payment: Payment, scene: &mut Scene<'_>) -> String {
        let id = self.payment_number(scene.chance);
        let (session, order) = (payment.session.clone(), payment.order.clone());
        self.payments.push(Payment {
            id,
            is_secure: true,
            ..payment
        });
        scene.happened(Effect::Started { payment: id, order });
        session
    }
}
