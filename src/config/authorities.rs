//! Certificate authorities to trust in addition to the system's.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::findings::Report;
use crate::toml_source::{self, Value};

/// Certificate authorities to trust in addition to the system's; none by default. Cheap to clone. Debug shows how
/// many there are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Authorities(Arc<[CertificateDer<'static>]>);

impl Authorities {
    /// Their certificates.
    pub fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.0
    }

    /// A TLS client that trusts them and the system's.
    ///
    /// # Errors
    /// If one of these certificates cannot be used.
    pub fn client(&self) -> Result<ClientConfig, rustls::Error> {
        let mut trusted = RootCertStore::empty();
        // A damaged certificate of the system must not stop what does not need it.
        trusted.add_parsable_certificates(system().iter().cloned());
        for certificate in self.certificates() {
            trusted.add(certificate.clone())?;
        }
        let provider = Arc::new(aws_lc_rs::default_provider());
        Ok(ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(trusted)
            .with_no_client_auth())
    }

    /// Reads the file that a value names; a relative path starts at `folder`.
    pub(super) fn read(value: &Value<'_>, folder: &Path, report: &mut Report) -> Option<Self> {
        let text = value.text(report)?.trim();
        if text.is_empty() {
            let finding = value.fault("empty", format!("`{}` is empty", value.key()));
            report.push(finding.label("the name of a file must stand here"));
            return None;
        }
        let path = folder.join(text);
        let authorities = match toml_source::read(&path) {
            Ok(pem) => parse(&pem),
            Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
        };
        match authorities {
            Ok(authorities) => Some(authorities),
            Err(why) => {
                let message = format!("`{}` names no file of certificates", value.key());
                let finding = value.fault("bad-certificates", message).label(why);
                report.push(finding.help(
                    "it is a PEM file of the authority's certificates, which begin with \
                     `-----BEGIN CERTIFICATE-----`",
                ));
                None
            }
        }
    }
}

impl fmt::Debug for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Authorities({})", self.0.len())
    }
}

/// The authorities that the system trusts, read once because each connection needs them.
fn system() -> &'static [CertificateDer<'static>] {
    static SYSTEM: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in found.errors {
            tracing::warn!(%error, "cannot read certificates of this machine");
        }
        found.certs
    })
}

fn parse(pem: &[u8]) -> Result<Authorities, String> {
    let mut certificates = Vec::new();
    let mut usable = RootCertStore::empty();
    for (number, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
        let damaged = || format!("certificate {} in it is damaged", number + 1);
        let certificate = certificate.map_err(|_| damaged())?;
        let added = usable.add(certificate.clone());
        added.map_err(|_| damaged())?;
        certificates.push(certificate);
    }
    if certificates.is_empty() {
        return Err("there is no PEM certificate in it".to_owned());
    }
    Ok(Authorities(certificates.into()))
}
