//! The table of reads.

use super::elements;
use crate::support::{body, reference, shipment_client};
use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::shipments::{
    AddressIds, Between, CargoSearch, CustomerAddressIds, FetchArasLabel, FetchDummyLabel,
    FetchLabel, GetAddresById, GetAddressById, GetAddressList, GetBackList, GetCargoInfo,
    GetCargoPieceList, GetCargoReturn, GetCargoSearch, GetCargoSearchByCode, GetCargoSendList,
    GetCargoTransaction, GetCargoTransactionByWaybillId, GetCityList, GetDeliveryInfo,
    GetDeliveryInfoOf, GetDeliveryList, GetDeliveryList2, GetDuration, GetParentUnitAddress,
    GetPriceCalculation, GetRedirectionList, GetRegions, GetServiceList, GetServiceType,
    GetSortedCargoInfo, GetTown, GetUndeliveredCargoSearch, GetUnit, GetUnitAddress, GetUnitBranch,
    GetUnitCard, GetWaitingCargoList, PriceOf, RawLogin, RawRead, ReturnOf, UnitsIn,
};
use kervan_core::Operation as _;
use testkit::faults::{self, TRIES};

/// Does the same with a request of each read of the table, and lists the results.
macro_rules! each_read {
    ($do:ident) => {{
        let day = "2026-11-20".parse::<chrono::NaiveDate>().unwrap();
        let way = Between::starting("06").to("35");
        [
            $do!(FetchLabel::new(reference())),
            $do!(FetchArasLabel::new(reference())),
            $do!(FetchDummyLabel::new(reference())),
            $do!(GetCargoInfo::new(reference())),
            $do!(GetCargoTransaction::new(reference())),
            $do!(GetCargoTransactionByWaybillId::new("6f9619ff")),
            $do!(GetCargoSearch::new(CargoSearch::from(
                "AB 100200".parse::<aras_tracking::WaybillNumber>().unwrap()
            ))),
            $do!(GetCargoSearchByCode::new("6513100200317")),
            $do!(GetSortedCargoInfo::new("1")),
            $do!(GetCargoReturn::new(ReturnOf::new(1, reference()))),
            $do!(GetUndeliveredCargoSearch::new(reference())),
            $do!(GetDeliveryInfoOf::new(["D-1".to_owned()])),
            $do!(GetDeliveryInfo::new(2)),
            $do!(GetWaitingCargoList::new(())),
            $do!(GetDeliveryList::new(day)),
            $do!(GetDeliveryList2::new(day)),
            $do!(GetCargoSendList::new(day)),
            $do!(GetCargoPieceList::new(day)),
            $do!(GetRedirectionList::new(day)),
            $do!(GetBackList::new(day)),
            $do!(GetCityList::new(())),
            $do!(GetTown::new("35")),
            $do!(GetUnit::new(())),
            $do!(GetUnitBranch::new(())),
            $do!(GetUnitCard::new(())),
            $do!(GetRegions::new(())),
            $do!(GetParentUnitAddress::new(())),
            $do!(GetServiceList::new(())),
            $do!(GetUnitAddress::new(UnitsIn::default().province("İZMİR"))),
            $do!(GetDuration::new(way.clone())),
            $do!(GetServiceType::new(1)),
            $do!(GetPriceCalculation::new(
                PriceOf::new("2.5".parse().unwrap(), way, "1")
                    .further_services(vec!["3".to_owned()])
            )),
            $do!(GetAddressList::new(())),
            $do!(GetAddresById::new(
                AddressIds::default().reference("DEPO-1")
            )),
            $do!(GetAddressById::new(
                CustomerAddressIds::default().account_address("12")
            )),
        ]
    }};
}

#[test]
fn each_read_has_the_arguments_of_the_service_in_its_order() {
    macro_rules! of {
        ($request:expr) => {
            elements(&$request)
        };
    }
    let expected = "GetBarcode Username Password integrationCode
GetArasBarcode Username Password integrationCode
GetLabelDummy Username Password integrationCode
GetCargoInfo username password customerCode integrationCode
GetCargoTransaction username password code integrationCode
GetCargoTransactionByWaybillId username password waybillId
GetCargoSearch username password seri document_no
GetCargoSearchByCode username password code
GetSortedCargoInfo username password barcode
GetCargoReturn username password customerCode ukod integrationCode
GetUndeliveredCargoSearch username password integrationCode
GetDeliveryInfodocID userName password language docID string
GetDeliveryInfo userName password language recordCount
GetWaitingCargoList username password customerCode
GetDeliveryList username password customerCode tarih
GetDeliveryList2 username password customerCode testarih
GetCargoSendList username password customerCode tarih
GetCargoPieceList username password customerCode tarih
GetRedirectionList username password customerCode tarih
GetBackList username password customerCode tarih
GetCityList username password
GetTown username password il
GetUnit username password
GetUnitBranch username password
GetUnitCard username password
GetRegions username password
GetParentUnitAddress username password
GetServiceList username password
GetUnitAddress username password il
GetDuration username password gonderici_ilkodu alici_ilkodu
GetServiceType username password service
GetPriceCalculation username password desi gonderici_ilkodu alici_ilkodu serviceid ekserviceid
GetAddressList userName password
GetAddresById userName password AddressIntegrationCode
GetAddressById request Username Password AccountAddressId";
    let found = each_read!(of);
    assert_eq!(found.join("\n"), expected);
}

/// The matrix of faults: nothing but a complete answer of the right call succeeds, and each read is repeated only
/// where it may pass.
#[tokio::test]
async fn each_read_fails_as_expected() {
    macro_rules! fails {
        ($request:expr) => {{
            let request = $request;
            let name = kervan_core::Endpoint::name(&request.endpoint());
            let good = body(name, "<ResultCode>0</ResultCode>");
            let call = |base| async { shipment_client(base, TRIES).call(&request).await };
            faults::fails_as_expected(Format::Xml, &good, false, |_| true, call).await;
        }};
    }
    each_read!(fails);
    let login = RawLogin::LOWER;
    fails!(RawRead::new("GetMissingNewDoc", login));
}

#[tokio::test]
async fn a_null_table_has_no_rows_and_another_shape_is_not_empty() {
    macro_rules! answers {
        ($request:expr) => {{
            let request = $request;
            let name = kervan_core::Endpoint::name(&request.endpoint());
            let null = format!("<{name}Response xmlns=\"http://tempuri.org/\"/>");
            let other = format!("<{name}Response xmlns=\"http://tempuri.org/\"><Hata>x</Hata></{name}Response>");
            let mut found = Vec::new();
            for inside in [null, other] {
                let text = format!(
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{inside}</s:Body></s:Envelope>"
                );
                let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())));
                let answer = shipment_client(&server, 1).call(&request).await;
                found.push(answer.is_ok());
            }
            // Labels are never empty.
            (name, found)
        }};
    }
    for (name, found) in each_read!(answers) {
        let is_label = matches!(name, "GetBarcode" | "GetArasBarcode" | "GetLabelDummy");
        assert_eq!(found, [!is_label, false], "{name}");
    }
}
