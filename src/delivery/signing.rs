//! Signs an edition's mails. An RSA signature takes hundreds of microseconds, so threads of their own make it, one for
//! each core, while the connections wait for the relay and the disk.
//!
//! Nearly all of what a signature covers is the same for every reader. So the frozen mail is brought into the form that
//! is signed once, with its placeholders in place, and each mail only fills in and hashes.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};

use aws_lc_rs::digest::{Context, SHA256};
use templates::locale::Locale;
use tokio::sync::oneshot;

use super::SendError;
use super::personalise::Values;
use crate::clock::Clock;
use crate::dkim::{self, Relaxed, Signer, Template};
use crate::edition::render::{BrokenMail, Mail, Part, Reader};

/// The most mails that a thread signs before it hands out their signatures: with an RSA key of 2048 bits, a mail waits at
/// most 5 ms for those after it.
const BATCH: usize = 16;

/// A text of an edition, and what its signatures cover.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) mail: Mail,
    /// `None` if mails are not signed here.
    covered: Option<Covered>,
}

/// A mail in the form that is signed.
#[derive(Debug)]
struct Covered {
    header: Mail,
    body: Mail,
    template: Template,
    /// How many octets the signatures have, of whichever reader's mail.
    octets: usize,
}

impl Text {
    /// # Errors
    /// As [`Mail::parse`].
    pub(super) fn parse(
        frozen: &str,
        locale: &Locale,
        signer: Option<&Signer>,
    ) -> Result<Self, BrokenMail> {
        let mail = Mail::parse(frozen, locale)?;
        let covered = signer.map(|signer| Covered::of(frozen, &mail, signer));
        Ok(Self {
            covered: covered.transpose()?,
            mail,
        })
    }

    /// The size of a reader's mail, with its signatures.
    pub(super) fn octets(&self, values: &Values) -> usize {
        let signatures = self.covered.as_ref().map_or(0, |covered| covered.octets);
        signatures + self.mail.octets(&values.reader())
    }

    /// The fields that go before a reader's mail.
    fn sign(&self, values: &Values, at: i64) -> String {
        let covered = self.covered.as_ref();
        covered.map_or_else(String::new, |covered| covered.sign(&values.reader(), at))
    }
}

impl Covered {
    fn of(frozen: &str, mail: &Mail, signer: &Signer) -> Result<Self, BrokenMail> {
        let Relaxed {
            names,
            header,
            body,
        } = Relaxed::of(frozen.as_bytes());
        // Only blanks were taken out of a text.
        let part = |text: &[u8]| mail.with_text(&String::from_utf8_lossy(text));
        let template = signer.template(&names);
        Ok(Self {
            header: part(&header)?,
            body: part(&body)?,
            octets: template.octets(),
            template,
        })
    }

    fn sign(&self, reader: &Reader<'_>, at: i64) -> String {
        let header = hash(&self.header, reader, dkim::relaxed_words);
        let body = hash(&self.body, reader, dkim::relaxed_text);
        self.template.fields(&header, &body.finish(), at)
    }
}

/// The SHA-256 of a relaxed text with a reader's values, which `relax` brings into that form; not finished.
fn hash(text: &Mail, reader: &Reader<'_>, relax: fn(&[u8], &mut Vec<u8>)) -> Context {
    let (mut hash, mut relaxed) = (Context::new(&SHA256), Vec::new());
    text.visit(reader, |part| match part {
        Part::Fixed(text) => hash.update(text.as_bytes()),
        Part::Value(value) => {
            relaxed.clear();
            relax(value, &mut relaxed);
            hash.update(&relaxed);
        }
    });
    hash
}

/// What signs the mails of a run. Its threads end with it.
pub(super) struct Signing {
    clock: Clock,
    /// `None` if signatures are fast enough for the thread that sends: it would take longer to wake another one.
    threads: Option<Threads>,
}

impl Signing {
    pub(super) fn start(signer: &Signer, clock: Clock) -> Result<Self, SendError> {
        let threads = signer.is_slow().then(Threads::start).transpose();
        Ok(Self {
            threads: threads.map_err(|error| SendError::Thread(error.to_string()))?,
            clock,
        })
    }

    /// Begins to sign a mail on another thread, if that is faster.
    pub(super) fn begin(
        &self,
        text: &Arc<Text>,
        values: &Arc<Values>,
    ) -> Option<oneshot::Receiver<String>> {
        let (done, signatures) = oneshot::channel();
        self.threads.as_ref()?.sign(Job {
            text: Arc::clone(text),
            values: Arc::clone(values),
            at: self.clock.now().timestamp(),
            done,
        });
        Some(signatures)
    }

    /// Signs a mail on this thread: the fields that go before it.
    pub(super) fn sign(&self, text: &Text, values: &Values) -> String {
        text.sign(values, self.clock.now().timestamp())
    }
}

/// A mail to sign.
struct Job {
    text: Arc<Text>,
    values: Arc<Values>,
    at: i64,
    done: oneshot::Sender<String>,
}

/// Threads that sign, one for each core.
struct Threads {
    jobs: Sender<Job>,
    /// How many jobs no thread has taken yet.
    waiting: Arc<AtomicUsize>,
}

impl Threads {
    fn start() -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel();
        let (queue, waiting) = (Arc::new(Mutex::new(queue)), Arc::default());
        let count = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..count {
            let (queue, waiting) = (Arc::clone(&queue), Arc::clone(&waiting));
            Builder::new().name("sign".to_owned()).spawn(move || {
                while let Some(batch) = take(&queue, &waiting, count) {
                    sign(batch);
                }
            })?;
        }
        Ok(Self { jobs, waiting })
    }

    /// If the threads are gone, the job is dropped, and the connection that waits for it signs the mail itself.
    fn sign(&self, job: Job) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _ = self.jobs.send(job);
    }
}

/// Waits for a job, and takes with it this thread's share of those that wait; `None` when the run has ended.
fn take(queue: &Mutex<Receiver<Job>>, waiting: &AtomicUsize, threads: usize) -> Option<Vec<Job>> {
    let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let mut batch = vec![queue.recv().ok()?];
    let share = waiting.load(Ordering::Relaxed) / threads;
    batch.extend(queue.try_iter().take(share.clamp(1, BATCH) - 1));
    waiting.fetch_sub(batch.len(), Ordering::Relaxed);
    Some(batch)
}

/// Hands out the signatures of a batch together: the mails then go out together, and their marks share a commit.
fn sign(mut batch: Vec<Job>) {
    // A connection may break meanwhile.
    batch.retain(|job| !job.done.is_closed());
    let sign = |job: Job| (job.text.sign(&job.values, job.at), job.done);
    let signed: Vec<_> = batch.into_iter().map(sign).collect();
    for (signatures, done) in signed {
        let _ = done.send(signatures);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::LazyLock;

    use chrono::DateTime;
    use proptest::prelude::*;
    use subscribers::address::Address;
    use subscribers::token::Key;

    use super::*;
    use crate::delivery::personalise::Delivery;
    use crate::dkim::{Selector, SigningKey};

    const AT: i64 = 1_790_000_000;

    /// By Ed25519, whose signature of the same bytes is the same.
    static SIGNER: LazyLock<Signer> = LazyLock::new(|| {
        let selector = |name: &str| Selector {
            name: name.to_owned(),
            key: SigningKey::make_ed25519().unwrap().0,
        };
        Signer::new("example.com", vec![selector("one"), selector("two")])
    });

    proptest! {
        #[test]
        fn the_signatures_are_those_of_the_complete_mail(
            name in proptest::option::of("(\\PC{0,200}|[ \t\"\\\\&<=.a]{0,200}|( {1,3}|\t|[a-z.]){1,90})"),
            address in "[a-z&ü=]{1,32}@(가{1,50}|[a-z]{1,60})[.]example[.]com",
            mailto in proptest::bool::ANY,
            lines in proptest::collection::vec("( |\t|\r\n|[a-z=]{1,9}){0,6}", 4),
        ) {
            let mailto = match mailto {
                true => ",\r\n <mailto:a+\u{2}unsubscribe-local-part:header\u{3}@example.com>",
                false => "",
            };
            let frozen = format!(
                "From:  A \t b <a@example.com> \r\nTo: \u{2}to:header\u{3}\r\nsubject :\r\n A  b\t\r\n\tc\r\n\
                 Date: \u{2}date:header\u{3}\r\nMessage-ID: <\u{2}message-id:header\u{3}@example.com>\r\n\
                 List-Unsubscribe: <https://example.com/u/\u{2}unsubscribe-token:header\u{3}>{mailto}\r\n\
                 X-Other: \u{2}vote-token:header\u{3}\r\n\r\n\
                 \u{2}greeting:text\u{3}=\r\n{}\r\n\u{2}greeting:html\u{3}=\r\n\u{2}address:html\u{3}=\r\n{}=\r\n\
                 \u{2}vote-token:text\u{3}=\r\n{}\r\n\u{2}address:text\u{3}=\r\n{}--\r\n",
                lines[0], lines[1], lines[2], lines[3],
            );
            let text = Text::parse(&frozen, &Locale::default(), Some(&SIGNER)).unwrap();
            let delivery = Delivery {
                edition: 7,
                subscriber: 42,
                address_tag: 5,
                address: &Address::parse(&address).unwrap(),
                name: name.as_deref(),
                date: DateTime::UNIX_EPOCH.fixed_offset(),
            };
            let key = Key::from_bytes(&[7; 32]).unwrap();
            let values = Values::new(&key, &text.mail, &delivery);
            let mut mail = Vec::new();
            text.mail.compose(&values.reader(), &mut mail);
            let mut signed = text.sign(&values, AT).into_bytes();
            signed.extend_from_slice(&mail);
            SIGNER.sign(&mut mail, AT);
            prop_assert_eq!(String::from_utf8(signed), String::from_utf8(mail.clone()));
            prop_assert_eq!(text.octets(&values), mail.len());
        }
    }
}
