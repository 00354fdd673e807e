//! Approval: with `issues.require_approval`, an issue is sent only if someone other than its author has approved
//! exactly what would be sent.
//!
//! An approval holds for a hash of the content: what the issue's file shows to readers, who sends it, and in which
//! language and by which templates. When it is sent, and how a mail is encoded, do not count, so an approval survives
//! another date and an upgrade; every change that a reader could see makes it void.

use aws_lc_rs::digest::{self, SHA256};
use serde_json::json;
use templates::alert::Unapproved;
use templates::comparison::Pick;
use templates::mail::TEMPLATES;

use super::{EditionError, checked_issue};
use crate::app::App;
use crate::issue::{FileApproval, Issue, folded_name};
use crate::store::approvals::{self, Approval};
use crate::store::{StoreError, editions};

/// The SHA-256 of what an approval is about, lower-case hexadecimal.
pub fn content_hash(app: &App, issue: &Issue) -> String {
    let (comparison, newsletter) = (&issue.comparison, &app.config.newsletter);
    let tools = comparison.tools.each_ref().map(|tool| {
        json!({
            "name": tool.name, "maker": tool.maker, "category": tool.category, "tagline": tool.tagline,
            "price": tool.price, "url": tool.url, "description": tool.description, "facts": tool.facts,
            "reviews": tool.reviews,
        })
    });
    let pick = comparison.pick.map(|pick| match pick {
        Pick::Tie => "tie",
        Pick::Tool(side) => &comparison.tool(side).name,
    });
    // Its keys are sorted. A new one would void every approval: leave it out where it has nothing to say.
    let content = json!({
        "slug": issue.slug, "subject": issue.subject, "preheader": issue.preheader, "author": issue.author,
        "title": comparison.title, "question": comparison.question, "intro": comparison.intro, "pick": pick,
        "sample": comparison.sample, "voting_closes": comparison.voting_closes, "tools": tools,
        "newsletter": newsletter.name, "from": newsletter.from.to_string(),
        "reply_to": newsletter.reply_to.as_ref().map(ToString::to_string),
        "language": newsletter.locale.lang(), "templates": TEMPLATES,
    });
    let hash = digest::digest(&SHA256, content.to_string().as_bytes());
    data_encoding::HEXLOWER.encode(hash.as_ref())
}

/// Approves an issue as it is now, draft or ready. One that has been sent can be approved again for a
/// [correction](super::revise()).
///
/// # Errors
/// If the issue has errors, names no author, was written by the same person, or is being sent or was cancelled.
pub async fn approve(app: &App, slug: &str, by: &str) -> Result<Approval, EditionError> {
    let issue = checked_issue(app, slug).await?;
    let path = issue.path.display().to_string();
    match &issue.author {
        None => return Err(EditionError::NoAuthor { path }),
        Some(author) if folded_name(author) == folded_name(by) => {
            let (by, slug) = (author.clone(), slug.to_owned());
            return Err(EditionError::OwnIssue { by, slug });
        }
        Some(_) => {}
    }
    if let Some(edition) = editions::find(&app.store, slug).await?
        && !edition.can_be_revised()
    {
        let slug = slug.to_owned();
        return Err(EditionError::AlreadyFrozen { slug });
    }
    Ok(Approval {
        issue: issue.slug.clone(),
        by: by.to_owned(),
        content: content_hash(app, &issue),
        at: app.clock.now_millis(),
    })
}

/// Keeps an approval in the database.
pub async fn record(app: &App, approval: &Approval) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    approvals::record(&mut tx, approval).await?;
    tx.commit().await
}

/// What keeps an issue from being sent as it is; `None` if nothing does, or if no approval is required.
pub async fn unapproved(app: &App, issue: &Issue) -> Result<Option<Unapproved>, StoreError> {
    if !app.config.issues.require_approval {
        return Ok(None);
    }
    let content = content_hash(app, issue);
    let in_file = issue.approval.clone();
    let in_file = in_file.map(|FileApproval { by, content }| (by, content));
    let recorded = approvals::of(&app.store, &issue.slug).await?;
    let recorded = recorded.into_iter().map(|one| (one.by, one.content));
    let approvals: Vec<(String, String)> = in_file.into_iter().chain(recorded).collect();
    Ok(missing(issue, &content, &approvals))
}

/// The reason in English, for commands.
pub fn explained(why: &Unapproved) -> String {
    match why {
        Unapproved::Missing => "it isn't approved".to_owned(),
        Unapproved::Changed { by } => format!("it has changed since {by} approved it"),
        Unapproved::ByAuthor { by } => format!("only its author, {by}, has approved it"),
        Unapproved::NoAuthor => "it names no `author`, so it can't be approved".to_owned(),
    }
}

/// What is missing, given who approved which content.
fn missing(issue: &Issue, content: &str, approvals: &[(String, String)]) -> Option<Unapproved> {
    let Some(author) = &issue.author else {
        return Some(Unapproved::NoAuthor);
    };
    let author = folded_name(author);
    let is_author = |by: &str| folded_name(by) == author;
    let mut fitting = approvals.iter().filter(|(_, of)| of == content);
    if fitting.clone().any(|(by, _)| !is_author(by)) {
        return None;
    }
    let others = || approvals.iter().find(|(by, _)| !is_author(by));
    Some(match (fitting.next(), others()) {
        (_, Some((by, _))) => Unapproved::Changed { by: by.clone() },
        (Some((by, _)), None) => Unapproved::ByAuthor { by: by.clone() },
        (None, None) => Unapproved::Missing,
    })
}
