//! A full disk and closed output: one clear message, nothing half-done. A limit on the size of files simulates the
//! full disk: it needs no rights, and a write beyond it fails in the same places.

use std::fs::File;
use std::process::{Command, Output, Stdio};

use super::{Instance, steady};
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, stderr, stdout};

/// Runs a command that can write no file longer than this many KiB.
pub(crate) fn with_files_of_at_most(kib: u64, command: &Command) -> Output {
    // A POSIX shell counts in 512 octets. Ignoring the signal leaves the error.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", kib * 2);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script);
    shell.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let output = shell.output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{output:?}");
    output
}

fn on(instance: &Instance, args: &[&str]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(instance.path()).args(args);
    command
}

/// Runs with standard output redirected.
fn printing_to(target: impl Into<Stdio>, mut command: Command) -> Output {
    let child = command.stdout(target).stderr(Stdio::piped()).spawn();
    let output = child.unwrap().wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{output:?}");
    output
}

/// A pipe whose reader is closed.
fn closed_pipe() -> std::io::PipeWriter {
    std::io::pipe().unwrap().1
}

#[test]
fn an_import_that_does_not_fit_leaves_whole_batches_and_can_be_run_again() {
    let instance = Instance::new();
    instance.prints(&["subscribers", "list"]);
    let rows = 45_000;
    let mut list = String::from("email\n");
    for number in 0..rows {
        list += &format!("reader-{number}@example.com\n");
    }
    let file = instance.file("list.csv", list);
    let args = ["subscribers", "import", &file, "--confirmed"];
    let output = with_files_of_at_most(6000, &on(&instance, &args));
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let printed = stderr(&output);
    assert!(printed.starts_with("error: cannot import "), "{printed}");
    assert_eq!(printed.lines().count(), 1, "{printed}");
    let kept = instance.prints(&["subscribers", "list"]).lines().count();
    assert!(kept < rows && kept.is_multiple_of(20_000), "{kept}");
    instance.prints(&args);
    assert_eq!(
        instance.prints(&["subscribers", "list"]).lines().count(),
        rows
    );
}

#[test]
fn an_export_that_does_not_fit_leaves_no_file() {
    let _steady = steady();
    let instance = Instance::new();
    let mut list = String::from("email\n");
    for number in 0..5_000 {
        list += &format!("reader-{number}@example.com\n");
    }
    let file = instance.file("list.csv", list);
    instance.prints(&["subscribers", "import", &file]);
    let out = instance.path().join("out.csv");
    let args = ["subscribers", "export", out.to_str().unwrap()];
    let output = with_files_of_at_most(100, &on(&instance, &args));
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let printed = stderr(&output);
    insta::assert_snapshot!(printed, @"error: cannot write [folder]/out.csv: File too large (os error 27)");
    assert!(!out.exists());
    instance.prints(&args);
    assert_eq!(std::fs::read_to_string(out).unwrap().lines().count(), 5_001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_cannot_be_written_is_not_left_half_written() {
    let _steady = steady();
    // On PostgreSQL the key is the only file.
    let app = TestApp::on(Db::Postgres).await;
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(
        app.dir.path().join("verdict.toml"),
        dir.path().join("verdict.toml"),
    )
    .unwrap();
    let mut command = binary();
    command.arg("--dir").arg(dir.path()).arg("status");
    let output = with_files_of_at_most(0, &command);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    insta::assert_snapshot!(stderr(&output), @"error: cannot read or make [folder]/secret.key: File too large (os error 27)");
    assert!(!dir.path().join("secret.key").exists());
}

#[test]
fn output_that_is_closed_early_is_no_failure() {
    let instance = Instance::new();
    instance.issue("tea-vs-coffee");
    instance.prints(&["subscribers", "add", "ada@example.com"]);
    let every_minute = [
        "schedule",
        "next",
        "--cron",
        "* * * * *",
        "--zone",
        "UTC",
        "--after",
        "2026-01-01T00:00:00Z",
        "--count",
        "100000",
    ];
    for args in [
        &["status"][..],
        &["calendar"],
        &["check"],
        &["check", "--json"],
        &["subscribers", "list"],
        &["subscribers", "export"],
        &["why", "ada@example.com"],
        &["render", "tea-vs-coffee", "--to", "ada@example.com"],
        &["send", "tea-vs-coffee", "--dry-run"],
        &every_minute,
    ] {
        let output = printing_to(closed_pipe(), on(&instance, args));
        assert_eq!(stderr(&output), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_with_closed_output_still_sends() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue("tea-vs-coffee").readers(5).await;
    let send = || {
        let mut command = binary();
        command
            .arg("--dir")
            .arg(app.dir.path())
            .args(["send", "tea-vs-coffee"])
            .env("VERDICT_WEB_BASE_URL", "https://news.example.com");
        command
    };
    let output = printing_to(closed_pipe(), send());
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(0), "")
    );
    assert_eq!(app.catcher.len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_send_reports_it_even_with_closed_output() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue("tea-vs-coffee").readers(5).await;
    app.catcher.stop().await;
    let mut send = binary();
    send.arg("--dir")
        .arg(app.dir.path())
        .args(["send", "tea-vs-coffee"]);
    let output = printing_to(closed_pipe(), send);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot be used"),
        "{}",
        stderr(&output)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_does_not_fit_is_a_failure() {
    let instance = Instance::new();
    instance.prints(&["subscribers", "add", "ada@example.com"]);
    for args in [
        &["status"][..],
        &["check"],
        &["subscribers", "list"],
        &["subscribers", "export"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = printing_to(full, on(&instance, args));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains("No space left"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn an_error_that_cannot_be_printed_still_has_its_exit_code() {
    let instance = Instance::new();
    let mut command = on(&instance, &["why", "nobody@example.com"]);
    let status = command
        .stdout(Stdio::piped())
        .stderr(closed_pipe())
        .status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
fn a_list_on_a_disk_without_room_is_refused_and_works_afterwards() {
    let instance = Instance::new();
    let output = with_files_of_at_most(16, &on(&instance, &["subscribers", "list"]));
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(!instance.path().join("secret.key").exists());
    let output = on(&instance, &["subscribers", "add", "ada@example.com"])
        .output()
        .unwrap();
    assert_eq!(stdout(&output), "ada@example.com: added\n");
}
