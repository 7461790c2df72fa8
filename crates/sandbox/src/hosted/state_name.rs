//! The names of the states in which objects of the providers are.

#[cfg(any(test, feature = "server"))]
use crate::page::Lang;

/// Makes the enum of its table, so that no state can lack a name in one of the languages.
macro_rules! names {
    ($($(#[$doc:meta])* $variant:ident $name:literal $turkish:literal $english:literal)*) => {
        /// The state of an object, as one word. Providers share the words that mean the same.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum StateName {
            $($(#[$doc])* $variant,)*
        }

        impl StateName {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the word, as the control API and tests have it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the state in a few words for people.
            #[cfg(any(test, feature = "server"))]
            pub(crate) fn text(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($turkish, $english),)* }
            }
        }
    };
}

names! {
    /// A parcel has left its first branch on the way to the recipient's. Aras.
    InTransfer "in_transfer" "şubeler arasında yolda" "between branches"
    /// It may be used. A seller, an order in installments.
    Active "active" "etkin" "active"
    /// The goods were accepted, or the order was.
    Accepted "accepted" "mal kabulü yapıldı" "goods accepted"
    /// A share is paid out to its seller.
    Approved "approved" "onaylandı" "approved"
    /// A parcel is at the branch that delivers it.
    AtDeliveryBranch "at_delivery_branch" "teslimat şubesinde" "at the delivery branch"
    /// A parcel is at the branch that took it.
    AtOrigin "at_origin" "çıkış şubesinde" "at the first branch"
    /// The record of an order has a bad place.
    Broken "broken" "kaydı bozuk" "its record is broken"
    /// It was cancelled.
    Cancelled "cancelled" "iptal edildi" "cancelled"
    /// A card was charged.
    Charged "charged" "tahsil edildi" "charged"
    /// A customer has completed the page.
    Completed "completed" "tamamlandı" "completed"
    /// A customer has given the page up.
    Declined "declined" "vazgeçildi" "given up"
    /// The recipient has it.
    Delivered "delivered" "teslim edildi" "delivered"
    /// A parcel has come into a branch. Horoz.
    Entered "entered" "şubeye giriş yaptı" "came into a branch"
    /// A parcel has left a branch. Horoz.
    Left "left" "şubeden çıktı" "left a branch"
    /// The customer has not proven to be the owner of the card.
    NotProven "not_proven" "kart sahibi doğrulanmadı" "the card's owner is not proven"
    /// A page waits for its customer.
    Open "open" "müşteriyi bekliyor" "waits for the customer"
    /// A courier has the parcel.
    OutForDelivery "out_for_delivery" "dağıtımda" "out for delivery"
    /// An installment is paid.
    Paid "paid" "ödendi" "paid"
    /// Some pieces of a parcel were delivered.
    PartlyDelivered "partly_delivered" "kısmen teslim edildi" "partly delivered"
    /// A part of an installment is paid.
    PartlyPaid "partly_paid" "kısmen ödendi" "partly paid"
    /// A part of a payment was given back.
    PartlyRefunded "partly_refunded" "kısmen iade edildi" "partly refunded"
    /// The payment of a share was cancelled.
    PaymentCancelled "payment_cancelled" "ödemesi iptal edildi" "its payment was cancelled"
    /// Something keeps a parcel. Horoz.
    Problem "problem" "sorun var" "has a problem"
    /// The customer has proven to be the owner of the card, and the shop has to complete the payment.
    Proven "proven" "kart sahibi doğrulandı" "the card's owner is proven"
    /// A parcel goes to another branch than planned.
    Redirected "redirected" "başka şubeye yönlendirildi" "sent to another branch"
    /// It was given back.
    Refunded "refunded" "iade edildi" "refunded"
    /// The bank has refused the payment.
    Refused "refused" "banka reddetti" "refused by the bank"
    /// The carrier knows the order, and does not have the parcel yet.
    Registered "registered" "kaydedildi, henüz teslim alınmadı" "registered, not picked up yet"
    /// A reservation was released.
    Released "released" "provizyon kaldırıldı" "the reservation was released"
    /// A seller was removed.
    Removed "removed" "silindi" "removed"
    /// An amount is reserved on the card.
    Reserved "reserved" "provizyonda" "reserved"
    /// The sender has the parcel back.
    Returned "returned" "göndericiye geri verildi" "given back to the sender"
    /// A parcel is on its way back to the sender.
    Returning "returning" "göndericiye dönüyor" "on its way back to the sender"
    /// A parcel could not be delivered.
    Undelivered "undelivered" "teslim edilemedi" "could not be delivered"
    /// An installment is not paid yet.
    Unpaid "unpaid" "ödenmedi" "not paid yet"
    /// It waits for what comes next: a customer, an approval, the goods.
    Waiting "waiting" "bekliyor" "waits"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_state_has_a_name_and_a_text_of_its_own_in_both_languages() {
        for text in [
            |state: &StateName| state.name(),
            |state: &StateName| state.text(Lang::Turkish),
            |state: &StateName| state.text(Lang::English),
        ] {
            let all: BTreeSet<_> = StateName::ALL.iter().map(text).collect();
            assert_eq!(all.len(), StateName::ALL.len());
            assert!(!all.contains(""));
        }
        for state in StateName::ALL {
            assert_ne!(state.text(Lang::Turkish), state.text(Lang::English));
        }
    }
}
