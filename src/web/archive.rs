//! The home page, the archive with its search, and the pages of tools.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect};
use maud::Markup;
use serde::Deserialize;
use templates::comparison::{Comparison, Tool, tool_path};
use templates::pages::archive::{self as page, Search};
use templates::pages::{home, tool as tool_page};
use url::form_urlencoded::Serializer;

use super::error::{AppError, AppResult};
use crate::app::App;
use crate::edition::count_votes;
use crate::store::archive::{self, Filter};
use crate::store::editions::Edition;

/// Comparisons per page of the archive.
const PAGE: i64 = 30;
/// Comparisons below the latest one on the home page.
const EARLIER: i64 = 5;
/// Highest page number: no one browses that far.
const LAST: i64 = 10_000;

pub(super) async fn home(State(app): State<App>) -> AppResult<Markup> {
    let editions = archive::find(&app.store, &Filter::default(), 0, 1 + EARLIER).await?;
    let mut comparisons = readable(&editions);
    let mut latest = comparisons.next();
    let earlier: Vec<Comparison> = comparisons.collect();
    if let Some(latest) = &mut latest {
        count_votes(&app, latest).await?;
    }
    Ok(home::home(&app.newsletter(), latest.as_ref(), &earlier))
}

/// Most words in a search, and most characters in each.
const WORDS: usize = 5;
const WORD: usize = 60;
/// Characters of a search and of a category that the page repeats: more than the search uses.
const SHOWN: usize = 400;

/// The query of an archive page's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    category: String,
    page: String,
}

pub(super) async fn archive(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> AppResult<Markup> {
    // A mistyped address shows everything.
    let Query(asked) = asked.unwrap_or_default();
    let (asked, is_long) = asked.bounded();
    let number: i64 = asked.page.parse().unwrap_or(1).clamp(1, LAST);
    let filter = asked.filter();
    // One more than fits, to see whether there is another page.
    let mut found = archive::find(&app.store, &filter, (number - 1) * PAGE, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let entries: Vec<_> = readable(&found).collect();
    let categories = archive::categories(&app.store).await?.into_iter();
    let categories: Vec<_> = categories.map(|one| (one.name, one.comparisons)).collect();
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
    /// The part of the search that is used, and whether that is less than was typed. Databases refuse long
    /// patterns, and the page should not repeat an endless query.
    fn bounded(self) -> (Self, bool) {
        let cut = |text: &str, most| text.chars().take(most).collect::<String>();
        let words: Vec<&str> = self.q.split_whitespace().collect();
        let is_long = words.len() > WORDS || words.iter().any(|word| word.chars().count() > WORD);
        let bounded = || {
            words
                .iter()
                .take(WORDS)
                .map(|word| cut(word, WORD))
                .collect::<Vec<_>>()
        };
        let asked = Self {
            q: match is_long {
                true => bounded().join(" "),
                false => cut(&self.q, SHOWN),
            },
            category: cut(&self.category, SHOWN),
            page: self.page,
        };
        (asked, is_long)
    }

    fn filter(&self) -> Filter {
        // PostgreSQL refuses NUL in text.
        let plain = |text: &str| text.replace('\0', " ");
        let (words, category) = (plain(&self.q), plain(self.category.trim()));
        Filter {
            words: words.split_whitespace().map(str::to_owned).collect(),
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

pub(super) async fn tool(State(app): State<App>, Path(slug): Path<String>) -> AppResult {
    let slug = slug.replace('\0', " ");
    let editions = archive::of_tool(&app.store, &slug).await?;
    if !editions.is_empty() {
        let is_it = |tool: &Tool| tool.page.as_ref() == Some(&slug);
        return show_tool(&app, &slug, &editions, is_it).await;
    }
    match archive::moved_to(&app.store, &slug).await?.as_slice() {
        [] => Err(AppError::NOT_FOUND),
        [page] => Ok(Redirect::permanent(&tool_path(page)).into_response()),
        // An address that several tools shared goes on showing all of them.
        _ => {
            let editions = archive::of_former_address(&app.store, &slug).await?;
            show_tool(&app, &slug, &editions, |tool| tool.slug == slug).await
        }
    }
}

async fn show_tool(
    app: &App,
    slug: &str,
    editions: &[Edition],
    is_it: impl Fn(&Tool) -> bool,
) -> AppResult {
    let mut comparisons: Vec<Comparison> = readable(editions).collect();
    // What the latest comparison says of the tool is current.
    let Some(latest) = comparisons.first_mut() else {
        return Err(AppError::NOT_FOUND);
    };
    count_votes(app, latest).await?;
    let mut tools = comparisons.iter().flat_map(|one| &one.tools);
    let Some(tool) = tools.find(|tool| is_it(tool)) else {
        return Err(AppError::NOT_FOUND);
    };
    Ok(tool_page::tool(&app.newsletter(), slug, tool, &comparisons).into_response())
}

fn readable(editions: &[Edition]) -> impl Iterator<Item = Comparison> {
    editions.iter().filter_map(Edition::readable_comparison)
}
