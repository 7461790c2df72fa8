//! The addresses of the account: the shipper's branch, and a store of its own.

use super::branches::{self, BRANCHES};
use super::{Aras, places, soap};
use crate::Answer;
use crate::values::xml::Element;

const ALL: &str = "GetAddressList";
const BY_ID: &str = "GetAddresById";

/// The call whose arguments are inside of one, and whose answer has a code.
pub(super) const BY_CUSTOMER: &str = "GetAddressById";

/// The calls.
pub(super) const CALLS: [&str; 3] = [ALL, BY_ID, BY_CUSTOMER];

/// The ids of an address: the carrier's, the shipper's, and that of the customer.
struct Ids {
    own: &'static str,
    reference: &'static str,
    customer: &'static str,
}

const IDS: [Ids; 2] = [
    Ids {
        own: "12",
        reference: "DEPO-1",
        customer: "34",
    },
    Ids {
        own: "13",
        reference: "DEPO-2",
        customer: "35",
    },
];

/// When the addresses were entered.
const ENTERED: &str = "2026-01-05T09:30:00";

/// Answers a call of a login that may make it.
pub(super) fn answer(world: &Aras, name: &str, arguments: &Element) -> Answer {
    let argument = |name: &str| soap::argument(arguments, name).trim();
    // An argument that is not given matches, but not all of them.
    let is_named = |given: [(&str, &str); 2]| {
        let is_any = given.iter().any(|(wanted, _)| !wanted.is_empty());
        let mut all = given.iter();
        is_any && all.all(|(wanted, own)| wanted.is_empty() || wanted == own)
    };
    match name {
        ALL => {
            let rows = IDS.iter().map(|ids| {
                let members = address(world, ids);
                Element::of("CustomerAddress", members)
            });
            soap::list(name, rows.collect())
        }
        BY_ID => {
            let (id, reference) = (argument("AddresId"), argument("AddressIntegrationCode"));
            let found = IDS
                .iter()
                .find(|ids| is_named([(id, ids.own), (reference, ids.reference)]));
            let found = found.map(|ids| Element::of("", address(world, ids)));
            soap::result(name, found)
        }
        _ => {
            let (account, customer) = (argument("AccountAddressId"), argument("CustomerAddressId"));
            let found = IDS
                .iter()
                .find(|ids| is_named([(account, ids.own), (customer, ids.customer)]));
            let Some(ids) = found else {
                let rule = "AccountAddressId, CustomerAddressId: no such address";
                return refused(name, "-1", "Kayıt bulunamadı", rule);
            };
            coded(name, "0", "Başarılı", Some((world, ids)))
        }
    }
}

/// A refusal: the code and its text, beside the members of .NET that are always there.
pub(super) fn refused(name: &str, code: &str, message: &str, rule: &str) -> Answer {
    coded(name, code, message, None).refusing(code, rule)
}

fn branch(world: &Aras, ids: &Ids) -> &'static branches::Branch {
    let own = branches::named(&world.settings.branch);
    let own = own.filter(|_| ids.own == IDS[0].own);
    own.unwrap_or(&BRANCHES[2])
}

fn address(world: &Aras, ids: &Ids) -> Vec<Element> {
    let branch = branch(world, ids);
    vec![
        Element::text("Adres", &branch.address()),
        Element::text("Sube", branch.name),
        Element::text("Bolge", places::region(branch.city)),
        Element::text("OlusturmaTarihi", ENTERED),
        Element::text("AddressId", ids.own),
        Element::text("AddressIntegrationCode", ids.reference),
    ]
}

fn coded(name: &str, code: &str, message: &str, found: Option<(&Aras, &Ids)>) -> Answer {
    let mut members = vec![
        Element::text("ResultCode", code),
        Element::text("ResultMessage", message),
    ];
    match found {
        Some((world, ids)) => {
            let branch = branch(world, ids);
            let unit = branch.code.trim_start_matches('0');
            members.extend([
                Element::text("Address", &branch.address()),
                Element::text("SourceUnitId", unit),
                Element::text("UnitName", branch.name),
                Element::text("ParentUnitName", places::region(branch.city)),
                Element::text("CreateDate", ENTERED),
                Element::text("AccountAddressId", ids.own),
                Element::text("CustomerAddressId", ids.customer),
                Element::text("XCoor", "38.4700"),
                Element::text("YCoor", "27.2200"),
            ]);
        }
        None => members.extend([
            Element::text("SourceUnitId", "0"),
            Element::text("CreateDate", "0001-01-01T00:00:00"),
        ]),
    }
    soap::result(name, Some(Element::of("", members)))
}
