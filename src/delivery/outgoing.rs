//! Prepares a claim for the wire.

use std::sync::Arc;

use subscribers::address::Address;
use subscribers::token::{self, Purpose, Token};
use tokio::sync::oneshot;

use super::Run;
use super::attempt::{Attempt, Unfit};
use super::personalise::{Delivery, Values};
use crate::smtp::{Conversation, Envelope, Failure};
use crate::store::deliveries::{Claim, Mark};

pub(super) struct Outgoing {
    pub(super) claim: Claim,
    pub(super) return_path: String,
    /// The size of the mail, with its signatures.
    octets: u64,
    /// What the placeholders become; `None` once the reader was erased.
    values: Option<Arc<Values>>,
    /// The relay's reply to the envelope, if it went out behind the mail before.
    pub(super) envelope: Option<Result<(), Failure>>,
    /// The signatures, if another thread makes them.
    signatures: Option<oneshot::Receiver<String>>,
}

impl Outgoing {
    pub(super) fn new(run: &Run, claim: Claim) -> Self {
        let key = &run.app.key;
        let bounce = Token {
            purpose: Purpose::Bounce,
            subscriber: claim.subscriber,
            about: claim.edition,
            address_tag: claim.address_tag,
        };
        let return_path = token::return_path(key, &run.bounce, bounce);
        let (text, mut octets) = (run.text_for(&claim), 0);
        let values = claim.address.as_ref().map(|address| {
            let delivery = Delivery {
                edition: claim.edition,
                subscriber: claim.subscriber,
                address_tag: claim.address_tag,
                address,
                name: claim.name.as_deref(),
                date: run.date_of(&claim),
            };
            let values = Values::new(key, &text.mail, &delivery);
            octets = text.octets(&values) as u64;
            Arc::new(values)
        });
        Self {
            claim,
            return_path,
            octets,
            values,
            envelope: None,
            signatures: None,
        }
    }

    /// Signs the mail ahead, if another thread can do so while this connection is busy.
    pub(super) fn begin_to_sign(&mut self, run: &Run) {
        if let Some((signing, values)) = run.signing.as_ref().zip(self.values.as_ref()) {
            self.signatures = signing.begin(run.text_for(&self.claim), values);
        }
    }

    /// Writes the mail into `content`, signed. It is one that [`fit`](Self::fit) lets pass, so it has its values.
    pub(super) async fn write(&mut self, run: &Run, content: &mut Vec<u8>) {
        content.clear();
        let Some(values) = &self.values else { return };
        let text = run.text_for(&self.claim);
        if let Some(signing) = &run.signing {
            let made = match self.signatures.take() {
                Some(signatures) => signatures.await.ok(),
                None => None,
            };
            let signatures = made.unwrap_or_else(|| signing.sign(text, values));
            content.extend_from_slice(signatures.as_bytes());
        }
        text.mail.compose(&values.reader(), content);
    }

    /// The envelope, to this address on the wire.
    pub(super) fn envelope_to<'a>(&'a self, to: &'a str) -> Envelope<'a> {
        Envelope {
            from: &self.return_path,
            to,
            octets: Some(self.octets),
        }
    }

    /// The address, if this relay can take it and the mail.
    pub(super) fn fit(&self, conversation: &Conversation) -> Result<&Address, Unfit> {
        let Some(address) = &self.claim.address else {
            return Err(Unfit::Address("the reader was erased".to_owned()));
        };
        if let Some(objection) = conversation.objection(address) {
            return Err(Unfit::Address(objection.to_owned()));
        }
        let octets = self.octets;
        match conversation.size_limit().filter(|limit| octets > *limit) {
            Some(limit) => Err(Unfit::Size(format!(
                "the relay accepts mails of at most {limit} octets (SIZE, RFC 1870), and this one has {octets}"
            ))),
            None => Ok(address),
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark::from(&self.claim)
    }
}

/// Writes the content, and behind it the next envelope if this relay can take its address.
pub(super) async fn exchange(
    conversation: &mut Conversation,
    content: &mut Vec<u8>,
    mut next: Option<Outgoing>,
) -> (Attempt, Option<Outgoing>) {
    let to = next.as_ref().and_then(|next| {
        let address = next.fit(conversation).ok()?;
        Some(address.on_the_wire().into_owned())
    });
    let envelope = next.as_ref().zip(to.as_deref());
    let envelope = envelope.map(|(next, to)| next.envelope_to(to));
    let written = conversation.content(content, envelope).await;
    if let Some(next) = &mut next {
        next.envelope = written.next;
    }
    (Attempt::from(written.content), next)
}
