//! Random numbers for links. A restored backup hands out counted numbers again, and a link from
//! before it would then open something else.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};

use super::StoreError;

/// `count` random numbers, each from 1 to 2^`bits` − 1. `bits` is at most 63.
pub(super) fn numbers(count: usize, bits: u32) -> Result<Vec<i64>, StoreError> {
    let mut bytes = vec![0; count * 8];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| StoreError::NoRandomness)?;
    let (eights, _) = bytes.as_chunks::<8>();
    let numbers = eights.iter().map(|eight| {
        let number = u64::from_be_bytes(*eight) >> (64 - bits);
        number.cast_signed().max(1)
    });
    Ok(numbers.collect())
}

pub(super) fn number(bits: u32) -> Result<i64, StoreError> {
    Ok(numbers(1, bits)?.into_iter().sum())
}
