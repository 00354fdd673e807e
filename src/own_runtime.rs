//! A thread with a runtime of its own.

use std::io;
use std::sync::Arc;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A handle to the thread, which ends with the last clone.
#[derive(Clone)]
pub(crate) struct OwnRuntime {
    runtime: Handle,
    _ends: Arc<oneshot::Sender<()>>,
}

impl OwnRuntime {
    /// # Errors
    /// If the system allows no further thread.
    pub(crate) fn start(name: &str) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (ends, ended) = oneshot::channel();
        let run = move || {
            // An error means that every handle is gone.
            let _ = runtime.block_on(ended);
        };
        thread::Builder::new().name(name.to_owned()).spawn(run)?;
        Ok(Self {
            runtime: handle,
            _ends: Arc::new(ends),
        })
    }

    /// Runs a task there. It fails if the task panics.
    pub(crate) fn spawn<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.runtime.spawn(task)
    }
}
