//! `verdict demo` as a process: what it prints, and that it leaves no files.

use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::child::{Running, binary_with_tmp, is_empty};
use crate::http;

/// A demo that serves until stopped.
pub(crate) struct Demo {
    pub(crate) process: Running,
    pub(crate) inbox: String,
    pub(crate) site: String,
}

impl Demo {
    /// Starts a demo and waits for its pages.
    pub(crate) async fn start(tmp: &TempDir) -> Self {
        let mut process = Running::start(binary_with_tmp(tmp.path()).arg("demo"));
        let inbox = address(&process.line("The inbox").await);
        let site = address(&process.line("The site").await);
        Self {
            process,
            inbox,
            site,
        }
    }
}

/// The address at the end of a line.
fn address(line: &str) -> String {
    line.split_whitespace().last().unwrap().to_owned()
}

/// How many mails the inbox shows.
async fn mails(demo: &Demo) -> usize {
    http::get(&demo.inbox)
        .await
        .body
        .matches("href=\"/inbox/")
        .count()
}

#[tokio::test]
async fn once_prints_how_many_arrived_and_leaves_no_files() {
    let tmp = TempDir::new().unwrap();
    let mut demo = Running::start(binary_with_tmp(tmp.path()).args(["demo", "--once"]));
    let (status, printed) = demo.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert!(printed.contains("Imported 24 sample readers."), "{printed}");
    assert!(
        printed.contains("24 of 24 mails arrived by SMTP at 127.0.0.1:"),
        "{printed}"
    );
    assert!(is_empty(tmp.path()));
}

#[tokio::test]
async fn two_demos_do_not_disturb_each_other() {
    let tmp = TempDir::new().unwrap();
    let (mut first, mut second) = tokio::join!(Demo::start(&tmp), Demo::start(&tmp));
    assert_ne!(first.site, second.site);
    assert_eq!((mails(&first).await, mails(&second).await), (24, 24));

    let next = format!("{}/next", first.inbox);
    assert_eq!(http::post(&next, "").await.status, 303);
    assert_eq!((mails(&first).await, mails(&second).await), (48, 24));

    assert_eq!(first.process.end_by("INT").await, Some(0));
    assert!(!is_empty(tmp.path()), "the second one's folder stays");
    assert_eq!(mails(&second).await, 24);
    assert_eq!(second.process.end_by("TERM").await, Some(0));
    assert!(is_empty(tmp.path()));
}

#[tokio::test]
async fn stopping_early_leaves_no_files_either() {
    let tmp = TempDir::new().unwrap();
    let mut demo = Running::start(binary_with_tmp(tmp.path()).arg("demo"));
    demo.line("A temporary instance is in").await;
    assert_eq!(demo.end_by("INT").await, Some(0));
    assert!(is_empty(tmp.path()));
}

#[tokio::test]
async fn pressing_the_button_twice_is_no_error() {
    let tmp = TempDir::new().unwrap();
    let demo = Demo::start(&tmp).await;
    let next = format!("{}/next", demo.inbox);
    let (first, second) = tokio::join!(http::post(&next, ""), http::post(&next, ""));
    assert_eq!(
        (first.status, second.status),
        (303, 303),
        "{}{}",
        first.body,
        second.body
    );
    // The second press sent the same issue again or, if it came late, the next one.
    let arrived = mails(&demo).await;
    assert!([48, 72].contains(&arrived), "{arrived} mails");
}

#[tokio::test]
async fn a_port_in_use_is_one_clear_message() {
    let tmp = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut demo = Running::start(binary_with_tmp(tmp.path()).args(["demo", "--listen", &address]));
    let (status, printed) = demo.ended().await;
    assert_eq!(status.code(), Some(2), "{printed}");
    assert!(
        printed.starts_with(&format!("error: cannot listen on {address}: ")),
        "{printed}"
    );
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(is_empty(tmp.path()));
}
