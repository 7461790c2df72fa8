//! Answers of the marketplace service.

use kervan_core::{ForeignText, Personal};

use super::answered::{Answered, answered_by_code};
use super::said::{Row, Said};
use crate::amount::ReceivedAmount;
use crate::ids::{OrderKey, SubMerchantId};
use crate::limits::CheckLimit;
use crate::merchants::{
    AddSubMerchant, AddSubMerchantV2, ListSubMerchants, RemoveSubMerchant, SubMerchant,
    SubMerchantAdded, SubMerchants, UpdateSubMerchant, UpdateSubMerchantV2,
};
use crate::moment::ReceivedMoment;
use crate::orders::{
    AddOrderDetail, CancelOrRefund, Order, OrderStatus, Orders, QueryOrders, SetOrderStatus,
};
use crate::typed;

answered_by_code!(RemoveSubMerchant, UpdateSubMerchant, UpdateSubMerchantV2);

/// Returns the row that the query shows for an entry under this key, in this state.
pub fn order_row(entry: &AddOrderDetail, key: impl Into<OrderKey>, status: OrderStatus) -> Order {
    Order {
        key: Some(key.into()),
        status: Some(status),
        product_amount: Some(entry.product_amount.comma().into()),
        payable: Some(entry.payable.comma().into()),
        seller: Some(entry.seller.clone()),
        payment: Some(entry.payment.to_string()),
        ..Order::default()
    }
}

/// Returns the row that the list shows for a seller under this key.
pub fn seller_row(seller: &AddSubMerchant, id: impl Into<SubMerchantId>) -> SubMerchant {
    let mut row = SubMerchant::default();
    row.kind = Some(seller.seller.wire().to_string());
    row.name = Some(seller.seller.name().clone());
    row.number = Some(seller.seller.number().into());
    row.mobile = Some(typed::mobile(&seller.mobile).into());
    row.iban = Some(typed::iban(&seller.account.iban).into());
    row.address.clone_from(&seller.address);
    row.province = Some(seller.place.province.to_string().into());
    row.district = Some(seller.place.district.to_string().into());
    row.website.clone_from(&seller.website);
    row.category.clone_from(&seller.category);
    row.id = Some(id.into());
    row
}

pub(super) fn amount(amount: Option<&ReceivedAmount>) -> Option<&str> {
    amount.map(ReceivedAmount::as_str)
}

pub(super) fn personal(text: Option<&Personal>) -> Option<&str> {
    text.map(Personal::as_str)
}

pub(super) fn foreign(text: Option<&ForeignText>) -> Option<&str> {
    text.map(ForeignText::as_str)
}

fn status(status: Option<&OrderStatus>) -> Option<String> {
    status.cloned().map(String::from)
}

impl Answered for AddOrderDetail {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.text("GUID_AltUyeIsyeri", self.seller.as_str())
            .maybe("Tutar_Urun", amount(output.product_amount.as_ref()))
            .maybe("Tutar_Odenecek", amount(output.payable.as_ref()))
            .text("PYSiparis_GUID", output.order.as_str())
            .text("SanalPOS_Islem_ID", self.payment.to_string())
            .maybe("Toplam_Tahsilat_Tutari", amount(output.collected.as_ref()))
            .maybe("Pazaryeri_Limit", output.limit.as_ref())
            .maybe("Yeni_Odenecek_Tutar", output.new_payable.as_ref())
    }
}

impl Answered for SetOrderStatus {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.maybe("Tutar_Urun", amount(output.product_amount.as_ref()))
            .maybe("Tutar_Odenecek", amount(output.payable.as_ref()))
            .maybe("Durum", status(output.status.as_ref()))
            .maybe("Durum_Str", foreign(output.status_text.as_ref()))
    }
}

impl Answered for CancelOrRefund {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.maybe("Durum", status(output.status.as_ref()))
            .maybe("Durum_Str", foreign(output.status_text.as_ref()))
    }
}

impl Answered for QueryOrders {
    fn write(&self, output: &Orders, said: Said) -> Said {
        let row = |order: &Order| {
            Row::default()
                .maybe("PYSiparis_GUID", order.key.as_ref().map(OrderKey::as_str))
                .maybe("Durum", status(order.status.as_ref()))
                .maybe("Durum_Str", foreign(order.status_text.as_ref()))
                .maybe("Tutar_Urun", amount(order.product_amount.as_ref()))
                .maybe("Tutar_Odenecek", amount(order.payable.as_ref()))
                .maybe(
                    "GUID_AltUyeIsyeri",
                    order.seller.as_ref().map(SubMerchantId::as_str),
                )
                .maybe("SanalPOS_Islem_ID", order.payment.as_ref())
                .maybe("Tarih", order.entered.as_ref().map(ReceivedMoment::as_str))
                .maybe(
                    "Vade_Tarihi",
                    order.due.as_ref().map(ReceivedMoment::as_str),
                )
        };
        said.table("Temp", output.orders.iter().map(row).collect())
    }
}

fn added(output: &SubMerchantAdded, said: Said) -> Said {
    said.text("GUID_AltUyeIsyeri", output.id.as_str())
}

impl Answered for AddSubMerchant {
    fn write(&self, output: &SubMerchantAdded, said: Said) -> Said {
        added(output, said)
    }
}

impl Answered for AddSubMerchantV2 {
    fn write(&self, output: &SubMerchantAdded, said: Said) -> Said {
        added(output, said)
    }
}

impl Answered for ListSubMerchants {
    fn write(&self, output: &SubMerchants, said: Said) -> Said {
        let row = |seller: &SubMerchant| {
            Row::default()
                .maybe("ID", seller.row_number.as_ref())
                .maybe("Durum", seller.status.as_ref())
                .maybe("Tip", seller.kind.as_ref())
                .maybe("Ad_Soyad", personal(seller.name.as_ref()))
                .maybe("Unvan", personal(seller.title.as_ref()))
                .maybe("TC_VN", personal(seller.number.as_ref()))
                .maybe(
                    "Yetkili_Kisi_TC",
                    personal(seller.authorised_number.as_ref()),
                )
                .maybe("GSM_No", personal(seller.mobile.as_ref()))
                .maybe("IBAN_No", personal(seller.iban.as_ref()))
                .maybe("Adres", personal(seller.address.as_ref()))
                .maybe("Il", personal(seller.province.as_ref()))
                .maybe("Ilce", personal(seller.district.as_ref()))
                .maybe("Website", personal(seller.website.as_ref()))
                .maybe("MCC_Kod", seller.category.as_ref())
                .maybe("GUID", seller.id.as_ref().map(SubMerchantId::as_str))
                .maybe("Tarih", seller.entered.as_ref().map(ReceivedMoment::as_str))
                .maybe("Vergi_Daire", personal(seller.tax_office.as_ref()))
        };
        said.maybe("Toplam_Kayit", output.total.map(|total| total.to_string()))
            .table("Temp1", output.sellers.iter().map(row).collect())
    }
}

impl Answered for CheckLimit {
    fn write(&self, output: &Self::Output, said: Said) -> Said {
        said.maybe("AltUyeIsyeri", personal(output.seller.as_ref()))
            .text("Odeme_Alma_Durumu", String::from(output.verdict.clone()))
            .maybe("Toplam_Tahsilat_Tutari", output.collected.as_ref())
            .maybe("Pazaryeri_Limit", output.limit.as_ref())
            .maybe("Yeni_Odenecek_Tutar", output.new_payable.as_ref())
    }
}
