//! The mail of an issue to a made-up reader: what a real one would get, with links that open nothing. For previews and
//! test mails.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use chrono::{DateTime, FixedOffset};
use mail_parser::MessageParser;
use subscribers::address::Address;
use subscribers::token::Key;
use templates::comparison::Previous;
use templates::mail::Heading;

use super::personalise::{self, Delivery};
use crate::app;
use crate::config::Config;
use crate::edition;
use crate::edition::render::{self, BrokenMail, Dated, Mail};
use crate::issue::Issue;

/// The made-up reader's numbers, as long in links as those of an instance that has run for years.
const EDITION: i64 = 480;
const SUBSCRIBER: i64 = 271_828;
const ADDRESS_TAG: i64 = 0x0b5a_4a71;

/// A reader who need not be on the list.
#[derive(Clone, Copy, Debug)]
pub struct SampleReader<'a> {
    pub address: &'a Address,
    pub name: Option<&'a str>,
    /// When the mail is due, in the newsletter's zone.
    pub due: DateTime<FixedOffset>,
}

/// A mail to a made-up reader.
#[derive(Clone, Debug)]
pub struct SampleMail {
    /// The whole message, as it would go to the relay.
    pub content: Vec<u8>,
    /// Its HTML part, decoded.
    pub html: String,
    /// Its plain-text part, decoded.
    pub text: String,
}

/// A new key for the links of sample mails, which no instance has: its pages refuse them. It also decides the mail's
/// Message-ID.
///
/// # Errors
/// If the system provides no random numbers.
pub fn sample_key() -> Result<Key, aws_lc_rs::error::Unspecified> {
    let mut secret = [0; 32];
    SystemRandom::new().fill(&mut secret)?;
    Key::from_bytes(&secret).map_err(|_| aws_lc_rs::error::Unspecified)
}

/// Writes an issue's mail to a made-up reader. Neither reads nor writes the store: the issue's comparison has the date
/// and the votes to show, and its subject is taken as it is.
///
/// # Errors
/// [`BrokenMail`] if the mail has an unknown placeholder.
pub fn sample_mail(
    config: &Config,
    issue: &Issue,
    previous: Option<&Previous>,
    reader: &SampleReader<'_>,
    key: &Key,
) -> Result<SampleMail, BrokenMail> {
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let newsletter = app::newsletter(config);
    let sender = edition::sender(config);
    let date = Dated::At(reader.due);
    let frozen = render::freeze(
        &issue.comparison,
        &newsletter,
        &sender,
        &heading,
        previous,
        date,
    );
    let mail = Mail::parse(&frozen.mail, &newsletter.locale)?;
    let delivery = Delivery {
        edition: EDITION,
        subscriber: SUBSCRIBER,
        address_tag: ADDRESS_TAG,
        address: reader.address,
        name: reader.name,
        date: reader.due,
    };
    let mut content = Vec::new();
    personalise::compose(key, &mail, &delivery, &mut content);
    let message = MessageParser::default().parse(&content);
    let part = |part: Option<&mail_parser::MessagePart<'_>>| {
        let text = part.and_then(|part| part.text_contents());
        text.unwrap_or_default().to_owned()
    };
    let (html, text) = message.map_or_else(Default::default, |message| {
        (
            part(message.html_bodies().next()),
            part(message.text_bodies().next()),
        )
    });
    Ok(SampleMail {
        content,
        html,
        text,
    })
}
