//! A thread for sending. Its tasks wake one another several times for each mail, which takes no
//! system call on a single thread. It may also wait for the disk without holding up other tasks.

use std::future::pending;
use std::io;
use std::sync::LazyLock;
use std::thread::Builder;

use tokio::runtime::{self, Handle};

use super::SendError;

/// Lasts as long as the process: tasks of the runtime that used a connection to the store return it
/// to its pool.
static SENDING: LazyLock<io::Result<Handle>> = LazyLock::new(start);

/// Runs `work` on the sending thread, and waits for it.
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
