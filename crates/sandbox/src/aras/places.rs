//! The shipment service's lists of provinces, units and services, and what it says about a way between
//! provinces.

use rust_decimal::Decimal;

use super::branches::{BRANCHES, Branch, TRANSFER};
use super::parcel::carriage;
use super::query::{self, Row};
use super::soap;
use crate::Answer;
use crate::values::xml::Element;

/// The calls.
pub(super) const CALLS: [&str; 12] = [
    "GetCityList",
    "GetTown",
    "GetUnit",
    "GetUnitBranch",
    "GetUnitCard",
    "GetRegions",
    "GetParentUnitAddress",
    "GetServiceList",
    "GetUnitAddress",
    "GetDuration",
    "GetServiceType",
    "GetPriceCalculation",
];

/// The provinces of the branches: the number of its plates, the name and the region of each.
const PROVINCES: [(&str, &str, &str); 6] = [
    ("01", "ADANA", "AKDENİZ"),
    ("06", "ANKARA", "İÇ ANADOLU"),
    ("16", "BURSA", "MARMARA"),
    ("26", "ESKİŞEHİR", "İÇ ANADOLU"),
    ("34", "İSTANBUL", "MARMARA"),
    ("35", "İZMİR", "EGE"),
];

/// The services: the number, the name and the price of each.
const SERVICES: [(&str, &str, i64); 4] = [
    ("1", "STANDART", 0),
    ("2", "RANDEVULU TESLİMAT", 40),
    ("3", "SMS", 5),
    ("4", "TELEFON İHBARLI", 10),
];

/// The arguments of further services.
const FURTHER: [&str; 8] = [
    "ekserviceid",
    "ek1serviceid",
    "ek2serviceid",
    "ek3serviceid",
    "ek4serviceid",
    "ek5serviceid",
    "ek6serviceid",
    "ek7serviceid",
];

/// Returns the region of a province.
pub(super) fn region(city: &str) -> &'static str {
    let found = PROVINCES.iter().find(|(_, name, _)| *name == city);
    found.map_or("", |(_, _, region)| region)
}

/// Answers a call of a login that may make it.
pub(super) fn answer(call: &Element) -> Answer {
    let argument = |name: &str| soap::argument(call, name).trim();
    let rows: Vec<Row> = match call.name.as_str() {
        "GetCityList" => {
            let provinces = PROVINCES.iter();
            let row = |(code, name, _): &(&str, &str, &str)| {
                vec![
                    ("IL_KODU", (*code).to_owned()),
                    ("IL_ADI", (*name).to_owned()),
                ]
            };
            provinces.map(row).collect()
        }
        "GetTown" => towns(argument("il")),
        "GetUnit" => BRANCHES.iter().chain([&TRANSFER]).map(unit).collect(),
        "GetUnitBranch" => BRANCHES.iter().map(unit).collect(),
        "GetUnitCard" => BRANCHES.iter().map(card).collect(),
        "GetRegions" => {
            let mut regions: Vec<&str> = PROVINCES.iter().map(|(_, _, region)| *region).collect();
            regions.sort_unstable();
            regions.dedup();
            let regions = regions.into_iter();
            regions
                .map(|region| vec![("BOLGE_ADI", region.to_owned())])
                .collect()
        }
        "GetParentUnitAddress" => vec![card(&TRANSFER)],
        "GetServiceList" => {
            let services = SERVICES.iter();
            services
                .map(|(code, name, _)| service(code, name))
                .collect()
        }
        "GetUnitAddress" => {
            let is_in = |branch: &&Branch| {
                let given = [
                    (argument("sube"), branch.name),
                    (argument("il"), branch.city),
                    (argument("ilce"), branch.district),
                ];
                given
                    .into_iter()
                    .all(|(wanted, own)| wanted.is_empty() || wanted == own)
            };
            BRANCHES.iter().filter(is_in).map(card).collect()
        }
        "GetDuration" => duration(argument("gonderici_ilkodu"), argument("alici_ilkodu")),
        "GetServiceType" => {
            if argument("service").parse::<Decimal>().is_err() {
                return soap::not_read("service: not a decimal");
            }
            let named = SERVICES
                .iter()
                .filter(|(code, _, _)| *code == argument("service"));
            named.map(|(code, name, _)| service(code, name)).collect()
        }
        _ => match argument("desi").parse::<Decimal>() {
            Ok(desi) => price(desi, &argument),
            Err(_) => return soap::not_read("desi: not a decimal"),
        },
    };
    soap::written(&call.name, &query::data_set_of("Table", rows))
}

/// The districts of a province, by its number or its name.
fn towns(province: &str) -> Vec<Row> {
    let mut found = PROVINCES.iter();
    let Some((code, city, _)) =
        found.find(|(code, name, _)| *code == province || *name == province)
    else {
        return Vec::new();
    };
    let branches = BRANCHES.iter().filter(|branch| branch.city == *city);
    let row = |branch: &Branch| {
        vec![
            ("IL_KODU", (*code).to_owned()),
            ("ILCE_ADI", branch.district.to_owned()),
        ]
    };
    branches.map(row).collect()
}

fn unit(branch: &Branch) -> Row {
    vec![
        ("BIRIM_KODU", branch.code.to_owned()),
        ("BIRIM_ADI", branch.name.to_owned()),
        ("IL", branch.city.to_owned()),
        ("ILCE", branch.district.to_owned()),
    ]
}

fn card(branch: &Branch) -> Row {
    let mut row = unit(branch);
    row.push(("ADRES", branch.address()));
    if !branch.phone.is_empty() {
        row.push(("TELEFON", branch.phone.to_owned()));
    }
    row
}

fn service(code: &str, name: &str) -> Row {
    vec![
        ("HIZMET_KODU", code.to_owned()),
        ("HIZMET_ADI", name.to_owned()),
    ]
}

/// Days between two provinces that are known.
fn duration(from: &str, to: &str) -> Vec<Row> {
    let is_known = |code: &str| PROVINCES.iter().any(|(own, _, _)| *own == code);
    if !(is_known(from) && is_known(to)) {
        return Vec::new();
    }
    let days = if from == to { "1" } else { "2" };
    vec![vec![("SURE", days.to_owned())]]
}

/// The carriage of the world's own tariff with its services, and VAT of 20 %. A service that is not in the list
/// has no price.
fn price<'a>(desi: Decimal, argument: &impl Fn(&'a str) -> &'a str) -> Vec<Row> {
    if duration(argument("gonderici_ilkodu"), argument("alici_ilkodu")).is_empty() {
        return Vec::new();
    }
    let further = FURTHER.iter().map(|name| argument(name));
    let wanted = [argument("serviceid")].into_iter().chain(further);
    let mut sum = carriage(desi);
    for wanted in wanted.filter(|wanted| !wanted.is_empty()) {
        let Some((_, _, price)) = SERVICES.iter().find(|(code, _, _)| *code == wanted) else {
            return Vec::new();
        };
        sum = sum.saturating_add(Decimal::from(*price));
    }
    let vat = sum.saturating_mul(Decimal::new(20, 2)).round_dp(2);
    vec![vec![
        ("TUTAR", format!("{sum:.2}")),
        ("KDV", format!("{vat:.2}")),
        ("TOPLAM", format!("{:.2}", sum.saturating_add(vat))),
    ]]
}
