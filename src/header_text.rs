//! Text in header fields. Uses encoded words (RFC 2047) for text that is not plain, and for text that looks encoded
//! already, which a mail program would otherwise decode.

use lettre::message::header::{self, Header};
use lettre::message::{Mailbox, Mailboxes};
use subscribers::address::Address;

/// Longest mailbox on a header's first line (RFC 5322 §2.1.1 recommends 78 characters a line).
const MAILBOX_LINE: usize = 72;

/// Most bytes of text in a base64 encoded word: a word has at most 75 characters (RFC 2047 §2), and `Subject: ` comes
/// before the first one.
const WORD: usize = 36;

/// The value of `Subject`.
pub fn subject(subject: &str) -> String {
    if looks_encoded(subject) {
        return encoded_words(subject);
    }
    library_value(&header::Subject::from(subject.to_owned()))
}

/// The value of `From` or `Reply-To`.
pub fn mailbox(mailbox: &Mailbox) -> String {
    let address = mailbox.email.to_string();
    match &mailbox.name {
        Some(name) => named(&phrase(name), &address),
        None => address,
    }
}

/// The value of `To`: name and address, or the address alone.
pub fn to(name: Option<&str>, address: &Address) -> String {
    let address = address.on_the_wire();
    let phrase = name.map(|name| plain_phrase(name).unwrap_or_else(|| phrase(name)));
    match phrase {
        Some(phrase) => named(&phrase, &address),
        None => address.into_owned(),
    }
}

/// A name in the form for the place before an address (RFC 5322 §3.2.5).
pub fn phrase(name: &str) -> String {
    if looks_encoded(name) {
        return encoded_words(name);
    }
    let Ok(address) = "name@example.org".parse() else {
        return String::new();
    };
    let mailbox = Mailbox::new(Some(name.to_owned()), address);
    let value = library_value(&header::To::from(Mailboxes::from(mailbox)));
    let phrase = value.rsplit_once('<').map_or("", |(phrase, _)| phrase);
    phrase.trim_end().to_owned()
}

/// The value of a Feedback-ID, by which Gmail groups complaints: the campaign, the kind of mail, and a name of 5 to 15
/// characters for the sender, made of its domain (support.google.com/mail/answer/6254652).
pub fn feedback_id(campaign: &str, kind: &str, domain: &str) -> String {
    const LEAST: usize = 5;
    const MOST: usize = 15;
    let plain = domain.chars().filter(char::is_ascii_alphanumeric);
    let sender: String = plain.take(MOST).collect();
    format!("{campaign}:{kind}:{sender:0<LEAST$}")
}

fn named(phrase: &str, address: &str) -> String {
    let last_line = phrase.len() - phrase.rfind('\n').map_or(0, |end| end + 1);
    let is_long = last_line + address.len() + 3 > MAILBOX_LINE;
    let fold = if is_long { "\r\n" } else { "" };
    format!("{phrase}{fold} <{address}>")
}

fn looks_encoded(text: &str) -> bool {
    text.contains("=?")
}

fn encoded_words(text: &str) -> String {
    let mut words = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(WORD));
        let word = data_encoding::BASE64.encode(word.as_bytes());
        words.push(format!("=?utf-8?b?{word}?="));
        rest = after;
    }
    words.join("\r\n ")
}

/// An ASCII name as a quoted string (RFC 5322 §3.2.4). Most mails have one, and this is faster than lettre.
fn plain_phrase(name: &str) -> Option<String> {
    let plain = |c: char| c == ' ' || c.is_ascii_graphic();
    if name.len() > 60 || !name.chars().all(plain) || looks_encoded(name) {
        return None;
    }
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("\"{escaped}\""))
}

/// A header's value, encoded and folded by lettre.
fn library_value<H: Header>(header: &H) -> String {
    let mut headers = header::Headers::new();
    headers.insert_raw(header.display());
    let text = headers.to_string();
    let value = text.split_once(": ").map_or("", |(_, value)| value);
    value.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_senders_name_in_a_feedback_id_has_5_to_15_characters() {
        for (domain, id) in [
            ("example.org", "tea:edition:exampleorg"),
            ("a.io", "tea:edition:aio00"),
            ("news.letters.example.com", "tea:edition:newslettersexam"),
        ] {
            assert_eq!(feedback_id("tea", "edition", domain), id);
        }
    }
}
