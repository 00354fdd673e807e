//! The words of a report, for its page and for a terminal.

use chrono::{DateTime, FixedOffset};

use super::{Growth, Missing, Outcome, Report, State, TextReaders, Unsubscribed};
use crate::locale::Locale;

/// The reason of readers who only wrote something.
pub const OWN: &str = "own-words";
/// The reason of readers who gave none.
pub const NONE: &str = "none";

/// One line about the state. It tells who is missing, whatever the state is.
pub fn headline(report: &Report) -> String {
    let state = match report.state {
        State::Sending => "Being sent",
        State::Paused => "Paused",
        State::Cancelled => "Cancelled",
        State::Finished if !report.complete => "Finished, but not everyone got it",
        State::Finished if report.deliveries.skipped > 0 => {
            "Finished: everyone got it who still wanted it"
        }
        State::Finished => "Finished: everyone got it",
    };
    match report.complete {
        true => state.to_owned(),
        false => format!(
            "{state}: {} (of {})",
            parts(report.missing),
            readers(report.readers)
        ),
    }
}

fn parts(missing: Missing) -> String {
    let parts = [
        (missing.waiting, "waiting"),
        (missing.refused, "refused"),
        (missing.in_doubt, "in doubt"),
        (missing.cancelled, "left out by the cancel"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(count, what)| format!("{} {what}", number(count)))
        .collect();
    parts.join(", ")
}

pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "Accepted",
        Outcome::Waiting => "Waiting",
        Outcome::Refused => "Refused",
        Outcome::InDoubt => "In doubt",
        Outcome::Settled => "No reply, settled",
        Outcome::Skipped => "Skipped",
    }
}

/// Why deliveries were refused: codes, or words.
pub fn refused(reason: &str) -> &str {
    match reason {
        "" => ERASED,
        reason => reason,
    }
}

/// In place of what was deleted with a reader.
const ERASED: &str = "Not kept: reader erased";

/// Why a delivery was skipped.
pub fn skipped(reason: &str) -> &str {
    match reason {
        "" => ERASED,
        "cancelled" => "The edition was cancelled",
        "unsubscribed" => "Unsubscribed before their turn",
        "bounced" => "Mailbox found gone before their turn",
        "blocked" => "Blocked before their turn",
        "complained" => "Complained before their turn",
        "erased" => "Erased before their turn",
        "pending" => "Not confirmed",
        "paused" => "Paused their mail",
        "digest" => "Chose the monthly digest",
        "every" => "Chose every issue",
        other => other,
    }
}

/// One of an issue's texts.
pub fn text(text: &TextReaders) -> String {
    match text.revised_at {
        None => "The first text".to_owned(),
        Some(at) => at.format("Corrected %Y-%m-%d %H:%M").to_string(),
    }
}

/// What recorded that a reader left.
pub fn way(name: &str) -> &str {
    match name {
        "one-click" => "Button of the mail program",
        "page" => "Unsubscribe page",
        "mailto" => "Mail",
        "editor" => "An editor",
        "import" => "Import",
        "journal" => "Restored from the journal",
        other => other,
    }
}

/// What recorded that a reader joined. The name of a form may follow.
pub fn joined(name: &str) -> String {
    match name.split_once(' ') {
        Some(("page", form)) => format!("Confirmed by link {form}"),
        None if name == "page" => "Confirmed by link".to_owned(),
        None if name == "editor" => "Added by an editor".to_owned(),
        None if name == "import" => "Import".to_owned(),
        _ => name.to_owned(),
    }
}

/// Why a reader left.
pub fn reason(name: &str) -> &str {
    match name {
        "too-often" => "Too many emails",
        "not-for-me" => "Not relevant to them",
        "not-good" => "Not good enough",
        "never-joined" => "Never signed up",
        OWN => "In their own words",
        NONE => "No reason given",
        other => other,
    }
}

/// The consent that a reader has who is no longer confirmed.
pub fn lost(consent: &str) -> &str {
    match consent {
        "unsubscribed" => "Unsubscribed",
        "bounced" => "Mailbox gone",
        "blocked" => "Blocked",
        "complained" => "Complained",
        "erased" => "Erased",
        "pending" => "Not confirmed",
        other => other,
    }
}

/// The share of readers who left.
pub fn of_accepted(left: &Unsubscribed) -> String {
    match left.share_of_accepted {
        Some(share) => format!("{} of those accepted", percent(share)),
        None => "nobody has got it yet".to_owned(),
    }
}

/// What else readers did, in sentences.
pub fn besides(report: &Report) -> Vec<String> {
    let sentence = |count: i64, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {several}", number(count))),
    };
    let sentences = [
        sentence(
            report.unsubscribed.taken_back,
            "more reader left and took it back.",
            "more readers left and took it back.",
        ),
        sentence(
            report.bounced,
            "mailbox no longer exists, so its reader is off the list.",
            "mailboxes no longer exist, so their readers are off the list.",
        ),
        sentence(
            report.complained,
            "reader reported it as spam.",
            "readers reported it as spam.",
        ),
    ];
    sentences.into_iter().flatten().collect()
}

/// What else made the difference between two editions.
pub fn choices(growth: &Growth) -> String {
    let choices = signed(growth.choices());
    format!("Pauses and the choice of the digest account for {choices}.")
}

/// `2026-11-26 09:00:04 +01:00`.
pub fn time(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// `1,204`.
pub fn number(count: i64) -> String {
    Locale::default().number(count)
}

/// `+12`, `-3`, `0`.
pub fn signed(count: i64) -> String {
    let sign = if count > 0 { "+" } else { "" };
    format!("{sign}{}", number(count))
}

/// `1 reader`, `1,204 readers`.
pub fn readers(count: i64) -> String {
    counted(count, "reader")
}

/// `1 vote`, `2 votes`.
pub fn counted(count: i64, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", number(count))
}

/// A share from 0 to 1 in percent, with two decimals below 1. Only nothing is 0%, and only all is 100%.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "0%".to_owned(),
        100.0 => "100%".to_owned(),
        few if few > 0.0 && few < 0.01 => "<0.01%".to_owned(),
        few if few < 1.0 => format!("{few:.2}%"),
        most if most > 99.9 && most < 100.0 => ">99.9%".to_owned(),
        percent => format!("{percent:.1}%"),
    }
}
