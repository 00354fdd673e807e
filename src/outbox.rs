//! The outbox worker: decides requests, and sends every mail that is not an edition.
//!
//! A page stores a request and answers. The worker decides the request (`readers/requests.rs`) and queues a message.
//! Other stages queue messages through `store::outbox`. The worker uses a few connections and claims one message at a
//! time for each, so that a recipient who is slow, or makes the relay hang up, delays nobody else. A message leaves the
//! queue when the relay accepts it. A message that was on the wire when its node died goes out again, under the same
//! Message-ID.

mod compose;
mod message;
mod welcome;

use std::time::Duration;

use futures_util::future::join_all;
use tracing::Instrument as _;

use crate::app::App;
use crate::backoff::Backoff;
use crate::bounces::Class;
use crate::readers;
use crate::smtp::{Conversation, Envelope, Failure};
use crate::store::StoreError;
use crate::store::outbox::{self, Message, MessageState, Outcome};
use compose::compose;
use message::{Mail, dot_stuffed};

/// Most connections to the relay at a time.
const CONNECTIONS: i64 = 4;
/// How long a deferred message waits for its next attempt.
const RETRY: Backoff = Backoff::new(Duration::from_secs(60), Duration::from_secs(3600));
/// How long to wait before an outcome is recorded again, after the store was unavailable.
const STORE_RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(10));

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many requests were decided, and messages attempted.
    pub done: usize,
    /// True if the relay could not be reached. Messages wait for it.
    pub relay_is_away: bool,
}

/// Decides the requests and sends the messages that are due. `node` is the number under which this process is
/// registered.
///
/// # Errors
/// If the store fails. Failures of the relay are logged, and the message is tried again later.
pub async fn deliver_due(app: &App, node: i64) -> Result<Round, StoreError> {
    let mut round = Round::default();
    round.done += readers::decide_requests(app).await?;
    let now = app.clock.now_millis();
    let due = outbox::due(&app.store, now, CONNECTIONS).await?;
    for sent in join_all((0..due).map(|_| send_due(app, node))).await {
        let sent = sent?;
        round.done += sent.done;
        round.relay_is_away |= sent.relay_is_away;
    }
    Ok(round)
}

/// Returns the messages of dead nodes to the queue.
pub async fn recover(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    crate::store::nodes::expire(&mut tx).await?;
    let recovered = outbox::recover(&mut tx).await?;
    tx.commit().await?;
    if recovered > 0 {
        tracing::warn!(recovered, "took over messages of a node that is gone");
    }
    Ok(())
}

/// Sends the messages that are due over one connection, until none is left or the relay cannot be reached. Connects
/// before it claims a message, so that an unreachable relay costs no message an attempt.
async fn send_due(app: &App, node: i64) -> Result<Round, StoreError> {
    let mut round = Round::default();
    let mut open: Option<Conversation> = None;
    loop {
        let mut conversation = match open.take() {
            Some(conversation) => conversation,
            None => match app.connect_to_relay().await {
                Ok(conversation) => conversation,
                Err(failure) => {
                    tracing::error!(%failure, "the outbox waits for the relay");
                    round.relay_is_away = true;
                    return Ok(round);
                }
            },
        };
        let now = app.clock.now_millis();
        let Some(message) = outbox::claim(&app.store, node, now).await? else {
            conversation.quit().await;
            return Ok(round);
        };
        round.done += 1;
        // At the level `error`, so that no filter that lets a line pass drops the message from it.
        let (id, kind) = (message.id, message.kind.into_str());
        let span = tracing::error_span!("message", message = id, kind);
        let tried = async {
            let attempted = attempt(app, &mut conversation, &message).await?;
            record(app, node, &message, attempted).await
        };
        tried.instrument(span).await?;
        open = Some(conversation).filter(Conversation::is_usable);
    }
}

/// The state of a message after an attempt, and the relay's reply or the error.
type Attempted = (MessageState, Option<String>);

async fn attempt(
    app: &App,
    conversation: &mut Conversation,
    message: &Message,
) -> Result<Attempted, StoreError> {
    let Some(mail) = compose(app, message).await? else {
        return Ok((MessageState::Withdrawn, None));
    };
    if let Some(objection) = conversation.objection(&mail.to) {
        return Ok((MessageState::Refused, Some(objection.to_owned())));
    }
    let content = match mail.content(&app.config.newsletter) {
        Ok(content) => content,
        Err(error) => return Ok((MessageState::Refused, Some(error.to_string()))),
    };
    let (state, reply) = match app.signed(content).await {
        Ok(signed) => send(conversation, &mail, dot_stuffed(&signed)).await,
        Err(error) => (MessageState::Queued, error.to_string()),
    };
    Ok((state, Some(reply)))
}

async fn send(
    conversation: &mut Conversation,
    mail: &Mail,
    mut content: Vec<u8>,
) -> (MessageState, String) {
    let envelope = Envelope {
        from: &mail.return_path,
        to: &mail.to.on_the_wire(),
        octets: None,
    };
    match conversation.mail(envelope, &mut content).await {
        Ok(reply) => (MessageState::Accepted, reply.to_string()),
        Err(Failure::Refused { reply, .. }) => {
            let state = match reply.class() {
                // The operator may settle a policy refusal before the link expires.
                Class::Deferred | Class::PolicyRefusal => MessageState::Queued,
                _ => MessageState::Refused,
            };
            (state, reply.to_string())
        }
        Err(failure) => (MessageState::Queued, failure.to_string()),
    }
}

/// Records an outcome, however long the store is unavailable, because an accepted message must not go out again.
async fn record(
    app: &App,
    node: i64,
    message: &Message,
    (state, reply): Attempted,
) -> Result<(), StoreError> {
    let now = app.clock.now_millis();
    let wait = RETRY.after(u32::try_from(message.attempts).unwrap_or(u32::MAX));
    let due_at = now + i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    let (state, due_at) = match state {
        MessageState::Queued if due_at < message.expires_at => (MessageState::Queued, Some(due_at)),
        MessageState::Queued => (MessageState::Expired, None),
        state => (state, None),
    };
    if state != MessageState::Accepted {
        tracing::warn!(
            state = state.into_str(),
            reply,
            "a message was not accepted"
        );
    }
    let outcome = Outcome {
        state,
        due_at,
        reply: reply.as_deref(),
    };
    let mut backoff = STORE_RETRY;
    let recorded = loop {
        match try_record(app, node, message.id, outcome).await {
            Err(error) if error.is_transient() => {
                tracing::warn!(%error, "the outbox waits for the store");
                backoff.wait().await;
            }
            recorded => break recorded?,
        }
    };
    if !recorded {
        tracing::warn!("another node has taken this message");
    }
    Ok(())
}

async fn try_record(
    app: &App,
    node: i64,
    id: i64,
    outcome: Outcome<'_>,
) -> Result<bool, StoreError> {
    let mut tx = app.store.begin().await?;
    let recorded = outbox::record(&mut tx, node, id, outcome, app.clock.now_millis()).await?;
    tx.commit().await?;
    Ok(recorded)
}
