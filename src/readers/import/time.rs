//! Times in the exports of other systems.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// Reads a time as Unix milliseconds UTC; `None` if it is ambiguous or has no known form.
///
/// Known forms are RFC 3339, RFC 2822, those of Go and PostgreSQL, Unix seconds (10 digits) and milliseconds (13), and
/// dates in numbers or with an English month, with or without a time of day. A time without an offset is in UTC.
/// `1/2/2023` can be in January or in February, so it is refused, like a year with two digits.
pub(super) fn read(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            10 => Some(number * 1000),
            13 => Some(number),
            _ => None,
        };
    }
    let time = with_offset(text).or_else(|| Some(in_words(text)?.fixed_offset()))?;
    let year = time.year();
    ((1000..=9999).contains(&year) && text.contains(&year.to_string()))
        .then(|| time.timestamp_millis())
}

/// A time with an offset, or in a form that only programs write.
fn with_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    // Go writes the name of the zone after the offset.
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let found = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(&words.join(" "), "%Y-%m-%d %H:%M:%S%.f %#z"));
    if let Ok(found) = found {
        return Some(found);
    }
    let plain = text.trim_end_matches("UTC").trim_end_matches('Z');
    let parse = |form| NaiveDateTime::parse_from_str(plain.trim_end(), form).ok();
    let mut forms = ["%F %T%.f", "%FT%T%.f", "%F %H:%M"].into_iter();
    let found = forms.find_map(parse);
    let found = found.map(|time| time.and_utc().fixed_offset());
    found.or_else(|| DateTime::parse_from_rfc2822(text).ok())
}

/// A date, perhaps followed by a time of day, perhaps followed by an offset.
fn in_words(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.replace(',', " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let clock = words.iter().position(|word| word.contains(':'));
    let (date, time) = words.split_at(clock.unwrap_or(words.len()));
    let date = date_of(&date.join(" "))?;
    let (time, offset) = match time {
        [time @ .., last] if last.starts_with(['+', '-']) => (time, Some(*last)),
        [time @ .., "UTC" | "Z"] => (time, None),
        time => (time, None),
    };
    let time = match time {
        [] => NaiveTime::MIN,
        time => time_of(&time.concat().to_uppercase())?,
    };
    let time = date.and_time(time);
    match offset {
        None => Some(time.and_utc().fixed_offset()),
        Some(offset) => DateTime::parse_from_str(&format!("{time} {offset}"), "%F %T%.f %#z").ok(),
    }
}

fn date_of(text: &str) -> Option<NaiveDate> {
    let parse = |form| NaiveDate::parse_from_str(text, form).ok();
    let mut forms = ["%F", "%Y/%m/%d", "%Y.%m.%d", "%B %d %Y", "%d %B %Y"].into_iter();
    if let Some(date) = forms.find_map(parse) {
        return Some(date);
    }
    let mut numbers = text.splitn(3, '/').map(str::parse::<u32>);
    let [one, two, year] = std::array::from_fn(|_| numbers.next().and_then(Result::ok));
    let (one, two, year) = (one?, two?, i32::try_from(year?).ok()?);
    // One of them must be too large for a month, or the date is ambiguous.
    match (one > 12, two > 12) {
        (true, false) => NaiveDate::from_ymd_opt(year, two, one),
        (false, true) => NaiveDate::from_ymd_opt(year, one, two),
        _ => None,
    }
}

/// A time of day, in upper case and without spaces.
fn time_of(text: &str) -> Option<NaiveTime> {
    let mut forms = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S%p", "%I:%M%p"].into_iter();
    forms.find_map(|form| NaiveTime::parse_from_str(text, form).ok())
}
