//! The answers of refusals, whose elements differ from operation to operation.

use super::charge::Way;
use super::refusal::Refusal;
use super::reply::{Item, text};

/// Returns the elements of a refusal, which differ from operation to operation.
pub(crate) fn items(operation: &str, refusal: &Refusal) -> Vec<Item> {
    let (code, words) = (refusal.code, refusal.text.as_str());
    let bank = refusal.bank.unwrap_or(if code == -400 { 0 } else { -1 });
    let plain = [text("Sonuc", code), text("Sonuc_Str", words)];
    match operation {
        "TP_WMD_Pay" => vec![
            text("Sonuc", code),
            text("Sonuc_Ack", words),
            text("Bank_Sonuc_Kod", bank),
            text("Komisyon_Oran", 0),
        ],
        "TP_Islem_Odeme_BKM" => vec![text("Response_Code", code), text("Response_Message", words)],
        "TP_Modal_Payment" | "TP_Modal_Payment_WD" => {
            vec![text("ResultCode", code), text("ResultDescription", words)]
        }
        "Pazaryeri_TP_Siparis_Detay_Ekle" => {
            let mut items = Vec::from(plain);
            items.extend([text("Pazaryeri_Limit", 0), text("Yeni_Odenecek_Tutar", 0)]);
            items
        }
        "Pazaryeri_TP_Limit_Kontrol" => {
            let mut items = Vec::from(plain);
            items.push(text("Odeme_Alma_Durumu", false));
            let numbers = [
                "Toplam_Tahsilat_Tutari",
                "Pazaryeri_Limit",
                "Yeni_Odenecek_Tutar",
            ];
            items.extend(numbers.map(|name| text(name, 0)));
            items
        }
        "Pazaryeri_TP_AltUyeIsyeri_Liste" => {
            let mut items = vec![text("Toplam_Kayit", 0)];
            items.extend(plain);
            items
        }
        "TP_Islem_Odeme_OnProv_Kapa" => {
            let mut items = Vec::from(plain);
            items.extend([text("Dekont_ID", 0), text("Banka_Sonuc_Kod", bank)]);
            items
        }
        _ if operation.starts_with("Pazaryeri_TP_AltUyeIsyeri")
            && !operation.ends_with("Liste") =>
        {
            vec![
                Item::Typed("Sonuc", "xsd:int", code.to_string()),
                Item::Typed("Sonuc_Str", "xsd:string", words.to_owned()),
            ]
        }
        _ if Way::of(operation).is_some()
            || operation == "TP_KK_Verify"
            || operation.starts_with("KS_Tahsilat") =>
        {
            payment_refused(operation, refusal, bank)
        }
        _ => Vec::from(plain),
    }
}

/// A payment that a bank refused keeps the word of payments without 3-D, and its order number.
fn payment_refused(operation: &str, refusal: &Refusal, bank: i64) -> Vec<Item> {
    let is_model = operation.starts_with("TP_WMD") || operation.ends_with("WMD");
    let is_stored_model = operation == "KS_Tahsilat_UCD";
    let by_bank = refusal.bank.is_some();
    let order = refusal.order.as_deref().unwrap_or_default();
    let code = [
        text("Sonuc", refusal.code),
        text("Sonuc_Str", &refusal.text),
    ];
    let mut items = Vec::new();
    if operation == "TP_Islem_Odeme_OnProv" {
        items.extend(code.clone());
    }
    items.push(text("Islem_ID", 0));
    if by_bank && !is_stored_model {
        let name = if is_model { "UCD_HTML" } else { "UCD_URL" };
        items.push(text(name, "NONSECURE"));
    }
    if operation != "TP_Islem_Odeme_OnProv" {
        items.extend(code);
    }
    if by_bank && is_model {
        let empty = ["Bank_Trans_ID", "Bank_AuthCode", "Bank_HostMsg"];
        items.extend(empty.map(|name| text(name, "")));
    }
    items.push(text("Banka_Sonuc_Kod", bank));
    if by_bank && is_model {
        items.push(text("Bank_Extra", ""));
    }
    // The answer of `KS_Tahsilat` has no order number at all.
    if by_bank && operation != "KS_Tahsilat" {
        items.push(text("Siparis_ID", order));
    }
    if by_bank && is_model {
        items.push(text("Bank_HostRefNum", ""));
    }
    if by_bank && is_stored_model {
        items.push(text("UCD_HTML", "NONSECURE"));
    }
    if matches!(
        operation,
        "Pos_Odeme" | "TP_Islem_Odeme_WD" | "TP_KK_Verify"
    ) {
        items.push(text("Komisyon_Oran", 0));
    }
    items
}
