//! Being told to stop.

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How soon a second signal still counts as the first.
const SAME: Duration = Duration::from_secs(1);

/// A token that is cancelled at the first SIGINT or SIGTERM. A second one ends the process at once,
/// as it would without us; within a second it is the same one: `timeout` and some service managers
/// signal a process and its whole group.
///
/// From the return of this function on, the first signal no longer ends the process by itself.
/// Must be called inside a tokio runtime.
pub fn stop_token() -> CancellationToken {
    let stop = CancellationToken::new();
    let token = stop.clone();
    let mut signals = Signals::listen();
    tokio::spawn(async move {
        signals.next().await;
        token.cancel();
        let same = async {
            loop {
                signals.next().await;
            }
        };
        // It only ends by the time being over.
        let _: Result<(), _> = timeout(SAME, same).await;
        signals.next().await;
        std::process::exit(130);
    });
    stop
}

/// The signals that ask for an end. Where they cannot be had, they end the process as ever.
#[cfg(unix)]
struct Signals(Option<[tokio::signal::unix::Signal; 2]>);

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let both = (
            signal(SignalKind::interrupt()),
            signal(SignalKind::terminate()),
        );
        Self(match both {
            (Ok(interrupt), Ok(terminate)) => Some([interrupt, terminate]),
            _ => None,
        })
    }

    async fn next(&mut self) {
        let Some([interrupt, terminate]) = &mut self.0 else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
