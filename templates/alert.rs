//! Alerts: short plain-text mails to the editors.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::lines::wrap;

/// Characters in a line.
const WIDTH: usize = 72;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub subject: String,
    /// Lines ended by `\n`.
    pub text: String,
}

/// No issue was ready for `slot`, given in the newsletter's zone.
pub fn nothing_to_send(slot: DateTime<FixedOffset>) -> Alert {
    alert(
        format!("Nothing to send on {}", day(slot)),
        &[
            &format!(
                "The slot of {} came and no issue was ready, so nothing was sent.",
                moment(slot)
            ),
            "An issue is picked when its status is \"ready\" and its send_on falls to that slot, or \
             when it is ready and has no send_on.",
            "To see what the coming slots will get:\n    verdict calendar",
            "To send one now:\n    verdict send SLUG",
        ],
    )
}

/// No reader has confirmed, so the issue for `slot`, given in the newsletter's zone, was not sent.
pub fn nobody_to_send_to(slug: &str, slot: DateTime<FixedOffset>) -> Alert {
    alert(
        format!("Nobody to send to on {}", day(slot)),
        &[
            &format!(
                "The slot of {} came, and no reader on the list has confirmed, so {slug} was not sent. It \
                 is still ready, for the next slot.",
                moment(slot)
            ),
            "To see who is on the list:\n    verdict subscribers list",
        ],
    )
}

/// `slot`, given in the newsletter's zone, was noticed `late_by` after it, which is too late.
pub fn slot_missed(slot: DateTime<FixedOffset>, late_by: TimeDelta) -> Alert {
    let late = span(late_by);
    alert(
        format!("Missed the slot of {}", day(slot)),
        &[
            &format!(
                "The slot of {} was noticed {late} late. That is more than schedule.max_delay allows, so nothing was sent.",
                moment(slot)
            ),
            "This happens when no Verdict was running at that time. No issue was used up: one without \
             send_on waits for the next slot, one with a send_on needs a new day.",
            "To send it now instead:\n    verdict send SLUG",
        ],
    )
}

/// Consecutive slots that were noticed too late. `first` and `last` are given in the newsletter's zone. A count of
/// `None` means more than a thousand.
pub fn slots_missed(
    count: Option<usize>,
    first: DateTime<FixedOffset>,
    last: DateTime<FixedOffset>,
) -> Alert {
    let count = count.map_or_else(|| "more than 1,000".to_owned(), |count| count.to_string());
    alert(
        format!("Missed {count} slots, the last on {}", day(last)),
        &[
            &format!(
                "Nothing was sent for {count} slots, because Verdict noticed them later than \
                 schedule.max_delay allows."
            ),
            &format!("The first: {}\nThe last: {}", moment(first), moment(last)),
            "This happens when Verdict was not running at those times, or when the clock of its machine \
             was wrong. No issue was used up: an issue without send_on goes out in the next slot, and an \
             issue whose send_on has passed needs a new date.",
            "To see what the coming slots will get:\n    verdict calendar",
            "To send an issue now:\n    verdict send SLUG",
        ],
    )
}

/// A node whose clock was ahead decided future slots, from `first` to `last`, given in the newsletter's zone. They
/// are decided again.
pub fn clock_was_ahead(first: DateTime<FixedOffset>, last: DateTime<FixedOffset>) -> Alert {
    let slots = match first == last {
        true => format!("The slot of {} was", moment(first)),
        false => format!("The slots from {} to {} were", moment(first), moment(last)),
    };
    alert(
        "A wrong clock decided slots too early".to_owned(),
        &[
            &format!(
                "{slots} taken for missed or empty by a Verdict whose clock was ahead. The clock is right \
                 again, so that decision no longer counts: Verdict decides again when the time comes."
            ),
            "An earlier mail about missed or empty slots at those times is void. Check that the clock of the \
             machine is set over the network.",
            "To see what the coming slots will get:\n    verdict calendar",
        ],
    )
}

/// The digest of `month` goes out with the slot `with`, because its own slot `due` was missed. Slots are given in the
/// newsletter's zone.
pub fn digest_late(
    month: NaiveDate,
    due: DateTime<FixedOffset>,
    with: DateTime<FixedOffset>,
) -> Alert {
    let month = month.format("%B %Y");
    alert(
        format!("The digest of {month} is late"),
        &[
            &format!(
                "The digest of {month} was due with the slot of {}. Verdict missed that slot by more than \
                 schedule.max_delay.",
                moment(due)
            ),
            &format!(
                "It goes out now, with the slot of {}, to the readers who want one mail a month.",
                moment(with)
            ),
        ],
    )
}

/// The digest of `month` does not go out, because no slot of the next month is left. `due` is that month's first slot,
/// given in the newsletter's zone, if it has one.
pub fn digest_lost(month: NaiveDate, due: Option<DateTime<FixedOffset>>) -> Alert {
    let month = month.format("%B %Y");
    let why = match due {
        Some(due) => format!(
            "The digest of {month} was due with the slot of {}. Verdict missed that slot and the others of \
             its month by more than schedule.max_delay, so the digest was not sent.",
            moment(due)
        ),
        None => format!(
            "The digest of {month} goes out with the first slot of the month after it. Your schedule has \
             no slot in that month, so the digest was not sent."
        ),
    };
    alert(
        format!("The digest of {month} was not sent"),
        &[
            &why,
            "The readers who want one mail a month got nothing for that month. They find every comparison in \
             the archive on your site. The next digest goes out with the first slot of its month.",
        ],
    )
}

/// An edition was paused. `reason` may quote the relay.
pub fn edition_paused(slug: &str, reason: &str) -> Alert {
    alert(
        format!("The edition {slug} is paused"),
        &[
            &format!("Verdict stopped sending {slug}. The reason:\n    {reason}"),
            &format!(
                "Readers who have got it are not mailed again. When you have fixed the cause, continue with:\n    \
                 verdict resume {slug}"
            ),
            &format!(
                "To mail readers whom the mail server refused until then:\n    verdict resend {slug} --refused"
            ),
            &format!(
                "To see and decide about readers who may or may not have got it:\n    verdict settle {slug}"
            ),
        ],
    )
}

/// More people than `alarm` signed up within an hour.
pub fn many_sign_ups(alarm: i64) -> Alert {
    alert(
        "Uncommonly many sign-ups".to_owned(),
        &[
            &format!("The sign-up form was used {alarm} times within an hour, and it may go on."),
            "Nothing was stopped: each of them still has to confirm, and a network or an address is \
             asked only so often. If it is not your own success, somebody may be trying out the form.",
            "What becomes of them:\n    verdict subscribers list --consent pending",
            "The limits are in [join] in verdict.toml.",
        ],
    )
}

/// The issue has errors. `report` is the output of `verdict check`.
pub fn issue_has_findings(slug: &str, report: &str) -> Alert {
    let mut alert = alert(
        format!("The issue {slug} does not check"),
        &[
            &format!("The issue {slug} was left out of this slot, because it does not check."),
            "What is wrong with it:",
        ],
    );
    // The report has columns and carets, so it is not wrapped.
    alert.text.push_str(&format!("\n{}\n", report.trim_end()));
    alert
}

/// The issue's date has passed, and it was not sent.
pub fn overdue(slug: &str, date: NaiveDate) -> Alert {
    alert(
        format!("The issue {slug} missed its date"),
        &[
            &format!("The issue {slug} is dated {date}, and no slot of that date took it."),
            "It is not sent late without your say: change its `send_on`, or take the date out.",
        ],
    )
}

fn alert(subject: String, paragraphs: &[&str]) -> Alert {
    let paragraphs: Vec<String> = paragraphs.iter().map(|text| paragraph(text)).collect();
    Alert {
        subject,
        text: format!("{}\n", paragraphs.join("\n\n")),
    }
}

/// Wraps the first line, and keeps the commands after it.
fn paragraph(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) => format!("{}\n{rest}", wrap(first, WIDTH)),
        None => wrap(text, WIDTH),
    }
}

fn day(slot: DateTime<FixedOffset>) -> String {
    slot.format("%A %-d %B %Y").to_string()
}

fn moment(slot: DateTime<FixedOffset>) -> String {
    slot.format("%A %-d %B %Y, %H:%M (UTC%:z)").to_string()
}

/// A length of time in its two largest units: "2 days 3 hours", "3 hours 5 minutes", "40 seconds".
pub fn span(span: TimeDelta) -> String {
    let mut seconds = span.num_seconds().max(0);
    let mut parts = Vec::new();
    for (length, unit) in [
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ] {
        let count = seconds / length;
        seconds %= length;
        let plural = if count == 1 { "" } else { "s" };
        if count > 0 {
            parts.push(format!("{count} {unit}{plural}"));
        }
    }
    parts.truncate(2);
    match parts.is_empty() {
        true => "0 seconds".to_owned(),
        false => parts.join(" "),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn slot() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-06-02T09:00:00+02:00").unwrap()
    }

    #[test]
    fn a_missed_slot_is_told_with_its_zone_and_how_late() {
        let alert = slot_missed(slot(), TimeDelta::minutes(26 * 60 + 5));
        assert_eq!(alert.subject, "Missed the slot of Tuesday 2 June 2026");
        let text = alert.text.replace('\n', " ");
        assert!(
            text.contains("Tuesday 2 June 2026, 09:00 (UTC+02:00) was noticed 1 day 2 hours late")
        );
    }

    #[test]
    fn missed_slots_are_counted_and_the_first_and_last_named() {
        let last = slot() + TimeDelta::weeks(38);
        let alert = slots_missed(Some(39), slot(), last);
        assert_eq!(
            alert.subject,
            "Missed 39 slots, the last on Tuesday 23 February 2027"
        );
        let text = alert.text;
        assert!(text.contains("Nothing was sent for 39 slots"), "{text}");
        assert!(
            text.contains("The first: Tuesday 2 June 2026, 09:00"),
            "{text}"
        );
        assert!(
            text.contains("The last: Tuesday 23 February 2027, 09:00"),
            "{text}"
        );
        assert!(text.contains("\n    verdict calendar\n"), "{text}");
        let alert = slots_missed(None, slot(), last);
        assert!(alert.subject.starts_with("Missed more than 1,000 slots, "));
    }

    #[test]
    fn lengths_of_time_read_well() {
        let said = [0, 1, 61, 3_600, 7_384, 200_000].map(|s| span(TimeDelta::seconds(s)));
        let want = [
            "0 seconds",
            "1 second",
            "1 minute 1 second",
            "1 hour",
            "2 hours 3 minutes",
            "2 days 7 hours",
        ];
        assert_eq!(said, want);
    }

    #[test]
    fn a_report_keeps_its_columns_and_prose_its_width() {
        let report = format!("error: unknown key\n  |\n3 | {}\n  | ^^^^", "x".repeat(100));
        let alert = issue_has_findings("axolotl", &report);
        assert!(alert.text.contains(&report));
        for alert in [
            nothing_to_send(slot()),
            slot_missed(slot(), TimeDelta::hours(2)),
            slots_missed(Some(2), slot(), slot() + TimeDelta::hours(2)),
        ] {
            assert!(alert.text.lines().all(|line| line.chars().count() <= WIDTH));
            assert!(alert.text.contains("\n    verdict send SLUG\n"));
            assert!(!alert.subject.contains(['\r', '\n']));
        }
    }
}
