//! The query types of the carrier's guide, except 23 and 36, each under a name of its own.

use super::call::QueryRequest;
use super::movement::Movement;
use super::parameters::{
    AccountReference, AccountReferences, AddressReference, Contract, DatesOf, Day, Incoming,
    LastStepOf, MonthPeriod, Nothing, OneReference, ParcelKey, Period, PieceBarcode, References,
    TrackingAndCode,
};
use super::parcel::Parcel;
use super::table::TableRow;

/// Type 1: one parcel.
pub type FindParcels = QueryRequest<ParcelKey, Parcel, 1>;
/// Type 2: the parcels sent on a day.
pub type SentOn = QueryRequest<Day, Parcel, 2>;
/// Type 3: the parcels delivered on a day.
pub type DeliveredOn = QueryRequest<Day, Parcel, 3>;
/// Type 4: the delivered parcels with a waybill of a day.
pub type DeliveredOfWaybillDay = QueryRequest<Day, Parcel, 4>;
/// Type 5: the undelivered parcels that wait at the branch of delivery.
pub type Undelivered = QueryRequest<Nothing, Parcel, 5>;
/// Type 6: the parcels redirected on a day.
pub type RedirectedOn = QueryRequest<Day, Parcel, 6>;
/// Type 7: the parcels of the round-trip product of a day. The columns of the way back are in
/// [`Parcel::other`].
pub type RoundTripsOn = QueryRequest<Day, Parcel, 7>;
/// Type 8: the parcels returned to the sender on a day.
pub type ReturnedOn = QueryRequest<Day, Parcel, 8>;
/// Type 9: the movements of a parcel.
pub type ListMovements = QueryRequest<ParcelKey, Movement, 9>;
/// Type 10: all branches of the carrier. Their columns are not public.
pub type ListBranches = QueryRequest<Nothing, TableRow, 10>;
/// Type 11: several parcels with their collections.
pub type FindCollections = QueryRequest<References, Parcel, 11>;
/// Type 12: the parcels of a period by waybill date.
pub type ParcelsOf = QueryRequest<Period, Parcel, 12>;
/// Type 13: the parcels of a period with their collections.
pub type CollectionsOf = QueryRequest<Period, Parcel, 13>;
/// Type 14: parcels by tracking number and code.
pub type FindByTrackingNumber = QueryRequest<TrackingAndCode, Parcel, 14>;
/// Type 15: the movements of a parcel, without notes.
pub type ListMovementsBriefly = QueryRequest<OneReference, Movement, 15>;
/// Type 16: the parcels of a period that were not delivered, and why.
pub type NotDeliveredOf = QueryRequest<Period, Parcel, 16>;
/// Type 18: the parcels sent in a period.
pub type SentIn = QueryRequest<Period, Parcel, 18>;
/// Type 19: the parcels of a period with the reasons of redirection and non-delivery.
pub type ReasonsOf = QueryRequest<Period, Parcel, 19>;
/// Type 21: a parcel by the shipper's number of a piece; waybills of the last 90 days.
pub type FindByPiece = QueryRequest<OneReference, Parcel, 21>;
/// Type 22: everything about a parcel, in several tables. Always by `GetQueryDS`.
pub type ParcelTables = QueryRequest<TrackingAndCode, TableRow, 22>;
/// Type 24: a parcel by the bar code of a piece, with addresses; the last 90 days.
pub type FindByBarcode = QueryRequest<PieceBarcode, Parcel, 24>;
/// Type 25: the collections of the last 90 days by one of their dates.
pub type CollectionsBy = QueryRequest<DatesOf, Parcel, 25>;
/// Type 26: as [`ParcelTables`], by reference. Always by `GetQueryDS`.
pub type ParcelTablesByReference = QueryRequest<OneReference, TableRow, 26>;
/// Type 30: incoming parcels, at most one month back.
pub type FindIncoming = QueryRequest<Incoming, Parcel, 30>;
/// Type 31: how many parcels were delivered today, in the column `Count`.
pub type CountDeliveredToday = QueryRequest<Nothing, TableRow, 31>;
/// Type 37: a parcel with its collection and weights.
pub type FindWithWeights = QueryRequest<AccountReference, Parcel, 37>;
/// Type 39: several parcels with collections and reasons.
pub type FindMany = QueryRequest<AccountReferences, Parcel, 39>;
/// Type 40: the parcels of a contract, briefly.
pub type ParcelsOfContract = QueryRequest<Contract, Parcel, 40>;
/// Type 41: the invoices of at most one month, at most one year back. Their columns are not public.
pub type ListInvoices = QueryRequest<MonthPeriod, TableRow, 41>;
/// Type 100: several parcels, briefly; the last 90 days.
pub type FindManyBriefly = QueryRequest<References, Parcel, 100>;
/// Type 101: the last step of one parcel, or of those of at most one week.
pub type LastSteps = QueryRequest<LastStepOf, Parcel, 101>;
/// Type 102: one parcel of an address, briefly.
pub type FindAtAddress = QueryRequest<AddressReference, Parcel, 102>;
