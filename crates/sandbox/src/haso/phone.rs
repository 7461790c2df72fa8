//! Changing a customer's mobile number. All codes come beside `Success` true.

use super::effect::Effect;
use super::fields::Fields;
use super::reply::Accepted;
use super::tree::Tree;
use super::world::Haso;
use crate::Refused;

/// `ChangeCustomerGsmNo`.
pub(super) fn change(world: &mut Haso, fields: &Fields) -> Accepted {
    let (id, mobile) = (fields.text("CustomerId"), fields.text("NewGsmNo"));
    let Some(customer) = world.customer(id) else {
        return refused("H223", "CustomerId: no customer has this number", None);
    };
    if customer.mobile == mobile {
        return refused("H311", "NewGsmNo: the number that the customer has", None);
    }
    if let Some(offered) = world.unusable.get(mobile) {
        return refused("RS115", UNUSABLE, Some(offered.clone()));
    }
    if world.is_phone_of_another(mobile, id) {
        let known = vec![customer.mobile.clone()];
        return refused("RS115", "NewGsmNo: another customer has it", Some(known));
    }
    if let Some(customer) = world.customers.get_mut(id) {
        mobile.clone_into(&mut customer.mobile);
    }
    let effect = Effect::PhoneChanged {
        customer: id.to_owned(),
        mobile: mobile.to_owned(),
    };
    Accepted::tree(data("RS100", Some(Tree::null()))).written(id, vec![effect])
}

const UNUSABLE: &str = "NewGsmNo: this world refuses the number";

fn refused(code: &str, rule: &str, phones: Option<Vec<String>>) -> Accepted {
    Accepted {
        refused: Some(Refused::new(code, rule)),
        ..Accepted::tree(data(code, phones.map(|phones| Tree::of(&phones))))
    }
}

/// A code, and numbers of the credit bureau: null beside a success, absent beside a refusal without any.
fn data(code: &str, phones: Option<Tree>) -> Tree {
    let code = ("message".to_owned(), Tree::text(code));
    let phones = phones.map(|phones| ("KkbPhones".to_owned(), phones));
    Tree::Object(std::iter::once(code).chain(phones).collect())
}
