//! Why deliveries of an edition were refused or skipped: reads only.

use std::collections::BTreeMap;

use crate::store::dialect::Pair;
use crate::store::{Store, StoreError};

/// Refused deliveries whose replies begin alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// One of the replies; `None` if they were deleted with their readers.
    pub reply: Option<String>,
    pub count: i64,
}

/// Twelve characters hold both codes of a reply, as in `550 5.1.1 `, and a little of its text. SQLite would walk the
/// edition, because the index lacks the reply.
const REFUSALS: Pair = Pair {
    sqlite: "SELECT MIN(reply), COUNT(*) FROM deliveries INDEXED BY deliveries_refused \
         WHERE edition = $1 AND state = 'refused' GROUP BY SUBSTR(reply, 1, 12)",
    postgres: "SELECT MIN(reply), COUNT(*) FROM deliveries \
         WHERE edition = $1 AND listed = 'refused' GROUP BY SUBSTR(reply, 1, 12)",
};

/// The refused deliveries of an edition. The cost is their number.
pub async fn refusals(store: &Store, edition: i64) -> Result<Vec<Refusals>, StoreError> {
    store
        .all(REFUSALS, &[&edition], |row| {
            Ok(Refusals {
                reply: row.text_or_null(0)?,
                count: row.number(1)?,
            })
        })
        .await
}

/// How many subscribers' numbers one statement spans. No index has what was skipped, so the numbers are walked, but no
/// statement walks the whole edition.
const SPAN: i64 = 4_000;

const SKIPS: &str = "SELECT COALESCE(reply, ''), COUNT(*) FROM deliveries \
     WHERE edition = $1 AND subscriber > $2 AND subscriber <= $3 AND state = 'skipped' \
     GROUP BY COALESCE(reply, '')";

/// The skipped deliveries of an edition by their reason: the reader's consent or choice, `cancelled`, or empty if it was
/// deleted with the reader. Looks at subscribers up to the number `last`, until it has found `count` of them. The cost
/// is the edition's rows up to there.
pub async fn skips(
    store: &Store,
    edition: i64,
    last: i64,
    count: i64,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut skips = BTreeMap::<_, i64>::new();
    let mut after = 0;
    while after < last && skips.values().sum::<i64>() < count {
        let found: Vec<(String, i64)> = store
            .all(SKIPS, &[&edition, &after, &(after + SPAN)], |row| {
                Ok((row.text(0)?, row.number(1)?))
            })
            .await?;
        for (reason, count) in found {
            *skips.entry(reason).or_default() += count;
        }
        after += SPAN;
    }
    Ok(skips)
}
