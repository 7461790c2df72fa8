//! Param: payments, stored cards and marketplace, as one merchant's account sees them.
//!
//! A request is read from its SOAP 1.1 envelope, checked against the transcribed table of its
//! operation (every finding is refused), then by login, keys, signature, values and states. Keys are
//! compared without regard to letter case. A service is found by the file name of its address, whatever
//! is before it.
//!
//! | area | operations |
//! |---|---|
//! | sellers | `Pazaryeri_TP_AltUyeIsyeri_Ekleme`, `_Ekleme_v2`, `_Guncelleme`, `_Guncelleme_v2`, `_Silme`, `_Liste`, `Pazaryeri_TP_Limit_Kontrol` |
//! | entries | `Pazaryeri_TP_Siparis_Detay_Ekle`, `Pazaryeri_TP_Siparis_Onay`, `Pazaryeri_TP_Iptal_Iade`, `Pazaryeri_TP_Islem_Sorgulama`, `Param_Pazaryeri_Islem_Izleme` |
//! | places | `IL_LISTESI`, `ILCE_LISTESI`, `Il_Liste` |
//! | cards | `Pos_Odeme`, `TP_WMD_UCD`, `TP_WMD_UCD_v2`, `TP_WMD_Pay`, `TP_Islem_Odeme_WD` |
//! | pages | `TP_Islem_Odeme_BKM`, `TP_Modal_Payment` and its JSON twin, `TP_Modal_Payment_WD` |
//! | reservations | `TP_Islem_Odeme_OnProv`, `TP_Islem_Odeme_OnProv_WMD`, `TP_Islem_Odeme_OnProv_Kapa`, `TP_Islem_Iptal_OnProv` |
//! | afterwards | `TP_Islem_Sorgulama4`, `TP_Islem_Iptal_Iade_Kismi2`, `TP_Islem_Iptal_Iade_Kismi4`, `TP_Islem_Izleme`, `TP_Mutabakat_Ozet`, `TP_Mutabakat_Detay` |
//! | stored cards | `KS_Kart_Ekle`, `KS_Kart_Liste`, `KS_Kart_Liste_Pagination`, `KS_Kart_Sil`, `KS_Tahsilat`, `KS_Tahsilat_UCD` |
//! | beside them | `BIN_SanalPos`, `TP_KK_Verify`, `TP_Ozel_Oran_Liste`, `TP_Ozel_Oran_SK_Liste`, `SHA2B64` |
//!
//! A story begins in an empty account ([`Param::default`] has the published test login), or in one
//! that [`Param::seed_payment`] and its siblings prepared under fixed keys. [`Step`] has all of it for
//! a server.
//!
//! # Pages
//!
//! The addresses of pages are below `/page/` of the account's address. A page has a form for each choice
//! of its customer; the answer to a choice has the form that the customer's browser posts to the shop.
//! [`Param::customer`] does the same without a browser, for tests. [`Step::Customer`] and
//! [`Rules::completion`] put the form into the outbox instead. No post of the provider's own server is
//! documented, so that every post is the browser's.
//!
//! # Card numbers
//!
//! A world keeps the first six digits of a card, the last four and a keyed digest. It keeps no code of a
//! card.
//!
//! # Result codes
//!
//! - By a rule: -1, -100 to -108, -110 to -113, -115 to -121, -201, -202, -208 to -214, -220 to -222,
//!   -400.
//! - By an order only: -109, -114, -200, -203 to -207, -215.
//! - By neither: none.
//!
//! [`Param::refuse_next`] is the order. It reaches codes without a public meaning too.
//!
//! # Not simulated
//!
//! These answer 501 with their name: the documented operations that have no table, and the service
//! descriptions (`?wsdl`), whose text no public page gives whole. SOAP 1.2 is refused by a fault. There
//! are no due dates and payouts, and no refund that is running already.
//!
//! # Documented
//!
//! By the provider's pages and samples, its service descriptions, or answers that were captured on its
//! test system and published:
//!
//! - Names, order and types of the elements of requests and answers, and the shape of tables.
//! - The signature of payments and of both forms that come back, with published values.
//! - The meaning of the result codes above, and the texts of the faults.
//! - Amounts with a comma in requests, with a dot in answers and tables; the day without a leading zero in
//!   the form of 3D Pay.
//! - A cancellation on the day of the payment and of its whole amount; a refund later, of a part too.
//! - An amount of 0 gives all of a shared payment back, with all entries.
//! - An entry reaches -1 from 0 only. Its amounts are at most the net amount, and the product amount is
//!   below the collected one.
//! - Entries of a payment have the payment's number, not its receipt.
//! - `Prov_ID` may be empty beside an order number, a capture may be higher than its reservation, and a
//!   captured reservation still calls itself `PRE_AUTH` (captured).
//! - `TP_WMD_UCD` refuses an order that was paid with -400 (captured).
//! - Answers of `Pos_Odeme` with 3-D have no order number (captured).
//! - A payment without 3-D answers `NONSECURE`, refused or not, with the receipt in `Islem_ID`.
//! - A history of at most seven days.
//! - The count of `ILCE_LISTESI` is 0 beside rows (sample), and the mark of a debit card may say credit
//!   (captured).
//! - The forms of BKM Express and of stored cards have no signature, and neither has that of a card check.
//!
//! # Inferred
//!
//! From several clients or samples, without a page that says so:
//!
//! - Times are those of Istanbul, and the day of a cancellation ends at its midnight.
//! - Commission is rounded half away from zero, as in 29 published rows.
//! - A wrong terminal number answers -100; a wrong user, password or key -101. Letter case of user and
//!   password does not matter, because samples write both.
//! - The number of a start is the `SanalPOS_Islem_ID` that an entry names.
//! - `KS_Tahsilat_UCD` and reservations of the 3D Model come back with the form of `TP_WMD_UCD`.
//! - The JSON twin of the modal page has the members of the call, without `Installment` where it is left
//!   out (clients of 2026). It refuses as the call does.
//! - The result of a row that was not proven is -1.
//! - A used order number is replaced by all card payments but `TP_WMD_UCD`; that of the modal page comes
//!   back as it was sent.
//!
//! # Chosen, never observed
//!
//! Chosen to be hard on a client. [`Rules`] has a switch for some of it:
//!
//! - The base address has all services, for a client with one address. This is not hard on a client; the
//!   addresses of the services refuse each other's operations.
//! - Sellers, entries and stored cards can be added twice.
//! - A used order number becomes `order_1`. Stored cards and the modal page keep it.
//! - The status query does not find a payment that waits for its customer or its completion. For an
//!   unknown one the result is positive and has no row.
//! - A payment that was shared among sellers is given back by the marketplace's call only; the other
//!   one answers -210.
//! - A part of an entry can be cancelled on the day of the payment, as it can be refunded later.
//! - A proof is good for one `TP_WMD_Pay`; a second one is refused with -1 and without a bank code.
//! - An empty value in a change of a seller keeps the old one.
//! - A cancellation of less than the whole amount answers -1, because its code is not known.
//! - An unknown seller, entry or reservation answers -209 or -210, an unknown stored card -208 or -209.
//! - After a part went back, an entry keeps its state, and its amounts are the new ones. State 12 says
//!   that the payment is cancelled too, so a part never leads there.
//! - After everything went back, the sellers' shares stay as they were.
//! - States 12 and 13 cannot be sent.
//! - `Limit` and `Skip` count rows; `Sayfa_Sayi` is the size of a page and `Sayfa_Index` its number from
//!   1. The state of a seller is 1.
//! - The limit of an individual seller is 5000 lira of open shares, shown in whole lira.
//! - A wrong code ends a page, as a cancellation does. A page that its customer leaves stays open, unless
//!   [`Rules::page_life`] ends it; then its payment has failed, and the shop gets no form.
//! - Of a card, only the form of its members is looked at: a year of expiry in the past, a wrong check digit
//!   and an unknown BIN are charged.
//! - Proofs do not become void with time.
//! - An element that the table requires and that is missing is a fault. A form that cannot be read is
//!   one too.
//! - A missing member of the JSON twin, and a body that is not an object, have the status 400.
//! - `BIN_SanalPos` has the first digits of the published test cards. A question of less than six digits and
//!   unknown digits answer -208.
//! - Plate codes have no leading zero. District codes are the plate code and a number of two digits. A plate
//!   without a province has no rows.
//! - A day's reconciliation has a row for each installment, with the whole amount in each and names of
//!   2025. Money that went back is below zero.
//! - `KK_Hash` and `KK_KD` of a stored card, bank texts, `Valor` and `Valör` have invented values.
//! - The account has one POS, whose rates are those of [`Rules`].

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
mod document;
mod effect;
mod fault;
mod give_back;
mod hash;
mod history;
mod hosted;
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
mod refused;
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
