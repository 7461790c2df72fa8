//! Setters of a request's fields, one line each.

/// Writes the setters of a type: methods that take it and give it back with one field set.
///
/// ```
/// #[derive(Default)]
/// struct Parcel {
///     note: Option<String>,
///     pieces: u32,
///     weight: Option<u32>,
/// }
///
/// kervan_core::setters! { Parcel {
///     /// Sets the note.
///     note: into Option<String>,
///     /// Sets the number of pieces.
///     pieces: u32,
///     /// Sets the weight, in grams.
///     weight: Option<u32>,
/// }}
///
/// let parcel = Parcel::default().note("fragile").pieces(2).weight(1_500);
/// assert_eq!(parcel.note.as_deref(), Some("fragile"));
/// assert_eq!((parcel.pieces, parcel.weight), (2, Some(1_500)));
/// ```
///
/// `into` takes whatever converts into the type. A field that is an `Option` takes the value in it.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ($owner:ident { $($fields:tt)* }) => {
        impl $owner {
            $crate::setters! { @fields $($fields)* }
        }
    };
    (@fields) => {};
    (@fields $(#[$doc:meta])* $name:ident: into Option<$type:ty>, $($rest:tt)*) => {
        $crate::setters! { @one $(#[$doc])* $name, impl Into<$type>, Some($name.into()) }
        $crate::setters! { @fields $($rest)* }
    };
    (@fields $(#[$doc:meta])* $name:ident: into $type:ty, $($rest:tt)*) => {
        $crate::setters! { @one $(#[$doc])* $name, impl Into<$type>, $name.into() }
        $crate::setters! { @fields $($rest)* }
    };
    (@fields $(#[$doc:meta])* $name:ident: Option<$type:ty>, $($rest:tt)*) => {
        $crate::setters! { @one $(#[$doc])* $name, $type, Some($name) }
        $crate::setters! { @fields $($rest)* }
    };
    (@fields $(#[$doc:meta])* $name:ident: $type:ty, $($rest:tt)*) => {
        $crate::setters! { @one $(#[$doc])* $name, $type, $name }
        $crate::setters! { @fields $($rest)* }
    };
    (@one $(#[$doc:meta])* $name:ident, $type:ty, $value:expr) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: $type) -> Self {
            self.$name = $value;
            self
        }
    };
}
