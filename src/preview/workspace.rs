//! What is shown: for each issue file the last version without errors, and what is wrong with the file as it is now.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use subscribers::token::Key;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::files::{self, Stamp, Stamps};
use super::setup::{self, Setup};
use super::{Failure, LOOK};
use crate::app;
use crate::clock::Clock;
use crate::config::ConfigError;
use crate::delivery;
use crate::edition::History;
use crate::findings::Findings;
use crate::issue::{self, Checked, Folder, Issue};
use crate::toml_source;

/// Looks after which an issue file that is gone is forgotten, unless a page shows it: a minute.
const FORGET: u32 = 240;

/// What to preview.
#[derive(Clone, Debug)]
pub struct Options {
    /// The instance folder.
    pub dir: PathBuf,
    /// An issue file, or the slug of one in the instance; all of the instance's issues if not given.
    pub file: Option<PathBuf>,
    pub clock: Clock,
}

/// Why a preview cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is no issue file {}{}", .path.display(), issue::suggestion(.known.as_deref()))]
    NoIssue {
        path: PathBuf,
        /// A similar slug.
        known: Option<String>,
    },
    #[error("cannot read the issues in {}: {cause}", .path.display())]
    Folder { path: PathBuf, cause: io::Error },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("the system provides no random numbers")]
    NoRandomness,
}

/// Cheap to clone.
#[derive(Clone)]
pub(super) struct Workspace(Arc<Inner>);

struct Inner {
    dir: PathBuf,
    folder: PathBuf,
    only: Option<PathBuf>,
    clock: Clock,
    /// For links that open nothing.
    key: Key,
    setup: Mutex<setup::Source>,
    entries: Mutex<BTreeMap<String, Arc<Entry>>>,
    /// Of the folder's files.
    revisions: watch::Sender<String>,
}

impl Workspace {
    pub(super) fn open(options: Options) -> Result<Self, OpenError> {
        let folder = issue::folder_in(&options.dir);
        let only = options.file.map(|file| found(file, &folder)).transpose()?;
        if only.is_none()
            && let Err(cause) = issue::files_in(&folder)
        {
            let path = folder;
            return Err(OpenError::Folder { path, cause });
        }
        Ok(Self(Arc::new(Inner {
            folder,
            only,
            clock: options.clock,
            key: delivery::sample_key().map_err(|_| OpenError::NoRandomness)?,
            setup: Mutex::new(setup::Source::open(&options.dir)?),
            dir: options.dir,
            entries: Mutex::default(),
            revisions: watch::Sender::default(),
        })))
    }

    /// The only file that is shown.
    pub(super) fn only(&self) -> Option<&PathBuf> {
        self.0.only.as_ref()
    }

    pub(super) fn key(&self) -> &Key {
        &self.0.key
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// The revisions of the folder.
    pub(super) fn revisions(&self) -> watch::Receiver<String> {
        self.0.revisions.subscribe()
    }

    /// Reads what was sent.
    pub(super) async fn remember(&self) {
        let setup = lock(&self.0.setup).current();
        let read = History::read(&setup.config, &self.0.dir).await;
        lock(&self.0.setup).learn(read);
    }

    /// Looks at the files that are shown, and tells open pages what changed.
    pub(super) fn look(&self) {
        let setup = self.setup();
        let entries: Vec<_> = lock(&self.0.entries).values().cloned().collect();
        for entry in entries {
            entry.look(&setup, self.now());
        }
        lock(&self.0.entries).retain(|_, entry| !entry.is_over());
        if self.0.revisions.receiver_count() > 0 {
            self.look_at_folder(&setup);
        }
    }

    /// The issue file with this name, as it was when it was last looked at.
    pub(super) async fn entry(&self, name: String) -> Result<Arc<Entry>, Failure> {
        let workspace = self.clone();
        let found = spawn_blocking(move || workspace.find(&name)).await?;
        found.ok_or(Failure::NotFound)
    }

    /// The issue file with this name as it is now.
    pub(super) async fn shown(&self, name: String) -> Result<Arc<Shown>, Failure> {
        let entry = self.entry(name).await?;
        let look = |workspace: Self, entry: Arc<Entry>| {
            spawn_blocking(move || entry.look(&workspace.setup(), workspace.now()))
        };
        if look(self.clone(), Arc::clone(&entry)).await? == Looked::Again {
            tokio::time::sleep(LOOK).await;
            look(self.clone(), Arc::clone(&entry)).await?;
        }
        entry.shown().ok_or(Failure::NotFound)
    }

    /// The folder's issues, the setup, and the revision of both.
    pub(super) async fn folder(&self) -> Result<(Folder, Arc<Setup>, String), Failure> {
        let workspace = self.clone();
        let read = spawn_blocking(move || {
            let setup = workspace.setup();
            let revision = workspace.look_at_folder(&setup);
            let rules = app::rules(&setup.config);
            let folder = issue::load_folder(&workspace.0.folder, &rules)?;
            Ok::<_, io::Error>((folder, setup, revision))
        });
        Ok(read.await??)
    }

    fn setup(&self) -> Arc<Setup> {
        let mut setup = lock(&self.0.setup);
        setup.look(self.now());
        setup.current()
    }

    fn look_at_folder(&self, setup: &Setup) -> String {
        let files = issue::files_in(&self.0.folder).unwrap_or_default();
        let stamps = format!("{:?}", Stamps::of(files));
        let revision = files::revision([setup.revision.as_bytes(), stamps.as_bytes()]);
        self.0.revisions.send_if_modified(|last| {
            let is_new = *last != revision;
            last.clone_from(&revision);
            is_new
        });
        revision
    }

    /// Names come from a list of files, so that none leads elsewhere.
    fn find(&self, name: &str) -> Option<Arc<Entry>> {
        if let Some(entry) = lock(&self.0.entries).get(name) {
            return Some(Arc::clone(entry));
        }
        let files = match &self.0.only {
            Some(only) => vec![only.clone()],
            None => issue::files_in(&self.0.folder).ok()?,
        };
        let path = files.into_iter().find(|path| issue::stem(path) == name)?;
        let entry = Entry::new(path);
        entry.look(&self.setup(), self.now());
        let mut entries = lock(&self.0.entries);
        let entry = entries.entry(name.to_owned()).or_insert(Arc::new(entry));
        Some(Arc::clone(entry))
    }
}

/// The file that was asked for, by its path or its slug.
fn found(file: PathBuf, folder: &Path) -> Result<PathBuf, OpenError> {
    if file.is_file() {
        return Ok(file);
    }
    let slug = file.to_string_lossy().into_owned();
    let mut files = issue::files_in(folder).unwrap_or_default().into_iter();
    match files.find(|path| issue::stem(path) == slug) {
        Some(path) => Ok(path),
        None => Err(OpenError::NoIssue {
            known: issue::nearest_slug(folder, &issue::stem(&file)),
            path: file,
        }),
    }
}

/// An issue file that was opened.
pub(super) struct Entry {
    path: PathBuf,
    seen: Mutex<Seen>,
    revisions: watch::Sender<String>,
}

#[derive(Default)]
struct Seen {
    shown: Option<Arc<Shown>>,
    /// The file need not be read again while it has this stamp.
    stamp: Option<Stamp>,
    /// The revision of a version with errors that was seen once.
    doubtful: Option<String>,
    /// How often in a row there was no file.
    gone: u32,
}

/// What a page shows of an issue file.
pub(super) struct Shown {
    /// Changes with the file's content and with the setup.
    pub(super) revision: String,
    /// Changes with what the pictures show.
    pub(super) picture: String,
    pub(super) setup: Arc<Setup>,
    /// The last version without errors.
    pub(super) issue: Option<Arc<Issue>>,
    /// The one before it.
    pub(super) before: Option<Arc<Issue>>,
    /// Of the file as it is now.
    pub(super) findings: Findings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looked {
    Done,
    /// The file may be in the middle of being written.
    Again,
}

impl Entry {
    fn new(path: PathBuf) -> Self {
        Self {
            path,
            seen: Mutex::default(),
            revisions: watch::Sender::default(),
        }
    }

    pub(super) fn revisions(&self) -> watch::Receiver<String> {
        self.revisions.subscribe()
    }

    fn shown(&self) -> Option<Arc<Shown>> {
        lock(&self.seen).shown.clone()
    }

    fn is_over(&self) -> bool {
        lock(&self.seen).gone > FORGET && self.revisions.receiver_count() == 0
    }

    /// Reads the file if it may have changed. A version with errors counts only if it is still the same at the next
    /// look: some editors empty or remove a file before they write it.
    fn look(&self, setup: &Arc<Setup>, now: DateTime<Utc>) -> Looked {
        let mut seen = lock(&self.seen);
        let stamp = Stamp::of(&self.path);
        seen.gone = match stamp {
            Some(_) => 0,
            None => seen.gone.saturating_add(1),
        };
        let last = seen.shown.clone();
        let same_setup = last
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(&last.setup, setup));
        if same_setup && stamp.is_some() && stamp == seen.stamp {
            return Looked::Done;
        }
        let content = toml_source::read_file(&self.path);
        let what = match &content {
            Ok(bytes) => bytes.clone(),
            Err(error) => error.to_string().into_bytes(),
        };
        let revision = files::revision([setup.revision.as_bytes(), &what]);
        seen.stamp = stamp.filter(|stamp| stamp.is_settled(now));
        if last.as_ref().is_some_and(|last| last.revision == revision) {
            seen.doubtful = None;
            return Looked::Done;
        }
        let checked = issue::check_read(&self.path, content, &app::rules(&setup.config));
        let is_doubtful = seen.doubtful.as_ref() != Some(&revision);
        if checked.issue.is_none() && last.is_some() && is_doubtful {
            seen.doubtful = Some(revision);
            seen.stamp = None;
            return Looked::Again;
        }
        seen.doubtful = None;
        let shown = Shown::after(last.as_deref(), checked, setup, revision.clone());
        seen.shown = Some(Arc::new(shown));
        drop(seen);
        self.revisions.send_replace(revision);
        Looked::Done
    }
}

impl Shown {
    fn after(last: Option<&Self>, checked: Checked, setup: &Arc<Setup>, revision: String) -> Self {
        let issue_of = |shown: &Self| shown.issue.clone();
        let last_issue = last.and_then(issue_of);
        let is_new = match (&checked.issue, &last_issue) {
            (Some(issue), Some(last)) => issue != &**last,
            (issue, _) => issue.is_some(),
        };
        let (issue, before) = match checked.issue.filter(|_| is_new) {
            Some(issue) => (Some(Arc::new(issue)), last_issue),
            None => (last_issue, last.and_then(|last| last.before.clone())),
        };
        let same_setup = |last: &&Self| last.setup.revision == setup.revision;
        let picture = match last.filter(same_setup) {
            Some(last) if !is_new => last.picture.clone(),
            _ => revision.clone(),
        };
        Self {
            revision,
            picture,
            setup: Arc::clone(setup),
            issue,
            before,
            findings: checked.findings,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
