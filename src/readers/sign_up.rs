//! The sign-up form. Its answer does not reveal whether an address is on the list: the page only stores a request,
//! and the outbox worker decides it later (`readers/requests.rs`), so neither the answer nor its timing depends on
//! the list.

use super::Joiner;
use crate::app::{App, HOUR, Origin, Stamp, Used};
use crate::store::outbox::TO_CONFIRM;
use crate::store::requests::{self, NewRequest, RequestKind};
use crate::store::{StoreError, Tx};

/// What the form answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request is stored. A mail follows if the rules allow it.
    Taken,
    /// This form was used for another address. The visitor needs a new one.
    Used,
    /// The form has no stamp, and there are unusually many of those. The visitor needs one with a stamp.
    Unusual,
    /// Too many requests came from this network. The next one is possible in this many seconds.
    TooMany(i64),
}

/// A form that a visitor sent.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Which form it is.
    pub name: &'a str,
    /// Valid for one sign-up. Pages that a cache may keep and other sites have none.
    pub stamp: Option<Stamp<'a>>,
}

/// Stores a request to join. Sending a form twice for the same address makes one request.
pub async fn ask(
    app: &App,
    joiner: &Joiner,
    form: Form<'_>,
    origin: &Origin,
) -> Result<Answer, StoreError> {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let settled = match form.stamp {
        Some(stamp) => stamped(app, &mut tx, joiner, stamp).await?,
        None => unstamped(app, &mut tx, joiner, origin).await?,
    };
    if let Some(answer) = settled {
        return Ok(answer);
    }
    if !app.is_within_network(&mut tx, origin).await? {
        if let Some(stamp) = form.stamp {
            app.keep_stamp(&mut tx, stamp, &joiner.address).await?;
            tx.commit().await?;
        }
        return Ok(Answer::TooMany((HOUR - now.rem_euclid(HOUR)) / 1000 + 1));
    }
    app.watch_sign_ups(&mut tx).await?;
    if app.may_be_mailed(&mut tx, &joiner.address).await? {
        let request = NewRequest {
            kind: RequestKind::Join,
            subscriber: None,
            address: &joiner.address,
            name: joiner.name.as_deref(),
            time_zone: joiner.time_zone.as_deref(),
            form: Some(form.name),
            good_for: TO_CONFIRM.num_milliseconds(),
        };
        requests::insert(&mut tx, request, now).await?;
    }
    tx.commit().await?;
    Ok(Answer::Taken)
}

/// Uses up the stamp; the answer, if the form was used before.
async fn stamped(
    app: &App,
    tx: &mut Tx,
    joiner: &Joiner,
    stamp: Stamp<'_>,
) -> Result<Option<Answer>, StoreError> {
    Ok(match app.use_stamp(tx, stamp, &joiner.address).await? {
        Used::Now => None,
        Used::ForTheSame => Some(Answer::Taken),
        Used::ForAnother => Some(Answer::Used),
    })
}

/// Counts a form without a stamp; the answer, if it was just sent for this address or there are unusually many.
async fn unstamped(
    app: &App,
    tx: &mut Tx,
    joiner: &Joiner,
    origin: &Origin,
) -> Result<Option<Answer>, StoreError> {
    if app.is_double_click(tx, &joiner.address).await? {
        return Ok(Some(Answer::Taken));
    }
    let usual = app.is_usual_without_stamp(tx, origin).await?;
    Ok((!usual).then_some(Answer::Unusual))
}
