//! `verdict subscribers import`: a CSV file of any size, streamed.
//!
//! One thread reads and checks rows; the store takes them in batches, a transaction each. Importing
//! a file twice changes nothing, so an import that was cut off is simply run again.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::subscribers::consent::Way;
use ::subscribers::import::{ImportError, Reader, Rejected, Row};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;

use super::Outcome;
use super::export::write_guarded;
use crate::engine::Engine;
use crate::private_file;
use crate::subscribe::{self, Added, Joiner};

/// Rows in one transaction. The index of addresses is touched all over, so the fewer commits the less
const BATCH: usize = 20_000;

/// What a file came to.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::commands) struct Imported {
    pub(in crate::commands) added: Added,
    rejected: u64,
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

pub(super) async fn run(
    engine: &Engine,
    path: &Path,
    confirmed: bool,
    rejected: Option<PathBuf>,
) -> Outcome {
    let report = rejected.unwrap_or_else(|| {
        let mut name = path.as_os_str().to_owned();
        name.push(".rejected.csv");
        name.into()
    });
    let cannot_read = |error: io::Error| format!("cannot read {}: {error}", path.display());
    if is_same_file(path, &report) {
        let path = path.display();
        return Err(format!("the rejected rows of {path} cannot go to that file itself").into());
    }
    let file = File::open(path).map_err(cannot_read)?;
    let length = file.metadata().map_err(cannot_read)?.len();
    let bar = bar(length);
    let read = Arc::new(AtomicU64::new(0));
    let imported = import(engine, file, confirmed, &report, &bar, read).await;
    bar.finish_and_clear();
    let imported =
        imported.map_err(|error| format!("cannot import {}: {error}", path.display()))?;
    show(&imported, confirmed, &report)?;
    Ok(if imported.rejected > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize()
        .is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes}  {eta} left") {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar
}

fn show(imported: &Imported, confirmed: bool, report: &Path) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let added = &imported.added;
    writeln!(stdout, "accepted       {}", added.accepted)?;
    writeln!(stdout, "already known  {}", added.known)?;
    writeln!(stdout, "suppressed     {}", added.suppressed)?;
    writeln!(stdout, "rejected       {}", imported.rejected)?;
    if imported.rejected > 0 {
        writeln!(
            stdout,
            "The rejected rows, with line and reason, are in {}",
            report.display()
        )?;
    }
    if added.pending > 0 {
        let have = if added.pending == 1 { "has" } else { "have" };
        writeln!(
            stdout,
            "{} of those already known {have} not confirmed: pending readers stay pending and get no mail. \
             They confirm by the link in their confirmation mail; for one who has agreed in another way, run \
             `verdict subscribers add EMAIL`.",
            added.pending
        )?;
    }
    if added.accepted > 0 && !confirmed {
        writeln!(
            stdout,
            "They are pending and get no mail; `--confirmed` says that they have agreed."
        )?;
    }
    Ok(())
}

/// Streams `source` onto the list; rejected rows go to `report`, which is made only if there are
/// any. `read` follows the bytes read.
pub(in crate::commands) async fn import(
    engine: &Engine,
    source: impl Read + Send + 'static,
    confirmed: bool,
    report: &Path,
    bar: &ProgressBar,
    read: Arc<AtomicU64>,
) -> Result<Imported, Failed> {
    let (batches, mut queue) = mpsc::channel(1);
    let (path, counter) = (report.to_owned(), Arc::clone(&read));
    let reader = tokio::task::spawn_blocking(move || read_rows(source, &path, &counter, &batches));
    let mut imported = Imported::default();
    while let Some(mut batch) = queue.recv().await {
        // In the order of the index: each of its pages is then touched once a batch.
        if batch.len() == BATCH {
            batch.sort_unstable_by(|a, b| a.address.key().as_str().cmp(b.address.key().as_str()));
        }
        imported.added += subscribe::add(engine, &batch, confirmed, Way::Import).await?;
        bar.set_position(read.load(Ordering::Relaxed));
    }
    imported.rejected = reader.await??;
    Ok(imported)
}

/// Reads every row, hands good ones on in batches and writes the others to the report; returns how
/// many were rejected.
fn read_rows(
    source: impl Read,
    report: &Path,
    read: &AtomicU64,
    batches: &mpsc::Sender<Vec<Joiner>>,
) -> Result<u64, Failed> {
    let mut rows = Reader::new(source).map_err(read_error)?;
    let mut rejections = Rejections {
        path: report,
        csv: None,
        count: 0,
    };
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(item) = rows.next() {
        match item.map_err(read_error)? {
            Ok(row) => batch.push(joiner(row)),
            Err(rejected) => rejections.add(&rejected)?,
        }
        if batch.len() == BATCH {
            read.store(rows.bytes_read(), Ordering::Relaxed);
            // Nobody takes batches any more when the store failed; its error is reported there.
            if batches
                .blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)))
                .is_err()
            {
                break;
            }
        }
    }
    let _ = batches.blocking_send(batch);
    rejections.finish()
}

fn read_error(error: ImportError) -> Failed {
    match error {
        ImportError::Read(cause) => cause.into(),
        other => other.into(),
    }
}

fn joiner(row: Row) -> Joiner {
    Joiner {
        address: row.address,
        name: row.name,
        time_zone: row.time_zone,
        frequency: row.frequency,
        paused_until: row.paused_until,
    }
}

/// The report of rejected rows.
struct Rejections<'a> {
    path: &'a Path,
    csv: Option<csv::Writer<File>>,
    count: u64,
}

impl Rejections<'_> {
    fn add(&mut self, rejected: &Rejected) -> Result<(), Failed> {
        let failed = |error| cannot_write(self.path, &error);
        let refused = |error: csv::Error| cannot_write(self.path, &error.into());
        let csv = match &mut self.csv {
            Some(csv) => csv,
            None => {
                let file = private_file::replace(self.path).map_err(failed)?;
                let mut csv = csv::Writer::from_writer(file);
                csv.write_record(["line", "reason", "row"])
                    .map_err(refused)?;
                self.csv.insert(csv)
            }
        };
        let (line, reason) = (rejected.line.to_string(), rejected.reason.to_string());
        write_guarded(csv, [&line, &reason, &rejected.raw]).map_err(refused)?;
        self.count += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<u64, Failed> {
        if let Some(csv) = &mut self.csv {
            csv.flush()
                .map_err(|error| cannot_write(self.path, &error))?;
        }
        Ok(self.count)
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> String {
    format!("cannot write {}: {error}", path.display())
}
