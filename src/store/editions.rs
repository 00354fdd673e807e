//! Issues frozen for sending. A row is immutable but for where it stands.

use sqlx::any::AnyRow;
use strum::{EnumString, IntoStaticStr, VariantArray};

use subscribers::profile::Frequency;
use templates::comparison::Comparison;

use super::counters::{self, Counter};
use super::dialect::Pair;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Where an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum EditionState {
    /// There are deliveries to make.
    Sending,
    /// Nothing goes out until it is resumed.
    Paused,
    /// Nothing goes out any more.
    Cancelled,
    /// Every delivery has its outcome.
    Finished,
}

/// What an edition is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum EditionKind {
    /// An issue.
    #[default]
    Issue,
    /// The verdicts of a month.
    Digest,
}

impl EditionKind {
    /// How often the readers want mail who get editions of this kind.
    pub fn frequency(self) -> Frequency {
        match self {
            Self::Issue => Frequency::Every,
            Self::Digest => Frequency::Digest,
        }
    }
}

/// An edition as stored, without its mail.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The number, from 1.
    pub id: i64,
    /// What it is made of.
    pub kind: EditionKind,
    /// The slug of the issue it was made from; of a digest, `digest-` and its month.
    pub slug: String,
    /// SHA-256 of the frozen mail, lower-case hexadecimal: the edition's address.
    pub sha256: String,
    /// The mail's subject.
    pub subject: String,
    /// As JSON: see [`Edition::comparison`]. Of a digest, the digest.
    pub content: String,
    /// Where it stands.
    pub state: EditionState,
    /// The slot it was picked for; `None` when an editor sent it by hand.
    pub slot_at: Option<i64>,
    /// When it was frozen, Unix milliseconds UTC.
    pub created_at: i64,
    /// When the last delivery had its outcome, or when it was cancelled.
    pub finished_at: Option<i64>,
    /// Why it is paused, if nobody asked for it.
    pub pause_reason: Option<String>,
    /// When it was last taken up again after a pause or its end.
    pub resumed_at: Option<i64>,
}

impl Edition {
    /// The comparison as it was sent.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] if a newer release froze it, or if the edition is a digest.
    pub fn comparison(&self) -> Result<Comparison, StoreError> {
        serde_json::from_str(&self.content).map_err(|error| StoreError::Unreadable {
            what: "the comparison of an edition",
            found: format!("{}: {error}", self.slug),
        })
    }

    /// The same, where one that cannot be read is logged and left out.
    pub fn readable_comparison(&self) -> Option<Comparison> {
        let comparison = self.comparison();
        comparison
            .inspect_err(
                |error| tracing::error!(edition = self.slug, %error, "an edition is left out"),
            )
            .ok()
    }

    /// From when on a deferred mail has its time to retry that was first due at `first_due_at`, or else when
    /// the edition was frozen. Unix milliseconds UTC.
    pub fn retries_count_from(&self, first_due_at: Option<i64>) -> i64 {
        let begun = self.resumed_at.unwrap_or(self.created_at);
        first_due_at.map_or(begun, |first| first.max(begun))
    }
}

/// What [`read`] reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, slug, sha256, subject, comparison, state, slot_at, created_at, finished_at, pause_reason, \
                resumed_at, kind FROM editions ",
            $rest
        )
    };
}
pub(super) use select;

/// What is frozen.
#[derive(Clone, Copy, Debug)]
pub struct NewEdition<'a> {
    /// What it is made of.
    pub kind: EditionKind,
    /// The slug of the issue.
    pub slug: &'a str,
    /// SHA-256 of `mail`, lower-case hexadecimal.
    pub sha256: &'a str,
    /// The mail's subject.
    pub subject: &'a str,
    /// The frozen mail, with its placeholders.
    pub mail: &'a str,
    /// The comparison as JSON.
    pub comparison: &'a str,
    /// The slot it was picked for.
    pub slot_at: Option<i64>,
}

/// Adds an edition in state `sending`, unless its slug has one already; returns the new number.
pub async fn insert(tx: &mut Tx, new: NewEdition<'_>, now: i64) -> Result<Option<i64>, StoreError> {
    let id = counters::reserve(tx, Counter::Edition, 1).await?;
    let sql = "INSERT INTO editions (id, slug, sha256, subject, mail, comparison, state, slot_at, \
           created_at, kind) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (slug) DO NOTHING";
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
            ],
        )
        .await?;
    Ok((done == 1).then_some(id))
}

/// The edition with this slug, whatever it is made of.
pub async fn find(store: &Store, slug: &str) -> Result<Option<Edition>, StoreError> {
    let sql = select!("WHERE slug = $1");
    store.first(sql, &[&slug], read).await
}

/// The edition with this number.
pub async fn get(store: &Store, id: i64) -> Result<Option<Edition>, StoreError> {
    store.first(select!("WHERE id = $1"), &[&id], read).await
}

/// The newest edition.
pub async fn latest(store: &Store) -> Result<Option<Edition>, StoreError> {
    let sql = select!(
        "WHERE kind = 'issue' \
         ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    store.first(sql, &[], read).await
}

/// Every edition, the newest first.
pub async fn all(store: &Store) -> Result<Vec<Edition>, StoreError> {
    let sql = select!("ORDER BY created_at DESC, id DESC");
    store.all(sql, &[], read).await
}

/// The editions with deliveries to make, the oldest first.
pub async fn sending(store: &Store) -> Result<Vec<Edition>, StoreError> {
    let sql = select!("WHERE state = 'sending' ORDER BY id");
    store.all(sql, &[], read).await
}

/// The paused and cancelled editions of which some sender holds deliveries, maybe one that is gone.
pub async fn halted_and_held(store: &Store) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE state IN ('paused', 'cancelled') AND id IN \
            (SELECT edition FROM deliveries \
             WHERE owner IS NOT NULL AND state IN ('claimed', 'in_flight')) \
         ORDER BY id"
    );
    store.all(sql, &[], read).await
}

/// The frozen mail of an edition, with its placeholders.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn mail(store: &Store, id: i64) -> Result<String, StoreError> {
    let sql = "SELECT mail FROM editions WHERE id = $1";
    store.one(sql, &[&id], |row| row.text(0)).await
}

const HOLD: Pair = Pair {
    sqlite: "SELECT state FROM editions WHERE id = $1",
    postgres: "SELECT state FROM editions WHERE id = $1 FOR UPDATE",
};

/// Where an edition stands now; nobody else pauses, resumes, ends or reopens it until the transaction
/// ends. Marks do not wait for it.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn hold(tx: &mut Tx, id: i64) -> Result<EditionState, StoreError> {
    tx.one(HOLD, &[&id], |row| row.word(0, "the edition's state"))
        .await
}

/// Marks an edition finished if nothing of it is open any more; true if it is finished now. Whoever
/// [holds](hold) it while they queue something is waited for, and seen.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn finish(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    // In a statement of its own: the next one must have been begun after whoever was waited for.
    hold(tx, id).await?;
    let sql = "UPDATE editions SET state = 'finished', finished_at = $2 \
        WHERE id = $1 AND state = 'sending' \
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE edition = $1 AND state = 'queued') \
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE edition = $1 AND state = 'deferred') \
          AND NOT EXISTS (SELECT 1 FROM deliveries WHERE edition = $1 AND owner IS NOT NULL \
                          AND state IN ('claimed', 'in_flight'))";
    tx.changes(sql, &[&id, &now]).await
}

/// Where an edition stands now, seen inside a transaction.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn state(tx: &mut Tx, id: i64) -> Result<EditionState, StoreError> {
    let sql = "SELECT state FROM editions WHERE id = $1";
    tx.one(sql, &[&id], |row| row.word(0, "the edition's state"))
        .await
}

/// Pauses an edition that is being sent: from the commit on no mark is made of it, by any sender.
/// True if it was being sent.
pub async fn pause(tx: &mut Tx, id: i64, pause_reason: Option<&str>) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'paused', pause_reason = $2 \
        WHERE id = $1 AND state = 'sending'";
    tx.changes(sql, &[&id, &pause_reason]).await
}

/// Takes up an edition again that is paused or finished; true if it was.
pub async fn resume(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'sending', pause_reason = NULL, finished_at = NULL, \
           resumed_at = $2 WHERE id = $1 AND state IN ('paused', 'finished')";
    tx.changes(sql, &[&id, &now]).await
}

/// Takes up a finished edition again, as a part of the same send: unlike [`resume`], this gives nothing
/// more time to be retried. True if it was finished.
pub async fn reopen(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'sending', finished_at = NULL \
        WHERE id = $1 AND state = 'finished'";
    tx.changes(sql, &[&id]).await
}

/// Ends an edition for good; true if it was being sent or paused. What waits is still to be skipped,
/// by [`skip_cancelled`](super::deliveries::skip_cancelled).
pub async fn cancel(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE editions SET state = 'cancelled', pause_reason = NULL, finished_at = $2 \
        WHERE id = $1 AND state IN ('sending', 'paused')";
    tx.changes(sql, &[&id, &now]).await
}

pub(super) fn read(row: &AnyRow) -> Result<Edition, StoreError> {
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
    })
}
