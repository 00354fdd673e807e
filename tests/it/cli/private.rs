//! Files with addresses are readable by their owner alone, whatever the umask.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Instance;
use crate::child::Running;
use crate::database::Db;
use crate::test_app::{TestApp, sample_issue, stderr};

/// The binary behind a shell that sets the umask first.
fn with_umask(umask: &str, dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "umask $0; exec \"$@\"", umask])
        .arg(env!("CARGO_BIN_EXE_verdict"))
        .arg("--dir")
        .arg(dir)
        .args(args)
        .env_remove("VERDICT_SECRET");
    command
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// The files of a folder whose names begin with `start`, with their modes.
fn modes(folder: &Path, start: &str) -> Vec<(String, u32)> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path());
    let mut found: Vec<(String, u32)> = entries
        .map(|path: PathBuf| {
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                mode(&path),
            )
        })
        .filter(|(name, _)| name.starts_with(start))
        .collect();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_exports_and_rejected_rows_are_their_owners_alone() {
    for umask in ["000", "022", "077"] {
        let instance = Instance::new();
        let run = |args: &[&str], code| {
            let output = with_umask(umask, instance.path(), args).output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{output:?}");
        };
        let list = instance.file("list.csv", "email\nada@example.com\nno-at-sign\n");
        // A report of an earlier import, readable by everyone.
        let report = instance.file("list.csv.rejected.csv", "old");
        set_mode(Path::new(&report), 0o666);
        run(&["subscribers", "import", &list, "--confirmed"], 1);
        let out = instance.path().join("out.csv");
        run(&["subscribers", "export", out.to_str().unwrap()], 0);
        for file in [Path::new(&report), &out] {
            assert_eq!(mode(file), 0o600, "{} under {umask}", file.display());
        }
        // While a process has it open, the log and its index are beside the database.
        instance.configure("# listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"");
        let mut serve = Running::start(&mut with_umask(
            umask,
            instance.path(),
            &["serve", "--only", "web"],
        ));
        serve.line("serving").await;
        let wanted = ["verdict.db", "verdict.db-shm", "verdict.db-wal"];
        assert_eq!(
            modes(&instance.path().join("subscribers"), "verdict.db"),
            wanted.map(|name| (name.to_owned(), 0o600)),
            "under {umask}"
        );
        assert_eq!(serve.end_by("TERM").await, Some(0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_senders_lock_is_its_owners_alone() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue_file("tea-vs-coffee", &sample_issue("tea-vs-coffee"));
    app.reader("ada@example.com").await;
    app.send("tea-vs-coffee").await;
    let lock = ("verdict.db.sender".to_owned(), 0o600);
    assert!(modes(app.dir.path(), "verdict.db").contains(&lock));
}

#[test]
fn a_report_of_rejected_rows_may_go_to_a_device() {
    let instance = Instance::new();
    let list = instance.file("list.csv", "email\nno-at-sign\n");
    let before = mode(Path::new("/dev/null"));
    instance.rejects(&["subscribers", "import", &list, "--rejected", "/dev/null"]);
    assert_eq!(mode(Path::new("/dev/null")), before);
}

#[test]
fn a_database_that_others_can_read_is_warned_about_by_every_command() {
    let instance = Instance::new();
    instance.issue("tea-vs-coffee");
    instance.prints(&["subscribers", "add", "ada@example.com"]);
    let database = instance.path().join("subscribers/verdict.db");
    for exposed in [0o644, 0o640, 0o604] {
        set_mode(&database, exposed);
        for args in [
            &["subscribers", "list"][..],
            &["status"],
            &["calendar"],
            &["why", "ada@example.com"],
            &["send", "tea-vs-coffee", "--dry-run"],
        ] {
            let output = instance.run(args);
            assert!(output.status.success(), "{output:?}");
            let printed = stderr(&output);
            assert!(
                printed.starts_with("warning[exposed-database]"),
                "{args:?}: {printed}"
            );
            assert!(printed.contains("can be read by others"), "{printed}");
        }
    }
    // The advice, followed as printed.
    let printed = stderr(&instance.run(&["status"]));
    let advice = printed.split('`').nth(1).unwrap();
    assert!(advice.starts_with("chmod 600 "), "{printed}");
    let ran = Command::new("sh").args(["-c", advice]).status().unwrap();
    assert!(ran.success(), "{advice}");
    assert_eq!(stderr(&instance.run(&["status"])), "");
}
