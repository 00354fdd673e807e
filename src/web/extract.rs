//! `Link`: a link from an outbox message, valid while the message's row is.

use subscribers::address::Address;
use subscribers::token::{self, Purpose};

use crate::app::App;
use crate::store::StoreError;
use crate::store::outbox::{self, Kind, Message};
use crate::store::subscribers::{self as list, Subscriber};

/// A valid link.
pub(super) struct Link {
    /// The message that carried it.
    pub(super) message: Message,
    pub(super) subscriber: Subscriber,
}

impl Link {
    /// Reads a token; `None` if it is invalid or has another purpose.
    pub(super) async fn read(
        app: &App,
        text: &str,
        purpose: Purpose,
        kind: Kind,
    ) -> Result<Option<Self>, StoreError> {
        let Ok(token) = token::verify(&app.key, text, purpose) else {
            return Ok(None);
        };
        let now = app.clock.now_millis();
        let message = outbox::good(&app.store, token.about, now).await?;
        let ours = |message: &Message| {
            message.kind == kind && message.subscriber == Some(token.subscriber)
        };
        let Some(message) = message.filter(ours) else {
            return Ok(None);
        };
        let subscriber = list::get(&app.store, token.subscriber).await?;
        // After a restore, an old link may match a new message. An erased reader has nothing left to open.
        let subscriber = subscriber.filter(|reader| reader.has_address(token.address_tag));
        Ok(subscriber.map(|subscriber| Self {
            message,
            subscriber,
        }))
    }

    pub(super) fn masked(&self) -> String {
        masked(self.subscriber.address.as_ref())
    }
}

/// An address as pages show it: its owner recognizes it, and readers of a forwarded mail learn nothing.
pub(super) fn masked(address: Option<&Address>) -> String {
    address.map_or_else(|| "…".to_owned(), Address::masked)
}
