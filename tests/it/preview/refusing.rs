//! Who may not read a preview, and what it may not do.

use std::fs;

use super::{Preview, SLUG, instance, save};
use crate::http;
use crate::test_app::{sample_issue, verdict};

#[tokio::test]
async fn only_this_machines_own_pages_may_read_it() {
    let preview = Preview::start().await;
    let host = preview.host().to_owned();
    let port = host.rsplit(':').next().unwrap();
    for ours in [
        host.clone(),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
    ] {
        let origin = format!("http://{ours}");
        assert_eq!(
            preview.get_with(&[("host", &ours)]).await.status,
            200,
            "{ours}"
        );
        let headers = [
            ("origin", origin.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        assert_eq!(preview.get_with(&headers).await.status, 200, "{origin}");
    }
    for foreign in [
        "evil.example.net",
        &format!("evil.example.net:{port}"),
        &format!("localhost.evil.example.net:{port}"),
        &format!("localhost.:{port}"),
        "localhost",
        "127.0.0.1:1",
    ] {
        let answer = preview.get_with(&[("host", foreign)]).await;
        assert_eq!(answer.status, 421, "{foreign}");
        assert!(!answer.body.contains("Alpha"), "{foreign}: {}", answer.body);
    }
    for headers in [
        ("origin", "https://evil.example.net"),
        ("origin", "null"),
        ("origin", "http://localhost:1"),
        ("origin", &format!("https://{host}")),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = preview.get_with(&[headers]).await;
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(
            !answer.body.contains("Alpha"),
            "{headers:?}: {}",
            answer.body
        );
    }
    for path in [
        "/",
        "/issues/tea-vs-coffee/mail",
        "/issues/tea-vs-coffee/events",
        "/preview.js",
    ] {
        let url = format!("{}{path}", preview.site);
        let answer = http::request("GET", &url, &[("host", "evil.example.net")], "").await;
        assert_eq!(answer.status, 421, "{path}");
        assert_eq!(http::post(&url, "a=b").await.status, 405, "{path}");
    }
}

#[tokio::test]
async fn only_loopback_addresses_are_accepted() {
    let dir = instance();
    for address in [
        "0.0.0.0:0",
        "[::]:0",
        "192.0.2.1:80",
        "[::ffff:192.0.2.1]:80",
    ] {
        let output = verdict(dir.path(), &["preview", "--listen", address]);
        let printed = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{printed}");
        assert!(printed.contains("on this machine only"), "{printed}");
    }
    let output = verdict(dir.path(), &["preview", "tea-vs-cofee"]);
    let printed = String::from_utf8(output.stderr).unwrap();
    insta::assert_snapshot!(printed, @"error: there is no issue file tea-vs-cofee");
}

#[tokio::test]
async fn no_path_leads_out_of_the_issues() {
    let preview = Preview::start().await;
    for name in [
        "..%2fverdict",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2fverdict",
        "README",
        "..",
        ".",
        "nothing",
        "%00",
    ] {
        for end in ["", "/mail", "/page", "/events"] {
            let answer = preview.get(&format!("/issues/{name}{end}")).await;
            assert_eq!(answer.status, 404, "{name}{end}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn frames_are_sandboxed_and_load_nothing() {
    let preview = Preview::start().await;
    let page = preview.get(&format!("/issues/{SLUG}?view=all")).await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let frames: Vec<_> = page.body.split("<iframe").skip(1).collect();
    assert_eq!(frames.len(), 9);
    for frame in frames {
        let (tag, _) = frame.split_once('>').unwrap();
        let (_, sandbox) = tag.split_once("sandbox=\"").unwrap();
        let (sandbox, _) = sandbox.split_once('"').unwrap();
        assert_eq!(sandbox, "allow-popups allow-popups-to-escape-sandbox");
        let (_, src) = tag.split_once("src=\"").unwrap();
        let src = src.split('"').next().unwrap().replace("&amp;", "&");
        let inside = preview.get(&src).await;
        assert_eq!(inside.status, 200, "{src}");
        let policy = inside.header("content-security-policy").unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(policy, @"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox");
        }
        assert!(inside.body.contains("Alpha of tea-vs-coffee"), "{src}");
        assert!(
            !inside.body.contains("src=\"/") && !inside.body.contains("rel=\"stylesheet\""),
            "{src}"
        );
    }
    for name in [
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-resource-policy",
    ] {
        assert!(page.header(name).is_some(), "{name}");
    }
    assert_eq!(page.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn it_makes_no_database_and_shows_one_file_by_path_or_slug() {
    let dir = instance();
    let file = save(dir.path(), SLUG, sample_issue(SLUG));
    let preview = Preview::of(dir, &[file.to_str().unwrap()]).await;
    let answer = preview.get("/").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/issues/tea-vs-coffee"))
    );
    assert_eq!(preview.get("/issues/tea-vs-coffee").await.status, 200);
    assert_eq!(
        preview.get(&format!("/issues/{SLUG}/mail")).await.status,
        200
    );
    let mut names: Vec<_> = fs::read_dir(preview.dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".gitignore", "issues", "verdict.toml"]);

    let dir = instance();
    save(dir.path(), SLUG, sample_issue(SLUG));
    let preview = Preview::of(dir, &[SLUG]).await;
    assert_eq!(preview.get(&format!("/issues/{SLUG}")).await.status, 200);
    // Without an instance, another newsletter stands in.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("tea-vs-coffee.toml");
    fs::write(&file, sample_issue(SLUG)).unwrap();
    let preview = Preview::of(dir, &[file.to_str().unwrap()]).await;
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(
        page.contains("there is no verdict.toml") && page.contains("<iframe"),
        "{page}"
    );
}
