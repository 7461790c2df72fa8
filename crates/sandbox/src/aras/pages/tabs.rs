//! The pages about one parcel: the tabs, and everything on one page.

use quick_xml::escape::escape;

use super::html::{linked_span, masked, page, span, table};
use crate::aras::parcel::{Attempt, Parcel};
use crate::aras::stage::Stage;
use crate::values::day::istanbul;
use crate::{Answer, Moment};

/// Returns the number in the links to the first tab.
pub(super) fn shipment(parcel: &Parcel) -> &str {
    let code = parcel.cargo_code.as_str();
    code.get(4..13).unwrap_or(code)
}

/// The container with links to the tabs, which are relative and escaped as in HTML.
pub(super) fn container(parcel: &Parcel) -> Answer {
    let (shipment, cargo) = (shipment(parcel), &parcel.cargo_code);
    let links = [
        (
            "CargoInfoWaybillAndDelivered.aspx",
            "shipmentid",
            shipment,
            "Kargo Bilgileri",
        ),
        (
            "CargoInfoTransactionAndRedirection.aspx",
            "barcode",
            cargo,
            "Kargo Hareketleri",
        ),
        ("services.aspx", "shipmentid", shipment, "Ek Hizmetler"),
        ("other.aspx", "shipmentid", shipment, "Diğer"),
    ];
    let links = links.map(|(page, name, value, text)| {
        let value = escape(value);
        format!("<li><a href=\"{page}?{name}={value}&amp;lang=tr\"><span>{text}</span></a></li>\n")
    });
    let links = links.concat();
    page(
        "kargotakip.aspx",
        &format!("<div id=\"tabs\"><ul>\n{links}</ul></div>"),
    )
}

/// The first tab: waybill and delivery.
pub(super) fn waybill(parcel: &Parcel) -> Answer {
    let delivery = parcel.delivery.as_ref();
    let delivered_at = delivery.map(|delivery| form(delivery.at, "%d/%m/%Y %H:%M"));
    let is_out = parcel.stage == Stage::OutForDelivery;
    let code = is_out.then(|| {
        parcel
            .tracking_number
            .chars()
            .rev()
            .take(4)
            .collect::<String>()
    });
    let status = span("Son_Durum", Some(parcel.stage.turkish()));
    let status = status.replacen(" id=", " class=\"durum\" id=", 1);
    let pieces = parcel.pieces.len().to_string();
    let left = form(parcel.cut_at, "%d/%m/%Y 00:00:00");
    let rows = [
        (
            "İlk Çıkış Şubesi",
            linked_span("LabelIlkCikis", &parcel.origin),
        ),
        ("Çıkış Şubesi", span("cikis_subesi", Some(&parcel.origin))),
        (
            "Varış Şubesi",
            linked_span("varis_subesi", &parcel.destination),
        ),
        ("Ödeme Türü", span("fatura_turu", Some(payer(parcel)))),
        (
            "Alıcı Adı Soyadı",
            span("alici_adi_soyadi", Some(&masked(&parcel.recipient))),
        ),
        (
            "Gönderici Adı Soyadı",
            span("gonderici_adi_soyadi", Some(&masked(&parcel.sender))),
        ),
        ("Kargonun Cinsi", span("LabelCargoType", Some("PAKET"))),
        ("Kargo Kg/Desi", span("LabelCargoVolume", None)),
        ("Paket Sayısı", span("LabelPackageCount", Some(&pieces))),
        ("Gönderi Tipi", span("LabelGonTipi", Some(kind(parcel)))),
        ("Çıkış Tarihi", span("cikis_tarihi", Some(&left))),
        (
            "Taşıma İrsaliye No",
            span("FatNo", Some(&printed(&parcel.waybill))),
        ),
        (
            "Gönderi No",
            span("labelShipmentCode", Some(&parcel.cargo_code)),
        ),
        (
            "Sevk İrsaliye No",
            span("labelTradingWaybillNumber", parcel.dispatch_note.as_deref()),
        ),
        ("Son Durum", status),
        (
            "Teslim Alan",
            span("Teslim_Alan", delivery.map(|delivery| delivery.to.as_str())),
        ),
        (
            "Teslim Tarihi Saati",
            span("Teslim_Tarihi", delivered_at.as_deref()),
        ),
        ("Teslimat Kodu", span("Teslimat_Kodu", code.as_deref())),
    ];
    let rows = rows.map(|(label, value)| format!("<tr><td>{label}</td><td>{value}</td></tr>\n"));
    let attempts = attempts(&parcel.attempts);
    let heading = ["Tarih", "Neden", "Açıklama"];
    let attempts = table("notDeliveredDataGrid", heading, &attempts);
    let body = format!("<table>{}</table>\n{attempts}", rows.concat());
    page("CargoInfoWaybillAndDelivered.aspx", &body)
}

/// The second tab: movements and redirections.
pub(super) fn movements(parcel: &Parcel) -> Answer {
    let steps = parcel.movements.iter().map(|movement| {
        let at = form(movement.at, "%d.%m.%Y %H:%M:%S");
        [
            at,
            movement.city.clone(),
            movement.unit.clone(),
            movement.operation.clone(),
        ]
    });
    let steps: Vec<_> = steps.collect();
    let heading = ["İŞLEM TARİHİ", "İL", "BIRIM", "İŞLEM"];
    let mut body = table("transactionsDataGrid", heading, &steps);
    if !parcel.redirections.is_empty() {
        let rows = parcel.redirections.iter().map(|redirection| {
            [
                form(redirection.at, "%d.%m.%Y"),
                "PAKET".to_owned(),
                "YÖNLENDİRİLDİ".to_owned(),
                redirection.from.clone(),
                redirection.to.clone(),
                redirection.reason.clone(),
            ]
        });
        let heading = [
            "TARIH",
            "KARGO TİPİ",
            "KARGO DURUMU",
            "YÖNLENDİREN BİRİM",
            "YÖNLENDİRİLEN BİRİM",
            "YÖNLENDİRME NEDENİ",
        ];
        body += &table("", heading, &rows.collect::<Vec<_>>());
    }
    page("CargoInfoTransactionAndRedirection.aspx", &body)
}

/// The third tab: services and SMS.
pub(super) fn services(parcel: &Parcel) -> Answer {
    let collection = parcel.collection.iter();
    let services: Vec<_> = collection
        .map(|_| ["TAHSİLATLI KARGO".to_owned(), "1".to_owned()])
        .collect();
    let is_out = |operation: &str| Some(operation) == Stage::OutForDelivery.operation();
    let messages = parcel
        .movements
        .iter()
        .filter(|step| is_out(&step.operation));
    let messages: Vec<_> = messages
        .map(|step| {
            let at = form(step.at, "%d.%m.%Y %H:%M:%S");
            [
                "GÖNDERİLDİ".to_owned(),
                step.unit.clone(),
                at,
                "TESLİMAT".to_owned(),
            ]
        })
        .collect();
    let services = table("servicesDataGrid", ["HİZMET", "ADET"], &services);
    let messages = table("smsDataGrid", ["DURUM", "BİRİM", "TARİH", "TÜR"], &messages);
    page("services.aspx", &(services + &messages))
}

/// Everything on one page.
pub(super) fn all_in_one(parcel: &Parcel) -> Answer {
    let delivery = parcel.delivery.as_ref();
    let day = delivery.map(|delivery| form(delivery.at, "%d.%m.%Y"));
    let time = delivery.map(|delivery| form(delivery.at, "%H:%M"));
    let left = form(parcel.cut_at, "%d.%m.%Y");
    let spans = [
        span("gfatno", Some(&printed(&parcel.waybill))),
        span("Kargonun_Cinsi", Some("PAKET")),
        span("Son_Durum", Some(parcel.stage.turkish())),
        span("Teslim_Tarihi", day.as_deref()),
        span("Teslim_Saati", time.as_deref()),
        span("Teslim_Alan", delivery.map(|delivery| delivery.to.as_str())),
        span("LabelIlkCikis", Some(&parcel.origin)),
        span("cikis_subesi", Some(&parcel.origin)),
        span("varis_subesi", Some(&parcel.destination)),
        span("LabelGonTipi", Some(kind(parcel))),
        span("fatura_turu", Some(payer(parcel))),
        span("cikis_tarihi", Some(&left)),
        span("gonderici_adi_soyadi", Some(&masked(&parcel.sender))),
        span("alici_adi_soyadi", Some(&masked(&parcel.recipient))),
    ];
    let steps = parcel.movements.iter().map(|movement| {
        let at = form(movement.at, "%d.%m.%Y %H:%M:%S");
        [at, movement.unit.clone(), movement.operation.clone()]
    });
    let steps: Vec<_> = steps.collect();
    let steps = table("DataGrid1", ["Zaman", "Birim", "İşlem"], &steps);
    page("yurticigonbil.aspx", &(spans.join("\n") + &steps))
}

/// The summary of an account link, in a coloured block, with a link to the details.
pub(super) fn summary(parcel: &Parcel) -> Answer {
    let text = match &parcel.delivery {
        Some(delivery) => format!(
            "Kargonuz {} tarihinde {} isimli kişiye teslim edilmiştir.",
            form(delivery.at, "%d.%m.%Y %H:%M"),
            delivery.to
        ),
        None => format!("Kargonuzun son durumu: {}.", parcel.stage.turkish()),
    };
    let text = escape(text.as_str());
    let number = escape(shipment(parcel));
    let body = format!(
        "<div class=\"teslim\">{text}</div><a href=\"control.aspx?shipmentid={number}\">Detay...</a>"
    );
    page("mainpage.aspx", &body)
}

/// The last one first, so that the rows are not in the order of time.
fn attempts(attempts: &[Attempt]) -> Vec<[String; 3]> {
    let row = |attempt: &Attempt| {
        let at = form(attempt.at, "%d.%m.%Y %H:%M:%S");
        [at, attempt.reason.clone(), attempt.note.clone()]
    };
    let (last, earlier) = match attempts.split_last() {
        Some((last, earlier)) => (Some(last), earlier),
        None => (None, attempts),
    };
    last.into_iter().chain(earlier).map(row).collect()
}

fn payer(parcel: &Parcel) -> &'static str {
    if parcel.recipient_pays {
        "ALICI ÖDEMELİ"
    } else {
        "GÖNDERİCİ ÖDEMELİ"
    }
}

fn kind(parcel: &Parcel) -> &'static str {
    if parcel.is_return() {
        "İADE"
    } else if parcel.redirections.is_empty() {
        "NORMAL"
    } else {
        "YÖNLENDİRME"
    }
}

/// `AB 100200`.
fn printed(waybill: &str) -> String {
    let digits = waybill.find(|letter: char| letter.is_ascii_digit());
    let (series, number) = waybill.split_at(digits.unwrap_or(0));
    format!("{series} {number}").trim_start().to_owned()
}

fn form(moment: Moment, form: &str) -> String {
    istanbul(moment).format(form).to_string()
}
