//! Decides requests, which pages store without looking at the list. The outbox worker runs this.

use chrono::TimeDelta;
use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};
use tracing::Instrument as _;

use crate::app::App;
use crate::store::consent_changes::{self, Cause};
use crate::store::outbox::{self, Kind, NewMessage};
use crate::store::requests::{self, Request, RequestKind};
use crate::store::subscribers::{self as list, Frequency, NewSubscriber};
use crate::store::{StoreError, Tx, suppressions};

/// Most requests to decide before messages are sent.
const MOST: usize = 200;
/// How long a request waits after an error.
const RETRY: TimeDelta = TimeDelta::minutes(1);

/// Decides the requests that are due and queues their messages, in a transaction for each; returns how many.
pub async fn decide_requests(app: &App) -> Result<usize, StoreError> {
    let mut decided = 0;
    while decided < MOST {
        let now = app.clock.now_millis();
        if !requests::is_any_due(&app.store, now).await? {
            break;
        }
        let mut tx = app.store.begin().await?;
        let Some(request) = requests::next(&mut tx, now).await? else {
            break;
        };
        // At the level `error`, so that no filter that lets a line pass drops the number from it. A `request`
        // is one for a page.
        let span = tracing::error_span!("sign_up", sign_up = request.id);
        let done = decide_or_put_off(app, tx, &request, now);
        done.instrument(span).await?;
        decided += 1;
    }
    Ok(decided)
}

/// One request that cannot be decided holds up no other.
async fn decide_or_put_off(
    app: &App,
    mut tx: Tx,
    request: &Request,
    now: i64,
) -> Result<(), StoreError> {
    match decide(app, &mut tx, request).await {
        Ok(()) => requests::end(&mut tx, request.id).await?,
        Err(error) if error.is_transient() => return Err(error),
        Err(error) => {
            drop(tx);
            tracing::error!(%error, "a request could not be decided");
            tx = app.store.begin().await?;
            requests::put_off(&mut tx, request.id, now + RETRY.num_milliseconds()).await?;
        }
    }
    tx.commit().await
}

async fn decide(app: &App, tx: &mut Tx, request: &Request) -> Result<(), StoreError> {
    let Ok(address) = &request.address else {
        return Ok(());
    };
    let known = known(app, tx, address).await?;
    let message = match (request.kind, request.subscriber, known) {
        (_, _, Known::Never) | (RequestKind::Move, None, _) => return Ok(()),
        (RequestKind::Join, ..) => join(app, tx, request, address, known).await?,
        (RequestKind::Move, Some(id), _) => move_to(app, tx, request, (id, address), known).await?,
    };
    outbox::insert(tx, message, app.clock.now_millis()).await?;
    Ok(())
}

/// What the list has on an address.
#[derive(Clone, Copy)]
enum Known {
    Unknown,
    /// A subscriber who has confirmed, or may be asked to.
    As(i64, Consent),
    /// It must never be mailed again.
    Never,
}

/// True if an address must not get mail of any kind.
pub async fn is_never_mailed(app: &App, address: &Address) -> Result<bool, StoreError> {
    let mut tx = app.store.begin().await?;
    let known = known(app, &mut tx, address).await?;
    tx.commit().await?;
    Ok(matches!(known, Known::Never))
}

async fn known(app: &App, tx: &mut Tx, address: &Address) -> Result<Known, StoreError> {
    let key = address.key();
    let reasons = suppressions::reasons(tx, &[app.hash_of(key)]).await?;
    if reasons.values().any(|reason| !reason.may_return()) {
        return Ok(Known::Never);
    }
    let known = list::known(tx, &[key]).await?.remove(key);
    // Even for a suppressed address: its own double opt-in brings it onto the list.
    Ok(known.map_or(Known::Unknown, |(id, consent)| {
        match consent == Consent::Confirmed || consent.may_be_asked() {
            true => Known::As(id, consent),
            false => Known::Never,
        }
    }))
}

/// A visitor asks that an address join. Only a confirmation by its owner changes the consent or the choices of a known
/// reader.
async fn join<'a>(
    app: &App,
    tx: &mut Tx,
    request: &'a Request,
    address: &Address,
    known: Known,
) -> Result<NewMessage<'a>, StoreError> {
    let cause = Cause {
        form: request.form.as_deref(),
        ..Cause::by(ConsentSource::Form)
    };
    let (now, at) = (app.clock.now_millis(), request.created_at);
    let mut kind = Kind::Confirm;
    let subscriber = match known {
        Known::As(id, Consent::Confirmed) => {
            if gets_every_issue(tx, id, now).await? {
                kind = Kind::Already;
            }
            id
        }
        Known::As(id, consent) => {
            if consent == Consent::Pending {
                consent_changes::record(tx, &[(id, consent, cause)], at).await?;
            }
            id
        }
        Known::Unknown | Known::Never => {
            let new = NewSubscriber {
                address: address.clone(),
                address_tag: app.tag_of(address.key()),
                name: request.name.as_deref(),
                time_zone: request.time_zone.as_deref(),
                language: None,
                frequency: Frequency::Every,
                paused_until: None,
                consent: Consent::Pending,
                created_at: at,
            };
            list::insert(tx, &[new], cause, at).await?.start
        }
    };
    Ok(NewMessage {
        name: request.name.as_deref(),
        time_zone: request.time_zone.as_deref(),
        form: request.form.as_deref(),
        expires_at: request.expires_at,
        ..NewMessage::to(subscriber, kind, now)
    })
}

/// False for a reader who has paused, or gets only the monthly digest.
async fn gets_every_issue(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let choice = list::choice(tx, id).await?;
    Ok(choice.is_none_or(|(frequency, paused_until)| {
        frequency == Frequency::Every && paused_until.is_none_or(|until| until <= now)
    }))
}

/// A reader asks to move to another address: its owner must confirm, unless it belongs to another reader. This ends
/// the link of an earlier move, because a reader can have only one open move.
async fn move_to<'a>(
    app: &App,
    tx: &mut Tx,
    request: &'a Request,
    (subscriber, address): (i64, &'a Address),
    known: Known,
) -> Result<NewMessage<'a>, StoreError> {
    let now = app.clock.now_millis();
    outbox::end_links_of_kind(tx, subscriber, Kind::Address, now).await?;
    let kind = match known {
        Known::As(id, _) if id != subscriber => Kind::Taken,
        _ => Kind::Address,
    };
    Ok(NewMessage {
        recipient: Some(address),
        expires_at: request.expires_at,
        ..NewMessage::to(subscriber, kind, now)
    })
}
