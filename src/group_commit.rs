//! Group commit: a commit costs the same for one request as for many, so it takes along the
//! requests that are about to come.

use tokio::sync::mpsc;
use tokio::task::yield_now;

/// Adds to `group` what other tasks send as soon as they run, up to `most` in all, for as long as
/// more comes. Never waits.
pub async fn gather<T>(queue: &mut mpsc::Receiver<T>, group: &mut Vec<T>, most: usize) {
    loop {
        yield_now().await;
        let before = group.len();
        while group.len() < most
            && let Ok(one) = queue.try_recv()
        {
            group.push(one);
        }
        if group.len() == before {
            return;
        }
    }
}
