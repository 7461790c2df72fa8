//! From an address to the world and the provider that are meant.

use crate::world::PROVIDERS;

/// The prefix of the control API.
pub(super) const CONTROL: &str = "_sandbox";

/// The meaning of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// The first page.
    Home,
    /// The control API, with the parts behind its prefix.
    Control(Vec<&'a str>),
    /// A provider of a world that the address names.
    Named {
        world: &'a str,
        provider: &'static str,
        rest: &'a str,
    },
    /// A provider of the world whose login the request carries.
    ByLogin {
        provider: &'static str,
        rest: &'a str,
    },
    /// Nothing.
    Unknown,
}

impl<'a> Route<'a> {
    /// Reads path and query.
    pub(super) fn of(target: &'a str) -> Self {
        // Slashes that an address and its ending bring together count as one.
        let target = target.trim_start_matches('/');
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        let mut parts = path.split('/');
        match parts.next().unwrap_or_default() {
            "" => Route::Home,
            CONTROL => Route::Control(parts.filter(|part| !part.is_empty()).collect()),
            "w" => {
                let world = parts.next().unwrap_or_default();
                let Some(provider) = parts.next().and_then(provider) else {
                    return Route::Unknown;
                };
                let taken = "w/".len() + world.len() + "/".len() + provider.len();
                Route::Named {
                    world,
                    provider,
                    rest: target.get(taken..).unwrap_or_default(),
                }
            }
            first => match provider(first) {
                Some(provider) => Route::ByLogin {
                    provider,
                    rest: target.get(provider.len()..).unwrap_or_default(),
                },
                None => Route::Unknown,
            },
        }
    }
}

fn provider(name: &str) -> Option<&'static str> {
    PROVIDERS.into_iter().find(|listed| *listed == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_their_meaning() {
        assert_eq!(Route::of("/"), Route::Home);
        assert_eq!(
            Route::of("/w/a/haso/Index/GetToken?x=/1"),
            Route::Named {
                world: "a",
                provider: "haso",
                rest: "/Index/GetToken?x=/1"
            }
        );
        for target in ["/horoz/serviceControl", "//horoz/serviceControl"] {
            assert_eq!(
                Route::of(target),
                Route::ByLogin {
                    provider: "horoz",
                    rest: "/serviceControl"
                },
                "{target}"
            );
        }
        assert_eq!(
            Route::of("/_sandbox/worlds/a?x=1"),
            Route::Control(vec!["worlds", "a"])
        );
        for unknown in ["/w", "/w/a", "/w/a/dhl", "/dhl", "/Haso", "haso?"] {
            let is_unknown = matches!(Route::of(unknown), Route::Unknown | Route::ByLogin { .. });
            assert!(is_unknown, "{unknown}");
        }
    }
}
