//! Slugs that lead out of `issues/`, for every command that takes one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(no_command_reads_or_writes_outside_the_folder);

/// What would show if the file outside were read.
const SECRET: &str = "Outside of the folder";

/// Every file below a folder, but for the database and its journals.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => {
                found.insert(path);
            }
        }
    }
    found.retain(|path| !path.to_string_lossy().contains("verdict.db"));
    found
}

async fn no_command_reads_or_writes_outside_the_folder(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("tea-vs-coffee").reader("ada@example.com").await;
    app.send("tea-vs-coffee").await;
    let root = app.dir.path();
    let secret = sample_issue("outside").replace("An intro.", SECRET);
    std::fs::write(root.join("outside.toml"), &secret).unwrap();
    std::fs::create_dir(root.join("issues/sub")).unwrap();
    std::fs::write(root.join("issues/sub/inside.toml"), &secret).unwrap();
    // The first one writes what it finds missing, such as the secret key.
    stdout(&app.verdict(&["status"]));
    let before = files(root);
    let mails = app.catcher.len();
    let absolute = root.join("outside").display().to_string();
    for slug in [
        "../outside",
        "../outside.toml",
        "sub/inside",
        "..",
        "",
        "..\\outside",
        "..%2foutside",
        "tea-vs-coffee/../../outside",
        "tea-vs-coffee.toml",
        "tea-vs-coffee\n",
        "\u{202e}outside",
        &absolute,
        &"a".repeat(5_000),
    ] {
        for args in [
            &["new", "Tool A", "Tool B", "--slug", slug][..],
            &["approve", slug, "--as", "Grace"],
            &["send", slug, "--yes"],
            &["send", slug, "--dry-run"],
            &["send", slug, "--test", "ada@example.com"],
            &["render", slug, "--to", "ada@example.com"],
            &["pause", slug],
            &["resume", slug],
            &["cancel", slug],
            &["settle", slug],
            &["settle", slug, "--resend"],
            &["resend", slug, "--refused"],
            &["compact", slug],
            &["status", slug],
            &["report", slug],
            &["report", slug, "--html"],
        ] {
            let output = app.verdict(args);
            let (printed, why) = (String::from_utf8_lossy(&output.stdout), stderr(&output));
            assert_eq!(output.status.code(), Some(2), "{args:?}: {printed}{why}");
            assert!(why.contains("error: "), "{args:?}: {why}");
            assert!(!why.contains("panicked"), "{args:?}: {why}");
            let shown = format!("{printed}{why}");
            assert!(
                !shown.contains(SECRET) && !shown.contains("Alpha of outside"),
                "{args:?}: {shown}"
            );
            assert!(!shown.contains('\u{202e}'), "{args:?}: {shown}");
        }
    }
    // These take files by design; a slug of theirs stays in the folder.
    for slug in ["../outside", "sub/inside", "sub/../../outside", ""] {
        for command in ["preview", "check"] {
            let output = app.verdict(&[command, slug]);
            assert_eq!(output.status.code(), Some(2), "{command} {slug}");
            let why = stderr(&output);
            assert!(!why.contains(SECRET), "{command} {slug}: {why}");
        }
    }
    assert_eq!(files(root), before);
    assert_eq!(app.catcher.len(), mails);
}
