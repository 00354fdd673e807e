//! A thread of its own for sending: its tasks wake one another several times a mail, and on one thread
//! that takes no call of the system. It may also wait for the disk without holding anybody else up.

use std::future::pending;
use std::io;
use std::sync::LazyLock;
use std::thread::Builder;

use tokio::runtime::{self, Handle};

use super::SendError;

/// The one for this process. It lasts as long as the process does: connections to the store go back to
/// their pool by tasks of the runtime that they were used on.
static SENDING: LazyLock<io::Result<Handle>> = LazyLock::new(start);

/// Runs `work` on the thread that does nothing but sending, and waits for it.
pub(super) async fn alone<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, SendError> {
    let handle = SENDING
        .as_ref()
        .map_err(|error| SendError::Thread(error.to_string()))?;
    let done = handle.spawn(work).await;
    done.map_err(|error| SendError::Task(error.to_string()))
}

fn start() -> io::Result<Handle> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let handle = runtime.handle().clone();
    Builder::new()
        .name("send".to_owned())
        .spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}
