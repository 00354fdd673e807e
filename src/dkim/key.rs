//! Private keys, in PEM files.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest::Digest;
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use data_encoding::BASE64;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

/// Base64 characters in a line of a PEM file (RFC 7468 §2).
const PEM_LINE: usize = 64;

/// A private key. Cheap to clone; Debug shows only its algorithm.
#[derive(Clone)]
pub struct SigningKey(Arc<Kind>);

enum Kind {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A file holds no key that can sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("there is no PEM private key in it")]
    NotPem,
    #[error("its key is neither RSA of 2048 to 8192 bits nor Ed25519")]
    Unusable,
}

/// The system made no key.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system provides no random numbers for a key")]
pub struct NotMade;

impl From<Unspecified> for NotMade {
    fn from(_: Unspecified) -> Self {
        Self
    }
}

impl SigningKey {
    /// A new RSA key of 2048 bits (RFC 8301 §3.2), and its PEM file.
    ///
    /// # Errors
    /// If the system provides no random numbers.
    pub fn make_rsa() -> Result<(Self, String), NotMade> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
        let der: Pkcs8V1Der<'_> = pair.as_der()?;
        let pem = pem(der.as_ref());
        Ok((Self(Arc::new(Kind::Rsa(pair))), pem))
    }

    /// A new Ed25519 key, and its PEM file.
    ///
    /// # Errors
    /// If the system provides no random numbers.
    pub fn make_ed25519() -> Result<(Self, String), NotMade> {
        let pair = Ed25519KeyPair::generate()?;
        let pem = pem(pair.to_pkcs8v1()?.as_ref());
        Ok((Self(Arc::new(Kind::Ed25519(pair))), pem))
    }

    /// Reads a PEM file: PKCS #8, or PKCS #1 as older programs write it for RSA.
    ///
    /// # Errors
    /// [`KeyError`], which quotes nothing of the file.
    pub fn from_pem(pem: &[u8]) -> Result<Self, KeyError> {
        let kind = match PrivateKeyDer::from_pem_slice(pem).map_err(|_| KeyError::NotPem)? {
            PrivateKeyDer::Pkcs1(der) => {
                RsaKeyPair::from_der(der.secret_pkcs1_der()).map(Kind::Rsa)
            }
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                RsaKeyPair::from_pkcs8(der)
                    .map(Kind::Rsa)
                    .or_else(|_| Ed25519KeyPair::from_pkcs8(der).map(Kind::Ed25519))
            }
            _ => return Err(KeyError::Unusable),
        };
        kind.map(|kind| Self(Arc::new(kind)))
            .map_err(|_| KeyError::Unusable)
    }

    pub(super) fn is_rsa(&self) -> bool {
        matches!(*self.0, Kind::Rsa(_))
    }

    /// The value of `a=`.
    pub(super) fn algorithm(&self) -> &'static str {
        match *self.0 {
            Kind::Rsa(_) => "rsa-sha256",
            Kind::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// The value of the record's `k=`.
    pub(super) fn kind(&self) -> &'static str {
        match *self.0 {
            Kind::Rsa(_) => "rsa",
            Kind::Ed25519(_) => "ed25519",
        }
    }

    /// The bytes of the record's `p=`: of RSA a SubjectPublicKeyInfo, which every verifier reads (erratum 3017 of RFC
    /// 6376), of Ed25519 the key itself (RFC 8463 §4.2).
    pub(super) fn public(&self) -> Vec<u8> {
        match &*self.0 {
            Kind::Rsa(pair) => {
                let der: Result<PublicKeyX509Der<'_>, _> = pair.public_key().as_der();
                der.map_or_else(|_| Vec::new(), |der| der.as_ref().to_vec())
            }
            Kind::Ed25519(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    /// The octets of a signature.
    pub(super) fn signature_len(&self) -> usize {
        match &*self.0 {
            Kind::Rsa(pair) => pair.public_modulus_len(),
            Kind::Ed25519(_) => 64,
        }
    }

    /// Signs the SHA-256 of a header's canonical fields (RFC 8463 §3: Ed25519 signs the hash, too). RSA fails only
    /// without memory, and then the signature verifies nowhere: the other one still counts.
    pub(super) fn sign(&self, hash: &Digest) -> Vec<u8> {
        match &*self.0 {
            Kind::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let signed = pair.sign_digest(&RSA_PKCS1_SHA256, hash, &mut signature);
                if signed.is_err() {
                    tracing::error!("a mail has no valid RSA signature");
                }
                signature
            }
            Kind::Ed25519(pair) => pair.sign(hash.as_ref()).as_ref().to_vec(),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.kind())
    }
}

/// A private key in PEM (RFC 7468 §10).
fn pem(der: &[u8]) -> String {
    let mut text = "-----BEGIN PRIVATE KEY-----\n".to_owned();
    let base64 = BASE64.encode(der);
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(PEM_LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text + "-----END PRIVATE KEY-----\n"
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};

    use super::*;

    #[test]
    fn a_key_reads_back_from_its_file() {
        let hash = digest(&SHA256, b"x");
        for (key, pem) in [
            SigningKey::make_rsa().unwrap(),
            SigningKey::make_ed25519().unwrap(),
        ] {
            let read = SigningKey::from_pem(pem.as_bytes()).unwrap();
            assert_eq!(read.public(), key.public());
            assert_eq!(read.sign(&hash), key.sign(&hash));
            assert_eq!(read.sign(&hash).len(), key.signature_len());
        }
        assert_eq!(SigningKey::from_pem(b"").unwrap_err(), KeyError::NotPem);
    }
}
