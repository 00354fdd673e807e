//! The home page: every comparison that was sent, the newest first.

use axum::extract::State;
use maud::Markup;
use templates::pages::archive::{self, ArchiveEntry};

use super::comparison::sent_comparison;
use super::incident::Incident;
use crate::engine::Engine;
use crate::store::editions::{self, Edition};

pub(super) async fn archive(State(engine): State<Engine>) -> Result<Markup, Incident> {
    let editions = editions::all(&engine.store)
        .await
        .map_err(|e| Incident::new(&engine, &e))?;
    let entries: Vec<_> = editions.iter().filter_map(entry).collect();
    Ok(archive::archive(&engine.newsletter(), &entries))
}

/// An edition that this version cannot read is left out, and logged.
fn entry(edition: &Edition) -> Option<ArchiveEntry> {
    let comparison = match sent_comparison(edition) {
        Ok(comparison) => comparison,
        Err(cause) => {
            tracing::error!(edition = edition.id, %cause, "a sent comparison cannot be read");
            return None;
        }
    };
    let [a, b] = &comparison.tools;
    Some(ArchiveEntry {
        slug: comparison.slug.clone(),
        title: comparison.title.clone(),
        question: comparison.question.clone(),
        date: comparison.date?,
        tools: [a.name.clone(), b.name.clone()],
        lead: comparison.lead(),
    })
}
