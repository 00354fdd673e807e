//! What commands read from standard input.

use std::io::{self, Read as _};

use super::CliResult;

/// Bytes read of a mail: more than its header takes.
const MOST: u64 = 1 << 20;

/// The start of a mail.
pub(super) async fn mail() -> CliResult<Vec<u8>> {
    let read = || {
        let mut bytes = Vec::new();
        io::stdin().lock().take(MOST).read_to_end(&mut bytes)?;
        io::Result::Ok(bytes)
    };
    Ok(tokio::task::spawn_blocking(read).await??)
}
