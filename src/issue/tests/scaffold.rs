//! New issue files.

use super::schema::parsed;
use super::*;
use crate::findings::Severity;

fn new(a: &str, b: &str) -> Result<Scaffold, Refused> {
    let day = NaiveDate::from_ymd_opt(2026, 12, 1);
    scaffold([a, b], None, day, &Rules::default())
}

#[test]
fn a_new_issue_lacks_only_what_it_marks() {
    let new = new("Tool A", "Tool B").unwrap();
    assert_eq!(new.slug, "tool-a-vs-tool-b");
    let lines: Vec<&str> = new.text.lines().collect();
    assert_eq!(lines[0], format!("#:schema ./{SCHEMA_FILE}"));
    let found = checked(&new.text);
    assert!(found.draft && found.findings.has_errors());
    assert_eq!(found.send_on, NaiveDate::from_ymd_opt(2026, 12, 1));
    for finding in &found.findings {
        let line = lines[finding.line - 1];
        assert!(line.contains("TODO"), "{line}\n{finding:?}");
    }
    let filled = new
        .text
        .replace("url = \"TODO\"", "url = \"https://example.com/\"");
    let filled = filled.replace("price = \"TODO\"", "price = \"free\"");
    let filled = filled.replace("verdict = \"TODO\"", "verdict = \"ship\"");
    let filled = filled.replace("TODO", "Words");
    let issue = checked(&filled).issue.unwrap();
    assert_eq!(
        (issue.slug.as_str(), issue.status),
        ("a-vs-b", Status::Draft)
    );
    for tool in &issue.comparison.tools {
        let reviewers: Vec<_> = tool.reviews.iter().map(|review| &review.reviewer).collect();
        assert_eq!(reviewers, PANEL);
    }
    // A comment explains each key, once.
    for key in [
        keys::TOP_KEYS.as_slice(),
        keys::TOOL_KEYS,
        keys::REVIEW_KEYS,
    ]
    .concat()
    {
        let text = new.text.replace("\n# ", " ");
        assert_eq!(text.matches(&key.advice()).count(), 1, "{}", key.name);
    }
    assert!(lines.iter().all(|line| line.chars().count() <= 100));
}

#[test]
fn what_a_new_issue_leaves_out_is_well_formed() {
    let text = new("Tool A", "Tool B").unwrap().text;
    let examples: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") && !rest.ends_with('.') => format!("{rest}\n"),
            Some("]") => "]\n".to_owned(),
            _ => format!("{line}\n"),
        })
        .collect();
    let examples = examples.replace("#   {", "{");
    assert!(examples.contains("\nfacts = [") && examples.contains("\npick = "));
    parsed(&examples);
    let codes: Vec<_> = checked(&examples)
        .findings
        .iter()
        .map(|one| one.code)
        .collect();
    assert!(!codes.contains(&"unknown-key"), "{codes:?}");
}

#[test]
fn names_come_back_as_they_were_given_or_are_refused() {
    let name = r#" "C:\new\" 2 "#;
    let made = new(name, "B").unwrap();
    assert_eq!(made.slug, "c-new-2-vs-b");
    assert_eq!(parsed(&made.text)["tools"][0]["name"], name.trim());
    for (a, b, why) in [
        (
            "Tool",
            "tool",
            "there can be no such issue: `tool` is compared with itself",
        ),
        (
            "!?",
            "B",
            "no file name can be made of `!?`, which has no letter from a to z and no digit: choose a name with `--slug`",
        ),
        (
            "A\nname = \"B",
            "B",
            "there can be no such issue: `name` must be plain text on one line",
        ),
    ] {
        assert_eq!(new(a, b).unwrap_err().to_string(), why);
    }
    let long = new(&"a".repeat(51), "B").unwrap_err().to_string();
    assert_eq!(
        long,
        "there can be no such issue: `name` is 51 characters long, at most 50 fit"
    );
    let slug = |slug| scaffold(["通义", "文心"], Some(slug), None, &Rules::default());
    assert_eq!(slug("tongyi-vs-wenxin").unwrap().slug, "tongyi-vs-wenxin");
    for bad in ["../secret", "a/b", "", ".", "A", "digest-2026-11"] {
        assert!(slug(bad).is_err(), "{bad}");
    }
}

#[test]
fn an_own_role_stands_ready_and_a_new_file_is_never_half_there() {
    let rules = Rules {
        roles: vec!["the \"teacher\"".to_owned()],
        ..Rules::default()
    };
    let made = scaffold(["A", "B"], None, None, &rules).unwrap();
    let tools = &parsed(&made.text)["tools"];
    assert_eq!(tools[1]["reviews"][5]["reviewer"], "the \"teacher\"");
    assert!(!made.text.contains("\nsend_on"));

    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("issues");
    let path = write_new(&folder, &made).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), made.text);
    std::fs::write(&path, "mine").unwrap();
    let error = write_new(&folder, &made).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    for rules in [&Rules::default(), &rules, &rules] {
        write_schema(&folder, rules).unwrap();
        let schema = std::fs::read_to_string(folder.join(SCHEMA_FILE)).unwrap();
        assert_eq!(schema, schema_text(rules));
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
    let read = load_folder(&folder, &rules).unwrap();
    assert_eq!(read.failed.len(), 1, "only the issue is read");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Whatever the names, there is a file with exactly these, inside the folder, or an error.
    #[test]
    fn any_names_make_a_valid_file_or_an_error(
        a in "[ -~\\p{Cc}\\p{L}\\p{M}\u{202e}\"\\\\]{0,40}",
        b in ".{0,60}",
    ) {
        if let Ok(made) = new(&a, &b) {
            proptest::prop_assert!(slug::is_slug(&made.slug));
            let tools = &parsed(&made.text)["tools"];
            proptest::prop_assert_eq!(&tools[0]["name"], a.trim());
            proptest::prop_assert_eq!(&tools[1]["name"], b.trim());
            let errors = checked(&made.text).findings;
            let mut errors = errors.iter().filter(|one| one.severity == Severity::Error);
            proptest::prop_assert!(errors.all(|one| one.source_line.contains("TODO")));
        }
    }
}
