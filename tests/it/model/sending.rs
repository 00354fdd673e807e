//! Issues go out: freezing, sending over a relay that misbehaves, and the operator's decisions.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::catcher::{Behaviour, Gate, Step as At};
use verdict::delivery::{self, CompactError, Progress, RunResult, SendError};
use verdict::edition::{self, EditionError};
use verdict::store::Tx;
use verdict::store::deliveries::{self, Again, State};
use verdict::store::editions::{self, Edition, EditionState};

use super::checks::Checked;
use super::consent::{List, Mailbox, Time};
use super::steps::{Act, MAILBOXES, Relay};
use super::world::{World, nth_last};

/// An issue on its way, up to the final dot of its first mail.
struct AtTheDot {
    gate: Gate,
    sent: tokio::task::JoinHandle<Result<RunResult, SendError>>,
    before: List,
}

impl World {
    /// Freezes a new issue, if any reader would get it.
    pub(super) async fn freeze(&mut self) -> Checked<Option<String>> {
        self.issues += 1;
        let slug = format!("issue-{}", self.issues);
        self.tell(format!("{slug} is frozen"));
        self.app.issue(&slug);
        let wanted = (0..MAILBOXES.len()).any(|mailbox| self.is_wanted_at(mailbox));
        match edition::open(&self.app, &slug).await {
            Ok(_) if wanted => {
                self.slugs.push(slug.clone());
                Ok(Some(slug))
            }
            Err(EditionError::Nobody { .. }) if !wanted => Ok(None),
            Err(EditionError::Nobody { .. }) => {
                Err("nobody would get it; the model says who".to_owned())
            }
            opened => Err(format!("nobody may get it, and it was frozen: {opened:?}")),
        }
    }

    /// True if the reader with this mailbox must get every issue now.
    pub(super) fn is_wanted_at(&self, mailbox: Mailbox) -> bool {
        let reader = self.list.at(mailbox);
        reader.is_some_and(|(number, _)| self.list.may_get(number, mailbox).is_ok())
    }

    pub(super) async fn send_well(&mut self) -> Checked {
        self.send_all(Relay::Takes, &[]).await?;
        self.check().await
    }

    pub(super) async fn send_all(&mut self, relay: Relay, meanwhile: &[Act]) -> Checked {
        self.tell(format!("what is due goes out; the relay: {relay:?}"));
        let mut meanwhile = meanwhile;
        for (slug, edition) in self.editions().await {
            if edition.state != EditionState::Sending {
                continue;
            }
            let mut rounds = 0;
            loop {
                let (ended, happened) = self.send_once(&edition, relay, meanwhile).await?;
                if happened {
                    meanwhile = &[];
                }
                rounds += 1;
                match ended {
                    RunResult::Waiting(due) if due <= self.list.now && rounds < 5 => {}
                    RunResult::Waiting(_) | RunResult::Finished => break,
                    other => return Err(format!("{slug}: the send ended {other:?}")),
                }
            }
        }
        self.app.catcher.set(Behaviour::new());
        Ok(())
    }

    async fn send_once(
        &mut self,
        edition: &Edition,
        relay: Relay,
        meanwhile: &[Act],
    ) -> Checked<(RunResult, bool)> {
        let gate = Gate::new();
        let mut behaviour = Behaviour::new();
        if !meanwhile.is_empty() {
            behaviour = behaviour.at(At::Dot).times(1).pause(&gate);
        }
        self.app.catcher.set(misbehaving(behaviour, relay));
        let (app, edition) = (App::clone(&self.app), edition.clone());
        let number = edition.id;
        let mut sent = tokio::spawn(async move {
            let progress = Arc::new(Progress::default());
            delivery::send(&app, &edition, progress, CancellationToken::new()).await
        });
        let ended = tokio::select! {
            ended = &mut sent => Some(ended),
            () = gate.reached(), if !meanwhile.is_empty() => None,
        };
        let doubtful = match relay {
            Relay::HangsUp(mailbox) => Some(mailbox),
            _ => None,
        };
        if let Some(ended) = ended {
            self.hear_bounces(relay).await;
            self.compare().await?;
            self.read_the_mails(None, doubtful)?;
            return Ok((ended.unwrap().unwrap(), false));
        }
        self.hear_bounces(relay).await;
        let at_the_dot = AtTheDot {
            gate,
            sent,
            before: self.list.clone(),
        };
        let ended = self
            .happens(at_the_dot, number, meanwhile, (relay, doubtful))
            .await?;
        Ok((ended, true))
    }

    /// Something happens while the first mail is at its final dot.
    async fn happens(
        &mut self,
        at_the_dot: AtTheDot,
        edition: i64,
        meanwhile: &[Act],
        (relay, doubtful): (Relay, Option<Mailbox>),
    ) -> Checked<RunResult> {
        let AtTheDot { gate, sent, before } = at_the_dot;
        let on_the_wire = self.on_the_wire(edition).await;
        self.tell("meanwhile, with the first mail at its final dot:");
        for act in meanwhile {
            self.act(*act).await?;
            self.look_at_the_queue(true).await?;
        }
        self.tell("the relay goes on");
        gate.release();
        let ended = sent.await.unwrap().unwrap();
        self.hear_bounces(relay).await;
        self.compare().await?;
        let held = on_the_wire.map(|subscriber| (subscriber, &before));
        self.read_the_mails(held, doubtful)?;
        Ok(ended)
    }

    async fn on_the_wire(&self, edition: i64) -> Option<i64> {
        let edition = editions::get(&self.app.store, edition).await.unwrap()?;
        for id in self.numbers.keys() {
            let history = deliveries::history(&self.app.store, *id).await.unwrap();
            let flies = |one: &deliveries::HistoryEntry| {
                one.slug == edition.slug && one.state == State::InFlight
            };
            if history.iter().any(flies) {
                return Some(*id);
            }
        }
        None
    }

    /// A relay that reports a mailbox as missing is believed if it was asked: only the list has that.
    async fn hear_bounces(&mut self, relay: Relay) {
        let Relay::Bounces(mailbox) = relay else {
            return;
        };
        let subscriber = self.subscriber(mailbox).await;
        if subscriber.is_some_and(|one| one.consent == subscribers::consent::Consent::Bounced) {
            self.list.bounce(mailbox);
        }
    }

    pub(super) async fn resend(&mut self, older: usize, refused: bool) -> Checked {
        let Some(edition) = self.sendable_edition(older).await else {
            return Ok(());
        };
        let what = if refused { "--refused" } else { "--deferred" };
        self.tell(format!("resend {what} of {}", edition.slug));
        let now = self.list.now;
        let mut tx = self.app.store.begin().await.unwrap();
        editions::hold(&mut tx, edition.id).await.unwrap();
        let (id, kind) = (edition.id, edition.kind);
        let again = match refused {
            true => Again::Refused,
            false => Again::Deferred,
        };
        let readers = deliveries::resendable(&self.app.store, id, kind, again, now).await;
        let readers = readers.unwrap();
        let queued = deliveries::resend(&mut tx, id, kind, again, &readers, now).await;
        reopen(tx, &edition, queued.unwrap(), now).await;
        self.send_well().await
    }

    pub(super) async fn settle(&mut self, older: usize, resend: bool) -> Checked {
        let Some(edition) = self.sendable_edition(older).await else {
            return Ok(());
        };
        let what = if resend { "--resend" } else { "--leave" };
        self.tell(format!("settle {what} of {}", edition.slug));
        let (app, now) = (App::clone(&self.app), self.list.now);
        delivery::take_over(&app, &edition).await.unwrap();
        let doubts = deliveries::doubts(&app.store, edition.id).await.unwrap();
        let doubts: Vec<i64> = doubts.iter().map(|doubt| doubt.subscriber).collect();
        let mut tx = app.store.begin().await.unwrap();
        editions::hold(&mut tx, edition.id).await.unwrap();
        if resend {
            let (id, kind) = (edition.id, edition.kind);
            let queued = deliveries::resend_unknown_of(&mut tx, id, kind, &doubts, now).await;
            reopen(tx, &edition, queued.unwrap(), now).await;
            return self.send_well().await;
        }
        deliveries::leave_unknown(&mut tx, edition.id, &doubts, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Ok(())
    }

    /// What readers got stays known.
    pub(super) async fn compact(&mut self, older: usize) -> Checked {
        let Some(edition) = self.older_edition(older).await else {
            return Ok(());
        };
        self.tell(format!("compact {}", edition.slug));
        let before = self.histories().await;
        match delivery::compact(&self.app, &edition, |_| {}).await {
            Ok(_) => {}
            Err(CompactError::Store(error)) => panic!("{error}"),
            Err(reason) => self.tell(format!("refused: {reason}")),
        }
        match self.histories().await == before {
            true => Ok(()),
            false => Err(format!(
                "{} was compacted, and {before:?} changed",
                edition.slug
            )),
        }
    }

    /// Every delivery to each reader: its edition, state, attempts and time.
    async fn histories(&self) -> Vec<(i64, Vec<(String, State, i64, Option<i64>)>)> {
        let mut histories = Vec::new();
        for id in self.numbers.keys() {
            let history = deliveries::history(&self.app.store, *id).await.unwrap();
            let facts = history
                .into_iter()
                .map(|one| (one.slug, one.state, one.attempts, one.at));
            histories.push((*id, facts.collect()));
        }
        histories
    }

    async fn sendable_edition(&self, older: usize) -> Option<Edition> {
        let edition = self.older_edition(older).await;
        edition.filter(|edition| edition.compacted_at.is_none())
    }

    async fn older_edition(&self, older: usize) -> Option<Edition> {
        let editions = self.editions().await;
        nth_last(&editions, older).map(|(_, edition)| edition.clone())
    }
}

async fn reopen(mut tx: Tx, edition: &Edition, queued: u64, now: Time) {
    let state = editions::state(&mut tx, edition.id).await.unwrap();
    if state == EditionState::Finished && queued > 0 {
        editions::resume(&mut tx, edition.id, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn misbehaving(behaviour: Behaviour, relay: Relay) -> Behaviour {
    match relay {
        Relay::Takes => behaviour,
        Relay::Defers(to) => behaviour
            .at(At::Dot)
            .to(MAILBOXES[to])
            .reply(451, "4.3.0 Later"),
        Relay::Bounces(to) => behaviour
            .at(At::Rcpt)
            .to(MAILBOXES[to])
            .reply(550, "5.1.1 No such user"),
        Relay::Refuses(to) => behaviour
            .at(At::Rcpt)
            .to(MAILBOXES[to])
            .reply(552, "5.2.2 Mailbox full"),
        Relay::HangsUp(to) => behaviour
            .at(At::Dot)
            .to(MAILBOXES[to])
            .accept_then_hang_up(),
    }
}
