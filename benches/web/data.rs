//! The data set: a list, an archive of editions with 30 KB of content each, and in a second instance, votes.

use templates::comparison::{Comparison, Verdict};
use verdict::app::App;
use verdict::edition;
use verdict::store::archive;
use verdict::store::editions::{self, EditionKind, NewEdition};
use verdict::store::votes::{self, NewVote};

use crate::press::{self, SLUG};

/// Readers on the list: one for each vote and each one-click request.
pub(crate) const READERS: usize = 400_000;

/// Editions in the archive, beside the one that is voted on: so many that no run requests one twice within a second,
/// unless it was rendered once before.
pub(crate) const EDITIONS: usize = 4096;

/// Editions of the second instance: as many as the feed shows.
pub(crate) const VOTED_EDITIONS: usize = 20;

/// Votes on each of them.
pub(crate) const VOTES: usize = 100_000;

/// Different tools in the archive.
const TOOLS: usize = 400;

/// Rows written in one transaction.
const BATCH: usize = 256;

/// The page of an edition in the archive, by its number from 1 on.
pub(crate) fn page(number: usize) -> String {
    format!("/issues/{}", slug(number))
}

fn slug(number: usize) -> String {
    format!("issue-{number}")
}

/// Fills an instance with readers and editions. Votes are open for the edition of [`SLUG`], which is older than the
/// others, so that votes do not change the pages of the others.
pub(crate) async fn fill(app: &App, readers: usize, editions: usize) {
    press::fill_list(app, readers).await;
    let sent = edition::open(app, SLUG).await.unwrap().edition;
    let comparison = sent.comparison().unwrap();
    let numbers: Vec<usize> = (1..=editions).collect();
    for numbers in numbers.chunks(BATCH) {
        let mut tx = app.store.begin().await.unwrap();
        for number in numbers {
            let comparison = vary(comparison.clone(), *number);
            let new = NewEdition {
                kind: EditionKind::Issue,
                slug: &comparison.slug,
                sha256: "0f",
                subject: &comparison.title,
                mail: "",
                comparison: &serde_json::to_string(&comparison).unwrap(),
                slot_at: None,
                content_hash: None,
            };
            let at = sent.created_at + *number as i64;
            let id = editions::insert(&mut tx, new, at).await.unwrap().unwrap();
            archive::index(&mut tx, id, &comparison).await.unwrap();
            assert!(editions::finish(&mut tx, id, at).await.unwrap());
        }
        tx.commit().await.unwrap();
    }
}

fn vary(mut comparison: Comparison, number: usize) -> Comparison {
    comparison.slug = slug(number);
    for (side, tool) in comparison.tools.iter_mut().enumerate() {
        let which = (number + side * number / TOOLS) % TOOLS;
        tool.name = format!("{} {which}", tool.name);
    }
    let [a, b] = &comparison.tools;
    comparison.title = format!("{} vs {}", a.name, b.name);
    comparison
}

/// Votes of [`VOTES`] readers on each of the newest editions.
pub(crate) async fn vote(app: &App) {
    let now = app.clock.now_millis();
    let slugs = (1..=VOTED_EDITIONS).map(slug);
    for slug in slugs {
        let votes = (1..=VOTES as i64).map(|reader| NewVote {
            issue: &slug,
            tool: "large",
            subscriber: reader,
            verdict: if reader % 3 == 0 {
                Verdict::Skip
            } else {
                Verdict::Ship
            },
        });
        let votes: Vec<_> = votes.collect();
        let mut tx = app.store.begin().await.unwrap();
        votes::cast(&mut tx, &votes, now).await.unwrap();
        tx.commit().await.unwrap();
    }
}
