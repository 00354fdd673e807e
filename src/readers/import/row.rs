//! What one row of a file says of a person.

use mail_parser::MessageParser;
use subscribers::address::{Address, AddressError};
use subscribers::profile::{self, Frequency, MAX_NAME};

use super::time;

/// The longest text that is kept as evidence, in characters.
const MAX_EVIDENCE: usize = 300;

/// A row whose address can be read.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Whom it is about.
    pub(super) address: Address,
    /// The name.
    pub(super) name: Option<String>,
    /// A name of the IANA time zone database.
    pub(super) time_zone: Option<String>,
    /// A language tag, as the file has it.
    pub(super) language: Option<String>,
    /// How often they want mail.
    pub(super) frequency: Frequency,
    /// Until when they want none, Unix milliseconds UTC.
    pub(super) paused_until: Option<i64>,
    /// When they came onto the list, Unix milliseconds UTC.
    pub(super) created_at: Option<i64>,
    /// When, from where and why they opted in or left, in the file's own words.
    pub(super) evidence: Option<String>,
}

impl Row {
    /// A row that says nothing but the address.
    pub(super) fn of(address: Address) -> Self {
        Self {
            address,
            name: None,
            time_zone: None,
            language: None,
            frequency: Frequency::Every,
            paused_until: None,
            created_at: None,
            evidence: None,
        }
    }
}

/// What was wrong with a field that is not the address, and is left out or mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mended {
    /// The name had line breaks or other control characters: they became spaces.
    NameControl,
    /// The name was longer than [`MAX_NAME`] characters: it was cut.
    NameLong,
    /// The time zone is not in the IANA database: it was left out.
    TimeZone,
    /// The frequency is not a known word: every issue.
    Frequency,
    /// A time cannot be read: it was left out.
    Time,
    /// There are more fields than the header has: they were left out.
    ExtraFields,
    /// There are fewer fields than the header has: the missing ones are taken as empty.
    MissingFields,
}

impl Mended {
    /// What was done, in plain words.
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

/// Reads `ada@example.com` or `Ada <ada@example.com>`, with a name as RFC 2047 writes it. Two of them in one text are
/// none.
pub(super) fn mailbox(text: &str, mended: &mut Vec<Mended>) -> Result<Row, AddressError> {
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
    // A comma that is not quoted parts the name in two.
    let name = match found {
        Some([one]) => one.name().unwrap_or_default(),
        _ => before,
    };
    row.name = self::name(name, mended);
    Ok(row)
}

/// The same where the name has a place of its own: the one beside the address counts only if that is empty.
pub(super) fn mailbox_of(
    text: &str,
    name: Option<String>,
    mended: &mut Vec<Mended>,
) -> Result<Row, AddressError> {
    let mut of_name = Vec::new();
    let row = mailbox(text, &mut of_name)?;
    if name.is_some() {
        return Ok(Row { name, ..row });
    }
    mended.append(&mut of_name);
    Ok(row)
}

/// A name that can stand in a To header; what had to be mended goes to `mended`.
pub(super) fn name(text: &str, mended: &mut Vec<Mended>) -> Option<String> {
    let text = text.trim();
    match profile::name(text) {
        Ok(name) => name.map(str::to_owned),
        Err(_) => {
            let spaced = |c: char| if breaks(c) { ' ' } else { c };
            let spaced: String = text.chars().map(spaced).collect();
            let words: Vec<&str> = spaced.split_whitespace().collect();
            let name = words.join(" ");
            if text.chars().any(breaks) {
                mended.push(Mended::NameControl);
            }
            let cut: String = name.chars().take(MAX_NAME).collect();
            if cut.len() < name.len() {
                mended.push(Mended::NameLong);
            }
            profile::name(&cut).ok().flatten().map(str::to_owned)
        }
    }
}

/// Characters that end or split a header line.
fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A zone of the IANA database.
pub(super) fn time_zone(text: &str, mended: &mut Vec<Mended>) -> Option<String> {
    match profile::time_zone(text) {
        Ok(zone) => zone.map(|zone| zone.name().to_owned()),
        Err(_) => {
            mended.push(Mended::TimeZone);
            None
        }
    }
}

/// A time, Unix milliseconds UTC, in any form that [`time::read`] knows; none where a database has none.
pub(super) fn time(text: &str, mended: &mut Vec<Mended>) -> Option<i64> {
    let text = text.trim();
    // MySQL's and Go's times of nothing.
    let is_none = text.starts_with("0000-00-00") || text.starts_with("0001-01-01");
    if text.is_empty() || text.eq_ignore_ascii_case("null") || is_none {
        return None;
    }
    let found = time::read(text);
    if found.is_none() {
        mended.push(Mended::Time);
    }
    found
}

/// A line of text that is kept as it is, without what breaks lines, and cut.
pub(super) fn line(text: &str) -> Option<String> {
    let spaced = |c: char| if breaks(c) { ' ' } else { c };
    let text: String = text.chars().map(spaced).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().take(MAX_EVIDENCE).collect();
    (!line.is_empty()).then_some(line)
}

/// "2024-03-01 10:00, from 192.0.2.7: too many emails", from what is there of it.
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
