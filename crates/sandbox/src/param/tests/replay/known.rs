//! Known differences between the cases and the world, with their reasons.

/// A case, or `*` and the name of a case that many operations have, and why the world answers otherwise.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    ("*/refused-fault-soap-1-2", "a fault is one of SOAP 1.1"),
    ("*/refused-fault-status-200", "a fault has the status 500"),
    ("*/success-no-table", "a table is never left out"),
    ("*/refused-with-rows", "a refusal has no table"),
    ("*/success-new-element", "an element that no page lists"),
    ("*/success-row-name", "rows have one name in each table"),
    ("BIN_SanalPos/success-no-rows", "the table is never empty"),
    ("ILCE_LISTESI/success-no-rows", "the table is never empty"),
    ("IL_LISTESI/success-no-rows", "the table is never empty"),
    ("Il_Liste/success-no-rows", "the table is never empty"),
    (
        "TP_Mutabakat_Ozet/success-no-rows",
        "the table is never empty",
    ),
    (
        "TP_Ozel_Oran_Liste/success-no-rows",
        "the table is never empty",
    ),
    (
        "TP_Ozel_Oran_SK_Liste/success-no-rows",
        "the table is never empty",
    ),
    (
        "*/success-gaps",
        "columns that are missing, or that no page lists",
    ),
    (
        "Param_Pazaryeri_Islem_Izleme/success-no-rows",
        "without rows, elements are left out and not empty",
    ),
    (
        "Param_Pazaryeri_Islem_Izleme/success-ascii-names",
        "names without Turkish letters",
    ),
    (
        "KS_Tahsilat/success-everything",
        "no rate of two decimals has this total (-202)",
    ),
    (
        "KS_Tahsilat_UCD/success-everything",
        "no rate of two decimals has this total (-202)",
    ),
    (
        "Pos_Odeme/success-as-typed",
        "no rate of two decimals has this total (-202)",
    ),
    (
        "Pos_Odeme/success-everything",
        "no rate of two decimals has this total (-202)",
    ),
    (
        "TP_Islem_Odeme_WD/success-everything",
        "no rate of two decimals has this total (-202)",
    ),
    (
        "KS_Tahsilat/refused-400",
        "only `TP_WMD_UCD` refuses an order that is paid",
    ),
    (
        "KS_Tahsilat_UCD/refused-400",
        "only `TP_WMD_UCD` refuses an order that is paid",
    ),
    (
        "Pos_Odeme/refused-400",
        "only `TP_WMD_UCD` refuses an order that is paid",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme/refused-echoes-key",
        "a refusal repeats neither key nor card",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2/refused-echoes-key",
        "a refusal repeats neither key nor card",
    ),
    (
        "Pos_Odeme/refused-echoes-card",
        "a refusal repeats neither key nor card",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme/success-untyped",
        "the words of the result are never left out",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2/success-untyped",
        "the words of the result are never left out",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme/success-short",
        "the words of the result are never left out",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2/success-short",
        "the words of the result are never left out",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme/success-with-key",
        "a change does not repeat the key",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2/success-with-key",
        "a change does not repeat the key",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Silme/refused-text",
        "the result is an object",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Silme/refused-words",
        "the result is an object",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Silme/success-text",
        "the result is an object",
    ),
    (
        "Pazaryeri_TP_AltUyeIsyeri_Silme/success-untyped",
        "a removal repeats the key",
    ),
    (
        "Pazaryeri_TP_Limit_Kontrol/refused-9999",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-0",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-101",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-112",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-114",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-207",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-9999",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/refused-echoes-key",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_Islem_Odeme_OnProv/refused-102",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_Islem_Odeme_OnProv_Kapa/refused-207",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_Islem_Odeme_OnProv_WMD/refused-201",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_Islem_Odeme_WD/refused-204",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_KK_Verify/refused-119",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_KK_Verify/success-everything",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_WMD_UCD/refused-102",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_WMD_UCD/refused-220",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "TP_WMD_UCD_v2/refused-102",
        "elements with numbers are there, also on a refusal",
    ),
    (
        "Pazaryeri_TP_Limit_Kontrol/success-short",
        "every described element is there",
    ),
    (
        "Pazaryeri_TP_Siparis_Detay_Ekle/success-short",
        "every described element is there",
    ),
    (
        "TP_Islem_Iptal_Iade_Kismi4/success-short",
        "every described element is there",
    ),
    (
        "TP_WMD_UCD_v2/success-without-net-amount",
        "every described element is there",
    ),
    ("TP_Islem_Odeme_BKM/refused-102", "a refusal has no address"),
    ("TP_Modal_Payment/refused-101", "a refusal has no address"),
    (
        "TP_Modal_Payment_WD/refused-101",
        "a refusal has no address",
    ),
    (
        "TP_Islem_Odeme_OnProv/success-other-order-number",
        "a session belongs to 3-D",
    ),
    ("TP_KK_Verify/success", "a check has no order"),
    (
        "TP_Mutabakat_Detay/success-new-column",
        "a column that no page lists",
    ),
    (
        "TP_Mutabakat_Detay/success-no-spelling",
        "the number of an installment has one of two names",
    ),
    (
        "TP_Ozel_Oran_Liste/success-absent-columns",
        "every column has a value",
    ),
    (
        "TP_Ozel_Oran_SK_Liste/success-absent-columns",
        "every column has a value",
    ),
    (
        "TP_Ozel_Oran_Liste/success-more-parts",
        "rates end with twelve installments",
    ),
    (
        "TP_Ozel_Oran_SK_Liste/success-more-parts",
        "rates end with twelve installments",
    ),
    ("TP_Ozel_Oran_Liste/success-two-rows", "a world has one POS"),
    (
        "TP_Ozel_Oran_SK_Liste/success-two-rows",
        "a world has one POS",
    ),
    (
        "TP_WMD_UCD/success-ext-data",
        "`Ext_Data` is in the test system's description only",
    ),
    (
        "TP_WMD_UCD_v2/success-ext-data",
        "`Ext_Data` is in the test system's description only",
    ),
    (
        "TP_WMD_UCD/success-net-amount",
        "the net amount is in the answer of `TP_WMD_UCD_v2` only",
    ),
];
