//! The ways to take money, or to reserve it.

use kervan_settling::Settle;
use param_marketplace::Settings;
use param_marketplace::payments::stored::{CardCode, ChargeStoredCard, ChargeStoredCardWithModel};
use param_marketplace::payments::{
    BkmPayment, Currency, CurrencyPayment, ModalCurrencyPayment, ModalPayment, ModelPayment,
    ModelPaymentV2, PosPayment, ReserveAmount, ReserveWithModel, ReturnUrls, Security,
};

use super::{OWNER, card, lira, money, sale};

/// The key of the stored card.
pub(super) const STORED: &str = "22222222-0000-4000-8000-000000000002";

/// A way to take money from a card, or to reserve it.
pub(super) trait Way: 'static {
    /// The request.
    type Write: Settle<Service = Settings>;
    /// The name of the charge, and that of the start.
    const NAMES: [&'static str; 2];

    /// Returns the request for an order, under the shop's key of the attempt.
    fn write(order: &str, key: &str, security: Security) -> Self::Write;
}

pub(super) struct Pos;

impl Way for Pos {
    type Write = PosPayment;
    const NAMES: [&'static str; 2] = ["param Pos_Odeme (without 3-D)", "param Pos_Odeme (3-D)"];

    fn write(order: &str, key: &str, security: Security) -> PosPayment {
        PosPayment::new(sale(order, key), card(), security)
    }
}

pub(super) struct Model;

impl Way for Model {
    type Write = ModelPayment;
    const NAMES: [&'static str; 2] = ["param TP_WMD_UCD (without 3-D)", "param TP_WMD_UCD (3-D)"];

    fn write(order: &str, key: &str, security: Security) -> ModelPayment {
        ModelPayment::new(sale(order, key), card(), security)
    }
}

pub(super) struct ModelV2;

impl Way for ModelV2 {
    type Write = ModelPaymentV2;
    const NAMES: [&'static str; 2] = [
        "param TP_WMD_UCD_v2 (without 3-D)",
        "param TP_WMD_UCD_v2 (3-D)",
    ];

    fn write(order: &str, key: &str, security: Security) -> ModelPaymentV2 {
        Model::write(order, key, security).into()
    }
}

pub(super) struct InCurrency;

impl Way for InCurrency {
    type Write = CurrencyPayment;
    const NAMES: [&'static str; 2] = [
        "param TP_Islem_Odeme_WD (without 3-D)",
        "param TP_Islem_Odeme_WD (3-D)",
    ];

    fn write(order: &str, key: &str, security: Security) -> CurrencyPayment {
        CurrencyPayment::new(Currency::Euro, sale(order, key), card(), security)
    }
}

pub(super) struct Stored;

impl Way for Stored {
    type Write = ChargeStoredCard;
    const NAMES: [&'static str; 2] = ["param KS_Tahsilat (without 3-D)", "param KS_Tahsilat (3-D)"];

    fn write(order: &str, key: &str, security: Security) -> ChargeStoredCard {
        let sale = sale(order, key);
        let charge = match security {
            Security::ThreeD => ChargeStoredCard::with_3d(sale, STORED, CardCode::new("000")),
            _ => ChargeStoredCard::without_3d(sale, STORED),
        };
        charge.owner(OWNER)
    }
}

pub(super) struct StoredModel;

impl Way for StoredModel {
    type Write = ChargeStoredCardWithModel;
    const NAMES: [&'static str; 2] = [
        "param KS_Tahsilat_UCD (without 3-D)",
        "param KS_Tahsilat_UCD (3-D)",
    ];

    fn write(order: &str, key: &str, security: Security) -> ChargeStoredCardWithModel {
        ChargeStoredCardWithModel::new(Stored::write(order, key, security))
    }
}

pub(super) struct Bkm;

impl Way for Bkm {
    type Write = BkmPayment;
    const NAMES: [&'static str; 2] = ["", "param TP_Islem_Odeme_BKM"];

    fn write(order: &str, key: &str, _: Security) -> BkmPayment {
        let sale = sale(order, key);
        let urls = ReturnUrls::after_success(sale.success_url.as_str())
            .after_failure(sale.failure_url.as_str());
        let amount = money(lira(10));
        BkmPayment::new(
            sale.order,
            sale.key,
            amount,
            "5550000001",
            urls,
            sale.customer_ip,
        )
    }
}

pub(super) struct Modal;

impl Way for Modal {
    type Write = ModalPayment;
    const NAMES: [&'static str; 2] = ["", "param TP_Modal_Payment"];

    fn write(order: &str, key: &str, _: Security) -> ModalPayment {
        let url = "https://shop.example/paid";
        ModalPayment::new(order.into(), key.into(), money(lira(10)), url)
    }
}

pub(super) struct ModalInCurrency;

impl Way for ModalInCurrency {
    type Write = ModalCurrencyPayment;
    const NAMES: [&'static str; 2] = ["", "param TP_Modal_Payment_WD"];

    fn write(order: &str, key: &str, security: Security) -> ModalCurrencyPayment {
        ModalCurrencyPayment::new(Modal::write(order, key, security), Currency::Euro)
    }
}

pub(super) struct Reserve;

impl Way for Reserve {
    type Write = ReserveAmount;
    const NAMES: [&'static str; 2] = [
        "param TP_Islem_Odeme_OnProv (without 3-D)",
        "param TP_Islem_Odeme_OnProv (3-D)",
    ];

    fn write(order: &str, key: &str, security: Security) -> ReserveAmount {
        ReserveAmount::new(sale(order, key), card(), security)
    }
}

pub(super) struct ReserveModel;

impl Way for ReserveModel {
    type Write = ReserveWithModel;
    const NAMES: [&'static str; 2] = [
        "param TP_Islem_Odeme_OnProv_WMD (without 3-D)",
        "param TP_Islem_Odeme_OnProv_WMD (3-D)",
    ];

    fn write(order: &str, key: &str, security: Security) -> ReserveWithModel {
        ReserveWithModel::new(sale(order, key), card(), security)
    }
}
