//! A parcel and its movements in one, in the shared vocabulary.

use kervan_tracking::{Timeline, Tracking};

use super::movement::Movement;
use super::parameters::ParcelKey;
use super::parcel::Parcel;
use super::settings::QuerySettings;
use super::types::{FindParcels, ListMovements};
use crate::client::Client;
use crate::error::Error;

impl Client<QuerySettings> {
    /// Asks where a parcel is: query types 1 and 9, one after the other. The list is empty where the service
    /// finds no parcel, see [`NotFound`](super::NotFound). One reference may have several parcels; then the
    /// movements of them all are in each timeline, because the service does not separate them.
    ///
    /// # Errors
    ///
    /// As [`QueryRequest`](crate::query::QueryRequest).
    pub async fn track(&self, key: impl Into<ParcelKey>) -> Result<Vec<Tracking>, Error> {
        let key = key.into();
        let parcels = self.call(&FindParcels::new(key.clone())).await?.value.rows;
        if parcels.is_empty() {
            return Ok(Vec::new());
        }
        let movements = self.call(&ListMovements::new(key)).await?.value.rows;
        Ok(parcels
            .iter()
            .map(|parcel| tracking(parcel, &movements))
            .collect())
    }
}

/// Returns a parcel with its movements. Its own last step is there too, where it has words.
fn tracking(parcel: &Parcel, movements: &[Movement]) -> Tracking {
    let tracking = parcel.tracking();
    let timeline = movements.iter().map(Movement::event).collect::<Timeline>();
    let timeline = tracking.timeline.clone().merge(timeline);
    tracking.timeline(timeline)
}
