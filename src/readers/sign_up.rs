//! The sign-up form. Its answer does not reveal whether an address is on the list: the page only stores a request,
//! and the outbox worker decides it later (`readers/requests.rs`), so neither the answer nor its timing depends on
//! the list.

use super::Joiner;
use crate::app::{App, HOUR, Origin, Stamp, Used};
use crate::store::StoreError;
use crate::store::outbox::TO_CONFIRM;
use crate::store::requests::{self, NewRequest, RequestKind};

/// What the form answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request is stored. A mail follows if the rules allow it.
    Taken,
    /// This form was used for another address. The visitor needs a new one.
    Used,
    /// Too many requests came from this network. The next one is possible in this many seconds.
    TooMany(i64),
}

/// A form that a visitor sent.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Which form it is.
    pub name: &'a str,
    /// Valid for one sign-up.
    pub stamp: Stamp<'a>,
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
    match app.use_stamp(&mut tx, form.stamp, &joiner.address).await? {
        Used::Now => {}
        Used::ForTheSame => return Ok(Answer::Taken),
        Used::ForAnother => return Ok(Answer::Used),
    }
    if !app.is_within_network(&mut tx, origin).await? {
        app.keep_stamp(&mut tx, form.stamp, &joiner.address).await?;
        tx.commit().await?;
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
