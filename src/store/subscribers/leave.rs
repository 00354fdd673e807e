//! Leaves the list, for many at once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use subscribers::consent::{Consent, ConsentSource};

use crate::store::consent_changes::{Cause, RECORD};
use crate::store::counters::RESERVE;
use crate::store::dialect::{Dialect, part};
use crate::store::outbox::{self, END_LINKS};
use crate::store::statement::Value;
use crate::store::undos::{self, END};
use crate::store::{self, StoreError, Tx, deliveries};

/// A subscriber who leaves the list.
#[derive(Clone, Copy, Debug)]
pub struct Leaver<'a> {
    pub subscriber: i64,
    pub source: ConsentSource,
    /// The edition whose mail led to it.
    pub edition: Option<i64>,
    pub reason: Option<&'a str>,
}

/// All of it in one round trip, for those who leave in the same way: `$1` are their numbers, `$2` is the time, `$3` the
/// consent, `$4` the rows of the history, `$5` the source and `$6` the edition.
static TOGETHER: LazyLock<String> = LazyLock::new(|| {
    let count = "(SELECT COUNT(*) FROM changed)";
    let reserve = part(RESERVE, &[count, "'consent_change'"]);
    let first = format!("(SELECT value FROM reserved) - {count} + 1");
    let values = ["$4", &first, "$2", "$3", "$5", "$6", "NULL", "NULL"];
    let record = part(RECORD.postgres, &values);
    format!(
        "WITH changed AS ({} RETURNING subscribers.id), ended_links AS ({}), ended_undos AS ({}), {}, \
           reserved AS ({reserve}), recorded AS ({record}) \
         SELECT COUNT(*) FROM changed",
        super::SET_CONSENT.postgres,
        END_LINKS.postgres,
        END.postgres,
        *deliveries::SKIPPING,
    )
});

/// Unsubscribes subscribers that this transaction has locked, and records why. What waits for them is skipped, and
/// mailed links and undos end: an older one must not bring anybody back.
///
/// # Errors
/// [`StoreError::NoSubscriber`] if one of them does not exist.
pub async fn leave(tx: &mut Tx, leavers: &[Leaver<'_>], now: i64) -> Result<(), StoreError> {
    if leavers.is_empty() {
        return Ok(());
    }
    match tx.dialect {
        Dialect::Sqlite => in_turn(tx, leavers, now).await,
        Dialect::Postgres => together(tx, leavers, now).await,
    }
}

/// Ends what could bring these subscribers back.
pub async fn end_ways_back(tx: &mut Tx, ids: &[i64], now: i64) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    outbox::end_links(tx, ids, now).await?;
    undos::end(tx, ids).await
}

async fn in_turn(tx: &mut Tx, leavers: &[Leaver<'_>], now: i64) -> Result<(), StoreError> {
    let ids: Vec<i64> = leavers.iter().map(|leaver| leaver.subscriber).collect();
    end_ways_back(tx, &ids, now).await?;
    deliveries::skip_waiting(tx, &ids, Consent::Unsubscribed.into_str(), now).await?;
    let changes = leavers.iter().map(|leaver| {
        let cause = Cause {
            edition: leaver.edition,
            reason: leaver.reason,
            ..Cause::by(leaver.source)
        };
        (leaver.subscriber, Consent::Unsubscribed, cause)
    });
    super::set_consent(tx, &changes.collect::<Vec<_>>(), now).await
}

async fn together(tx: &mut Tx, leavers: &[Leaver<'_>], now: i64) -> Result<(), StoreError> {
    let mut alike = BTreeMap::<_, Vec<_>>::new();
    for leaver in leavers {
        let same = (leaver.source.into_str(), leaver.edition);
        alike.entry(same).or_default().push(leaver);
    }
    for ((source, edition), leavers) in alike {
        let ids: Vec<i64> = leavers.iter().map(|leaver| leaver.subscriber).collect();
        let rows = leavers.iter().enumerate();
        let rows: Vec<_> = rows
            .map(|(at, leaver)| (at, leaver.subscriber, leaver.reason))
            .collect();
        let (ids, rows) = (store::json(&ids)?, store::json(&rows)?);
        let consent = Consent::Unsubscribed.into_str();
        let values: [&dyn Value; 6] = [&ids, &now, &consent, &rows, &source, &edition];
        let changed = tx
            .one(TOGETHER.as_str(), &values, |row| row.number(0))
            .await?;
        let changed = usize::try_from(changed).unwrap_or_default();
        match leavers.len().saturating_sub(changed) {
            0 => {}
            missing => return Err(StoreError::NoSubscriber { missing }),
        }
    }
    Ok(())
}
