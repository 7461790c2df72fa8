//! Param: payments, stored cards and marketplace, as one merchant's account sees them.
//!
//! A request is read from its SOAP 1.1 envelope, checked against the transcribed table of its
//! operation (every finding is refused), then by login, keys, signature, values and states. Keys are
//! compared without regard to letter case.
//!
//! | area | operations |
//! |---|---|
//! | sellers | `Pazaryeri_TP_AltUyeIsyeri_Ekleme`, `_Ekleme_v2`, `_Guncelleme`, `_Guncelleme_v2`, `_Silme`, `_Liste`, `Pazaryeri_TP_Limit_Kontrol` |
//! | entries | `Pazaryeri_TP_Siparis_Detay_Ekle`, `Pazaryeri_TP_Siparis_Onay`, `Pazaryeri_TP_Iptal_Iade`, `Pazaryeri_TP_Islem_Sorgulama`, `Param_Pazaryeri_Islem_Izleme` |
//! | cards | `Pos_Odeme`, `TP_WMD_UCD`, `TP_WMD_UCD_v2`, `TP_WMD_Pay`, `TP_Islem_Odeme_WD` |
//! | pages | `TP_Islem_Odeme_BKM`, `TP_Modal_Payment`, `TP_Modal_Payment_WD` |
//! | reservations | `TP_Islem_Odeme_OnProv`, `TP_Islem_Odeme_OnProv_WMD`, `TP_Islem_Odeme_OnProv_Kapa`, `TP_Islem_Iptal_OnProv` |
//! | afterwards | `TP_Islem_Sorgulama4`, `TP_Islem_Iptal_Iade_Kismi2`, `TP_Islem_Iptal_Iade_Kismi4`, `TP_Islem_Izleme`, `TP_Mutabakat_Ozet` |
//! | stored cards | `KS_Kart_Ekle`, `KS_Kart_Liste`, `KS_Kart_Liste_Pagination`, `KS_Kart_Sil`, `KS_Tahsilat`, `KS_Tahsilat_UCD` |
//! | beside them | `TP_KK_Verify`, `TP_Ozel_Oran_Liste`, `TP_Ozel_Oran_SK_Liste`, `SHA2B64` |
//!
//! A story begins in an empty account ([`Param::default`] has the published test login), or in one
//! that [`Param::seed_payment`] and its siblings prepared under fixed keys.
//!
//! [`Param::customer`] plays the customer's part, which is not a call: it ends a page and returns the
//! form that the browser posts to the shop, with its signature.
//!
//! # Not simulated
//!
//! These answer 501 with their name: `BIN_SanalPos`, `TP_Mutabakat_Detay`, `IL_LISTESI`,
//! `ILCE_LISTESI`, `Il_Liste`, the documented operations that have no table, the service descriptions,
//! and the JSON twin of the modal page. SOAP 1.2 is refused by a fault.
//!
//! It has no due dates and payouts, does not refuse a refund that is running already, and no page or
//! proof becomes void with time. No rule reaches the codes -109, -114, -200, -203 to -207 and
//! -215; [`Param::refuse_next`] does.
//!
//! # Assumed
//!
//! Where the documents are silent, the sandbox does what is hardest on a client, and [`Rules`] holds a
//! switch for some of it:
//!
//! - Sellers, entries and stored cards can be added twice.
//! - A used order number is replaced (`order_1`) for card payments, but `TP_WMD_UCD` refuses one that
//!   was paid (-400), and stored cards and the modal page keep it.
//! - The status query does not find a payment that waits for its customer or its completion. For an
//!   unknown one the result is positive and has no row.
//! - A payment that was shared among sellers is given back by the marketplace's call only; the other
//!   one answers -210.
//! - A part of an entry can be cancelled on the day of the payment, as it can be refunded later.
//! - A proof is good for one `TP_WMD_Pay`; a second one is refused with -1 and without a bank code.
//! - An empty value in a change of a seller keeps the old one.
//! - A cancellation of less than the whole amount answers -1, because its code is not known.
//! - After a part went back, an entry keeps its state, and its amounts are the new ones. State 12 says
//!   that the payment is cancelled too, so a part never leads there.
//! - After everything went back, the sellers' shares stay as they were.
//! - A captured reservation still calls itself `PRE_AUTH`.

mod account;
mod bins;
mod browser;
mod call;
mod card_number;
mod cards;
mod charge;
mod complete;
mod completion;
mod customer;
mod dispatch;
mod effect;
mod fault;
mod give_back;
mod hash;
mod history;
mod hosted;
mod html;
mod json_twin;
mod operations;
mod order_query;
mod order_refund;
mod orders;
mod pages;
mod payment;
mod places;
mod rates;
mod reconciliation;
mod refusal;
mod reply;
mod seed;
mod sellers;
mod status;
mod step;
mod truth;
mod verify;
mod world;

pub use account::{Account, Rules};
pub use cards::StoredCard;
pub use completion::Completion;
pub use customer::{Customer, Form};
pub use effect::Effect;
pub use operations::OPERATIONS;
pub use orders::{OrderEntry, OrderState};
pub use payment::{Flow, GivenBack, Payment, PaymentState, Verdict};
pub use sellers::Seller;
pub use step::Step;
pub use world::Param;

#[cfg(test)]
mod tests;
