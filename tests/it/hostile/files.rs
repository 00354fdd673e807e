//! Issue files made to be slow: every byte a mistake, everything on one line, or no regular file at all.

use std::future::{Future, poll_fn};
use std::os::unix::fs::FileTypeExt as _;
use std::pin::Pin;
use std::process::Command;
use std::task::Poll;

use tokio::time::timeout;
use verdict::edition;

use crate::child::{LIMIT, Running, binary};
use crate::database::Db;
use crate::http;
use crate::serve::serve;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(an_instance_with_costly_files_answers_and_ends);

/// The most that is read of a file.
const MOST: usize = 1024 * 1024;

/// Files with as many mistakes as fit, by name. If reading took time in their square, each would take minutes.
fn costly() -> Vec<(&'static str, String)> {
    let filled = |part: &str| part.repeat(MOST / part.len());
    let listed = |part: &str| format!("x = [{}]\n", part.repeat((MOST - 16) / part.len()));
    let mut costly = vec![
        ("carriage-returns", filled("\r")),
        ("equals", filled("=")),
        ("brackets", filled("[\n")),
        ("repeated-keys", filled("a = 1\n")),
        (
            "repeated-on-a-line",
            format!("x = {{ {} }}\n", "a = 1, ".repeat(140_000)),
        ),
        ("bad-dates", listed("2026-02-30,")),
        ("bad-dates-by-line", listed("2026-02-30,\n")),
        (
            "bad-escapes",
            format!("x = \"{}\"\n", "\\q".repeat(500_000)),
        ),
        ("lines-of-escapes", filled("x = \"\\q\"\n")),
        (
            "facts",
            format!("[[tools]]\nfacts = [{}]\n", "1,".repeat(500_000)),
        ),
        (
            "reviews",
            format!(
                "[[tools]]\n{}",
                "[[tools.reviews]]\nreviewer = \"x\"\n".repeat(30_000)
            ),
        ),
        ("one-word", format!("{} = 1\n", "x".repeat(MOST - 8))),
    ];
    let unknown = (0..80_000).map(|number| format!("k{number} = 1\n"));
    costly.push(("unknown-keys", unknown.collect()));
    costly
}

fn write_costly(app: &TestApp) -> usize {
    let files = costly();
    std::fs::create_dir_all(app.issues_dir()).unwrap();
    for (name, text) in &files {
        std::fs::write(app.issues_dir().join(format!("{name}.toml")), text).unwrap();
    }
    files.len()
}

/// Opening a pipe for reading blocks until something writes to it.
fn make_pipe(app: &TestApp, slug: &str) {
    let pipe = app.issues_dir().join(format!("{slug}.toml"));
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert!(pipe.metadata().unwrap().file_type().is_fifo());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_full_of_mistakes_are_checked_in_time_that_grows_with_them() {
    let app = TestApp::on(Db::Sqlite).await;
    let count = write_costly(&app);
    let mut check = Running::start(binary().arg("--dir").arg(app.dir.path()).arg("check"));
    let (status, printed) = check.ended().await;
    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(
        printed.contains(&format!("{count} issue files checked")),
        "{printed}"
    );
    assert!(
        printed.contains(" more findings are not shown"),
        "{printed}"
    );
    // The output has a limit too, although a line and a word in it may be a megabyte.
    let longest = printed.lines().map(str::len).max().unwrap();
    assert!(longest < 5_000, "a line of {longest} bytes");
    assert!(printed.len() < count * 200_000, "{} bytes", printed.len());
}

async fn an_instance_with_costly_files_answers_and_ends(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("tea-vs-coffee");
    write_costly(&app);
    make_pipe(&app, "pipe-vs-dream");
    let (mut process, address) = serve(&app, &[]).await;
    for path in ["/healthz", "/", "/readyz"] {
        let url = format!("http://{address}{path}");
        let answer = timeout(LIMIT, http::get(&url)).await.expect("an answer");
        assert_eq!(answer.status, 200, "{path}");
    }
    process.signal("TERM");
    let (status, printed) = process.ended().await;
    assert!(status.success(), "{printed}");
}

/// True if a task yields its thread before it is done.
async fn waits<T>(task: &mut Pin<Box<impl Future<Output = T>>>) -> bool {
    poll_fn(|context| Poll::Ready(task.as_mut().poll(context).is_pending())).await
}

/// On one thread, nothing else happens while a file is read on it.
#[tokio::test]
async fn reading_issue_files_does_not_block_other_tasks() {
    let app = TestApp::on(Db::Sqlite).await;
    write_costly(&app);
    let mut noting = Box::pin(edition::note_corrections(&app));
    assert!(waits(&mut noting).await, "it was read at once");
    assert_eq!(noting.await.unwrap(), 0);
    let mut checking = Box::pin(edition::checked_issue(&app, "equals"));
    assert!(waits(&mut checking).await, "it was read at once");
    assert!(checking.await.is_err());
    let mut choosing = Box::pin(edition::candidates(&app));
    assert!(waits(&mut choosing).await, "it was read at once");
    assert!(choosing.await.unwrap().ready.is_empty());
}

#[tokio::test]
async fn a_pipe_among_the_issues_is_a_finding() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue("tea-vs-coffee");
    make_pipe(&app, "pipe-vs-dream");
    let mut check = Running::start(binary().arg("--dir").arg(app.dir.path()).arg("check"));
    let (status, printed) = check.ended().await;
    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(printed.contains("pipe-vs-dream.toml"), "{printed}");
    assert!(
        printed.contains("it is a pipe or a device, not a file"),
        "{printed}"
    );
    assert!(
        printed.contains("2 issue files checked: 1 error"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_configuration_full_of_addresses_is_read_in_time_that_grows_with_it() {
    for part in ["://", "a://b:c@d ", "password=", "password=x&", "://a"] {
        let app = TestApp::on(Db::Sqlite).await;
        let config = app.dir.path().join("verdict.toml");
        let text = format!("x = {}\n", part.repeat((MOST - 16) / part.len()));
        std::fs::write(&config, text).unwrap();
        let mut check = Running::start(binary().arg("--dir").arg(app.dir.path()).arg("status"));
        let (status, printed) = check.ended().await;
        assert_eq!(status.code(), Some(2), "{printed}");
        assert!(printed.contains("error[syntax]"), "{printed}");
    }
}
