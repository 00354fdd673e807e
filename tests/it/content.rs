//! `verdict check` on content: one file for each mistake, with that finding alone.

mod dates;
mod links;
mod look;
mod page;

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use verdict::issue::content::{Needs, RULES};

use crate::child::binary;
use crate::test_app::stdout;

const GOOD: &str = include_str!("content/good.toml");

/// Each rule with an edit that breaks it, and the line and column of the finding.
const MISTAKES: [(&str, &str, &str, (u64, u64)); 24] = [
    (
        "V001",
        "Notes in plain files on",
        "TODO: what does it do on",
        (13, 12),
    ),
    ("V001", "Only one* asks", "Only one* asks TK", (6, 43)),
    (
        "V001",
        "I deleted the",
        "Lorem ipsum dolor. I deleted the",
        (30, 10),
    ),
    ("V001", "Both keep notes.", "Hi {{ name }}!", (6, 13)),
    ("V001", "Four people", "%FIRSTNAME%, four people", (5, 64)),
    (
        "V001",
        "Nothing to export",
        "*|FNAME|*, nothing to export",
        (25, 44),
    ),
    ("V001", "Works without", "[[name]] works without", (19, 4)),
    (
        "V006",
        "pick = \"Fernwood 2\"",
        "pick = \"Larkspur\"",
        (7, 8),
    ),
    ("V007", "Larkspur keeps notes", LONG, (9, 1)),
    ("V008", "verdict = \"skip\"", "verdict = \"ship\"", (32, 1)),
    (
        "V009",
        "\"Works without",
        "\"3 times faster without",
        (19, 4),
    ),
    (
        "V009",
        ", source = \"https://fernwood.example.com/speed\"",
        "",
        (18, 19),
    ),
    ("V010", "Nobody had to install", LONG_QUOTE, (50, 610)),
    (
        "V011",
        "who keeps your notes?",
        "which one of these two keeps your notes?",
        (3, 70),
    ),
    (
        "V012",
        "One lives in plain files, the other in a browser. Four people tried both.",
        "One has files.",
        (5, 13),
    ),
    ("V012", "Four people tried both.", LONG_PREHEADER, (5, 154)),
    (
        "V013",
        "One lives",
        "Fernwood 2 or Larkspur, who keeps your notes. One lives",
        (5, 13),
    ),
    ("V014", "Both keep notes.", "Both keep <b>notes.", (6, 20)),
    (
        "V014",
        "Larkspur keeps",
        "# Larkspur\\n\\nLarkspur keeps",
        (39, 16),
    ),
    (
        "V020",
        "status",
        "allow = [\"V010: a poem\"]\nstatus",
        (2, 10),
    ),
    ("V020", "status", "allow = [\"V010\"]\nstatus", (2, 10)),
    (
        "V020",
        "status",
        "allow = [\"V099: why not\"]\nstatus",
        (2, 10),
    ),
    (
        "V020",
        "status",
        "allow = [\"long-quote: a poem\"]\nstatus",
        (2, 10),
    ),
    (
        "V020",
        "status",
        "allow = [\"V020: why not\"]\nstatus",
        (2, 10),
    ),
];

const LONG: &str = "Larkspur keeps notes. It keeps them on servers of its own, it keeps them in order, \
    it keeps them when you leave, it keeps them when you come back, and it keeps telling you so. \
    It also keeps your friends' notes, your colleagues' notes, and whatever was in the document \
    that you dropped on it by mistake. It keeps each version of each of them, and a list of who \
    opened which, and it shows it to all the others who did so. \
    It has an answer for everything that a note can be, and asks before it shares any of them, and once more after; \
    it has a page that explains how that works, and a page that explains the page, \
    and when you have read them both you may still ask a person, who answers within a day and links to the page that you \
    came from, with kind regards. It keeps notes";

const LONG_QUOTE: &str = "Nobody had to install a thing, and nobody had to learn a thing, and so nobody asked me a \
    thing, which is the first time that this has happened in this company, where people ask me things all day. \
    Nobody had to install a thing, and nobody had to learn a thing, and so nobody asked me a thing, which is the \
    first time that this has happened in this company, where people ask me things all day. Nobody had to install a \
    thing, and nobody had to learn a thing, and so nobody asked me a thing, which is the first time that this has \
    happened in this company, where people ask me things all day. Nobody had to install";

const LONG_PREHEADER: &str =
    "Four people tried both for a month, and wrote down what they lost and found. They all agree.";

/// Checks files in a folder of their own, without an instance.
fn check(files: &[(&str, &str)], args: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let issues = dir.path().join("issues");
    std::fs::create_dir(&issues).unwrap();
    for (name, text) in files {
        std::fs::write(issues.join(name), text).unwrap();
    }
    run(dir.path(), args)
}

fn run(dir: &Path, args: &[&str]) -> Output {
    binary()
        .arg("check")
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

/// Each finding in files with its place, such as `a-vs-b.toml:3:10 warning V001`.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let output = check(files, &["--format", "json"]);
    let found: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let found = found.iter().map(|one| {
        let path = word(&one["path"]);
        let name = path.rsplit('/').next().unwrap();
        let (severity, code) = (word(&one["severity"]), word(&one["code"]));
        format!("{name}:{}:{} {severity} {code}", one["line"], one["column"])
    });
    found.collect()
}

fn edited(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    GOOD.replacen(from, to, 1)
}

#[test]
fn the_good_file_has_no_finding() {
    let printed = stdout(&check(&[("a-vs-b.toml", GOOD)], &["--strict"]));
    assert_eq!(printed, "1 issue file checked: no problems found\n");
}

#[test]
fn each_mistake_is_the_only_finding_of_its_file_and_can_be_allowed() {
    for (code, from, to, (line, column)) in MISTAKES {
        let text = edited(from, to);
        assert_eq!(
            findings(&[("a-vs-b.toml", &text)]),
            [format!("a-vs-b.toml:{line}:{column} warning {code}")],
            "{to}"
        );
        let strict = check(&[("a-vs-b.toml", &text)], &["--strict"]);
        assert_eq!(strict.status.code(), Some(1), "{code} {to}");
        if code != "V020" {
            let allowed = format!("allow = [\"{code}: we looked\"]\n{text}");
            let printed = stdout(&check(&[("a-vs-b.toml", &allowed)], &["--strict"]));
            assert!(
                printed.ends_with("no problems found\n"),
                "{code} {to}: {printed}"
            );
        }
    }
}

#[test]
fn every_rule_is_shown_by_a_mistake() {
    let shown = |code: &str| MISTAKES.iter().any(|(shown, ..)| *shown == code);
    // No file breaks the mail of our templates, except by its size: see `look.rs`.
    let of_the_mail = ["V015", "V016", "V017", "V018"];
    for rule in RULES.iter().filter(|rule| rule.needs == Needs::File) {
        assert!(
            shown(rule.code) != of_the_mail.contains(&rule.code),
            "{}",
            rule.code
        );
    }
}

#[test]
fn a_mail_is_large_before_it_is_too_long() {
    let facts = format!("'{}',", "\"".repeat(240)).repeat(10);
    let large = |length: usize| {
        let text = "\"".repeat(length);
        let text = GOOD
            .replace("facts = [", &format!("facts = [{facts}"))
            .replace("description = ", &format!("description = '{text}'\n#"));
        findings(&[("a-vs-b.toml", &text)])
    };
    let mut lengths = (0..40).map(|step| large(2_000 + step * 50));
    let found = lengths.find(|found| !found.is_empty());
    assert_eq!(found.unwrap_or_default(), ["a-vs-b.toml:1:1 warning V015"]);
}

#[test]
fn two_ready_issues_of_one_day_are_found_and_can_be_allowed() {
    let dated = edited("status", "send_on = 2026-12-01\nstatus");
    let both = |second: &str| findings(&[("a-vs-b.toml", &dated), ("c-vs-d.toml", second)]);
    assert_eq!(both(&dated), ["c-vs-d.toml:2:11 warning V004"]);
    assert_eq!(both(&format!("sample = true\n{dated}")), [""; 0]);
    let allowed = "allow = [\"V004: on purpose\"]\n";
    assert_eq!(both(&format!("{allowed}{dated}")), [""; 0]);
    assert_eq!(
        both(&format!("{allowed}{GOOD}")),
        ["c-vs-d.toml:1:10 warning V020"]
    );
}

#[test]
fn what_was_not_checked_may_be_allowed_in_advance() {
    let allowed = "allow = [\"V002: a\", \"V003: b\", \"V005: c\", \"V019: d\"]\n";
    let found = findings(&[("a-vs-b.toml", &format!("{allowed}{GOOD}"))]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_unfinished_draft_has_leftovers_only() {
    let texts = ["intro", "preheader", "description", "quote"];
    let lines = GOOD.lines().map(|line| match line.split_once(" = \"") {
        Some((key, _)) if texts.contains(&key) => format!("{key} = \"TODO\""),
        _ => line
            .replace("\"ready\"", "\"draft\"")
            .replace("\"skip\"", "\"ship\""),
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let found = findings(&[("a-vs-b.toml", &text)]);
    assert_eq!(found.len(), 8, "{found:#?}");
    assert!(found.iter().all(|one| one.ends_with("V001")), "{found:#?}");
}

#[test]
fn any_number_of_warnings_is_no_error() {
    let text = edited("Both keep notes.", &"<b>".repeat(150));
    let output = check(&[("a-vs-b.toml", &text)], &[]);
    assert_eq!(output.status.code(), Some(0));
    let printed = stdout(&output);
    assert!(
        printed.contains("warning[too-many-findings]: 50 more"),
        "{printed}"
    );
}

#[test]
fn findings_read_like_a_compilers() {
    let text = GOOD
        .replace("Notes in plain files on", "TODO on")
        .replace("pick = \"Fernwood 2\"", "pick = \"Larkspur\"")
        .replace(", source = \"https://fernwood.example.com/speed\"", "")
        .replace(
            "who keeps your notes?",
            "which one of these two keeps your notes?",
        );
    let output = check(&[("a-vs-b.toml", &text)], &[]);
    insta::assert_snapshot!(stdout(&output), @r#"
    warning[V011]: a subject of 64 characters is cut off in most mailboxes
     --> issues/a-vs-b.toml:3:70
      |
    3 | title = "Fernwood 2 or Larkspur: which one of these two keeps your notes?"
      |                                                                      ^^^^ 4 past 60
      |
      = help: a phone shows about “Fernwood 2 or Larkspur: which one of the…”: begin with what matters

    warning[V006]: the panel's winner is `Fernwood 2`
     --> issues/a-vs-b.toml:7:8
      |
    7 | pick = "Larkspur"
      |        ^^^^^^^^^^ the pick is the other one
      |
      = help: 100 % would ship `Fernwood 2`, 50 % would ship `Larkspur`; keep the pick if you mean it

    warning[V001]: `TODO` is left in `tagline`
      --> issues/a-vs-b.toml:13:12
       |
    13 | tagline = "TODO on your own disk"
       |            ^^^^ still to be written

    warning[V009]: “20,000” has no source
      --> issues/a-vs-b.toml:18:19
       |
    18 |   { text = "Opens 20,000 notes in a second" },
       |                   ^^^^^^ where does this figure come from?
       |
       = help: write `{ text = "…", source = "https://…" }`, so that readers can look it up

    1 issue file checked: 4 warnings
    "#);
}

#[test]
fn github_gets_commands_and_json_the_same_by_either_name() {
    let text = edited("Notes in plain files on", "TODO: 100 % on");
    let files = [("a-vs-b.toml", text.as_str()), ("A.toml", GOOD)];
    let output = check(&files, &["--format", "github"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @"
    ::error file=issues/A.toml,title=file-name::an issue's file name is lower-case letters, digits and single hyphens, at most 80 of them, then `.toml`%0Aname it `a.toml`
    ::warning file=issues/a-vs-b.toml,line=13,col=12,title=V001 leftover::`TODO` is left in `tagline`%0Astill to be written
    ");
    let files = [("a-vs-b.toml", text.as_str())];
    let json = stdout(&check(&files, &["--format", "json"]));
    assert_eq!(json, stdout(&check(&files, &["--json"])));
    assert!(json.contains("\"V001\""), "{json}");
    let both = check(&files, &["--json", "--format", "text"]);
    assert_eq!(both.status.code(), Some(2));
}
