//! Signs an edition's mails. An RSA signature takes hundreds of microseconds, so threads of their own make it, one for
//! each core, while the connections wait for the relay and the disk.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};

use tokio::sync::oneshot;

use super::SendError;
use crate::clock::Clock;
use crate::dkim::Signer;

/// What signs the mails of a run. Its threads end with it.
pub(super) struct Signing {
    signer: Signer,
    clock: Clock,
    /// How many octets the signatures of a mail have: the same for each, since all have the same fields.
    pub(super) octets: usize,
    /// `None` if signatures are fast enough for the thread that sends: it would take longer to wake another one.
    jobs: Option<Sender<Job>>,
}

struct Job {
    content: Vec<u8>,
    at: i64,
    done: oneshot::Sender<Vec<u8>>,
}

impl Signing {
    /// `mail` is any mail of the edition.
    pub(super) fn start(signer: Signer, clock: Clock, mail: &[u8]) -> Result<Self, SendError> {
        let jobs = signer.is_slow().then(|| start_threads(&signer)).transpose();
        Ok(Self {
            octets: signer.octets(mail, clock.now().timestamp()),
            jobs: jobs.map_err(|error| SendError::Thread(error.to_string()))?,
            signer,
            clock,
        })
    }

    /// Begins to sign a mail on another thread, if that is faster.
    pub(super) fn begin(
        &self,
        compose: impl FnOnce(&mut Vec<u8>),
    ) -> Option<oneshot::Receiver<Vec<u8>>> {
        let jobs = self.jobs.as_ref()?;
        let (done, signed) = oneshot::channel();
        let mut content = Vec::new();
        compose(&mut content);
        let at = self.clock.now().timestamp();
        jobs.send(Job { content, at, done }).ok()?;
        Some(signed)
    }

    /// Signs a mail on this thread.
    pub(super) fn sign(&self, content: &mut Vec<u8>) {
        self.signer.sign(content, self.clock.now().timestamp());
    }
}

fn start_threads(signer: &Signer) -> std::io::Result<Sender<Job>> {
    let (jobs, queue) = mpsc::channel();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
        let (signer, queue) = (signer.clone(), Arc::clone(&queue));
        Builder::new()
            .name("sign".to_owned())
            .spawn(move || work(&signer, &queue))?;
    }
    Ok(jobs)
}

fn work(signer: &Signer, queue: &Mutex<Receiver<Job>>) {
    while let Some(mut job) = next(queue) {
        if job.done.is_closed() {
            continue;
        }
        signer.sign(&mut job.content, job.at);
        // The connection may have broken meanwhile.
        let _ = job.done.send(job.content);
    }
}

/// Waits for a job; `None` when the run has ended. The lock is free again while the mail is signed.
fn next(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    queue.recv().ok()
}
