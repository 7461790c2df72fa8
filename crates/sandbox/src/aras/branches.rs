//! The branches of the world: a few places with invented addresses.

/// A branch.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) name: &'static str,
    /// Four digits.
    pub(super) code: &'static str,
    pub(super) city: &'static str,
    pub(super) district: &'static str,
    pub(super) phone: &'static str,
}

/// The branches that send and deliver.
pub(super) const BRANCHES: [Branch; 8] = [
    branch("SAĞLIK", "0805", "ANKARA", "ÇANKAYA", "03120000000"),
    branch("KARŞIYAKA", "0616", "İZMİR", "KARŞIYAKA", "02320000000"),
    branch("BORNOVA", "0617", "İZMİR", "BORNOVA", "02320000001"),
    branch("KADIKÖY", "0341", "İSTANBUL", "KADIKÖY", "02160000000"),
    branch("ŞİŞLİ", "0342", "İSTANBUL", "ŞİŞLİ", "02120000000"),
    branch("NİLÜFER", "0161", "BURSA", "NİLÜFER", "02240000000"),
    branch(
        "ODUNPAZARI",
        "0261",
        "ESKİŞEHİR",
        "ODUNPAZARI",
        "02220000000",
    ),
    branch("SEYHAN", "0011", "ADANA", "SEYHAN", "03220000000"),
];

/// The transfer centre that every parcel passes.
pub(super) const TRANSFER: Branch = branch("ANKARA AKTARMA", "0900", "ANKARA", "AKYURT", "");

const fn branch(
    name: &'static str,
    code: &'static str,
    city: &'static str,
    district: &'static str,
    phone: &'static str,
) -> Branch {
    Branch {
        name,
        code,
        city,
        district,
        phone,
    }
}

impl Branch {
    /// Returns an invented address.
    pub(super) fn address(&self) -> String {
        let number = self.code.trim_start_matches('0');
        format!("DENEME CAD. NO: {number} {} / {}", self.district, self.city)
    }
}

/// Returns the branch with this name.
pub(super) fn named(name: &str) -> Option<&'static Branch> {
    BRANCHES.iter().find(|branch| branch.name == name)
}

/// Returns the branch that delivers to a place: one of the district, or of the province, or the
/// second of the list.
pub(super) fn delivering(city: &str, district: &str) -> &'static Branch {
    let of_city = || BRANCHES.iter().filter(|branch| branch.city == city);
    let exact = of_city().find(|branch| branch.district == district);
    exact.or_else(|| of_city().next()).unwrap_or(&BRANCHES[1])
}
