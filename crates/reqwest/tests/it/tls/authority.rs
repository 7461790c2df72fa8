//! Authorities and the certificates that they issue.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PKCS_ED25519, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// An authority.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
}

/// The certificates that a server shows, its own first, and its key.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

/// Signatures of this kind have one length, so that handshakes have too.
fn key() -> KeyPair {
    KeyPair::generate_for(&PKCS_ED25519).unwrap()
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn of_authority(name: &str) -> CertificateParams {
    let mut params = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Returns the parameters of a good server: both names of this machine, valid today.
pub(crate) fn server() -> CertificateParams {
    let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
    let mut params = CertificateParams::new(names).unwrap();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

/// Returns the same, for these days only.
pub(crate) fn valid(from: i32, until: i32) -> CertificateParams {
    let mut params = server();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    params
}

impl Authority {
    /// Creates an authority that signs itself.
    pub(crate) fn new(name: &str) -> Self {
        let (params, key) = (of_authority(name), key());
        let certificate = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        Self {
            issuer,
            certificate,
        }
    }

    /// Creates an authority below this one.
    pub(crate) fn below(&self, name: &str) -> Self {
        self.signs(of_authority(name))
    }

    /// Signs a certificate whose key then signs others, whether it may or not.
    pub(crate) fn signs(&self, params: CertificateParams) -> Self {
        let key = key();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let issuer = Issuer::new(params, key);
        Self {
            issuer,
            certificate,
        }
    }

    /// Returns the certificate as a program gives it to its transport.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Returns a certificate for a server.
    pub(crate) fn issue(&self, params: &CertificateParams) -> Identity {
        let key = key();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity::new(certificate.der().clone(), &key)
    }

    /// Its own certificate, as a server shows it behind that of its own.
    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.certificate.der().clone()
    }
}

impl Identity {
    fn new(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        Self {
            chain: vec![certificate],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        }
    }

    /// Creates a certificate that no authority signed.
    pub(crate) fn self_signed() -> Self {
        let key = key();
        Self::new(server().self_signed(&key).unwrap().der().clone(), &key)
    }

    /// Shows this certificate as well.
    pub(crate) fn and(mut self, certificate: CertificateDer<'static>) -> Self {
        self.chain.push(certificate);
        self
    }
}
