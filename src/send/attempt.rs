//! How one attempt ended, and what the ledger is told of it.

use super::ledger::Attempt;
use super::{Run, retry};
use crate::config::OnDoubt;
use crate::smtp::{Failure, Fate, Reply, Step};
use crate::store::deliveries::{Claim, Outcome, State};

/// The end of one attempt.
pub(super) enum End {
    /// The relay decided.
    Replied(Reply),
    /// The connection broke; the relay may have taken the mail if `in_doubt`.
    Broke { failure: Failure, in_doubt: bool },
    /// The relay refuses the sender, not the reader: nothing can be sent.
    RelayRefuses(Failure),
    /// Nothing was written because the reader may not be written to any more.
    Skipped,
    /// Nothing was written because another sender has the delivery now.
    Lost,
    /// The address cannot be written to through this relay.
    Unfit(String),
}

impl From<Result<Reply, Failure>> for End {
    fn from(written: Result<Reply, Failure>) -> Self {
        match written {
            Ok(reply) => Self::Replied(reply),
            Err(failure) => Self::from(failure),
        }
    }
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        match failure {
            // The relay closes the connection between two mails; nobody was refused.
            Failure::Refused {
                step: Step::Mail,
                ref reply,
            } if reply.code == 421 => Self::Broke {
                failure,
                in_doubt: false,
            },
            Failure::Refused {
                step: Step::Mail,
                ref reply,
            } if reply.fate() != Fate::Deferred => Self::RelayRefuses(failure),
            Failure::Refused { reply, .. } => Self::Replied(reply),
            Failure::Lost {
                content_complete, ..
            } => Self::Broke {
                in_doubt: content_complete,
                failure,
            },
        }
    }
}

impl End {
    /// What the ledger records; `None` where it was told already, or by another sender.
    pub(super) fn in_the_ledgers_words(self, run: &Run, claim: &Claim) -> Option<Attempt> {
        let (state, reply, dead_mailbox) = match self {
            Self::Replied(reply) => {
                let (state, dead) = match reply.fate() {
                    Fate::Accepted => (State::Accepted, false),
                    Fate::Deferred => (State::Deferred, false),
                    Fate::Refused => (State::Refused, false),
                    Fate::DeadMailbox => (State::Refused, true),
                };
                (state, reply.to_string(), dead)
            }
            Self::Broke {
                failure,
                in_doubt: true,
            } => (State::Unknown, failure.to_string(), false),
            Self::Broke {
                failure,
                in_doubt: false,
            }
            | Self::RelayRefuses(failure) => (State::Queued, failure.to_string(), false),
            Self::Unfit(why) => (State::Refused, why, false),
            Self::Skipped | Self::Lost => return None,
        };
        let (state, due_at) = schedule(run, claim, state);
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
}

/// When a delivery is tried again that was deferred, or is in doubt and to be sent again. Past
/// `retry_for` the one is refused, and the other stays in doubt.
fn schedule(run: &Run, claim: &Claim, state: State) -> (State, Option<i64>) {
    let config = &run.engine.config.smtp;
    let at_last = match state {
        State::Deferred => State::Refused,
        State::Unknown if config.on_doubt == OnDoubt::Resend => State::Unknown,
        _ => return (state, None),
    };
    let due = run.engine.clock.now() + retry::wait(claim.attempts + 1);
    let deadline = run.edition.created_at + config.retry_for.num_milliseconds();
    if due.timestamp_millis() > deadline {
        (at_last, None)
    } else {
        (State::Deferred, Some(due.timestamp_millis()))
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
