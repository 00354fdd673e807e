//! What became of an edition, for its editors. Reads only, one statement after the other: while the edition is being
//! sent, the parts of a report may be a moment apart.

mod votes;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use subscribers::consent::Consent;
use templates::pages::unsubscribe::REASONS;
use templates::report::{
    Comment, Deliveries, Doubt, Group, Growth, Joined, Kind, MOST_COMMENTS, Missing, Refused,
    Report, State, TextReaders, Unsubscribed, share, words,
};

use crate::app::App;
use crate::bounces::{self, Class};
use crate::clock::instant;
use crate::store::consent_changes::{self, LedTo, Moved};
use crate::store::deliveries::{self, Counts, Refusals};
use crate::store::editions::{Edition, EditionKind, EditionState};
use crate::store::{Store, StoreError, archive, revisions, subscribers as list};

/// How often the ledger is read until two readings agree.
const READINGS: u32 = 3;

/// Reports on an edition. The cost is that of its exceptions, votes and departures, and of the changes to the list
/// between it and its neighbors; if a reader was skipped or its text was corrected, also that of its deliveries that are
/// rows.
///
/// # Errors
/// If the store refuses.
pub async fn report(app: &App, edition: &Edition) -> Result<Report, StoreError> {
    let store = &app.store;
    let at = |millis: i64| {
        let zone = app.config.schedule.time_zone;
        instant(millis).with_timezone(&zone).fixed_offset()
    };
    let ledger = Ledger::read(store, edition.id).await?;
    let missing = ledger.missing();
    let led_to = last_of_each(consent_changes::led_to_by(store, edition.id).await?);
    let caused = |consent| {
        let caused = led_to.iter().filter(|change| change.consent == consent);
        signed(caused.count())
    };
    let comparison = match edition.kind {
        EditionKind::Issue => edition.readable_comparison(),
        EditionKind::Digest | EditionKind::Correction => None,
    };
    let now = app.clock.now_millis();
    let title = comparison
        .as_ref()
        .map(|comparison| comparison.title.clone());
    Ok(Report {
        slug: edition.slug.clone(),
        kind: kind(edition.kind),
        title: title.unwrap_or_else(|| edition.subject.clone()),
        state: state(edition.state),
        complete: missing == Missing::default(),
        missing,
        pause_reason: edition.pause_reason.clone(),
        sent_at: at(edition.created_at),
        finished_at: edition.finished_at.map(at),
        compacted_at: edition.compacted_at.map(at),
        reported_at: at(now),
        readers: ledger.counts.total(),
        deliveries: by_state(ledger.counts),
        unsubscribed: unsubscribed(&led_to, ledger.counts.accepted, at),
        bounced: caused(Consent::Bounced),
        complained: caused(Consent::Complained),
        votes: match edition.kind {
            EditionKind::Issue => votes::votes(store, edition, comparison.as_ref()).await?,
            EditionKind::Digest | EditionKind::Correction => Vec::new(),
        },
        joined: joined(store, edition, now, at).await?,
        growth: match edition.kind {
            // It goes to a part of the readers.
            EditionKind::Correction => None,
            _ => growth(store, edition, ledger.counts.total(), at).await?,
        },
        refused: refused(&ledger.refusals),
        in_doubt: in_doubt(ledger.doubts, at),
        skipped: groups(ledger.skips),
        texts: texts(store, edition, at).await?,
    })
}

/// What the ledger has of an edition.
struct Ledger {
    counts: Counts,
    refusals: Vec<Refusals>,
    doubts: Vec<deliveries::Doubt>,
    skips: BTreeMap<String, i64>,
}

impl Ledger {
    /// Reads the exceptions and the counts, again if one of them changed meanwhile, so that they add up. An edition
    /// that changes all the time is shown as it was read last.
    async fn read(store: &Store, edition: i64) -> Result<Self, StoreError> {
        let last = list::last_number(store).await?;
        let mut counts = deliveries::counts(store, edition).await?;
        let mut readings = 1;
        loop {
            let read = Self {
                refusals: match counts.refused {
                    0 => Vec::new(),
                    _ => deliveries::refusals(store, edition).await?,
                },
                doubts: match counts.unknown {
                    0 => Vec::new(),
                    _ => deliveries::doubts(store, edition).await?,
                },
                skips: deliveries::skips(store, edition, last, counts.skipped).await?,
                counts,
            };
            let exceptions = |counts: Counts| (counts.refused, counts.unknown, counts.skipped);
            counts = deliveries::counts(store, edition).await?;
            if exceptions(counts) == exceptions(read.counts) || readings == READINGS {
                return Ok(read);
            }
            readings += 1;
        }
    }

    fn missing(&self) -> Missing {
        let cancelled = EditionState::Cancelled.into_str();
        Missing {
            waiting: self.counts.open(),
            refused: self.counts.refused,
            in_doubt: signed(self.doubts.len()),
            cancelled: self.skips.get(cancelled).copied().unwrap_or_default(),
        }
    }
}

/// Who has which text; empty if there is only one.
async fn texts(
    store: &Store,
    edition: &Edition,
    at: impl Fn(i64) -> DateTime<FixedOffset>,
) -> Result<Vec<TextReaders>, StoreError> {
    if edition.revision == 0 {
        return Ok(Vec::new());
    }
    let last = list::last_number(store).await?;
    let mut have = deliveries::have_text(store, edition.id, last).await?;
    if edition.compacted_at.is_some() {
        // Blocks have only deliveries of the first text.
        *have.entry(0).or_default() += deliveries::compacted(store, edition.id).await?.deliveries;
    }
    let times = revisions::times(store, edition.id).await?.into_iter();
    let times = std::iter::once(None).chain(times.map(Some));
    let texts = (0..).zip(times).map(|(revision, revised_at)| TextReaders {
        revision,
        revised_at: revised_at.map(&at),
        readers: have.get(&revision).copied().unwrap_or_default(),
    });
    Ok(texts.collect())
}

fn kind(kind: EditionKind) -> Kind {
    match kind {
        EditionKind::Issue => Kind::Issue,
        EditionKind::Digest => Kind::Digest,
        EditionKind::Correction => Kind::Correction,
    }
}

fn state(state: EditionState) -> State {
    match state {
        EditionState::Sending => State::Sending,
        EditionState::Paused => State::Paused,
        EditionState::Cancelled => State::Cancelled,
        EditionState::Finished => State::Finished,
    }
}

fn by_state(counts: Counts) -> Deliveries {
    Deliveries {
        queued: counts.queued,
        claimed: counts.claimed,
        in_flight: counts.in_flight,
        accepted: counts.accepted,
        deferred: counts.deferred,
        refused: counts.refused,
        unknown: counts.unknown,
        skipped: counts.skipped,
    }
}

fn in_doubt(
    doubts: Vec<deliveries::Doubt>,
    at: impl Fn(i64) -> DateTime<FixedOffset>,
) -> Vec<Doubt> {
    let doubts = doubts.into_iter().map(|doubt| Doubt {
        reader: doubt.reader,
        since: doubt.at.map(&at),
        reply: doubt.reply,
    });
    doubts.collect()
}

/// Refusals with the same codes as one.
fn refused(refusals: &[Refusals]) -> Vec<Refused> {
    let mut found = BTreeMap::<String, Refused>::new();
    for Refusals { reply, count } in refusals {
        let one = explained(reply.as_deref().unwrap_or_default());
        let refused = found.entry(one.reason.clone()).or_insert(one);
        refused.count += count;
    }
    let mut found = Vec::from_iter(found.into_values());
    found.sort_by_key(|refused| -refused.count);
    found
}

/// A reply's codes and what they mean.
fn explained(reply: &str) -> Refused {
    let code = reply.split_once(' ').filter(|(code, _)| code.len() == 3);
    let Some((code, text)) = code.and_then(|(code, text)| Some((code.parse::<u16>().ok()?, text)))
    else {
        return Refused {
            reason: reply.to_owned(),
            meaning: None,
            count: 0,
            example: None,
        };
    };
    let status = bounces::enhanced(text);
    let meaning = match (bounces::classify(code, text), status) {
        (Class::DeadMailbox, _) => "the mailbox does not exist",
        (_, Some((_, 2, 2))) => "the mailbox is full",
        (_, Some((_, 3, 4))) => "the mail is too large",
        (Class::PolicyRefusal, _) => "refused by policy",
        (Class::Deferred, _) => "deferred until the time to retry was over",
        (Class::Refused | Class::Accepted, _) => "refused",
    };
    let status = status.map(|(class, subject, detail)| format!(" {class}.{subject}.{detail}"));
    Refused {
        reason: format!("{code}{}", status.unwrap_or_default()),
        meaning: Some(meaning),
        count: 0,
        example: Some(reply.to_owned()),
    }
}

/// The last change of each reader.
fn last_of_each(changes: Vec<LedTo>) -> Vec<LedTo> {
    let changes = changes
        .into_iter()
        .map(|change| (change.subscriber, change));
    let last: BTreeMap<_, _> = changes.collect();
    last.into_values().collect()
}

fn unsubscribed(
    led_to: &[LedTo],
    accepted: i64,
    at: impl Fn(i64) -> DateTime<FixedOffset>,
) -> Unsubscribed {
    let left = led_to
        .iter()
        .filter(|change| change.consent == Consent::Unsubscribed);
    let (taken_back, left): (Vec<_>, Vec<_>) = left.partition(|change| change.is_taken_back);
    let (mut ways, mut reasons) = (BTreeMap::<_, i64>::new(), BTreeMap::<_, i64>::new());
    let mut comments = Vec::new();
    for change in &left {
        let (reason, comment) = reason(change.reason.as_deref());
        *ways.entry(change.source.to_string()).or_default() += 1;
        *reasons.entry(reason.to_owned()).or_default() += 1;
        comments.extend(comment.map(|text| (change.at, text)));
    }
    comments.sort_by_key(|(at, _)| -at);
    let newest = comments.iter().take(MOST_COMMENTS);
    let count = signed(left.len());
    Unsubscribed {
        count,
        share_of_accepted: (accepted > 0).then(|| share(count, accepted)),
        taken_back: signed(taken_back.len()),
        by_way: groups(ways),
        by_reason: groups(reasons),
        comments: newest
            .map(|(millis, text)| Comment {
                at: at(*millis),
                text: (*text).to_owned(),
            })
            .collect(),
        more_comments: comments.len().saturating_sub(MOST_COMMENTS),
    }
}

/// The reason of the form, and what the reader wrote.
fn reason(stored: Option<&str>) -> (&'static str, Option<&str>) {
    let Some(stored) = stored else {
        return (words::NONE, None);
    };
    let chosen = REASONS.into_iter().find_map(|key| {
        let rest = stored.strip_prefix(key)?;
        let written = rest.strip_prefix(": ");
        (rest.is_empty() || written.is_some()).then_some((key, written))
    });
    chosen.unwrap_or((words::OWN, Some(stored)))
}

async fn joined(
    store: &Store,
    edition: &Edition,
    now: i64,
    at: impl Fn(i64) -> DateTime<FixedOffset>,
) -> Result<Joined, StoreError> {
    let next = archive::after(store, edition).await?;
    let until = next.as_ref().map_or(now, |next| next.created_at);
    let moved = consent_changes::moved(store, edition.created_at, until).await?;
    let mut ways = BTreeMap::<_, i64>::new();
    for moved in moved.iter().filter(|moved| is_gain(moved)) {
        let form = moved.form.as_ref().map(|form| format!(" ({form})"));
        let way = format!("{}{}", moved.source, form.unwrap_or_default());
        *ways.entry(way).or_default() += moved.readers;
    }
    Ok(Joined {
        count: ways.values().sum(),
        until: at(until),
        next: next.map(|next| next.slug),
        by_way: groups(ways),
    })
}

/// How many readers became confirmed, and how many ceased to be.
pub(super) fn gained_and_lost(moved: &[Moved]) -> (i64, i64) {
    let (gains, losses): (Vec<_>, Vec<_>) = moved.iter().partition(|moved| is_gain(moved));
    let sum = |moved: &[&Moved]| moved.iter().map(|moved| moved.readers).sum();
    (sum(&gains), sum(&losses))
}

async fn growth(
    store: &Store,
    edition: &Edition,
    readers_now: i64,
    at: impl Fn(i64) -> DateTime<FixedOffset>,
) -> Result<Option<Growth>, StoreError> {
    let Some(before) = archive::before(store, edition).await? else {
        return Ok(None);
    };
    let readers_then = deliveries::counts(store, before.id).await?.total();
    let moved = consent_changes::moved(store, before.created_at, edition.created_at).await?;
    let (gained, lost) = gained_and_lost(&moved);
    let mut lost_to = BTreeMap::<_, i64>::new();
    for moved in moved.iter().filter(|moved| !is_gain(moved)) {
        *lost_to.entry(moved.consent.to_string()).or_default() += moved.readers;
    }
    Ok(Some(Growth {
        since: before.slug,
        since_sent_at: at(before.created_at),
        readers_then,
        readers_now,
        gained,
        lost,
        lost_to: groups(lost_to),
    }))
}

fn is_gain(moved: &Moved) -> bool {
    moved.consent == Consent::Confirmed
}

/// The most frequent first.
fn groups(counts: BTreeMap<String, i64>) -> Vec<Group> {
    let counts = counts.into_iter();
    let mut groups: Vec<_> = counts.map(|(name, count)| Group { name, count }).collect();
    groups.sort_by_key(|group| -group.count);
    groups
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_explained_by_its_codes() {
        for (reply, reason, meaning) in [
            (
                "550 5.1.1 No such user",
                "550 5.1.1",
                Some("the mailbox does not exist"),
            ),
            ("552 5.2.2 Full", "552 5.2.2", Some("the mailbox is full")),
            (
                "550 5.7.26 Unauthenticated",
                "550 5.7.26",
                Some("refused by policy"),
            ),
            (
                "451 4.7.1 Greylisted",
                "451 4.7.1",
                Some("deferred until the time to retry was over"),
            ),
            ("550 No such user", "550", Some("refused")),
            ("the address is invalid", "the address is invalid", None),
            ("", "", None),
        ] {
            let found = explained(reply);
            assert_eq!(
                (&*found.reason, found.meaning),
                (reason, meaning),
                "{reply}"
            );
        }
    }

    #[test]
    fn refusals_with_the_same_codes_are_one() {
        let one = |reply: &str, count| Refusals {
            reply: Some(reply.to_owned()),
            count,
        };
        let found = refused(&[
            one("552 5.2.2 Full", 1),
            one("550 5.1.1 <address>: gone", 2),
            one("550 5.1.1 No such user", 3),
        ]);
        let found: Vec<_> = found.iter().map(|one| (&*one.reason, one.count)).collect();
        assert_eq!(found, [("550 5.1.1", 5), ("552 5.2.2", 1)]);
    }

    #[test]
    fn a_reason_is_what_was_chosen_or_own_words() {
        for (stored, found) in [
            (None, (words::NONE, None)),
            (Some("too-often"), ("too-often", None)),
            (Some("not-good: dull"), ("not-good", Some("dull"))),
            (Some("too-oftentimes"), (words::OWN, Some("too-oftentimes"))),
            (Some("I moved"), (words::OWN, Some("I moved"))),
        ] {
            assert_eq!(reason(stored), found, "{stored:?}");
        }
    }
}
