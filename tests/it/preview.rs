//! `verdict preview` as a process, through HTTP: who may read it, what it shows, and that it follows the files.

mod following;
mod refusing;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::child::{LIMIT, Running, binary};
use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, on_both_stores, sample_issue, stdout, verdict};

on_both_stores!(what_was_sent_is_known_and_its_votes_are_in_the_next_mail);

const SLUG: &str = "tea-vs-coffee";

/// An instance of `verdict init` without issues.
pub(crate) fn instance() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_str().unwrap();
    stdout(&verdict(dir.path(), &["init", path]));
    let sample = "issues/hearsay-desk-vs-tansy-transcribe.toml";
    fs::remove_file(dir.path().join(sample)).unwrap();
    dir
}

/// Writes an issue of an instance.
pub(crate) fn save(dir: &Path, slug: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.join(format!("issues/{slug}.toml"));
    fs::write(&path, text).unwrap();
    path
}

/// A preview that serves until it is dropped.
pub(crate) struct Preview {
    pub(crate) process: Running,
    pub(crate) dir: TempDir,
    /// Such as `http://127.0.0.1:4000`.
    pub(crate) site: String,
}

/// Starts a preview of an instance; returns it with its address, such as `http://127.0.0.1:4000`.
pub(crate) async fn start(dir: &Path, args: &[&str]) -> (Running, String) {
    let mut command = binary();
    command.current_dir(dir).arg("preview").args(args);
    let mut process = Running::start(&mut command);
    let line = process.line("http://").await;
    let host = line.trim().split('/').nth(2).unwrap();
    (process, format!("http://{host}"))
}

impl Preview {
    /// A preview of an instance with one issue.
    pub(crate) async fn start() -> Self {
        let dir = instance();
        save(dir.path(), SLUG, sample_issue(SLUG));
        Self::of(dir, &[]).await
    }

    pub(crate) async fn of(dir: TempDir, args: &[&str]) -> Self {
        let (process, site) = start(dir.path(), args).await;
        Self { process, dir, site }
    }

    fn host(&self) -> &str {
        self.site.strip_prefix("http://").unwrap()
    }

    async fn get(&self, path: &str) -> Answer {
        http::get(&format!("{}{path}", self.site)).await
    }

    async fn get_with(&self, headers: &[(&str, &str)]) -> Answer {
        let page = format!("{}/issues/{SLUG}", self.site);
        http::request("GET", &page, headers, "").await
    }

    pub(crate) fn save(&self, text: impl AsRef<[u8]>) -> PathBuf {
        save(self.dir.path(), SLUG, text)
    }

    async fn events(&self, path: &str) -> Events {
        let mut stream = TcpStream::connect(self.host()).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        stream.write_all(request.as_bytes()).await.unwrap();
        Events(BufReader::new(stream))
    }

    async fn events_of_issue(&self) -> Events {
        self.events(&format!("/issues/{SLUG}/events")).await
    }
}

/// An open event stream.
struct Events(BufReader<TcpStream>);

impl Events {
    /// The next revision; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        let read = async {
            loop {
                let mut line = String::new();
                if self.0.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return None;
                }
                if let Some(revision) = line.strip_prefix("data: ") {
                    return Some(revision.trim().to_owned());
                }
            }
        };
        timeout(LIMIT, read).await.expect("an event")
    }
}

/// The sample issue with another question.
fn asking(question: &str) -> String {
    let sample = sample_issue(SLUG);
    sample.replace("Which of the two in tea-vs-coffee?", question)
}

#[tokio::test]
async fn each_look_is_a_copy_of_the_same_mail() {
    let preview = Preview::start().await;
    let mail = async |query: &str| {
        preview
            .get(&format!("/issues/{SLUG}/mail{query}"))
            .await
            .body
    };
    let light = mail("").await;
    assert!(
        light.contains("@media not all{") && !light.contains("prefers-color-scheme"),
        "{light}"
    );
    let dark = mail("?dark=1").await;
    assert!(
        dark.contains("@media all{") && dark.contains("color-scheme:dark"),
        "{dark}"
    );
    let bare = mail("?no-styles=1").await;
    assert!(!bare.contains(".quiet{"), "{bare}");
    let page = preview.get(&format!("/issues/{SLUG}/page")).await.body;
    assert!(
        page.contains("--paper") && page.contains("Which of the two"),
        "{page}"
    );
}

#[tokio::test]
async fn a_mail_without_images_keeps_their_text() {
    let dir = instance();
    let path = dir.path().join("verdict.toml");
    let config = fs::read_to_string(&path).unwrap();
    let looks = "[newsletter]\nlogo = \"logo.png\"\nmail_logo = true";
    fs::write(&path, config.replacen("[newsletter]", looks, 1)).unwrap();
    fs::write(dir.path().join("logo.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    save(dir.path(), SLUG, sample_issue(SLUG));
    let preview = Preview::of(dir, &[]).await;
    let with = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(
        with.contains("<img src=\"data:image/png;base64,iVBORw0KGgo=\""),
        "{with}"
    );
    let without = preview
        .get(&format!("/issues/{SLUG}/mail?no-images=1"))
        .await
        .body;
    assert!(without.contains("<img alt="), "{without}");
}

#[tokio::test]
async fn any_reader_can_be_made_up() {
    let preview = Preview::start().await;
    let show = async |query: &str| {
        preview
            .get(&format!("/issues/{SLUG}?view=text{query}"))
            .await
            .body
    };
    let page = show("").await;
    assert!(
        page.contains("Hi Ada,") && page.contains("reader@example.com"),
        "{page}"
    );
    let page = show("&name=Zo%C3%AB+%3Cb%3E&language=de&zone=Asia/Tokyo").await;
    assert!(page.contains("Guten Tag Zoë &lt;b&gt;,"), "{page}");
    assert!(page.contains("Asia/Tokyo"), "{page}");
    assert!(!page.contains("Hi Ada"), "{page}");
    let page = show("&name=").await;
    assert!(page.contains("Hello,"), "{page}");
    // What cannot be chosen is as if it had not been.
    let page = show("&name=%00&language=xx&zone=Mars&dark=yes").await;
    assert!(page.contains("Hi Ada,"), "{page}");
}

async fn what_was_sent_is_known_and_its_votes_are_in_the_next_mail(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(5).await.issue("sent-already");
    let (_process, site) = start(app.dir.path(), &[]).await;
    let get = async |path: &str| http::get(&format!("{site}{path}")).await.body;
    let list = get("/").await;
    assert!(
        list.contains("<b>Next: ") && !list.contains("sent ·"),
        "{list}"
    );

    app.send("sent-already").await;
    for number in 1..=5 {
        let link = app.link(&format!("reader-{number}@example.com"), "/v/");
        assert_eq!(http::post(&link, "verdict=ship").await.status, 200);
    }
    app.issue("a-next");
    let (_process, site) = start(app.dir.path(), &[]).await;
    let get = async |path: &str| http::get(&format!("{site}{path}")).await.body;
    let list = get("/").await;
    let order =
        ["a-next", "Next: ", "sent-already", "sent · "].map(|one| list.find(one).expect(one));
    assert!(order.is_sorted(), "{list}");
    let mail = get("/issues/a-next/mail").await;
    assert!(
        mail.contains("Last time: ") && mail.contains("100%"),
        "{mail}"
    );
    let page = get("/issues/sent-already").await;
    assert!(page.contains("Sent already"), "{page}");
    let mail = get("/issues/sent-already/mail").await;
    assert!(!mail.contains("Last time: "), "{mail}");
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_named() {
    let dir = instance();
    save(dir.path(), SLUG, sample_issue(SLUG));
    fs::create_dir_all(dir.path().join("subscribers")).unwrap();
    fs::write(dir.path().join("subscribers/verdict.db"), "not a database").unwrap();
    let preview = Preview::of(dir, &[]).await;
    for path in ["/", "/issues/tea-vs-coffee"] {
        let page = preview.get(path).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("what was sent cannot be read"),
            "{}",
            page.body
        );
    }
}

#[tokio::test]
async fn the_list_begins_with_the_issue_of_the_next_slot() {
    let dir = instance();
    let draft = sample_issue("b-draft").replace("\"ready\"", "\"draft\"");
    let later = sample_issue("a-later").replace("\"ready\"", "\"ready\"\nadded = 2026-02-02");
    let next = sample_issue("c-next").replace("\"ready\"", "\"ready\"\nadded = 2026-01-01");
    for (slug, text) in [
        ("b-draft", draft),
        ("a-later", later),
        ("c-next", next),
        ("d-broken", "a".to_owned()),
    ] {
        save(dir.path(), slug, text);
    }
    let preview = Preview::of(dir, &[]).await;
    let page = preview.get("/").await.body;
    let links = page.split("<a href=\"/issues/").skip(1);
    let order: Vec<_> = links.map(|link| link.split('"').next().unwrap()).collect();
    assert_eq!(
        order,
        ["c-next", "a-later", "b-draft", "d-broken"],
        "{page}"
    );
    assert!(
        page.contains("<b>Next: Tue ")
            && page.contains("draft · ")
            && page.contains("class=\"tally\""),
        "{page}"
    );
    let mut events = preview.events("/events").await;
    events.next().await.unwrap();
    save(preview.dir.path(), "e-new", sample_issue("e-new"));
    events.next().await.unwrap();
    assert!(preview.get("/").await.body.contains("e-new"));
}
