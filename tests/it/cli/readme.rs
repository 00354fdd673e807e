//! The README's commands, run as written.

use std::path::Path;
use std::process::Command;

use crate::database::Db;
use crate::test_app::{TestApp, sample_issue};

const README: &str = include_str!("../../../README.md");

/// The lines of the README's shell blocks that run `verdict`, in order.
fn commands() -> Vec<String> {
    let mut inside = false;
    let mut commands = Vec::new();
    for line in README.lines().map(str::trim) {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && line.contains("verdict ") && !line.contains("cargo ") {
            commands.push(line.replace("target/release/verdict", "verdict"));
        }
    }
    commands
}

/// Runs one line in a shell, with the binary under test as `verdict`.
fn shell(line: &str, dir: &Path) -> (Option<i32>, String) {
    let binary = Path::new(env!("CARGO_BIN_EXE_verdict")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(dir)
        .env("PATH", format!("{}:{path}", binary.display()))
        .output()
        .unwrap();
    let printed = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code(), printed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_of_the_guides_works_in_order() {
    let app = TestApp::on(Db::Sqlite).await;
    let home = tempfile::tempdir().unwrap();
    let operators = home.path().join("srv");
    let editors = home.path().join("my-newsletter");
    let commands = commands();
    assert!(commands.len() >= 9, "{commands:?}");
    shell(
        &format!("verdict init {}", operators.display()),
        home.path(),
    );
    for folder in [&operators, &editors] {
        if folder == &editors {
            shell("verdict init my-newsletter", home.path());
        }
        let issue = folder.join("issues/tea-vs-coffee.toml");
        std::fs::write(issue, sample_issue("tea-vs-coffee")).unwrap();
        let config = folder.join("verdict.toml");
        let text = std::fs::read_to_string(&config).unwrap();
        std::fs::write(
            config,
            text.replace("smtp://localhost:25", &app.catcher.url())
                .replace("verdicts@example.com", "weekly@example.org")
                .replace("1 Example Street", "1 Sample Street"),
        )
        .unwrap();
        std::fs::write(folder.join("list.csv"), "email\nreader@example.com\n").unwrap();
    }
    for command in commands {
        // `init` was run above, and `serve` and `preview` do not end by themselves.
        let is_endless = command.ends_with("serve") || command.contains("verdict preview");
        if command.contains("verdict init") || is_endless {
            continue;
        }
        let line = command.replace("/srv/verdict", operators.to_str().unwrap());
        let (code, printed) = shell(
            &line,
            if command.contains("/srv/") {
                &operators
            } else {
                &editors
            },
        );
        assert_eq!(code, Some(0), "{line}\n{printed}");
    }
    assert_eq!(app.catcher.for_recipient("reader@example.com").len(), 1);
}
