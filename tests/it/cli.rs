//! The command line: the real binary on real files.

mod alive;
mod calendar;
mod check;
mod clock;
pub(crate) mod disk;
mod encryption;
mod entry;
mod exchange;
mod failures;
mod findings;
mod import;
mod init;
mod ledger;
mod list;
mod locales;
mod mailing;
mod new;
mod pause;
mod private;
mod readme;
mod recipients;
mod relay;
mod remove;
mod renamed;
mod schedule;
mod settle;
mod terminal;

use std::path::Path;
use std::process::Output;

use insta::Settings;
use insta::internals::SettingsBindDropGuard;
use tempfile::TempDir;

use crate::child::{Running, binary};
use crate::test_app::{TestApp, sample_issue, stdout, verdict};

/// What differs between runs, and its replacement in a snapshot.
const VARYING: [(&str, &str); 4] = [
    (r"(/[\w.-]+)*/\.tmp\w+", "[folder]"),
    (r"\b(127\.0\.0\.1|0\.0\.0\.0):\d+", "$1:[port]"),
    (r"\b[0-9a-f]{16}\b", "[sha256]"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+", "[time]"),
];

/// Makes inline snapshots of this thread match in every run, while the guard lives.
fn steady() -> SettingsBindDropGuard {
    let mut settings = Settings::clone_current();
    for (varying, steady) in VARYING {
        settings.add_filter(varying, steady);
    }
    settings.bind_to_scope()
}

/// Starts the binary on an instance, for a test that acts while it runs.
fn start(app: &TestApp, args: &[&str]) -> Running {
    Running::start(binary().arg("--dir").arg(app.dir.path()).args(args))
}

/// The number after a word of a summary, or 0.
fn count(summary: &str, word: &str) -> usize {
    let mut lines = summary.lines();
    let line = lines.find_map(|line| line.trim_start().strip_prefix(word));
    line.map_or(0, |number| number.trim().parse().unwrap())
}

/// A new instance from `verdict init`, without the sample issue, with its own sender address.
struct Instance {
    dir: TempDir,
}

impl Instance {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        stdout(&verdict(
            dir.path(),
            &["init", dir.path().to_str().unwrap()],
        ));
        std::fs::remove_file(
            dir.path()
                .join("issues/hearsay-desk-vs-tansy-transcribe.toml"),
        )
        .unwrap();
        let instance = Self { dir };
        // Nothing is mailed from the example's address.
        instance.configure("verdicts@example.com", "weekly@example.org");
        instance.configure("1 Example Street", "1 Sample Street");
        // The check before an edition would open a connection of its own.
        instance.configure("# preflight = \"warn\"", "preflight = \"off\"");
        instance
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of the instance.
    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Writes a ready issue.
    fn issue(&self, slug: &str) -> &Self {
        self.file(&format!("issues/{slug}.toml"), sample_issue(slug));
        self
    }

    /// Replaces a text in `verdict.toml`.
    fn configure(&self, from: &str, to: &str) -> &Self {
        let config = std::fs::read_to_string(self.path().join("verdict.toml")).unwrap();
        assert!(config.contains(from), "{from}");
        self.file("verdict.toml", config.replace(from, to));
        self
    }

    fn run(&self, args: &[&str]) -> Output {
        let output = verdict(self.path(), args);
        let printed = String::from_utf8_lossy(&output.stderr);
        assert!(!printed.contains("panicked"), "{printed}");
        output
    }

    /// Standard output of a command that must succeed.
    fn prints(&self, args: &[&str]) -> String {
        stdout(&self.run(args))
    }

    /// Standard output of a command that must exit with 1.
    fn rejects(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard error of a command that must exit with 2.
    fn refuses(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}
