//! Aras: what it reads, its operations, and its clients built from the settings of a case.

use aras_tracking::{
    Login, QueryClient, QueryEnvironment, QueryMethod, ShipmentClient, ShipmentEnvironment,
    query as q, shipments as s,
};
use contract_kit::case::Case;
use kervan_core::error::Unreadable;
use kervan_core::transport::Transport;
use kervan_core::{BaseUrl, Config, Operation};
use kervan_settling::Settler;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    CaseHost, Entry, Harness, Row, SOAP, blind, call, reads, settled, value_of, value_of_answer,
};
use kervan_testing::delivery;

/// Returns everything that is read and called.
pub(super) fn entries() -> Vec<Entry> {
    let read = vec![
        reads(PROVIDER, "links", link),
        reads(PROVIDER, "page", page),
        reads(PROVIDER, "push", push),
    ];
    [read, queries(), shipments()].concat()
}

const PROVIDER: &str = "aras-tracking";

/// Returns the query types, by the service's operation and the number of the type.
fn queries() -> Vec<Entry> {
    vec![
        query::<q::FindParcels>("GetQueryJSON-1"),
        query::<q::SentOn>("GetQueryJSON-2"),
        query::<q::DeliveredOn>("GetQueryJSON-3"),
        query::<q::DeliveredOfWaybillDay>("GetQueryJSON-4"),
        query::<q::Undelivered>("GetQueryJSON-5"),
        query::<q::RedirectedOn>("GetQueryJSON-6"),
        query::<q::RoundTripsOn>("GetQueryJSON-7"),
        query::<q::ReturnedOn>("GetQueryJSON-8"),
        query::<q::ListMovements>("GetQueryJSON-9"),
        query::<q::ListBranches>("GetQueryJSON-10"),
        query::<q::FindCollections>("GetQueryJSON-11"),
        query::<q::ParcelsOf>("GetQueryJSON-12"),
        query::<q::CollectionsOf>("GetQueryJSON-13"),
        query::<q::FindByTrackingNumber>("GetQueryJSON-14"),
        query::<q::ListMovementsBriefly>("GetQueryJSON-15"),
        query::<q::NotDeliveredOf>("GetQueryJSON-16"),
        query::<q::SentIn>("GetQueryJSON-18"),
        query::<q::ReasonsOf>("GetQueryJSON-19"),
        query::<q::FindByPiece>("GetQueryJSON-21"),
        query::<q::ParcelTables>("GetQueryDS-22"),
        query::<q::FindByBarcode>("GetQueryJSON-24"),
        query::<q::CollectionsBy>("GetQueryJSON-25"),
        query::<q::ParcelTablesByReference>("GetQueryDS-26"),
        query::<q::FindIncoming>("GetQueryJSON-30"),
        query::<q::CountDeliveredToday>("GetQueryJSON-31"),
        query::<q::FindWithWeights>("GetQueryJSON-37"),
        query::<q::FindMany>("GetQueryJSON-39"),
        query::<q::ParcelsOfContract>("GetQueryJSON-40"),
        query::<q::ListInvoices>("GetQueryJSON-41"),
        query::<q::FindManyBriefly>("GetQueryJSON-100"),
        query::<q::LastSteps>("GetQueryJSON-101"),
        query::<q::FindAtAddress>("GetQueryJSON-102"),
        query::<q::FindParcels>("GetQueryXML-1"),
        query::<q::FindParcels>("GetQueryDS-1"),
        query::<q::ListMovements>("GetQueryXML-9"),
        query::<q::ListMovements>("GetQueryDS-9"),
        query::<q::SentOn>("GetQueryXML-2"),
        query::<q::SentOn>("GetQueryDS-2"),
    ]
}

/// Returns the operations of the shipment service.
fn shipments() -> Vec<Entry> {
    let own = vec![
        settled::<Shipment, s::CancelDispatch>(SOAP, "Cancels an order whose waybill is not cut."),
        settled::<Shipment, s::UpdateNumbers>(
            SOAP,
            "Changes the two document numbers of an order.",
        ),
        call::<Shipment, s::FindOrder>(SOAP, "Finds an order by the shipper's reference."),
        call::<Shipment, s::ListOrders>(SOAP, "Lists the orders of a day."),
        settled::<Shipment, s::SetOrder>(
            SOAP,
            "Registers a parcel, or replaces its order until the waybill is cut.",
        ),
        Entry {
            operation: "SetOrder-2",
            codes: Vec::new(),
            ..blind::<Shipment, s::SetOrders>(SOAP, "Registers several parcels in one call.")
        },
    ];
    let blind_ones = vec![
        blind::<Shipment, s::Recall>(SOAP, "Recalls a parcel."),
        blind::<Shipment, s::CancelRecall>(SOAP, "Takes the recall of a parcel back."),
    ];
    [own, blind_ones, shipment_reads()].concat()
}

/// Returns the table of reads of the shipment service.
fn shipment_reads() -> Vec<Entry> {
    vec![
        call::<Shipment, s::FetchLabel>(SOAP, "Fetches the labels of an order."),
        call::<Shipment, s::FetchArasLabel>(
            SOAP,
            "Fetches the labels of an order, with PDF files.",
        ),
        call::<Shipment, s::FetchDummyLabel>(
            SOAP,
            "Fetches the labels of an order, with PDF files and a tracking number.",
        ),
        call::<Shipment, s::GetCargoInfo>(SOAP, "Asks for a parcel's data."),
        call::<Shipment, s::GetCargoTransaction>(SOAP, "Asks for a parcel's movements."),
        call::<Shipment, s::GetCargoTransactionByWaybillId>(
            SOAP,
            "Asks for the movements of a waybill by its id.",
        ),
        call::<Shipment, s::GetCargoSearch>(
            SOAP,
            "Searches parcels by waybill or by a reference code.",
        ),
        call::<Shipment, s::GetCargoSearchByCode>(
            SOAP,
            "Searches parcels by a code, whose kind is not public.",
        ),
        call::<Shipment, s::GetSortedCargoInfo>(
            SOAP,
            "Asks for the data of a sorted parcel by a bar code.",
        ),
        call::<Shipment, s::GetCargoReturn>(SOAP, "Asks for a parcel that came back."),
        call::<Shipment, s::GetUndeliveredCargoSearch>(
            SOAP,
            "Searches a parcel that was not delivered.",
        ),
        call::<Shipment, s::GetDeliveryInfoOf>(SOAP, "Asks how documents were delivered."),
        call::<Shipment, s::GetDeliveryInfo>(
            SOAP,
            "Asks for the last deliveries, up to a number of them.",
        ),
        call::<Shipment, s::GetWaitingCargoList>(SOAP, "Lists the parcels that wait."),
        call::<Shipment, s::GetDeliveryList>(SOAP, "Lists the deliveries of a day."),
        call::<Shipment, s::GetDeliveryList2>(
            SOAP,
            "Lists the deliveries of a day, by its name of the day of delivery.",
        ),
        call::<Shipment, s::GetCargoSendList>(SOAP, "Lists the parcels sent on a day."),
        call::<Shipment, s::GetCargoPieceList>(SOAP, "Lists the pieces of a day."),
        call::<Shipment, s::GetRedirectionList>(SOAP, "Lists the redirections of a day."),
        call::<Shipment, s::GetBackList>(SOAP, "Lists the parcels that came back on a day."),
        call::<Shipment, s::GetCityList>(SOAP, "Lists the provinces."),
        call::<Shipment, s::GetTown>(
            SOAP,
            "Lists the districts of a province, by its code or name.",
        ),
        call::<Shipment, s::GetUnit>(SOAP, "Lists the units of the carrier."),
        call::<Shipment, s::GetUnitBranch>(SOAP, "Lists the branches of the carrier."),
        call::<Shipment, s::GetUnitCard>(SOAP, "Lists the cards of the carrier's units."),
        call::<Shipment, s::GetRegions>(SOAP, "Lists the regions of the carrier."),
        call::<Shipment, s::GetParentUnitAddress>(
            SOAP,
            "Lists the addresses of the units above others.",
        ),
        call::<Shipment, s::GetServiceList>(SOAP, "Lists the services."),
        call::<Shipment, s::GetUnitAddress>(
            SOAP,
            "Finds the addresses of units by branch, province and district.",
        ),
        call::<Shipment, s::GetDuration>(
            SOAP,
            "Asks how long a parcel takes from one province to another.",
        ),
        call::<Shipment, s::GetServiceType>(SOAP, "Lists the kinds of a service."),
        call::<Shipment, s::GetPriceCalculation>(
            SOAP,
            "Asks for the price of a parcel from one province to another, with its services.",
        ),
        call::<Shipment, s::GetAddressList>(
            SOAP,
            "Lists the addresses that the account's parcels may leave from.",
        ),
        call::<Shipment, s::GetAddresById>(SOAP, "Finds one of these addresses by its ids."),
        call::<Shipment, s::GetAddressById>(SOAP, "Finds an address of a customer by its ids."),
    ]
}

fn link(case: &Case) -> Result<Value, String> {
    let link = case.link.as_deref().ok_or("`link` is missing")?;
    Ok(value_of(&aras_tracking::LinkReport::of(link)))
}

fn page(case: &Case) -> Result<Value, String> {
    let page = case.page.as_deref().ok_or("`page` is missing")?;
    let read = aras_tracking::pages::read_page(page, "text/html");
    Ok(outcome(read, value_of_answer))
}

fn push(case: &Case) -> Result<Value, String> {
    let sent = case.callback.as_ref().ok_or("`callback` is missing")?;
    let content_type = sent.header("content-type").unwrap_or_default();
    let read = aras_tracking::push::read(&delivery(content_type, &sent.body));
    Ok(outcome(read, value_of))
}

fn outcome<T>(read: Result<T, Unreadable>, value_of: impl Fn(&T) -> Value) -> Value {
    match read {
        Ok(value) => json!({ "ok": value_of(&value) }),
        Err(error) => json!({
            "error": { "kind": "unreadable", "code": error.reason().name() }
        }),
    }
}

/// Returns one query type by one of the three operations.
fn query<O>(operation: &'static str) -> Entry
where
    O: Operation<Service = q::QuerySettings> + DeserializeOwned + 'static,
    O::Output: Serialize,
{
    Entry {
        operation,
        row: None,
        ..call::<Query, O>(SOAP, "")
    }
}

/// All query types are one row: they are one call with different parameters.
pub(super) fn further_rows() -> Vec<Row> {
    vec![Row::of::<q::FindParcels>(
        "GetQueryJSON, GetQueryXML, GetQueryDS",
        SOAP,
        "Makes a query of any type, by the account's method.",
    )]
}

struct Query;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct QueryCase {
    method: QueryMethod,
}

impl Harness for Query {
    const PROVIDER: &'static str = PROVIDER;
    type Settings = q::QuerySettings;

    fn caller(
        base: BaseUrl,
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String> {
        let case: QueryCase = settings.try_into().map_err(|e| format!("{e}"))?;
        let address = format!("{}/ArasCargoIntegrationService.svc", base.as_str());
        let address = BaseUrl::parse(&address).map_err(|e| e.to_string())?;
        let environment = QueryEnvironment::At(address);
        let builder = QueryClient::builder(&environment, Login::published_test_account())
            .map_err(|e| e.to_string())?
            .method(case.method)
            .config(config);
        Ok(Settler::clone(&builder.build_over(transport, host)))
    }
}

struct Shipment;

impl Harness for Shipment {
    const PROVIDER: &'static str = PROVIDER;
    type Settings = s::ShipmentSettings;

    fn caller(
        base: BaseUrl,
        config: Config,
        transport: impl Transport,
        host: CaseHost,
        settings: toml::Table,
    ) -> Result<Settler<Self::Settings>, String> {
        if let Some(name) = settings.keys().next() {
            return Err(format!("no setting `{name}`"));
        }
        let address = format!("{}/arascargoservice.asmx", base.as_str());
        let address = BaseUrl::parse(&address).map_err(|e| e.to_string())?;
        let environment = ShipmentEnvironment::At(address);
        let builder = ShipmentClient::builder(&environment, Login::published_test_account())
            .map_err(|e| e.to_string())?;
        let client = builder.config(config).build_over(transport, host);
        Ok(Settler::clone(&client))
    }
}
