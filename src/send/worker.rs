//! One SMTP connection: takes claims, writes them, reports outcomes.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use subscribers::address::Address;
use tokio::sync::{Mutex, mpsc};

use super::ledger::{Attempt, Closed, Ledger, Permission};
use super::{Run, SendError, personal, retry};
use crate::config::OnDoubt;
use crate::smtp::{Conversation, Failure, Fate, Reply, Step};
use crate::store::deliveries::{Claim, Outcome, State};

/// How many conversations may break in a row, without one mail accepted in between, before the
/// relay is taken to be unusable.
const BROKEN_IN_A_ROW: u32 = 3;

/// An open conversation, counted in its run while it is open.
pub(super) struct Open {
    conversation: Conversation,
    _counted: Counted,
}

struct Counted(Arc<Run>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Opens a conversation with the run's relay.
pub(super) async fn open(run: &Arc<Run>) -> Result<Open, Failure> {
    let conversation = Conversation::open(&run.relay, run.bounce.domain_ascii()).await?;
    run.open.fetch_add(1, Ordering::Relaxed);
    Ok(Open {
        conversation,
        _counted: Counted(Arc::clone(run)),
    })
}

/// One sending task.
pub(super) struct Worker {
    run: Arc<Run>,
    ledger: Ledger,
    queue: Arc<Mutex<mpsc::Receiver<Claim>>>,
    open: Option<Open>,
    content: Vec<u8>,
    broken: u32,
}

/// What a worker does after a delivery.
enum Next {
    GoOn,
    /// The relay takes no more connections, and others are open: leave the work to them.
    Retire,
    /// The relay cannot be used.
    GiveUp(Failure),
}

/// How one attempt ended, before it is put into the ledger's words.
enum End {
    Replied(Reply),
    /// The connection broke; the relay may have taken the mail if `in_doubt`.
    Broke {
        failure: Failure,
        in_doubt: bool,
    },
    /// The relay refuses the sender, not the reader: nothing can be sent.
    RelayRefuses(Failure),
    /// Nothing was written because the reader may not be written to any more.
    Skipped,
    /// Nothing was written because another sender has the delivery now.
    Lost,
    /// The address cannot be written to through this relay.
    Unfit(String),
}

impl Worker {
    /// A task with a conversation that is open already, or without one yet.
    pub(super) fn new(
        run: Arc<Run>,
        ledger: Ledger,
        queue: Arc<Mutex<mpsc::Receiver<Claim>>>,
        open: Option<Open>,
    ) -> Self {
        Self {
            run,
            ledger,
            queue,
            open,
            content: Vec::new(),
            broken: 0,
        }
    }

    /// Works until there are no more claims or the run is stopped.
    pub(super) async fn work(mut self) -> Result<(), SendError> {
        let result = self.work_through().await;
        if result.is_err() {
            self.run.stop.cancel();
        }
        if let Some(open) = &mut self.open {
            open.conversation.quit().await;
        }
        result
    }

    async fn work_through(&mut self) -> Result<(), SendError> {
        while let Some(claim) = self.next().await {
            self.run.pace.turn().await;
            if self.run.stop.is_cancelled() {
                break;
            }
            match self.deliver(&claim).await {
                Ok(Next::GoOn) => {}
                Ok(Next::Retire) => break,
                Ok(Next::GiveUp(failure)) => return Err(self.run.relay_failed(failure)),
                // The writer's own result says what went wrong.
                Err(Closed) => break,
            }
        }
        Ok(())
    }

    async fn next(&self) -> Option<Claim> {
        let mut queue = self.queue.lock().await;
        tokio::select! {
            biased;
            () = self.run.stop.cancelled() => None,
            claim = queue.recv() => claim,
        }
    }

    async fn deliver(&mut self, claim: &Claim) -> Result<Next, Closed> {
        if self.open.is_none() {
            match open(&self.run).await {
                Ok(open) => self.open = Some(open),
                Err(failure) => return self.not_opened(claim, failure).await,
            }
        }
        let Some(open) = self.open.as_mut() else {
            return Ok(Next::Retire);
        };
        let conversation = &mut open.conversation;
        let end = attempt(
            &self.run,
            &self.ledger,
            conversation,
            claim,
            &mut self.content,
        )
        .await?;
        let next = self.make_ready(&end).await;
        self.report(claim, end).await?;
        Ok(next)
    }

    /// The claim goes back; the others go on, if there are any.
    async fn not_opened(&mut self, claim: &Claim, failure: Failure) -> Result<Next, Closed> {
        let next = match self.run.open.load(Ordering::Relaxed) {
            0 => Next::GiveUp(failure.clone()),
            _ => Next::Retire,
        };
        self.report(
            claim,
            End::Broke {
                failure,
                in_doubt: false,
            },
        )
        .await?;
        Ok(next)
    }

    /// Gets the connection ready for the next delivery.
    async fn make_ready(&mut self, end: &End) -> Next {
        match end {
            End::RelayRefuses(failure) => return Next::GiveUp(failure.clone()),
            End::Broke { failure, .. } => {
                self.open = None;
                self.broken += 1;
                if self.broken >= BROKEN_IN_A_ROW {
                    return Next::GiveUp(failure.clone());
                }
            }
            End::Replied(reply) if reply.fate() == Fate::Accepted => self.broken = 0,
            // RFC 5321 §3.8: after 421 the relay closes the connection.
            End::Replied(reply) if reply.code == 421 => self.open = None,
            End::Replied(_) | End::Skipped | End::Lost | End::Unfit(_) => self.reset().await,
        }
        Next::GoOn
    }

    async fn reset(&mut self) {
        if let Some(open) = self.open.as_mut()
            && open.conversation.reset().await.is_err()
        {
            self.open = None;
        }
    }

    /// Puts the end of an attempt into the ledger.
    async fn report(&self, claim: &Claim, end: End) -> Result<(), Closed> {
        if let Some(attempt) = self.in_the_ledgers_words(claim, end) {
            self.run.progress.count(attempt.outcome.state);
            self.ledger.record(attempt).await?;
        }
        Ok(())
    }

    fn in_the_ledgers_words(&self, claim: &Claim, end: End) -> Option<Attempt> {
        let (state, reply, dead_mailbox) = match end {
            End::Replied(reply) => {
                let (state, dead) = match reply.fate() {
                    Fate::Accepted => (State::Accepted, false),
                    Fate::Deferred => (State::Deferred, false),
                    Fate::Refused => (State::Refused, false),
                    Fate::DeadMailbox => (State::Refused, true),
                };
                (state, reply.to_string(), dead)
            }
            End::Broke {
                failure,
                in_doubt: true,
            } => (State::Unknown, failure.to_string(), false),
            End::Broke {
                failure,
                in_doubt: false,
            }
            | End::RelayRefuses(failure) => (State::Queued, failure.to_string(), false),
            End::Unfit(why) => (State::Refused, why, false),
            End::Skipped => {
                self.run.progress.count(State::Skipped);
                return None;
            }
            End::Lost => return None,
        };
        let (state, due_at) = self.schedule(claim, state);
        let outcome = Outcome {
            edition: claim.edition,
            subscriber: claim.subscriber,
            state,
            due_at,
            reply: Some(without_address(reply, &claim.address)),
        };
        Some(Attempt {
            outcome,
            dead_mailbox,
        })
    }

    /// When a delivery is tried again that was deferred, or is in doubt and to be sent again. Past
    /// `retry_for` the one is refused, and the other stays in doubt.
    fn schedule(&self, claim: &Claim, state: State) -> (State, Option<i64>) {
        let config = &self.run.engine.config.smtp;
        let at_last = match state {
            State::Deferred => State::Refused,
            State::Unknown if config.on_doubt == OnDoubt::Resend => State::Unknown,
            _ => return (state, None),
        };
        let due = self.run.engine.clock.now() + retry::wait(claim.attempts + 1);
        let deadline = self.run.edition.created_at + config.retry_for.num_milliseconds();
        if due.timestamp_millis() > deadline {
            (at_last, None)
        } else {
            (State::Deferred, Some(due.timestamp_millis()))
        }
    }
}

/// Relays like to quote the address; the ledger names readers by number only, so that whoever is
/// erased is gone from it too.
fn without_address(reply: String, address: &str) -> String {
    if address.is_empty() {
        return reply;
    }
    reply.replace(address, "the address")
}

/// Composes one reader's mail and writes it. The mark travels to the disk while the relay looks at
/// the envelope; the content waits for both.
async fn attempt(
    run: &Run,
    ledger: &Ledger,
    conversation: &mut Conversation,
    claim: &Claim,
    content: &mut Vec<u8>,
) -> Result<End, Closed> {
    let delivery = (claim.edition, claim.subscriber);
    let address = Address::parse(&claim.address);
    let fit = match &address {
        Ok(address) if address.needs_smtputf8() && !conversation.takes_utf8() => {
            Err("the relay takes no address outside ASCII (SMTPUTF8, RFC 6531)".to_owned())
        }
        Ok(address) => Ok(address),
        Err(error) => Err(format!("the address cannot be used: {error}")),
    };
    let address = match fit {
        Ok(address) => address,
        Err(why) => {
            // The mark also re-checks consent: an erased reader is skipped, not refused.
            return Ok(match ledger.mark(delivery).await? {
                Permission::Write => End::Unfit(why),
                Permission::Skip => End::Skipped,
                Permission::Lost => End::Lost,
            });
        }
    };
    let key = &run.engine.key;
    let name = claim.name.as_deref();
    personal::compose(
        key,
        &run.mail,
        claim.edition,
        claim.subscriber,
        address,
        name,
        content,
    );
    let from = personal::return_path(key, &run.bounce, claim.edition, claim.subscriber);
    let to = address.on_the_wire();
    let (permission, envelope) =
        tokio::join!(ledger.mark(delivery), conversation.envelope(&from, &to));
    match permission? {
        Permission::Skip => return Ok(End::Skipped),
        Permission::Lost => return Ok(End::Lost),
        Permission::Write => {}
    }
    let written = match envelope {
        Ok(()) => conversation.content(content).await,
        Err(failure) => Err(failure),
    };
    Ok(match written {
        Ok(reply) => End::Replied(reply),
        Err(failure) => sort(failure),
    })
}

fn sort(failure: Failure) -> End {
    match failure {
        Failure::Refused {
            step: Step::Mail,
            ref reply,
        } if reply.fate() != Fate::Deferred => End::RelayRefuses(failure),
        Failure::Refused { reply, .. } => End::Replied(reply),
        Failure::Lost {
            content_complete, ..
        } => End::Broke {
            in_doubt: content_complete,
            failure,
        },
    }
}
