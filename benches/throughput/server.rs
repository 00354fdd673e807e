//! What an edition costs the PostgreSQL server.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::process;
use crate::schema::Schema;

/// Part of the server's write-ahead log.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Log {
    /// Without the images of whole pages that follow a checkpoint.
    pub(crate) bytes: u64,
    /// Of rows, with new entries in each index.
    pub(crate) updates: u64,
    /// Of rows, on the same page and with no index changed.
    pub(crate) hot_updates: u64,
}

/// What an edition costs the server.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct ServerCost {
    /// Without the enrolment.
    pub(crate) cpu: Duration,
    /// With the enrolment.
    pub(crate) log: Log,
}

impl Schema {
    /// The end of the write-ahead log.
    pub(crate) fn log_position(&self) -> String {
        self.psql("SELECT pg_current_wal_insert_lsn()")
    }

    /// What was written to the log since a position.
    pub(crate) fn log_since(&self, position: &str) -> Log {
        self.psql("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
        let sums = self.psql(&format!(
            "SELECT SUM(record_size)::bigint, SUM(count) FILTER (WHERE record LIKE 'Heap/UPDATE%'), \
             SUM(count) FILTER (WHERE record LIKE 'Heap/HOT_UPDATE%') \
             FROM pg_get_wal_stats('{position}', pg_current_wal_flush_lsn(), true) \
             AS stats (record, count, count_share, record_size)"
        ));
        let mut sums = sums.split('|').map(|sum| sum.parse().unwrap_or_default());
        let mut next = || sums.next().unwrap_or_default();
        Log {
            bytes: next(),
            updates: next(),
            hot_updates: next(),
        }
    }

    /// The processor time of all the server's processes, past ones too, in steps of 10 ms.
    pub(crate) fn processor_time(&self) -> Duration {
        let folder = self.psql("SHOW data_directory");
        let first = std::fs::read_to_string(Path::new(&folder).join("postmaster.pid")).unwrap();
        process::ticks_of_family(first.lines().next().unwrap())
    }
}
