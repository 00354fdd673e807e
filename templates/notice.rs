//! Notices: short plain-text mails to the editors.

use chrono::{DateTime, FixedOffset, TimeDelta};

/// A plain-text mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The subject.
    pub subject: String,
    /// The body, lines ended by `\n`.
    pub text: String,
}

/// No issue was ready for a slot.
pub fn nothing_to_send(slot: DateTime<FixedOffset>) -> Notice {
    Notice { subject: "Nothing to send".into(), text: format!("{slot}\n") }
}

/// A slot was noticed too late to be sent.
pub fn slot_missed(slot: DateTime<FixedOffset>, late_by: TimeDelta) -> Notice {
    Notice { subject: "Slot missed".into(), text: format!("{slot} {late_by}\n") }
}

/// The issue for a slot does not check.
pub fn issue_has_findings(slug: &str, report: &str) -> Notice {
    Notice { subject: format!("The issue {slug} does not check"), text: format!("{report}\n") }
}
