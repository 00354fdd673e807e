//! Home, archive and the pages of tools: what was sent, to be found again.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use serde::Deserialize;
use templates::comparison::Comparison;
use templates::pages::archive::{self as page, ArchiveEntry, Search};
use templates::pages::home;
use url::form_urlencoded::Serializer;

use super::error::AppError;
use crate::app::App;
use crate::edition::count_votes;
use crate::store::archive::{self, Filter};
use crate::store::editions::Edition;

/// Comparisons on one page of the archive.
const PAGE: i64 = 30;
/// Comparisons on the home page below the latest.
const EARLIER: i64 = 5;
/// The last page that is shown: nobody turns so many.
const LAST: i64 = 10_000;

pub(super) async fn home(State(app): State<App>) -> Result<Markup, AppError> {
    let editions = archive::find(&app.store, &Filter::default(), 0, 1 + EARLIER).await?;
    let mut comparisons: Vec<Comparison> = editions
        .iter()
        .filter_map(Edition::readable_comparison)
        .collect();
    let mut latest = (!comparisons.is_empty()).then(|| comparisons.remove(0));
    if let Some(latest) = &mut latest {
        count_votes(&app, latest).await?;
    }
    let earlier: Vec<ArchiveEntry> = comparisons.iter().filter_map(entry).collect();
    Ok(home::home(&app.newsletter(), latest.as_ref(), &earlier))
}

/// Words of a search that count, and characters of each.
const WORDS: usize = 5;
const WORD: usize = 60;
/// Characters of a search, and of a category, that are shown again; more than counts.
const SHOWN: usize = 400;

/// What is asked for in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    page: String,
}

pub(super) async fn archive(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, AppError> {
    // An address that somebody mistyped shows everything.
    let Query(asked) = asked.unwrap_or_default();
    let (asked, is_long) = asked.bounded();
    let number: i64 = asked.page.parse().unwrap_or(1).clamp(1, LAST);
    let filter = asked.filter();
    // One more, to see whether there is another page.
    let mut found = archive::find(&app.store, &filter, (number - 1) * PAGE, PAGE + 1).await?;
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let entries: Vec<ArchiveEntry> = found
        .iter()
        .filter_map(Edition::readable_comparison)
        .filter_map(|one| entry(&one))
        .collect();
    let categories = archive::categories(&app.store).await?;
    let categories: Vec<_> = categories
        .into_iter()
        .map(|one| (one.name, one.comparisons))
        .collect();
    let search = Search {
        words: asked.q.trim(),
        category: asked.category.trim(),
        categories: &categories,
        limits: is_long.then_some((WORDS, WORD)),
        newer: (number > 1).then(|| asked.address(number - 1)),
        older: more.then(|| asked.address(number + 1)),
    };
    Ok(page::archive(&app.newsletter(), &entries, &search))
}

impl Asked {
    /// The part of the search that is used, and whether that is less than was typed. Databases refuse long patterns,
    /// and a page should not repeat an endless query.
    fn bounded(self) -> (Self, bool) {
        let cut = |text: &str, most| text.chars().take(most).collect::<String>();
        let words = self.q.split_whitespace();
        let is_long = words.clone().count() > WORDS
            || self
                .q
                .split_whitespace()
                .any(|word| word.chars().nth(WORD).is_some());
        let bounded: Vec<String> = words.take(WORDS).map(|word| cut(word, WORD)).collect();
        let asked = Self {
            q: if is_long {
                bounded.join(" ")
            } else {
                cut(&self.q, SHOWN)
            },
            category: cut(&self.category, SHOWN),
            page: self.page,
        };
        (asked, is_long)
    }

    fn filter(&self) -> Filter {
        // PostgreSQL takes no NUL in a text.
        let plain = |text: &str| text.replace('\0', " ");
        let category = plain(self.category.trim());
        Filter {
            words: plain(&self.q)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            category: (!category.is_empty()).then_some(category),
        }
    }

    /// The address of another page of the same search.
    fn address(&self, page: i64) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in [("q", self.q.trim()), ("category", self.category.trim())] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &page.to_string());
        format!("/issues?{}", query.finish())
    }
}

pub(super) async fn tool(
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let editions = archive::of_tool(&app.store, &slug.replace('\0', " ")).await?;
    let comparisons: Vec<Comparison> = editions
        .iter()
        .filter_map(Edition::readable_comparison)
        .collect();
    let entries: Vec<ArchiveEntry> = comparisons.iter().filter_map(entry).collect();
    // As it was called last.
    let mut tools = comparisons.iter().flat_map(|one| &one.tools);
    let Some(tool) = tools.find(|tool| tool.slug == slug) else {
        return Err(AppError::NOT_FOUND);
    };
    Ok(page::tool(&app.newsletter(), &slug, &tool.name, &entries).into_response())
}

fn entry(comparison: &Comparison) -> Option<ArchiveEntry> {
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
