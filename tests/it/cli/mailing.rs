//! What must be fixed before anything is mailed: the example's sender and address, pages that readers can't reach,
//! and sample issues.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use verdict::edition::{self, Decided};

use super::steady;
use crate::child::{Running, binary};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(a_slot_passes_over_samples);

const SLUG: &str = "tea-vs-coffee";
const SAMPLE: &str = "hearsay-desk-vs-tansy-transcribe";
const FROM: &str = "Weekly AI Tool Verdicts <verdicts@example.com>";
const POSTAL: &str = "Weekly AI Tool Verdicts\n1 Example Street\n12345 Example Town";

/// An instance as `verdict init` creates it, with a reader and a ready issue.
fn fresh() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    stdout(&binary().arg("init").arg(dir.path()).output().unwrap());
    std::fs::write(
        dir.path().join("issues/tea-vs-coffee.toml"),
        sample_issue(SLUG),
    )
    .unwrap();
    stdout(&run(
        dir.path(),
        &[],
        &["subscribers", "add", "ada@example.com"],
    ));
    dir
}

fn command(dir: &Path, env: &[(&str, &str)], args: &[&str]) -> Command {
    let mut command = binary();
    command
        .arg("--dir")
        .arg(dir)
        .args(args)
        .envs(env.iter().copied());
    command
}

fn run(dir: &Path, env: &[(&str, &str)], args: &[&str]) -> Output {
    command(dir, env, args).output().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_mailed_from_what_init_wrote() {
    let _steady = steady();
    let app = TestApp::on(Db::Sqlite).await;
    let relay = app.catcher.url();
    let here = ("VERDICT_SMTP_URL", relay.as_str());
    let port = ("VERDICT_WEB_LISTEN", "127.0.0.1:0");
    let dir = fresh();
    for args in [
        &["send", SLUG][..],
        &["serve"],
        &["serve", "--only", "send"],
        &["serve", "--only", "schedule"],
        &["serve", "--only", "web,send"],
    ] {
        let output = run(dir.path(), &[here, port], args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let printed = stderr(&output);
        for key in ["`newsletter.from`", "`newsletter.postal_address`"] {
            assert!(printed.contains(key), "{args:?}: {printed}");
        }
    }
    assert_eq!(
        stdout(&run(dir.path(), &[], &["status"])),
        "Nothing has been sent yet.\n"
    );
    let printed = stdout(&run(dir.path(), &[], &["send", SLUG, "--dry-run"]));
    insta::assert_snapshot!(printed, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    ada@example.com
    It would go to 1 reader. Nothing was written.
    ");

    // One of them is not enough, wherever it is set.
    let own = ("VERDICT_NEWSLETTER_FROM", "Ada <ada@example.org>");
    let printed = stderr(&run(dir.path(), &[here, own], &["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    error: nothing is mailed yet:
    - `newsletter.postal_address` is still the example: write your own, which the law asks for in many countries
    ");
    let street = ("VERDICT_NEWSLETTER_POSTAL_ADDRESS", "Ada, 2 Sample Street");
    let printed = stderr(&run(dir.path(), &[here, street], &["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    error: nothing is mailed yet:
    - `newsletter.from` is still `Weekly AI Tool Verdicts <verdicts@example.com>`, the example: write the address that your mails come from
    ");
    assert!(app.catcher.is_empty());

    // Environment variables count, both ways.
    let output = run(dir.path(), &[here, own, street], &["send", SLUG]);
    stdout(&output);
    insta::assert_snapshot!(stderr(&output), @"warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine");
    assert_eq!(app.catcher.len(), 1);
    let config = dir.path().join("verdict.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(
        &config,
        text.replace("verdicts@example.com", "news@example.com")
            .replace("1 Example Street", "3 Own Street"),
    )
    .unwrap();
    stdout(&run(dir.path(), &[here], &["send", SLUG]));
    for (name, value, key) in [
        ("VERDICT_NEWSLETTER_FROM", FROM, "`newsletter.from`"),
        (
            "VERDICT_NEWSLETTER_POSTAL_ADDRESS",
            POSTAL,
            "`newsletter.postal_address`",
        ),
    ] {
        let output = run(dir.path(), &[here, (name, value)], &["send", SLUG]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).contains(key), "{}", stderr(&output));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_alone_run_with_a_warning() {
    let dir = fresh();
    let port = [("VERDICT_WEB_LISTEN", "127.0.0.1:0")];
    let mut serve = Running::start(&mut command(dir.path(), &port, &["serve", "--only", "web"]));
    serve.line("nothing is mailed yet").await;
    serve.line("newsletter.from").await;
    serve.line("serving").await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_on_this_machine_are_for_a_relay_on_this_machine() {
    let _steady = steady();
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).reader("ada@example.com").await;
    let dir = app.dir.path();
    for elsewhere in ["smtp://192.0.2.1:25", "smtp://mail.example.org"] {
        for args in [&["send", SLUG][..], &["serve", "--only", "send"]] {
            let output = run(dir, &[("VERDICT_SMTP_URL", elsewhere)], args);
            assert_eq!(output.status.code(), Some(2), "{elsewhere} {args:?}");
            let printed = stderr(&output);
            assert!(
                printed.contains("`web.base_url`") && printed.contains("`smtp.url`"),
                "{printed}"
            );
        }
    }
    let output = run(dir, &[], &["send", SLUG]);
    stdout(&output);
    insta::assert_snapshot!(stderr(&output), @"warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine");
    let elsewhere = [("VERDICT_WEB_BASE_URL", "https://news.example.com")];
    let output = run(dir, &elsewhere, &["send", SLUG]);
    stdout(&output);
    assert_eq!(stderr(&output), "");
    // Failed mails are not sent again to a reader who could open nothing.
    let elsewhere = [("VERDICT_SMTP_URL", "smtp://192.0.2.1:25")];
    for args in [
        &["resend", SLUG, "--refused"][..],
        &["settle", SLUG, "--resend"],
    ] {
        let output = run(dir, &elsewhere, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains("`web.base_url`"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn the_sample_is_a_draft_that_no_slot_gets() {
    let dir = fresh();
    let issue = dir.path().join(format!("issues/{SAMPLE}.toml"));
    let text = std::fs::read_to_string(&issue).unwrap();
    assert!(
        text.contains("\nstatus = \"draft\"\n") && text.contains("\nsample = true\n"),
        "{text}"
    );
    let slots = |printed: &str| {
        printed
            .lines()
            .filter(|line| line.contains("09:00  ") && line.contains(SAMPLE))
            .count()
    };
    let printed = stdout(&run(dir.path(), &[], &["calendar"]));
    assert!(printed.contains(&format!("draft: {SAMPLE}")), "{printed}");
    assert_eq!(slots(&printed), 0, "{printed}");
    // Not even when ready.
    std::fs::write(&issue, text.replace("\"draft\"", "\"ready\"")).unwrap();
    let printed = stdout(&run(dir.path(), &[], &["calendar"]));
    assert!(
        printed.contains(&format!("sample: {SAMPLE} (only `verdict demo` sends it)")),
        "{printed}"
    );
    assert_eq!(slots(&printed), 0, "{printed}");
    for args in [&["send", SAMPLE, "--dry-run"][..], &["send", SAMPLE]] {
        let env = [
            ("VERDICT_NEWSLETTER_FROM", "ada@example.org"),
            ("VERDICT_NEWSLETTER_POSTAL_ADDRESS", "Here"),
        ];
        let output = run(dir.path(), &env, args);
        assert_eq!(output.status.code(), Some(2));
        let printed = stderr(&output);
        assert!(
            printed.contains("is a sample") && printed.contains("`sample = true`"),
            "{printed}"
        );
    }
}

async fn a_slot_passes_over_samples(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    let sample = sample_issue("a-sample").replacen("status =", "sample = true\nstatus =", 1);
    app.issue_file("a-sample", &sample);
    let next = async || {
        let slot = edition::next_slot(&app).await.unwrap().unwrap();
        app.clock.set(slot.at);
        edition::decide(&app, &slot).await.unwrap()
    };
    let decided = next().await;
    assert!(matches!(decided, Decided::Empty), "{decided:?}");
    app.issue(SLUG);
    match next().await {
        Decided::Sent(opened) => assert_eq!(opened.edition.slug, SLUG),
        other => panic!("{other:?}"),
    }
}
