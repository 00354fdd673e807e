//! Group commit: a commit costs the same for one request as for many, so those that are about to come go with it.

use tokio::sync::mpsc;
use tokio::task::yield_now;

/// Adds to `group` what other tasks send once they run, up to `most` in all, as long as that brings more. This
/// waits for nothing.
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
