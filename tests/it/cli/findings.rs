//! `verdict check`: the exact text of a finding, limits to the character, and its arguments.

use serde_json::Value;

use super::{Instance, steady};
use crate::child::binary;
use crate::test_app::{sample_issue, stdout, verdict};

const SLUG: &str = "tea-vs-coffee";

/// Checks the sample issue with more lines at its top; returns the exit code and the output.
fn with_keys(keys: &str) -> (Option<i32>, String) {
    check(&format!("{keys}\n{}", sample_issue(SLUG)))
}

fn check(text: &str) -> (Option<i32>, String) {
    let instance = Instance::new();
    instance.file(&format!("issues/{SLUG}.toml"), text);
    let output = instance.run(&["check"]);
    assert!(output.stderr.is_empty(), "{output:?}");
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn a_finding_reads_like_a_compilers() {
    let instance = Instance::new();
    let text = sample_issue(SLUG).replacen("reviewer", "revewer", 1);
    instance.file(&format!("issues/{SLUG}.toml"), text);
    let output = binary()
        .arg("check")
        .current_dir(instance.path())
        .output()
        .unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r#"
    error[unknown-key]: unknown key `revewer`, did you mean `reviewer`?
      --> issues/tea-vs-coffee.toml:15:1
       |
    15 | revewer = "builder"
       | ^^^^^^^
       |
       = help: the keys here are `reviewer`, `verdict` and `quote`

    1 issue file checked: 1 error
    "#);
}

#[test]
fn limits_hold_to_the_character() {
    for (key, most) in [("title", 120), ("subject", 120), ("preheader", 150)] {
        // Characters, not bytes.
        for letter in ["x", "ü"] {
            let (code, printed) = with_keys(&format!("{key} = \"{}\"", letter.repeat(most)));
            assert_eq!(code, Some(0), "{printed}");
            let (code, printed) = with_keys(&format!("{key} = \"{}\"", letter.repeat(most + 1)));
            assert_eq!(code, Some(1), "{printed}");
            assert!(printed.contains(&format!("`{key}`")), "{printed}");
            assert!(printed.contains(&most.to_string()), "{printed}");
        }
    }
    assert!(
        !with_keys(&format!("subject = \"{}\"", "x".repeat(60)))
            .1
            .contains("warning")
    );
    let (code, printed) = with_keys(&format!("subject = \"{}\"", "x".repeat(61)));
    assert_eq!(code, Some(0));
    assert!(printed.contains("warning[V011]"), "{printed}");
}

#[test]
fn a_line_break_in_what_reaches_a_header_is_refused() {
    for key in ["title", "subject", "preheader"] {
        for escape in [
            "\\r",
            "\\n",
            "\\r\\nBcc: eve@example.com",
            "\\u0000",
            "\\u0085",
            "\\u2028",
        ] {
            let (code, printed) = with_keys(&format!("{key} = \"a{escape}b\""));
            assert_eq!(code, Some(1), "{key} {escape}: {printed}");
            assert!(
                printed.contains(&format!("`{key}` must be plain text")),
                "{printed}"
            );
        }
        let (code, printed) = with_keys(&format!("{key} = \"\"\"a\nb\"\"\""));
        assert_eq!(code, Some(1), "{printed}");
    }
    let name = sample_issue(SLUG).replacen("name = \"Alpha", "name = \"Al\\r\\nBcc: pha", 1);
    let (code, printed) = check(&name);
    assert_eq!(code, Some(1), "{printed}");
    assert!(
        printed.contains(":6:11"),
        "the break itself is pointed at: {printed}"
    );
}

#[test]
fn every_bad_address_of_a_page_is_refused() {
    for url in [
        "",
        "example.com",
        "ftp://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user:secret@example.com/",
        "https://exa mple.com/",
        "mailto:ada@example.com",
    ] {
        let text = sample_issue(SLUG).replacen("https://example.com/tea-vs-coffee", url, 1);
        let (code, printed) = check(&text);
        assert_eq!(code, Some(1), "{url}: {printed}");
        assert!(
            printed.contains(":11:7") || printed.contains(":11:8"),
            "{printed}"
        );
    }
}

#[test]
fn an_address_without_its_slashes_is_refused_with_what_it_means() {
    for (url, right) in [
        ("https:evil.example.net/x", "https://evil.example.net/x"),
        ("https:/evil.example.net/x", "https://evil.example.net/x"),
        ("https:///evil.example.net", "https://evil.example.net/"),
        (
            "https:\\\\\\\\evil.example.net",
            "https://evil.example.net/",
        ),
        (
            "https://evil.example.net\\\\@example.com/",
            "https://evil.example.net/@example.com/",
        ),
        ("HTTP:evil.example.net", "http://evil.example.net/"),
    ] {
        let text = sample_issue(SLUG).replacen("https://example.com/tea-vs-coffee", url, 1);
        let (code, printed) = check(&text);
        assert_eq!(code, Some(1), "{url}: {printed}");
        assert!(
            printed.contains("error[bad-url]") && printed.contains(":11:7"),
            "{printed}"
        );
        assert!(printed.contains(&format!("write `{right}`")), "{printed}");
    }
}

#[test]
fn every_impossible_date_is_refused() {
    for date in [
        "2026-02-30",
        "2026-13-01",
        "2027-02-29",
        "2026-11-31",
        "\"soon\"",
        "20261123",
    ] {
        let (code, printed) = with_keys(&format!("send_on = {date}"));
        assert_eq!(code, Some(1), "{date}: {printed}");
        assert!(printed.contains(":1:11"), "{printed}");
    }
    assert_eq!(with_keys("send_on = 2028-02-29").0, Some(0));
}

#[test]
fn every_mistake_of_a_file_is_found_in_one_pass() {
    let text = sample_issue(SLUG)
        .replacen("question", "qestion", 1)
        .replacen("maker = \"Sample Works\"", "maker = 3", 1)
        .replacen("category = \"Writing\"", "category = \"\"", 1)
        .replacen("price = \"free\"", "price = \"fre\"", 1)
        .replacen("verdict = \"ship\"", "verdict = \"shp\"", 1)
        .replacen("reviewer = \"builder\"", "reviewer = \"bilder\"", 1)
        .replacen("https://example.com", "htps://example.com", 1);
    let (code, printed) = check(&format!("subject = \"{}\"\n{text}", "x".repeat(121)));
    assert_eq!(code, Some(1));
    for place in [
        ":1:132", ":2:1", ":8:9", ":9:12", ":11:9", ":12:7", ":16:12", ":17:11",
    ] {
        assert!(
            printed.contains(&format!("{SLUG}.toml{place}")),
            "{place}: {printed}"
        );
    }
    assert!(
        printed.ends_with("1 issue file checked: 8 errors\n"),
        "{printed}"
    );
}

#[test]
fn files_and_folders_are_checked_together() {
    let _steady = steady();
    let instance = Instance::new();
    std::fs::create_dir(instance.path().join("more")).unwrap();
    let wrong = sample_issue("a-vs-b").replacen("reviewer", "revewer", 1);
    let folder = instance.path().join("more");
    instance.file("more/a-vs-b.toml", &wrong);
    instance.file("more/notes.txt", "no issue");
    instance.file("more/.hidden.toml", "no issue");
    let file = instance.file("c-vs-d.toml", sample_issue("c-vs-d"));
    let output = instance.run(&["check", folder.to_str().unwrap(), &file]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    insta::assert_snapshot!(printed, @r#"
    error[unknown-key]: unknown key `revewer`, did you mean `reviewer`?
      --> [folder]/more/a-vs-b.toml:15:1
       |
    15 | revewer = "builder"
       | ^^^^^^^
       |
       = help: the keys here are `reviewer`, `verdict` and `quote`

    2 issue files checked: 1 error
    "#);
    // The instance's own issues are not checked when others are named.
    insta::assert_snapshot!(instance.prints(&["check", &file]), @"1 issue file checked: no problems found");
    // One unreadable file stops the command, so that a partial result can't pass for a complete one.
    let printed = instance.refuses(&["check", &file, "/no/such/folder"]);
    insta::assert_snapshot!(printed, @"error: cannot read /no/such/folder: No such file or directory (os error 2)");
}

#[test]
fn json_has_everything_that_the_text_shows() {
    let instance = Instance::new();
    assert_eq!(instance.prints(&["check", "--json"]), "[]\n");
    let text = format!("pick = \"Beta of {SLUG}\"\n{}", sample_issue(SLUG));
    instance.file(&format!("issues/{SLUG}.toml"), text);
    let findings: Value = serde_json::from_str(&instance.prints(&["check", "--json"])).unwrap();
    let [finding] = findings.as_array().unwrap().as_slice() else {
        panic!("{findings}")
    };
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["code"], "V006");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&1.into(), &8.into())
    );
    assert_eq!(finding["source_line"], "pick = \"Beta of tea-vs-coffee\"");
    let path = finding["path"].as_str().unwrap();
    assert!(path.ends_with("issues/tea-vs-coffee.toml"), "{path}");
    let help = finding["help"].as_str().unwrap();
    assert!(help.contains("100 % would ship"), "{help}");
}

#[test]
fn roles_of_the_configuration_are_known() {
    let instance = Instance::new();
    let text = sample_issue(SLUG).replace("\"builder\"", "\"teacher\"");
    instance.file(&format!("issues/{SLUG}.toml"), text);
    assert_eq!(instance.run(&["check"]).status.code(), Some(1));
    instance.configure("# panel_roles = ", "panel_roles = ");
    instance.prints(&["check"]);
}

#[test]
fn a_folder_of_issues_needs_no_instance() {
    let dir = tempfile::tempdir().unwrap();
    let issues = dir.path().join("issues");
    std::fs::create_dir(&issues).unwrap();
    std::fs::write(issues.join("a-vs-b.toml"), sample_issue("a-vs-b")).unwrap();
    let printed = stdout(&verdict(dir.path(), &["check"]));
    assert_eq!(printed, "1 issue file checked: no problems found\n");
    assert_eq!(
        std::fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing was made"
    );
}
