//! Outside input reaches the terminal as text: no escape sequence, no characters that reverse a line.

use std::process::Output;

use super::{Instance, steady};
use crate::test_app::sample_issue;

const SLUG: &str = "tea-vs-coffee";
/// A window title, colours in seven and eight bits, and text direction.
const EVIL: [&str; 4] = ["\u{1b}]0;owned\u{7}", "\u{1b}[31m", "\u{9b}31m", "\u{202e}"];

#[track_caller]
fn is_harmless(output: &Output, what: &str) {
    for stream in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8(stream.clone()).unwrap();
        let bad = printed.chars().find(|c| {
            c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}')
        });
        assert_eq!(bad, None, "{what}: {printed:?}");
    }
}

#[test]
fn an_issue_file_cannot_send_terminal_escapes() {
    for evil in EVIL {
        let escaped: String = evil
            .chars()
            .map(|c| format!("\\u{:04x}", u32::from(c)))
            .collect();
        for (from, to) in [
            ("price = \"free\"", format!("price = \"fr{escaped}\"")),
            ("price = \"free\"", format!("price = \"fr{evil}\"")),
            ("price = \"free\"", format!("\"{escaped}\" = \"free\"")),
            ("price = \"free\"", format!("price = fr{evil}")),
            ("maker = \"Sample Works\"", format!("maker = 3 # {evil}")),
            (
                "reviewer = \"builder\"",
                format!("reviewer = \"{escaped}\""),
            ),
            ("Beta of", format!("Al{evil}pha of")),
        ] {
            let instance = Instance::new();
            let issue = sample_issue(SLUG).replacen(from, &to, 1);
            instance.file(&format!("issues/{SLUG}.toml"), issue);
            for args in [
                &["check"][..],
                &["check", "--json"],
                &["calendar"],
                &["send", SLUG, "--dry-run"],
            ] {
                is_harmless(&instance.run(args), &format!("{args:?} {to:?}"));
            }
        }
    }
}

#[test]
fn a_configuration_cannot_send_terminal_escapes() {
    for evil in EVIL {
        for (from, to) in [
            ("# on_doubt = \"hold\"", format!("on_doubt = \"{evil}\"")),
            ("# connections = 8", format!("\"{evil}\" = 8")),
        ] {
            let instance = Instance::new();
            instance.configure(from, &to);
            is_harmless(&instance.run(&["status"]), &to);
        }
    }
}

#[test]
fn arguments_and_file_names_cannot_send_terminal_escapes() {
    let instance = Instance::new();
    for evil in EVIL {
        let file = instance.file(&format!("a{evil}.toml"), "status = 1");
        for args in [
            &[evil][..],
            &["send", evil],
            &["status", evil],
            &["check", evil],
            &["check", &file],
            &["check", "--json", &file],
            &["why", evil],
            &["why", "--no", evil],
            &[
                "schedule",
                "next",
                "--cron",
                evil,
                "--zone",
                "UTC",
                "--after",
                "2026-11-23T09:00:00Z",
            ],
            &[
                "schedule",
                "next",
                "--cron",
                "0 9 * * 1",
                "--zone",
                evil,
                "--after",
                "2026-11-23T09:00:00Z",
            ],
            &[
                "schedule",
                "next",
                "--cron",
                "0 9 * * 1",
                "--zone",
                "UTC",
                "--after",
                evil,
            ],
            &["init", &format!("{file}/{evil}")],
            &["subscribers", "add", evil],
            &["subscribers", "import", evil],
            &["import", evil, "--as", evil],
        ] {
            is_harmless(&instance.run(args), &format!("{args:?}"));
        }
        // A name on the list, if it is allowed there.
        let name = format!("Ada {evil}");
        let added = instance.run(&["subscribers", "add", "ada@example.com", "--name", &name]);
        is_harmless(&added, "add");
        is_harmless(&instance.run(&["subscribers", "list"]), "list");
    }
}

#[test]
fn a_title_that_displays_differently_is_a_warning() {
    let _steady = steady();
    for (key, at) in [
        ("title", ":1:11"),
        ("subject", ":1:13"),
        ("preheader", ":1:15"),
    ] {
        let instance = Instance::new();
        let issue = format!("{key} = \"a\u{202e}b\"\n{}", sample_issue(SLUG));
        instance.file(&format!("issues/{SLUG}.toml"), issue);
        let printed = instance.prints(&["check"]);
        assert!(
            printed.contains("warning[bidi-control]") && printed.contains("U+202E"),
            "{printed}"
        );
        assert!(printed.contains(&format!("{SLUG}.toml{at}")), "{printed}");
    }
    let instance = Instance::new();
    let issue = sample_issue(SLUG).replacen("Alpha of", "Al\u{2066}pha of", 1);
    instance.file(&format!("issues/{SLUG}.toml"), issue);
    let printed = instance.prints(&["check"]);
    insta::assert_snapshot!(printed, @r#"
    warning[bidi-control]: `name` may not read as it is written
     --> [folder]/issues/tea-vs-coffee.toml:6:11
      |
    6 | name = "Al�pha of tea-vs-coffee"
      |           ^ U+2066 is invisible and changes the direction of the text
      |
      = help: remove it; text in any script is shown in its own direction without it

    1 issue file checked: 1 warning
    "#);
    instance.configure("Weekly AI Tool Verdicts", "Weekly \u{200f}Verdicts");
    let printed = String::from_utf8(instance.run(&["status"]).stderr).unwrap();
    insta::assert_snapshot!(printed, @r#"
    warning[bidi-control]: `name` may not read as it is written
      --> [folder]/verdict.toml:10:16
       |
    10 | name = "Weekly �Verdicts"
       |                ^ U+200F is invisible and changes the direction of the text
       |
       = help: remove it; text in any script is shown in its own direction without it

    warning[bidi-control]: `from` may not read as it is written
      --> [folder]/verdict.toml:30:16
       |
    30 | from = "Weekly �Verdicts <weekly@example.org>"
       |                ^ U+200F is invisible and changes the direction of the text
       |
       = help: remove it; text in any script is shown in its own direction without it
    "#);
}
