//! `verdict new` and what helps to write an issue: the schema, the manual pages, completions.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use chrono::{Days, NaiveDate};
use insta::Settings;

use super::init::listed;
use super::{Instance, steady};
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(the_name_of_an_edition_is_not_given_again);

const NEW: [&str; 3] = ["new", "Tool A", "Tool B"];

fn issue_text(instance: &Instance, slug: &str) -> String {
    std::fs::read_to_string(instance.path().join(format!("issues/{slug}.toml"))).unwrap()
}

fn send_on(instance: &Instance, slug: &str) -> NaiveDate {
    let text = issue_text(instance, slug);
    let mut lines = text.lines();
    let date = lines.find_map(|line| line.strip_prefix("send_on = "));
    date.unwrap().parse().unwrap()
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date + Days::new(days)
}

#[test]
fn a_new_issue_is_dated_for_the_next_free_slot_and_checks_but_for_its_placeholders() {
    let _steady = steady();
    let mut settings = Settings::clone_current();
    settings.add_filter(r"\w{3} \d{4}-\d\d-\d\d", "[date]");
    settings.add_filter(r"\d{4}-\d\d-\d\d", "[date]");
    let _dates = settings.bind_to_scope();
    let instance = Instance::new();
    insta::assert_snapshot!(instance.prints(&NEW), @"
    Wrote [folder]/issues/tool-a-vs-tool-b.toml, a draft for [date] 09:00 (UTC).
    Next: `verdict --dir [folder] check [folder]/issues/tool-a-vs-tool-b.toml` lists what is still to be written, and
    `verdict --dir [folder] preview [folder]/issues/tool-a-vs-tool-b.toml` shows the mail while you write.
    ");
    // No store and no key were made.
    assert_eq!(
        listed(instance.path()),
        [".gitignore", "issues", "verdict.toml"]
    );
    assert_eq!(
        listed(&instance.path().join("issues")),
        [".schema.json", "README.md", "tool-a-vs-tool-b.toml"]
    );
    let text = issue_text(&instance, "tool-a-vs-tool-b");
    insta::assert_snapshot!("a_new_issue", text);
    assert!(text.starts_with("#:schema ./.schema.json\n"));

    // The calendar shows the same slot.
    let first = send_on(&instance, "tool-a-vs-tool-b");
    let calendar = instance.prints(&["calendar"]);
    assert!(
        calendar.contains(&format!("Tue {first} 09:00")),
        "{calendar}"
    );
    assert!(
        calendar.contains("tool-a-vs-tool-b does not check") || calendar.contains("draft: tool-a")
    );

    let findings = instance.rejects(&["check", "--json"]);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&findings).unwrap();
    let found = findings.iter().map(|one| one["line"].as_u64().unwrap());
    let unwritten = (1..).zip(text.lines()).filter(|(_, line)| {
        let is_comment = line.starts_with('#');
        line.contains("TODO") && !is_comment
    });
    let (found, unwritten): (BTreeSet<u64>, BTreeSet<u64>) = (
        found.collect(),
        unwritten.map(|(number, _)| number).collect(),
    );
    assert_eq!(
        found, unwritten,
        "`check` names what is still to be written"
    );

    // The next one follows, and one with a date of its own keeps it.
    instance.prints(&["new", "Tool C", "Tool D"]);
    assert_eq!(send_on(&instance, "tool-c-vs-tool-d"), later(first, 7));
    let day = later(first, 16).to_string();
    instance.prints(&["new", "Tool E", "Tool F", "--send-on", &day]);
    assert_eq!(send_on(&instance, "tool-e-vs-tool-f"), later(first, 16));
    instance.prints(&["new", "Tool G", "Tool H"]);
    assert_eq!(send_on(&instance, "tool-g-vs-tool-h"), later(first, 21));
}

#[test]
fn a_date_that_no_slot_takes_is_a_warning() {
    let _steady = steady();
    let instance = Instance::new();
    instance.prints(&NEW);
    let first = send_on(&instance, "tool-a-vs-tool-b").to_string();
    for (tool, day) in [("C", "2001-01-01"), ("D", first.as_str())] {
        let output = instance.run(&["new", tool, "Tool", "--send-on", day]);
        assert_eq!(output.status.code(), Some(0));
        let slug = format!("{}-vs-tool", tool.to_lowercase());
        assert_eq!(send_on(&instance, &slug).to_string(), day);
        // Of two with one date, the first by slug goes out.
        let warned = stderr(&output).contains("and no slot takes it");
        assert_eq!(warned, day == "2001-01-01", "{output:?}");
    }
    let output = instance.run(&["new", "Z", "Tool", "--send-on", &first]);
    assert!(stderr(&output).contains(&format!("dated {first}, and no slot takes it")));
    for day in ["tomorrow", "2026-2-1", "+12026-01-01", "2026-02-30"] {
        let refused = instance.refuses(&["new", "X", "Y", "--send-on", day]);
        assert!(refused.contains("expected a day such as"), "{refused}");
    }
}

#[test]
fn a_new_issue_replaces_nothing_and_stays_in_its_folder() {
    let _steady = steady();
    let instance = Instance::new();
    instance.file("issues/tool-a-vs-tool-b.toml", "mine");
    insta::assert_snapshot!(instance.refuses(&NEW), @"error: [folder]/issues/tool-a-vs-tool-b.toml already exists: choose another name with `--slug`");
    assert_eq!(issue_text(&instance, "tool-a-vs-tool-b"), "mine");
    insta::assert_snapshot!(instance.refuses(&["new", "Tool", "TOOL"]), @"error: there can be no such issue: `TOOL` is compared with itself");
    insta::assert_snapshot!(instance.refuses(&["new", "Tool", "通义"]), @"error: no file name can be made of `通义`, which has no letter from a to z and no digit: choose a name with `--slug`");
    insta::assert_snapshot!(instance.refuses(&["new", "Tool", "B", "--slug", "../verdict"]), @"error: `../verdict` cannot be the name of an issue's file: use lower-case letters from a to z, digits and single hyphens, at most 80 in all");
    insta::assert_snapshot!(instance.refuses(&["new", "Tool\u{1b}[2J", "B"]), @"error: there can be no such issue: `name` must be plain text");
    let only = ["README.md", "tool-a-vs-tool-b.toml"];
    let there = || {
        let names = listed(&instance.path().join("issues"));
        names
            .into_iter()
            .filter(|name| name != ".schema.json")
            .collect::<Vec<_>>()
    };
    assert_eq!(there(), only);
    instance.prints(&["new", "../../Tool", "/etc/\"B\"", "--slug", "a-tool"]);
    instance.prints(&["new", "../../Tool", "/etc/\"B\""]);
    assert_eq!(
        there(),
        [
            "README.md",
            "a-tool.toml",
            "tool-a-vs-tool-b.toml",
            "tool-vs-etc-b.toml"
        ]
    );

    // A full disk leaves no part of a file.
    let mut command = binary();
    command
        .arg("--dir")
        .arg(instance.path())
        .args(["new", "Full", "Disk"]);
    let output = super::disk::with_files_of_at_most(1, &command);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write"), "{output:?}");
    assert_eq!(there().len(), 4);
}

async fn the_name_of_an_edition_is_not_given_again(db: Db) {
    let app = TestApp::on(db).await;
    app.issue_file("tea-vs-coffee", &sample_issue("tea-vs-coffee"));
    stdout(&app.verdict(&["subscribers", "add", "reader@example.com"]));
    stdout(&app.verdict(&["send", "tea-vs-coffee"]));
    std::fs::remove_file(app.dir.path().join("issues/tea-vs-coffee.toml")).unwrap();
    let output = app.verdict(&["new", "Tea", "Coffee"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"error: there is an edition `tea-vs-coffee`, and no issue is sent twice: choose another name with `--slug`");
    stdout(&app.verdict(&["new", "Tea", "Coffee", "--slug", "tea-vs-coffee-again"]));
}

#[test]
fn a_store_that_cannot_be_opened_only_warns() {
    let instance = Instance::new();
    std::fs::create_dir_all(instance.path().join("subscribers")).unwrap();
    instance.file("subscribers/verdict.db", "not a database, but some text");
    let output = instance.run(&NEW);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let warned = stderr(&output);
    assert!(warned.contains("so the slot may be taken"), "{warned}");
    assert!(
        instance
            .path()
            .join("issues/tool-a-vs-tool-b.toml")
            .exists()
    );
}

#[test]
fn the_schema_knows_the_panel_and_is_kept_up_to_date() {
    let instance = Instance::new();
    let beside = || std::fs::read_to_string(instance.path().join("issues/.schema.json")).unwrap();
    let printed = instance.prints(&["schema"]);
    assert_eq!(printed, beside());
    instance.configure("# panel_roles = [", "panel_roles = [");
    let with_teacher = instance.prints(&["schema"]);
    assert!(with_teacher.contains("\"teacher\"") && !printed.contains("\"teacher\""));
    instance.prints(&NEW);
    assert_eq!(with_teacher, beside());
    let text = issue_text(&instance, "tool-a-vs-tool-b");
    assert_eq!(text.matches("reviewer = \"teacher\"").count(), 2);
    // Without an instance, it is that of the format.
    let elsewhere = tempfile::tempdir().unwrap();
    let output = binary()
        .arg("schema")
        .current_dir(elsewhere.path())
        .output();
    assert_eq!(stdout(&output.unwrap()), printed);
}

#[test]
fn manual_pages_and_completions_name_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    let run = |args: &[&str]| stdout(&binary().args(args).output().unwrap());
    let page = run(&["man"]);
    assert!(page.contains(".TH verdict 1"), "{page}");
    run(&["man", pages.to_str().unwrap()]);
    for name in ["verdict", "verdict-new", "verdict-subscribers-import"] {
        assert!(pages.join(format!("{name}.1")).exists(), "{name}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]);
        assert!(
            script.contains("subscribers") && script.contains("dry-run"),
            "{shell}"
        );
    }
    let script = folder.path().join("verdict.bash");
    std::fs::write(&script, run(&["completions", "bash"])).unwrap();
    let offered = Command::new("bash")
        .args(["-c", "source \"$0\"; COMP_WORDS=(verdict ne); COMP_CWORD=1; _verdict verdict ne verdict; echo \"${COMPREPLY[@]}\""])
        .arg(Path::new(&script))
        .output()
        .unwrap();
    assert_eq!(stdout(&offered), "new\n");
}
