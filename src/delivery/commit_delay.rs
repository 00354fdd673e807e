//! How long a commit waits for the mails on the wire, so that they share it.
//!
//! Without it, half of the connections commit on a server while the mails of the other half are on the
//! wire, and each half waits for the other's commit. If all of them commit together, a mail waits for
//! one commit, and the server makes half as many. That pays off only while the relay replies faster than
//! the server commits.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::group_commit::gather;

/// How long to wait at most: a commit that had to wait for the store says nothing about the next one.
const LIMIT: Duration = Duration::from_millis(50);

/// After how many commits to see whether the relay is faster now.
const SKIP: u32 = 500;

/// A request to commit something.
pub(super) trait Ends {
    /// True if it ends a mail that was on the wire.
    fn ends(&self) -> bool;
}

#[derive(Default)]
pub(super) struct CommitDelay {
    /// How long the last commit took.
    commit: Duration,
    /// How many commits not to wait before, because the relay was slower.
    skip: u32,
}

impl CommitDelay {
    pub(super) fn committed(&mut self, took: Duration) {
        self.commit = took;
    }

    /// Adds to `group`, up to `most` in all, until the mails on the wire have ended, or for as long as the
    /// last commit took, in the timer's steps of a millisecond.
    pub(super) async fn gather<T: Ends>(
        &mut self,
        queue: &mut mpsc::Receiver<T>,
        group: &mut Vec<T>,
        most: usize,
        on_the_wire: usize,
    ) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let limit = Instant::now() + self.commit.min(LIMIT);
        let mut ended = group.iter().filter(|one| one.ends()).count();
        while ended < on_the_wire && group.len() < most {
            let Ok(Some(one)) = timeout_at(limit, queue.recv()).await else {
                break;
            };
            ended += usize::from(one.ends());
            group.push(one);
        }
        if Instant::now() > limit && self.commit > Duration::ZERO {
            self.skip = SKIP;
        }
        gather(queue, group, most).await;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    impl Ends for u32 {
        fn ends(&self) -> bool {
            *self > 0
        }
    }

    #[tokio::test]
    async fn a_commit_waits_for_the_wire_until_the_relay_is_slow() {
        let (sender, mut queue) = mpsc::channel(8);
        let mut delay = CommitDelay::default();
        delay.committed(Duration::from_secs(30));
        let replies = tokio::spawn(async move {
            for one in [1, 0, 1] {
                tokio::task::yield_now().await;
                sender.send(one).await.unwrap();
            }
            sender
        });
        let mut group = Vec::new();
        delay.gather(&mut queue, &mut group, 8, 2).await;
        assert_eq!((group, delay.skip), (vec![1, 0, 1], 0));

        let sender = replies.await.unwrap();
        let mut group = Vec::new();
        delay.gather(&mut queue, &mut group, 8, 1).await;
        assert_eq!((group, delay.skip), (vec![], SKIP));

        sender.send(1).await.unwrap();
        let mut group = Vec::new();
        delay.gather(&mut queue, &mut group, 8, 1).await;
        assert_eq!((group, delay.skip), (vec![], SKIP - 1), "it does not wait");
    }
}
