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
    type Committed: Send;
    type Answer: Send;
    type Error: From<Closed> + Send + Sync;

    /// Commits a group. If it fails, nothing is done, and each request gets the error.
    fn commit(
        &self,
        group: Vec<Self::Request>,
    ) -> impl Future<Output = Result<Self::Committed, Self::Error>> + Send;

    /// Does what remains, while the next group commits, and returns an answer for each request, in
    /// order. If it fails, each request gets the error, though the group is committed.
    fn finish(
        &self,
        committed: Self::Committed,
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
        tokio::spawn(commit_groups(Arc::new(work), waiting, most));
        Self { queue }
    }

    /// Queues a request; its group is committed and finished when this returns.
    ///
    /// # Errors
    /// If the group cannot be committed or finished, or if the task is gone.
    pub async fn request(&self, request: C::Request) -> Answer<C> {
        let gone = || Arc::new(Closed.into());
        let (asking, answer) = oneshot::channel();
        let queued = self.queue.send((request, asking)).await;
        queued.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn commit_groups<C: Commit>(
    work: Arc<C>,
    mut waiting: mpsc::Receiver<(C::Request, Asking<C>)>,
    most: usize,
) {
    let (committed, groups) = mpsc::channel(1);
    tokio::spawn(finish_groups(Arc::clone(&work), groups));
    let mut group = Vec::with_capacity(most);
    while waiting.recv_many(&mut group, most).await > 0 {
        gather(&mut waiting, &mut group, most).await;
        let (requests, asking): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        match work.commit(requests).await {
            // If the other task is gone, this drops the senders, and the requests fail.
            Ok(done) => drop(committed.send((done, asking)).await),
            Err(error) => refuse::<C>(asking, error),
        }
    }
}

async fn finish_groups<C: Commit>(
    work: Arc<C>,
    mut groups: mpsc::Receiver<(C::Committed, Vec<Asking<C>>)>,
) {
    while let Some((committed, asking)) = groups.recv().await {
        match work.finish(committed).await {
            Ok(answers) => {
                for (asking, answer) in asking.into_iter().zip(answers) {
                    let _ = asking.send(Ok(answer));
                }
            }
            Err(error) => refuse::<C>(asking, error),
        }
    }
}

fn refuse<C: Commit>(asking: Vec<Asking<C>>, error: C::Error) {
    let error = Arc::new(error);
    for asking in asking {
        let _ = asking.send(Err(Arc::clone(&error)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Mutex;

    use tokio::sync::Semaphore;
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
        type Committed = Vec<i32>;
        type Answer = i32;
        type Error = String;

        async fn commit(&self, group: Vec<i32>) -> Result<Vec<i32>, String> {
            self.groups.lock().unwrap().push(group.clone());
            match group.iter().any(|number| *number < 0) {
                true => Err("negative".to_owned()),
                false => Ok(group),
            }
        }

        async fn finish(&self, group: Vec<i32>) -> Result<Vec<i32>, String> {
            Ok(group.into_iter().map(|number| number * number).collect())
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

    /// As [`Squares`], but waits for a permit to finish a group.
    struct Held {
        /// One permit for each group that is to be finished.
        finishing: Arc<Semaphore>,
        may_finish: Arc<Semaphore>,
        finished: mpsc::UnboundedSender<Vec<i32>>,
    }

    impl Commit for Held {
        type Request = i32;
        type Committed = Vec<i32>;
        type Answer = i32;
        type Error = String;

        async fn commit(&self, group: Vec<i32>) -> Result<Vec<i32>, String> {
            Squares::default().commit(group).await
        }

        async fn finish(&self, group: Vec<i32>) -> Result<Vec<i32>, String> {
            self.finishing.add_permits(1);
            self.may_finish.acquire().await.unwrap().forget();
            let _ = self.finished.send(group.clone());
            Squares::default().finish(group).await
        }
    }

    struct Pipeline {
        commit: GroupCommit<Held>,
        finishing: Arc<Semaphore>,
        may_finish: Arc<Semaphore>,
        finished: mpsc::UnboundedReceiver<Vec<i32>>,
    }

    impl Pipeline {
        fn start() -> Self {
            let [finishing, may_finish] = [0, 0].map(|none| Arc::new(Semaphore::new(none)));
            let (sender, finished) = mpsc::unbounded_channel();
            let held = Held {
                finishing: Arc::clone(&finishing),
                may_finish: Arc::clone(&may_finish),
                finished: sender,
            };
            Self {
                commit: GroupCommit::start(held, 64),
                finishing,
                may_finish,
                finished,
            }
        }

        /// Makes a request, and returns when its group is committed and waits to be finished.
        async fn committed(&self, number: i32) -> tokio::task::JoinHandle<Answer<Held>> {
            let commit = self.commit.clone();
            let asking = tokio::spawn(async move { commit.request(number).await });
            self.finishing.acquire().await.unwrap().forget();
            asking
        }
    }

    #[tokio::test]
    async fn a_commit_that_fails_while_the_group_before_is_finished_fails_alone() {
        let pipeline = Pipeline::start();
        let first = pipeline.committed(2).await;
        let second = pipeline.commit.request(-1).await;
        assert_eq!(*second.unwrap_err(), "negative");
        assert!(!first.is_finished());
        pipeline.may_finish.add_permits(1);
        assert_eq!(first.await.unwrap(), Ok(4));
    }

    #[tokio::test]
    async fn what_is_committed_is_finished_even_if_nobody_waits_for_it() {
        let mut pipeline = Pipeline::start();
        pipeline.committed(2).await.abort();
        drop(pipeline.commit);
        pipeline.may_finish.add_permits(1);
        assert_eq!(pipeline.finished.recv().await, Some(vec![2]));
    }
}
