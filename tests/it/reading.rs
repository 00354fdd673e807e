//! Reading on the web: home, archive, tools, feed, cards, corrections; kept and compressed.

use chrono::TimeDelta;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use verdict::edition;

use crate::database::Db;
use crate::http;
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

/// What a request gets that may be compressed, or be known already: status, head and body.
async fn raw(press: &TestApp, path: &str, headers: &str) -> (u16, String, Vec<u8>) {
    let host = press.site.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let body = answer.split_off(end + 4);
    let head = String::from_utf8(answer).unwrap();
    (head[9..12].parse().unwrap(), head.to_lowercase(), body)
}

fn tag_of(head: &str) -> String {
    let line = head
        .lines()
        .find(|line| line.starts_with("etag: "))
        .expect("a tag");
    line.strip_prefix("etag: ").unwrap().to_owned()
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
    let path = format!("/issues/{SLUG}/card.png");
    let answers = futures_util::future::join_all((0..20).map(|_| raw(&press, &path, ""))).await;
    for (status, head, png) in &answers {
        assert_eq!(*status, 200);
        assert!(head.contains("content-type: image/png"), "{head}");
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(png[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 by 630");
        assert!((5_000..200_000).contains(&png.len()), "{}", png.len());
        assert_eq!(png, &answers[0].2);
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
        let (status, head, plain) = raw(&press, path, "").await;
        assert_eq!(status, 200);
        let tag = tag_of(&head);
        let (_, head, packed) = raw(&press, path, "Accept-Encoding: gzip\r\n").await;
        assert!(
            head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"),
            "{head}"
        );
        assert_eq!(tag_of(&head), tag, "{path}");
        assert!(packed.len() < plain.len(), "{path}");
        let (status, _, nothing) = raw(&press, path, &format!("If-None-Match: {tag}\r\n")).await;
        // Tags are compared as they are written; this one was lower-cased on its way.
        if status == 304 {
            assert!(nothing.is_empty());
        }
        let exact = http::get(&format!("{}{path}", press.site)).await;
        let exact = exact.header("etag").unwrap().to_owned();
        let (status, _, nothing) =
            raw(&press, path, &format!("If-None-Match: \"x\", {exact}\r\n")).await;
        assert_eq!((status, nothing.len()), (304, 0), "{path}");
        let head = http::head(&format!("{}{path}", press.site)).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
    }
    let (_, _, packed) = raw(
        &press,
        &format!("/issues/{SLUG}"),
        "Accept-Encoding: gzip\r\n",
    )
    .await;
    let (_, _, style) = raw(&press, "/style.css", "Accept-Encoding: gzip\r\n").await;
    assert!(
        packed.len() + style.len() < 60_000,
        "{} and {}",
        packed.len(),
        style.len()
    );

    let unsubscribe = press
        .unsubscribe_link("ada@example.com")
        .replace(&press.site, "");
    for path in [unsubscribe.as_str(), "/subscribe"] {
        let (status, head, _) = raw(&press, path, "Accept-Encoding: gzip\r\n").await;
        assert_eq!(status, 200);
        assert!(head.contains("cache-control: no-store"), "{head}");
        assert!(
            !head.contains("content-encoding") && !head.contains("etag"),
            "{head}"
        );
    }
}
