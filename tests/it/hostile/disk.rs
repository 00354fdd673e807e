//! The disk is full while readers leave: nobody gets a confirmation who has not left.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::Command;

use crate::child::until;
use crate::child::{Running, binary};
use crate::database::Db;
use crate::http;
use crate::outage::{largest_file, limited};
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 400;

/// Starts the pages in a process whose files may not grow past a size in bytes; returns it and their address.
async fn serve_with_files_of(app: &TestApp, size: u64) -> (Running, String) {
    let mut serve = binary();
    serve
        .arg("--dir")
        .arg(app.dir.path())
        .args(["serve", "--only", "web"]);
    let mut process = Running::start(&mut limited(&serve, size));
    let line = process.line("serving").await;
    let (_, address) = line.split_once("address=").unwrap();
    let site = format!("http://{}", address.split(' ').next().unwrap());
    (process, site)
}

fn lift_limit(process: &Running) {
    let pid = process.pid().to_string();
    let lifted = Command::new("prlimit")
        .args(["--pid", &pid, "--fsize=unlimited:"])
        .status();
    assert!(lifted.unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_confirms_no_departure() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(READERS).await;
    app.send(SLUG).await;
    let links: Vec<(String, String)> = (1..=READERS)
        .map(|number| {
            let email = format!("reader-{number}@example.com");
            let link = app.unsubscribe_link(&email).replace(&app.site, "");
            (email, link)
        })
        .collect();
    let room = 32 << 10;
    let (mut process, site) = serve_with_files_of(&app, largest_file(app.dir.path()) + room).await;
    let (mut left, mut kept) = (Vec::new(), Vec::new());
    for (email, link) in &links {
        let answer = http::post(&format!("{site}{link}"), "List-Unsubscribe=One-Click").await;
        match answer.status {
            200 => left.push(email),
            status => {
                assert_eq!(status, 503, "{answer:?}");
                assert!(answer.header("retry-after").is_some(), "{answer:?}");
                kept.push((email, link));
            }
        }
        if kept.len() == 3 {
            break;
        }
    }
    assert_eq!(
        kept.len(),
        3,
        "the disk was never full: {} left",
        left.len()
    );
    let ready = || async { http::get(&format!("{site}/readyz")).await.status };
    until("it is not ready", || async { ready().await == 503 }).await;
    assert_eq!(http::get(&format!("{site}/healthz")).await.status, 200);
    assert_eq!(
        http::get(&format!("{site}/issues/{SLUG}")).await.status,
        200
    );
    for email in &left {
        assert!(
            !app.consent(email).await.may_receive(),
            "{email} was told that they left"
        );
    }

    lift_limit(&process);
    until("it is ready again", || async { ready().await == 200 }).await;
    for (email, link) in kept {
        let answer = http::post(&format!("{site}{link}"), "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(!app.consent(email).await.may_receive());
    }
    assert_eq!(process.end_by("TERM").await, Some(0));
}

/// An opt-out is answered only once the journal has it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_that_cannot_grow_makes_it_not_ready() {
    let app = TestApp::on(Db::Sqlite).await;
    let journal = &app.journal;
    journal.prepare().await.unwrap();
    let path = journal.path();
    let line = format!("1700000000000 unsubscribed 0 {}\n", "0".repeat(64));
    let mut journal = OpenOptions::new().append(true).open(path).unwrap();
    // Of all files, only the journal meets the limit.
    let lines = 3 * usize::try_from(largest_file(app.dir.path())).unwrap() / line.len() + 20_000;
    journal.write_all(line.repeat(lines).as_bytes()).unwrap();
    let size = || path.metadata().unwrap().len();
    let before = size();
    let (mut process, site) = serve_with_files_of(&app, before + 512).await;
    assert_eq!(http::get(&format!("{site}/readyz")).await.status, 503);
    assert_eq!(size(), before);
    lift_limit(&process);
    let ready = || async { http::get(&format!("{site}/readyz")).await.status };
    until("it is ready again", || async { ready().await == 200 }).await;
    assert_eq!(size(), before);
    assert_eq!(process.end_by("TERM").await, Some(0));
}
