//! What was sent before an upgrade, as the pages show it after it.

use std::fmt::Write as _;

use verdict::catcher::Behaviour;

use super::{Before, now};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, sample_issue};

on_both_stores!(
    an_edition_from_before_the_archive_is_found_after_it,
    corrections_in_words_are_shown_as_before_and_keep_their_day,
    a_page_that_tools_shared_becomes_one_for_each
);

async fn an_edition_from_before_the_archive_is_found_after_it(db: Db) {
    const SLUG: &str = "pen-vs-pencil";
    let sent = TestApp::on(db).await;
    sent.issue(SLUG).readers(1).await;
    sent.send(SLUG).await;
    let comparison = sent.edition(SLUG).await.content.replace('\'', "''");
    let before = Before::make(db);
    before.run(&format!(
        "UPDATE editions SET slug = '{SLUG}', comparison = '{comparison}' WHERE id = 1"
    ));
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    let found = http::get(&format!("{}/issues?q=PENCIL", app.site)).await;
    assert!(found.body.contains(SLUG), "{found:?}");
}

/// An edition as it was stored before, of the tools with these names and slugs. It has the content of one that is sent
/// now.
async fn edition_before(db: Db, slug: &str, tools: [(&str, &str); 2]) -> String {
    let app = TestApp::on(db).await;
    let issue = tools
        .iter()
        .zip(["Alpha", "Beta"])
        .fold(sample_issue(slug), |issue, ((name, _), letter)| {
            issue.replace(&format!("{letter} of {slug}"), name)
        });
    app.issue_file(slug, &issue).readers(1).await;
    app.send(slug).await;
    let mut content: serde_json::Value =
        serde_json::from_str(&app.edition(slug).await.content).unwrap();
    for (side, (_, slug)) in tools.iter().enumerate() {
        content["tools"][side]["slug"] = (*slug).into();
    }
    content.to_string().replace('\'', "''")
}

async fn corrections_in_words_are_shown_as_before_and_keep_their_day(db: Db) {
    let content = edition_before(db, "tea", [("Alpha", "alpha"), ("Beta", "beta")]).await;
    let before = Before::make(db);
    let noticed = now() - 86_400_000;
    let mut sql = format!("UPDATE editions SET comparison = '{content}' WHERE id = 1; ");
    for (field, sent, now) in [
        ("Headline", "Alpha vs Beta", "Tea"),
        ("A, entry price", "Free. 3 seats", "Paid. 4 seats"),
        ("B, review by the builder", "skip: “No.”", "ship: “No.”"),
        ("B, fact 1", "", "Fast (https://example.com/fast)"),
        ("A, colour", "red", "green"),
    ] {
        let _ = write!(
            sql,
            "INSERT INTO corrections (edition, field, sent, now, noticed_at) \
             VALUES (1, '{field}', '{sent}', '{now}', {noticed}); "
        );
    }
    before.run(&sql);
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    let page = http::get(&format!("{}/issues/tea", app.site)).await.body;
    for said in [
        "<h3>Headline</h3>",
        "<ins>Tea</ins>",
        "<del>Free</del>",
        "<ins>Paid</ins>",
        "<h3>Alpha: note on the price</h3>",
        "<ins>4 seats</ins>",
        "<h3>Beta: verdict (builder)</h3>",
        "<del>✕ Skip</del>",
        "<h3>Beta: source of key fact 1</h3>",
        "<h3>A, colour</h3>",
        "<ins>green</ins>",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(
        !page.contains("Beta: review"),
        "only the verdict differs: {page}"
    );
    assert_eq!(
        before.number(
            "SELECT COUNT(*) FROM corrections WHERE field = 'tools.a.price' AND now = 'paid'"
        ),
        1
    );

    // The file still differs in the price alone, and that was noticed a day ago.
    let file = sample_issue("tea")
        .replace("Alpha of tea", "Alpha")
        .replace("Beta of tea", "Beta")
        .replacen("price = \"free\"", "price = \"paid\"", 1);
    app.issue_file("tea", &file);
    assert_eq!(verdict::edition::note_corrections(&app).await.unwrap(), 0);
    let page = http::get(&format!("{}/issues/tea", app.site)).await.body;
    assert!(
        page.contains("<ins>Paid</ins>") && !page.contains("Headline"),
        "{page}"
    );
    assert!(page.contains("22 November 2026"), "{page}");
}

async fn a_page_that_tools_shared_becomes_one_for_each(db: Db) {
    let tools = [
        [("通义 4", "4"), ("Café", "caf")],
        [("لاما 4", "4"), ("Café", "caf")],
        [("C", "c"), ("C++", "c-b")],
    ];
    let mut contents = Vec::new();
    for (slug, tools) in ["tea", "pen", "ink"].into_iter().zip(tools) {
        contents.push((slug, tools, edition_before(db, slug, tools).await));
    }
    let before = Before::make(db);
    let mut sql = "DELETE FROM editions; DELETE FROM deliveries; ".to_owned();
    for (id, (slug, tools, content)) in (1..).zip(&contents) {
        let _ = write!(
            sql,
            "INSERT INTO editions (id, slug, digest, subject, mail, comparison, state, created_at, kind, words) \
             VALUES ({id}, '{slug}', '0f', 'Tea', 'Subject: Tea', '{content}', 'finished', {id}, 'issue', ''); "
        );
        for (side, (name, slug)) in tools.iter().enumerate() {
            let _ = write!(
                sql,
                "INSERT INTO edition_tools (edition, side, slug, name, category) \
                 VALUES ({id}, {side}, '{slug}', '{name}', 'Writing'); "
            );
        }
    }
    sql += "UPDATE counters SET value = 3 WHERE name = 'edition'";
    before.run(&sql);
    let app = TestApp::at(&before.url, Behaviour::new()).await;
    for (path, shown) in [
        ("%E9%80%9A%E4%B9%89-4", &["tea"][..]),
        ("%D9%84%D8%A7%D9%85%D8%A7-4", &["pen"]),
        ("caf%C3%A9", &["tea", "pen"]),
        ("c", &["ink"]),
        // Two tools had this address, so it goes on showing both.
        ("4", &["tea", "pen"]),
    ] {
        let page = http::get(&format!("{}/tools/{path}", app.site)).await;
        assert_eq!(page.status, 200, "{path}");
        for slug in ["tea", "pen", "ink"] {
            let link = format!("<h3><a href=\"/issues/{slug}\"");
            assert_eq!(
                page.body.contains(&link),
                shown.contains(&slug),
                "{path}: {link}"
            );
        }
    }
    for (old, page) in [("caf", "/tools/caf%C3%A9"), ("c-b", "/tools/c-2")] {
        let answer = http::get(&format!("{}/tools/{old}", app.site)).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (308, Some(page))
        );
    }
    assert_eq!(
        http::get(&format!("{}/tools/caf-b", app.site)).await.status,
        404
    );
    // The links that were mailed keep the slugs of then.
    let page = http::get(&format!("{}/issues/tea", app.site)).await.body;
    assert!(
        page.contains("id=\"caf\"") && page.contains("href=\"/tools/caf%C3%A9\""),
        "{page}"
    );
    app.issue("four").readers(1).await;
    app.send("four").await;
    assert_eq!(
        http::get(&format!("{}/tools/alpha-of-four", app.site))
            .await
            .status,
        200
    );
}
