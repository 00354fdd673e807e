//! A reader's optional name, time zone and mail frequency. The same rules apply to an import, an editor and
//! the sign-up form.

use chrono::DateTime;
use chrono_tz::Tz;
use strum::{EnumString, IntoStaticStr};
use thiserror::Error;

/// The longest name, in characters.
pub const MAX_NAME: usize = 200;

/// Why a field is refused. The message never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The name goes into the To header.
    #[error("the name contains a line break or another control character")]
    NameControl,
    #[error("the name is longer than {MAX_NAME} characters")]
    NameTooLong,
    #[error("unknown time zone; write an IANA name, such as Europe/Berlin")]
    UnknownTimeZone,
    #[error("unknown frequency; write `every` or `digest`, or leave it empty")]
    UnknownFrequency,
    #[error("not an RFC 3339 time; write it like 2026-12-21T09:00:00Z, or leave it empty")]
    NoInstant,
}

/// How often a reader wants mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Frequency {
    /// Every issue.
    #[default]
    Every,
    /// A monthly digest of the verdicts.
    Digest,
}

/// Reads a name, without the white space around it; `None` if nothing is left.
pub fn name(text: &str) -> Result<Option<&str>, ProfileError> {
    // Line breaks are refused at the ends too, so that a header field is never cut short.
    if text.chars().any(breaks_a_header) {
        return Err(ProfileError::NameControl);
    }
    let name = text.trim();
    if name.chars().nth(MAX_NAME).is_some() {
        return Err(ProfileError::NameTooLong);
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// Reads an IANA time zone name, such as `Europe/Berlin`, in the database's own case; `None` if the text is
/// blank.
pub fn time_zone(text: &str) -> Result<Option<Tz>, ProfileError> {
    match text.trim() {
        "" => Ok(None),
        zone => Ok(Some(
            zone.parse().map_err(|_| ProfileError::UnknownTimeZone)?,
        )),
    }
}

/// Reads a [`Frequency`]; a blank text means every issue.
pub fn frequency(text: &str) -> Result<Frequency, ProfileError> {
    match text.trim() {
        "" => Ok(Frequency::default()),
        word => word.parse().map_err(|_| ProfileError::UnknownFrequency),
    }
}

/// Reads the RFC 3339 time at which a pause ends, as Unix milliseconds UTC; `None` if the text is blank.
pub fn paused_until(text: &str) -> Result<Option<i64>, ProfileError> {
    match text.trim() {
        "" => Ok(None),
        text => match DateTime::parse_from_rfc3339(text) {
            Ok(time) => Ok(Some(time.timestamp_millis())),
            Err(_) => Err(ProfileError::NoInstant),
        },
    }
}

/// Control characters, and the two separators that some mail programs treat as line breaks.
fn breaks_a_header(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_may_be_absent() {
        assert_eq!(name("  Zoë Ωmega, PhD "), Ok(Some("Zoë Ωmega, PhD")));
        assert_eq!(name("   "), Ok(None));
    }

    #[test]
    fn a_name_that_would_break_a_header_is_refused() {
        for text in [
            "Ann\nBcc: x",
            "Ann\r",
            "\nAnn",
            "A\0nn",
            "A\u{7f}",
            "A\u{85}",
            "A\u{2028}b",
        ] {
            assert_eq!(name(text), Err(ProfileError::NameControl), "{text:?}");
        }
    }

    #[test]
    fn the_longest_name_is_counted_in_characters() {
        assert!(name(&"ä".repeat(MAX_NAME)).is_ok());
        assert_eq!(
            name(&"ä".repeat(MAX_NAME + 1)),
            Err(ProfileError::NameTooLong)
        );
    }

    #[test]
    fn a_pause_ends_at_an_instant_and_a_frequency_is_a_word() {
        assert_eq!(paused_until(" "), Ok(None));
        assert_eq!(paused_until("1970-01-01T01:00:01.5+01:00"), Ok(Some(1500)));
        for text in [
            "tomorrow",
            "2026-12-21",
            "2026-12-21T09:00:00",
            "1797843600",
        ] {
            assert_eq!(paused_until(text), Err(ProfileError::NoInstant), "{text}");
        }
        assert_eq!(frequency(""), Ok(Frequency::Every));
        assert_eq!(frequency(" digest "), Ok(Frequency::Digest));
        for text in ["Digest", "weekly", "every,digest"] {
            assert_eq!(frequency(text), Err(ProfileError::UnknownFrequency));
        }
    }

    #[test]
    fn a_zone_is_an_iana_name() {
        assert_eq!(time_zone(" Europe/Berlin "), Ok(Some(Tz::Europe__Berlin)));
        assert_eq!(time_zone(""), Ok(None));
        for text in ["Berlin", "europe/berlin", "+02:00", "CEST"] {
            assert_eq!(
                time_zone(text),
                Err(ProfileError::UnknownTimeZone),
                "{text}"
            );
        }
    }
}
