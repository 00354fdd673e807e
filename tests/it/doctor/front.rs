//! What stands in front of the pages: a proxy with TLS, which can misbehave.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What the proxy does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Forward,
    /// Answers itself.
    Impostor,
    Redirect,
    RedirectPosts,
    Forbid,
    /// Forwards requests without their bodies.
    DropBodies,
    HangUp,
}

/// A server's certificate and key, and the certificate of its authority, all PEM.
pub(crate) struct Certified {
    pub(crate) authority: String,
    pub(crate) certificate: String,
    pub(crate) key: String,
}

/// For a server of this name.
pub(crate) fn certified(name: &str) -> Certified {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    Certified {
        authority,
        certificate: params.signed_by(&key, &issuer).unwrap().pem(),
        key: key.serialize_pem(),
    }
}

pub(crate) struct Front {
    pub(super) at: SocketAddr,
    /// The certificate of its authority, PEM.
    pub(super) authority: String,
    target: Arc<Mutex<String>>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Front {
    /// A proxy for `news.example.org`.
    pub(super) async fn start(manner: Manner) -> Self {
        let Certified {
            authority,
            certificate,
            key,
        } = certified("news.example.org");
        let acceptor = acceptor(&certificate, &key);

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let target = Arc::new(Mutex::new(String::new()));
        let shared = Arc::clone(&target);
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let (acceptor, target) = (acceptor.clone(), shared.lock().unwrap().clone());
                tokio::spawn(serve(stream, acceptor, manner, target));
            }
        });
        Self {
            at,
            authority,
            target,
            connections,
            task,
        }
    }

    /// How many connections it got.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Forwards to the pages at this `http://` address.
    pub(super) fn lead_to(&self, site: &str) {
        *self.target.lock().unwrap() = site.trim_start_matches("http://").to_owned();
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn acceptor(certificate: &str, key: &str) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config).into()
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, manner: Manner, target: String) {
    let Ok(mut client) = acceptor.accept(stream).await else {
        return;
    };
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match client.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let is_post = head.starts_with(b"POST ");
    let own = match manner {
        Manner::Forward | Manner::DropBodies => None,
        Manner::RedirectPosts if !is_post => None,
        Manner::Impostor => Some("200 OK\r\nContent-Length: 2\r\n\r\nok"),
        Manner::Redirect | Manner::RedirectPosts => {
            Some("301 Moved\r\nLocation: https://www.example.org/\r\nContent-Length: 0\r\n\r\n")
        }
        Manner::Forbid => Some("403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
        Manner::HangUp => return,
    };
    if let Some(own) = own {
        let _ = client.write_all(format!("HTTP/1.1 {own}").as_bytes()).await;
        let _ = client.shutdown().await;
        return;
    }
    let mut server = TcpStream::connect(target).await.unwrap();
    let text = String::from_utf8(head).unwrap();
    let head = match manner {
        Manner::DropBodies => without_body(&text),
        _ => text,
    };
    server.write_all(head.as_bytes()).await.unwrap();
    let _ = copy_bidirectional(&mut client, &mut server).await;
}

fn without_body(head: &str) -> String {
    let lines = head
        .split("\r\n")
        .map(|line| match line.to_ascii_lowercase() {
            lower if lower.starts_with("content-length:") => "content-length: 0",
            _ => line,
        });
    lines.collect::<Vec<_>>().join("\r\n")
}
