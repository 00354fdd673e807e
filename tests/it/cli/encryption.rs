//! A database on another machine: the connection is encrypted and to the right server, or there is a clear error.
//! `0.0.0.0` is not a loopback address to that rule, but leads to this machine.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use super::{Instance, steady};

/// PostgreSQL clients send this first to request TLS: length 8, code 80877103.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// A server that answers the request for TLS, and closes the connection after that.
struct Server {
    port: u16,
    /// The first octets of each connection, and whether the handshake succeeded.
    heard: Receiver<([u8; 8], bool)>,
}

fn server(tls: Option<Arc<ServerConfig>>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, heard) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut first = [0; 8];
            if stream.read_exact(&mut first).is_err() {
                continue;
            }
            let mut encrypted = false;
            match &tls {
                Some(config) => {
                    stream.write_all(b"S").unwrap();
                    let mut tls = ServerConnection::new(Arc::clone(config)).unwrap();
                    let mut startup = [0; 4];
                    encrypted = Stream::new(&mut tls, &mut stream)
                        .read_exact(&mut startup)
                        .is_ok();
                }
                None => stream.write_all(b"N").unwrap(),
            }
            if sender.send((first, encrypted)).is_err() {
                return;
            }
        }
    });
    Server { port, heard }
}

/// An authority as PEM, and a server with its certificate for a name.
fn vouched(name: &str) -> (String, Arc<ServerConfig>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().pem();
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(chain, key)
    .unwrap();
    (authority, Arc::new(config))
}

/// The output of `status` with the list in the database at `host`, and the connections to that server.
fn refusal(server: &Server, host: &str, query: &str) -> (String, ([u8; 8], bool)) {
    let instance = Instance::new();
    let url = format!(
        "url = \"postgres://verdict@{host}:{}/verdict{query}\"",
        server.port
    );
    instance.configure("# url = \"sqlite:subscribers/verdict.db\"", &url);
    let printed = instance.refuses(&["status"]);
    (printed, server.heard.recv().unwrap())
}

#[test]
fn another_machine_must_encrypt_unless_the_url_says_otherwise() {
    let _steady = steady();
    let server = server(None);
    let (printed, heard) = refusal(&server, "0.0.0.0", "");
    assert_eq!(heard.0, SSL_REQUEST);
    insta::assert_snapshot!(printed, @"
    error: cannot open the store at postgres://verdict@0.0.0.0:[port]/verdict: error occurred while attempting to establish a TLS connection: server does not support TLS
      The connection to a database on another machine is encrypted, and its certificate checked, unless `store.url` says otherwise.
      Append `sslrootcert=FILE` to it for a certificate authority of your own, or `sslmode=require` to accept any certificate, or `sslmode=disable` for no encryption.
    ");
    let (printed, heard) = refusal(&server, "0.0.0.0", "?sslmode=disable");
    assert_ne!(heard.0, SSL_REQUEST);
    assert!(!printed.contains("`sslrootcert=FILE`"), "{printed}");
    // On this machine, the connection continues without TLS.
    let (printed, heard) = refusal(&server, "127.0.0.1", "");
    assert_eq!(heard.0, SSL_REQUEST);
    assert!(!printed.contains("`sslrootcert=FILE`"), "{printed}");
}

#[test]
fn another_machine_must_show_a_certificate_for_its_name() {
    let _steady = steady();
    let (authority, config) = vouched("0.0.0.0");
    let server = server(Some(config));
    let (printed, heard) = refusal(&server, "0.0.0.0", "");
    assert_eq!(heard, (SSL_REQUEST, false));
    insta::assert_snapshot!(printed, @"
    error: cannot open the store at postgres://verdict@0.0.0.0:[port]/verdict: error communicating with database: invalid peer certificate: UnknownIssuer
      The connection to a database on another machine is encrypted, and its certificate checked, unless `store.url` says otherwise.
      Append `sslrootcert=FILE` to it for a certificate authority of your own, or `sslmode=require` to accept any certificate, or `sslmode=disable` for no encryption.
    ");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, authority).unwrap();
    let trusted = format!("?sslrootcert={}", file.display());
    let (printed, heard) = refusal(&server, "0.0.0.0", &trusted);
    assert_eq!(heard, (SSL_REQUEST, true));
    assert!(!printed.contains("`sslrootcert=FILE`"), "{printed}");
    let (printed, heard) = refusal(&server, "0.0.0.0", "?sslmode=require");
    assert_eq!(heard, (SSL_REQUEST, true));
    assert!(!printed.contains("`sslrootcert=FILE`"), "{printed}");

    let (authority, config) = vouched("db.example.com");
    std::fs::write(&file, authority).unwrap();
    let other = self::server(Some(config));
    let (printed, heard) = refusal(&other, "0.0.0.0", &trusted);
    assert_eq!(
        heard,
        (SSL_REQUEST, false),
        "it is vouched for, but another one"
    );
    assert!(printed.contains("`sslrootcert=FILE`"), "{printed}");
}
