//! Issues frozen for sending. Only the state of a row changes: corrected texts are rows of their own (`revisions.rs`).

use std::collections::BTreeSet;

use strum::{EnumString, IntoStaticStr, VariantArray};

use subscribers::profile::Frequency;
use templates::comparison::Comparison;

use super::counters::{self, Counter};
use super::delivery_counts;
use super::dialect::{Dialect, Pair, listed, listed_statement};
use super::row::Row;
use super::{Store, StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum EditionState {
    Sending,
    Paused,
    /// Nothing more goes out.
    Cancelled,
    Finished,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum EditionKind {
    #[default]
    Issue,
    /// The verdicts of a month.
    Digest,
    /// Tells readers who got an issue with a mistake what was corrected.
    Correction,
}

impl EditionKind {
    /// How often the readers of this kind of edition want mail.
    pub fn frequency(self) -> Frequency {
        match self {
            Self::Issue | Self::Correction => Frequency::Every,
            Self::Digest => Frequency::Digest,
        }
    }
}

/// An edition, without its mail.
#[derive(Clone, Debug)]
pub struct Edition {
    pub id: i64,
    pub kind: EditionKind,
    /// The slug of its issue; for a digest, `digest-` and the month; for a correction notice, the issue's and
    /// `-correction`.
    pub slug: String,
    /// SHA-256 of the first frozen mail, lower-case hexadecimal: the edition's address.
    pub sha256: String,
    /// Of the newest text.
    pub subject: String,
    /// JSON of the newest text, for [`Edition::comparison`]; for a digest, the digest.
    pub content: String,
    /// The number of the newest text. The first is 0.
    pub revision: i64,
    /// The hash that approvals of the newest text are about, lower-case hexadecimal. `None` if it has none, or if an
    /// earlier release froze it.
    pub content_hash: Option<String>,
    /// The slugs of the pages of its tools, A and B.
    pub tool_pages: [Option<String>; 2],
    pub state: EditionState,
    /// `None` if an editor sent it by hand.
    pub slot_at: Option<i64>,
    /// When it was frozen, Unix milliseconds UTC.
    pub created_at: i64,
    /// When the last delivery got its outcome, or when it was cancelled.
    pub finished_at: Option<i64>,
    /// `None` if someone asked for the pause.
    pub pause_reason: Option<String>,
    /// When it was last resumed after a pause or its end.
    pub resumed_at: Option<i64>,
    /// When its deliveries began to be [compacted](super::deliveries::begin_compaction): from then
    /// on, nothing of it is sent again.
    pub compacted_at: Option<i64>,
}

impl Edition {
    /// # Errors
    /// [`StoreError::Compacted`] if it is compacted.
    pub fn ensure_not_compacted(&self) -> Result<(), StoreError> {
        match self.compacted_at {
            None => Ok(()),
            Some(_) => Err(StoreError::Compacted {
                slug: self.slug.clone(),
            }),
        }
    }

    /// True if a correction can be made: nothing goes out meanwhile, but something may again.
    pub fn can_be_revised(&self) -> bool {
        let halted = matches!(self.state, EditionState::Paused | EditionState::Finished);
        halted && self.compacted_at.is_none() && self.kind == EditionKind::Issue
    }

    /// The comparison as sent, with its corrections.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if a newer release froze it, or if the edition is a digest.
    pub fn comparison(&self) -> Result<Comparison, StoreError> {
        let read = serde_json::from_str::<Comparison>(&self.content);
        let mut comparison = read.map_err(|error| StoreError::Unreadable {
            what: "the comparison of an edition",
            found: format!("{}: {error}", self.slug),
        })?;
        for (tool, page) in comparison.tools.iter_mut().zip(&self.tool_pages) {
            tool.page.clone_from(page);
        }
        Ok(comparison)
    }

    /// The comparison, or `None`, logged, if it cannot be read.
    pub fn readable_comparison(&self) -> Option<Comparison> {
        let comparison = self.comparison();
        comparison
            .inspect_err(
                |error| tracing::error!(edition = self.slug, %error, "an edition is left out"),
            )
            .ok()
    }

    /// When the time to retry begins for a deferred mail that was first due at `first_due_at`, or
    /// else when the edition was frozen. Unix milliseconds UTC.
    pub fn retries_count_from(&self, first_due_at: Option<i64>) -> i64 {
        let begun = self.resumed_at.unwrap_or(self.created_at);
        first_due_at.map_or(begun, |first| first.max(begun))
    }
}

/// A column of an edition as its last correction has it.
macro_rules! corrected {
    ($column:literal) => {
        concat!(
            "COALESCE((SELECT m.",
            $column,
            " FROM edition_mails m WHERE m.edition = editions.id ORDER BY m.revision DESC LIMIT 1), editions.",
            $column,
            ")"
        )
    };
}
pub(super) use corrected;

/// The columns that [`read`] reads.
macro_rules! select {
    ($($rest:tt)+) => {
        concat!(
            "SELECT id, slug, sha256, ",
            $crate::store::editions::corrected!("subject"),
            ", ",
            $crate::store::editions::corrected!("comparison"),
            ", state, slot_at, created_at, finished_at, pause_reason, resumed_at, kind, \
                (SELECT t.slug FROM edition_tools t WHERE t.edition = editions.id AND t.side = 0), \
                (SELECT t.slug FROM edition_tools t WHERE t.edition = editions.id AND t.side = 1), \
                (SELECT c.at FROM compactions c WHERE c.edition = editions.id), \
                COALESCE((SELECT MAX(m.revision) FROM edition_mails m WHERE m.edition = editions.id), 0), ",
            $crate::store::editions::corrected!("content_hash"),
            " \
             FROM editions ",
            $($rest)+
        )
    };
}
pub(super) use select;

#[derive(Clone, Copy, Debug)]
pub struct NewEdition<'a> {
    pub kind: EditionKind,
    pub slug: &'a str,
    /// SHA-256 of `mail`, lower-case hexadecimal.
    pub sha256: &'a str,
    pub subject: &'a str,
    /// With its placeholders.
    pub mail: &'a str,
    /// JSON.
    pub comparison: &'a str,
    pub slot_at: Option<i64>,
    /// The hash that approvals are about; `None` if nobody approves such an edition.
    pub content_hash: Option<&'a str>,
}

/// Adds an edition in state `sending`, unless its slug has one already; returns its number.
pub async fn insert(tx: &mut Tx, new: NewEdition<'_>, now: i64) -> Result<Option<i64>, StoreError> {
    let id = counters::reserve(tx, Counter::Edition, 1).await?;
    let sql = "INSERT INTO editions (id, slug, sha256, subject, mail, comparison, state, slot_at, \
           created_at, kind, content_hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (slug) DO NOTHING";
    let done = tx
        .run(
            sql,
            &[
                &id,
                &new.slug,
                &new.sha256,
                &new.subject,
                &new.mail,
                &new.comparison,
                &EditionState::Sending.into_str(),
                &new.slot_at,
                &now,
                &new.kind.into_str(),
                &new.content_hash,
            ],
        )
        .await?;
    Ok((done == 1).then_some(id))
}

/// The edition with this slug, of any kind.
pub async fn find(store: &Store, slug: &str) -> Result<Option<Edition>, StoreError> {
    let sql = select!("WHERE slug = $1");
    store.first(sql, &[&slug], read).await
}

pub async fn get(store: &Store, id: i64) -> Result<Option<Edition>, StoreError> {
    store.first(select!("WHERE id = $1"), &[&id], read).await
}

/// An edition with the content that was sent first instead of the newest one.
pub async fn first_text(store: &Store, edition: &Edition) -> Result<Edition, StoreError> {
    let sql = "SELECT comparison FROM editions WHERE id = $1";
    Ok(Edition {
        content: store.one(sql, &[&edition.id], |row| row.text(0)).await?,
        ..edition.clone()
    })
}

/// The newest edition of an issue.
pub async fn latest(store: &Store) -> Result<Option<Edition>, StoreError> {
    latest_before(store, i64::MAX).await
}

/// The newest edition of an issue whose number is smaller.
pub async fn latest_before(store: &Store, id: i64) -> Result<Option<Edition>, StoreError> {
    let sql = select!(
        "WHERE kind = 'issue' AND id < $1 \
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    store.first(sql, &[&id], read).await
}

/// The newest edition of an issue that is being sent or was sent: not one that is on hold, or was cancelled.
pub async fn latest_sent(store: &Store) -> Result<Option<Edition>, StoreError> {
    let sql = select!(
        "WHERE kind = 'issue' AND state IN ('sending', 'finished') \
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    store.first(sql, &[], read).await
}

/// Every edition, the newest first.
pub async fn all(store: &Store) -> Result<Vec<Edition>, StoreError> {
    let sql = select!("ORDER BY created_at DESC, id DESC");
    store.all(sql, &[], read).await
}

/// The slugs of all editions.
pub async fn slugs(store: &Store) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT slug FROM editions";
    store.all(sql, &[], |row| row.text(0)).await
}

/// The editions in state `sending`, the oldest first.
pub async fn sending(store: &Store) -> Result<Vec<Edition>, StoreError> {
    let sql = select!("WHERE state = 'sending' ORDER BY id");
    store.all(sql, &[], read).await
}

/// The paused and cancelled editions of which a sender, even a dead one, holds deliveries, and the
/// cancelled ones of which some still wait: a `cancel` that was killed left them.
pub async fn halted_and_open(store: &Store) -> Result<Vec<Edition>, StoreError> {
    macro_rules! on {
        ($dialect:ident) => {
            select!(
                "WHERE state IN ('paused', 'cancelled') AND id IN \
                    (SELECT edition FROM held_deliveries WHERE state IN ('claimed', 'in_flight')) \
                 OR state = 'cancelled' AND COALESCE( \
                    (SELECT due_at FROM deliveries WHERE edition = editions.id AND ",
                listed!($dialect queued),
                " ORDER BY due_at LIMIT 1), (SELECT due_at FROM deliveries WHERE edition = editions.id AND ",
                listed!($dialect deferred),
                " ORDER BY due_at LIMIT 1)) IS NOT NULL ORDER BY id"
            )
        };
    }
    let sql = Pair {
        sqlite: on!(sqlite),
        postgres: on!(postgres),
    };
    store.all(sql, &[], read).await
}

/// The editions of which nothing has been sent since `before` (Unix milliseconds UTC), and that are
/// not compacted, or not to the end; the oldest first.
pub async fn not_compacted(store: &Store, before: i64) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE state IN ('finished', 'cancelled') AND finished_at <= $1 \
           AND id NOT IN (SELECT edition FROM compactions WHERE reached IS NULL) ORDER BY id"
    );
    store.all(sql, &[&before], read).await
}

const HOLD: Pair = Pair {
    sqlite: "SELECT state, slug FROM editions WHERE id = $1",
    postgres: "SELECT state, slug FROM editions WHERE id = $1 FOR UPDATE",
};

/// Locks an edition and returns its state: no other transaction pauses, resumes, ends, reopens or
/// compacts it until this one ends. Marks do not wait for the lock.
///
/// # Errors
/// [`StoreError::Compacted`] if it is compacted: its deliveries are what they are. Or if the store
/// refuses or has no such edition.
pub async fn hold(tx: &mut Tx, id: i64) -> Result<EditionState, StoreError> {
    let (state, slug) = lock(tx, id).await?;
    if is_compacted(tx, id).await? {
        return Err(StoreError::Compacted { slug });
    }
    Ok(state)
}

/// As [`hold`], for an edition that may be compacted; returns its slug, too.
pub(super) async fn lock(tx: &mut Tx, id: i64) -> Result<(EditionState, String), StoreError> {
    let read = |row: &Row<'_>| Ok((row.word(0, "the edition's state")?, row.text(1)?));
    tx.one(HOLD, &[&id], read).await
}

/// True if an edition is compacted, or on its way there. After a [`lock`], this must be a statement of
/// its own, which begins after the wait.
pub(super) async fn is_compacted(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM compactions WHERE edition = $1";
    tx.exists(sql, &[&id]).await
}

const FINISH: Pair = listed_statement!(
    "UPDATE editions SET state = 'finished', finished_at = $2 \
     WHERE id = $1 AND state = 'sending' \
       AND ",
    none_waits,
    " AND NOT EXISTS (SELECT 1 FROM held_deliveries \
            WHERE state IN ('claimed', 'in_flight') AND COALESCE(edition, 0) = $1)"
);

/// Marks an edition finished if no delivery is open; true if it did. It waits for any transaction
/// that [holds](hold) the edition, and sees what that one queued.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn finish(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    // A statement of its own: the next one must begin after the wait for the lock.
    hold(tx, id).await?;
    let finished = tx.changes(FINISH, &[&id, &now]).await?;
    if finished {
        delivery_counts::merge(tx, id).await?;
        if tx.dialect == Dialect::Postgres {
            // Nobody holds anything of a finished edition.
            tx.run("DELETE FROM claimed_ranges WHERE edition = $1", &[&id])
                .await?;
        }
    }
    Ok(finished)
}

/// The state of an edition, read inside a transaction.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn state(tx: &mut Tx, id: i64) -> Result<EditionState, StoreError> {
    let sql = "SELECT state FROM editions WHERE id = $1";
    tx.one(sql, &[&id], |row| row.word(0, "the edition's state"))
        .await
}

/// Pauses an edition that is being sent; true if it was. From the commit on, no sender marks its
/// deliveries.
pub async fn pause(tx: &mut Tx, id: i64, pause_reason: Option<&str>) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'paused', pause_reason = $2 \
        WHERE id = $1 AND state = 'sending'";
    tx.changes(sql, &[&id, &pause_reason]).await
}

/// Resumes an edition that is paused or finished, and not compacted; true if it was.
pub async fn resume(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'sending', pause_reason = NULL, finished_at = NULL, \
           resumed_at = $2 WHERE id = $1 AND state IN ('paused', 'finished') \
           AND NOT EXISTS (SELECT 1 FROM compactions WHERE edition = $1)";
    tx.changes(sql, &[&id, &now]).await
}

/// Reopens a finished edition as part of the same send: unlike [`resume`], this grants no more time
/// to retry. True if it was finished, and not compacted.
pub async fn reopen(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'sending', finished_at = NULL \
        WHERE id = $1 AND state = 'finished' \
          AND NOT EXISTS (SELECT 1 FROM compactions WHERE edition = $1)";
    tx.changes(sql, &[&id]).await
}

/// Cancels an edition; true if it was being sent or paused. Then skip what waits with
/// [`skip_cancelled`](super::deliveries::skip_cancelled).
pub async fn cancel(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'cancelled', pause_reason = NULL, finished_at = $2 \
        WHERE id = $1 AND state IN ('sending', 'paused')";
    tx.changes(sql, &[&id, &now]).await
}

pub(super) fn read(row: &Row<'_>) -> Result<Edition, StoreError> {
    Ok(Edition {
        id: row.number(0)?,
        slug: row.text(1)?,
        sha256: row.text(2)?,
        subject: row.text(3)?,
        content: row.text(4)?,
        state: row.word(5, "the edition's state")?,
        slot_at: row.number_or_null(6)?,
        created_at: row.number(7)?,
        finished_at: row.number_or_null(8)?,
        pause_reason: row.text_or_null(9)?,
        resumed_at: row.number_or_null(10)?,
        kind: row.word(11, "the edition's kind")?,
        tool_pages: [row.text_or_null(12)?, row.text_or_null(13)?],
        compacted_at: row.number_or_null(14)?,
        revision: row.number(15)?,
        content_hash: row.text_or_null(16)?,
    })
}
