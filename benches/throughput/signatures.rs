//! What signatures cost by themselves: the crypto library's, without a mail.

use std::thread;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde::{Deserialize, Serialize};
use verdict::app::App;
use verdict::config::Dkim;
use verdict::dkim::{Selector, Signer, SigningKey};

use crate::process;

const LONG_ENOUGH: Duration = Duration::from_millis(900);

/// The library's own speed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Bare {
    /// RSA-2048 signatures a second on all cores together.
    pub(crate) rsa: f64,
    /// Microseconds of an Ed25519 signature and the hash of one mail, on one core.
    pub(crate) ed25519_and_hash: f64,
}

impl Bare {
    /// `size` is that of a mail, in bytes.
    pub(crate) fn measure(size: usize) -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let rate = || {
            let (random, mut signature) = (SystemRandom::new(), vec![0; pair.public_modulus_len()]);
            a_second(|| {
                let signed = pair.sign(&RSA_PKCS1_SHA256, &random, b"header", &mut signature);
                signed.unwrap();
            })
        };
        let rsa = thread::scope(|scope| {
            let threads: Vec<_> = (0..process::cores()).map(|_| scope.spawn(rate)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        let (pair, mail) = (Ed25519KeyPair::generate().unwrap(), vec![b'x'; size]);
        let ed25519 = a_second(|| {
            std::hint::black_box(digest(&SHA256, &mail));
            std::hint::black_box(pair.sign(b"hash"));
        });
        Self {
            rsa,
            ed25519_and_hash: 1e6 / ed25519,
        }
    }
}

/// How often the work is done in a second.
fn a_second(mut work: impl FnMut()) -> f64 {
    let (start, mut count) = (Instant::now(), 0_u32);
    while start.elapsed() < LONG_ENOUGH {
        (0..16).for_each(|_| work());
        count += 16;
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// The app with new keys.
pub(crate) fn signing(app: App, with_rsa: bool) -> App {
    let mut keys = vec![("e", SigningKey::make_ed25519().unwrap())];
    if with_rsa {
        keys.push(("r", SigningKey::make_rsa().unwrap()));
    }
    let selector = |(name, (key, _)): (&str, (SigningKey, String))| Selector {
        name: name.to_owned(),
        key,
    };
    let mut config = (*app.config).clone();
    config.dkim = Some(Dkim {
        signer: Signer::new("example.com", keys.into_iter().map(selector).collect()),
        next: Vec::new(),
        keys: app.dir.join("dkim"),
    });
    App {
        config: config.into(),
        ..app
    }
}
