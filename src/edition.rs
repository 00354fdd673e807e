//! Freeze and enrol, in one transaction: an edition and its deliveries exist both or not at all.

mod corrections;
mod digest;
mod local_time;
mod missed;
pub mod render;
mod slot;
mod time;

use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use templates::comparison::{Comparison, Previous};
use templates::mail::Heading;

use self::render::{Dated, Frozen, Sender};
use crate::app::App;
use crate::findings::Findings;
use crate::issue::{self, Folder, Issue};
use crate::schedule::Slot;
use crate::store::editions::{self, Edition, EditionKind, NewEdition};
use crate::store::{StoreError, Tx, archive, deliveries, votes};

pub use corrections::note_corrections;
pub use digest::freeze_digest;
pub use local_time::frozen_at;
pub use missed::{Missed, count as count_slots};
pub use slot::{Decided, candidates, decide, next_slot};
pub use time::{CLOCK_TOLERANCE, decidable_until, now, schedule};

/// Why there is no edition.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// There is no such issue file.
    #[error("there is no issue `{slug}`: {path} does not exist{}", suggestion(.known))]
    NoIssue {
        /// The slug asked for.
        slug: String,
        /// Where the file would be.
        path: String,
        /// A slug that looks like it.
        known: Option<String>,
    },
    /// The issue does not check.
    #[error("the issue `{slug}` is not sent because it does not check:\n\n{findings}")]
    Findings {
        /// The issue's slug.
        slug: String,
        /// What is wrong with it.
        findings: Findings,
    },
    /// The issue is a draft.
    #[error(
        "the issue `{slug}` is a draft: set `status = \"ready\"` in {path} when it is finished"
    )]
    Draft {
        /// The issue's slug.
        slug: String,
        /// Its file.
        path: String,
    },
    /// Nobody would get it.
    #[error(
        "nobody would get `{slug}`, so nothing was frozen: no confirmed reader wants an issue now \
         (`verdict send {slug} --dry-run` shows why each reader is left out)"
    )]
    Nobody {
        /// The issue's slug.
        slug: String,
    },
    /// The issue is invented.
    #[error(
        "the issue `{slug}` is a sample, which `verdict demo` alone sends: take `sample = true` out of {path} \
         when its comparison is a real one"
    )]
    Sample {
        /// The issue's slug.
        slug: String,
        /// Its file.
        path: String,
    },
    /// The issues folder cannot be read.
    #[error("cannot read the issues in {path}: {cause}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The comparison cannot be kept.
    #[error("cannot keep the comparison: {0}")]
    Comparison(#[from] serde_json::Error),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn suggestion(known: &Option<String>) -> String {
    known
        .as_ref()
        .map(|slug| format!(" (did you mean `{slug}`?)"))
        .unwrap_or_default()
}

/// An edition, and whether this call made it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The edition.
    pub edition: Edition,
    /// How many readers this call enrolled; `None` if the edition was there before.
    pub enrolled: Option<u64>,
}

/// Finds the edition of an issue, or freezes the issue and enrols every confirmed subscriber.
///
/// # Errors
/// [`EditionError`]; nothing is written then.
pub async fn open(app: &App, slug: &str) -> Result<Opened, EditionError> {
    if let Some(edition) = editions::find(&app.store, slug).await? {
        return Ok(Opened {
            edition,
            enrolled: None,
        });
    }
    let issue = ready_issue(app, slug).await?;
    let (comparison, frozen) = freeze(app, &issue, None).await?;
    let now = enrolled_at(app, time::now(app).await?);
    let mut tx = app.store.begin().await?;
    let enrolled = insert(app, &mut tx, &comparison, &frozen, None, now).await?;
    if enrolled == Some(0) {
        // An issue is sent once: it waits for its first reader.
        return Err(EditionError::Nobody {
            slug: slug.to_owned(),
        });
    }
    tx.commit().await?;
    match editions::find(&app.store, slug).await? {
        Some(edition) => Ok(Opened { edition, enrolled }),
        None => Err(StoreError::Unreadable {
            what: "the edition",
            found: slug.to_owned(),
        }
        .into()),
    }
}

/// The issue with this slug, if it checks and is ready.
///
/// # Errors
/// [`EditionError`] naming the file and the findings.
pub async fn ready_issue(app: &App, slug: &str) -> Result<Issue, EditionError> {
    let issue = checked_issue(app, slug).await?;
    let (slug, path) = (slug.to_owned(), issue.path.display().to_string());
    if issue.comparison.sample && !app.sends_samples {
        return Err(EditionError::Sample { slug, path });
    }
    if issue.status == issue::Status::Draft {
        return Err(EditionError::Draft { slug, path });
    }
    Ok(issue)
}

/// The issue with this slug, draft or ready, if it checks.
///
/// # Errors
/// [`EditionError`] naming the file and the findings.
pub async fn checked_issue(app: &App, slug: &str) -> Result<Issue, EditionError> {
    let (rules, slug) = (app.rules(), slug.to_owned());
    off_the_runtime(app, move |dir| match issue::load(dir, &slug, &rules) {
        Ok(checked) => Ok(checked.issue.ok_or_else(|| EditionError::Findings {
            slug,
            findings: checked.findings,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Err(EditionError::NoIssue {
            path: dir.join(format!("{slug}.toml")).display().to_string(),
            known: issue::nearest_slug(dir, &slug),
            slug,
        })),
        Err(error) => Err(error),
    })
    .await?
}

/// Reads and checks the issues of the folder.
async fn folder(app: &App) -> Result<Folder, EditionError> {
    let rules = app.rules();
    off_the_runtime(app, move |dir| issue::load_folder(dir, &rules)).await
}

/// Reads files where nothing waits for them: a disk may be slow, and a folder large.
async fn off_the_runtime<T: Send + 'static>(
    app: &App,
    read: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
) -> Result<T, EditionError> {
    let dir = app.issues_dir();
    let path = dir.display().to_string();
    let read = tokio::task::spawn_blocking(move || read(&dir)).await;
    let read = read.unwrap_or_else(|failed| Err(io::Error::other(failed)));
    read.map_err(|cause| EditionError::Folder { path, cause })
}

/// Renders an issue as it would be sent now, to everybody at once, or in its slot; with the votes there
/// are.
pub async fn freeze(
    app: &App,
    issue: &Issue,
    slot: Option<&Slot>,
) -> Result<(Comparison, Frozen), EditionError> {
    let now = time::now(app).await?;
    let here = now.with_timezone(&app.config.schedule.time_zone);
    let mut comparison = issue.comparison.clone();
    comparison.date = Some(slot.map_or_else(|| here.date_naive(), |slot| slot.wall.date()));
    count_votes(app, &mut comparison).await?;
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let previous = previous(app).await?;
    let frozen = render::freeze(
        &comparison,
        &app.newsletter(),
        &sender(app),
        &heading,
        previous.as_ref(),
        match local_time::slot_of_local_time(app, slot) {
            Some(_) => Dated::ByReader,
            None => Dated::At(here.fixed_offset()),
        },
    );
    Ok((comparison, frozen))
}

/// What a mail tells of the edition before it: how readers voted. One that this version cannot read is
/// left out.
async fn previous(app: &App) -> Result<Option<Previous>, StoreError> {
    let Some(edition) = editions::latest(&app.store).await? else {
        return Ok(None);
    };
    let Some(mut comparison) = edition.readable_comparison() else {
        return Ok(None);
    };
    count_votes(app, &mut comparison).await?;
    Ok(Some(Previous {
        slug: comparison.slug,
        title: comparison.title,
        tools: comparison.tools.map(|tool| (tool.name, tool.community)),
    }))
}

/// Fills in the community's votes.
pub async fn count_votes(app: &App, comparison: &mut Comparison) -> Result<(), StoreError> {
    let tallies = votes::tally(&app.store, &comparison.slug).await?;
    for tool in &mut comparison.tools {
        tool.community = tallies.get(&tool.slug).copied().unwrap_or_default();
    }
    Ok(())
}

/// When deliveries that wait for no time are due, Unix milliseconds UTC: by the database's clock if this
/// machine's is ahead, so that they do not wait once it is right; by this machine's if it is behind, so that
/// it sends them at once.
fn enrolled_at(app: &App, now: DateTime<Utc>) -> i64 {
    now.min(app.clock.now()).timestamp_millis()
}

/// Writes the edition and enrols; `None` if another node was first.
async fn insert(
    app: &App,
    tx: &mut Tx,
    comparison: &Comparison,
    frozen: &Frozen,
    slot: Option<&Slot>,
    now: i64,
) -> Result<Option<u64>, EditionError> {
    let new = NewEdition {
        kind: EditionKind::Issue,
        slug: &comparison.slug,
        sha256: &frozen.sha256,
        subject: &frozen.subject,
        mail: &frozen.mail,
        comparison: &serde_json::to_string(comparison)?,
        slot_at: slot.map(|slot| slot.at.timestamp_millis()),
    };
    let Some(edition) = editions::insert(tx, new, now).await? else {
        return Ok(None);
    };
    archive::index(tx, edition, comparison).await?;
    let enrolled = match local_time::slot_of_local_time(app, slot) {
        Some(slot) => {
            deliveries::enrol_by_zone(tx, edition, &local_time::due_times(slot, now)).await?
        }
        None => deliveries::enrol(tx, edition, now).await?,
    };
    Ok(Some(enrolled))
}

/// Who sends.
fn sender(app: &App) -> Sender {
    let config = &app.config.newsletter;
    Sender {
        from: config.from.clone(),
        reply_to: config.reply_to.clone(),
        unsubscribe: app.config.smtp.unsubscribe_address.clone(),
    }
}
