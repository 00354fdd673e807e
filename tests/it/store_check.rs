//! What must hold of every store at any moment: what is counted is what there is. Every [`TestApp`] and `TestStore`
//! checks it when it goes.
//!
//! [`TestApp`]: crate::test_app::TestApp

use std::path::Path;

use crate::database::{Schema, number_by_hand};

/// Counters, each with how many of them are wrong.
const COUNTED: &[(&str, &str)] = &[
    (
        "delivery_counts",
        "SELECT COUNT(*) FROM (SELECT edition, counted FROM \
        (SELECT edition, 'enrolled' AS counted, 1 AS count FROM deliveries \
         UNION ALL SELECT edition, 'enrolled', count FROM delivery_blocks \
         UNION ALL SELECT edition, 'accepted', count FROM delivery_blocks \
         UNION ALL SELECT edition, state, 1 FROM deliveries \
            WHERE owner IS NULL AND state NOT IN ('queued', 'claimed', 'in_flight') \
         UNION ALL SELECT edition, counted, -count FROM delivery_counts) AS found \
     GROUP BY edition, counted HAVING SUM(count) <> 0) AS wrong",
    ),
    (
        "held_deliveries",
        "SELECT ABS((SELECT COUNT(*) FROM deliveries WHERE owner IS NOT NULL) \
           - (SELECT COUNT(*) FROM held_deliveries))",
    ),
    (
        "vote_counts",
        "SELECT COUNT(*) FROM (SELECT issue, tool, verdict FROM \
        (SELECT issue, tool, verdict, 1 AS votes FROM votes \
         UNION ALL SELECT issue, tool, verdict, -votes FROM vote_counts) AS compared \
     GROUP BY issue, tool, verdict HAVING SUM(votes) <> 0) AS wrong",
    ),
];

/// Returns the counters that are wrong, with how many of their values are.
pub(crate) fn store_check(schema: Option<&Schema>, file: &Path) -> Result<(), String> {
    for (counters, question) in COUNTED {
        let wrong = number_by_hand(schema, file, question);
        if wrong != 0 {
            return Err(format!("{wrong} of {counters} are wrong"));
        }
    }
    Ok(())
}

/// Checks a store that a test leaves, unless the test has failed already or has taken the file away.
pub(crate) fn check_at_the_end(schema: Option<&Schema>, file: Option<&Path>) {
    let file = file.filter(|file| file.exists());
    if std::thread::panicking() || schema.is_none() && file.is_none() {
        return;
    }
    if let Err(wrong) = store_check(schema, file.unwrap_or(Path::new(""))) {
        panic!("{wrong}");
    }
}
