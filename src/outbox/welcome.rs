//! The welcome: the latest comparison, for a reader who has just confirmed.
//!
//! It is composed when it goes out, by what is true then. A reader who has left, paused or chosen the digest since gets
//! none, and neither does one who gets that issue, or a newer one, as an edition.

use subscribers::token::{self, Purpose};
use templates::mail::Personal;
use templates::mail::welcome::welcome;

use super::message::Body;
use crate::app::App;
use crate::edition;
use crate::edition::render::{Unsubscribe, list_fields};
use crate::store::subscribers::{Frequency, Subscriber};
use crate::store::{StoreError, deliveries, editions};

/// The mail; `None` if the reader should not get one now.
pub(super) async fn compose(app: &App, reader: &Subscriber) -> Result<Option<Body>, StoreError> {
    if !wants_issues(app, reader) {
        return Ok(None);
    }
    let Some(edition) = editions::latest_sent(&app.store).await? else {
        return Ok(None);
    };
    if deliveries::gets_since(&app.store, reader.id, edition.id).await? {
        return Ok(None);
    }
    let Some(comparison) = edition.readable_comparison() else {
        return Ok(None);
    };
    let newsletter = app.newsletter();
    let token = reader.token(Purpose::Unsubscribe, 0);
    let unsubscribe = Unsubscribe {
        token: &token::sign(&app.key, token),
        local_part: &token::sign_local_part(&app.key, token),
    };
    let link = |path: &str| format!("{}/{path}/{}", newsletter.base_url, unsubscribe.token);
    let personal = Personal {
        // A stranger may have typed the name into the form.
        greeting: String::new(),
        unsubscribe_url: link("u"),
        settings_url: link("settings"),
        vote_url: String::new(),
        address: reader.email().to_owned(),
    };
    let fields = list_fields(&newsletter, &edition::sender(&app.config), unsubscribe);
    Ok(Some(Body {
        list: fields.into(),
        ..Body::from(welcome(&newsletter, &comparison, &personal))
    }))
}

fn wants_issues(app: &App, reader: &Subscriber) -> bool {
    let now = app.clock.now_millis();
    reader.consent.may_receive()
        && reader.frequency == Frequency::Every
        && reader.paused_until.is_none_or(|until| until <= now)
}
