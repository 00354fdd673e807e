//! Alerts: short plain-text mails to the editors.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::lines::wrap;
use crate::locale::{Locale, args};

/// Columns in a line.
const WIDTH: usize = 72;

/// More missed slots than this are not counted.
pub const MOST_COUNTED: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub subject: String,
    /// Lines ended by `\n`.
    pub text: String,
}

/// No issue was ready for `slot`, given in the newsletter's zone.
pub fn nothing_to_send(locale: &Locale, slot: DateTime<FixedOffset>) -> Alert {
    alert(
        locale.text("alert-empty-subject", args![date = day(locale, slot)]),
        &locale.text("alert-empty-text", args![slot = locale.date_and_time(slot)]),
    )
}

/// No reader has confirmed, so the issue for `slot`, given in the newsletter's zone, was not sent.
pub fn nobody_to_send_to(locale: &Locale, slug: &str, slot: DateTime<FixedOffset>) -> Alert {
    alert(
        locale.text("alert-no-readers-subject", args![date = day(locale, slot)]),
        &locale.text(
            "alert-no-readers-text",
            args![slug, slot = locale.date_and_time(slot)],
        ),
    )
}

/// `slot`, given in the newsletter's zone, was noticed `late_by` after it, which is too late.
pub fn slot_missed(locale: &Locale, slot: DateTime<FixedOffset>, late_by: TimeDelta) -> Alert {
    let late = locale.duration(late_by);
    alert(
        locale.text("alert-missed-subject", args![date = day(locale, slot)]),
        &locale.text(
            "alert-missed-text",
            args![slot = locale.date_and_time(slot), late],
        ),
    )
}

/// Consecutive slots that were noticed too late. `first` and `last` are given in the newsletter's zone. A count of
/// `None` means more than [`MOST_COUNTED`].
pub fn slots_missed(
    locale: &Locale,
    count: Option<usize>,
    first: DateTime<FixedOffset>,
    last: DateTime<FixedOffset>,
) -> Alert {
    let date = day(locale, last);
    let [first, last] = [first, last].map(|slot| locale.date_and_time(slot));
    let exact = yes_or_no(count.is_some());
    let count = count.unwrap_or(MOST_COUNTED);
    alert(
        locale.text("alert-missed-several-subject", args![exact, count, date]),
        &locale.text(
            "alert-missed-several-text",
            args![exact, count, first, last],
        ),
    )
}

/// A node whose clock was ahead decided future slots, from `first` to `last`, given in the newsletter's zone. They
/// are decided again.
pub fn clock_was_ahead(
    locale: &Locale,
    first: DateTime<FixedOffset>,
    last: DateTime<FixedOffset>,
) -> Alert {
    let several = yes_or_no(first != last);
    let [first, last] = [first, last].map(|slot| locale.date_and_time(slot));
    alert(
        locale.text("alert-clock-subject", args![]),
        &locale.text("alert-clock-text", args![several, first, last]),
    )
}

/// The digest of `month` goes out with the slot `with`, because its own slot `due` was missed. Slots are given in the
/// newsletter's zone.
pub fn digest_late(
    locale: &Locale,
    month: NaiveDate,
    due: DateTime<FixedOffset>,
    with: DateTime<FixedOffset>,
) -> Alert {
    let month = locale.month(month);
    let [due, slot] = [due, with].map(|slot| locale.date_and_time(slot));
    alert(
        locale.text("alert-digest-late-subject", args![month = &month]),
        &locale.text("alert-digest-late-text", args![month = &month, due, slot]),
    )
}

/// The digest of `month` does not go out, because no slot of the next month is left. `due` is that month's first slot,
/// given in the newsletter's zone, if it has one.
pub fn digest_lost(locale: &Locale, month: NaiveDate, due: Option<DateTime<FixedOffset>>) -> Alert {
    let month = locale.month(month);
    let due = due.map(|due| locale.date_and_time(due));
    alert(
        locale.text("alert-digest-lost-subject", args![month = &month]),
        &match due {
            Some(due) => locale.text("alert-digest-lost-text", args![month = &month, due]),
            None => locale.text("alert-digest-without-slot-text", args![month = &month]),
        },
    )
}

/// An edition was paused. `reason` may quote the relay.
pub fn edition_paused(locale: &Locale, slug: &str, reason: &str) -> Alert {
    alert(
        locale.text("alert-paused-subject", args![slug]),
        &locale.text("alert-paused-text", args![slug, reason]),
    )
}

/// More people than `alarm` signed up within an hour.
pub fn many_sign_ups(locale: &Locale, alarm: i64) -> Alert {
    alert(
        locale.text("alert-sign-ups-subject", args![]),
        &locale.text("alert-sign-ups-text", args![count = alarm]),
    )
}

/// The issue has errors. `report` is the output of `verdict check`.
pub fn issue_has_findings(locale: &Locale, slug: &str, report: &str) -> Alert {
    reporting(
        locale.text("alert-findings-subject", args![slug]),
        &locale.text("alert-findings-text", args![slug]),
        report,
    )
}

/// The check before an edition found what `report` says, the output of `verdict doctor`; the edition went out.
pub fn preflight(locale: &Locale, report: &str) -> Alert {
    reporting(
        locale.text("alert-preflight-subject", args![]),
        &locale.text("alert-preflight-text", args![]),
        report,
    )
}

/// Because of what `report` says, the output of `verdict doctor`, the edition for `slot`, given in the newsletter's
/// zone, waits.
pub fn held(locale: &Locale, slot: DateTime<FixedOffset>, report: &str) -> Alert {
    reporting(
        locale.text("alert-held-subject", args![date = day(locale, slot)]),
        &locale.text("alert-held-text", args![slot = locale.date_and_time(slot)]),
        report,
    )
}

/// The issue's date has passed, and it was not sent.
pub fn overdue(locale: &Locale, slug: &str, date: NaiveDate) -> Alert {
    alert(
        locale.text("alert-overdue-subject", args![slug]),
        &locale.text("alert-overdue-text", args![slug, date = locale.date(date)]),
    )
}

/// Why an issue may not be sent although it is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unapproved {
    Missing,
    /// It has changed since the approval.
    Changed {
        by: String,
    },
    /// Only its author has approved it.
    ByAuthor {
        by: String,
    },
    /// It does not say who wrote it, so nobody can be told apart from its author.
    NoAuthor,
}

/// What a coming slot lacks. The texts are slugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No issue is ready.
    Issue,
    Approval(String, Unapproved),
    /// The issue has errors.
    Correct(String),
    /// The issue has so many warnings.
    Look(String, usize),
}

/// The issue would have been next for `slot`, given in the newsletter's zone, but is not approved.
pub fn not_approved(
    locale: &Locale,
    slug: &str,
    slot: DateTime<FixedOffset>,
    why: &Unapproved,
) -> Alert {
    let slot = locale.date_and_time(slot);
    let why = approval_sentence(locale, slug, why);
    alert(
        locale.text("alert-unapproved-subject", args![slug]),
        &locale.text("alert-unapproved-text", args![slug, slot, why]),
    )
}

/// The coming `slot`, given in the newsletter's zone, lacks something.
pub fn slot_lacks(locale: &Locale, slot: DateTime<FixedOffset>, lacks: &[Lack]) -> Alert {
    let date = day(locale, slot);
    let sentences = lacks.iter().map(|lack| match lack {
        Lack::Issue => locale.text("alert-lacks-issue", args![]),
        Lack::Approval(slug, why) => approval_sentence(locale, slug, why),
        Lack::Correct(slug) => locale.text("alert-lacks-correction", args![slug]),
        Lack::Look(slug, count) => locale.text("alert-lacks-look", args![slug, count = *count]),
    });
    let lacks = sentences.collect::<Vec<_>>().join("\n");
    let slot = locale.date_and_time(slot);
    alert(
        locale.text("alert-reminder-subject", args![date]),
        &locale.text("alert-reminder-text", args![slot, lacks]),
    )
}

fn approval_sentence(locale: &Locale, slug: &str, why: &Unapproved) -> String {
    let (why, by) = match why {
        Unapproved::Missing => ("missing", ""),
        Unapproved::Changed { by } => ("changed", &**by),
        Unapproved::ByAuthor { by } => ("author", &**by),
        Unapproved::NoAuthor => ("unknown", ""),
    };
    locale.text("alert-lacks-approval", args![slug, why, by])
}

/// An alert with a command's output below it. That has columns and carets, so it is not wrapped.
fn reporting(subject: String, text: &str, report: &str) -> Alert {
    let mut alert = alert(subject, text);
    alert.text.push_str(&format!("\n{}\n", report.trim_end()));
    alert
}

/// Wraps the lines of a text, except indented ones, such as commands.
fn alert(subject: String, text: &str) -> Alert {
    let lines = text.lines().map(|line| match line.starts_with(' ') {
        true => line.to_owned(),
        false => wrap(line, WIDTH),
    });
    Alert {
        subject,
        text: lines.map(|line| line + "\n").collect(),
    }
}

fn day(locale: &Locale, slot: DateTime<FixedOffset>) -> String {
    locale.weekday_and_date(slot.date_naive())
}

/// A word that messages choose a sentence by.
fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    fn slot() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-06-02T09:00:00+02:00").unwrap()
    }

    #[test]
    fn a_missed_slot_is_told_with_its_zone_and_how_late() {
        let alert = slot_missed(&Locale::default(), slot(), TimeDelta::minutes(26 * 60 + 5));
        assert_eq!(alert.subject, "Missed the slot of Tuesday 2 June 2026");
        let text = alert.text.replace('\n', " ");
        assert!(
            text.contains("Tuesday 2 June 2026, 09:00 (UTC+02:00) was noticed 1 day 2 hours late")
        );
    }

    #[test]
    fn missed_slots_are_counted_and_the_first_and_last_named() {
        let last = slot() + TimeDelta::weeks(38);
        let english = Locale::default();
        let alert = slots_missed(&english, Some(39), slot(), last);
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
        let alert = slots_missed(&english, None, slot(), last);
        assert!(alert.subject.starts_with("Missed more than 1,000 slots, "));
    }

    #[test]
    fn a_report_keeps_its_columns_and_prose_its_width() {
        let report = format!("error: unknown key\n  |\n3 | {}\n  | ^^^^", "x".repeat(100));
        let english = Locale::default();
        let alert = issue_has_findings(&english, "axolotl", &report);
        assert!(alert.text.contains(&report));
        for alert in [
            nothing_to_send(&english, slot()),
            slot_missed(&english, slot(), TimeDelta::hours(2)),
            slots_missed(&english, Some(2), slot(), slot() + TimeDelta::hours(2)),
        ] {
            assert!(alert.text.lines().all(|line| line.chars().count() <= WIDTH));
            assert!(alert.text.contains("\n    verdict send SLUG\n"));
            assert!(!alert.subject.contains(['\r', '\n']));
        }
    }

    #[test]
    fn every_alert_reads_in_every_language() {
        let mut english = Vec::new();
        for tag in Locale::tags() {
            let (locale, _) = Locale::new(tag, &[]);
            let (first, last) = (slot(), slot() + TimeDelta::weeks(1));
            let month = first.date_naive();
            let alerts = [
                nothing_to_send(&locale, first),
                nobody_to_send_to(&locale, "axolotl", first),
                slot_missed(&locale, first, TimeDelta::hours(2)),
                slots_missed(&locale, Some(2), first, last),
                slots_missed(&locale, None, first, last),
                clock_was_ahead(&locale, first, last),
                clock_was_ahead(&locale, first, first),
                digest_late(&locale, month, first, last),
                digest_lost(&locale, month, Some(first)),
                digest_lost(&locale, month, None),
                edition_paused(&locale, "axolotl", "550 5.7.1 Blocked"),
                many_sign_ups(&locale, 300),
                issue_has_findings(&locale, "axolotl", "error: unknown key"),
                overdue(&locale, "axolotl", month),
                preflight(&locale, "wrong  spf"),
                held(&locale, first, "wrong  spf"),
            ];
            let indented = |alert: &Alert| {
                let lines = alert.text.lines().filter(|line| line.starts_with(' '));
                lines.map(str::to_owned).collect::<Vec<_>>()
            };
            let commands: Vec<_> = alerts.iter().map(indented).collect();
            if english.is_empty() {
                english.clone_from(&commands);
            }
            assert_eq!(commands, english, "{tag}: a command differs from English");
            assert!(
                commands[10].contains(&"    550 5.7.1 Blocked".to_owned()),
                "{tag}"
            );
            for Alert { subject, text } in alerts {
                assert!(!subject.contains(['\r', '\n']), "{tag}: {subject}");
                assert!(
                    text.ends_with('\n') && !text.ends_with("\n\n"),
                    "{tag}: {text}"
                );
                let wide = text.lines().find(|line| line.width() > WIDTH);
                assert_eq!(wide, None, "{tag}");
            }
        }
    }
}
