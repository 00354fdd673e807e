//! Group commit: a commit costs the same for one request as for many, so it takes along the
//! requests that are about to come. There is no timer: while one group commits, the next queues up.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
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

/// What a [`GroupCommit`] does with each group.
pub trait Commit: Send + Sync + 'static {
    type Request: Send;
    type Answer: Send;
    type Error: From<Closed> + Send + Sync;

    /// Commits a group, and returns an answer for each request, in order. If it fails, each request
    /// gets the error.
    fn commit(
        &self,
        group: Vec<Self::Request>,
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Self::Error>> + Send;
}

/// The error if the task is gone: the process ends.
#[derive(Debug)]
pub struct Closed;

/// A handle to a task that commits requests in groups. The task ends when every handle is gone.
pub struct GroupCommit<C: Commit> {
    queue: mpsc::Sender<(C::Request, Asking<C>)>,
}

type Answer<C> = Result<<C as Commit>::Answer, Arc<<C as Commit>::Error>>;

/// Where a request's answer goes. Sending fails if the requester has gone, which changes nothing.
type Asking<C> = oneshot::Sender<Answer<C>>;

impl<C: Commit> Clone for GroupCommit<C> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
        }
    }
}

impl<C: Commit> GroupCommit<C> {
    /// Starts the task, for groups of at most `most`. Call it inside a tokio runtime.
    pub fn start(work: C, most: usize) -> Self {
        let (queue, waiting) = mpsc::channel(most);
        tokio::spawn(commit_groups(work, waiting, most));
        Self { queue }
    }

    /// Queues a request; its group is committed when this returns.
    ///
    /// # Errors
    /// If the group cannot be committed, or if the task is gone.
    pub async fn request(&self, request: C::Request) -> Answer<C> {
        let gone = || Arc::new(Closed.into());
        let (asking, answer) = oneshot::channel();
        let queued = self.queue.send((request, asking)).await;
        queued.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn commit_groups<C: Commit>(
    work: C,
    mut waiting: mpsc::Receiver<(C::Request, Asking<C>)>,
    most: usize,
) {
    let mut group = Vec::with_capacity(most);
    while waiting.recv_many(&mut group, most).await > 0 {
        gather(&mut waiting, &mut group, most).await;
        let (requests, asking): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        match work.commit(requests).await {
            Ok(answers) => {
                for (asking, answer) in asking.into_iter().zip(answers) {
                    let _ = asking.send(Ok(answer));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for asking in asking {
                    let _ = asking.send(Err(Arc::clone(&error)));
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Mutex;

    use tokio::task::JoinSet;

    use super::*;

    /// Refuses groups with a negative number, and otherwise answers each number with its square.
    #[derive(Default)]
    struct Squares {
        groups: Arc<Mutex<Vec<Vec<i32>>>>,
    }

    impl From<Closed> for String {
        fn from(_: Closed) -> Self {
            "closed".to_owned()
        }
    }

    impl Commit for Squares {
        type Request = i32;
        type Answer = i32;
        type Error = String;

        async fn commit(&self, group: Vec<i32>) -> Result<Vec<i32>, String> {
            self.groups.lock().unwrap().push(group.clone());
            match group.iter().any(|number| *number < 0) {
                true => Err("negative".to_owned()),
                false => Ok(group.into_iter().map(|number| number * number).collect()),
            }
        }
    }

    /// The answers to requests that are made at once, and the groups.
    async fn ask(numbers: &[i32], most: usize) -> (Vec<Result<i32, String>>, Vec<Vec<i32>>) {
        let squares = Squares::default();
        let groups = Arc::clone(&squares.groups);
        let commit = GroupCommit::start(squares, most);
        let mut asking = JoinSet::new();
        for (at, number) in numbers.iter().copied().enumerate() {
            let commit = commit.clone();
            asking.spawn(async move { (at, commit.request(number).await) });
        }
        let mut answers = asking.join_all().await;
        answers.sort_by_key(|(at, _)| *at);
        let answers = answers.into_iter();
        let answers = answers.map(|(_, answer)| answer.map_err(|error| (*error).clone()));
        let groups = groups.lock().unwrap().clone();
        (answers.collect(), groups)
    }

    #[tokio::test]
    async fn requests_made_at_once_commit_together_and_get_their_own_answers() {
        let (answers, groups) = ask(&[1, 2, 3, 4, 5], 64).await;
        assert_eq!(answers, [1, 4, 9, 16, 25].map(Ok));
        assert_eq!(groups, [[1, 2, 3, 4, 5]]);
    }

    #[tokio::test]
    async fn a_group_is_never_larger_than_allowed() {
        let (answers, groups) = ask(&[1, 2, 3, 4, 5], 2).await;
        assert_eq!(answers, [1, 4, 9, 16, 25].map(Ok));
        assert!(groups.iter().all(|group| group.len() <= 2), "{groups:?}");
    }

    #[tokio::test]
    async fn each_request_of_a_group_that_fails_gets_the_error() {
        let (answers, groups) = ask(&[1, -2, 3], 64).await;
        assert_eq!(answers, vec![Err("negative".to_owned()); 3]);
        assert_eq!(groups.len(), 1);
    }

    #[tokio::test]
    async fn a_request_is_committed_even_if_nobody_waits_for_it() {
        let squares = Squares::default();
        let groups = Arc::clone(&squares.groups);
        let commit = GroupCommit::start(squares, 64);
        let asking = tokio::spawn(async move { commit.request(2).await });
        yield_now().await;
        asking.abort();
        while groups.lock().unwrap().is_empty() {
            yield_now().await;
        }
        assert_eq!(*groups.lock().unwrap(), [[2]]);
    }
}
