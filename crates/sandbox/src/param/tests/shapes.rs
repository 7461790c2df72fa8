//! Answers are held to the documented ones: the same elements in the same order.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// One good answer of each operation, from one day in the life of a shop.
struct Tour {
    shop: Shop,
    seen: BTreeMap<&'static str, Element>,
}

impl Tour {
    fn go() -> BTreeMap<&'static str, Element> {
        let mut tour = Tour {
            shop: Shop::open(),
            seen: BTreeMap::new(),
        };
        let seller = tour.sellers();
        tour.payments();
        tour.proof();
        tour.cards();
        tour.entry(&seller);
        tour.afterwards();
        tour.seen
    }

    fn see(&mut self, name: &'static str, values: &[(&str, &str)]) {
        let root = self.shop.call(name, values).0;
        let result = find(&root, &format!("{name}Result")).unwrap();
        let codes = ["Sonuc", "Response_Code", "ResultCode"];
        let code = codes.iter().find_map(|code| result.child(code));
        let code = code.map(Element::text).unwrap_or_default();
        assert!(name == "SHA2B64" || code == "1", "{name}: {code}");
        self.seen.insert(name, root);
    }

    fn seen(&self, operation: &str, name: &str) -> String {
        find(&self.seen[operation], name).unwrap().text()
    }

    fn sellers(&mut self) -> String {
        self.see("Pazaryeri_TP_AltUyeIsyeri_Ekleme", &[]);
        self.see("Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2", &[]);
        let seller = self.seen("Pazaryeri_TP_AltUyeIsyeri_Ekleme", "GUID_AltUyeIsyeri");
        let values = [("GUID_AltUyeIsyeri", seller.as_str())];
        self.see("Pazaryeri_TP_AltUyeIsyeri_Guncelleme", &values);
        self.see("Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2", &values);
        self.see("Pazaryeri_TP_Limit_Kontrol", &values);
        let all = [("Limit", ""), ("Skip", "")];
        self.see("Pazaryeri_TP_AltUyeIsyeri_Liste", &all);
        seller
    }

    fn payments(&mut self) {
        for name in [
            "Pos_Odeme",
            "TP_WMD_UCD_v2",
            "TP_Islem_Odeme_WD",
            "TP_Islem_Odeme_OnProv",
            "TP_Islem_Odeme_OnProv_WMD",
        ] {
            self.see(name, &[("Siparis_ID", name), ("Islem_Guvenlik_Tip", "NS")]);
        }
        let first = [("Prov_ID", ""), ("Siparis_ID", "TP_Islem_Odeme_OnProv")];
        self.see("TP_Islem_Odeme_OnProv_Kapa", &first);
        let second = [("Prov_ID", ""), ("Siparis_ID", "TP_Islem_Odeme_OnProv_WMD")];
        self.see("TP_Islem_Iptal_OnProv", &second);
        for name in [
            "TP_Islem_Odeme_BKM",
            "TP_Modal_Payment",
            "TP_Modal_Payment_WD",
            "TP_KK_Verify",
            "SHA2B64",
            "BIN_SanalPos",
            "ILCE_LISTESI",
            "IL_LISTESI",
            "Il_Liste",
            "TP_Ozel_Oran_Liste",
            "TP_Ozel_Oran_SK_Liste",
        ] {
            self.see(name, &[]);
        }
    }

    fn proof(&mut self) {
        let start = [("Siparis_ID", "model"), ("Islem_Guvenlik_Tip", "3D")];
        self.see("TP_WMD_UCD", &start);
        let session = self.seen("TP_WMD_UCD", "Islem_GUID");
        let shop = &mut self.shop;
        let proved = shop
            .world
            .customer(&session, Customer::Proves, shop.now, &mut shop.chance);
        let (form, _) = proved.unwrap();
        let complete = [
            ("UCD_MD", form.get("md")),
            ("Islem_GUID", session.as_str()),
            ("Siparis_ID", "model"),
        ];
        self.see("TP_WMD_Pay", &complete);
    }

    fn cards(&mut self) {
        self.see("KS_Kart_Ekle", &[("KK_Islem_ID", "c")]);
        let card = self.seen("KS_Kart_Ekle", "KS_GUID");
        for name in ["KS_Tahsilat", "KS_Tahsilat_UCD"] {
            let values = [
                ("KS_GUID", card.as_str()),
                ("KK_Islem_ID", "c"),
                ("Siparis_ID", name),
            ];
            self.see(name, &values);
        }
        let all = [("KK_Kart_Adi", ""), ("KK_Islem_ID", "")];
        self.see("KS_Kart_Liste", &all);
        self.see("KS_Kart_Liste_Pagination", &all);
        self.see("KS_Kart_Sil", &[("KS_GUID", &card), ("KK_Islem_ID", "c")]);
    }

    fn entry(&mut self, seller: &str) {
        let payment = self.shop.world.charges("Pos_Odeme")[0].id.to_string();
        let entry = [
            ("SanalPOS_Islem_ID", payment.as_str()),
            ("GUID_AltUyeIsyeri", seller),
            ("Tutar_Urun", "9,00"),
            ("Tutar_Odenecek", "8,00"),
        ];
        self.see("Pazaryeri_TP_Siparis_Detay_Ekle", &entry);
        let key = self.seen("Pazaryeri_TP_Siparis_Detay_Ekle", "PYSiparis_GUID");
        let approve = [("PYSiparis_GUID", key.as_str()), ("Durum", "1")];
        self.see("Pazaryeri_TP_Siparis_Onay", &approve);
        self.see("Pazaryeri_TP_Islem_Sorgulama", &approve[..1]);
        let any = [
            ("GUID_AltUyeIsyeri", ""),
            ("Tarih_Bas", ""),
            ("Tarih_Bit", ""),
        ];
        self.see("Param_Pazaryeri_Islem_Izleme", &any);
        let back = [
            ("PYSiparis_GUID", key.as_str()),
            ("Durum", "IPTAL"),
            ("Siparis_ID", "Pos_Odeme"),
            ("SiparisTutar", "0"),
            ("OdenecekTutar", "0"),
        ];
        self.see("Pazaryeri_TP_Iptal_Iade", &back);
        self.see(
            "Pazaryeri_TP_AltUyeIsyeri_Silme",
            &[("GUID_AltUyeIsyeri", seller)],
        );
    }

    fn afterwards(&mut self) {
        let status = [("Dekont_ID", ""), ("Siparis_ID", "model"), ("Islem_ID", "")];
        self.see("TP_Islem_Sorgulama4", &status);
        self.shop.next_day();
        let refund = |order| [("Durum", "IADE"), ("Siparis_ID", order), ("Tutar", "1.00")];
        self.see("TP_Islem_Iptal_Iade_Kismi2", &refund("model"));
        self.see("TP_Islem_Iptal_Iade_Kismi4", &refund("TP_WMD_UCD_v2"));
        let days = [
            ("Tarih_Bas", "28.11.2026 00:00:00"),
            ("Tarih_Bit", "30.11.2026 00:00:00"),
            ("Islem_Tip", ""),
            ("Islem_Durum", ""),
        ];
        self.see("TP_Mutabakat_Ozet", &days[..2]);
        self.see("TP_Mutabakat_Detay", &[("Tarih", "28.11.2026 00:00:00")]);
        self.see("TP_Islem_Izleme", &days);
    }
}

/// The names of elements and columns with their paths, in order; a schema is left out.
fn names(element: &Element, path: &str, found: &mut Vec<String>) {
    for child in &element.children {
        if child.name.local == "schema" {
            continue;
        }
        let path = format!("{path}/{}", child.name.local);
        if !found.contains(&path) {
            found.push(path.clone());
        }
        names(child, &path, found);
    }
}

fn result_names(root: &Element, operation: &str) -> Vec<String> {
    let result = find(root, &format!("{operation}Result")).unwrap();
    let mut found = Vec::new();
    names(result, "", &mut found);
    found
}

#[test]
fn answers_have_documented_elements_in_their_order() {
    let tour = Tour::go();
    assert_eq!(tour.len(), OPERATIONS.len());
    let mut differences = BTreeSet::new();
    for (operation, root) in &tour {
        let ours = result_names(root, operation);
        let mut documented: Vec<Vec<String>> = Vec::new();
        for case in good(operation) {
            // These cases shuffle their columns on purpose.
            if case.name.starts_with("success-gaps") {
                continue;
            }
            let Some(response) = &case.response else {
                continue;
            };
            let Ok(root) = xml::read(&response.body) else {
                continue;
            };
            if find(&root, &format!("{operation}Result")).is_some() {
                documented.push(result_names(&root, operation));
            }
        }
        assert!(!documented.is_empty(), "{operation}");
        let all: BTreeSet<&String> = documented.iter().flatten().collect();
        for name in &ours {
            if !all.contains(name) {
                differences.insert(format!("{operation}: {name} is in no documented answer"));
            }
        }
        // Whatever two elements one documented answer has, ours has in the same order.
        for example in &documented {
            let shared: Vec<&String> = ours.iter().filter(|name| example.contains(name)).collect();
            let theirs: Vec<&String> = example.iter().filter(|name| ours.contains(name)).collect();
            if shared != theirs {
                differences.insert(format!("{operation}: {shared:?}, documented {theirs:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
