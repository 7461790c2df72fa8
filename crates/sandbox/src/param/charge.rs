//! Charging and reserving with a card: `Pos_Odeme`, `TP_WMD_UCD` and their relatives.

use std::net::IpAddr;

use super::call::Call;
use super::document::submitting;
use super::effect::Effect;
use super::hash::hash;
use super::payment::{Flow, Payment, PaymentState, Verdict};
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::Kurus;

/// Which parts the signature of an operation has, and how it goes on.
pub(crate) struct Way {
    pub(crate) flow: Flow,
    pub(crate) is_reservation: bool,
    signed: Signed,
    /// Whether an order number that has a successful payment is refused; otherwise it is replaced.
    refuses_paid_orders: bool,
}

/// Values that are signed beside code, key, amounts and order number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signed {
    Installments,
    Addresses,
    Both,
}

impl Way {
    /// Returns the way of an operation that charges or reserves with a card.
    pub(crate) fn of(operation: &str) -> Option<Way> {
        let (flow, is_reservation, signed) = match operation {
            "Pos_Odeme" => (Flow::ThreeDPay, false, Signed::Both),
            "TP_Islem_Odeme_WD" => (Flow::ThreeDPay, false, Signed::Addresses),
            "TP_WMD_UCD" | "TP_WMD_UCD_v2" => (Flow::ThreeDModel, false, Signed::Installments),
            "TP_Islem_Odeme_OnProv" => (Flow::ThreeDPay, true, Signed::Addresses),
            "TP_Islem_Odeme_OnProv_WMD" => (Flow::ThreeDModel, true, Signed::Addresses),
            _ => return None,
        };
        Some(Way {
            flow,
            is_reservation,
            signed,
            refuses_paid_orders: operation.starts_with("TP_WMD_UCD"),
        })
    }
}

impl Param {
    /// Charges or reserves at once, or starts a payment with 3-D.
    pub(crate) fn charge(
        &mut self,
        call: &Call,
        way: &Way,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        check_card(call)?;
        let amounts = self.check_amounts(call)?;
        self.check_hash(call, way)?;
        let card = self.account.card(&call.text("KK_No"));
        let verdict = self.verdict_of(&card);
        if verdict == Verdict::ApprovesSingle && amounts.installments > 1 {
            return Err(Refusal::debit_installments());
        }
        let order = self.order_number(&call.text("Siparis_ID"), way.refuses_paid_orders)?;
        let id = self.payment_number(scene.chance);
        let payment = Payment {
            id,
            order,
            flow: way.flow,
            is_reservation: way.is_reservation,
            verdict,
            card: card.masked,
            owner: call.text("KK_Sahibi"),
            ..self.started(call, &amounts, scene)
        };
        self.payments.push(payment);
        let index = self.payments.len() - 1;
        if self.payments[index].is_secure {
            let order = self.payments[index].order.clone();
            scene.happened(Effect::Started { payment: id, order });
        } else if !self.take(index, scene) {
            return Err(self.bank_refusal(index));
        }
        let payment = &self.payments[index];
        Ok(match (call.operation.as_str(), way.flow) {
            ("TP_WMD_UCD_v2", _) => {
                let mut items = self.model_answer(payment);
                items.extend([
                    text("Net_Tutar", payment.net().double()),
                    text("Komisyon_Tutar", payment.commission.double()),
                    text("Komisyon_Oran", Kurus(payment.rate).double()),
                ]);
                items
            }
            (_, Flow::ThreeDModel) => self.model_answer(payment),
            ("TP_Islem_Odeme_OnProv", _) => self.reservation_answer(payment),
            _ => self.pay_answer(payment),
        })
    }

    /// Returns a payment as its request describes it, still without number and card.
    pub(crate) fn started(&self, call: &Call, amounts: &Amounts, scene: &mut Scene<'_>) -> Payment {
        let data: Vec<String> = (1..=10)
            .map(|number| format!("Data{number}"))
            .filter(|name| call.has(name))
            .map(|name| call.text(&name))
            .collect();
        Payment {
            id: 0,
            receipt: 0,
            order: call.text("Siparis_ID"),
            key: call.text("Islem_ID"),
            session: scene.chance.guid(),
            state: PaymentState::Waiting,
            flow: Flow::ThreeDPay,
            is_reservation: false,
            is_secure: call.text("Islem_Guvenlik_Tip") != "NS",
            amount: amounts.total,
            currency: amounts.currency.to_owned(),
            installments: amounts.installments,
            started: scene.now,
            charged: scene.now,
            queries: 0,
            given_back: Vec::new(),
            commission: amounts.total.share(self.rules.commission),
            rate: self.rules.commission,
            verdict: Verdict::Approves,
            card: String::new(),
            owner: String::new(),
            owner_gsm: call.text("KK_Sahibi_GSM"),
            address: call.text("IPAdr"),
            description: call.text("Siparis_Aciklama"),
            data: data.join("|"),
            success_url: call.text("Basarili_URL"),
            failure_url: call.text("Hata_URL"),
            proof: String::new(),
        }
    }

    /// Checks amounts and installments against each other.
    pub(crate) fn check_amounts(&self, call: &Call) -> Result<Amounts, Refusal> {
        let (amount, total) = (call.amount("Islem_Tutar")?, call.amount("Toplam_Tutar")?);
        let installments = if call.has("Taksit") {
            call.number("Taksit")
        } else {
            1
        };
        let rate = self.customer_rate(installments)?;
        // No rule of rounding is published, so both neighbours are taken.
        let with_rate = amount + amount.share(rate);
        let off = total.0.abs_diff(with_rate.0);
        if total != amount && (rate == 0 || off > 1) {
            let rule = "Toplam_Tutar: neither Islem_Tutar nor Islem_Tutar with the customer's rate";
            return Err(Refusal::code(-202, rule));
        }
        Ok(Amounts {
            total,
            installments,
            currency: currency(&call.text("Doviz_Kodu")),
        })
    }

    fn check_hash(&self, call: &Call, way: &Way) -> Result<(), Refusal> {
        let value = |name: &str| call.text(name);
        let mut parts = vec![self.account.code.clone(), value("GUID")];
        if way.signed != Signed::Addresses {
            parts.push(value("Taksit"));
        }
        parts.extend(["Islem_Tutar", "Toplam_Tutar", "Siparis_ID"].map(value));
        if way.signed != Signed::Installments {
            parts.extend(["Hata_URL", "Basarili_URL"].map(value));
        }
        check_signature(&parts, call, "Islem_Hash")
    }

    /// Returns the order number that the provider uses: the one that was sent, unless it is used.
    pub(crate) fn order_number(&self, order: &str, refuses: bool) -> Result<String, Refusal> {
        if refuses {
            let is_paid = |payment: &Payment| payment.order == order && payment.is_charged();
            return if self.payments.iter().any(is_paid) {
                let rule = "Siparis_ID: has a successful payment";
                Err(Refusal::code(-400, rule))
            } else {
                Ok(order.to_owned())
            };
        }
        let is_used = |order: &str| self.payments.iter().any(|payment| payment.order == order);
        if !is_used(order) {
            return Ok(order.to_owned());
        }
        let begins = |payment: &&Payment| payment.order.starts_with(order);
        let mut next = self.payments.iter().filter(begins).count();
        while is_used(&format!("{order}_{next}")) {
            next += 1;
        }
        Ok(format!("{order}_{next}"))
    }

    /// Returns the refusal of a payment that a bank refused.
    pub(crate) fn bank_refusal(&self, index: usize) -> Refusal {
        let payment = self.payments.get(index);
        match payment.map(|payment| (payment.state, &payment.order)) {
            Some((PaymentState::Refused(code), order)) => Refusal::by_bank(code, order),
            _ => Refusal::code(-1, "the payment could not be taken"),
        }
    }

    /// Returns the answer in the shape of 3D Pay.
    pub(crate) fn pay_answer(&self, payment: &Payment) -> Vec<Item> {
        let mut items = vec![
            text("Islem_ID", shown_id(payment)),
            text("UCD_URL", self.page_url(payment)),
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Banka_Sonuc_Kod", if payment.is_secure { -1 } else { 0 }),
        ];
        if !payment.is_secure || self.rules.starts_show_order {
            items.push(text("Siparis_ID", &payment.order));
        }
        items.push(text("Komisyon_Oran", Kurus(payment.rate).double()));
        items
    }

    fn reservation_answer(&self, payment: &Payment) -> Vec<Item> {
        let mut items = vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Islem_ID", payment.id),
            text("UCD_URL", self.page_url(payment)),
        ];
        if payment.is_secure {
            items.push(text("Islem_GUID", &payment.session));
        }
        items.extend([
            text("Banka_Sonuc_Kod", 0),
            text("Siparis_ID", &payment.order),
        ]);
        items
    }

    /// Returns the answer in the shape of the 3D Model.
    pub(crate) fn model_answer(&self, payment: &Payment) -> Vec<Item> {
        let mut items = vec![text("Islem_ID", shown_id(payment))];
        if payment.is_secure {
            items.push(text("Islem_GUID", &payment.session));
        }
        items.push(text("UCD_HTML", self.page_html(payment)));
        if payment.is_secure {
            items.push(text("UCD_MD", "cHJlLWF1dGg="));
        }
        items.extend([
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Bank_Trans_ID", bank_text(payment, "T")),
            text("Bank_AuthCode", bank_text(payment, "P")),
            text("Bank_HostMsg", ""),
            text("Banka_Sonuc_Kod", 0),
            text("Bank_Extra", ""),
            text("Siparis_ID", &payment.order),
            text("Bank_HostRefNum", bank_text(payment, "")),
        ]);
        items
    }

    /// Returns where the customer goes, or the word for a payment without 3-D.
    pub(crate) fn page_url(&self, payment: &Payment) -> String {
        if payment.is_secure {
            self.session_url(&payment.session)
        } else {
            "NONSECURE".to_owned()
        }
    }

    pub(crate) fn session_url(&self, session: &str) -> String {
        let pages = &self.pages;
        format!("{pages}3D_Secure/AkilliKart_3DPay_PFO.aspx?rURL=TURKPOS_3D_TRAN&SID={session}")
    }

    pub(crate) fn page_html(&self, payment: &Payment) -> String {
        if payment.is_secure {
            let address = format!("{}3D_Secure/", self.pages);
            submitting(&address, &[("SID", &payment.session)])
        } else {
            "NONSECURE".to_owned()
        }
    }
}

/// The amount to be paid, its currency and its parts.
pub(crate) struct Amounts {
    pub(crate) total: Kurus,
    pub(crate) installments: i64,
    pub(crate) currency: &'static str,
}

/// Compares a signature; the refusal repeats the one that arrived, as the provider does.
pub(crate) fn check_signature(parts: &[String], call: &Call, name: &str) -> Result<(), Refusal> {
    let given = call.text(name);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if hash(&parts) == given {
        Ok(())
    } else {
        let rule = format!("{name}: not the hash of the values that were sent");
        Err(Refusal::words(-102, format!("Hash hatalı: {given}"), rule))
    }
}

/// Returns the bank's own texts of a payment that was charged at once; empty for a start.
pub(crate) fn bank_text(payment: &Payment, letter: &str) -> String {
    if payment.receipt == 0 {
        String::new()
    } else {
        format!("{letter}{}", payment.receipt)
    }
}

/// Returns the receipt of a sale that is done, otherwise the payment's number.
pub(crate) fn shown_id(payment: &Payment) -> i64 {
    if payment.receipt == 0 {
        payment.id
    } else {
        payment.receipt
    }
}

fn currency(code: &str) -> &'static str {
    match code {
        "1001" => "USD",
        "1002" => "EUR",
        "1003" => "GBP",
        _ => "TL",
    }
}

/// Rules of a card that the table of the operation does not hold.
fn check_card(call: &Call) -> Result<(), Refusal> {
    check_number_and_expiry(call)?;
    check_code(call)?;
    check_phone(call, "KK_Sahibi_GSM")?;
    check_address(call, "IPAdr")
}

pub(crate) fn check_code(call: &Call) -> Result<(), Refusal> {
    if call.text("KK_CVC").len() == 3 {
        Ok(())
    } else {
        Err(Refusal::code(-105, "KK_CVC: not three digits"))
    }
}

pub(crate) fn check_number_and_expiry(call: &Call) -> Result<(), Refusal> {
    if !(15..=16).contains(&call.text("KK_No").len()) {
        return Err(Refusal::code(-118, "KK_No: neither 15 nor 16 digits"));
    }
    let month = call.text("KK_SK_Ay");
    if month.len() != 2 || !(1..=12).contains(&call.number("KK_SK_Ay")) {
        return Err(Refusal::code(-107, "KK_SK_Ay: not 01 to 12"));
    }
    // Four digits are documented, two are seen to work.
    if !matches!(call.text("KK_SK_Yil").len(), 2 | 4) {
        return Err(Refusal::code(
            -106,
            "KK_SK_Yil: neither two nor four digits",
        ));
    }
    Ok(())
}

pub(crate) fn check_phone(call: &Call, path: &str) -> Result<(), Refusal> {
    let phone = call.text(path);
    if phone.is_empty() {
        Ok(())
    } else if phone.bytes().any(|b| !b.is_ascii_digit()) {
        Err(Refusal::code(-117, format!("{path}: not only digits")))
    } else if phone.len() == 10 && phone.starts_with('5') {
        Ok(())
    } else {
        let rule = format!("{path}: not ten digits, the first a 5");
        Err(Refusal::code(-108, rule))
    }
}

pub(crate) fn check_address(call: &Call, path: &str) -> Result<(), Refusal> {
    match call.text(path).parse::<IpAddr>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Refusal::code(-111, format!("{path}: not an IP address"))),
    }
}
