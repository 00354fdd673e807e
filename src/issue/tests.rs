//! Issues, one by one and side by side.

mod scaffold;
mod schema;
mod wrong;

use super::key::{Key, Kind, Need};
use super::*;

const GOOD: &str = r#"status = "ready"
question = "Which one?"
intro = "Two of them."

[[tools]]
name = "Axolotl v0.16"
maker = "Maker"
category = "Tool"
tagline = "Trains"
price = "paid"
url = "https://a.example.com/"
description = "It *trains*."
facts = [{ text = "Fast", source = "https://a.example.com/news" }, "Small"]

[[tools.reviews]]
reviewer = "builder"
verdict = "ship"
quote = "Good."

[[tools.reviews]]
reviewer = "skeptic"
verdict = "skip"
quote = "Not so good."

[[tools]]
name = "Llama"
maker = "Maker"
category = "Tool"
tagline = "Answers"
price = "free"
url = "https://b.example.com/"
description = "It answers."

[[tools.reviews]]
reviewer = "builder"
verdict = "ship"
quote = "Good."
"#;

fn checked(text: &str) -> Checked {
    check(
        "issues/a-vs-b.toml".as_ref(),
        text.as_bytes(),
        &Rules::default(),
    )
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn a_good_file_is_an_issue_without_findings() {
    let checked = checked(GOOD);
    assert_eq!(checked.findings.to_string(), "");
    let issue = checked.issue.unwrap();
    assert_eq!(
        (issue.slug.as_str(), issue.status),
        ("a-vs-b", Status::Ready)
    );
    assert_eq!(issue.comparison.title, "Axolotl v0.16 vs Llama");
    assert_eq!(issue.subject, "Axolotl v0.16 vs Llama");
    assert_eq!(
        issue.preheader,
        "Llama wins. Its only reviewer would ship it. 1 of 2 would ship Axolotl v0.16."
    );
    let [a, b] = &issue.comparison.tools;
    assert_eq!(
        (a.slug.as_str(), b.slug.as_str()),
        ("axolotl-v0-16", "llama")
    );
    assert_eq!(a.facts[1].source, None);
    assert_eq!(
        (a.panel().ship_percent(), b.panel().ship_percent()),
        (Some(50), Some(100))
    );
}

/// Whether the issue can be used, and the codes of the findings.
fn result(text: &str) -> (bool, Vec<&'static str>) {
    let checked = checked(text);
    let codes = checked.findings.iter().map(|finding| finding.code);
    (checked.issue.is_some(), codes.collect())
}

#[test]
fn limits_are_exact() {
    let subject = |length: usize| {
        let text = format!("subject = \"{}\"\nstatus", "é".repeat(length));
        result(&edited(&[("status", &text)]))
    };
    assert_eq!(subject(60), (true, vec![]));
    assert_eq!(subject(61), (true, vec!["V011"]));
    assert_eq!(subject(120), (true, vec!["V011"]));
    assert_eq!(subject(121), (false, vec!["too-long"]));
    let text = format!("preheader = \"{}12345\"\nstatus", "é".repeat(150));
    let checked = checked(&edited(&[("status", &text)]));
    let [finding] = &checked.findings[..] else {
        panic!("{}", checked.findings)
    };
    assert_eq!(
        (finding.line, finding.column),
        (1, 15 + 149),
        "at the first character too many"
    );
    assert_eq!(finding.span.len(), 5);
    assert_eq!(finding.label.as_deref(), Some("5 too many"));
}

#[test]
fn a_quote_may_be_long_and_an_editors_preheader_stays() {
    let quote = |length: usize| {
        let quote = "é".repeat(length);
        let as_much = "It answers. ".repeat(50);
        result(&edited(&[
            ("\"Good.\"", &format!("\"{quote}\"")),
            ("It answers.", &as_much),
        ]))
    };
    assert_eq!(quote(600), (true, vec![]));
    assert_eq!(quote(601), (true, vec!["V010"]));
    assert_eq!(quote(1_000), (true, vec!["V010"]));
    assert_eq!(quote(1_001), (false, vec!["too-long"]));
    let own = edited(&[("status", "preheader = \"Our own.\"\nstatus")]);
    assert_eq!(checked(&own).issue.unwrap().preheader, "Our own.");
}

#[test]
fn one_tool_three_tools_and_none() {
    let one = &GOOD[..GOOD.find("\n[[tools]]\nname = \"Llama").unwrap()];
    assert_eq!(
        checked(one).findings.to_string(),
        r#"error[tool-count]: there is only one `[[tools]]`, but a comparison has two
  --> issues/a-vs-b.toml:23:23
   |
23 | quote = "Not so good."
   |                       ^ the second is missing here"#
    );
    let three = format!("{GOOD}\n[[tools]]\nname = \"C\"\n");
    assert_eq!(
        checked(&three).findings.to_string(),
        r"error[tool-count]: there are more than two `[[tools]]`, but a comparison has two
  --> issues/a-vs-b.toml:39:1
   |
39 | [[tools]]
   | ^^^^^^^^^ one too many"
    );
    let none = checked("");
    let codes: Vec<_> = none.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        ["missing-key", "missing-key", "missing-key", "tool-count"]
    );
}

#[test]
fn a_syntax_error_does_not_drag_other_findings_along() {
    let text = edited(&[
        ("\"Which one?\"", "\"Which one?"),
        ("v0.16\"", "v0.16\" x"),
        ("paid", "pad"),
    ]);
    assert_eq!(
        checked(&text).findings.to_string(),
        r#"error[syntax]: this text is never closed
 --> issues/a-vs-b.toml:2:23
  |
2 | question = "Which one?
  |                       ^ expected `"`

error[syntax]: unexpected key or value
 --> issues/a-vs-b.toml:6:24
  |
6 | name = "Axolotl v0.16" x
  |                        ^ expected newline, `#`

error[unknown-word]: `price` cannot be `pad`, did you mean `paid`?
  --> issues/a-vs-b.toml:10:9
   |
10 | price = "pad"
   |         ^^^^^
   |
   = help: it is one of `free`, `paid`, `freemium`, `trial`, `open-weights` and `open-source`"#
    );
}

#[test]
fn a_draft_needs_no_reviews_and_a_configured_role_may_review() {
    let one = GOOD.rfind("\n[[tools.reviews]]").unwrap();
    let draft = GOOD[..one].replace("ready", "draft");
    assert_eq!(checked(&draft).findings.to_string(), "");
    let rules = Rules {
        roles: vec!["teacher".to_owned()],
        ..Rules::default()
    };
    let text = edited(&[("skeptic", "teacher")]);
    assert!(checked(&text).issue.is_none());
    assert!(
        check("a.toml".as_ref(), text.as_bytes(), &rules)
            .issue
            .is_some()
    );
}

#[test]
fn a_bad_file_name_is_told_with_a_better_one() {
    let checked = check(
        "issues/A vs_B!.toml".as_ref(),
        GOOD.as_bytes(),
        &Rules::default(),
    );
    assert!(checked.issue.is_none());
    let [finding] = &checked.findings[..] else {
        panic!("{}", checked.findings)
    };
    assert_eq!(finding.code, "file-name");
    assert_eq!(finding.help.as_deref(), Some("name it `a-vs-b.toml`"));
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let issue = checked(&windows).issue.unwrap();
    assert_eq!(issue, checked(GOOD).issue.unwrap());
}

#[test]
fn a_file_full_of_mistakes_ends_with_a_count() {
    let text: String = (0..500).map(|n| format!("key{n} = 1\n")).collect();
    let findings = checked(&text).findings;
    assert_eq!(findings.len(), crate::findings::MAX_FINDINGS + 1);
    let last = findings.last().unwrap();
    assert_eq!(
        (last.code, last.message.as_str()),
        ("too-many-findings", "404 more findings are not shown")
    );
}

#[test]
fn a_folder_is_read_by_name_and_dates_must_differ() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    let dated = GOOD.replacen("status", "send_on = 2026-12-01\nstatus", 1);
    write("b.toml", &dated);
    write("a.toml", &dated);
    write("draft.toml", &dated.replace("ready", "draft"));
    write("wrong.toml", "status = 1");
    write(".hidden.toml", "=");
    write("README.md", "=");
    std::fs::create_dir(dir.path().join("folder.toml")).unwrap();
    let folder = load_folder(dir.path(), &Rules::default()).unwrap();
    let slugs: Vec<_> = folder
        .issues
        .iter()
        .map(|issue| issue.slug.as_str())
        .collect();
    assert_eq!(slugs, ["a", "b", "draft"]);
    let failed: Vec<_> = folder
        .failed
        .iter()
        .map(|f| (f.slug.as_str(), f.draft))
        .collect();
    assert_eq!(failed, [("wrong", false)]);
    let clash = &folder.findings[0];
    assert_eq!((clash.code, clash.line, clash.column), ("V004", 1, 11));
    assert_eq!(clash.label.as_deref(), Some("`a` is sent on that day"));
    assert!(clash.path.ends_with("b.toml"));

    assert_eq!(
        load(dir.path(), "b", &Rules::default())
            .unwrap()
            .issue
            .unwrap()
            .slug,
        "b"
    );
    let (none, no_name) = (io::ErrorKind::NotFound, io::ErrorKind::InvalidFilename);
    for (absent, kind) in [
        ("c", none),
        ("../a", no_name),
        ("", no_name),
        ("A", no_name),
    ] {
        let error = load(dir.path(), absent, &Rules::default()).unwrap_err();
        assert_eq!(error.kind(), kind, "{absent}");
    }
    assert_eq!(nearest_slug(dir.path(), "darft").as_deref(), Some("draft"));
}

/// The issues that the project ships.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/issues");

#[test]
fn the_shipped_issues_have_no_findings_and_the_first_is_next() {
    let folder = load_folder(SHIPPED.as_ref(), &Rules::default()).unwrap();
    assert_eq!(folder.findings.to_string(), "");
    let ready = |issue: &&Issue| issue.status == Status::Ready && issue.send_on.is_none();
    let first = folder
        .issues
        .iter()
        .filter(ready)
        .min_by_key(|issue| issue.added.unwrap());
    let first = first.unwrap();
    assert_eq!(first.slug, "axolotl-vs-llama-4-compact");
    let shares = first
        .comparison
        .tools
        .each_ref()
        .map(|tool| tool.panel().ship_percent());
    assert_eq!(shares, [Some(75), Some(100)]);
    let samples = folder.issues.iter().filter(|issue| issue.comparison.sample);
    assert_eq!((folder.issues.len(), samples.count()), (4, 3));
}

/// A key's row in the documentation.
fn row(key: &Key) -> String {
    let words = |words: &[&str], between: &str| {
        let quoted: Vec<_> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
        quoted.join(between)
    };
    let kind = match key.kind {
        Kind::Line(_) | Kind::Title(_) => "line".to_owned(),
        Kind::Prose(_) => "prose".to_owned(),
        Kind::WebAddress => "web address".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Sha256 => "hash".to_owned(),
        Kind::Approval => "`{ by = \"…\", content = \"…\" }`".to_owned(),
        Kind::Words(two @ [_, _]) => words(two, " or "),
        Kind::Words(more) => format!("one of {}", words(more, ", ")),
        Kind::Role => "a role".to_owned(),
        Kind::Allowances | Kind::Facts => "list".to_owned(),
        Kind::Reviews => "`[[tools.reviews]]`".to_owned(),
        Kind::Tools => "two `[[tools]]`".to_owned(),
    };
    let limit = match key.kind {
        Kind::Line(most) | Kind::Title(most) | Kind::Prose(most) => format!("{most} characters"),
        Kind::WebAddress => format!("{} characters", limits::URL),
        Kind::Role => "once for each tool".to_owned(),
        Kind::Allowances => format!("lines of {} characters", limits::ALLOWANCE),
        Kind::Facts => format!("{} facts", limits::FACTS),
        Kind::Reviews => "one or more if the issue is ready".to_owned(),
        Kind::Date
        | Kind::Boolean
        | Kind::Sha256
        | Kind::Words(_)
        | Kind::Approval
        | Kind::Tools => String::new(),
    };
    let required = match key.need {
        Need::Always => "required",
        Need::WhenReady | Need::Optional => "",
    };
    let warned = key.warned_past;
    let warned = warned.map_or_else(String::new, |past| format!("a warning past {past}"));
    let limits: Vec<_> = [required, &limit, &warned]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let limits = limits.join(", ");
    let row = format!("| `{}` | {kind} | {limits} | {} |", key.name, key.about);
    row.replace("|  |", "| |")
}

#[test]
fn the_documentation_has_a_row_for_each_key() {
    let text = std::fs::read_to_string(format!("{SHIPPED}/README.md")).unwrap();
    let rows: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let tables = [
        keys::TOP_KEYS.as_slice(),
        keys::TOOL_KEYS,
        keys::FACT_KEYS,
        keys::REVIEW_KEYS,
    ];
    let expected: Vec<_> = tables.concat().iter().map(row).collect();
    assert_eq!(rows, expected);
    for role in PANEL {
        assert!(
            keys::REVIEWER.about.contains(&format!("`{role}`")),
            "{role}"
        );
    }
    let example = text
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    assert_eq!(checked(example.unwrap()).findings.to_string(), "");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// However an issue is cut or damaged, the answer is an issue or an error in its place.
    #[test]
    fn a_damaged_issue_is_never_a_panic(
        cut in 0..FIRST.len(),
        damage in proptest::collection::vec((0..FIRST.len(), proptest::prelude::any::<u8>()), 0..6),
    ) {
        let mut bytes = FIRST.as_bytes()[cut / 2..].to_vec();
        bytes.truncate(FIRST.len() - cut);
        for (at, byte) in damage {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let checked = check("issues/first.toml".as_ref(), &bytes, &Rules::default());
        proptest::prop_assert_eq!(checked.issue.is_none(), checked.findings.has_errors());
        for finding in &checked.findings {
            proptest::prop_assert!(finding.span.end <= bytes.len());
            proptest::prop_assert!(finding.line > 0 && finding.column > 0);
        }
        crate::findings::render(&checked.findings, true);
        serde_json::to_string(&checked.findings).unwrap();
    }
}

const FIRST: &str = include_str!("../../issues/axolotl-vs-llama-4-compact.toml");
