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

/// After how many commits at most to see whether the relay is faster now.
const MOST_SKIPPED: u32 = 511;

/// A request to commit something.
pub(super) trait Ends {
    /// True if it ends a mail that was on the wire.
    fn ends(&self) -> bool;
}

#[derive(Default)]
pub(super) struct CommitDelay {
    /// How long the last commit took, at most [`LIMIT`].
    commit: Duration,
    /// How many more commits go without waiting, because the relay was slower.
    skip: u32,
    /// How many to skip after the next wait in vain: more each time, since a claim or another program may also have
    /// kept the processor busy.
    skip_next: u32,
}

impl CommitDelay {
    pub(super) fn committed(&mut self, took: Duration) {
        self.commit = took.min(LIMIT);
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
        let limit = Instant::now() + self.commit;
        let mut ended = group.iter().filter(|one| one.ends()).count();
        while ended < on_the_wire && group.len() < most {
            let Ok(Some(one)) = timeout_at(limit, queue.recv()).await else {
                break;
            };
            ended += usize::from(one.ends());
            group.push(one);
        }
        if Instant::now() <= limit {
            self.skip_next /= 2;
        } else {
            self.skip = self.skip_next;
            self.skip_next = (2 * self.skip_next + 1).min(MOST_SKIPPED);
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

    const EVER: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn a_commit_waits_for_the_wire() {
        let (sender, mut queue) = mpsc::channel(8);
        let mut delay = CommitDelay {
            commit: EVER,
            ..CommitDelay::default()
        };
        let replies = sender.clone();
        tokio::spawn(async move {
            for one in [1, 0, 1] {
                tokio::task::yield_now().await;
                replies.send(one).await.unwrap();
            }
        });
        let mut group = Vec::new();
        delay.gather(&mut queue, &mut group, 8, 2).await;
        assert_eq!(group, [1, 0, 1]);
    }

    #[tokio::test]
    async fn the_slower_the_relay_the_fewer_commits_wait() {
        let (sender, mut queue) = mpsc::channel(8);
        let mut delay = CommitDelay::default();
        for skipped in [0, 1, 3, 7, 15, 31, 63, 127, 255, MOST_SKIPPED, MOST_SKIPPED] {
            delay.skip = 0;
            delay.gather(&mut queue, &mut Vec::new(), 8, 1).await;
            assert_eq!(delay.skip, skipped);
        }

        delay.committed(EVER);
        assert_eq!(delay.commit, LIMIT);
        delay.commit = EVER;
        let mut group: Vec<u32> = Vec::new();
        delay.gather(&mut queue, &mut group, 8, 1).await;
        assert_eq!(
            (group, delay.skip),
            (vec![], MOST_SKIPPED - 1),
            "it does not wait"
        );

        delay.skip = 0;
        sender.send(1).await.unwrap();
        delay.gather(&mut queue, &mut Vec::new(), 8, 1).await;
        assert_eq!((delay.skip, delay.skip_next), (0, MOST_SKIPPED / 2));
    }
}
