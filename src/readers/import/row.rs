//! One row of a file: a person, and what had to be fixed to read it.

use mail_parser::MessageParser;
use subscribers::address::{Address, AddressError};
use subscribers::profile::{self, Frequency, MAX_NAME};

use super::time;

/// The longest evidence that is kept, in characters.
const MAX_EVIDENCE: usize = 300;

/// A row with a readable address.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) address: Address,
    pub(super) details: Details,
}

/// Everything in a row except address and consent. Times are Unix milliseconds UTC.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    pub(super) name: Option<String>,
    /// An IANA name.
    pub(super) time_zone: Option<String>,
    /// A language tag, as the file has it.
    pub(super) language: Option<String>,
    pub(super) frequency: Frequency,
    pub(super) paused_until: Option<i64>,
    /// When the person came onto the list.
    pub(super) created_at: Option<i64>,
    /// When, from where and why the person opted in or left, in the file's own words.
    pub(super) evidence: Option<String>,
}

impl Row {
    fn of(address: Address) -> Self {
        let details = Details::default();
        Self { address, details }
    }
}

/// What was wrong with a row whose address is fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fixed {
    NameControl,
    NameLong,
    TimeZone,
    Frequency,
    Time,
    ExtraFields,
    MissingFields,
}

impl Fixed {
    /// What was done about it.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::NameControl => "line breaks or control characters in the name became spaces",
            Self::NameLong => "the name was cut to 200 characters",
            Self::TimeZone => "the time zone is unknown and was left out",
            Self::Frequency => "the frequency is unknown and was left out",
            Self::Time => "a time could not be read and was left out",
            Self::ExtraFields => "fields beyond the header were left out",
            Self::MissingFields => "fields that the header names are missing and count as empty",
        }
    }
}

/// Reads `ada@example.com` or `Ada <ada@example.com>`, where the name may be encoded (RFC 2047). Fails if there are
/// two of them.
pub(super) fn mailbox(text: &str, fixed: &mut Vec<Fixed>) -> Result<Row, AddressError> {
    let Some((before, behind)) = text.rsplit_once('<') else {
        return Address::parse(text.trim_matches('"')).map(Row::of);
    };
    if before.contains('<') && before.contains('@') {
        return Address::parse(text).map(Row::of);
    }
    let mut row = Row::of(Address::parse(behind.strip_suffix('>').unwrap_or(behind))?);
    let header = format!("From: {text}\r\n\r\n");
    let message = MessageParser::new().parse_headers(header.as_bytes());
    let found = message
        .as_ref()
        .and_then(|message| message.from()?.as_list());
    // A comma outside quotes splits the name in two.
    let name = match found {
        Some([one]) => one.name().unwrap_or_default(),
        _ => before,
    };
    row.details.name = self::name(name, fixed);
    Ok(row)
}

/// Like [`mailbox`], for a file with a separate name: a name beside the address counts only if that one is empty.
pub(super) fn mailbox_of(
    text: &str,
    name: Option<String>,
    fixed: &mut Vec<Fixed>,
) -> Result<Row, AddressError> {
    let mut name_mended = Vec::new();
    let mut row = mailbox(text, &mut name_mended)?;
    if name.is_some() {
        row.details.name = name;
    } else {
        fixed.append(&mut name_mended);
    }
    Ok(row)
}

/// A name that is safe in a To header.
pub(super) fn name(text: &str, fixed: &mut Vec<Fixed>) -> Option<String> {
    let text = text.trim();
    if let Ok(name) = profile::name(text) {
        return name.map(str::to_owned);
    }
    if text.chars().any(breaks) {
        fixed.push(Fixed::NameControl);
    }
    let name = one_line(text);
    let cut: String = name.chars().take(MAX_NAME).collect();
    if cut.len() < name.len() {
        fixed.push(Fixed::NameLong);
    }
    profile::name(&cut).ok().flatten().map(str::to_owned)
}

/// Characters that end or split a header line.
fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text with one space between words, and no character that breaks a line.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| breaks(c) || c.is_whitespace());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The IANA name of a time zone.
pub(super) fn time_zone(text: &str, fixed: &mut Vec<Fixed>) -> Option<String> {
    let zone = profile::time_zone(text);
    if zone.is_err() {
        fixed.push(Fixed::TimeZone);
    }
    Some(zone.ok()??.name().to_owned())
}

/// A time, Unix milliseconds UTC, in any form that [`time::read`] knows; `None` for a database's null.
pub(super) fn time(text: &str, fixed: &mut Vec<Fixed>) -> Option<i64> {
    let text = text.trim();
    // MySQL and Go write these for no time.
    let is_none = text.starts_with("0000-00-00") || text.starts_with("0001-01-01");
    if text.is_empty() || text.eq_ignore_ascii_case("null") || is_none {
        return None;
    }
    let found = time::read(text);
    if found.is_none() {
        fixed.push(Fixed::Time);
    }
    found
}

/// The text as one line, cut to [`MAX_EVIDENCE`] characters.
pub(super) fn line(text: &str) -> Option<String> {
    let line: String = one_line(text).chars().take(MAX_EVIDENCE).collect();
    (!line.is_empty()).then_some(line)
}

/// "2024-03-01 10:00, from 192.0.2.7: too many emails", or the parts that exist.
pub(super) fn evidence(at: &str, ip: &str, why: &str) -> Option<String> {
    let mut text = at.trim().to_owned();
    if !ip.trim().is_empty() {
        text += if text.is_empty() { "from " } else { ", from " };
        text += ip.trim();
    }
    if !why.trim().is_empty() {
        text += if text.is_empty() { "" } else { ": " };
        text += why.trim();
    }
    line(&text)
}
