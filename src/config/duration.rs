//! Spans of time: `90m`, `6h`, `2d`.

use chrono::TimeDelta;

use crate::diagnostic::Report;
use crate::document::Value;

const LEAST: TimeDelta = TimeDelta::minutes(1);
const MOST: TimeDelta = TimeDelta::days(30);

/// A span of one minute to thirty days, or the default if the key is not there.
pub(super) fn optional(
    value: Option<Value<'_>>,
    default: TimeDelta,
    report: &mut Report,
) -> Option<TimeDelta> {
    match value {
        Some(value) => read(&value, report),
        None => Some(default),
    }
}

fn read(value: &Value<'_>, report: &mut Report) -> Option<TimeDelta> {
    let text = value.text(report)?;
    let Some(span) = parse(text) else {
        let message = format!("`{}` is not a span of time", value.key());
        report.push(
            value
                .fault("bad-duration", message)
                .label("expected a whole number and a unit")
                .help("the units are m (minutes), h (hours) and d (days): \"90m\", \"6h\", \"2d\""),
        );
        return None;
    };
    if !(LEAST..=MOST).contains(&span) {
        let message = format!("`{}` is {text}", value.key());
        report.push(
            value
                .fault("out-of-range", message)
                .label("must be 1m to 30d"),
        );
        return None;
    }
    Some(span)
}

fn parse(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: i64 = number.parse().ok()?;
    match unit.trim_start() {
        "m" => TimeDelta::try_minutes(number),
        "h" => TimeDelta::try_hours(number),
        "d" => TimeDelta::try_days(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        assert_eq!(parse("90m"), Some(TimeDelta::minutes(90)));
        assert_eq!(parse("6 h"), Some(TimeDelta::hours(6)));
        assert_eq!(parse("2d"), Some(TimeDelta::days(2)));
        for bad in [
            "",
            "h",
            "6",
            "6s",
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
