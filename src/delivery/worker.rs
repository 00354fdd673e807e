//! One SMTP connection: takes claims, writes them and reports the outcomes.
//!
//! With a relay that supports pipelining, the envelope of the next claim goes out behind the
//! content of this one. The order makes that safe: the mark of a delivery is requested after the
//! outcome of the one before it, so one commit holds both, and a killed process leaves at most one
//! delivery in flight for each connection.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use subscribers::address::Address;
use tokio::sync::{Mutex, mpsc};

use super::attempt::Attempt;
use super::circuit_breaker::Counted;
use super::claims::{self, CLAIMS_PER_CONNECTION};
use super::domain_throttle::Turn;
use super::ledger::{Closed, Ledger, Permission};
use super::outgoing::{Outgoing, exchange};
use super::providers::domain_group;
use super::{Run, SendError};
use crate::bounces::Class;
use crate::smtp::{Conversation, Failure, Reply};
use crate::store::StoreError;
use crate::store::deliveries::{Claim, State};

/// How many conversations may break in a row, with no mail accepted in between, before the relay
/// counts as unusable.
const BROKEN_IN_A_ROW: u32 = 3;

pub(super) struct Open {
    conversation: Conversation,
    mails: u64,
    _counted: Counted,
}

pub(super) async fn open(run: &Run) -> Result<Open, Failure> {
    let mut conversation = Conversation::open(&run.relay, run.bounce.domain_ascii()).await?;
    let octets = run.least_octets;
    if let Some(limit) = conversation.size_limit().filter(|limit| octets > *limit) {
        conversation.quit().await;
        return Err(Failure::TooLarge { limit, octets });
    }
    Ok(Open {
        conversation,
        mails: 0,
        _counted: run.circuit_breaker.opened(),
    })
}

pub(super) struct Worker {
    run: Arc<Run>,
    ledger: Ledger,
    queue: Arc<Mutex<mpsc::Receiver<Claim>>>,
    open: Option<Open>,
    content: Vec<u8>,
    broken: u32,
    /// The reader whose mail broke the last conversation, and how many it broke in a row.
    last_break: Option<(i64, u32)>,
    /// True if a delivery of this task returned to the queue, maybe after the last claim was made.
    must_reclaim: bool,
    /// What this task claimed for that reason.
    claimed: VecDeque<Claim>,
}

enum Next {
    /// The next claim; its envelope may already be on its way.
    GoOn(Option<Outgoing>),
    Halt,
    GiveUp(Failure),
}

impl Worker {
    /// A task, with an open conversation or without one yet.
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
            last_break: None,
            must_reclaim: false,
            claimed: VecDeque::new(),
        }
    }

    /// Works until there are no more claims or the run is stopped. When the time to drain is over,
    /// drops what is on the wire.
    pub(super) async fn work(mut self) -> Result<(), SendError> {
        let run = Arc::clone(&self.run);
        let result = tokio::select! {
            result = self.work_through() => result,
            () = run.abandon.cancelled() => return Ok(()),
        };
        if result.is_err() {
            run.stop.cancel();
        }
        self.close().await;
        result
    }

    async fn work_through(&mut self) -> Result<(), SendError> {
        let mut ahead = None;
        loop {
            let outgoing = match ahead.take() {
                Some(outgoing) => outgoing,
                None => match self.next().await {
                    Ok(Some(outgoing)) => outgoing,
                    Ok(None) if self.reclaim().await? => continue,
                    Ok(None) | Err(Closed) => return Ok(()),
                },
            };
            tokio::select! {
                () = self.run.rate_limiter.turn() => {}
                () = self.run.stop.cancelled() => {}
            }
            if self.run.stop.is_cancelled() {
                self.abandon(&outgoing);
                return Ok(());
            }
            match self.deliver(outgoing).await {
                Ok(Next::GoOn(next)) => ahead = next,
                Ok(Next::Halt) => {
                    self.run.stop.cancel();
                    return Ok(());
                }
                Ok(Next::GiveUp(failure)) => return Err(self.run.relay_failed(failure)),
                // The writer's own result has the error. The relay may be waiting for content.
                Err(Closed) => {
                    self.open = None;
                    return Ok(());
                }
            }
        }
    }

    /// Waits for the next claim whose turn it is. Without a conversation, waits until it may open
    /// one first.
    async fn next(&mut self) -> Result<Option<Outgoing>, Closed> {
        if self.open.is_none() {
            tokio::select! {
                biased;
                () = self.run.stop.cancelled() => return Ok(None),
                () = self.run.circuit_breaker.wait() => {}
                // The other tasks hold what is left.
                () = self.run.all_claimed.cancelled(), if self.claimed.is_empty() => return Ok(None),
            }
        }
        loop {
            let Some(claim) = self.take().await else {
                return Ok(None);
            };
            if let Some(outgoing) = self.in_turn(claim).await? {
                return Ok(Some(outgoing));
            }
        }
    }

    /// Claims again, once there are no more claims, if something of this task returned to the
    /// queue: the run must not end without it. True if there is something to do.
    async fn reclaim(&mut self) -> Result<bool, StoreError> {
        if !std::mem::take(&mut self.must_reclaim) || self.run.stop.is_cancelled() {
            return Ok(false);
        }
        if self.ledger.settled().await.is_err() {
            return Ok(false);
        }
        let claims = claims::claim(&self.run, self.ledger.owner(), CLAIMS_PER_CONNECTION).await?;
        self.claimed = claims.into();
        Ok(!self.claimed.is_empty())
    }

    async fn take(&mut self) -> Option<Claim> {
        if let Some(claim) = self.claimed.pop_front() {
            return Some(claim);
        }
        let mut queue = self.queue.lock().await;
        tokio::select! {
            biased;
            () = self.run.stop.cancelled() => None,
            claim = queue.recv() => claim,
        }
    }

    /// The next claim whose turn it is, without waiting for one.
    async fn next_at_hand(&mut self) -> Result<Option<Outgoing>, Closed> {
        let last_here = self
            .open
            .as_ref()
            .is_none_or(|open| open.mails + 1 >= self.run.app.config.smtp.mails_per_connection);
        if last_here || self.run.stop.is_cancelled() {
            return Ok(None);
        }
        loop {
            let queued = || self.queue.try_lock().ok()?.try_recv().ok();
            let claim = self.claimed.pop_front().or_else(queued);
            let Some(claim) = claim else { return Ok(None) };
            if let Some(outgoing) = self.in_turn(claim).await? {
                return Ok(Some(outgoing));
            }
        }
    }

    /// Prepares the claim if its domain's turn is now; otherwise puts it back until then.
    async fn in_turn(&self, claim: Claim) -> Result<Option<Outgoing>, Closed> {
        let mut outgoing = Outgoing::new(&self.run, claim);
        let Some(address) = &outgoing.claim.address else {
            return Ok(Some(outgoing));
        };
        let now = self.run.app.clock.now();
        match self.run.domain_throttle.turn(address.domain_ascii(), now) {
            Turn::Now => {
                outgoing.begin_to_sign(&self.run);
                Ok(Some(outgoing))
            }
            Turn::At(later) => {
                self.report(&outgoing.claim, Attempt::Postponed(later))
                    .await?;
                Ok(None)
            }
        }
    }

    /// If the relay is waiting for content that will not come, closes the connection: it must then
    /// discard the mail (RFC 5321 §4.1.1.4). The claim returns to the queue when the run ends.
    fn abandon(&mut self, outgoing: &Outgoing) {
        if matches!(outgoing.envelope, Some(Ok(()))) {
            self.open = None;
        }
    }

    /// Ends the conversation with QUIT.
    async fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.conversation.quit().await;
        }
    }

    async fn deliver(&mut self, mut outgoing: Outgoing) -> Result<Next, Closed> {
        if self.open.is_none() {
            outgoing.envelope = None;
            match open(&self.run).await {
                Ok(open) => self.open = Some(open),
                Err(failure) => return self.not_opened(&outgoing.claim, failure).await,
            }
        }
        let Some(open) = self.open.as_mut() else {
            return Ok(Next::Halt);
        };
        open.mails += 1;
        let fit = outgoing.fit(&open.conversation).cloned();
        let (end, next) = match fit {
            Err(why) => (
                self.without_writing(&outgoing, Attempt::Unfit(why)).await?,
                None,
            ),
            Ok(address) => self.write(&mut outgoing, &address).await?,
        };
        let end = self.put_off(outgoing.claim.subscriber, end);
        let halted = matches!(end, Attempt::Halted);
        // What broke is due at once.
        self.must_reclaim |= matches!(
            end,
            Attempt::Returned
                | Attempt::Broke {
                    in_doubt: false,
                    ..
                }
        );
        let gave_up = self.make_ready(&outgoing, &end).await;
        self.report(&outgoing.claim, end).await?;
        Ok(match gave_up {
            Some(failure) => Next::GiveUp(failure),
            None if halted => Next::Halt,
            None => Next::GoOn(next),
        })
    }

    /// Returns the claim to the queue. The other tasks continue, if there are any; this one waits
    /// before it tries again.
    async fn not_opened(&mut self, claim: &Claim, failure: Failure) -> Result<Next, Closed> {
        let next = match self.run.circuit_breaker.failed() {
            true => Next::GiveUp(failure.clone()),
            false => Next::GoOn(None),
        };
        let in_doubt = false;
        self.report(claim, Attempt::Broke { failure, in_doubt })
            .await?;
        Ok(next)
    }

    /// Ends an attempt that writes nothing. The mark checks the reader first: one who left is
    /// skipped, and one with a new address gets the mail there, even if this address is unfit.
    async fn without_writing(
        &mut self,
        outgoing: &Outgoing,
        end: Attempt,
    ) -> Result<Attempt, Closed> {
        let permission = self.ledger.mark(outgoing.mark()).await?;
        Ok(denied(permission).unwrap_or(end))
    }

    /// Writes one mail, and the envelope of the next behind it. The mark travels to the disk while
    /// the relay checks the envelope; the content waits for both.
    async fn write(
        &mut self,
        outgoing: &mut Outgoing,
        address: &Address,
    ) -> Result<(Attempt, Option<Outgoing>), Closed> {
        let next = self.next_at_hand().await?;
        let Some(open) = self.open.as_mut() else {
            return Ok((Attempt::Lost, next));
        };
        let conversation = &mut open.conversation;
        let to = address.on_the_wire();
        let enveloped_before = outgoing.envelope.take();
        let envelope = outgoing.envelope_to(&to);
        let (permission, enveloped) = match enveloped_before {
            // The connection is gone and nothing was written, so there is nothing to mark.
            Some(Err(failure @ Failure::Lost { .. })) => (Permission::Write, Err(failure)),
            // Mark before a refusal counts, too: it must be about the address that the reader has
            // now.
            Some(enveloped) => (self.ledger.mark(outgoing.mark()).await?, enveloped),
            None => {
                let mark = self.ledger.mark(outgoing.mark());
                let (permission, enveloped) = tokio::join!(mark, conversation.envelope(envelope));
                (permission?, enveloped)
            }
        };
        let is_enveloped = enveloped.is_ok();
        let end = denied(permission).or_else(|| enveloped.err().map(Attempt::from));
        if let Some(end) = end {
            // RSET takes back a refused envelope; an accepted one takes closing the connection.
            if is_enveloped || conversation.reset().await.is_err() {
                self.open = None;
            }
            return Ok((end, next));
        }
        outgoing.write(&self.run, &mut self.content).await;
        Ok(exchange(conversation, &mut self.content, next).await)
    }

    /// Puts off a reader whose mail breaks one conversation after another, so that the others need
    /// not wait.
    fn put_off(&mut self, subscriber: i64, end: Attempt) -> Attempt {
        let Attempt::Broke {
            failure,
            in_doubt: false,
        } = &end
        else {
            self.last_break = None;
            return end;
        };
        if !failure.met_a_reader() {
            return end;
        }
        let before = match self.last_break {
            Some((reader, count)) if reader == subscriber => count,
            _ => 0,
        };
        self.last_break = Some((subscriber, before + 1));
        match before + 1 >= BROKEN_IN_A_ROW {
            true => Attempt::PutOff(failure.clone()),
            false => end,
        }
    }

    /// Prepares the connection for the next delivery; returns a failure that ends the run.
    async fn make_ready(&mut self, outgoing: &Outgoing, end: &Attempt) -> Option<Failure> {
        match end {
            Attempt::Broke { failure, .. } => {
                self.open = None;
                self.broken += 1;
                if self.broken >= BROKEN_IN_A_ROW {
                    return Some(failure.clone());
                }
            }
            // A relay that has taken other readers' mails is usable.
            Attempt::PutOff(failure) => {
                self.open = None;
                if self.run.progress.of(State::Accepted) == 0 {
                    return Some(failure.clone());
                }
                self.broken = 0;
            }
            Attempt::Replied(reply) => {
                self.run.app.metrics.replied(reply);
                self.slow_down(outgoing, reply);
                if reply.class() == Class::Accepted {
                    self.broken = 0;
                } else if reply.code == 421 {
                    // RFC 5321 §3.8: the relay closes the connection after it.
                    self.open = None;
                }
            }
            _ => {}
        }
        let most = self.run.app.config.smtp.mails_per_connection;
        if self.open.as_ref().is_some_and(|open| open.mails >= most) {
            self.close().await;
        }
        None
    }

    /// Slows down for a receiving domain that asks for it.
    fn slow_down(&self, outgoing: &Outgoing, reply: &Reply) {
        let Some(address) = &outgoing.claim.address else {
            return;
        };
        let (domain, now) = (address.domain_ascii(), self.run.app.clock.now());
        if let Some(until) = self.run.domain_throttle.on_reply(domain, reply, now) {
            let group = domain_group(domain);
            self.run.app.metrics.domain_rests(group, until);
            self.run.span.in_scope(|| {
                tracing::info!(domain, group, code = reply.code, %until, "a domain asks to slow down");
            });
        }
    }

    /// Records the end of an attempt in the ledger.
    async fn report(&self, claim: &Claim, end: Attempt) -> Result<(), Closed> {
        if matches!(end, Attempt::Skipped) {
            self.run.count(State::Skipped);
        }
        if matches!(end, Attempt::Broke { in_doubt: true, .. }) {
            self.run.unanswered.store(true, Ordering::Relaxed);
        }
        if let Some(attempt) = end.ledger_entry(&self.run, claim) {
            let (state, subscriber) = (attempt.outcome.state, claim.subscriber);
            if state != State::Accepted {
                self.run.span.in_scope(|| {
                    tracing::debug!(
                        subscriber,
                        outcome = state.into_str(),
                        "a mail was not accepted"
                    );
                });
            }
            self.run.count(state);
            self.ledger.record(attempt).await?;
        }
        Ok(())
    }
}

/// How an attempt ends if the mail may not be written.
fn denied(permission: Permission) -> Option<Attempt> {
    match permission {
        Permission::Write => None,
        Permission::Skip => Some(Attempt::Skipped),
        Permission::Returned => Some(Attempt::Returned),
        Permission::Lost => Some(Attempt::Lost),
        Permission::Halted => Some(Attempt::Halted),
    }
}
