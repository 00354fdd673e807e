//! Files as they are now, and whether they changed.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use aws_lc_rs::digest::{Context, SHA256};
use chrono::{DateTime, TimeDelta, Utc};

/// A file that was written more recently may be written again without another time or length.
const SETTLED: TimeDelta = TimeDelta::seconds(2);

/// What the system tells about a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    written: Option<SystemTime>,
}

impl Stamp {
    /// `None` if there is no such file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        Some(Self {
            length: metadata.len(),
            written: metadata.modified().ok(),
        })
    }

    /// True if the same stamp later means the same content.
    pub(super) fn is_settled(&self, now: DateTime<Utc>) -> bool {
        let settled = |written| now - DateTime::<Utc>::from(written) > SETTLED;
        self.written.is_some_and(settled)
    }
}

/// Files that are read together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamps(Vec<(PathBuf, Option<Stamp>)>);

impl Stamps {
    pub(super) fn of(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let stamps = paths.into_iter().map(|path| {
            let stamp = Stamp::of(&path);
            (path, stamp)
        });
        Self(stamps.collect())
    }

    pub(super) fn are_settled(&self, now: DateTime<Utc>) -> bool {
        let mut stamps = self.0.iter().filter_map(|(_, stamp)| stamp.as_ref());
        stamps.all(|stamp| stamp.is_settled(now))
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(|(path, _)| path.as_path())
    }
}

/// The files with an ending in a folder, by name; none if it cannot be read.
pub(super) fn ending_with(folder: &Path, end: &str) -> Vec<PathBuf> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(folder)?;
        entries.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = read().unwrap_or_default();
    paths.retain(|path| path.extension().is_some_and(|found| found == end));
    paths.sort();
    paths
}

/// Tells contents apart: a part of their SHA-256.
pub(super) fn revision<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part);
    }
    data_encoding::HEXLOWER.encode(&context.finish().as_ref()[..8])
}
