//! From a link to a parcel: redirects, tabs, and redirects that are not followed.

use ::contract_kit::faults::{Fault, FaultServer};
use aras_tracking::pages::MovementsTab;
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{Error, Link, ParcelLookup, RejectionKind, parse_link};

use crate::support::{ACCOUNT, LINK_PASSWORD, account_link, number, page, page_client, redirect};

const ENTRY: &str = "<div id=\"tabs\"><a href=\"CargoInfoWaybillAndDelivered.aspx?shipmentid=1&amp;x=2\">a</a>\
    <a href=\"CargoInfoTransactionAndRedirection.aspx?barcode=3\">b</a></div>";
/// As the server writes it: the form of a page posts to the page itself.
const WAYBILL: &str = "<form method=post action=\"./CargoInfoWaybillAndDelivered.aspx?shipmentid=1\"><span id=\"Son_Durum\">YOLDA</span><span id=\"LabelGonTipi\">NORMAL</span>\
    <table id=\"notDeliveredDataGrid\"><tr><td>20.11.2026 09:00:00</td><td>NT</td><td>-</td></tr></table>";
const MOVEMENTS: &str = "<form method=post action=\"./CargoInfoTransactionAndRedirection.aspx?barcode=3\"><table id=\"transactionsDataGrid\">\
    <tr><td>19.11.2026 08:20:41</td><td>İZMİR</td><td>KARŞIYAKA</td><td>ŞUBEDE ARAÇ İNDİRME</td></tr>\
    <tr><td>18.11.2026 17:10:05</td><td>ANKARA</td><td>SAĞLIK</td><td>ŞUBEDE ARAÇ YÜKLEME</td></tr></table>";

fn server(answers: Vec<Vec<u8>>) -> FaultServer {
    let script = answers.into_iter().map(Fault::Answer).collect();
    FaultServer::start(Fault::Script(script))
}

fn targets(server: &FaultServer) -> Vec<String> {
    let seen = server.requests_seen();
    seen.into_iter().map(|request| request.target).collect()
}

fn link(text: &str) -> Link {
    parse_link(text).unwrap()
}

#[tokio::test]
async fn follows_redirects_and_tabs() {
    let server = server(vec![
        redirect("kargotakip.aspx?x=1"),
        redirect("/sub/kargotakip.aspx?x=2"),
        page(ENTRY),
        page(WAYBILL),
        page(MOVEMENTS),
    ]);
    let client = page_client(&server, 1);
    let answer = client.fetch_number(number()).await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/mainpage.aspx?code=6513100200317",
            "/kargotakip.aspx?x=1",
            "/sub/kargotakip.aspx?x=2",
            // Relative to where the entry page was found in the end.
            "/sub/CargoInfoWaybillAndDelivered.aspx?shipmentid=1&x=2",
            "/sub/CargoInfoTransactionAndRedirection.aspx?barcode=3",
        ]
    );
    let tracking = answer.found().unwrap().tracking();
    assert_eq!(tracking.status, TrackingStatus::InTransit);
    let texts: Vec<_> = tracking
        .timeline
        .iter()
        .map(|event| event.text.as_deref().unwrap())
        .collect();
    assert_eq!(texts, ["ŞUBEDE ARAÇ YÜKLEME", "ŞUBEDE ARAÇ İNDİRME", "NT"]);
    assert_eq!(tracking.non_delivery.unwrap().code(), "note_left");
}

#[tokio::test]
async fn one_page_is_enough_where_everything_is_on_it() {
    let server = server(vec![page(
        "<span id=Son_Durum>TESLİM EDİLDİ</span><span id=LabelGonTipi>İADE</span>",
    )]);
    let link = link(
        "https://kargotakip.araskargo.com.tr/yurticigonbil.aspx?Cargo_Code=0805513773163332313",
    );
    let answer = page_client(&server, 1).fetch_parcel(&link).await.unwrap();
    assert_eq!(
        answer.found().unwrap().tracking().status,
        TrackingStatus::Returned
    );
    assert_eq!(
        targets(&server),
        ["/yurticigonbil.aspx?Cargo_Code=0805513773163332313"]
    );
}

#[tokio::test]
async fn t12_an_empty_date_of_net_is_no_date() {
    // The last two are more: as the pages write days, and in a zone.
    for empty in [
        "0001-01-01T00:00:00",
        "01.01.0001 00:00:00",
        "0001-01-01T00:00:00+03:00",
    ] {
        let rows = format!(
            "<table id=notDeliveredDataGrid><tr><td>{empty}</td><td>NT</td><td>-</td></tr></table>"
        );
        let server = server(vec![page(&format!(
            "<span id=Son_Durum>YOLDA</span><span id=LabelGonTipi>NORMAL</span>\
             <span id=cikis_tarihi>{empty}</span><span id=Teslim_Tarihi>{empty}</span>\
             <span id=Teslim_Saati>09:30</span>{rows}"
        ))]);
        let answer = page_client(&server, 1).fetch_number(number()).await;
        let answer = answer.unwrap();
        let parcel = answer.found().unwrap();
        let dates = [&parcel.waybill_date, &parcel.delivered_at];
        assert_eq!(dates, [&None; 2], "{empty}");
        assert!(parcel.failed_attempts.is_empty(), "{empty}");
        assert_eq!(parcel.tracking().status, TrackingStatus::InTransit);
    }
}

#[tokio::test]
async fn a_captcha_needs_a_person() {
    for answers in [
        vec![
            redirect("control.aspx?x=1"),
            page("<form><input value=Onayla></form>"),
        ],
        vec![page("<a href=control.aspx>Detay...</a>")],
        vec![page(ENTRY), redirect("/CONTROL.aspx"), page("x")],
    ] {
        let server = server(answers);
        let answer = page_client(&server, 1).fetch_number(number()).await;
        assert_eq!(answer.unwrap().value, ParcelLookup::NeedsPerson);
    }
}

#[tokio::test]
async fn nothing_found_is_no_error_and_a_foreign_page_is_no_proof() {
    let none = page("<span id=Label1>Girdiğiniz bilgiler için bir sonuç bulunamamıştır.</span>");
    let red = page("<font color=red>Gönderi bulunamadı.</font>");
    for answers in [vec![none], vec![page(ENTRY), red]] {
        let server = server(answers);
        let answer = page_client(&server, 1).fetch_number(number()).await;
        assert_eq!(answer.unwrap().value, ParcelLookup::NotFound);
    }
    let server = server(vec![page("<html>Hello</html>")]);
    let error = page_client(&server, 1)
        .fetch_number(number())
        .await
        .unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unexpected"));
}

#[tokio::test]
async fn no_redirect_leads_off_the_host() {
    let other = FaultServer::start(Fault::Answer(page("x")));
    for to in [
        "https://example.com/a".to_owned(),
        "//example.com/a".to_owned(),
        "https://kargotakip.araskargo.com.tr/mainpage.aspx?code=1".to_owned(),
        format!("{}/a", other.base_url()),
    ] {
        let server = server(vec![redirect(&to)]);
        let error = page_client(&server, 3)
            .fetch_number(number())
            .await
            .unwrap_err();
        assert_eq!(
            error.rejection().unwrap().kind,
            RejectionKind::ForeignRedirect,
            "{to}"
        );
        assert_eq!(server.requests(), 1, "{to}");
        assert!(!error.to_string().contains("example"), "{error}");
    }
    // Nor does a tab.
    let tab =
        "<a href=\"https://example.com/CargoInfoWaybillAndDelivered.aspx?shipmentid=1\">x</a>";
    let server = server(vec![page(tab)]);
    let error = page_client(&server, 3)
        .fetch_number(number())
        .await
        .unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::ForeignRedirect
    );
    assert_eq!(other.requests(), 0);
}

#[tokio::test]
async fn endless_redirects_end() {
    let server = FaultServer::start(Fault::Answer(redirect("mainpage.aspx?code=6513100200317")));
    let error = page_client(&server, 3)
        .fetch_number(number())
        .await
        .unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::EndlessRedirect
    );
    assert_eq!(server.requests(), 6);
    let server = FaultServer::start(Fault::Answer(redirect("")));
    let error = page_client(&server, 3)
        .fetch_number(number())
        .await
        .unwrap_err();
    assert_eq!(
        error.rejection().unwrap().kind,
        RejectionKind::EndlessRedirect
    );
}

#[tokio::test]
async fn credentials_go_to_the_first_address_only() {
    let link = Link::Account(account_link());
    let server = server(vec![
        redirect("kargotakip.aspx?id=1"),
        page(ENTRY),
        page(WAYBILL),
        page(MOVEMENTS),
    ]);
    let answer = page_client(&server, 1).fetch_parcel(&link).await.unwrap();
    assert!(answer.found().is_some());
    let seen = server.requests_seen();
    assert_eq!(
        seen[0].target,
        format!("/mainpage.aspx?accountid={ACCOUNT}&sifre=SENTINEL%26link&alici_kod=KV-1001")
    );
    assert_eq!(seen.len(), 4);
    for request in &seen[1..] {
        let said = format!("{} {:?}", request.target, request.headers);
        assert!(!said.contains("SENTINEL"), "{said}");
    }
    for request in &seen {
        let names: Vec<_> = request
            .headers
            .iter()
            .map(|(name, _)| name.to_lowercase())
            .collect();
        assert!(
            !names
                .iter()
                .any(|name| name == "referer" || name == "cookie"),
            "{names:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_with_the_credentials_is_refused() {
    let link = Link::Account(account_link());
    for to in [
        format!("kargotakip.aspx?accountid={ACCOUNT}"),
        "kargotakip.aspx?SIFRE=x".to_owned(),
        format!("kargotakip.aspx?x={}", LINK_PASSWORD.replace('&', "%26")),
    ] {
        let server = server(vec![redirect(&to)]);
        let error = page_client(&server, 3)
            .fetch_parcel(&link)
            .await
            .unwrap_err();
        assert_eq!(
            error.rejection().unwrap().kind,
            RejectionKind::RedirectWithCredentials,
            "{to}"
        );
        assert_eq!(server.requests(), 1, "{to}");
    }
}

#[tokio::test]
async fn a_link_without_a_number_is_not_fetched() {
    let server = server(vec![page("x")]);
    let link = link("https://kargotakip.araskargo.com.tr/yurticigonbil.aspx?seri=AL&fat_no=268418");
    let error = page_client(&server, 3)
        .fetch_parcel(&link)
        .await
        .unwrap_err();
    assert_eq!((error.report().kind, server.connections()), ("invalid", 0));
}

fn is_unreadable(error: &Error) -> bool {
    matches!(error, Error::Status(_) | Error::Decode(_))
}

#[tokio::test]
async fn an_error_in_the_place_of_a_tab_is_not_taken_for_no_parcel() {
    let red = page("<font color=red>Hata oluştu. Gönderi</font> bulunamadı");
    let empty = page("<span id=Son_Durum></span><span id=Teslim_Alan></span>");
    let error_page = redirect("/hata.aspx?aspxerrorpath=/CargoInfoWaybillAndDelivered.aspx");
    for tab in [
        page(ENTRY),
        page("<div id=tabs></div>"),
        red,
        empty,
        error_page,
    ] {
        let said = String::from_utf8_lossy(&tab).into_owned();
        let server = server(vec![page(ENTRY), tab]);
        let error = page_client(&server, 1)
            .fetch_number(number())
            .await
            .unwrap_err();
        assert!(is_unreadable(&error), "{said}: {error:?}");
        assert_eq!(server.requests(), 2, "{said}");
    }
    // Nor is red on the page of the link, or an error page in its place.
    for entry in [
        page("<font color=red>Gönderi bulunamadı.</font>"),
        redirect("error.aspx?ASPXErrorPath=/mainpage.aspx"),
    ] {
        let server = server(vec![entry]);
        let error = page_client(&server, 1)
            .fetch_number(number())
            .await
            .unwrap_err();
        assert!(is_unreadable(&error), "{error:?}");
    }
}

#[tokio::test]
async fn a_parcel_without_its_movements_says_why() {
    let none = "<table id=transactionsDataGrid><tr><td><b>İŞLEM TARİHİ</b></td></tr></table>";
    let one_tab = "<a href=\"CargoInfoWaybillAndDelivered.aspx?shipmentid=1\">a</a>";
    let foreign = format!(
        "{one_tab}<a href=\"https://example.com/CargoInfoTransactionAndRedirection.aspx\">b</a>"
    );
    for (entry, tab, movements) in [
        (ENTRY, page(MOVEMENTS), MovementsTab::Read),
        (ENTRY, page(none), MovementsTab::Read),
        (one_tab, page("x"), MovementsTab::NoLink),
        (ENTRY, page("Kayıt Bulunamadı"), MovementsTab::NotFound),
        (ENTRY, redirect("/control.aspx"), MovementsTab::NeedsPerson),
        (ENTRY, page(ENTRY), MovementsTab::Failed),
        (ENTRY, page(WAYBILL), MovementsTab::Failed),
        (ENTRY, page("<html>503</html>"), MovementsTab::Failed),
        (
            ENTRY,
            redirect("https://example.com/"),
            MovementsTab::Failed,
        ),
        (foreign.as_str(), page("x"), MovementsTab::Failed),
    ] {
        // The answer after a redirect to the captcha is the captcha's page.
        let server = server(vec![page(entry), page(WAYBILL), tab, page("x")]);
        let answer = page_client(&server, 1)
            .fetch_number(number())
            .await
            .unwrap();
        let parcel = answer.found().unwrap();
        assert_eq!(parcel.movements, movements);
        assert_eq!(parcel.status_text.as_deref(), Some("YOLDA"));
        assert_eq!(parcel.failed_attempts.len(), 1);
    }
}
