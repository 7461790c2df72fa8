//! TLS to a server whose certificate comes from an authority of these tests.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use kervan_ledger::{Store as _, StoreError, StoreErrorKind};
use kervan_ledger_postgres::tls::Tls;
use kervan_ledger_postgres::{Along, PostgresStore};
use postgres_cluster::{Cluster, Settings};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};

use crate::support::{Place, entry};

/// The role that gives a password.
const ROLE: &str = "shop";

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "authority of a test");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        Self {
            issuer,
            certificate,
        }
    }

    /// Starts a server with a certificate for `localhost`.
    fn start(&self) -> Option<Cluster> {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let clients = format!("hostssl all {ROLE} all scram-sha-256\nhost all kervan all trust\n");
        let file = |name: &str, text: String| (name.to_owned(), text);
        let settings = Settings {
            files: vec![
                file("server.crt", certificate.pem()),
                file("server.key", key.serialize_pem()),
                file("pg_hba.conf", clients),
            ],
            more: vec![("ssl".to_owned(), "on".to_owned())],
            ..Settings::default()
        };
        let cluster = Cluster::start(settings).unwrap()?;
        let role = "CREATE ROLE shop LOGIN PASSWORD 'örnek parola'";
        cluster.sql("postgres", role);
        cluster.sql("postgres", "GRANT ALL ON SCHEMA public TO shop");
        Some(cluster)
    }
}

fn config(cluster: &Cluster, host: &str) -> Config {
    let mut config = Config::new();
    config
        .host(host)
        .port(cluster.port())
        .user(ROLE)
        .password("örnek parola")
        .dbname("postgres");
    config
}

async fn open(config: Config, tls: Tls) -> Result<PostgresStore, StoreError> {
    let builder = PostgresStore::builder(config).tls(tls);
    builder.patience(Duration::from_secs(2)).open().await
}

/// Says whether the connection of a store is encrypted.
async fn is_encrypted(store: &PostgresStore) -> bool {
    let along: Along = Box::new(|transaction| {
        Box::pin(async move {
            let question = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            let row = transaction.query_one(question, &[]).await?;
            assert!(row.get::<_, bool>(0));
            Ok(())
        })
    });
    let new = entry("1", "order 1");
    store.insert(&new, Some(along)).await.is_ok()
}

fn explains(error: &StoreError, word: &str) {
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(next) = cause {
        causes.push(next.to_string());
        cause = next.source();
    }
    let text = causes.join(": ");
    assert_eq!(error.kind(), StoreErrorKind::Gone, "{text}");
    assert!(text.contains(word), "{text}");
}

#[tokio::test]
async fn a_server_is_trusted_by_its_authority_and_its_name() {
    let authority = Authority::new();
    let Some(cluster) = authority.start() else {
        return;
    };
    let pem = authority.certificate.pem();
    let trusting = Tls::trusting(&pem).unwrap();
    let store = open(config(&cluster, "localhost"), trusting.clone()).await;
    assert!(is_encrypted(&store.unwrap()).await);
    // Settings of the program's own.
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate.der().clone()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let own = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let store = open(config(&cluster, "localhost"), Tls::new(own)).await;
    store.unwrap();
    let other = Tls::trusting(Authority::new().certificate.pem()).unwrap();
    let system = Tls::system().unwrap();
    for (host, tls) in [
        ("localhost", other),
        ("localhost", system),
        ("127.0.0.1", trusting),
    ] {
        let failed = open(config(&cluster, host), tls).await.unwrap_err();
        explains(&failed, "certificate");
    }
}

/// An address that only prefers TLS would send the password, and everything after it, in the clear.
#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_asked_for() {
    let Some(place) = Place::new() else { return };
    assert_eq!(place.config().get_ssl_mode(), SslMode::Prefer);
    let failed = open(place.config(), Tls::system().unwrap()).await;
    explains(&failed.unwrap_err(), "TLS");
    let mut required = place.config();
    required.ssl_mode(SslMode::Require);
    let failed = PostgresStore::open(required).await;
    explains(&failed.unwrap_err(), "TLS");
}

#[test]
fn a_text_without_a_certificate_is_refused() {
    for pem in [
        "",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let error = Tls::trusting(pem).unwrap_err();
        assert!(error.source().is_some());
    }
}
