//! The journal of departures: a file outside the database, so that a restored backup brings no one
//! back.
//!
//! ```text
//! verdict-departures 1 <id of the journal> <fingerprint of the key>
//! <Unix milliseconds> <event> <subscriber's number> <keyed hash of the address>
//! ```
//!
//! Lines are only appended, whole and under a lock on the file, and are on the disk before anyone
//! gets an answer. A line without an end is what a crash left of an entry that was not confirmed
//! yet; the next append cuts it off.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use subscribers::departure::Departure;

use super::entry::{Entry, Event};
use crate::store::StoreError;

/// The first line begins with the kind of file and the version of its format.
const FORMAT: &str = "verdict-departures 1 ";
/// The maximum length of the first line.
const HEADER: u64 = 256;
const ID: usize = 16;
/// A page of most file systems.
const PROBE: usize = 4096;
/// How many written entries a process remembers: half a megabyte.
const REMEMBERED: usize = 4096;
/// How many entries wait for a journal that cannot be written.
const WAITING: usize = 65_536;

#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("cannot use the journal of departures {path}: {cause} (`journal` in `[store]`)")]
    File { path: PathBuf, cause: io::Error },
    #[error(
        "{path} is not a journal of departures that this version can read (`journal` in `[store]`)"
    )]
    Foreign { path: PathBuf },
    /// The journal was written with another key, so its hashes match no address.
    #[error(
        "the journal of departures {path} belongs to another secret key (here {here}, journal {there}): \
         restore the `secret.key` it was written with, or move the file away to begin a new journal"
    )]
    ForeignKey {
        path: PathBuf,
        /// The fingerprint of this machine's key.
        here: String,
        /// The fingerprint in the file.
        there: String,
    },
}

/// The history of an address, as far as it was read.
#[derive(Clone, Debug)]
pub struct History {
    pub last: Entry,
    /// The strictest departure that no later entry undoes: a complaint or a block.
    pub for_good: Option<Departure>,
}

#[derive(Debug, Default)]
pub struct Tail {
    /// By hash.
    pub histories: HashMap<String, History>,
    /// The numbers of the lines that are not entries.
    pub damaged: Vec<u64>,
    /// The end of the last whole line, in bytes.
    pub end: u64,
}

/// The identity and the length of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Random, given when the file is created.
    pub id: String,
    /// In bytes.
    pub length: u64,
}

/// A handle to the file. Cheap to clone.
#[derive(Clone)]
pub struct Journal(Arc<Inner>);

struct Inner {
    path: PathBuf,
    fingerprint: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What this process has written, so that a link pressed a thousand times adds only a line or
    /// two.
    written: HashSet<Entry>,
    /// What could not be written yet; the next append tries again.
    waiting: Vec<Entry>,
}

impl Journal {
    /// The journal at `path`, for the key with this fingerprint. Does not open the file.
    pub fn at(path: PathBuf, fingerprint: String) -> Self {
        Self(Arc::new(Inner {
            path,
            fingerprint,
            state: Mutex::default(),
        }))
    }

    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Creates the file if there is none, and checks that it can be written.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn prepare(&self) -> Result<(), StoreError> {
        self.blocking(|inner| inner.write(&[]).map(drop)).await
    }

    /// Appends entries, beginning at once, and returns when they are on the disk. Entries that this
    /// process has written before are left out. Entries that cannot be written stay in memory for
    /// the next append.
    ///
    /// # Errors
    /// [`StoreError::Journal`] if any of them, or of those kept before, are not on the disk.
    pub fn append(
        &self,
        entries: Vec<Entry>,
    ) -> impl Future<Output = Result<(), StoreError>> + use<> {
        self.blocking(|inner| inner.append(entries))
    }

    /// Checks that an entry could be written now: writes what waits, then writes bytes without a
    /// line end and removes them.
    ///
    /// # Errors
    /// [`StoreError::Journal`] if not.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.blocking(|inner| {
            inner.append(Vec::new())?;
            inner.probe()
        })
        .await
    }

    /// `None` if there is no journal.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.blocking(|inner| inner.head()).await
    }

    /// Reads from the byte `from` on, or everything if no line begins there.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn tail(&self, from: u64) -> Result<Tail, StoreError> {
        self.blocking(move |inner| inner.tail(from)).await
    }

    fn blocking<T: Send + 'static, W>(
        &self,
        work: W,
    ) -> impl Future<Output = Result<T, StoreError>> + use<T, W>
    where
        W: FnOnce(&Inner) -> Result<T, JournalError> + Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        let working = tokio::task::spawn_blocking(move || work(&inner));
        async { Ok(working.await.map_err(|_| StoreError::Closed)??) }
    }
}

impl Inner {
    fn failed(&self, cause: io::Error) -> JournalError {
        JournalError::File {
            path: self.path.clone(),
            cause,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic leaves at worst an entry that is written twice.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append(&self, entries: Vec<Entry>) -> Result<(), JournalError> {
        let mut state = self.state();
        let State { written, waiting } = &mut *state;
        waiting.extend(entries.into_iter().filter(|entry| !written.contains(entry)));
        if waiting.is_empty() {
            return Ok(());
        }
        match self.write(waiting) {
            Ok(is_new) => {
                if is_new || written.len() + waiting.len() > REMEMBERED {
                    written.clear();
                }
                written.extend(waiting.drain(..));
                Ok(())
            }
            Err(error) => {
                let surplus = waiting.len().saturating_sub(WAITING);
                waiting.drain(..surplus);
                Err(error)
            }
        }
    }

    /// Opens the file to append, and returns its end: 0 if it has no first line yet. Closing the
    /// file releases the lock.
    fn open_to_append(&self) -> Result<(File, u64), JournalError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let failed = |cause| self.failed(cause);
        let file = options.open(&self.path).map_err(failed)?;
        file.lock().map_err(failed)?;
        if self.header(&file)?.is_none() {
            file.set_len(0).map_err(failed)?;
            return Ok((file, 0));
        }
        let end = cut_half_line(&file).map_err(failed)?;
        Ok((file, end))
    }

    fn probe(&self) -> Result<(), JournalError> {
        let failed = |cause| self.failed(cause);
        let (mut file, end) = self.open_to_append()?;
        let written = file.write_all(&[0; PROBE]).and_then(|()| file.sync_data());
        file.set_len(end).map_err(failed)?;
        written.map_err(failed)
    }

    /// Writes whole lines; true if it created the file.
    fn write(&self, entries: &[Entry]) -> Result<bool, JournalError> {
        let failed = |cause| self.failed(cause);
        let (mut file, end) = self.open_to_append()?;
        let is_new = end == 0;
        let mut text = String::new();
        if is_new {
            let id = new_id().map_err(failed)?;
            text = format!("{FORMAT}{id} {}\n", self.fingerprint);
        }
        for entry in entries {
            text += &format!("{entry}\n");
        }
        let written = file.write_all(text.as_bytes());
        if written.is_err() {
            // If this fails too, the next append cuts it off.
            let _ = file.set_len(end);
        }
        written.and_then(|()| file.sync_data()).map_err(failed)?;
        if is_new {
            sync_folder(&self.path).map_err(failed)?;
        }
        Ok(is_new)
    }

    fn head(&self) -> Result<Option<Head>, JournalError> {
        let Some(file) = self.open()? else {
            return Ok(None);
        };
        let length = file.metadata().map_err(|cause| self.failed(cause))?.len();
        let header = self.header(&file)?;
        Ok(header.map(|(id, _)| Head { id, length }))
    }

    fn open(&self) -> Result<Option<File>, JournalError> {
        match File::open(&self.path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The id and the length of the first line; `None` if the file is empty or contains only part
    /// of that line.
    fn header(&self, mut file: &File) -> Result<Option<(String, u64)>, JournalError> {
        let foreign = || JournalError::Foreign {
            path: self.path.clone(),
        };
        let mut bytes = Vec::with_capacity(HEADER as usize);
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.take(HEADER).read_to_end(&mut bytes))
            .map_err(|cause| self.failed(cause))?;
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
            let format = FORMAT.as_bytes();
            let is_begun = (format.starts_with(&bytes) || bytes.starts_with(format))
                && (bytes.len() as u64) < HEADER;
            // A crash may leave the length of a line without its bytes.
            let is_blank = bytes.iter().all(|byte| *byte == 0);
            return if is_begun || is_blank {
                Ok(None)
            } else {
                Err(foreign())
            };
        };
        let line = std::str::from_utf8(&bytes[..end]).map_err(|_| foreign())?;
        let rest = line.strip_prefix(FORMAT).ok_or_else(foreign)?;
        let (id, there) = rest.split_once(' ').ok_or_else(foreign)?;
        if there != self.fingerprint {
            return Err(JournalError::ForeignKey {
                path: self.path.clone(),
                here: self.fingerprint.clone(),
                there: there.escape_debug().to_string(),
            });
        }
        Ok(Some((id.to_owned(), end as u64 + 1)))
    }

    fn tail(&self, from: u64) -> Result<Tail, JournalError> {
        let Some(file) = self.open()? else {
            return Ok(Tail::default());
        };
        let Some((_, first)) = self.header(&file)? else {
            return Ok(Tail::default());
        };
        let failed = |cause| self.failed(cause);
        let is_line = from > first && begins_line(&file, from).map_err(failed)?;
        let start = if is_line { from } else { first };
        let mut tail = Tail {
            end: start,
            ..Tail::default()
        };
        let mut lines = BufReader::new(&file);
        lines.seek(SeekFrom::Start(start)).map_err(failed)?;
        let (mut line, mut number) = (Vec::new(), 0);
        while lines.read_until(b'\n', &mut line).map_err(failed)? > 0 {
            let Some(text) = line.strip_suffix(b"\n") else {
                // A crash left half a line, or another process is writing it.
                break;
            };
            number += 1;
            tail.end += line.len() as u64;
            match Entry::parse(text) {
                Some(entry) => tail.add(entry),
                None => tail.damaged.push(number),
            }
            line.clear();
        }
        if !tail.damaged.is_empty() {
            let before = lines_before(&file, start).map_err(failed)?;
            tail.damaged.iter_mut().for_each(|line| *line += before);
        }
        Ok(tail)
    }
}

impl Tail {
    /// Compare times, not positions: two processes that write at once may do so in either order.
    fn add(&mut self, entry: Entry) {
        let for_good = match entry.event {
            Event::Left(departure) if !departure.may_return() => Some(departure),
            _ => None,
        };
        match self.histories.get_mut(&entry.hash) {
            Some(history) => {
                history.for_good = history.for_good.max(for_good);
                if entry.at >= history.last.at {
                    history.last = entry;
                }
            }
            None => {
                let hash = entry.hash.clone();
                let last = entry;
                self.histories.insert(hash, History { last, for_good });
            }
        }
    }
}

/// Cuts off what follows the last whole line; returns the length that remains.
fn cut_half_line(mut file: &File) -> io::Result<u64> {
    const BLOCK: usize = 4096;
    let length = file.metadata()?.len();
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(BLOCK as u64);
        let mut block = Vec::with_capacity(BLOCK);
        file.seek(SeekFrom::Start(start))?;
        file.take(end - start).read_to_end(&mut block)?;
        if let Some(at) = block.iter().rposition(|byte| *byte == b'\n') {
            end = start + at as u64 + 1;
            break;
        }
        end = start;
    }
    if end < length {
        file.set_len(end)?;
    }
    Ok(end)
}

/// True if a line begins at this byte, or the file ends there with a whole line.
fn begins_line(mut file: &File, at: u64) -> io::Result<bool> {
    if at > file.metadata()?.len() {
        return Ok(false);
    }
    let mut before = [0];
    file.seek(SeekFrom::Start(at - 1))?;
    file.read_exact(&mut before)?;
    Ok(before == *b"\n")
}

fn lines_before(mut file: &File, end: u64) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut count = 0;
    for line in BufReader::new(file).take(end).split(b'\n') {
        line?;
        count += 1;
    }
    Ok(count)
}

fn new_id() -> io::Result<String> {
    let mut bytes = [0; ID];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| io::Error::other("the operating system provides no random numbers"))?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

/// Makes the name of a new file durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
