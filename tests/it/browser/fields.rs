//! Injections in every field of an issue file, by the table of keys: a new key is in the schema, and so in this test.

use std::fs;
use std::path::Path;

use fantoccini::Locator;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use verdict::issue::{self, Rules};

use super::driver::Browser;
use super::injected::SURVEY;
use crate::database::Db;
use crate::http;
use crate::preview::{Preview, instance, save};
use crate::test_app::{TestApp, stdout};

/// Without white space, so that a web address can hold them too.
const INJECTIONS: [&str; 9] = [
    "<script>owned=1</script>",
    "\"><img/src=x/onerror=owned=1>",
    "'\"/onfocus=owned=1/autofocus/x='",
    "</style></script><svg/onload=owned=1>",
    "</title></textarea><b\"'>owned=1",
    "<!--owned=1",
    "]]>*/<iframe/srcdoc=owned=1>",
    "[owned=1](javascript:owned=1)",
    "\u{202e}owned=1\u{2066}\u{200f}\u{61c}",
];

/// Fields of text that take no other text: what else a file says decides which.
const BOUND: [&str; 2] = ["/approval/content", "/pick"];

/// A ready issue with a plain text in every field.
fn plain() -> Value {
    let schema = issue::schema(&Rules::default());
    let mut number = 0;
    let mut issue = filled(&schema, &mut number);
    issue["status"] = json!("ready");
    issue["pick"] = json!("tie");
    issue
}

/// A value that the schema allows; null for a date, which TOML writes without quotes.
fn filled(schema: &Value, number: &mut u32) -> Value {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    match schema["type"].as_str() {
        Some("object") => {
            let keys = schema["properties"].as_object().unwrap().iter();
            let filled = keys.map(|(key, schema)| (key.clone(), filled(schema, number)));
            Value::Object(
                filled
                    .filter(|(_, value)| !value.is_null())
                    .collect::<Map<_, _>>(),
            )
        }
        Some("array") => {
            let items = match schema["items"]["anyOf"].as_array() {
                Some(kinds) => kinds.clone(),
                None => {
                    let least = schema["minItems"].as_u64().unwrap_or(1);
                    (0..least).map(|_| schema["items"].clone()).collect()
                }
            };
            let filled = items.iter().map(|schema| filled(schema, number));
            Value::Array(filled.collect())
        }
        Some("boolean") => json!(false),
        Some("string") if schema["format"] == "date" => Value::Null,
        Some("string") if pattern.contains("0-9a-f") => json!("0".repeat(64)),
        Some("string") => {
            *number += 1;
            match pattern.contains("[Hh][Tt]") {
                true => json!(format!("https://example.com/{number}")),
                false => json!(format!("Text {number}")),
            }
        }
        _ => schema["enum"][0].clone(),
    }
}

/// The JSON pointers of an issue's texts, but not of words from a list.
fn fields(issue: &Value, at: &str, found: &mut Vec<String>) {
    match issue {
        Value::Object(keys) => {
            for (key, value) in keys {
                fields(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                fields(item, &format!("{at}/{index}"), found);
            }
        }
        Value::String(text) => {
            let is_free = ["Text ", "https:", "0000", "tie"];
            if is_free.iter().any(|start| text.starts_with(start)) {
                found.push(at.to_owned());
            }
        }
        _ => {}
    }
}

fn with(issue: &Value, field: &str, text: &str) -> Value {
    let mut issue = issue.clone();
    *issue.pointer_mut(field).unwrap() = json!(text);
    issue
}

fn is_accepted(issue: &Value) -> bool {
    let path = Path::new("evil.toml");
    let checked = issue::check(path, file(issue).as_bytes(), &Rules::default());
    checked.issue.is_some()
}

/// An issue with this injection in every field that takes it, and the fields that do not.
fn injected(injection: &str) -> (Value, Vec<String>) {
    let mut issue = plain();
    assert!(is_accepted(&issue), "{}", file(&issue));
    let mut all = Vec::new();
    fields(&issue, "", &mut all);
    let mut refused = Vec::new();
    for (number, field) in all.into_iter().enumerate() {
        let text = format!("{injection}{number}");
        let address = format!("https://example.com/?{text}");
        let texts = [text, address];
        let accepted = texts
            .iter()
            .map(|text| with(&issue, &field, text))
            .find(is_accepted);
        match accepted {
            Some(accepted) => issue = accepted,
            None => refused.push(field),
        }
    }
    (issue, refused)
}

/// An issue file. A JSON string is also a TOML string.
fn file(issue: &Value) -> String {
    fn inline(value: &Value) -> String {
        match value {
            Value::Array(items) => {
                format!(
                    "[{}]",
                    items.iter().map(inline).collect::<Vec<_>>().join(", ")
                )
            }
            Value::Object(keys) => {
                let pairs = keys
                    .iter()
                    .map(|(key, value)| format!("{key} = {}", inline(value)));
                format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
            }
            value => value.to_string(),
        }
    }
    let keys = issue.as_object().unwrap().iter();
    keys.map(|(key, value)| format!("{key} = {}\n", inline(value)))
        .collect()
}

/// Opens HTML as a file, where no policy stops a script, and looks for what an injection leaves.
async fn survey(browser: &Browser, folder: &TempDir, html: &str) -> Value {
    let path = folder.path().join("page.html");
    fs::write(&path, html).unwrap();
    let url = format!("file://{}", path.display());
    browser.goto(&url).await.unwrap();
    let seen = browser.script(SURVEY).await;
    // Files that it lacks beside it.
    browser.complaints().await;
    seen
}

fn nothing_ran(seen: &Value, ours: &[&str], what: &str) {
    assert_eq!(seen["owned"], Value::Null, "{what}: {seen:#}");
    for kind in ["handlers", "loaders", "links"] {
        assert_eq!(seen[kind], json!([]), "{kind} in {what}");
    }
    let scripts = seen["scripts"].as_array().unwrap().iter();
    let scripts: Vec<_> = scripts.map(|one| one.as_str().unwrap()).collect();
    let foreign = scripts
        .iter()
        .find(|one| !ours.iter().any(|ours| one.contains(ours)));
    assert_eq!(foreign, None, "{what}");
}

/// An issue with each injection, and a file that is wrong in the fields that take none.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (number, injection) in INJECTIONS.into_iter().enumerate() {
        let (issue, refused) = injected(injection);
        assert_eq!(refused, BOUND, "{injection}");
        files.push((format!("evil-{number}"), file(&issue)));
        let mut wrong = issue;
        for field in BOUND.into_iter().chain([
            "/status",
            "/sample",
            "/tools/0/price",
            "/tools/1/reviews/0/verdict",
        ]) {
            wrong = with(&wrong, field, injection);
        }
        wrong["added"] = json!(injection);
        let key = json!(injection);
        files.push((
            format!("wrong-{number}"),
            format!("{key} = 1\n{}", file(&wrong)),
        ));
    }
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_runs_and_loads_nothing_of_any_field() {
    let dir = instance();
    let files = files();
    for (slug, text) in &files {
        save(dir.path(), slug, text);
    }
    let preview = Preview::of(dir, &[]).await;
    let browser = Browser::start().await;
    let folder = TempDir::new().unwrap();
    let mut paths = vec!["/".to_owned()];
    for (slug, _) in &files {
        let views: &[&str] = match slug.starts_with("evil") {
            true => &["", "?view=text", "/mail", "/mail?no-styles=1", "/page"],
            false => &[""],
        };
        paths.extend(views.iter().map(|view| format!("/issues/{slug}{view}")));
    }
    for path in &paths {
        let url = format!("{}{path}", preview.site);
        let page = http::get(&url).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("owned=1"), "{path} shows it");
        let (is_frame, what) = (
            path.contains("/mail") || path.contains("/page"),
            format!("{path}: {}", page.body),
        );
        let mut seen = survey(&browser, &folder, &page.body).await;
        if is_frame {
            // The one that the copies begin with.
            let base = seen["loaders"].as_array_mut().unwrap().remove(0);
            assert!(
                base.as_str().unwrap().starts_with("<base href=\"http"),
                "{what}"
            );
        }
        // The preview's own frames.
        let loaders = seen["loaders"].as_array_mut().unwrap();
        loaders.retain(|one| !one.as_str().unwrap().starts_with("<iframe src=\"/issues/"));
        nothing_ran(&seen, &["src=\"/preview.js\""], &what);

        // As an editor sees it, with the frames inside.
        browser.goto(&url).await.unwrap();
        let frames = browser.find_all(Locator::Css("iframe")).await.unwrap();
        assert_eq!(
            frames.is_empty(),
            is_frame || path.contains("text") || !path.contains("evil"),
            "{path}"
        );
        for at in 0..frames.len() {
            browser
                .enter_frame(u16::try_from(at).unwrap())
                .await
                .unwrap();
            browser.the("h1").await;
            let images = browser
                .find_all(Locator::Css("img, script, iframe"))
                .await
                .unwrap();
            assert!(images.is_empty(), "{path}");
            browser.leave_frame().await;
        }
        let loaded = browser
            .script("return performance.getEntriesByType('resource').map(one => new URL(one.name).origin)")
            .await;
        let loaded = loaded.as_array().unwrap();
        assert!(
            loaded.iter().all(|origin| *origin == preview.site),
            "{path}: {loaded:?}"
        );
        // A refused load or script would be one; so would a dialog be an error.
        assert_eq!(browser.complaints().await, Vec::<Value>::new(), "{path}");
        assert!(browser.get_alert_text().await.is_err(), "{path}");
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_page_and_report_run_nothing_of_any_field() {
    let app = TestApp::on(Db::Sqlite).await;
    app.reader("ada@example.com").await;
    let browser = Browser::start().await;
    let folder = TempDir::new().unwrap();
    for (slug, text) in files().iter().filter(|(slug, _)| slug.starts_with("evil")) {
        app.issue_file(slug, text).send(slug).await;
        let mail = app.catcher.for_recipient("ada@example.com").pop().unwrap();
        let message = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        let mail = message
            .html_bodies()
            .next()
            .unwrap()
            .text_contents()
            .unwrap()
            .to_owned();
        let page = http::get(&format!("{}/issues/{slug}", app.site)).await.body;
        let report = stdout(&app.verdict(&["report", slug, "--html"]));
        for (what, html) in [("mail", mail), ("page", page), ("report", report)] {
            assert!(html.contains("owned=1"), "{what} of {slug} shows it");
            let mut seen = survey(&browser, &folder, &html).await;
            if what == "report" {
                // Its charts.
                let loaders = seen["loaders"].as_array_mut().unwrap();
                loaders.retain(|one| !one.as_str().unwrap().starts_with("<svg class=\""));
            }
            nothing_ran(
                &seen,
                &["src=\"/script.js\""],
                &format!("{what} of {slug}: {html}"),
            );
        }
        for args in [&["report", slug][..], &["report", slug, "--json"]] {
            let printed = stdout(&app.verdict(args));
            assert!(printed.contains("owned=1"), "{args:?}");
            let bad = printed
                .chars()
                .find(|c| c.is_control() && *c != '\n' || verdict::findings::is_bidi_control(*c));
            assert_eq!(bad, None, "{args:?}: {printed:?}");
        }
    }
    browser.quit().await;
}
