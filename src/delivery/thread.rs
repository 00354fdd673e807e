//! A thread for sending. Its tasks wake one another several times for each mail, which takes no
//! system call on a single thread. It may also wait for the disk without holding up other tasks.

use std::io;
use std::sync::LazyLock;

use super::SendError;
use crate::own_runtime::OwnRuntime;

/// Lasts as long as the process: tasks of the runtime that used a connection to the store return it
/// to its pool.
static SENDING: LazyLock<io::Result<OwnRuntime>> = LazyLock::new(|| OwnRuntime::start("send"));

/// Runs `work` on the sending thread, and waits for it.
pub(super) async fn alone<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, SendError> {
    let runtime = SENDING
        .as_ref()
        .map_err(|error| SendError::Thread(error.to_string()))?;
    let done = runtime.spawn(work).await;
    done.map_err(|error| SendError::Task(error.to_string()))
}
