//! The pages of tools: one for each tool, whatever script its name is in.

use chrono::TimeDelta;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, sample_issue};

on_both_stores!(
    no_two_tools_share_a_page,
    a_name_in_any_script_votes_and_is_found
);

const ADA: &str = "ada@example.com";

/// Sends an issue on two tools.
async fn send(app: &TestApp, slug: &str, tools: [&str; 2]) {
    let [a, b] = tools;
    let issue = sample_issue(slug)
        .replace(&format!("Alpha of {slug}"), a)
        .replace(&format!("Beta of {slug}"), b);
    app.issue_file(slug, &issue).send(slug).await;
    app.clock.advance(TimeDelta::days(1));
}

/// The paths of the tools' pages that a comparison's page links to.
async fn pages_of(app: &TestApp, slug: &str) -> Vec<String> {
    let page = http::get(&format!("{}/issues/{slug}", app.site)).await.body;
    let links = page.split("href=\"/tools/").skip(1);
    let links = links.map(|rest| format!("/tools/{}", rest.split('"').next().unwrap()));
    let links: Vec<String> = links.collect();
    // The foot of the page has them again.
    let (names, foot) = links.split_at(2);
    assert!(foot.iter().all(|link| names.contains(link)), "{links:?}");
    names.to_vec()
}

/// The heading of a tool's page, and the comparisons on it.
async fn shown(app: &TestApp, path: &str) -> (String, Vec<String>) {
    let answer = http::get(&format!("{}{path}", app.site)).await;
    assert_eq!(answer.status, 200, "{path}");
    let body = answer.body;
    let canonical = format!("<link rel=\"canonical\" href=\"{}{path}\">", app.site);
    assert!(body.contains(&canonical), "{canonical} in {body}");
    let heading = body
        .split("<h1>")
        .nth(1)
        .unwrap()
        .split("</h1>")
        .next()
        .unwrap();
    let links = body.split("<h3><a href=\"/issues/").skip(1);
    let links = links.map(|rest| rest.split('"').next().unwrap().to_owned());
    // A name in Arabic is isolated.
    let heading = heading.replace("<bdi>", "").replace("</bdi>", "");
    (heading, links.collect())
}

async fn no_two_tools_share_a_page(db: Db) {
    let app = TestApp::on(db).await;
    app.reader(ADA).await;
    send(&app, "one", ["通义 4", "C"]).await;
    send(&app, "two", ["لاما 4", "C++"]).await;
    send(&app, "three", ["C++", "C"]).await;
    send(&app, "four", ["４", "llama 4"]).await;
    send(&app, "five", ["通义 ４", "Llama4"]).await;
    let mut paths = Vec::new();
    for (slug, names) in [
        (
            "one",
            [("通义 4", &["five", "one"][..]), ("C", &["three", "one"])],
        ),
        ("two", [("لاما 4", &["two"]), ("C++", &["three", "two"])]),
        (
            "three",
            [("C++", &["three", "two"]), ("C", &["three", "one"])],
        ),
        ("four", [("４", &["four"]), ("llama 4", &["five", "four"])]),
    ] {
        let pages = pages_of(&app, slug).await;
        assert_eq!(pages.len(), 2, "{pages:?}");
        for (path, (name, comparisons)) in pages.iter().zip(names) {
            let (heading, found) = shown(&app, path).await;
            let latest = name
                .replace("通义 4", "通义 ４")
                .replace("llama 4", "Llama4");
            assert_eq!(
                (heading, found),
                (
                    latest,
                    comparisons.iter().map(ToString::to_string).collect()
                )
            );
        }
        paths.extend(pages);
    }
    assert_eq!(
        paths,
        [
            "/tools/%E9%80%9A%E4%B9%89-4",
            "/tools/c",
            "/tools/%D9%84%D8%A7%D9%85%D8%A7-4",
            "/tools/c-2",
            "/tools/c-2",
            "/tools/c",
            "/tools/4",
            "/tools/llama-4",
        ]
    );
    let sitemap = http::get(&format!("{}/sitemap.xml", app.site)).await.body;
    for path in &paths {
        let line = format!("<loc>{}{path}</loc>", app.site);
        assert_eq!(sitemap.matches(&line).count(), 1, "{line} in {sitemap}");
    }
}

async fn a_name_in_any_script_votes_and_is_found(db: Db) {
    let app = TestApp::on(db).await;
    app.reader(ADA).await;
    send(&app, "one", ["通义", "لاما"]).await;
    let ship = app.link(ADA, "/v/");
    assert!(ship.is_ascii(), "{ship}");
    let (start, _) = ship.trim_end_matches("/ship").rsplit_once('/').unwrap();
    for (tool, name) in [("tool-a", "通义"), ("tool-b", "لاما")] {
        let link = format!("{start}/{tool}/ship");
        let page = http::get(&link).await;
        assert!(page.status == 200 && page.body.contains(name), "{page:?}");
        let page = http::post(&link, "verdict=ship").await;
        assert_eq!(page.status, 200, "{page:?}");
    }
    let votes = verdict::store::votes::tally(&app.store, "one")
        .await
        .unwrap();
    let ships: Vec<u64> = ["tool-a", "tool-b"].map(|tool| votes[tool].ship).to_vec();
    assert_eq!(ships, [1, 1]);
    let found = http::get(&format!("{}/issues?q=%E9%80%9A", app.site)).await;
    assert!(found.body.contains("/issues/one"), "{found:?}");
}
