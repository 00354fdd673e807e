//! Random bytes for what a page can do without.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};

/// Random bytes, or zeros if the system has none. Pages work without: incidents then share an ID, forms fetched in the
/// same millisecond a stamp, and requests are counted from 0.
pub(super) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let _ = SystemRandom::new().fill(&mut bytes);
    bytes
}
