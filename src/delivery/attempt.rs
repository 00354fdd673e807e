//! How one attempt ended, and what the ledger is told of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Run;
use super::distrust::Sign;
use super::ledger::LedgerEntry;
use crate::backoff::{Backoff, jittered};
use crate::bounces::Class;
use crate::config::OnDoubt;
use crate::smtp::{Failure, Reply, Step};
use crate::store::deliveries::{Claim, Outcome, State};

/// Why a mail cannot go through a relay, known before the relay is asked.
#[derive(Clone, Debug)]
pub(super) enum Unfit {
    /// The address is none, or none that the relay takes.
    Address(String),
    /// The mail is larger than the relay takes.
    Size(String),
}

/// The end of one attempt.
pub(super) enum Attempt {
    /// The relay decided.
    Replied(Reply),
    /// The connection broke; the relay may have taken the mail if `in_doubt`.
    Broke { failure: Failure, in_doubt: bool },
    /// The connection broke several times in a row at this reader's mail, which the relay does not have.
    PutOff(Failure),
    /// The relay refuses the sender, before it heard of the reader: nothing can be sent.
    SenderRefused(Failure),
    /// Nothing was written because the reader left, or wants no such mail now.
    Skipped,
    /// Nothing was written because the reader has another address or name by now: the delivery is in the
    /// queue again.
    Returned,
    /// Nothing was written because another sender has the delivery now.
    Lost,
    /// Nothing was written because the edition was paused or cancelled.
    Halted,
    /// Nothing was written because the receiving domain's turn comes later.
    Postponed(DateTime<Utc>),
    /// The mail cannot be written through this relay.
    Unfit(Unfit),
}

impl From<Result<Reply, Failure>> for Attempt {
    fn from(written: Result<Reply, Failure>) -> Self {
        match written {
            Ok(reply) => Self::Replied(reply),
            Err(failure) => Self::from(failure),
        }
    }
}

impl From<Failure> for Attempt {
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
            } if reply.class() != Class::Deferred => Self::SenderRefused(failure),
            Failure::TooLarge { .. } => Self::SenderRefused(failure),
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

impl Attempt {
    /// What the ledger records; `None` where it was told already, or by another sender.
    pub(super) fn ledger_entry(self, run: &Run, claim: &Claim) -> Option<LedgerEntry> {
        let sign = self.sign();
        let (state, reply, dead_mailbox) = match self {
            Self::Replied(reply) => {
                let (state, dead) = match reply.class() {
                    Class::Accepted => (State::Accepted, false),
                    Class::Deferred => (State::Deferred, false),
                    Class::Refused | Class::PolicyRefusal => (State::Refused, false),
                    Class::DeadMailbox => (State::Refused, true),
                };
                (state, Some(reply.to_string()), dead)
            }
            Self::Broke { failure, in_doubt } => {
                let state = if in_doubt {
                    State::Unknown
                } else {
                    State::Queued
                };
                (state, Some(failure.to_string()), false)
            }
            Self::PutOff(failure) => (State::Deferred, Some(failure.to_string()), false),
            Self::SenderRefused(failure) => (State::Queued, Some(failure.to_string()), false),
            Self::Unfit(Unfit::Address(why) | Unfit::Size(why)) => {
                (State::Refused, Some(why), false)
            }
            Self::Postponed(until) => {
                return Some(LedgerEntry::postponed(claim, until));
            }
            Self::Skipped | Self::Returned | Self::Lost | Self::Halted => return None,
        };
        let in_doubt = state == State::Unknown;
        let (state, due_at) = schedule(run, claim, state);
        let is_repeated = in_doubt && state == State::Deferred;
        let outcome = Outcome {
            edition: claim.edition,
            subscriber: claim.subscriber,
            state,
            due_at,
            reply,
            repeated: is_repeated.then_some(1),
        };
        Some(LedgerEntry {
            outcome,
            dead_mailbox: dead_mailbox.then(|| claim.address.clone()),
            sign,
            pause: None,
        })
    }

    /// What it says about the relay.
    fn sign(&self) -> Sign {
        match self {
            Self::Replied(reply) => match reply.class() {
                Class::Accepted => Sign::Accepted,
                Class::PolicyRefusal => Sign::Objection(reply.to_string()),
                Class::Deferred | Class::Refused | Class::DeadMailbox => Sign::None,
            },
            Self::Broke {
                failure,
                in_doubt: true,
            } => Sign::Unanswered(failure.to_string()),
            // As if the relay had said so (552 5.3.4).
            Self::Unfit(Unfit::Size(why)) => Sign::Objection(why.clone()),
            Self::SenderRefused(failure) => Sign::SenderRefused(failure.to_string()),
            _ => Sign::None,
        }
    }
}

impl LedgerEntry {
    /// Nothing was tried: the receiving domain's turn comes later.
    fn postponed(claim: &Claim, until: DateTime<Utc>) -> Self {
        Self {
            outcome: Outcome {
                edition: claim.edition,
                subscriber: claim.subscriber,
                state: State::Queued,
                // Rounded up: what is claimed in its millisecond must not come before its turn.
                due_at: Some((until + TimeDelta::nanoseconds(999_999)).timestamp_millis()),
                reply: None,
                repeated: None,
            },
            dead_mailbox: None,
            sign: Sign::None,
            pause: None,
        }
    }
}

/// How soon a delivery is tried again after the `attempts`-th try (RFC 5321 §4.5.4.1 asks for half an hour or more
/// between tries; greylisting relays let a second try in after five minutes).
pub(super) fn retry_in(attempts: i64) -> TimeDelta {
    const RETRY: Backoff = Backoff::new(
        Duration::from_secs(5 * 60),
        Duration::from_secs(4 * 60 * 60),
    );
    let wait = RETRY.after(u32::try_from(attempts).unwrap_or(u32::MAX));
    TimeDelta::from_std(jittered(wait)).unwrap_or(TimeDelta::hours(4))
}

/// When a delivery is tried again that was deferred, or is in doubt and to be sent again, which happens once. Past
/// `retry_for` the one is refused, and the other stays in doubt.
fn schedule(run: &Run, claim: &Claim, state: State) -> (State, Option<i64>) {
    let config = &run.app.config.smtp;
    let at_last = match state {
        State::Deferred => State::Refused,
        // The relay may have taken it each time: once more is as often as a reader may get it.
        State::Unknown if config.on_doubt == OnDoubt::Resend && !claim.is_repeated => {
            State::Unknown
        }
        _ => return (state, None),
    };
    let due = run.app.clock.now() + retry_in(claim.attempts + 1);
    let from = run.edition.retries_count_from(claim.first_due_at);
    let deadline = from + config.retry_for.num_milliseconds();
    if due.timestamp_millis() > deadline {
        (at_last, None)
    } else {
        (State::Deferred, Some(due.timestamp_millis()))
    }
}
