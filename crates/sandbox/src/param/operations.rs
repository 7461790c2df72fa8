//! The services, the operations that are simulated, and those that are only known.

use crate::values::nearest::nearest;

pub(crate) const PROVIDER: &str = "param-marketplace";

/// Which service an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Payments,
    Marketplace,
    Cards,
    /// The general test service, which has payments and marketplace.
    Both,
    /// The address before the services, which the provider does not have: all of them, for a client
    /// with one address.
    Every,
}

impl Service {
    pub(crate) fn of(route: &str) -> Option<Self> {
        if matches!(route, "" | "/") {
            return Some(Service::Every);
        }
        let file = route.rsplit('/').next().unwrap_or_default();
        match file.to_ascii_lowercase().as_str() {
            "service_turkpos_prod.asmx" => Some(Service::Payments),
            "service_pazaryeri.asmx" => Some(Service::Marketplace),
            "service_ks.asmx" => Some(Service::Cards),
            "service_turkpos_test.asmx" => Some(Service::Both),
            _ => None,
        }
    }

    pub(crate) fn has(self, operation: &str) -> bool {
        match self {
            Service::Cards => operation.starts_with("KS_"),
            Service::Marketplace => is_marketplace(operation),
            Service::Payments => !is_marketplace(operation) && !operation.starts_with("KS_"),
            Service::Both => !operation.starts_with("KS_"),
            Service::Every => true,
        }
    }
}

fn is_marketplace(operation: &str) -> bool {
    operation.contains("Pazaryeri_") || matches!(operation, "IL_LISTESI" | "ILCE_LISTESI")
}

/// The operations that are simulated, and whether each only asks.
pub const OPERATIONS: [(&str, bool); 44] = [
    ("BIN_SanalPos", true),
    ("ILCE_LISTESI", true),
    ("IL_LISTESI", true),
    ("Il_Liste", true),
    ("KS_Kart_Ekle", false),
    ("KS_Kart_Liste", true),
    ("KS_Kart_Liste_Pagination", true),
    ("KS_Kart_Sil", false),
    ("KS_Tahsilat", false),
    ("KS_Tahsilat_UCD", false),
    ("Param_Pazaryeri_Islem_Izleme", true),
    ("Pazaryeri_TP_AltUyeIsyeri_Ekleme", false),
    ("Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2", false),
    ("Pazaryeri_TP_AltUyeIsyeri_Guncelleme", false),
    ("Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2", false),
    ("Pazaryeri_TP_AltUyeIsyeri_Liste", true),
    ("Pazaryeri_TP_AltUyeIsyeri_Silme", false),
    ("Pazaryeri_TP_Iptal_Iade", false),
    ("Pazaryeri_TP_Islem_Sorgulama", true),
    ("Pazaryeri_TP_Limit_Kontrol", true),
    ("Pazaryeri_TP_Siparis_Detay_Ekle", false),
    ("Pazaryeri_TP_Siparis_Onay", false),
    ("Pos_Odeme", false),
    ("SHA2B64", true),
    ("TP_Islem_Iptal_Iade_Kismi2", false),
    ("TP_Islem_Iptal_Iade_Kismi4", false),
    ("TP_Islem_Iptal_OnProv", false),
    ("TP_Islem_Izleme", true),
    ("TP_Islem_Odeme_BKM", false),
    ("TP_Islem_Odeme_OnProv", false),
    ("TP_Islem_Odeme_OnProv_Kapa", false),
    ("TP_Islem_Odeme_OnProv_WMD", false),
    ("TP_Islem_Odeme_WD", false),
    ("TP_Islem_Sorgulama4", true),
    ("TP_KK_Verify", false),
    ("TP_Modal_Payment", false),
    ("TP_Modal_Payment_WD", false),
    ("TP_Mutabakat_Detay", true),
    ("TP_Mutabakat_Ozet", true),
    ("TP_Ozel_Oran_Liste", true),
    ("TP_Ozel_Oran_SK_Liste", true),
    ("TP_WMD_Pay", false),
    ("TP_WMD_UCD", false),
    ("TP_WMD_UCD_v2", false),
];

/// Operations that the documents name, that have no table, and that are not simulated.
const NAMED: [&str; 34] = [
    "BIN_SanalPos2",
    "BIN_SanalPos2_v2",
    "BIN_SanalPos_V2",
    "KK_Saklama",
    "KK_Sakli_Liste",
    "KS_Tahsilat_Colendi",
    "KS_Tahsilat_Doviz",
    "MP_OrderCancelRefund",
    "MP_OrderDetailAdd",
    "MP_OrderDetailList",
    "MP_OrderDetailQuery",
    "MP_OrderDetailStatus",
    "MP_OrderDetailUpdate",
    "MP_OrderRefund",
    "TP_Islem_Dekont_Gonder",
    "TP_Islem_Iptal_Iade",
    "TP_Islem_Iptal_Iade2",
    "TP_Islem_Iptal_Iade_Kismi",
    "TP_Islem_Iptal_Iade_Kismi3",
    "TP_Islem_Iptal_Iade_Kismi_WP",
    "TP_Islem_Odeme",
    "TP_Islem_Odeme2",
    "TP_Islem_Odeme_OnProv_WKS",
    "TP_Islem_Odeme_WKS",
    "TP_Islem_Odeme_WNS",
    "TP_Islem_Sorgulama",
    "TP_Islem_Sorgulama3",
    "TP_Islem_Sorgulama5",
    "TP_Islem_Sorgulama6",
    "TP_Islem_Sorgulama_Toplu",
    "TP_Islem_Sorgulama_V2",
    "TP_Mutabakat_Detay2",
    "TP_WMD_UCD2",
    "TP_WMD_UCD3",
];

/// The name of every page of a customer.
pub(crate) const PAGE: &str = "page";

/// Returns the names of the operations.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let simulated = OPERATIONS.iter().map(|(name, _)| *name);
    simulated.chain(NAMED).chain([PAGE])
}

pub(crate) fn is_simulated(operation: &str) -> bool {
    OPERATIONS.iter().any(|(name, _)| *name == operation)
}

/// Refuses a name that no simulated operation has.
pub(crate) fn check_simulated(operation: &str) -> Result<(), String> {
    if is_simulated(operation) {
        return Ok(());
    }
    let nearest = nearest(operation, OPERATIONS.iter().map(|(name, _)| *name));
    Err(format!(
        "no simulated operation has the name `{operation}`; the closest one is `{}`",
        nearest.unwrap_or_default()
    ))
}

/// Returns whether the documents have the operation.
pub(crate) fn is_documented(operation: &str) -> bool {
    NAMED.contains(&operation)
        || kervan_spec::operations()
            .iter()
            .any(|(provider, name)| *provider == PROVIDER && *name == operation)
}
