//! The receiver's TLS: its certificate, and the handshake.

use std::fmt;
use std::io;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::duplex::Duplex;

/// The receiver's certificate and key. Cheap to clone; Debug shows neither.
#[derive(Clone)]
pub struct TlsIdentity(Arc<ServerConfig>);

#[derive(Debug, thiserror::Error)]
#[error("the certificate and the key cannot be used: {0}")]
pub struct BadIdentity(String);

impl TlsIdentity {
    /// Reads PEM: the certificate, followed by its chain, and the private key. Allows TLS 1.2 and
    /// 1.3.
    ///
    /// # Errors
    /// [`BadIdentity`] if either is not PEM, or if the key does not belong to the certificate.
    pub fn from_pem(certificates: &str, key: &str) -> Result<Self, BadIdentity> {
        let bad = |error: &dyn fmt::Display| BadIdentity(error.to_string());
        let chain = CertificateDer::pem_slice_iter(certificates.as_bytes());
        let chain: Result<Vec<_>, _> = chain.collect();
        let chain = chain.map_err(|error| bad(&error))?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|error| bad(&error))?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| bad(&error))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| bad(&error))?;
        Ok(Self(Arc::new(config)))
    }

    pub(super) async fn accept(
        &self,
        stream: Box<dyn Duplex>,
    ) -> io::Result<TlsStream<Box<dyn Duplex>>> {
        TlsAcceptor::from(Arc::clone(&self.0)).accept(stream).await
    }
}

impl fmt::Debug for TlsIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsIdentity")
    }
}
