//! Why each crate of the light sets is there. A crate without a reason fails `costs`.

const REASONS: [(&str, &str); 57] = [
    (
        "arrayvec",
        "of rust_decimal: writes digits without allocating",
    ),
    (
        "autocfg",
        "of num-traits: its build script asks the compiler's version",
    ),
    ("base64", "the signature of service calls as text"),
    ("bitflags", "of rusqlite: flags of SQLite"),
    ("block-buffer", "of digest: whole blocks of what is hashed"),
    ("cfg-if", "of sha2: chooses code for the processor"),
    ("chrono", "calendar days and Türkiye's time"),
    (
        "cmov",
        "of ctutils: comparing without telling where texts differ",
    ),
    ("cpufeatures", "of sha2: asks what the processor can"),
    ("crypto-common", "of digest: its traits"),
    ("csv", "writes the differences of a day for spreadsheets"),
    ("csv-core", "of csv: its format"),
    (
        "ctutils",
        "of digest: comparing without telling where texts differ",
    ),
    ("digest", "of sha2 and hmac: their traits"),
    ("fallible-iterator", "of rusqlite: its rows"),
    ("fallible-streaming-iterator", "of rusqlite: its rows"),
    ("hmac", "the signature of service calls"),
    ("hybrid-array", "of digest: arrays whose length is a type"),
    ("itoa", "of serde_json: writes integers"),
    ("kervan-core", "the calling path, errors, problems, secrets"),
    (
        "kervan-ledger",
        "the states of a write, apart from any database",
    ),
    ("kervan-settling", "what became of a write"),
    ("kervan-tracking", "one vocabulary for where a parcel is"),
    (
        "kervan-turkiye",
        "letters, amounts, days and places of Türkiye",
    ),
    ("kervan-wire", "bodies of requests and answers"),
    ("libsqlite3-sys", "SQLite itself"),
    ("log", "of yaserde: where it writes its log"),
    ("memchr", "of serde_json: finds the ends of texts"),
    (
        "num-traits",
        "of chrono and rust_decimal: traits of numbers",
    ),
    (
        "percent-encoding",
        "writes the values of addresses and forms",
    ),
    (
        "pkg-config",
        "of libsqlite3-sys: finds the library of the system",
    ),
    ("proc-macro2", "of the derives"),
    ("quick-xml", "reads the answers of SOAP services"),
    ("quote", "of the derives"),
    ("rusqlite", "the file of a ledger"),
    ("rust_decimal", "exact amounts and measures, no floats"),
    ("ryu", "of csv: writes floats"),
    ("serde", "requests and results can be stored and queued"),
    ("serde_core", "of serde: its traits"),
    ("serde_derive", "of serde: its derives"),
    (
        "serde_json",
        "JSON bodies, with the digits of numbers as they stand",
    ),
    (
        "sha1",
        "the signature of payments, and keys of attempts without personal data",
    ),
    (
        "sha2",
        "the signature of service calls, and keys that tell repeats",
    ),
    ("smallvec", "of rusqlite: parameters without allocating"),
    ("strsim", "suggests districts for a misspelt one"),
    ("syn", "of the derives"),
    ("thiserror", "error types that carry their causes"),
    ("thiserror-impl", "of thiserror: its derive"),
    ("tinyvec", "of unicode-normalization: marks of a letter"),
    ("typenum", "of hybrid-array: numbers as types"),
    ("unicode-ident", "of the derives"),
    (
        "unicode-normalization",
        "letters in parts become one, so that one number is one key",
    ),
    (
        "vcpkg",
        "of libsqlite3-sys: finds the library of the system",
    ),
    ("xml", "of yaserde: writes the requests of SOAP services"),
    ("yaserde", "the requests of SOAP services"),
    ("zeroize", "wipes credentials from memory"),
    (
        "zmij",
        "of serde_json: writes floats; it has no switch without",
    ),
];

/// Why the crates of a server are there. None of them may come into a provider's crate.
const AXUM: [(&str, &str); 11] = [
    (
        "axum-core",
        "the extractors and responses of axum servers, without the router",
    ),
    ("bytes", "of http: bodies in parts"),
    ("futures-core", "of axum-core: the trait of streams"),
    ("http", "requests and responses of a server"),
    ("http-body", "of axum-core: the trait of bodies"),
    ("http-body-util", "reads a body up to a limit"),
    ("mime", "of axum-core: content types"),
    ("pin-project-lite", "of axum-core: futures in futures"),
    ("sync_wrapper", "of axum-core: bodies that threads share"),
    ("tower-layer", "of axum-core: the trait of layers"),
    ("tower-service", "of axum-core: the trait of services"),
];

/// The driver of PostgreSQL and its pool, which no other crate may have.
const POSTGRES: [(&str, &str); 36] = [
    (
        "async-trait",
        "of tokio-postgres: its trait of connections and transactions",
    ),
    ("byteorder", "of postgres-protocol: numbers on the wire"),
    ("bytes", "of tokio-postgres: its buffers"),
    ("chacha20", "of rand: its generator"),
    ("const-oid", "of digest: names of hashes"),
    ("deadpool", "keeps connections and lends them"),
    ("deadpool-runtime", "of deadpool: timers of tokio"),
    ("futures-channel", "of tokio-postgres: answers to its calls"),
    ("futures-core", "of futures-util: its traits"),
    ("futures-sink", "of futures-util: its traits"),
    ("futures-task", "of futures-util: its tasks"),
    ("futures-util", "of tokio-postgres: streams of rows"),
    ("getrandom", "of rand: chance from the system"),
    ("libc", "of tokio: calls of the system"),
    ("lock_api", "of parking_lot: its traits"),
    ("md-5", "of postgres-protocol: passwords of old servers"),
    ("mio", "of tokio: sockets"),
    ("parking_lot", "of tokio-postgres: its locks"),
    ("parking_lot_core", "of parking_lot: threads that wait"),
    ("phf", "of tokio-postgres: the table of its error codes"),
    ("phf_shared", "of phf: its hashes"),
    ("pin-project-lite", "of tokio: futures in futures"),
    (
        "postgres-protocol",
        "of tokio-postgres: messages of the protocol",
    ),
    (
        "postgres-types",
        "of tokio-postgres: values in both directions",
    ),
    (
        "rand",
        "of tokio-postgres: chance in passwords, and which host is first",
    ),
    ("rand_core", "of rand: its traits"),
    ("scopeguard", "of lock_api: unlocks at the end"),
    ("siphasher", "of phf_shared: its hash"),
    ("socket2", "of tokio: options of sockets"),
    ("stringprep", "of postgres-protocol: letters of passwords"),
    ("tokio", "the runtime of the driver"),
    ("tokio-postgres", "the driver of PostgreSQL"),
    (
        "tokio-util",
        "of tokio-postgres: messages from a stream of bytes",
    ),
    ("unicode-bidi", "of stringprep: letters of passwords"),
    ("unicode-properties", "of stringprep: letters of passwords"),
    (
        "whoami",
        "of tokio-postgres: the name of the user, where the address has none",
    ),
];

/// Returns why a provider crate depends on this crate; `None` for one that this provider crate may not have.
pub(super) fn of(package: &str, name: &str) -> Option<&'static str> {
    // Links need no amounts, no dates, no JSON and no table of places.
    let not_for_links = ["chrono", "rust_decimal", "serde_json", "strsim"];
    let foreign = package == "aras-tracking" && not_for_links.contains(&name);
    let own: &[_] = match package {
        "kervan-axum" => &AXUM,
        "kervan-ledger-postgres" => &POSTGRES,
        _ => &[],
    };
    let mut all = REASONS.iter().chain(own);
    let known = all.find(|(known, _)| *known == name);
    known.filter(|_| !foreign).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_a_reason_has_none() {
        assert!(of("horoz-shipping", "serde_json").is_some());
        assert_eq!(of("aras-tracking", "serde_json"), None);
        assert_eq!(of("horoz-shipping", "reqwest"), None);
        assert_eq!(of("horoz-shipping", "tokio"), None);
        assert!(of("kervan-ledger-postgres", "tokio").is_some());
        assert_eq!(of("horoz-shipping", "syn v2.0.0"), None);
    }
}
