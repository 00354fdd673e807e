//! A thread of its own for sending: its tasks wake one another several times a mail, and on one thread
//! that takes no call of the system.

use std::io;
use std::thread::Builder;

use tokio::runtime;
use tokio::sync::oneshot;

use super::SendError;

/// Runs `work` on a thread that does nothing else, and waits for it.
pub(super) async fn alone<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, SendError> {
    let (done, result) = oneshot::channel();
    let body = move || {
        // Who no longer waits needs no result.
        let _ = done.send(block_on(work));
    };
    let started = Builder::new().name("send".to_owned()).spawn(body);
    started.map_err(SendError::Thread)?;
    match result.await {
        Ok(ended) => ended.map_err(SendError::Thread),
        Err(_) => Err(SendError::Task("the sending thread panicked".to_owned())),
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(work))
}
