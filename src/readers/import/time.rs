//! Times as the exports of other systems write them.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

/// A time, Unix milliseconds UTC; `None` if it cannot be read with certainty.
///
/// Read are RFC 3339, RFC 2822, what Go and PostgreSQL write, Unix seconds (10 digits) and milliseconds (13), and
/// dates in numbers or with an English month, with or without a time of day. Without an offset they are taken as UTC.
/// `1/2/2023` may be in January or in February, so it is not read; nor is a year of two digits.
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

/// A time that says how far it is from UTC, or that is as computers write it.
fn with_offset(text: &str) -> Option<DateTime<FixedOffset>> {
    // Go writes the name of the zone behind the offset.
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let found = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(&words.join(" "), "%Y-%m-%d %H:%M:%S%.f %#z"));
    if let Ok(found) = found {
        return Some(found);
    }
    let plain = text
        .trim_end_matches("UTC")
        .trim_end_matches('Z')
        .trim_end();
    let forms = [
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    let mut times = forms
        .into_iter()
        .map(|form| NaiveDateTime::parse_from_str(plain, form));
    let found = times.find_map(Result::ok);
    let found = found.map(|time| time.and_utc().fixed_offset());
    found.or_else(|| DateTime::parse_from_rfc2822(text).ok())
}

/// A date, and maybe a time of day behind it and an offset behind that.
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
    let time = if time.is_empty() {
        NaiveTime::MIN
    } else {
        time_of(&time.concat().to_uppercase())?
    };
    let time = date.and_time(time);
    match offset {
        None => Some(time.and_utc().fixed_offset()),
        Some(offset) => DateTime::parse_from_str(&format!("{time} {offset}"), "%F %T%.f %#z").ok(),
    }
}

fn date_of(text: &str) -> Option<NaiveDate> {
    let forms = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%B %d %Y", "%d %B %Y"];
    let mut dates = forms
        .into_iter()
        .map(|form| NaiveDate::parse_from_str(text, form));
    if let Some(date) = dates.find_map(Result::ok) {
        return Some(date);
    }
    let mut numbers = text.splitn(3, '/').map(str::parse::<u32>);
    let [one, two, year] = std::array::from_fn(|_| numbers.next().and_then(Result::ok));
    let (one, two, year) = (one?, two?, i32::try_from(year?).ok()?);
    // Which of them is the month shows only where the other cannot be one.
    match (one > 12, two > 12) {
        (true, false) => NaiveDate::from_ymd_opt(year, two, one),
        (false, true) => NaiveDate::from_ymd_opt(year, one, two),
        _ => None,
    }
}

/// A time of day, in upper case and without spaces.
fn time_of(text: &str) -> Option<NaiveTime> {
    let forms = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S%p", "%I:%M%p"];
    let mut times = forms
        .into_iter()
        .map(|form| NaiveTime::parse_from_str(text, form));
    times.find_map(Result::ok)
}
