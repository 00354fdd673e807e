//! The index of the archive: words, categories and tools of the sent editions.

use std::collections::{HashMap, HashSet};

use templates::comparison::{Comparison, Headline};
use templates::pages::comparison::ReadOn;

use super::counters::{self, Counter};
use super::dialect::Pair;
use super::editions::{self, Edition, corrected, select};
use super::row::Row;
use super::statement::Value;
use super::{Store, StoreError, Tx};
use crate::issue::{folded_name, page_slug};

/// How many words a search uses at most.
const MOST_WORDS: usize = 5;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the title or in a tool's name, maker or category, in any case.
    pub words: Vec<String>,
    /// The exact category of one of the tools.
    pub category: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub name: String,
    /// How many comparisons have a tool of it.
    pub comparisons: i64,
}

/// Adds an edition to the index, or its corrected text, and hands out the pages of its tools. A tool that is renamed
/// keeps the address of its page, as a redirect. [Lock the pages](lock_pages) first, so that no other edition takes the
/// same one; inserting the edition does so too.
pub async fn index(tx: &mut Tx, edition: i64, comparison: &Comparison) -> Result<(), StoreError> {
    let sql = "UPDATE editions SET words = $2 WHERE id = $1";
    tx.run(sql, &[&edition, &words(comparison)]).await?;
    let known = "SELECT DISTINCT slug, name FROM edition_tools";
    let known = tx.all(known, &[], |row| Ok((row.text(0)?, row.text(1)?)));
    let mut pages = ToolPages::new(known.await?);
    for (side, tool) in (0_i64..).zip(&comparison.tools) {
        let sql = "INSERT INTO edition_tools (edition, side, slug, name, category) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (edition, side) DO UPDATE SET \
               old_slug = CASE WHEN edition_tools.slug = excluded.slug THEN edition_tools.old_slug \
                          ELSE COALESCE(edition_tools.old_slug, edition_tools.slug) END, \
               slug = excluded.slug, name = excluded.name, category = excluded.category";
        tx.run(
            sql,
            &[
                &edition,
                &side,
                &pages.of(&tool.name),
                &tool.name,
                &tool.category,
            ],
        )
        .await?;
    }
    Ok(())
}

/// Which tool has which page.
#[derive(Default)]
struct ToolPages {
    /// By folded name.
    slugs: HashMap<String, String>,
    taken: HashSet<String>,
}

impl ToolPages {
    /// The pages and the tools' names.
    fn new(known: Vec<(String, String)>) -> Self {
        let taken = known.iter().map(|(slug, _)| slug.clone()).collect();
        let known = known.into_iter();
        let slugs = known
            .map(|(slug, name)| (folded_name(&name), slug))
            .collect();
        Self { slugs, taken }
    }

    /// The tool's page, or the first free one: `llama`, `llama-2`, `llama-3` …
    fn of(&mut self, name: &str) -> String {
        let tool = folded_name(name);
        if let Some(slug) = self.slugs.get(&tool) {
            return slug.clone();
        }
        let first = page_slug(name);
        let (mut slug, mut number) = (first.clone(), 1);
        while !self.taken.insert(slug.clone()) {
            number += 1;
            slug = format!("{first}-{number}");
        }
        self.slugs.insert(tool, slug.clone());
        slug
    }
}

/// Locks the pages of tools against an edition that is sent meanwhile: it would lock the same counter.
pub async fn lock_pages(tx: &mut Tx) -> Result<(), StoreError> {
    counters::reserve(tx, Counter::Edition, 0).await?;
    Ok(())
}

/// Gives every tool a page of its own, in the order in which they were sent. Addresses that change are kept.
pub(super) async fn name_pages(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    lock_pages(&mut tx).await?;
    let sql = "SELECT edition, side, slug, name FROM edition_tools ORDER BY edition, side";
    let rows: Vec<(i64, i64, String, String)> = tx
        .all(sql, &[], |row| {
            Ok((row.number(0)?, row.number(1)?, row.text(2)?, row.text(3)?))
        })
        .await?;
    let mut pages = ToolPages::default();
    for (edition, side, slug, name) in rows {
        let page = pages.of(&name);
        if page != slug {
            let sql = "UPDATE edition_tools SET slug = $3, old_slug = COALESCE(old_slug, slug) \
                WHERE edition = $1 AND side = $2";
            tx.run(sql, &[&edition, &side, &page]).await?;
        }
    }
    tx.commit().await
}

/// The text that a search reads, folded here because the engines fold only ASCII.
fn words(comparison: &Comparison) -> String {
    let mut words = vec![comparison.title.as_str()];
    for tool in &comparison.tools {
        words.extend([&*tool.name, &*tool.maker, &*tool.category]);
    }
    words.join("\n").to_lowercase()
}

const NOT_INDEXED: &str =
    "SELECT id, comparison FROM editions WHERE words IS NULL AND kind = 'issue' ORDER BY id";

/// Indexes editions from before there was an index, except those that this version cannot read: the
/// pages leave them out too.
pub(super) async fn index_all(store: &Store) -> Result<(), StoreError> {
    let rows: Vec<(i64, String)> = store
        .all(NOT_INDEXED, &[], |row| Ok((row.number(0)?, row.text(1)?)))
        .await?;
    for (edition, comparison) in rows {
        if let Ok(comparison) = serde_json::from_str(&comparison) {
            let mut tx = store.begin().await?;
            index(&mut tx, edition, &comparison).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// The comparisons that match, the newest first: `limit` of them after the first `offset`.
pub async fn find(
    store: &Store,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE kind = 'issue' \
           AND ($1 = '' OR id IN (SELECT edition FROM edition_tools WHERE category = $1)) \
           AND ($2 = '' OR words LIKE $2 ESCAPE '\\') AND ($3 = '' OR words LIKE $3 ESCAPE '\\') \
           AND ($4 = '' OR words LIKE $4 ESCAPE '\\') AND ($5 = '' OR words LIKE $5 ESCAPE '\\') \
           AND ($6 = '' OR words LIKE $6 ESCAPE '\\') \
         ORDER BY created_at DESC, id DESC LIMIT $7 OFFSET $8"
    );
    let category = filter.category.as_deref().unwrap_or_default();
    let mut words = filter.words.iter().map(|word| pattern(word));
    let words: [_; MOST_WORDS] = std::array::from_fn(|_| words.next().unwrap_or_default());
    let [a, b, c, d, e] = &words;
    let values: [&dyn Value; 8] = [&category, a, b, c, d, e, &limit, &offset];
    store.all(sql, &values, editions::read).await
}

/// A word as a pattern for `LIKE`, with its own `%` and `_` escaped.
fn pattern(word: &str) -> String {
    let word = word.to_lowercase().replace('\\', r"\\");
    format!("%{}%", word.replace('%', r"\%").replace('_', r"\_"))
}

/// The comparisons with the tool that has this page, the newest first.
pub async fn of_tool(store: &Store, slug: &str) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE id IN (SELECT edition FROM edition_tools WHERE slug = $1) \
         ORDER BY created_at DESC, id DESC"
    );
    store.all(sql, &[&slug], editions::read).await
}

/// The pages of the tools whose page had this address before every tool had its own.
pub async fn moved_to(store: &Store, old_slug: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT slug FROM edition_tools WHERE old_slug = $1 ORDER BY slug";
    store.all(sql, &[&old_slug], |row| row.text(0)).await
}

/// The comparisons that a page at this address showed before every tool had its own, the newest first.
pub async fn of_former_address(store: &Store, old_slug: &str) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE id IN (SELECT edition FROM edition_tools WHERE old_slug = $1) \
         ORDER BY created_at DESC, id DESC"
    );
    store.all(sql, &[&old_slug], editions::read).await
}

/// The edition of the same kind that was sent before.
pub async fn before(store: &Store, edition: &Edition) -> Result<Option<Edition>, StoreError> {
    let sql = select!(
        "WHERE kind = $3 AND (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT 1"
    );
    let values: [&dyn Value; 3] = [&edition.created_at, &edition.id, &edition.kind.into_str()];
    store.first(sql, &values, editions::read).await
}

/// The edition of the same kind that was sent after.
pub async fn after(store: &Store, edition: &Edition) -> Result<Option<Edition>, StoreError> {
    let sql =
        select!("WHERE kind = $3 AND (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT 1");
    let values: [&dyn Value; 3] = [&edition.created_at, &edition.id, &edition.kind.into_str()];
    store.first(sql, &values, editions::read).await
}

/// `$1` is an edition, frozen at `$2`; `$3` is how many related ones there may be. The database reads the titles, so
/// that their contents, some 10 KB each, stay there.
macro_rules! read_on {
    ($title:literal) => {
        concat!(
            "WITH related AS (SELECT DISTINCT edition FROM edition_tools \
                WHERE edition <> $1 AND slug IN (SELECT slug FROM edition_tools WHERE edition = $1) \
                ORDER BY edition DESC LIMIT $3), \
              previous AS (SELECT id FROM editions WHERE kind = 'issue' AND (created_at, id) < ($2, $1) \
                ORDER BY created_at DESC, id DESC LIMIT 1), \
              next AS (SELECT id FROM editions WHERE kind = 'issue' AND (created_at, id) > ($2, $1) \
                ORDER BY created_at, id LIMIT 1), \
              found AS (SELECT 'related' AS place, edition AS id FROM related \
                UNION ALL SELECT 'previous', id FROM previous UNION ALL SELECT 'next', id FROM next), \
              other AS (SELECT found.place, editions.slug, editions.created_at, editions.id, ",
            corrected!("comparison"),
            " AS content FROM found JOIN editions ON editions.id = found.id) \
             SELECT place, slug, ",
            $title,
            " FROM other ORDER BY created_at DESC, id DESC"
        )
    };
}

const READ_ON: Pair = Pair {
    sqlite: read_on!("json_extract(content, '$.title')"),
    postgres: read_on!("CAST(content AS json) ->> 'title'"),
};

/// The comparisons sent before and after an edition's, and the newest others with one of its tools, at most `related`.
pub async fn read_on(store: &Store, edition: &Edition, related: i64) -> Result<ReadOn, StoreError> {
    let values: [&dyn Value; 3] = [&edition.id, &edition.created_at, &related];
    let found: Vec<(String, Option<Headline>)> = store
        .all(READ_ON, &values, |row| {
            let (slug, title) = (row.text(1)?, row.text_or_null(2)?);
            Ok((row.text(0)?, title.map(|title| Headline { slug, title })))
        })
        .await?;
    let mut read_on = ReadOn::default();
    for (place, other) in found {
        match place.as_str() {
            "previous" => read_on.previous = other,
            "next" => read_on.next = other,
            _ => read_on.related.extend(other),
        }
    }
    Ok(read_on)
}

/// The categories, in alphabetical order.
pub async fn categories(store: &Store) -> Result<Vec<Category>, StoreError> {
    let sql = "SELECT category, COUNT(DISTINCT edition) FROM edition_tools \
        GROUP BY category ORDER BY category";
    store
        .all(sql, &[], |row| {
            Ok(Category {
                name: row.text(0)?,
                comparisons: row.number(1)?,
            })
        })
        .await
}

/// A page of the archive, and when it last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub slug: String,
    /// Unix milliseconds UTC.
    pub at: i64,
}

/// The slugs of all comparisons, the newest first.
pub async fn comparisons(store: &Store) -> Result<Vec<Dated>, StoreError> {
    let sql = "SELECT slug, created_at FROM editions \
        WHERE kind = 'issue' ORDER BY created_at DESC, id DESC";
    store.all(sql, &[], dated).await
}

/// The slugs of all tools' pages, with the time of their latest comparison.
pub async fn tools(store: &Store) -> Result<Vec<Dated>, StoreError> {
    let sql = "SELECT t.slug, MAX(e.created_at) \
        FROM edition_tools t JOIN editions e ON e.id = t.edition \
        GROUP BY t.slug ORDER BY t.slug";
    store.all(sql, &[], dated).await
}

fn dated(row: &Row<'_>) -> Result<Dated, StoreError> {
    Ok(Dated {
        slug: row.text(0)?,
        at: row.number(1)?,
    })
}
