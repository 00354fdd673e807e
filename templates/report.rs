//! What became of an edition, for its editors: the data, the words for it, the page and the text. In English, as
//! the commands are.

mod chart;
mod page;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod text;
pub mod words;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

pub use page::page;
pub use text::{Line, Style, text};

/// What became of an edition. Times are in the newsletter's zone; as JSON, they are RFC 3339.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The slug of the issue; for a digest, `digest-` and the month; for a correction notice, the issue's and
    /// `-correction`.
    pub slug: String,
    pub kind: Kind,
    /// The comparison's title; the subject, if it has none.
    pub title: String,
    pub state: State,
    /// True if nobody is missing: nobody waits, was refused, is in doubt, or was left out by a cancel.
    pub complete: bool,
    pub missing: Missing,
    /// Why it is paused, if the relay is the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_reason: Option<String>,
    /// When it was frozen, from which on it was sent.
    pub sent_at: DateTime<FixedOffset>,
    /// When the last delivery got its outcome, or when it was cancelled.
    pub finished_at: Option<DateTime<FixedOffset>>,
    /// When its ledger was compacted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compacted_at: Option<DateTime<FixedOffset>>,
    /// When this report was made.
    pub reported_at: DateTime<FixedOffset>,
    /// How many readers were enrolled: the sum of `deliveries`.
    pub readers: i64,
    pub deliveries: Deliveries,
    /// Adds up to `deliveries.refused`, the most frequent first.
    pub refused: Vec<Refused>,
    /// The readers who may have got it or not. Those of `deliveries.unknown` who are not here were settled.
    pub in_doubt: Vec<Doubt>,
    /// Adds up to `deliveries.skipped`, by the reader's consent or choice, or `cancelled`; an empty name if the reader
    /// was erased.
    pub skipped: Vec<Group>,
    /// Who has which text, if the issue was corrected while it was being sent; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<TextReaders>,
    pub unsubscribed: Unsubscribed,
    /// Mailboxes that this edition found gone: these readers are off the list.
    pub bounced: i64,
    /// Readers who reported it as spam.
    pub complained: i64,
    /// By tool, in the order of the comparison; empty for a digest.
    pub votes: Vec<ToolVotes>,
    pub joined: Joined,
    /// `None` if it is the first edition of its kind.
    pub growth: Option<Growth>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Issue,
    Digest,
    Correction,
}

/// `Finished` only means that nothing waits: see [`Missing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Sending,
    Paused,
    Cancelled,
    Finished,
}

/// Readers who have not got it, or may not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Queued, held by a sender, or deferred.
    pub waiting: i64,
    pub refused: i64,
    pub in_doubt: i64,
    /// Skipped because the edition was cancelled.
    pub cancelled: i64,
}

impl Missing {
    pub fn total(self) -> i64 {
        self.waiting + self.refused + self.in_doubt + self.cancelled
    }
}

/// Deliveries by state, as `verdict status` counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deliveries {
    pub queued: i64,
    pub claimed: i64,
    pub in_flight: i64,
    pub accepted: i64,
    pub deferred: i64,
    pub refused: i64,
    pub unknown: i64,
    pub skipped: i64,
}

/// A name, and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    pub name: String,
    pub count: i64,
}

/// Deliveries that were refused alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The reply's codes, such as `550 5.1.1`; the cause in words if the relay did not reply; empty if the reader was
    /// erased.
    pub reason: String,
    /// What the codes mean.
    pub meaning: Option<&'static str>,
    pub count: i64,
    /// An example of these replies, with any email address removed.
    pub example: Option<String>,
}

/// Readers who have one of an issue's texts, or may have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TextReaders {
    /// 0 is the first text.
    pub revision: i64,
    /// When it was corrected; `None` for the first text.
    pub revised_at: Option<DateTime<FixedOffset>>,
    pub readers: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// The reader's address, or `erased reader N` once erased.
    pub reader: String,
    pub since: Option<DateTime<FixedOffset>>,
    /// What is known of the last attempt.
    pub reply: Option<String>,
}

/// Readers who left by a link of this edition, and did not take it back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Unsubscribed {
    pub count: i64,
    /// From 0 to 1; `None` if nobody got it.
    pub share_of_accepted: Option<f64>,
    /// Readers who left and took it back; not in `count`.
    pub taken_back: i64,
    /// Adds up to `count`, by what recorded the change, such as `one-click`.
    pub by_way: Vec<Group>,
    /// Adds up to `count`: a reason of the form, such as `too-often`, [`words::OWN`] or [`words::NONE`].
    pub by_reason: Vec<Group>,
    /// What they wrote, the newest first, and no more than [`MOST_COMMENTS`].
    pub comments: Vec<Comment>,
    /// How many comments are left out.
    pub more_comments: usize,
}

pub const MOST_COMMENTS: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comment {
    pub at: DateTime<FixedOffset>,
    pub text: String,
}

/// Readers' votes on a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToolVotes {
    /// The tool's slug.
    pub tool: String,
    pub name: String,
    pub ship: i64,
    pub skip: i64,
    /// The hours in which there were votes; they add up to `ship` and `skip`.
    pub by_hour: Vec<Hour>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// Whole hours since `sent_at`.
    pub hour: i64,
    pub ship: i64,
    pub skip: i64,
}

/// Readers who joined after this edition was frozen, and are still on the list at the end of that time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Joined {
    pub count: i64,
    /// When the next edition of its kind was frozen; `reported_at` if there is none.
    pub until: DateTime<FixedOffset>,
    /// The slug of the next edition of its kind.
    pub next: Option<String>,
    /// Adds up to `count`: what recorded the change, with the name of the form in parentheses.
    pub by_way: Vec<Group>,
}

/// How the list changed between the edition of the same kind before this one and this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Growth {
    /// The slug of the edition before.
    pub since: String,
    pub since_sent_at: DateTime<FixedOffset>,
    /// How many readers were enrolled then, and now.
    pub readers_then: i64,
    pub readers_now: i64,
    /// Confirmed readers who came in between, and those who went. One who did both counts as neither.
    pub gained: i64,
    pub lost: i64,
    /// Adds up to `lost`, by the consent that they have instead, such as `bounced`.
    pub lost_to: Vec<Group>,
}

impl Growth {
    /// The rest of the difference: readers who paused or ended a pause, or chose another frequency.
    pub fn choices(&self) -> i64 {
        self.readers_now - self.readers_then - self.gained + self.lost
    }
}

impl Report {
    /// A count as a share of all readers who were enrolled, from 0 to 1.
    pub fn share(&self, count: i64) -> f64 {
        share(count, self.readers)
    }

    /// The deliveries for people: what waits is one count, and what is unknown two. None is left out but zeros.
    pub fn outcomes(&self) -> Vec<(Outcome, i64)> {
        let Deliveries {
            accepted,
            refused,
            skipped,
            unknown,
            ..
        } = self.deliveries;
        let in_doubt = self.missing.in_doubt;
        let all = [
            (Outcome::Accepted, accepted),
            (Outcome::Waiting, self.missing.waiting),
            (Outcome::Refused, refused),
            (Outcome::InDoubt, in_doubt),
            (Outcome::Settled, unknown - in_doubt),
            (Outcome::Skipped, skipped),
        ];
        let found = all.into_iter().filter(|(_, count)| *count > 0);
        found.collect()
    }
}

/// A delivery's outcome, as a report shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    Waiting,
    Refused,
    InDoubt,
    /// No reply came, and an operator left it at that.
    Settled,
    Skipped,
}

/// 0 of nothing is 0.
pub fn share(count: i64, of: i64) -> f64 {
    if of > 0 {
        count as f64 / of as f64
    } else {
        0.0
    }
}

impl ToolVotes {
    pub fn total(&self) -> i64 {
        self.ship + self.skip
    }
}

/// Hours that a chart of votes shows.
pub const CHART_HOURS: usize = 48;

impl Hour {
    pub fn total(self) -> i64 {
        self.ship + self.skip
    }
}

impl Report {
    /// The votes on all tools.
    pub fn all_votes(&self) -> i64 {
        self.votes.iter().map(ToolVotes::total).sum()
    }
}

/// The charts of a report's tools, and the most votes in an hour that they show.
fn charts(report: &Report) -> (Vec<(Vec<Hour>, i64)>, i64) {
    let charts: Vec<_> = report.votes.iter().map(charted).collect();
    let hours = charts.iter().flat_map(|(hours, _)| hours);
    let most = hours.map(|hour| hour.total()).max().unwrap_or_default();
    (charts, most)
}

/// The votes on a tool in each hour that a chart shows, and those that came later.
fn charted(votes: &ToolVotes) -> (Vec<Hour>, i64) {
    let mut hours: Vec<Hour> = (0..CHART_HOURS as i64)
        .map(|hour| Hour {
            hour,
            ship: 0,
            skip: 0,
        })
        .collect();
    let mut later = 0;
    for hour in &votes.by_hour {
        match usize::try_from(hour.hour)
            .ok()
            .and_then(|at| hours.get_mut(at))
        {
            Some(shown) => *shown = *hour,
            None => later += hour.total(),
        }
    }
    (hours, later)
}
