//! Freezes an issue and enrols its readers in one transaction, so that an edition and its deliveries
//! exist together or not at all.

pub mod approval;
mod corrections;
mod dates;
mod dead_links;
mod digest;
mod free_slot;
mod history;
mod local_time;
mod missed;
mod new_issue;
mod outlook;
mod reminder;
pub mod render;
mod report;
mod revise;
mod slot;
mod time;

use std::io;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use templates::alert::Unapproved;
use templates::comparison::{Comparison, Previous};
use templates::mail::Heading;

use self::render::{Dated, Frozen, Sender};
use crate::app::App;
use crate::config::Config;
use crate::findings::Findings;
use crate::issue::{self, Folder, Issue};
use crate::schedule::Slot;
use crate::store::editions::{self, Edition, EditionKind, NewEdition};
use crate::store::votes::{self, Tallies};
use crate::store::{StoreError, Tx, archive, deliveries};

pub use corrections::{note_corrections, voting_closes};
pub use dates::Calendar;
pub use dead_links::check_links;
pub use digest::{freeze_digest, freeze_digest_if};
pub use free_slot::OpenSlots;
pub use history::History;
pub use local_time::{ZoneReaders, frozen_at, readers_by_zone};
pub use missed::{Missed, count as count_slots, here};
pub use new_issue::{Made, NewIssue, NewIssueError, new_issue};
pub use outlook::{News, Outlook, outlook};
pub use reminder::remind;
pub use report::report;
pub use revise::{ReviseError, Revised, revise};
pub use slot::{Candidates, Decided, candidates, candidates_in, decide, decide_if, next_slot};
pub use time::{CLOCK_TOLERANCE, decidable_until, now, schedule, schedule_of};

#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    #[error("there is no issue `{slug}`: {path} does not exist{}", issue::suggestion(.known.as_deref()))]
    NoIssue {
        slug: String,
        path: String,
        /// A similar slug.
        known: Option<String>,
    },
    #[error(
        "`{slug}` is not the name of an issue, which has lower-case letters from a to z, digits and single hyphens"
    )]
    NotASlug { slug: String },
    #[error("the issue `{slug}` is not sent because it does not check:\n\n{findings}")]
    Findings { slug: String, findings: Findings },
    #[error(
        "the issue `{slug}` is a draft: set `status = \"ready\"` in {path} when it is finished"
    )]
    Draft { slug: String, path: String },
    #[error(
        "nobody would get `{slug}`, so nothing was frozen: no confirmed reader wants an issue now \
         (`verdict send {slug} --dry-run` shows why each reader is left out)"
    )]
    Nobody { slug: String },
    #[error(
        "the issue `{slug}` is a sample, which only `verdict demo` sends: remove `sample = true` from {path} \
         when its comparison is real"
    )]
    Sample { slug: String, path: String },
    #[error("the issue `{slug}` is not sent: {}{}", approval::explained(.why), advice(.slug, .why))]
    Unapproved { slug: String, why: Unapproved },
    #[error("{path} does not say who wrote it, which an approval needs: add `author = \"NAME\"`")]
    NoAuthor { path: String },
    #[error("{by} is the author of `{slug}`: someone else has to approve it")]
    OwnIssue { by: String, slug: String },
    #[error(
        "`{slug}` is frozen already: to approve a correction, run `verdict pause {slug}` first"
    )]
    AlreadyFrozen { slug: String },
    #[error("cannot read the issues in {path}: {cause}")]
    Folder { path: String, cause: io::Error },
    #[error("cannot serialize the comparison: {0}")]
    Comparison(#[from] serde_json::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How to get an approval.
fn advice(slug: &str, why: &Unapproved) -> String {
    match why {
        Unapproved::NoAuthor => String::new(),
        _ => format!(" (`verdict approve {slug} --as NAME` approves it)"),
    }
}

#[derive(Clone, Debug)]
pub struct Opened {
    pub edition: Edition,
    /// How many readers this call enrolled; `None` if the edition already existed.
    pub enrolled: Option<u64>,
}

/// Finds the edition of an issue, or freezes the issue and enrols every confirmed subscriber.
///
/// # Errors
/// On an [`EditionError`], nothing is written.
pub async fn open(app: &App, slug: &str) -> Result<Opened, EditionError> {
    if let Some(edition) = editions::find(&app.store, slug).await? {
        return Ok(Opened {
            edition,
            enrolled: None,
        });
    }
    let issue = ready_issue(app, slug).await?;
    require_approval(app, &issue).await?;
    let (comparison, frozen) = freeze(app, &issue, None).await?;
    let now = enrolled_at(app, time::now(app).await?);
    let mut tx = app.store.begin().await?;
    let enrolled = insert(app, &mut tx, &issue, (&comparison, &frozen), None, now).await?;
    if enrolled == Some(0) {
        // An issue is sent only once, so it waits for its first reader.
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

async fn require_approval(app: &App, issue: &Issue) -> Result<(), EditionError> {
    match approval::unapproved(app, issue).await? {
        None => Ok(()),
        Some(why) => Err(EditionError::Unapproved {
            slug: issue.slug.clone(),
            why,
        }),
    }
}

/// The issue with this slug, if it has no errors and is ready.
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

/// The issue with this slug, draft or ready, if it has no errors.
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
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {
            Ok(Err(EditionError::NotASlug { slug }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Err(EditionError::NoIssue {
            path: dir.join(format!("{slug}.toml")).display().to_string(),
            known: issue::nearest_slug(dir, &slug),
            slug,
        })),
        Err(error) => Err(error),
    })
    .await?
}

async fn folder(app: &App) -> Result<Folder, EditionError> {
    let rules = app.rules();
    off_the_runtime(app, move |dir| issue::load_folder(dir, &rules)).await
}

/// Reads files on a thread for blocking work: a disk may be slow, and a folder large.
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

/// Renders an issue as it would be sent now, to everybody at once or in its slot, with the current
/// votes.
pub async fn freeze(
    app: &App,
    issue: &Issue,
    slot: Option<&Slot>,
) -> Result<(Comparison, Frozen), EditionError> {
    let now = time::now(app).await?;
    let here = now.with_timezone(&app.config.schedule.time_zone);
    let day = slot.map_or_else(|| here.date_naive(), |slot| slot.wall.date());
    let (comparison, previous) = as_of(app, issue, day, i64::MAX).await?;
    let date = match local_time::slot_of_local_time(app, slot) {
        Some(_) => Dated::ByReader,
        None => Dated::At(here.fixed_offset()),
    };
    let frozen = render_issue(app, issue, &comparison, previous.as_ref(), date);
    Ok((comparison, frozen))
}

/// The mail of an issue, with this comparison instead of its own.
fn render_issue(
    app: &App,
    issue: &Issue,
    comparison: &Comparison,
    previous: Option<&Previous>,
    date: Dated,
) -> Frozen {
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let sender = sender(&app.config);
    render::freeze(
        comparison,
        &app.newsletter(),
        &sender,
        &heading,
        previous,
        date,
    )
}

/// What an issue would show if it were sent now: its comparison with today's date and the votes so far, and the
/// previous one.
pub async fn as_of_now(
    app: &App,
    issue: &Issue,
) -> Result<(Comparison, Option<Previous>), EditionError> {
    let now = time::now(app).await?;
    let here = now.with_timezone(&app.config.schedule.time_zone);
    Ok(as_of(app, issue, here.date_naive(), i64::MAX).await?)
}

/// `edition` is the issue's number, or greater than those of all editions before it.
async fn as_of(
    app: &App,
    issue: &Issue,
    day: NaiveDate,
    edition: i64,
) -> Result<(Comparison, Option<Previous>), StoreError> {
    let mut comparison = issue.comparison.clone();
    comparison.date = Some(day);
    count_votes(app, &mut comparison).await?;
    Ok((comparison, history::previous(&app.store, edition).await?))
}

/// Fills in the community's votes.
pub async fn count_votes(app: &App, comparison: &mut Comparison) -> Result<(), StoreError> {
    let tallies = votes::tally(&app.store, &comparison.slug).await?;
    set_votes(comparison, &tallies);
    Ok(())
}

/// Sets the votes on each tool.
pub fn set_votes(comparison: &mut Comparison, tallies: &Tallies) {
    for tool in &mut comparison.tools {
        tool.community = tallies.get(&tool.slug).copied().unwrap_or_default();
    }
}

/// When deliveries that need not wait are due, in Unix milliseconds UTC: by the earlier of the database's clock
/// and this machine's. If this machine's clock is ahead, deliveries do not wait after it is corrected; if it is
/// behind, they go out immediately.
fn enrolled_at(app: &App, now: DateTime<Utc>) -> i64 {
    now.min(app.clock.now()).timestamp_millis()
}

/// Writes the edition and enrols its readers; `None` if another node was first.
async fn insert(
    app: &App,
    tx: &mut Tx,
    issue: &Issue,
    (comparison, frozen): (&Comparison, &Frozen),
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
        content_hash: Some(&approval::content_hash(app, issue)),
    };
    let Some(edition) = editions::insert(tx, new, now).await? else {
        return Ok(None);
    };
    archive::index(tx, edition, comparison).await?;
    let local_time = local_time::slot_of_local_time(app, slot);
    let due_times = local_time.map(|slot| local_time::due_times(slot, now));
    let enrolled = match due_times {
        Some(due_times) => deliveries::enrol_by_zone(tx, edition, &due_times).await?,
        None => deliveries::enrol(tx, edition, now).await?,
    };
    Ok(Some(enrolled))
}

/// How many issues of earlier releases may have the name of one edition that is not an issue's.
const NAMES: usize = 20;

/// A slug for an edition of this kind: `first`, with a number if an earlier release sent an issue of that name. The inner
/// error is the slug of the edition of this kind that there is already.
async fn free_slug(
    app: &App,
    first: String,
    kind: EditionKind,
) -> Result<Result<String, String>, StoreError> {
    let numbered = (2..NAMES).map(|number| format!("{first}-{number}"));
    for slug in std::iter::once(first.clone()).chain(numbered) {
        match editions::find(&app.store, &slug).await? {
            None => return Ok(Ok(slug)),
            Some(edition) if edition.kind == kind => return Ok(Err(slug)),
            Some(_) => {}
        }
    }
    Ok(Err(first))
}

/// Who the mails are from.
pub fn sender(config: &Config) -> Sender {
    let newsletter = &config.newsletter;
    Sender {
        from: newsletter.from.clone(),
        reply_to: newsletter.reply_to.clone(),
        unsubscribe: config.smtp.unsubscribe_address.clone(),
    }
}
