//! What becomes of a request that a page took without looking at the list. The outbox worker decides it.

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

/// Most requests that are decided before messages are sent.
const MOST: usize = 200;
/// How soon a request is taken up again that could not be decided.
const RETRY: TimeDelta = TimeDelta::minutes(1);

/// Decides the requests that are due, each in a transaction of its own with the message that follows from
/// it; returns how many.
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
    let Ok(address) = Address::parse(&request.address) else {
        return Ok(());
    };
    let known = known(app, tx, &address).await?;
    let message = match (request.kind, request.subscriber, known) {
        (_, _, Known::Never) => None,
        (RequestKind::Join, _, known) => Some(join(app, tx, request, &address, known).await?),
        (RequestKind::Move, Some(subscriber), known) => {
            Some(move_to(app, tx, request, subscriber, known).await?)
        }
        (RequestKind::Move, None, _) => None,
    };
    if let Some(message) = message {
        outbox::insert(tx, message, app.clock.now_millis()).await?;
    }
    Ok(())
}

/// What the list knows of an address.
#[derive(Clone, Copy)]
enum Known {
    /// Nothing.
    Unknown,
    /// This subscriber, who may be asked to confirm or has.
    As(i64, Consent),
    /// It may not be mailed again.
    Never,
}

/// True if an address may get no mail of any kind.
pub async fn is_never_mailed(app: &App, address: &Address) -> Result<bool, StoreError> {
    let mut tx = app.store.begin().await?;
    let known = known(app, &mut tx, address).await?;
    tx.commit().await?;
    Ok(matches!(known, Known::Never))
}

async fn known(app: &App, tx: &mut Tx, address: &Address) -> Result<Known, StoreError> {
    let hash = app.hash_of(address.key().as_str());
    let reasons = suppressions::reasons(tx, &[hash]).await?;
    if reasons.values().any(|reason| !reason.may_return()) {
        return Ok(Known::Never);
    }
    let key = address.key().as_str();
    if let Some((id, consent)) = list::known(tx, &[key]).await?.remove(key) {
        let may = consent == Consent::Confirmed || consent.may_be_asked();
        return Ok(if may {
            Known::As(id, consent)
        } else {
            Known::Never
        });
    }
    // Suppressed or not: a double opt-in of the address itself brings it onto the list.
    Ok(Known::Unknown)
}

/// A visitor asks that an address join. Only its owner's confirmation changes the consent of one that is
/// known, or what it has chosen.
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
    let at = request.created_at;
    let (kind, subscriber) = match known {
        Known::As(id, Consent::Confirmed) => {
            let kind = match gets_every_issue(app, tx, id).await? {
                true => Kind::Already,
                false => Kind::Confirm,
            };
            (kind, id)
        }
        Known::As(id, consent) => {
            if consent == Consent::Pending {
                consent_changes::record(tx, &[(id, consent, cause)], at).await?;
            }
            (Kind::Confirm, id)
        }
        Known::Unknown | Known::Never => {
            let new = NewSubscriber {
                address: address.as_given(),
                address_key: address.key().as_str(),
                address_tag: app.tag_of(address.key()),
                name: request.name.as_deref(),
                time_zone: request.time_zone.as_deref(),
                language: None,
                frequency: Frequency::Every,
                paused_until: None,
                consent: Consent::Pending,
                cause,
                created_at: at,
            };
            let ids = list::insert(tx, &[new], at).await?;
            (Kind::Confirm, ids.start)
        }
    };
    Ok(NewMessage {
        kind,
        subscriber,
        recipient: None,
        name: request.name.as_deref(),
        time_zone: request.time_zone.as_deref(),
        form: request.form.as_deref(),
        expires_at: request.expires_at,
    })
}

/// False for a reader who has paused, or gets the monthly digest alone.
async fn gets_every_issue(app: &App, tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let now = app.clock.now_millis();
    let choice = list::choice(tx, id).await?;
    Ok(choice.is_none_or(|(frequency, paused_until)| {
        frequency == Frequency::Every && paused_until.is_none_or(|until| until <= now)
    }))
}

/// A reader asks for another address: its owner confirms, unless it belongs to another reader. A reader has
/// one open move: this one ends the link of the one before.
async fn move_to<'a>(
    app: &App,
    tx: &mut Tx,
    request: &'a Request,
    subscriber: i64,
    known: Known,
) -> Result<NewMessage<'a>, StoreError> {
    let now = app.clock.now_millis();
    outbox::end_links_of_kind(tx, subscriber, Kind::Address, now).await?;
    let kind = match known {
        Known::As(id, _) if id != subscriber => Kind::Taken,
        _ => Kind::Address,
    };
    Ok(NewMessage {
        kind,
        subscriber,
        recipient: Some(&request.address),
        name: None,
        time_zone: None,
        form: None,
        expires_at: request.expires_at,
    })
}
