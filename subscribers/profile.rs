//! The optional things a reader tells: a name, a time zone, and how often they want mail. The same rules hold for an import,
//! an editor and the sign-up form.

use strum::{EnumString, IntoStaticStr};

use chrono::DateTime;
use chrono_tz::Tz;
use thiserror::Error;

/// The longest name, in characters.
pub const MAX_NAME: usize = 200;

/// Why a name or a time zone is refused. Never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// A control character or line break in a name, which reaches the To header.
    #[error("the name contains a line break or another control character")]
    NameControl,
    /// A name of more than [`MAX_NAME`] characters.
    #[error("the name is longer than {MAX_NAME} characters")]
    NameTooLong,
    /// Not a zone of the IANA database, in its own spelling.
    #[error("unknown time zone; write an IANA name, such as Europe/Berlin")]
    UnknownTimeZone,
    /// Not one of the words of [`Frequency`].
    #[error("unknown frequency; write `every` or `digest`, or leave it empty")]
    UnknownFrequency,
    /// Not an instant as RFC 3339 writes it.
    #[error("no instant; write it like 2026-12-21T09:00:00Z, or leave it empty")]
    NoInstant,
}

/// How often a reader wants mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Frequency {
    /// Every issue.
    #[default]
    Every,
    /// A digest of the verdicts, once a month.
    Digest,
}

/// Reads a name: white space around it is dropped, and nothing left means no name.
///
/// # Errors
/// [`ProfileError::NameControl`], [`ProfileError::NameTooLong`].
pub fn name(text: &str) -> Result<Option<&str>, ProfileError> {
    // Line breaks are refused at the ends too, so that no header field's content is ever cut.
    if text.chars().any(breaks_a_header) {
        return Err(ProfileError::NameControl);
    }
    let name = text.trim();
    if name.chars().nth(MAX_NAME).is_some() {
        return Err(ProfileError::NameTooLong);
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// Reads an IANA time zone name, such as `Europe/Berlin`, in the database's own upper and lower
/// case. White space around it is dropped, and nothing left means no zone.
///
/// # Errors
/// [`ProfileError::UnknownTimeZone`].
pub fn time_zone(text: &str) -> Result<Option<Tz>, ProfileError> {
    let zone = text.trim();
    if zone.is_empty() {
        return Ok(None);
    }
    zone.parse()
        .map(Some)
        .map_err(|_| ProfileError::UnknownTimeZone)
}

/// Reads a word of [`Frequency`]; nothing left between white space means every issue.
///
/// # Errors
/// [`ProfileError::UnknownFrequency`].
pub fn frequency(text: &str) -> Result<Frequency, ProfileError> {
    match text.trim() {
        "" => Ok(Frequency::default()),
        word => word.parse().map_err(|_| ProfileError::UnknownFrequency),
    }
}

/// Reads until when a reader wants no mail: an instant of RFC 3339, as Unix milliseconds UTC. Nothing
/// left between white space means no pause.
///
/// # Errors
/// [`ProfileError::NoInstant`].
pub fn paused_until(text: &str) -> Result<Option<i64>, ProfileError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| ProfileError::NoInstant)?;
    Ok(Some(instant.timestamp_millis()))
}

/// Control characters, and the two separators that some readers take for line breaks.
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
