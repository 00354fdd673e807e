//! `verdict check`: errors with place, caret and suggestion; exit codes; JSON.

use serde_json::Value;

use super::{Instance, steady};
use crate::test_app::sample_issue;

/// Checks the sample issue with one text replaced; returns the exit code and the output.
fn with(from: &str, to: &str) -> (i32, String) {
    let instance = Instance::new();
    let sample = sample_issue("tea-vs-coffee");
    assert!(sample.contains(from), "{from}");
    instance.file("issues/tea-vs-coffee.toml", sample.replacen(from, to, 1));
    let output = instance.run(&["check"]);
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn each_mistake_has_its_place_a_caret_and_what_would_be_right() {
    for (from, to, message, at) in [
        (
            "reviewer = ",
            "revewer = ",
            "unknown key `revewer`, did you mean `reviewer`?",
            ":15:1",
        ),
        (
            "maker = \"Sample Works\"",
            "maker = 3",
            "`maker` is a number, not a text",
            ":7:9",
        ),
        ("category = \"Writing\"\n", "", "the key `category`", ":5:1"),
        (
            "category = \"Writing\"",
            "category = \"\"",
            "`category` is empty",
            ":8:12",
        ),
        (
            "Beta of tea-vs-coffee\"\nmaker",
            "Alpha  of tea-vs-coffee\"\nmaker",
            "compared with itself",
            ":20:8",
        ),
        (
            "verdict = \"ship\"",
            "verdict = \"shp\"",
            "did you mean `ship`?",
            ":16:11",
        ),
        (
            "reviewer = \"builder\"",
            "reviewer = \"bilder\"",
            "did you mean `builder`?",
            ":15:12",
        ),
        (
            "url = \"https://example.com",
            "url = \"example.com",
            "it must begin with `https://`",
            ":11:7",
        ),
        (
            "status = \"ready\"",
            "status = \"ready\"\nsend_on = 2026-02-30",
            "`2026-02-30` is not a date",
            ":4:11",
        ),
        (
            "status = \"ready\"",
            "status = \"ready\"\nsubject = \"a\\nb\"",
            "must be plain text on one line",
            ":4:13",
        ),
        (
            "price = \"free\"",
            "price = \"fre\"",
            "did you mean `free`?",
            ":10:9",
        ),
    ] {
        let (code, printed) = with(from, to);
        assert_eq!(code, 1, "{to}: {printed}");
        assert!(printed.contains(message), "{message} in {printed}");
        assert!(
            printed.contains(&format!("tea-vs-coffee.toml{at}")),
            "{at} in {printed}"
        );
        assert!(printed.contains('^'), "{printed}");
    }
}

#[test]
fn what_is_too_long_is_refused() {
    for key in ["subject", "preheader"] {
        let (code, printed) = with(
            "status = \"ready\"",
            &format!("status = \"ready\"\n{key} = \"{}\"", "x".repeat(200)),
        );
        assert_eq!(code, 1, "{printed}");
        assert!(printed.contains(&format!("`{key}`")), "{printed}");
    }
}

#[test]
fn a_reviewer_may_speak_once_of_each_tool() {
    let _steady = steady();
    let twice =
        "quote = \"q\"\n[[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = ";
    let (code, printed) = with("quote = ", twice);
    assert_eq!(code, 1);
    insta::assert_snapshot!(printed, @r#"
    error[same-reviewer]: the builder reviews this tool twice
      --> [folder]/issues/tea-vs-coffee.toml:19:12
       |
    15 | reviewer = "builder"
       |            --------- first review here
    ...
    19 | reviewer = "builder"
       |            ^^^^^^^^^ again
       |
       = help: keep one of the two

    1 issue file checked: 1 error
    "#);
}

#[test]
fn a_pick_against_the_panel_is_a_warning() {
    let _steady = steady();
    let (code, printed) = with(
        "status = \"ready\"",
        "status = \"ready\"\npick = \"Beta of tea-vs-coffee\"",
    );
    assert_eq!(code, 0, "{printed}");
    insta::assert_snapshot!(printed, @r#"
    warning[V006]: the panel's winner is `Alpha of tea-vs-coffee`
     --> [folder]/issues/tea-vs-coffee.toml:4:8
      |
    4 | pick = "Beta of tea-vs-coffee"
      |        ^^^^^^^^^^^^^^^^^^^^^^^ the pick is the other one
      |
      = help: 100 % would ship `Alpha of tea-vs-coffee`, 0 % would ship `Beta of tea-vs-coffee`; keep the pick if you mean it

    1 issue file checked: 1 warning
    "#);
}

#[test]
fn letters_that_no_font_has_are_a_warning_that_names_a_package() {
    let _steady = steady();
    // For private use: no font has it.
    let title = "status = \"ready\"\ntitle = \"A \u{10fffd}\"";
    let (code, printed) = with("status = \"ready\"", title);
    assert_eq!(code, 0, "{printed}");
    let printed = printed.replace('\u{10fffd}', "[?]");
    insta::assert_snapshot!(printed, @"
    warning[no-font]: the social card will leave out “[?]”: this machine has no font for that
    --> [folder]/issues/tea-vs-coffee.toml
     = help: install the package fonts-noto-core on the machine that serves the pages

    1 issue file checked: 1 warning
    ");
}

#[test]
fn all_findings_of_a_file_come_in_one_pass_and_as_data() {
    let instance = Instance::new();
    let wrong = sample_issue("tea-vs-coffee")
        .replace("reviewer", "revewer")
        .replace("ship", "shp");
    instance.file("issues/tea-vs-coffee.toml", wrong);
    let output = instance.run(&["check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = findings.as_array().unwrap();
    assert!(findings.len() >= 3, "{findings:?}");
    for finding in findings {
        assert_eq!(finding["severity"], "error");
        assert!(
            finding["path"]
                .as_str()
                .unwrap()
                .ends_with("tea-vs-coffee.toml")
        );
        assert!(finding["line"].as_u64().unwrap() > 1 && finding["column"].as_u64().unwrap() >= 1);
        assert!(!finding["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn the_editors_own_issues_are_clean() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/issues");
    let printed = Instance::new().prints(&["check", folder]);
    assert!(printed.ends_with("no problems found\n"), "{printed}");
}

#[test]
fn an_unreadable_file_exits_with_2() {
    let instance = Instance::new();
    let printed = instance.refuses(&["check", "/no/such/file.toml"]);
    insta::assert_snapshot!(printed, @"error: cannot read /no/such/file.toml: No such file or directory (os error 2)");
}

#[test]
fn text_that_is_not_utf8_is_a_finding() {
    let _steady = steady();
    let instance = Instance::new();
    instance.file(
        "issues/tea-vs-coffee.toml",
        b"status = \"ready\"\nquestion = \"\xff\"\n",
    );
    let output = instance.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r#"
    error[not-utf-8]: the file is not UTF-8
     --> [folder]/issues/tea-vs-coffee.toml:2:13
      |
    2 | question = "?"
      |             ^ byte 0xFF
      |
      = help: save it as UTF-8

    1 issue file checked: 1 error
    "#);
}

/// The size of the HTML that a reader would get, in bytes.
fn html_mailed(instance: &Instance) -> usize {
    let mail = instance.prints(&["render", "tea-vs-coffee", "--to", "ada@example.com"]);
    let message = mail_parser::MessageParser::default().parse(mail.as_bytes());
    message.unwrap().body_html(0).unwrap().len()
}

#[test]
fn a_mail_that_gmail_would_clip_is_refused_with_its_length() {
    let instance = Instance::new();
    instance.prints(&["subscribers", "add", "ada@example.com"]);
    // Each `"` is six bytes of HTML.
    let issue = |length: usize| {
        let fact = format!("'{}',", "\"".repeat(240)).repeat(12);
        let more = format!(
            "facts = [{fact}]\ndescription = '{}'\n#",
            "\"".repeat(length)
        );
        let sample = sample_issue("tea-vs-coffee").replace("description = ", &more);
        instance.file("issues/tea-vs-coffee.toml", sample);
    };
    issue(1_000);
    let length = 1_000 + (100_000 - html_mailed(&instance)) / 12;
    issue(length + 100);
    let output = instance.run(&["check"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    let (_, sizes) = printed.split_once("the mail has ").unwrap();
    let (bytes, rest) = sizes.split_once(" bytes of HTML; ").unwrap();
    assert!(
        rest.starts_with("mail programs cut it off after 100000"),
        "{printed}"
    );

    issue(length - 400);
    let mailed = html_mailed(&instance) + 500 * 12;
    // Votes on the issue before are not in the first mail, and its links are short.
    let more = bytes.parse::<usize>().unwrap() - mailed;
    assert!(more < 2_000, "{bytes} is {more} more than {mailed}");
}

#[test]
fn an_issue_may_not_have_the_name_of_a_digest() {
    for (slug, right) in [
        ("digest-2026-11", "issue-2026-11"),
        ("digest-2026-11-2", "issue-2026-11-2"),
    ] {
        let instance = Instance::new();
        instance.issue(slug).issue("digest-vs-weekly");
        let output = instance.run(&["check"]);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{printed}");
        assert!(
            printed.contains(&format!("issues/{slug}.toml")),
            "{printed}"
        );
        assert!(
            printed.contains(&format!("name it `{right}.toml`")),
            "{printed}"
        );
        assert!(!printed.contains("digest-vs-weekly"), "{printed}");
        let refused = instance.refuses(&["send", slug]);
        assert!(
            refused.contains("is the name of a monthly digest"),
            "{refused}"
        );
        instance.issue(right);
        let planned = instance.prints(&["calendar"]);
        assert!(planned.contains(right), "{planned}");
        assert!(
            planned.contains(&format!("error: {slug} does not check")),
            "{planned}"
        );
    }
}
