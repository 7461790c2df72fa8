//! TLS to PostgreSQL by rustls.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use kervan_core::transport::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::Socket;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as RustlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// The name of the protocol, for servers that take TLS from the first byte on.
#[cfg(feature = "rustls")]
const PROTOCOL: &[u8] = b"postgresql";

/// TLS by rustls. The server's certificate has to be valid for the host of the address; it is always checked.
///
/// It has no channel binding, which is for servers whose certificate nobody checks.
#[derive(Clone)]
pub struct Tls(Arc<ClientConfig>);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

/// Why TLS cannot be set up.
#[derive(Debug)]
pub struct TlsError(Box<dyn StdError + Send + Sync>);

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TLS to PostgreSQL cannot be set up")
    }
}

impl StdError for TlsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

impl Tls {
    /// Connects as the program's own settings of rustls say.
    pub fn new(config: impl Into<Arc<ClientConfig>>) -> Self {
        Self(config.into())
    }
}

#[cfg(feature = "rustls")]
impl Tls {
    /// Trusts the authorities of the system.
    ///
    /// # Errors
    ///
    /// [`TlsError`].
    pub fn system() -> Result<Self, TlsError> {
        use rustls_platform_verifier::BuilderVerifierExt as _;
        let config = versions()?.with_platform_verifier().map_err(tls_error)?;
        Ok(Self::of(config.with_no_client_auth()))
    }

    /// Trusts the authorities in this PEM text, and none of the system's: hosters of PostgreSQL often have their
    /// own.
    ///
    /// # Errors
    ///
    /// [`TlsError`], where it holds no certificate.
    pub fn trusting(pem: impl AsRef<[u8]>) -> Result<Self, TlsError> {
        use tokio_rustls::rustls::RootCertStore;
        use tokio_rustls::rustls::pki_types::CertificateDer;
        use tokio_rustls::rustls::pki_types::pem::PemObject as _;
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem.as_ref()) {
            let certificate = certificate.map_err(tls_error)?;
            roots.add(certificate).map_err(tls_error)?;
        }
        if roots.is_empty() {
            return Err(tls_error("the text holds no certificate in PEM"));
        }
        let config = versions()?.with_root_certificates(roots);
        Ok(Self::of(config.with_no_client_auth()))
    }

    fn of(mut config: ClientConfig) -> Self {
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        Self::new(config)
    }
}

#[cfg(feature = "rustls")]
type Versions =
    tokio_rustls::rustls::ConfigBuilder<ClientConfig, tokio_rustls::rustls::WantsVerifier>;

/// A provider of this crate's own choice: the program may have installed none, or two.
#[cfg(feature = "rustls")]
fn versions() -> Result<Versions, TlsError> {
    let provider = tokio_rustls::rustls::crypto::aws_lc_rs::default_provider();
    let builder = ClientConfig::builder_with_provider(Arc::new(provider));
    builder
        .with_safe_default_protocol_versions()
        .map_err(tls_error)
}

#[cfg(feature = "rustls")]
fn tls_error(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> TlsError {
    TlsError(cause.into())
}

/// TLS with the server of one name.
#[doc(hidden)]
pub struct Named {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Named").field(&self.name).finish()
    }
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Stream;
    type TlsConnect = Named;
    type Error = io::Error;

    fn make_tls_connect(&mut self, domain: &str) -> io::Result<Named> {
        let name = ServerName::try_from(domain.to_owned()).map_err(io::Error::other)?;
        let connector = TlsConnector::from(Arc::clone(&self.0));
        Ok(Named { connector, name })
    }
}

impl TlsConnect<Socket> for Named {
    type Stream = Stream;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Stream>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move {
            let stream = self.connector.connect(self.name, socket).await?;
            Ok(Stream(Box::new(stream)))
        })
    }
}

/// An encrypted connection.
#[doc(hidden)]
#[derive(Debug)]
pub struct Stream(Box<RustlsStream<Socket>>);

impl TlsStream for Stream {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
