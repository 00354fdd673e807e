//! The end of an attempt, and what the ledger records of it.

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
    /// The address is invalid, or not one that the relay takes.
    Address(String),
    /// The mail is larger than the relay takes.
    Size(String),
}

pub(super) enum Attempt {
    /// The relay replied to the mail.
    Replied(Reply),
    /// The connection broke. If `in_doubt`, the relay may have taken the mail.
    Broke {
        failure: Failure,
        in_doubt: bool,
    },
    /// The connection broke several times in a row at this reader's mail, which the relay does not
    /// have.
    PutOff(Failure),
    /// The relay refused the sender before the reader was named: nothing can be sent.
    SenderRefused(Failure),
    /// Nothing was written: the reader left, or wants no such mail now.
    Skipped,
    /// Nothing was written: the reader has another address or name now, and the delivery is queued
    /// again.
    Returned,
    /// Nothing was written: another sender holds the delivery now.
    Lost,
    /// Nothing was written: the edition was paused or cancelled, or has a newer text.
    Halted,
    /// Nothing was written: the receiving domain's turn comes later.
    Postponed(DateTime<Utc>),
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
            // The relay closes the connection between two mails; it refused no reader.
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
    /// What the ledger records; `None` if it knows already, or another sender records it.
    pub(super) fn ledger_entry(self, run: &Run, claim: &Claim) -> Option<LedgerEntry> {
        let sign = self.sign();
        let mut dead_mailbox = None;
        let (state, reply) = match self {
            Self::Replied(reply) => {
                let state = match reply.class() {
                    Class::Accepted => State::Accepted,
                    Class::Deferred => State::Deferred,
                    Class::Refused | Class::PolicyRefusal => State::Refused,
                    Class::DeadMailbox => {
                        dead_mailbox = claim.address.clone();
                        State::Refused
                    }
                };
                (state, reply.to_string())
            }
            Self::Broke { failure, in_doubt } => match in_doubt {
                true => (State::Unknown, failure.to_string()),
                false => (State::Queued, failure.to_string()),
            },
            Self::PutOff(failure) => (State::Deferred, failure.to_string()),
            Self::SenderRefused(failure) => (State::Queued, failure.to_string()),
            Self::Unfit(Unfit::Address(why) | Unfit::Size(why)) => (State::Refused, why),
            Self::Postponed(until) => return Some(LedgerEntry::postponed(claim, until)),
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
            reply: Some(reply),
            repeated: is_repeated.then_some(1),
        };
        Some(LedgerEntry {
            outcome,
            dead_mailbox,
            sign,
            pause: None,
        })
    }

    /// What it means for the trust in the relay.
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
            // As if the relay had replied 552 5.3.4.
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
                // Rounded up, so that a claim in the same millisecond is not too early.
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

/// How soon a delivery is retried after its `attempts`-th try. RFC 5321 §4.5.4.1 asks for half an
/// hour or more between tries; greylisting relays accept a second try after five minutes.
pub(super) fn retry_in(attempts: i64) -> TimeDelta {
    const RETRY: Backoff = Backoff::new(
        Duration::from_secs(5 * 60),
        Duration::from_secs(4 * 60 * 60),
    );
    let wait = RETRY.after(u32::try_from(attempts).unwrap_or(u32::MAX));
    TimeDelta::from_std(jittered(wait)).unwrap_or(TimeDelta::hours(4))
}

/// When to retry a delivery that was deferred, or that is in doubt and to be resent, which happens
/// once. After `retry_for`, the first is refused and the second stays in doubt.
fn schedule(run: &Run, claim: &Claim, state: State) -> (State, Option<i64>) {
    let config = &run.app.config.smtp;
    let at_last = match state {
        State::Deferred => State::Refused,
        // The relay may have taken it each time: a reader may get it twice at most.
        State::Unknown if config.on_doubt == OnDoubt::Resend && !claim.is_repeated => {
            State::Unknown
        }
        _ => return (state, None),
    };
    let due = run.app.clock.now() + retry_in(claim.attempts + 1);
    let from = run.edition.retries_count_from(claim.first_due_at);
    let deadline = from + config.retry_for.num_milliseconds();
    match due.timestamp_millis() {
        due if due > deadline => (at_last, None),
        due => (State::Deferred, Some(due)),
    }
}
