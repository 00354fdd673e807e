//! Prepares a claim for the wire.

use subscribers::address::Address;
use subscribers::token::{self, Purpose, Token};
use tokio::sync::oneshot;

use super::Run;
use super::attempt::{Attempt, Unfit};
use super::personalise::{self, Delivery};
use crate::smtp::{Conversation, Envelope, Failure, NO_SMTPUTF8};
use crate::store::deliveries::{Claim, Mark};

pub(super) struct Outgoing {
    pub(super) claim: Claim,
    pub(super) return_path: String,
    /// The size of the mail.
    octets: u64,
    /// The relay's reply to the envelope, if it went out behind the mail before.
    pub(super) envelope: Option<Result<(), Failure>>,
    /// The mail, if another thread signs it.
    signed: Option<oneshot::Receiver<Vec<u8>>>,
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
        let mut outgoing = Self {
            claim,
            return_path,
            octets: 0,
            envelope: None,
            signed: None,
        };
        if let Some(address) = &outgoing.claim.address {
            let delivery = outgoing.delivery(run, address);
            let signatures = run.signing.as_ref().map_or(0, |signing| signing.octets);
            let mail = run.mail_for(&outgoing.claim);
            outgoing.octets = (personalise::octets(mail, &delivery) + signatures) as u64;
        }
        outgoing
    }

    /// Composes and signs the mail ahead, if another thread can sign it while this connection is busy.
    pub(super) fn begin_to_sign(&mut self, run: &Run) {
        let Some((signing, address)) = run.signing.as_ref().zip(self.claim.address.as_ref()) else {
            return;
        };
        let delivery = self.delivery(run, address);
        let compose = |content: &mut Vec<u8>| {
            personalise::compose(&run.app.key, run.mail_for(&self.claim), &delivery, content);
        };
        self.signed = signing.begin(compose);
    }

    /// Writes the mail to this address into `content`, signed.
    pub(super) async fn write(&mut self, run: &Run, address: &Address, content: &mut Vec<u8>) {
        if let Some(signed) = self.signed.take()
            && let Ok(signed) = signed.await
        {
            *content = signed;
            return;
        }
        let delivery = self.delivery(run, address);
        personalise::compose(&run.app.key, run.mail_for(&self.claim), &delivery, content);
        if let Some(signing) = &run.signing {
            signing.sign(content);
        }
    }

    /// What the placeholders of this mail become.
    pub(super) fn delivery<'a>(&'a self, run: &Run, address: &'a Address) -> Delivery<'a> {
        Delivery {
            edition: self.claim.edition,
            subscriber: self.claim.subscriber,
            address_tag: self.claim.address_tag,
            address,
            name: self.claim.name.as_deref(),
            date: run.date_of(&self.claim),
        }
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
        if address.needs_smtputf8() && !conversation.takes_utf8() {
            return Err(Unfit::Address(NO_SMTPUTF8.to_owned()));
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
