//! The reads of the service, each with its wire name, its login, its arguments and its output.

use super::address::{AccountAddress, Address};
use super::arguments::{
    AddressIds, Between, ByDay, ByDocuments, ByReference, ByText, CargoSearch, CustomerAddressIds,
    LastOf, NamesOf, Nothing, PriceOf, ReturnOf, ServiceNumber, TransactionsOf, UnitsIn,
};
use super::delivery::DeliveryInfo;
use super::endpoint::Endpoint;
use super::labels::Label;
use super::read::{Called, ReadRequest};
use crate::query::{QueryRows, TableRow};

/// Starts an operation with the login of the labels.
const fn capital(operation: &'static str) -> Endpoint {
    Endpoint::new(operation).login("Username", "Password")
}

/// Starts an operation with the login of the tables.
const fn lower(operation: &'static str) -> Endpoint {
    Endpoint::new(operation).login("username", "password")
}

/// Starts an operation with the login of the tables, and the customer code behind it.
const fn coded(operation: &'static str) -> Endpoint {
    lower(operation).customer_code("customerCode")
}

/// Starts an operation with the login of the lists.
const fn camel(operation: &'static str) -> Endpoint {
    Endpoint::new(operation)
}

/// Starts an operation with its login inside of its only argument.
const fn in_request(operation: &'static str) -> Endpoint {
    capital(operation).within("request")
}

type Table = QueryRows<TableRow>;

/// Writes the table: documentation, name, login and wire name, arguments with their wire names, output.
macro_rules! reads {
    ($($(#[$doc:meta])* $name:ident: $login:ident $wire:literal($arguments:ident $names:tt) -> $output:ty;)+) => {
        $($(#[$doc])*
        #[doc = concat!("\n\nWire: `", $wire, "`.")]
        pub type $name = ReadRequest<$arguments, $output, operations::$name>;)+

        /// The operations of the table.
        pub mod operations {
            $(#[doc = concat!("Wire: `", $wire, "`.")]
            #[derive(Clone, Copy, Debug)]
            #[non_exhaustive]
            pub struct $name;)+
        }

        $(impl Called<$arguments> for operations::$name {
            const ENDPOINT: Endpoint = $login($wire);
            const NAMES: NamesOf<$arguments> = $names;
        })+
    };
}

reads! {
    /// Fetches the labels of an order. The account needs the carrier's label integration.
    FetchLabel: capital "GetBarcode"(ByReference ["integrationCode"]) -> Label;
    /// Fetches the labels of an order, with PDF files. The account needs the carrier's label integration.
    FetchArasLabel: capital "GetArasBarcode"(ByReference ["integrationCode"]) -> Label;
    /// Fetches the labels of an order, with PDF files and a tracking number. By its name they are labels before
    /// the waybill. The account needs the carrier's label integration.
    FetchDummyLabel: capital "GetLabelDummy"(ByReference ["integrationCode"]) -> Label;

    /// Asks for a parcel's data. The columns of the answer are not public; query type 1 has typed ones.
    GetCargoInfo: coded "GetCargoInfo"(ByReference ["integrationCode"]) -> Table;
    /// Asks for a parcel's movements. The columns of the answer are not public; query type 9 has typed ones.
    GetCargoTransaction: lower "GetCargoTransaction"(TransactionsOf ["code", "integrationCode"]) -> Table;
    /// Asks for the movements of a waybill by its id, which is probably that of a label,
    /// [`PieceLabel::waybill_id`](super::PieceLabel::waybill_id).
    GetCargoTransactionByWaybillId: lower "GetCargoTransactionByWaybillId"(ByText ["waybillId"]) -> Table;
    /// Searches parcels by waybill or by a reference code.
    GetCargoSearch: lower "GetCargoSearch"(CargoSearch ["seri", "document_no", "ref_code"]) -> Table;
    /// Searches parcels by a code, whose kind is not public.
    GetCargoSearchByCode: lower "GetCargoSearchByCode"(ByText ["code"]) -> Table;
    /// Asks for the data of a sorted parcel by a bar code.
    GetSortedCargoInfo: lower "GetSortedCargoInfo"(ByText ["barcode"]) -> Table;
    /// Asks for a parcel that came back.
    GetCargoReturn: coded "GetCargoReturn"(ReturnOf ["ukod", "integrationCode"]) -> Table;
    /// Searches a parcel that was not delivered.
    GetUndeliveredCargoSearch: lower "GetUndeliveredCargoSearch"(ByReference ["integrationCode"]) -> Table;

    /// Asks how documents were delivered. The key of a document is not public.
    GetDeliveryInfoOf: camel "GetDeliveryInfodocID"(ByDocuments ["language", "docID", "string"]) -> QueryRows<DeliveryInfo>;
    /// Asks for the last deliveries, up to a number of them.
    GetDeliveryInfo: camel "GetDeliveryInfo"(LastOf ["language", "recordCount"]) -> QueryRows<DeliveryInfo>;

    /// Lists the parcels that wait. The columns of the answer are not public.
    GetWaitingCargoList: coded "GetWaitingCargoList"(Nothing []) -> Table;
    /// Lists the deliveries of a day. The columns of the answer are not public.
    GetDeliveryList: coded "GetDeliveryList"(ByDay ["tarih"]) -> Table;
    /// Lists the deliveries of a day, by its name of the day of delivery. The columns of the answer are not public.
    GetDeliveryList2: coded "GetDeliveryList2"(ByDay ["testarih"]) -> Table;
    /// Lists the parcels sent on a day. The columns of the answer are not public.
    GetCargoSendList: coded "GetCargoSendList"(ByDay ["tarih"]) -> Table;
    /// Lists the pieces of a day. The columns of the answer are not public.
    GetCargoPieceList: coded "GetCargoPieceList"(ByDay ["tarih"]) -> Table;
    /// Lists the redirections of a day. The columns of the answer are not public.
    GetRedirectionList: coded "GetRedirectionList"(ByDay ["tarih"]) -> Table;
    /// Lists the parcels that came back on a day. The columns of the answer are not public.
    GetBackList: coded "GetBackList"(ByDay ["tarih"]) -> Table;

    /// Lists the provinces. The columns of the answer are not public.
    GetCityList: lower "GetCityList"(Nothing []) -> Table;
    /// Lists the districts of a province, by its code or name.
    GetTown: lower "GetTown"(ByText ["il"]) -> Table;
    /// Lists the units of the carrier.
    GetUnit: lower "GetUnit"(Nothing []) -> Table;
    /// Lists the branches of the carrier.
    GetUnitBranch: lower "GetUnitBranch"(Nothing []) -> Table;
    /// Lists the cards of the carrier's units.
    GetUnitCard: lower "GetUnitCard"(Nothing []) -> Table;
    /// Lists the regions of the carrier.
    GetRegions: lower "GetRegions"(Nothing []) -> Table;
    /// Lists the addresses of the units above others.
    GetParentUnitAddress: lower "GetParentUnitAddress"(Nothing []) -> Table;
    /// Lists the services.
    GetServiceList: lower "GetServiceList"(Nothing []) -> Table;
    /// Finds the addresses of units by branch, province and district.
    GetUnitAddress: lower "GetUnitAddress"(UnitsIn ["sube", "il", "ilce"]) -> Table;
    /// Asks how long a parcel takes from one province to another.
    GetDuration: lower "GetDuration"(Between ["gonderici_ilkodu", "alici_ilkodu"]) -> Table;
    /// Lists the kinds of a service.
    GetServiceType: lower "GetServiceType"(ServiceNumber ["service"]) -> Table;
    /// Asks for the price of a parcel from one province to another, with its services.
    GetPriceCalculation: lower "GetPriceCalculation"(PriceOf [
        "desi", "gonderici_ilkodu", "alici_ilkodu", "serviceid", "ekserviceid", "ek1serviceid", "ek2serviceid",
        "ek3serviceid", "ek4serviceid", "ek5serviceid", "ek6serviceid", "ek7serviceid",
    ]) -> Table;

    /// Lists the addresses that the account's parcels may leave from.
    GetAddressList: camel "GetAddressList"(Nothing []) -> QueryRows<Address>;
    /// Finds one of these addresses by its ids.
    GetAddresById: camel "GetAddresById"(AddressIds ["AddresId", "AddressIntegrationCode"]) -> QueryRows<Address>;
    /// Finds an address of a customer by its ids.
    GetAddressById: in_request "GetAddressById"(CustomerAddressIds ["AccountAddressId", "CustomerAddressId"])
        -> QueryRows<AccountAddress>;
}
