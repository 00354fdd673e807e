//! The journal of departures: a file outside the database, so that a restored backup brings nobody back.
//!
//! ```text
//! verdict-departures 1 <id of the journal> <fingerprint of the key>
//! <Unix milliseconds> <event> <subscriber's number> <keyed hash of the address>
//! ```
//!
//! Lines are only ever appended, whole and under a lock on the file, and are on the disk before anyone is
//! answered. Half a line without its end is what a crash left of an entry that nobody was told of: the next
//! append cuts it off.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ring::rand::{SecureRandom as _, SystemRandom};
use subscribers::departure::Departure;

use super::entry::{Entry, Event};
use crate::store::StoreError;

/// How the first line begins: what the file is, and the version of its format.
const FORMAT: &str = "verdict-departures 1 ";
/// No first line is longer.
const HEADER: u64 = 256;
/// Bytes of a journal's id.
const ID: usize = 16;
/// Bytes of a probe: a page of most file systems.
const PROBE: usize = 4096;
/// How many entries a process remembers having written.
const REMEMBERED: usize = 65_536;
/// How many entries wait for a journal that cannot be written.
const WAITING: usize = 65_536;

/// Why the journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("cannot use the journal of departures {path}: {cause} (`journal` in `[store]`)")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file is something else.
    #[error(
        "{path} is not a journal of departures that this version can read (`journal` in `[store]`)"
    )]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The journal was written with another key, so its hashes match no address.
    #[error(
        "the journal of departures {path} belongs to another secret key (here {here}, journal {there}): \
         bring back the `secret.key` it was written with, or move the file away to begin a new journal"
    )]
    ForeignKey {
        /// Which file.
        path: PathBuf,
        /// The fingerprint of the key here.
        here: String,
        /// The fingerprint in the file.
        there: String,
    },
}

/// What an address went through, as far as was read.
#[derive(Clone, Debug)]
pub struct History {
    /// The latest entry.
    pub last: Entry,
    /// The strictest departure that no later entry undoes: a complaint, or a block.
    pub for_good: Option<Departure>,
}

/// The part of a journal that was not read before.
#[derive(Debug, Default)]
pub struct Tail {
    /// What each hash went through.
    pub histories: HashMap<String, History>,
    /// The numbers of lines that are no entries.
    pub damaged: Vec<u64>,
    /// Up to which byte it was read: the end of the last whole line.
    pub end: u64,
}

/// A journal: which one, and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The random id that it was given when it was made.
    pub id: String,
    /// Its length in bytes.
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
    /// What this process has written, so that a link pressed a thousand times is a line or two.
    written: HashSet<Entry>,
    /// What could not be written; it goes with the next append.
    waiting: Vec<Entry>,
}

impl Journal {
    /// The journal at `path`, for the key with this fingerprint. Nothing is read or made yet.
    pub fn at(path: PathBuf, fingerprint: String) -> Self {
        Self(Arc::new(Inner {
            path,
            fingerprint,
            state: Mutex::default(),
        }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Makes the file if there is none, and finds out whether it can be written.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn prepare(&self) -> Result<(), StoreError> {
        self.blocking(|inner| inner.write(&[]).map(drop)).await
    }

    /// Writes entries to the end, on the disk when this returns. One that this process has written before is
    /// left out. Entries that cannot be written are kept in memory and go with the next append.
    ///
    /// # Errors
    /// [`StoreError::Journal`] if not all of them, and what was kept before, are on the disk.
    pub async fn append(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        self.blocking(|inner| inner.append(entries)).await
    }

    /// Makes sure that an entry could be written now: what waits is written, and bytes without a line's end are,
    /// which are taken back.
    ///
    /// # Errors
    /// [`StoreError::Journal`]: why not.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.blocking(|inner| {
            inner.append(Vec::new())?;
            inner.probe()
        })
        .await
    }

    /// Which journal it is; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.blocking(|inner| inner.head()).await
    }

    /// Reads what is behind the byte `from`; everything, if no line begins there.
    ///
    /// # Errors
    /// [`StoreError::Journal`].
    pub async fn tail(&self, from: u64) -> Result<Tail, StoreError> {
        self.blocking(move |inner| inner.tail(from)).await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || work(&inner)).await;
        Ok(done.map_err(|_| StoreError::Closed)??)
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
        // A panic while it was held left at worst an entry that is written twice.
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

    /// Opens the file for writing at its end, which is returned: 0 if it has no first line yet. The lock ends with
    /// the file's handle.
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

    /// Writes whole lines; true if the file was made for it.
    fn write(&self, entries: &[Entry]) -> Result<bool, JournalError> {
        let failed = |cause| self.failed(cause);
        let (mut file, end) = self.open_to_append()?;
        let is_new = end == 0;
        let mut text = String::new();
        if is_new {
            text = format!(
                "{FORMAT}{} {}\n",
                new_id().map_err(failed)?,
                self.fingerprint
            );
        }
        for entry in entries {
            text += &format!("{entry}\n");
        }
        let written = file.write_all(text.as_bytes());
        if written.is_err() {
            // If this fails as well, the next append does it.
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

    /// The id and the length of the first line; `None` if the file is empty or only a part of that line.
    fn header(&self, mut file: &File) -> Result<Option<(String, u64)>, JournalError> {
        let foreign = || JournalError::Foreign {
            path: self.path.clone(),
        };
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.take(HEADER).read_to_end(&mut bytes))
            .map_err(|cause| self.failed(cause))?;
        let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else {
            let begun = FORMAT.as_bytes();
            let common = begun.len().min(bytes.len());
            let is_begun = bytes[..common] == begun[..common] && (bytes.len() as u64) < HEADER;
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
    /// Times decide, not places: two who write at once may come in either order.
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

/// Cuts off what stands behind the last whole line; returns the length that is left.
fn cut_half_line(mut file: &File) -> io::Result<u64> {
    const BLOCK: u64 = 4096;
    let length = file.metadata()?.len();
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        let mut block = Vec::new();
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

/// True if a line begins at this byte, or the file ends there with a whole one.
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
    filled.map_err(|_| io::Error::other("the system gives no random numbers"))?;
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
