//! A claim made ready for the wire.

use subscribers::address::Address;
use subscribers::token::{self, Purpose, Token};

use super::Run;
use super::attempt::End;
use crate::smtp::{Conversation, Envelope, Failure};
use crate::store::deliveries::{Claim, Mark};

/// A claim on its way out.
pub(super) struct Outgoing {
    pub(super) claim: Claim,
    pub(super) address: Result<Address, String>,
    pub(super) return_path: String,
    /// What the relay said to the envelope, if that went out behind the mail before.
    pub(super) envelope: Option<Result<(), Failure>>,
}

impl Outgoing {
    pub(super) fn new(run: &Run, claim: Claim) -> Self {
        let address = Address::parse(&claim.address)
            .map_err(|error| format!("the address cannot be used: {error}"));
        let key = &run.engine.key;
        let bounce = Token {
            purpose: Purpose::Bounce,
            subscriber: claim.subscriber,
            about: claim.edition,
            address_tag: claim.address_tag,
        };
        let return_path = token::return_path(key, &run.bounce, bounce);
        Self {
            claim,
            address,
            return_path,
            envelope: None,
        }
    }

    /// The address, if this relay can take it.
    pub(super) fn fit(&self, conversation: &Conversation) -> Result<&Address, String> {
        match &self.address {
            Ok(address) if address.needs_smtputf8() && !conversation.takes_utf8() => {
                Err("the relay takes no address outside ASCII (SMTPUTF8, RFC 6531)".to_owned())
            }
            Ok(address) => Ok(address),
            Err(why) => Err(why.clone()),
        }
    }

    /// What is asked of the ledger before the content goes out.
    pub(super) fn mark(&self) -> Mark {
        Mark::from(&self.claim)
    }
}

/// Writes the content, and behind it the next envelope if its address is fit for this relay.
pub(super) async fn exchange(
    conversation: &mut Conversation,
    content: &mut Vec<u8>,
    mut next: Option<Outgoing>,
) -> (End, Option<Outgoing>) {
    let wire = next.as_ref().and_then(|next| {
        let to = next.fit(conversation).ok()?.on_the_wire().into_owned();
        Some((next.return_path.clone(), to))
    });
    let envelope = wire.as_ref().map(|(from, to)| Envelope { from, to });
    let written = conversation.content(content, envelope).await;
    if let Some(next) = &mut next {
        next.envelope = written.next;
    }
    (End::from(written.content), next)
}
