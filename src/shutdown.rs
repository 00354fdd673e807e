//! Graceful shutdown on SIGINT and SIGTERM.

use std::time::Duration;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// A second signal within this time is the first one again.
const SAME: Duration = Duration::from_secs(1);

/// Returns a token that the first SIGINT or SIGTERM cancels, instead of ending the process. A second signal ends
/// the process at once, unless it comes within a second: `timeout` and some service managers signal a process
/// and its whole group.
///
/// Call it inside a tokio runtime.
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
        let _: Result<(), _> = timeout(SAME, same).await;
        signals.next().await;
        std::process::exit(130);
    });
    stop
}

/// SIGINT and SIGTERM. If we can't listen for both, they end the process as usual.
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
