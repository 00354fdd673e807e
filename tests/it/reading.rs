//! Reading on the web: home, archive, tools, feed, cards, corrections; kept and compressed.

use chrono::TimeDelta;
use serde_json::Value;
use verdict::edition;

use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, on_both_stores, sample_issue};

on_both_stores!(
    what_was_sent_is_found_again,
    a_long_archive_has_pages,
    what_editors_change_afterwards_is_shown_beside_what_was_sent
);

const SLUG: &str = "tea-vs-coffee";

/// A press that sent these issues, one a day.
async fn sent(db: Db, slugs: &[&str]) -> TestApp {
    let press = TestApp::on(db).await;
    press.reader("ada@example.com").await;
    for slug in slugs {
        press.issue(slug).send(slug).await;
        press.clock.advance(TimeDelta::days(1));
    }
    press
}

async fn body(press: &TestApp, path: &str) -> String {
    let answer = http::get(&format!("{}{path}", press.site)).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.body
}

/// The slugs of the comparisons that a page links to, in its order.
fn listed(page: &str) -> Vec<&str> {
    let links = page.split("<h3><a href=\"/issues/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A page as a client gets it that understands gzip.
async fn packed(press: &TestApp, path: &str) -> Answer {
    let url = format!("{}{path}", press.site);
    http::request("GET", &url, &[("Accept-Encoding", "gzip")], "").await
}

async fn what_was_sent_is_found_again(db: Db) {
    let press = sent(db, &["tea-vs-coffee", "pen-vs-pencil"]).await;
    let odd = sample_issue("odd")
        .replace("Alpha of odd", "100%_Ünique")
        .replace("category = \"Writing\"", "category = \"Drawing & more\"");
    press.issue_file("odd", &odd).send("odd").await;

    let home = body(&press, "/").await;
    assert!(
        home.contains("The latest comparison") && home.contains("/issues/odd"),
        "{home}"
    );
    assert_eq!(listed(&home), ["pen-vs-pencil", "tea-vs-coffee"]);
    assert!(home.contains("action=\"/subscribe\""));

    let all = body(&press, "/issues").await;
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
            listed(&body(&press, &format!("/issues?{query}")).await),
            found,
            "{query}"
        );
    }
    let tool = body(&press, "/tools/alpha-of-tea-vs-coffee").await;
    assert_eq!(listed(&tool), ["tea-vs-coffee"]);
    assert!(tool.contains("<h1>Alpha of tea-vs-coffee</h1>"), "{tool}");
    let page = body(&press, "/issues/tea-vs-coffee").await;
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
            http::get(&format!("{}{path}", press.site)).await.status,
            404,
            "{path}"
        );
    }
}

async fn a_long_archive_has_pages(db: Db) {
    let press = TestApp::on(db).await;
    press.reader("ada@example.com").await;
    for number in 1..=31 {
        let slug = format!("issue-{number}");
        press.issue(&slug).freeze(&slug).await;
        press.clock.advance(TimeDelta::minutes(1));
    }
    let first = body(&press, "/issues?q=alpha").await;
    assert_eq!(listed(&first).len(), 30);
    assert!(
        first.contains("href=\"/issues?q=alpha&amp;page=2\">Older"),
        "{first}"
    );
    let second = body(&press, "/issues?q=alpha&page=2").await;
    assert_eq!(listed(&second), ["issue-1"]);
    assert!(
        second.contains("page=1\">Newer") && !second.contains(">Older"),
        "{second}"
    );
}

async fn what_editors_change_afterwards_is_shown_beside_what_was_sent(db: Db) {
    let press = sent(db, &[SLUG]).await;
    assert_eq!(edition::note_corrections(&press.app).await.unwrap(), 0);
    let path = format!("/issues/{SLUG}");
    assert!(!body(&press, &path).await.contains("Corrections"));

    let changed = sample_issue(SLUG).replace("price = \"free\"", "price = \"paid\"");
    press.issue_file(SLUG, &changed);
    for _ in 0..2 {
        http::get(&format!("{}{path}", press.site)).await;
    }
    assert!(
        !body(&press, &path).await.contains("Corrections"),
        "a GET notices nothing"
    );
    assert_eq!(edition::note_corrections(&press.app).await.unwrap(), 2);
    press.clock.advance(TimeDelta::days(9));
    assert_eq!(edition::note_corrections(&press.app).await.unwrap(), 0);
    let page = body(&press, &path).await;
    assert!(page.contains("<h3>A, entry price</h3>"), "{page}");
    assert!(
        page.contains("<del>Free</del>") && page.contains("<ins>Paid</ins>"),
        "{page}"
    );
    assert!(
        page.contains("24 November 2026"),
        "the day it was noticed: {page}"
    );
    assert!(
        page.contains("<dd class=\"reading\">Free</dd>"),
        "what was sent stays: {page}"
    );

    press.issue_file(SLUG, "question = ");
    edition::note_corrections(&press.app).await.unwrap();
    assert!(
        body(&press, &path).await.contains("Corrections"),
        "a broken file changes nothing"
    );
    press.issue(SLUG);
    edition::note_corrections(&press.app).await.unwrap();
    assert!(!body(&press, &path).await.contains("Corrections"));
}

#[tokio::test]
async fn a_comparison_says_what_it_is() {
    let press = TestApp::on(Db::Sqlite).await;
    let nasty = "</script><!-- <b>\\\"";
    let issue = sample_issue(SLUG).replace("What *Alpha", &format!("{nasty} *Alpha"));
    let issue = issue.replacen(
        "tea-vs-coffee: ship it.",
        &format!("tea-vs-coffee: {nasty}"),
        1,
    );
    press
        .issue_file(SLUG, &issue)
        .reader("ada@example.com")
        .await;
    press.send(SLUG).await;
    let page = body(&press, &format!("/issues/{SLUG}")).await;
    let url = format!("{}/issues/{SLUG}", press.site);
    for said in [
        format!("<link rel=\"canonical\" href=\"{url}\">"),
        format!("<meta property=\"og:url\" content=\"{url}\">"),
        "<meta property=\"og:type\" content=\"article\">".to_owned(),
        format!("<meta property=\"og:image\" content=\"{url}/card.png\">"),
        "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
        "<meta name=\"description\" content=\"Which of the two in tea-vs-coffee?\">".to_owned(),
    ] {
        assert!(page.contains(&said), "{said}\n{page}");
    }
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    assert_eq!(data["@type"], "Article");
    assert_eq!(data["url"], url);
    assert_eq!(data["datePublished"], "2026-11-23");
    assert_eq!(data["about"][0]["@type"], "SoftwareApplication");
    let review = &data["about"][0]["review"][0];
    assert!(
        review["reviewBody"]
            .as_str()
            .unwrap()
            .contains("</script><!-- <b>\""),
        "{review}"
    );
    assert_eq!(page.matches("</script>").count(), 1, "{page}");
}

#[tokio::test]
async fn the_feed_has_everything_and_machines_can_read_it() {
    let press = sent(Db::Sqlite, &["tea-vs-coffee", "pen-vs-pencil"]).await;
    let answer = http::get(&format!("{}/feed.xml", press.site)).await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/atom+xml; charset=utf-8")
    );
    let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "Weekly AI Tool Verdicts");
    assert_eq!(feed.entries.len(), 2);
    let newest = &feed.entries[0];
    assert_eq!(newest.id, format!("{}/issues/pen-vs-pencil", press.site));
    assert!(newest.published.is_some() && newest.updated.is_some());
    let content = newest.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(
        content.contains("Alpha of pen-vs-pencil: ship it."),
        "{content}"
    );

    let sitemap = body(&press, "/sitemap.xml").await;
    for path in [
        "/",
        "/issues",
        "/issues/tea-vs-coffee",
        "/tools/beta-of-pen-vs-pencil",
    ] {
        let line = format!("<url><loc>{}{path}</loc><lastmod>2026-11-2", press.site);
        assert!(sitemap.contains(&line), "{line}\n{sitemap}");
    }
    let robots = body(&press, "/robots.txt").await;
    assert!(
        robots.contains(&format!("Sitemap: {}/sitemap.xml", press.site)),
        "{robots}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_a_picture_of_the_right_size() {
    let press = sent(Db::Sqlite, &[SLUG]).await;
    let url = format!("{}/issues/{SLUG}/card.png", press.site);
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

#[tokio::test]
async fn pages_for_everybody_are_kept_and_compressed_and_those_of_one_reader_are_not() {
    let press = sent(Db::Sqlite, &[SLUG]).await;
    press
        .reader("ada@example.com")
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
        let url = format!("{}{path}", press.site);
        let plain = http::get(&url).await;
        assert_eq!(plain.status, 200);
        let tag = plain.header("etag").expect("a tag");
        let packed = packed(&press, path).await;
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
    let page = packed(&press, &format!("/issues/{SLUG}")).await.bytes;
    let style = packed(&press, "/style.css").await.bytes;
    let (page, style) = (page.len(), style.len());
    assert!(page + style < 60_000, "{page} and {style}");

    let unsubscribe = press
        .unsubscribe_link("ada@example.com")
        .replace(&press.site, "");
    for path in [unsubscribe.as_str(), "/subscribe"] {
        let answer = packed(&press, path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("content-encoding"), None, "{path}");
        assert_eq!(answer.header("etag"), None, "{path}");
    }
}
