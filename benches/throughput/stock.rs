//! The comparison: lettre as its documentation shows it, on the same content.

use lettre::Message;
use lettre::message::MultiPart;
use lettre::message::header::{HeaderName, HeaderValue};
use mail_parser::MessageParser;
use verdict::readers::Joiner;

/// The headers that lettre writes by itself or that each message sets.
const LETTRES_OWN: [&str; 7] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
];

/// One of Verdict's mails as values for lettre's builder.
pub(crate) struct Content {
    subject: String,
    text: String,
    html: String,
    others: Vec<(HeaderName, String)>,
}

impl Content {
    /// Reads a composed mail.
    pub(crate) fn of(mail: &[u8]) -> Self {
        let mail = MessageParser::default().parse(mail).unwrap();
        let others = mail.headers_raw().filter_map(|(name, value)| {
            let own = LETTRES_OWN.iter().any(|own| own.eq_ignore_ascii_case(name));
            let name = HeaderName::new_from_ascii(name.to_owned()).unwrap();
            (!own).then(|| (name, value.trim().replace("\r\n", "")))
        });
        Self {
            others: others.collect(),
            subject: mail.subject().unwrap().to_owned(),
            text: mail.body_text(0).unwrap().into_owned(),
            html: mail.body_html(0).unwrap().into_owned(),
        }
    }

    /// Builds a reader's message. The bodies are ready: a real user of lettre would also have to fill in a template.
    pub(crate) fn message(&self, reader: &Joiner) -> Message {
        let address = reader.address.on_the_wire();
        let to = match &reader.name {
            Some(name) => format!("{name} <{address}>"),
            None => address.into_owned(),
        };
        let mut message = Message::builder()
            .from("Weekly <weekly@example.com>".parse().unwrap())
            .to(to.parse().unwrap())
            .subject(self.subject.as_str())
            .message_id(None)
            .date_now();
        for (name, value) in &self.others {
            message = message.raw_header(HeaderValue::new(name.clone(), value.clone()));
        }
        let body = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        message.multipart(body).unwrap()
    }
}
