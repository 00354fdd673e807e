//! Reading on the web: home, archive, tools, feed, cards, corrections, caching and compression.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;
use verdict::catcher::Behaviour;
use verdict::config::Config;
use verdict::edition;

use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, on_both_stores, sample_issue};

on_both_stores!(
    what_was_sent_is_found_again,
    a_comparison_leads_to_others,
    a_long_archive_has_pages,
    later_changes_are_shown_beside_what_was_sent,
    every_visible_change_is_a_correction
);

const SLUG: &str = "tea-vs-coffee";

/// An instance that sent these issues, one a day.
async fn sent(db: Db, slugs: &[&str]) -> TestApp {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    for slug in slugs {
        app.issue(slug).send(slug).await;
        app.clock.advance(TimeDelta::days(1));
    }
    app
}

async fn body(app: &TestApp, path: &str) -> String {
    let answer = http::get(&format!("{}{path}", app.site)).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.body
}

/// The slugs of the comparisons that a page links to, in order.
fn listed(page: &str) -> Vec<&str> {
    let links = page.split("<h3><a href=\"/issues/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A page as a client with gzip gets it.
async fn packed(app: &TestApp, path: &str) -> Answer {
    let url = format!("{}{path}", app.site);
    http::request("GET", &url, &[("Accept-Encoding", "gzip")], "").await
}

async fn what_was_sent_is_found_again(db: Db) {
    let app = sent(db, &["tea-vs-coffee", "pen-vs-pencil"]).await;
    let odd = sample_issue("odd")
        .replace("Alpha of odd", "100%_Ünique")
        .replace("category = \"Writing\"", "category = \"Drawing & more\"");
    app.issue_file("odd", &odd).send("odd").await;

    let home = body(&app, "/").await;
    assert!(
        home.contains("Latest comparison") && home.contains("/issues/odd"),
        "{home}"
    );
    assert_eq!(listed(&home), ["pen-vs-pencil", "tea-vs-coffee"]);
    assert!(home.contains("action=\"/subscribe\""));

    let all = body(&app, "/issues").await;
    assert_eq!(listed(&all), ["odd", "pen-vs-pencil", "tea-vs-coffee"]);
    assert!(all.contains("<h2>2026</h2>"), "{all}");
    assert!(
        all.contains("value=\"Drawing &amp; more\">Drawing &amp; more (1)"),
        "{all}"
    );
    for (query, found) in [
        ("q=ALPHA+pencil", &["pen-vs-pencil"][..]),
        ("q=alpha", &["pen-vs-pencil", "tea-vs-coffee"]),
        ("q=%C3%BCnique", &["odd"]),
        ("q=100%25_", &["odd"]),
        ("q=%25", &["odd"]),
        ("q=sample+works", &["odd", "pen-vs-pencil", "tea-vs-coffee"]),
        ("category=Writing&q=tea", &["tea-vs-coffee"]),
        ("category=Drawing+%26+more", &["odd"]),
        ("q=a%00zzz", &[]),
        ("q=nowhere", &[]),
        ("page=2", &[]),
        (
            "page=99999999999999999999",
            &["odd", "pen-vs-pencil", "tea-vs-coffee"],
        ),
    ] {
        assert_eq!(
            listed(&body(&app, &format!("/issues?{query}")).await),
            found,
            "{query}"
        );
    }
    let tool = body(&app, "/tools/alpha-of-tea-vs-coffee").await;
    assert_eq!(listed(&tool), ["tea-vs-coffee"]);
    assert!(tool.contains("<h1>Alpha of tea-vs-coffee</h1>"), "{tool}");
    for said in [
        "Alpha of tea-vs-coffee: ship it.",
        "<dt>Entry price</dt>",
        "wins</strong>.",
    ] {
        assert!(tool.contains(said), "{said}: {tool}");
    }
    let page = body(&app, "/issues/tea-vs-coffee").await;
    assert!(
        page.contains("href=\"/tools/alpha-of-tea-vs-coffee\""),
        "{page}"
    );
    for path in [
        "/tools/nothing",
        "/tools/%00",
        "/issues/nothing",
        "/issues/nothing/card.png",
    ] {
        assert_eq!(
            http::get(&format!("{}{path}", app.site)).await.status,
            404,
            "{path}"
        );
    }
}

async fn a_comparison_leads_to_others(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    for (slug, tool) in [("one", "Kettle"), ("two", "Teapot"), ("three", "Kettle")] {
        let issue = sample_issue(slug).replace(&format!("Alpha of {slug}"), tool);
        app.issue_file(slug, &issue).send(slug).await;
        app.clock.advance(TimeDelta::days(1));
    }
    let foot = async |slug: &str| {
        let page = body(&app, &format!("/issues/{slug}")).await;
        let (_, foot) = page.split_once("<section class=\"more\"").unwrap();
        let (more, neighbours) = foot.split_once("</section>").unwrap();
        let (neighbours, _) = neighbours.split_once("<aside").unwrap();
        let issues = |text: &str| -> Vec<String> {
            let links = text.split("href=\"/issues/").skip(1);
            let slugs = links.map(|rest| rest.split('"').next().unwrap().to_owned());
            slugs.collect()
        };
        assert!(more.contains("/tools/beta-of-"), "{more}");
        (issues(more), issues(neighbours))
    };
    let slugs = |slugs: &[&str]| slugs.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(foot("one").await, (slugs(&["three"]), slugs(&["two"])));
    assert_eq!(foot("two").await, (slugs(&[]), slugs(&["one", "three"])));
    assert_eq!(foot("three").await, (slugs(&["one"]), slugs(&["two"])));

    let kettle = body(&app, "/tools/kettle").await;
    assert_eq!(listed(&kettle), ["three", "one"]);
    assert!(kettle.contains("From the latest comparison"), "{kettle}");
}

async fn a_long_archive_has_pages(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    for number in 1..=31 {
        let slug = format!("issue-{number}");
        app.issue(&slug).freeze(&slug).await;
        app.clock.advance(TimeDelta::minutes(1));
    }
    let first = body(&app, "/issues?q=alpha").await;
    assert_eq!(listed(&first).len(), 30);
    assert!(
        first.contains("href=\"/issues?q=alpha&amp;page=2\">Older"),
        "{first}"
    );
    let second = body(&app, "/issues?q=alpha&page=2").await;
    assert_eq!(listed(&second), ["issue-1"]);
    assert!(
        second.contains("page=1\">Newer") && !second.contains(">Older"),
        "{second}"
    );
}

async fn later_changes_are_shown_beside_what_was_sent(db: Db) {
    let app = sent(db, &[SLUG]).await;
    assert_eq!(edition::note_corrections(&app).await.unwrap(), 0);
    let path = format!("/issues/{SLUG}");
    assert!(!body(&app, &path).await.contains("Corrections"));

    let changed = sample_issue(SLUG).replace("price = \"free\"", "price = \"paid\"");
    app.issue_file(SLUG, &changed);
    for _ in 0..2 {
        http::get(&format!("{}{path}", app.site)).await;
    }
    assert!(
        !body(&app, &path).await.contains("Corrections"),
        "a GET notices nothing"
    );
    assert_eq!(edition::note_corrections(&app).await.unwrap(), 2);
    app.clock.advance(TimeDelta::days(9));
    assert_eq!(edition::note_corrections(&app).await.unwrap(), 0);
    let page = body(&app, &path).await;
    assert!(
        page.contains("<h3>Alpha of tea-vs-coffee: entry price</h3>"),
        "{page}"
    );
    assert!(
        page.contains("<del>Free</del>") && page.contains("<ins>Paid</ins>"),
        "{page}"
    );
    assert!(
        page.contains("24 November 2026"),
        "the day it was noticed: {page}"
    );
    assert!(page.contains("<b>Free</b>"), "what was sent stays: {page}");

    app.issue_file(SLUG, "question = ");
    edition::note_corrections(&app).await.unwrap();
    assert!(
        body(&app, &path).await.contains("Corrections"),
        "a broken file changes nothing"
    );
    app.issue(SLUG);
    edition::note_corrections(&app).await.unwrap();
    assert!(!body(&app, &path).await.contains("Corrections"));
}

async fn every_visible_change_is_a_correction(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    let issue = sample_issue(SLUG);
    let picked = |lines: &str| format!("{lines}\n{issue}");
    app.issue_file(SLUG, &picked("pick = \"Alpha of tea-vs-coffee\"\n"));
    app.send(SLUG).await;
    let now = picked("pick = \"tie\"\nsample = true\nvoting_closes = 2026-12-24\n")
        .replacen(
            "price = \"free\"",
            "price = \"free\"\nprice_note = \"Then 5\"",
            1,
        )
        .replacen("verdict = \"ship\"", "verdict = \"skip\"", 1);
    app.issue_file(SLUG, &now);
    assert_eq!(edition::note_corrections(&app).await.unwrap(), 5);
    let page = body(&app, &format!("/issues/{SLUG}")).await;
    for (field, sent, now) in [
        ("Editor’s pick", "Alpha of tea-vs-coffee", "A tie"),
        ("Sample", "", "Sample: the tools are invented"),
        ("Last day of voting", "7 December 2026", "24 December 2026"),
        ("Alpha of tea-vs-coffee: note on the price", "", "Then 5"),
        (
            "Alpha of tea-vs-coffee: verdict (builder)",
            "✓ Ship",
            "✕ Skip",
        ),
    ] {
        let (_, rest) = page.split_once(&format!("<h3>{field}</h3>")).expect(field);
        let rest = rest.split("</div>").next().unwrap();
        for (tag, value) in [("del", sent), ("ins", now)] {
            let shown = format!("<{tag}>{value}</{tag}>");
            assert_eq!(
                rest.contains(&shown),
                !value.is_empty(),
                "{shown} in {rest}"
            );
        }
    }
    // Another newsletter's language may follow: the rows have no words.
    let edition = app.edition(SLUG).await.id;
    let rows = verdict::store::corrections::of(&app.store, edition).await;
    let rows: Vec<_> = rows.unwrap().into_iter().map(|one| one.field).collect();
    assert_eq!(
        rows,
        [
            "pick",
            "sample",
            "tools.a.price_note",
            "tools.a.reviews.builder.verdict",
            "voting_closes"
        ]
    );
}

#[tokio::test]
async fn a_comparison_describes_itself() {
    let app = TestApp::on(Db::Sqlite).await;
    let nasty = "</script><!-- <b>\\\"";
    let issue = sample_issue(SLUG).replace("What *Alpha", &format!("{nasty} *Alpha"));
    let issue = issue.replacen(
        "tea-vs-coffee: ship it.",
        &format!("tea-vs-coffee: {nasty}"),
        1,
    );
    app.issue_file(SLUG, &issue).reader("ada@example.com").await;
    app.send(SLUG).await;
    let page = body(&app, &format!("/issues/{SLUG}")).await;
    let url = format!("{}/issues/{SLUG}", app.site);
    for printed in [
        format!("<link rel=\"canonical\" href=\"{url}\">"),
        format!("<meta property=\"og:url\" content=\"{url}\">"),
        "<meta property=\"og:type\" content=\"article\">".to_owned(),
        format!("<meta property=\"og:image\" content=\"{url}/card.png\">"),
        "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
        "<meta name=\"description\" content=\"Which of the two in tea-vs-coffee?\">".to_owned(),
    ] {
        assert!(page.contains(&printed), "{printed}\n{page}");
    }
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["@type"], "Article");
    assert_eq!(data["url"], url);
    assert_eq!(data["datePublished"], "2026-11-23");
    assert!(
        data["abstract"].as_str().unwrap().contains(" would ship "),
        "{data}"
    );
    assert_eq!(data["about"][0]["@type"], "SoftwareApplication");
    let review = &data["about"][0]["review"][0];
    assert!(
        review["reviewBody"]
            .as_str()
            .unwrap()
            .contains("</script><!-- <b>\""),
        "{review}"
    );
    assert_eq!(
        page.matches("</script>").count(),
        2,
        "and `script.js`: {page}"
    );
}

#[tokio::test]
async fn the_feed_has_everything_and_machines_can_read_it() {
    let app = sent(Db::Sqlite, &["tea-vs-coffee", "pen-vs-pencil"]).await;
    let answer = http::get(&format!("{}/feed.xml", app.site)).await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/atom+xml; charset=utf-8")
    );
    let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "Weekly AI Tool Verdicts");
    assert_eq!(feed.entries.len(), 2);
    let newest = &feed.entries[0];
    assert_eq!(newest.id, format!("{}/issues/pen-vs-pencil", app.site));
    assert!(newest.published.is_some() && newest.updated.is_some());
    let content = newest.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(
        content.contains("Alpha of pen-vs-pencil: ship it."),
        "{content}"
    );
    assert!(!content.contains("href=\"/"), "{content}");
    let summary = &newest.summary.as_ref().unwrap().content;
    assert!(
        content.contains("wins</h2>") && summary.contains(" wins. "),
        "{summary}"
    );

    let sitemap = body(&app, "/sitemap.xml").await;
    for path in [
        "/",
        "/issues",
        "/issues/tea-vs-coffee",
        "/tools/beta-of-pen-vs-pencil",
    ] {
        let line = format!("<url><loc>{}{path}</loc><lastmod>2026-11-2", app.site);
        assert!(sitemap.contains(&line), "{line}\n{sitemap}");
    }
    let form = format!("<url><loc>{}/subscribe</loc></url>", app.site);
    assert!(sitemap.contains(&form), "{sitemap}");
    let robots = body(&app, "/robots.txt").await;
    assert!(
        robots.contains(&format!("Sitemap: {}/sitemap.xml", app.site)),
        "{robots}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_a_picture_of_the_right_size() {
    let app = sent(Db::Sqlite, &[SLUG]).await;
    let url = format!("{}/issues/{SLUG}/card.png", app.site);
    let answers = futures_util::future::join_all((0..20).map(|_| http::get(&url))).await;
    for answer in &answers {
        let png = &answer.bytes;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("image/png"));
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(png[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 by 630");
        assert!((5_000..200_000).contains(&png.len()), "{}", png.len());
        assert_eq!(*png, answers[0].bytes);
    }
}

/// Pages are kept for a second, so an edition shows after that at the latest, and a vote in the voter's own answer at
/// once.
#[tokio::test]
async fn a_kept_page_is_a_second_old_at_most() {
    let keep = |config: &mut Config| config.web.cache = 1 << 20;
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), keep).await;
    app.reader("ada@example.com")
        .await
        .issue(SLUG)
        .send(SLUG)
        .await;
    let (home, feed) = (format!("{}/", app.site), format!("{}/feed.xml", app.site));
    for page in [&home, &feed] {
        assert!(
            !http::get(page).await.body.contains("/issues/next"),
            "{page}"
        );
    }
    app.issue("next").send("next").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for page in [&home, &feed] {
        assert!(
            http::get(page).await.body.contains("/issues/next"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn public_pages_are_cached_and_compressed_and_those_of_one_reader_are_not() {
    let app = sent(Db::Sqlite, &[SLUG]).await;
    app.reader("ada@example.com")
        .await
        .issue("next")
        .send("next")
        .await;
    for path in [
        "/",
        "/issues",
        &format!("/issues/{SLUG}"),
        "/feed.xml",
        "/style.css",
        "/sitemap.xml",
    ] {
        let url = format!("{}{path}", app.site);
        let plain = http::get(&url).await;
        assert_eq!(plain.status, 200);
        let tag = plain.header("etag").expect("a tag");
        let packed = packed(&app, path).await;
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{path}");
        assert_eq!(packed.header("vary"), Some("accept-encoding"), "{path}");
        assert_eq!(packed.header("etag"), Some(tag), "{path}");
        assert!(packed.bytes.len() < plain.bytes.len(), "{path}");
        for known in [tag, &format!("\"x\", {tag}")] {
            let same = http::request("GET", &url, &[("If-None-Match", known)], "").await;
            assert_eq!((same.status, same.bytes.len()), (304, 0), "{path}");
        }
        let head = http::head(&url).await;
        assert_eq!((head.status, head.bytes.len()), (200, 0), "{path}");
    }
    let page = packed(&app, &format!("/issues/{SLUG}")).await.bytes;
    let style = packed(&app, "/style.css").await.bytes;
    let (page, style) = (page.len(), style.len());
    assert!(page + style < 60_000, "{page} and {style}");

    let unsubscribe = app
        .unsubscribe_link("ada@example.com")
        .replace(&app.site, "");
    for (path, encoding) in [(unsubscribe.as_str(), None), ("/subscribe", Some("gzip"))] {
        let answer = packed(&app, path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("content-encoding"), encoding, "{path}");
        assert_eq!(answer.header("etag"), None, "{path}");
    }
}
