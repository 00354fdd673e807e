//! Spans of time: `30s`, `90m`, `6h`, `2d`.

use std::ops::RangeInclusive;

use chrono::TimeDelta;

use crate::findings::Report;
use crate::toml_source::Value;

/// The range of a span.
pub(super) type Range = RangeInclusive<TimeDelta>;

/// One minute to thirty days.
pub(super) const LONG: Range = TimeDelta::minutes(1)..=TimeDelta::days(30);
/// One second to an hour.
pub(super) const SHORT: Range = TimeDelta::seconds(1)..=TimeDelta::hours(1);

/// Thirty days, after which deferred mails are no longer retried, to ten years: how old an edition is
/// when it is compacted.
pub const COMPACT_AFTER: Range = TimeDelta::days(30)..=TimeDelta::days(3650);

/// A span within [`COMPACT_AFTER`], as the command line takes it.
///
/// # Errors
/// What was expected.
pub fn compact_after(text: &str) -> Result<TimeDelta, String> {
    let span = parse(text).filter(|span| COMPACT_AFTER.contains(span));
    let (least, most) = (COMPACT_AFTER.start(), COMPACT_AFTER.end());
    span.ok_or_else(|| format!("expected {} to {}", written(*least), written(*most)))
}

/// A span within a range, or the default if the key is missing.
pub(super) fn optional(
    value: Option<Value<'_>>,
    default: TimeDelta,
    range: &Range,
    report: &mut Report,
) -> Option<TimeDelta> {
    match value {
        Some(value) => read(&value, range, report),
        None => Some(default),
    }
}

pub(super) fn read(value: &Value<'_>, range: &Range, report: &mut Report) -> Option<TimeDelta> {
    let text = value.text(report)?;
    let Some(span) = parse(text) else {
        let message = format!("`{}` is not a span of time", value.key());
        report.push(
            value
                .fault("bad-duration", message)
                .label("expected a whole number and a unit")
                .help("the units are s, m, h and d (days): \"30s\", \"90m\", \"6h\", \"2d\""),
        );
        return None;
    };
    if !range.contains(&span) {
        let message = format!("`{}` is {text}", value.key());
        report.push(value.fault("out-of-range", message).label(format!(
            "must be {} to {}",
            written(*range.start()),
            written(*range.end())
        )));
        return None;
    }
    Some(span)
}

fn parse(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: i64 = number.parse().ok()?;
    match unit.trim_start() {
        "s" => TimeDelta::try_seconds(number),
        "m" => TimeDelta::try_minutes(number),
        "h" => TimeDelta::try_hours(number),
        "d" => TimeDelta::try_days(number),
        _ => None,
    }
}

/// A span in the largest unit that divides it.
fn written(span: TimeDelta) -> String {
    let seconds = span.num_seconds();
    let (unit, letter) = [(86_400, 'd'), (3_600, 'h'), (60, 'm')]
        .into_iter()
        .find(|(unit, _)| seconds % unit == 0)
        .unwrap_or((1, 's'));
    format!("{}{letter}", seconds / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_in_its_largest_unit() {
        assert_eq!(written(TimeDelta::days(30)), "30d");
        assert_eq!(written(TimeDelta::minutes(90)), "90m");
        assert_eq!(written(TimeDelta::seconds(1)), "1s");
    }

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        assert_eq!(parse("90m"), Some(TimeDelta::minutes(90)));
        assert_eq!(parse("6 h"), Some(TimeDelta::hours(6)));
        assert_eq!(parse("30s"), Some(TimeDelta::seconds(30)));
        assert_eq!(parse("2d"), Some(TimeDelta::days(2)));
        for bad in [
            "",
            "h",
            "6",
            "6w",
            "-1h",
            "1.5h",
            "1h30m",
            "99999999999999999999d",
            "9223372036854775807d",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
