//! `verdict init` and its instance folder: where it may be, its key, its overrides.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{Instance, steady};
use crate::child::binary;
use crate::test_app::{stderr, stdout, verdict};

pub(super) fn listed(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_instance_checks_from_inside_and_from_outside() {
    let home = tempfile::tempdir().unwrap();
    let run = |folder: &Path, args: &[&str]| {
        stdout(&binary().args(args).current_dir(folder).output().unwrap())
    };
    let printed = run(home.path(), &["init", "deep/press"]);
    insta::assert_snapshot!(printed, @"
    Made an instance in deep/press:

      verdict.toml
      .gitignore
      issues/README.md
      issues/hearsay-desk-vs-tansy-transcribe.toml
      issues/.schema.json

    Next: write your newsletter's name, sender, postal address, relay and base_url into deep/press/verdict.toml;
    no mail goes out before that. Then

      verdict --dir deep/press check
      verdict --dir deep/press calendar
      verdict --dir deep/press serve
    ");
    let folder = home.path().join("deep/press");
    assert_eq!(listed(&folder), [".gitignore", "issues", "verdict.toml"]);
    let outside = run(home.path(), &["--dir", "deep/press", "check"]);
    assert_eq!(outside, run(&folder, &["check"]));
    assert_eq!(outside, run(home.path(), &["check", "--dir", "deep/press"]));
    assert_eq!(outside, "1 issue file checked: no problems found\n");
    assert_eq!(run(&folder, &["status"]), "Nothing has been sent yet.\n");
    let calendar = run(&folder, &["calendar"]);
    assert!(
        calendar.contains("draft: hearsay-desk-vs-tansy-transcribe"),
        "{calendar}"
    );
    let key = std::fs::metadata(folder.join("secret.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

#[test]
fn init_overwrites_nothing_and_leaves_nothing_half_done() {
    let _steady = steady();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("press");
    std::fs::create_dir_all(folder.join("issues")).unwrap();
    std::fs::write(folder.join("issues/README.md"), "mine").unwrap();
    let init = || binary().arg("init").arg(&folder).output().unwrap();
    let output = init();
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"error: [folder]/press/issues/README.md already exists; nothing was written");
    assert_eq!(listed(&folder), ["issues"]);
    std::fs::remove_file(folder.join("issues/README.md")).unwrap();

    // Space for the configuration, but not for the issues' README.
    let output = super::disk::with_files_of_at_most(4, binary().arg("init").arg(&folder));
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"error: cannot write [folder]/press/verdict.toml: File too large (os error 27)");
    assert_eq!(listed(&folder), ["issues"]);
    assert_eq!(listed(&folder.join("issues")), [""; 0]);
    stdout(&init());
}

#[test]
fn variables_go_before_the_file_and_are_checked_like_it() {
    let instance = Instance::new();
    let run = |name: &str, value: &str, args: &[&str]| {
        let mut command = binary();
        command.arg("--dir").arg(instance.path()).args(args);
        command.env(name, value).output().unwrap()
    };
    let printed = stdout(&run(
        "VERDICT_SCHEDULE_TIME_ZONE",
        "Asia/Tokyo",
        &["calendar"],
    ));
    assert!(printed.contains("Times are in Asia/Tokyo."), "{printed}");
    let printed = stdout(&run("VERDICT_SCHEDULE_CRON", "0 9 * * fri", &["calendar"]));
    assert!(printed.starts_with("Fri "), "{printed}");
    stdout(&run(
        "VERDICT_STORE_URL",
        "sqlite:elsewhere/list.db",
        &["status"],
    ));
    assert!(instance.path().join("elsewhere/list.db").exists());
    for (name, value, printed) in [
        (
            "VERDICT_SCHEDULE_CRON",
            "61 * * * *",
            "the minute 61 is out of range",
        ),
        (
            "VERDICT_SCHEDULE_TIME_ZONE",
            "Europe/Berln",
            "did you mean `Europe/Berlin`?",
        ),
        (
            "VERDICT_STORE_URL",
            "mysql://localhost/x",
            "not the address of a store",
        ),
        (
            "VERDICT_SMTP_URL",
            "nonsense",
            "not the address of an SMTP server",
        ),
        ("VERDICT_WEB_LISTEN", "localhost", "VERDICT_WEB_LISTEN:1:1"),
    ] {
        let output = run(name, value, &["status"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let refusal = stderr(&output);
        assert!(refusal.starts_with("error["), "{refusal}");
        for printed in [printed, name, "^"] {
            assert!(refusal.contains(printed), "{refusal}");
        }
    }
    let output = run("VERDICT_SECRET", "not a key", &["status"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"error: VERDICT_SECRET is not a key: use 64 hexadecimal digits, as `openssl rand -hex 32` prints them");
}

#[test]
fn an_error_in_the_configuration_is_shown_once_with_its_place() {
    let _steady = steady();
    let instance = Instance::new();
    instance.configure("# connections = 8", "conections = 8");
    let mut refusals = Vec::new();
    for args in [
        &["status"][..],
        &["check"],
        &["calendar"],
        &["serve"],
        &["subscribers", "list"],
    ] {
        refusals.push(instance.refuses(args));
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    insta::assert_snapshot!(refusals[0], @"
    error[unknown-key]: unknown key `conections`, did you mean `connections`?
      --> [folder]/verdict.toml:96:1
       |
    96 | conections = 8
       | ^^^^^^^^^^
       |
       = help: the keys here are `url`, `ca_file`, `timeout`, `connections`, `rate_per_second`, `rate_per_domain`, `mails_per_connection`, `drain`, `on_doubt`, `retry_for`, `bounce_address`, `unsubscribe_address`, `sends_from` and `preflight`
    ");
}

#[test]
fn a_folder_that_is_no_instance_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    for args in [
        &["status"][..],
        &["calendar"],
        &["send", "tea-vs-coffee"],
        &["render", "tea-vs-coffee", "--to", "ada@example.com"],
        &["why", "ada@example.com"],
        &["subscribers", "list"],
        &["serve"],
    ] {
        let output = verdict(dir.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains("run `verdict init"),
            "{}",
            stderr(&output)
        );
    }
    assert_eq!(listed(dir.path()), [""; 0]);
}
