//! Mails to one reader that are not editions: what a page asked for, by its row in the notices.
//!
//! A page writes the row and answers; whoever sends takes it up, decides what is to be said to whom
//! (`notices/decide.rs`), and sends it. A mail that went out just when its sender died goes out again,
//! under the same Message-ID.

mod decide;

use chrono::TimeDelta;
use subscribers::address::Address;
use subscribers::consent::Consent;
use subscribers::token::{self, Purpose, Token};
use templates::letter::notice::{self as reader, ReaderNotice};

use crate::engine::Engine;
use crate::smtp::{Conversation, Failure, Fate, Single, SingleError};
use crate::store::notices::{self, Kind, Notice, TO_CONFIRM};
use crate::store::{StoreError, limits, subscribers as list};

/// How many notices are taken at a time.
const BATCH: i64 = 20;
/// How long whoever took them has.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How soon a mail that was put off is tried again, at first and at most.
const REST: (TimeDelta, TimeDelta) = (TimeDelta::minutes(1), TimeDelta::hours(1));

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many notices it took up.
    pub taken: usize,
    /// True if the editors are to be told of uncommonly many sign-ups.
    pub alarm: bool,
}

/// Takes up what is due, and sends it over one connection.
///
/// # Errors
/// If the store refuses. A relay that refuses is logged, and tried again later.
pub async fn deliver_due(engine: &Engine) -> Result<Round, StoreError> {
    let now = engine.clock.now_millis();
    if !notices::is_any_due(&engine.store, now).await? {
        return Ok(Round::default());
    }
    let until = now + LEASE.num_milliseconds();
    let taken = notices::take(&engine.store, now, until, BATCH).await?;
    let mut round = Round {
        taken: taken.len(),
        alarm: false,
    };
    let mut letters = Vec::new();
    for notice in taken {
        if notice.kind == Kind::Alarm {
            round.alarm = true;
            notices::put_off(&engine.store, notice.id, None).await?;
        } else if let Some(letter) = letter(engine, notice).await? {
            letters.push(letter);
        }
    }
    send(engine, &letters).await?;
    Ok(round)
}

/// Forgets sign-ups that nobody confirmed, links that have expired and limits that are over.
///
/// # Errors
/// If the store refuses.
pub async fn purge(engine: &Engine) -> Result<(), StoreError> {
    let now = engine.clock.now_millis();
    let before = now - TO_CONFIRM.num_milliseconds();
    notices::purge(&engine.store, now).await?;
    let forgotten = list::purge_pending(&engine.store, before, now).await?;
    limits::purge(&engine.store, now).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "sign-ups that nobody confirmed");
    }
    Ok(())
}

/// A mail ready to be sent.
struct Letter {
    notice: Notice,
    to: Address,
    mail: ReaderNotice,
}

/// The mail of a notice; `None` if there is nothing to say, and the notice is ended.
async fn letter(engine: &Engine, notice: Notice) -> Result<Option<Letter>, StoreError> {
    let id = notice.id;
    let decided = decide::decide(engine, notice).await?;
    let mut letter = None;
    if let Some(notice) = decided {
        letter = recipient(engine, &notice).await?.map(|to| Letter {
            mail: written(engine, &notice),
            to,
            notice,
        });
    }
    if letter.is_none() {
        let mut tx = engine.store.begin().await?;
        notices::end(&mut tx, id).await?;
        tx.commit().await?;
    }
    Ok(letter)
}

/// Where a notice goes. Nobody is written to who complained, or whose mailbox is dead unless they ask to
/// come back.
async fn recipient(engine: &Engine, notice: &Notice) -> Result<Option<Address>, StoreError> {
    let address = match notice.kind {
        Kind::Address | Kind::Taken | Kind::Moved => notice.address.clone(),
        _ => {
            let subscriber = match notice.subscriber {
                Some(id) => list::get(&engine.store, id).await?,
                None => None,
            };
            let may = |consent: Consent| {
                consent.may_receive()
                    || consent == Consent::Unsubscribed
                    || notice.kind == Kind::Confirm
            };
            subscriber
                .filter(|subscriber| may(subscriber.consent))
                .and_then(|subscriber| subscriber.address)
        }
    };
    Ok(address.and_then(|address| Address::parse(&address).ok()))
}

fn written(engine: &Engine, notice: &Notice) -> ReaderNotice {
    let newsletter = engine.newsletter();
    let link = |path: &str, purpose| {
        let token = Token {
            purpose,
            subscriber: notice.subscriber.unwrap_or_default(),
            about: notice.id,
        };
        let token = token::sign(&engine.key, token);
        format!("{}/{path}/{token}", newsletter.base_url)
    };
    match notice.kind {
        Kind::Already | Kind::Join | Kind::Undo | Kind::Alarm => reader::already(&newsletter),
        Kind::Confirm => reader::confirm(&newsletter, &link("confirm", Purpose::Confirm)),
        Kind::Settings => reader::settings(&newsletter, &link("reader", Purpose::Preferences)),
        Kind::Address | Kind::Move => {
            reader::address(&newsletter, &link("address", Purpose::Address))
        }
        Kind::Taken => reader::taken(&newsletter),
        Kind::Moved => reader::moved(&newsletter),
        Kind::Erase => reader::erase(&newsletter, &link("erase", Purpose::Erase)),
    }
}

async fn send(engine: &Engine, letters: &[Letter]) -> Result<(), StoreError> {
    if letters.is_empty() {
        return Ok(());
    }
    let from = &engine.config.newsletter.from;
    let opened = Conversation::open(&engine.config.smtp.relay, from.email.domain()).await;
    let mut conversation = match opened {
        Ok(conversation) => Ok(conversation),
        Err(failure) => {
            tracing::error!(%failure, waiting = letters.len(), "notices wait for the relay");
            Err(())
        }
    };
    for letter in letters {
        let sent = match &mut conversation {
            Ok(conversation) => send_one(engine, conversation, letter).await,
            Err(()) => Sent::Later,
        };
        if sent == Sent::Lost {
            conversation = Err(());
        }
        let due_at = match sent {
            Sent::Done => None,
            Sent::Later | Sent::Lost => next_try(engine, &letter.notice),
        };
        notices::put_off(&engine.store, letter.notice.id, due_at).await?;
    }
    if let Ok(mut conversation) = conversation {
        conversation.quit().await;
    }
    Ok(())
}

/// What came of a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    /// The relay took it, or never will.
    Done,
    /// The relay wants it later.
    Later,
    /// The connection is gone.
    Lost,
}

async fn send_one(engine: &Engine, conversation: &mut Conversation, letter: &Letter) -> Sent {
    let notice = &letter.notice;
    // Editions count up from 1, notices down from -1: no two mails share their Message-ID.
    let id = token::message_id(
        &engine.key,
        -notice.id,
        notice.subscriber.unwrap_or_default(),
    );
    let from = &engine.config.newsletter.from;
    let message_id = format!("{id}@{}", from.email.domain());
    let mail = Single {
        from,
        reply_to: engine.config.newsletter.reply_to.as_ref(),
        to: &letter.to,
        return_path: &engine.config.smtp.bounce_address,
        subject: &letter.mail.subject,
        text: &letter.mail.text,
        html: Some(&letter.mail.html),
        message_id: Some(&message_id),
    };
    let sent = conversation.single(&mail).await;
    let (outcome, why) = match sent {
        Ok(_) => return Sent::Done,
        Err(SingleError::Relay(Failure::Refused { reply, .. })) => match reply.fate() {
            // What the relay has against the sender may be put right before the link expires.
            Fate::Deferred | Fate::Objection => (Sent::Later, reply.code.to_string()),
            _ => (Sent::Done, reply.code.to_string()),
        },
        Err(SingleError::Relay(failure)) => (Sent::Lost, failure.to_string()),
        Err(error) => (Sent::Done, error.to_string()),
    };
    let kind = notice.kind.key();
    let again = outcome != Sent::Done;
    tracing::warn!(
        notice = notice.id,
        kind,
        why,
        again,
        "a notice did not go out"
    );
    outcome
}

/// When a notice is tried again, as long as its link is good.
fn next_try(engine: &Engine, notice: &Notice) -> Option<i64> {
    let doublings = u32::try_from(notice.attempts.clamp(1, 12) - 1).unwrap_or_default();
    let rest = (REST.0 * 2_i32.pow(doublings)).min(REST.1);
    let at = engine.clock.now_millis() + rest.num_milliseconds();
    (at < notice.expires_at).then_some(at)
}
