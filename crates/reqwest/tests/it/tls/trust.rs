//! Which certificates are accepted.

use kervan_core::{Config, Reply, TransportError};
use kervan_reqwest::{BuildError, ReqwestTransport, TransportBuilder};
use rcgen::ExtendedKeyUsagePurpose;
use rustls::ALL_VERSIONS;

use super::authority::{Authority, Identity, server, valid};
use super::call::{Line, OK, assert_not_sent};
use super::server::{Record, Server, config};
use crate::{install_provider, transport};

/// Calls a server that shows these certificates, by its name or by its number.
fn meet(
    identity: Identity,
    name: &str,
    trust: impl FnOnce(TransportBuilder) -> TransportBuilder,
) -> (Result<Reply, TransportError>, Record) {
    let server = Server::start(config(identity, ALL_VERSIONS), OK);
    let host = format!("{name}:{}", server.address.port());
    let line = Line::to_host(&host, transport(trust));
    let result = line.call();
    drop(line);
    let record = server.record();
    assert!(server.is_quiet(), "one connection");
    (result, record)
}

#[track_caller]
fn is_accepted((result, record): (Result<Reply, TransportError>, Record)) {
    assert_eq!(result.unwrap().body, b"done");
    assert!(record.data.ends_with(b"body"), "{record:?}");
}

#[track_caller]
fn is_refused((result, record): (Result<Reply, TransportError>, Record)) {
    assert_not_sent(result, "a certificate");
    assert!(record.data.is_empty(), "{record:?}");
}

#[test]
fn a_private_authority_is_trusted_besides_the_systems() {
    let authority = Authority::new("A");
    for name in ["127.0.0.1", "localhost"] {
        let identity = authority.issue(&server());
        is_accepted(meet(identity, name, |builder| {
            builder.root_certificates(authority.pem())
        }));
    }
}

#[test]
fn a_private_authority_is_trusted_alone() {
    let authority = Authority::new("A");
    for name in ["127.0.0.1", "localhost"] {
        let identity = authority.issue(&server());
        is_accepted(meet(identity, name, |builder| {
            builder.only_root_certificates(authority.pem())
        }));
    }
}

#[test]
fn each_authority_of_a_text_is_trusted() {
    let (one, other) = (Authority::new("A"), Authority::new("B"));
    let both = format!("# A\n{}\n# B\n{}", one.pem(), other.pem());
    for authority in [&one, &other] {
        let identity = authority.issue(&server());
        is_accepted(meet(identity, "127.0.0.1", |builder| {
            builder.only_root_certificates(both.as_str())
        }));
    }
}

#[test]
fn the_last_choice_of_authorities_decides() {
    let (one, other) = (Authority::new("A"), Authority::new("B"));
    let choose = |builder: TransportBuilder| {
        let builder = builder.root_certificates(one.pem());
        builder.only_root_certificates(other.pem())
    };
    is_refused(meet(one.issue(&server()), "127.0.0.1", choose));
    is_accepted(meet(other.issue(&server()), "127.0.0.1", choose));
}

#[test]
fn an_unknown_authority_is_refused() {
    let (known, unknown) = (Authority::new("A"), Authority::new("B"));
    is_refused(meet(unknown.issue(&server()), "127.0.0.1", |builder| {
        builder
    }));
    is_refused(meet(unknown.issue(&server()), "127.0.0.1", |builder| {
        builder.root_certificates(known.pem())
    }));
    is_refused(meet(unknown.issue(&server()), "127.0.0.1", |builder| {
        builder.only_root_certificates(known.pem())
    }));
    // The name of an authority proves nothing.
    let namesake = Authority::new("A");
    is_refused(meet(namesake.issue(&server()), "127.0.0.1", |builder| {
        builder.root_certificates(known.pem())
    }));
}

#[test]
fn a_certificate_that_signs_itself_is_refused() {
    let authority = Authority::new("A");
    is_refused(meet(Identity::self_signed(), "127.0.0.1", |builder| {
        builder
    }));
    is_refused(meet(Identity::self_signed(), "127.0.0.1", |builder| {
        builder.root_certificates(authority.pem())
    }));
}

#[test]
fn a_certificate_of_another_time_is_refused() {
    let authority = Authority::new("A");
    // Expired, and not yet valid.
    for (from, until) in [(2020, 2021), (3000, 3001)] {
        let identity = authority.issue(&valid(from, until));
        is_refused(meet(identity, "127.0.0.1", |builder| {
            builder.root_certificates(authority.pem())
        }));
    }
    let identity = authority.issue(&valid(2020, 3000));
    is_accepted(meet(identity, "127.0.0.1", |builder| {
        builder.root_certificates(authority.pem())
    }));
}

#[test]
fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new("A");
    let of = |name: &str| {
        let mut params = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        authority.issue(&params)
    };
    for (names, called) in [
        ("other.example", "localhost"),
        ("other.example", "127.0.0.1"),
        ("localhost.other.example", "localhost"),
        ("127.0.0.2", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        ("127.0.0.1", "localhost"),
    ] {
        is_refused(meet(of(names), called, |builder| {
            builder.root_certificates(authority.pem())
        }));
    }
}

#[test]
fn an_authority_in_between_is_accepted_when_it_is_shown() {
    let authority = Authority::new("A");
    let between = authority.below("B");
    let trust = |builder: TransportBuilder| builder.only_root_certificates(authority.pem());
    let shown = between.issue(&server()).and(between.der());
    is_accepted(meet(shown, "127.0.0.1", trust));
    is_refused(meet(between.issue(&server()), "127.0.0.1", trust));
}

#[test]
fn a_server_is_no_authority() {
    let authority = Authority::new("A");
    let between = authority.signs(server());
    let shown = between.issue(&server()).and(between.der());
    is_refused(meet(shown, "127.0.0.1", |builder| {
        builder.root_certificates(authority.pem())
    }));
}

#[test]
fn a_certificate_for_clients_is_refused() {
    let authority = Authority::new("A");
    let mut params = server();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    is_refused(meet(authority.issue(&params), "127.0.0.1", |builder| {
        builder.root_certificates(authority.pem())
    }));
}

#[test]
fn a_text_without_a_readable_certificate_builds_nothing() {
    install_provider();
    let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let builder = || ReqwestTransport::builder(&Config::default());
    for text in ["", "certificate", key.as_str()] {
        for built in [
            builder().root_certificates(text).build(),
            builder().only_root_certificates(text).build(),
        ] {
            let error = built.unwrap_err();
            assert!(matches!(error, BuildError::NoCertificate), "{error:?}");
        }
    }
    let odd = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let torn = "-----BEGIN CERTIFICATE-----\nAAAA\n";
    let letters = "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n";
    for text in [odd, torn, letters] {
        for built in [
            builder().root_certificates(text).build(),
            builder().only_root_certificates(text).build(),
        ] {
            assert!(built.is_err(), "{text}");
        }
    }
}
