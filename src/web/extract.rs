//! A link that came by a message from the outbox: it is good as long as the message says.

use subscribers::address::Address;
use subscribers::token::{self, Purpose};

use crate::app::App;
use crate::store::StoreError;
use crate::store::outbox::{self, Kind, Message};
use crate::store::subscribers::{self as list, Subscriber};

/// A good link.
pub(super) struct Link {
    /// The message that brought it.
    pub(super) message: Message,
    /// Whom it is about.
    pub(super) subscriber: Subscriber,
}

impl Link {
    /// Reads a token; `None` if it is not good, or for something else.
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
        // After a restore an old link may fit a new message. Of an erased reader nothing is left to open.
        let subscriber = subscriber.filter(|reader| reader.has_address(token.address_tag));
        Ok(subscriber.map(|subscriber| Self {
            message,
            subscriber,
        }))
    }

    /// The address, masked.
    pub(super) fn masked(&self) -> String {
        masked(self.subscriber.address.as_deref())
    }
}

/// What a page shows of an address: enough for its owner, nothing for whoever was forwarded the mail.
pub(super) fn masked(address: Option<&str>) -> String {
    let address = address.and_then(|address| Address::parse(address).ok());
    address.map_or_else(|| "your address".to_owned(), |address| address.masked())
}
