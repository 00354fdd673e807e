//! What the large mailbox providers ask of senders, judged by the checks before.
//!
//! Past 5,000 mails a day to one of them, Gmail and Outlook reject what does not keep the rules for bulk senders. Yahoo
//! names no number. The doctor does not know the day's mails to each, so the strict rules bind a list of more than
//! [`MANY`] confirmed readers.

use super::{Check, Source, State};

/// Confirmed readers past which the rules for bulk senders bind.
const MANY: i64 = 5_000;

struct Rule {
    name: &'static str,
    /// Whose rule it is, and for whom.
    of: &'static str,
    source: Source,
    /// True if it binds bulk senders only.
    is_for_bulk: bool,
    /// Groups of checks: of each group, one must be ok.
    needs: &'static [&'static [&'static str]],
}

const GMAIL: Source = Source {
    url: "https://support.google.com/a/answer/81126",
    read: "2026-11-29",
};
const YAHOO: Source = Source {
    url: "https://senders.yahooinc.com/best-practices/",
    read: "2026-11-29",
};
const OUTLOOK: Source = Source {
    url: "https://techcommunity.microsoft.com/blog/microsoftdefenderforoffice365blog/strengthening-email-ecosystem-outlook%E2%80%99s-new-requirements-for-high%E2%80%90volume-senders/4399730",
    read: "2026-11-29",
};

const EVERYONE: [&[&str]; 2] = [&["spf", "dkim"], &["ptr"]];
const BULK: [&[&str]; 5] = [
    &["spf"],
    &["dkim"],
    &["dmarc"],
    &["alignment"],
    &["one-click"],
];

const RULES: [Rule; 5] = [
    Rule {
        name: "gmail",
        of: "Gmail, for every sender",
        source: GMAIL,
        is_for_bulk: false,
        needs: &EVERYONE,
    },
    Rule {
        name: "gmail-bulk",
        of: "Gmail, past 5,000 mails a day",
        source: GMAIL,
        is_for_bulk: true,
        needs: &BULK,
    },
    Rule {
        name: "yahoo",
        of: "Yahoo, for every sender",
        source: YAHOO,
        is_for_bulk: false,
        needs: &EVERYONE,
    },
    Rule {
        name: "yahoo-bulk",
        of: "Yahoo, for bulk senders",
        source: YAHOO,
        is_for_bulk: true,
        needs: &BULK,
    },
    Rule {
        name: "outlook-bulk",
        of: "Outlook.com, past 5,000 mails a day",
        source: OUTLOOK,
        is_for_bulk: true,
        needs: &[&["spf"], &["dkim"], &["dmarc"], &["alignment"]],
    },
];

/// Whether a group of checks keeps a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Yes,
    /// Nobody could find out.
    Unknown,
    No,
}

/// One check for each rule. Every rule is judged by checks that were made before.
pub(super) fn judge(checks: &[Check], readers: i64) -> Vec<Check> {
    RULES
        .iter()
        .map(|rule| rule.judge(checks, readers))
        .collect()
}

impl Rule {
    fn judge(&self, checks: &[Check], readers: i64) -> Check {
        let lacking = |kept: Kept| {
            let groups = self
                .needs
                .iter()
                .filter(|group| group_kept(group, checks) == kept);
            groups.map(|group| group.join(" or ")).collect::<Vec<_>>()
        };
        let (broken, unknown) = (lacking(Kept::No), lacking(Kept::Unknown));
        let check = if !broken.is_empty() {
            let state = match self.is_for_bulk && readers <= MANY {
                true => State::Warning,
                false => State::Wrong,
            };
            Check::new(
                self.name,
                state,
                format!("{}: not kept: {}", self.of, broken.join(", ")),
            )
        } else if !unknown.is_empty() {
            Check::unsure(
                self.name,
                format!(
                    "{}: could not be confirmed: {}",
                    self.of,
                    unknown.join(", ")
                ),
            )
        } else {
            Check::ok(self.name, format!("{}: kept", self.of))
        };
        check.source(self.source)
    }
}

/// The best of a group. A check of a name that was made several times, as `dkim` for several keys, counts by its worst.
fn group_kept(group: &[&str], checks: &[Check]) -> Kept {
    let kept = group.iter().map(|name| {
        let of_name = checks.iter().filter(|check| check.name == *name);
        let worst = of_name.max_by_key(|check| check.state);
        worst.map_or(Kept::Unknown, |check| match check.state {
            // What was skipped is up to the relay's operator.
            State::Ok | State::Skipped => Kept::Yes,
            State::Warning if check.is_unsure() => Kept::Unknown,
            State::Warning | State::Wrong => Kept::No,
        })
    });
    kept.min_by_key(|kept| *kept as u8).unwrap_or(Kept::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(change: &str, check: Check, readers: i64) -> Vec<(&'static str, State)> {
        let names = ["spf", "dkim", "dmarc", "alignment", "ptr", "one-click"];
        let others = names.into_iter().filter(|name| *name != change);
        let mut checks: Vec<_> = others.map(|name| Check::ok(name, "")).collect();
        checks.push(check);
        let judged = judge(&checks, readers).into_iter();
        let not_kept = judged.filter(|check| check.state != State::Ok);
        not_kept.map(|check| (check.name, check.state)).collect()
    }

    #[test]
    fn who_has_everything_keeps_every_rule() {
        assert_eq!(judged("spf", Check::ok("spf", ""), 1_000_000), []);
        assert_eq!(judged("ptr", Check::skipped("ptr", ""), 1_000_000), []);
    }

    #[test]
    fn the_rules_for_bulk_senders_bind_past_5000_readers() {
        let bulk = |state| ["gmail-bulk", "yahoo-bulk", "outlook-bulk"].map(|name| (name, state));
        let missing = || Check::warning("dmarc", "");
        assert_eq!(judged("dmarc", missing(), 5_000), bulk(State::Warning));
        assert_eq!(judged("dmarc", missing(), 5_001), bulk(State::Wrong));
        let unsigned = Check::wrong("dkim", "");
        assert_eq!(judged("dkim", unsigned, 5_001), bulk(State::Wrong));
        // That DNS does not answer is no fault of the sender.
        let silent = Check::unsure("dmarc", "");
        assert_eq!(judged("dmarc", silent, 1_000_000), bulk(State::Warning));
    }

    #[test]
    fn some_rules_bind_everyone() {
        let nameless = judged("ptr", Check::wrong("ptr", ""), 1);
        assert_eq!(nameless, [("gmail", State::Wrong), ("yahoo", State::Wrong)]);
    }
}
