//! Reads dates, and explains those that do not exist.

use std::ops::Range;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::findings::{Finding, Source};

/// Why a text is not a valid date.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoDate {
    label: String,
    /// The date to write instead, if that is clear.
    instead: Option<NaiveDate>,
}

impl NoDate {
    /// `before` is what to write before the date, such as `key = `.
    pub(super) fn finding(
        self,
        written: &str,
        before: &str,
        source: &Arc<Source>,
        span: Range<usize>,
    ) -> Finding {
        let message = format!("`{written}` is not a date");
        let finding = Finding::error("impossible-date", message, source, span).label(self.label);
        match self.instead {
            Some(date) => finding.help(format!("write `{before}{date}`")),
            None => finding,
        }
    }
}

/// Reads `2026-11-23`; `None` if the text does not look like a date at all.
pub(super) fn read(text: &str) -> Option<Result<NaiveDate, NoDate>> {
    let mut parts = text.trim().split('-');
    let mut number = |most: usize| {
        let part = parts.next()?;
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let value: u32 = part.parse().ok()?;
        (digits && part.len() <= most).then_some((part.len(), value))
    };
    let ((years, year), (months, month), (days, day)) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let label = match date {
        Some(date) if (years, months, days) == (4, 2, 2) => return Some(Ok(date)),
        Some(_) => "the month and the day need two digits, the year four".to_owned(),
        None => impossible(year, month),
    };
    Some(Err(NoDate {
        label,
        instead: date.filter(|_| years == 4),
    }))
}

fn impossible(year: u32, month: u32) -> String {
    let year = i32::try_from(year).ok();
    match year.and_then(|year| NaiveDate::from_ymd_opt(year, month, 1)) {
        None => format!("there is no month {month:02}"),
        Some(first) => format!(
            "{} has {} days",
            first.format("%B %Y"),
            first.num_days_in_month()
        ),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_explained() {
        let label = |text| read(text).unwrap().unwrap_err().label;
        assert_eq!(label("2026-02-30"), "February 2026 has 28 days");
        assert_eq!(label("2028-02-30"), "February 2028 has 29 days");
        assert_eq!(label("2026-13-01"), "there is no month 13");
        assert_eq!(label("2026-00-01"), "there is no month 00");
        let lax = read("2026-1-5").unwrap().unwrap_err();
        assert_eq!(lax.instead, NaiveDate::from_ymd_opt(2026, 1, 5));
        assert_eq!(read("26-01-05").unwrap().unwrap_err().instead, None);
    }

    #[test]
    fn other_texts_are_not_taken_for_days() {
        for text in [
            "",
            "soon",
            "2026-01",
            "2026-01-02-03",
            "+2026-01-02",
            "2026-é-01",
            "2026-01-02T10:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("2026-11-23").unwrap().is_ok());
    }
}
