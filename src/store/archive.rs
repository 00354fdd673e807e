//! What the archive is looked through by: words, categories and tools of the editions that were sent.

use sqlx::any::AnyRow;
use templates::comparison::Comparison;

use super::editions::{self, Edition, select};
use super::row::Columns as _;
use super::statement::Value;
use super::{Store, StoreError, Tx};

/// How many words of a search count.
const MOST_WORDS: usize = 5;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all stand in the title or in a tool's name, maker or category, whatever their case.
    pub words: Vec<String>,
    /// A category that one of the tools has, as it is written.
    pub category: Option<String>,
}

/// A category, and how many comparisons have a tool of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// As it is written.
    pub name: String,
    /// How many comparisons.
    pub comparisons: i64,
}

/// Makes an edition findable.
pub async fn index(tx: &mut Tx, edition: i64, comparison: &Comparison) -> Result<(), StoreError> {
    let sql = "UPDATE editions SET words = $2 WHERE id = $1";
    tx.run(sql, &[&edition, &words(comparison)]).await?;
    for (side, tool) in (0_i64..).zip(&comparison.tools) {
        let sql = "INSERT INTO edition_tools (edition, side, slug, name, category) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (edition, side) DO NOTHING";
        tx.run(
            sql,
            &[&edition, &side, &tool.slug, &tool.name, &tool.category],
        )
        .await?;
    }
    Ok(())
}

/// What a search looks into, folded: the engines' own folding ends with ASCII.
fn words(comparison: &Comparison) -> String {
    let tools = comparison
        .tools
        .iter()
        .flat_map(|tool| [&tool.name, &tool.maker, &tool.category]);
    let all: Vec<&str> = [&comparison.title]
        .into_iter()
        .chain(tools)
        .map(String::as_str)
        .collect();
    all.join("\n").to_lowercase()
}

const NOT_INDEXED: &str =
    "SELECT id, comparison FROM editions WHERE words IS NULL AND kind = 'issue' ORDER BY id";

/// Makes editions from before the index findable. One that this version cannot read is left out, as it is on the pages.
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

/// The comparisons that fit, the newest first: `limit` of them after the first `offset`.
pub async fn find(
    store: &Store,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Vec<Edition>, StoreError> {
    let word = |at: usize| {
        filter
            .words
            .get(at)
            .map_or(String::new(), |word| pattern(word))
    };
    let sql = select!(
        "WHERE kind = 'issue' \
           AND ($1 = '' OR id IN (SELECT edition FROM edition_tools WHERE category = $1)) \
           AND ($2 = '' OR words LIKE $2 ESCAPE '\\') AND ($3 = '' OR words LIKE $3 ESCAPE '\\') \
           AND ($4 = '' OR words LIKE $4 ESCAPE '\\') AND ($5 = '' OR words LIKE $5 ESCAPE '\\') \
           AND ($6 = '' OR words LIKE $6 ESCAPE '\\') \
         ORDER BY created_at DESC, id DESC LIMIT $7 OFFSET $8"
    );
    let category = filter.category.as_deref().unwrap_or_default();
    let [a, b, c, d, e] = &std::array::from_fn::<_, MOST_WORDS, _>(word);
    let values: [&dyn Value; 8] = [&category, a, b, c, d, e, &limit, &offset];
    store.all(sql, &values, editions::read).await
}

/// A word as a pattern: its own `%` and `_` are letters.
fn pattern(word: &str) -> String {
    let folded = word.to_lowercase();
    let mut pattern = String::from("%");
    for c in folded.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The comparisons that a tool appeared in, the newest first.
pub async fn of_tool(store: &Store, slug: &str) -> Result<Vec<Edition>, StoreError> {
    let sql = select!(
        "WHERE id IN (SELECT edition FROM edition_tools WHERE slug = $1) \
         ORDER BY created_at DESC, id DESC"
    );
    store.all(sql, &[&slug], editions::read).await
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

/// An address of the archive, and when what stands there was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// A slug.
    pub slug: String,
    /// When, Unix milliseconds UTC.
    pub at: i64,
}

/// The slugs of all comparisons, the newest first.
pub async fn comparisons(store: &Store) -> Result<Vec<Dated>, StoreError> {
    let sql = "SELECT slug, created_at FROM editions \
        WHERE kind = 'issue' ORDER BY created_at DESC, id DESC";
    store.all(sql, &[], dated).await
}

/// The slugs of all tools, and when each appeared last.
pub async fn tools(store: &Store) -> Result<Vec<Dated>, StoreError> {
    let sql = "SELECT t.slug, MAX(e.created_at) \
        FROM edition_tools t JOIN editions e ON e.id = t.edition \
        GROUP BY t.slug ORDER BY t.slug";
    store.all(sql, &[], dated).await
}

fn dated(row: &AnyRow) -> Result<Dated, StoreError> {
    Ok(Dated {
        slug: row.text(0)?,
        at: row.number(1)?,
    })
}
