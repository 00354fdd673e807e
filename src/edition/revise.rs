//! Corrects an issue while it is being sent: readers whom no mail has reached yet get the corrected text, and those who
//! were served before may get a notice of what was wrong. The issue keeps its one edition and one delivery a reader.
//!
//! A text is a revision of the edition. The mark decides which one a delivery gets, and records it, so a reader who
//! may have a text already never gets another one of the same issue.

use std::collections::BTreeMap;

use templates::comparison::{Comparison, Difference};
use templates::mail::correction::CorrectionNotice;

use super::corrections::{as_read_now, note};
use super::render::{self, BrokenMail, Dated, Mail};
use super::{
    EditionError, approval, as_of, enrolled_at, free_slug, here, ready_issue, render_issue,
    require_approval, time,
};
use crate::app::App;
use crate::issue::Issue;
use crate::store::editions::{self, Edition, EditionKind, EditionState, NewEdition};
use crate::store::revisions::{self, NewRevision};
use crate::store::{StoreError, Tx, archive, deliveries, subscribers as list};

#[derive(Debug, thiserror::Error)]
pub enum ReviseError {
    #[error(
        "`{slug}` is being sent: run `verdict pause {slug}` first, so that nobody else gets the old text"
    )]
    BeingSent { slug: String },
    #[error("`{slug}` is cancelled: no more of it is sent")]
    Cancelled { slug: String },
    #[error("`{slug}` is not an issue, so there is no file to correct")]
    NoIssue { slug: String },
    #[error("{path} says what was sent: correct it first")]
    Unchanged { path: String },
    #[error(
        "{path} has the tools the other way round, and votes would count for the wrong one: keep `{first}` first"
    )]
    Swapped { path: String, first: String },
    #[error(
        "there is a correction notice for `{slug}` already, `{notice}`, and nobody gets two: leave out `--notify`"
    )]
    AlreadyNotified { slug: String, notice: String },
    #[error("there is nothing to notify readers of: what they see of the comparison is the same")]
    NothingToTell,
    #[error(
        "nobody has an earlier text of `{slug}` and still wants mail, so there is nobody to notify: leave \
         out `--notify`"
    )]
    NobodyToTell { slug: String },
    #[error("another process has just changed `{slug}`: run this again")]
    Meanwhile { slug: String },
    #[error(transparent)]
    Edition(#[from] EditionError),
    #[error(transparent)]
    Mail(#[from] BrokenMail),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a revision did.
#[derive(Clone, Debug)]
pub struct Revised {
    /// The newest text's number.
    pub revision: i64,
    pub comparison: Comparison,
    /// What readers see differently in the comparison than in the text before.
    pub differences: Vec<Difference>,
    /// The old and the new subject, if it changed.
    pub subject: Option<(String, String)>,
    /// How many readers have each text, or may have it.
    pub have: BTreeMap<i64, i64>,
    /// How many readers are still to get the newest text.
    pub waiting: i64,
    /// The slug of the correction notice, and how many readers get it.
    pub notice: Option<(String, u64)>,
}

/// Gives an edition that is paused or finished the text that its issue's file has now. With `notify`, readers who have
/// an earlier text get a correction notice, an edition of its own; there is one for each issue, so nobody gets two.
///
/// # Errors
/// On a [`ReviseError`], nothing is written.
pub async fn revise(app: &App, edition: &Edition, notify: bool) -> Result<Revised, ReviseError> {
    let slug = edition.slug.clone();
    if edition.kind != EditionKind::Issue {
        return Err(ReviseError::NoIssue { slug });
    }
    ensure_halted(edition.state, &slug)?;
    edition.ensure_not_compacted()?;
    let issue = ready_issue(app, &slug).await?;
    require_approval(app, &issue).await?;
    let sent = edition.comparison()?;
    let text = Text::of(app, edition, &issue, &sent).await?;
    let is_new = !is_same(edition, &issue, &text, &sent);
    let has_revision = edition.revision > 0;
    if !(is_new || notify && has_revision) {
        let path = issue.path.display().to_string();
        return Err(ReviseError::Unchanged { path });
    }
    let notice = match notify {
        true => Some(Notice::of(app, edition, &text.comparison).await?),
        false => None,
    };
    let now = enrolled_at(app, time::now(app).await?);
    let mut tx = app.store.begin().await?;
    archive::lock_pages(&mut tx).await?;
    ensure_halted(editions::hold(&mut tx, edition.id).await?, &slug)?;
    if revisions::newest(&mut tx, edition.id).await? != edition.revision {
        return Err(ReviseError::Meanwhile { slug });
    }
    let revision = match is_new {
        true => text.add(&mut tx, edition.id, now).await?,
        false => edition.revision,
    };
    let notified = match notice {
        Some(notice) => Some(notice.enrol(&mut tx, edition.id, revision, now).await?),
        None => None,
    };
    tx.commit().await?;
    // The page need not wait for the next look at all files. `serve` takes that look, if this fails.
    note(app, &issue.comparison).await?;
    let last = list::last_number(&app.store).await?;
    Ok(Revised {
        revision,
        differences: sent.differences(&text.comparison),
        subject: (edition.subject != text.frozen.subject)
            .then(|| (edition.subject.clone(), text.frozen.subject.clone())),
        comparison: text.comparison,
        have: deliveries::have_text(&app.store, edition.id, last).await?,
        waiting: deliveries::counts(&app.store, edition.id).await?.open(),
        notice: notified,
    })
}

fn ensure_halted(state: EditionState, slug: &str) -> Result<(), ReviseError> {
    let slug = slug.to_owned();
    match state {
        EditionState::Paused | EditionState::Finished => Ok(()),
        EditionState::Sending => Err(ReviseError::BeingSent { slug }),
        EditionState::Cancelled => Err(ReviseError::Cancelled { slug }),
    }
}

/// True if an approval of the edition's newest text would be one of the file too. An earlier release kept no hash of
/// what it froze: then the texts tell.
fn is_same(edition: &Edition, issue: &Issue, text: &Text, sent: &Comparison) -> bool {
    match &edition.content_hash {
        Some(hash) => *hash == text.content_hash,
        None => edition.subject == issue.subject && sent.differences(&text.comparison).is_empty(),
    }
}

/// A text to add to an edition.
struct Text {
    comparison: Comparison,
    frozen: render::Frozen,
    content_hash: String,
}

impl Text {
    /// The issue as its file has it, with what must stay: the day, and the slugs of the tools, which mails that went out
    /// have in their links to vote.
    async fn of(
        app: &App,
        edition: &Edition,
        issue: &Issue,
        sent: &Comparison,
    ) -> Result<Self, ReviseError> {
        let created = here(app, crate::clock::instant(edition.created_at));
        let day = sent.date.unwrap_or_else(|| created.date_naive());
        let mut kept = issue.clone();
        let [a, b] = &mut kept.comparison.tools;
        let [sent_a, sent_b] = &sent.tools;
        if a.slug == sent_b.slug || b.slug == sent_a.slug {
            return Err(ReviseError::Swapped {
                path: issue.path.display().to_string(),
                first: sent_a.name.clone(),
            });
        }
        a.slug.clone_from(&sent_a.slug);
        b.slug.clone_from(&sent_b.slug);
        let (comparison, previous) = as_of(app, &kept, day, edition.id).await?;
        let first = revisions::mails(&app.store, edition.id)
            .await?
            .swap_remove(0);
        let date = match Mail::parse(&first, app.locale())?.is_dated_by_reader() {
            true => Dated::ByReader,
            false => Dated::At(created.fixed_offset()),
        };
        Ok(Self {
            frozen: render_issue(app, issue, &comparison, previous.as_ref(), date),
            content_hash: approval::content_hash(app, issue),
            comparison,
        })
    }

    async fn add(&self, tx: &mut Tx, edition: i64, now: i64) -> Result<i64, ReviseError> {
        let new = NewRevision {
            edition,
            sha256: &self.frozen.sha256,
            content_hash: &self.content_hash,
            subject: &self.frozen.subject,
            comparison: &serde_json::to_string(&self.comparison)?,
            mail: &self.frozen.mail,
        };
        let revision = revisions::add(tx, new, now).await?;
        archive::index(tx, edition, &self.comparison).await?;
        Ok(revision)
    }
}

/// A correction notice to freeze.
struct Notice {
    slug: String,
    /// The issue's.
    issue: String,
    frozen: render::Frozen,
    content: String,
}

impl Notice {
    async fn of(
        app: &App,
        edition: &Edition,
        comparison: &Comparison,
    ) -> Result<Self, ReviseError> {
        let first = format!("{}-correction", edition.slug);
        let slug = free_slug(app, first, EditionKind::Correction).await?;
        let slug = slug.map_err(|notice| ReviseError::AlreadyNotified {
            slug: edition.slug.clone(),
            notice,
        })?;
        let first = editions::first_text(&app.store, edition).await?;
        let first = as_read_now(first.comparison()?, comparison, app.locale());
        let differences = first.differences(comparison);
        if differences.is_empty() {
            return Err(ReviseError::NothingToTell);
        }
        let now = here(app, time::now(app).await?);
        let notice = CorrectionNotice {
            comparison: comparison.clone(),
            sent: comparison.date.unwrap_or_else(|| now.date_naive()),
            differences,
        };
        let sender = super::sender(&app.config);
        let date = Dated::At(now.fixed_offset());
        Ok(Self {
            frozen: render::freeze_correction(&slug, &notice, &app.newsletter(), &sender, date),
            content: serde_json::json!({ "issue": edition.slug }).to_string(),
            issue: edition.slug.clone(),
            slug,
        })
    }

    async fn enrol(
        self,
        tx: &mut Tx,
        issue: i64,
        revision: i64,
        now: i64,
    ) -> Result<(String, u64), ReviseError> {
        let new = NewEdition {
            kind: EditionKind::Correction,
            slug: &self.slug,
            sha256: &self.frozen.sha256,
            subject: &self.frozen.subject,
            mail: &self.frozen.mail,
            comparison: &self.content,
            slot_at: None,
            content_hash: None,
        };
        let Some(notice) = editions::insert(tx, new, now).await? else {
            return Err(ReviseError::Meanwhile { slug: self.issue });
        };
        let readers = deliveries::enrol_correction(tx, notice, issue, revision, now).await?;
        match readers {
            0 => Err(ReviseError::NobodyToTell { slug: self.issue }),
            _ => Ok((self.slug, readers)),
        }
    }
}
