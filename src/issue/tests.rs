//! Wrong files, and exactly what an editor is told about them.

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
    check("issues/a-vs-b.toml".as_ref(), text.as_bytes(), &Rules::default())
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// Asserts exactly what is said of the good file after some edits.
fn told(edits: &[(&str, &str)], expected: &str) {
    let found = checked(&edited(edits)).findings.to_string();
    let expected = expected.trim_matches('\n');
    assert_eq!(found, expected, "\n{found}\n");
}

#[test]
fn a_misspelt_key_is_one_finding_not_two() {
    told(
        &[("reviewer", "revewer")],
        r#"
error[unknown-key]: unknown key `revewer`, did you mean `reviewer`?
  --> issues/a-vs-b.toml:16:1
   |
16 | revewer = "builder"
   | ^^^^^^^
   |
   = help: the keys here are `reviewer`, `verdict` and `quote`
"#,
    );
}

#[test]
fn a_key_below_the_wrong_header() {
    told(
        &[("[[tools.reviews]]\nreviewer = \"builder\"", "subject = \"S\"\nquote = \"x\"\n[[tools.reviews]]\nreviewer = \"builder\"")],
        r#"
error[unknown-key]: unknown key `subject`
  --> issues/a-vs-b.toml:15:1
   |
15 | subject = "S"
   | ^^^^^^^
   |
   = help: `subject` belongs at the top of the file, above the first `[[tools]]`

error[unknown-key]: unknown key `quote`
  --> issues/a-vs-b.toml:16:1
   |
16 | quote = "x"
   | ^^^^^
   |
   = help: `quote` belongs below `[[tools.reviews]]`
"#,
    );
}

#[test]
fn wrong_missing_and_empty_values() {
    told(
        &[("name = \"Axolotl v0.16\"", "name = 16"), ("maker = \"Maker\"\n", ""), ("\"Tool\"", "\" \""), ("tagline = \"Trains\"", "tagline = \"Tr\\nains\"")],
        r#"
error[missing-key]: the key `maker` is missing
 --> issues/a-vs-b.toml:5:1
  |
5 | [[tools]]
  | ^^^^^^^^^ `maker` belongs here

error[wrong-type]: `name` is a number, not a text
 --> issues/a-vs-b.toml:6:8
  |
6 | name = 16
  |        ^^ expected a text in quotes
  |
  = help: write `"16"`

error[empty]: `category` is empty
 --> issues/a-vs-b.toml:7:12
  |
7 | category = " "
  |            ^^^ something must stand here

error[control-character]: `tagline` must be plain text on one line
 --> issues/a-vs-b.toml:8:14
  |
8 | tagline = "Tr\nains"
  |              ^^ a line break
"#,
    );
}

#[test]
fn line_breaks_and_control_characters_in_header_fields() {
    told(
        &[("status", "subject = \"S\\r\\nBcc: all@example.com\"\npreheader = \"a\\u0007\"\nstatus")],
        r#"
error[control-character]: `subject` must be plain text on one line
 --> issues/a-vs-b.toml:1:13
  |
1 | subject = "S\r\nBcc: all@example.com"
  |             ^^ a carriage return

error[control-character]: `preheader` must be plain text
 --> issues/a-vs-b.toml:2:15
  |
2 | preheader = "a\u0007"
  |               ^^^^^^ the control character U+0007
"#,
    );
}

#[test]
fn the_same_tool_twice() {
    told(
        &[("name = \"Llama\"", "name = \"axolotl  V0.16\"")],
        r#"
error[same-tool]: `axolotl  V0.16` is compared with itself
  --> issues/a-vs-b.toml:26:8
   |
 6 | name = "Axolotl v0.16"
   |        --------------- it is here already
...
26 | name = "axolotl  V0.16"
   |        ^^^^^^^^^^^^^^^^ the same tool again
"#,
    );
}

#[test]
fn the_same_reviewer_twice() {
    told(
        &[("reviewer = \"skeptic\"", "reviewer = \"builder\"")],
        r#"
error[same-reviewer]: the builder reviews this tool twice
  --> issues/a-vs-b.toml:21:12
   |
16 | reviewer = "builder"
   |            --------- first review here
...
21 | reviewer = "builder"
   |            ^^^^^^^^^ again
   |
   = help: keep one of the two
"#,
    );
}

#[test]
fn words_that_are_not_known() {
    told(
        &[("reviewer = \"skeptic\"", "reviewer = \"sceptic\""), ("\"skip\"", "\"Skip\""), ("\"paid\"", "\"cheap\"")],
        r#"
error[unknown-word]: `price` cannot be `cheap`
  --> issues/a-vs-b.toml:10:9
   |
10 | price = "cheap"
   |         ^^^^^^^
   |
   = help: it is one of `free`, `paid`, `freemium`, `trial`, `open-weights` and `open-source`

error[unknown-word]: `reviewer` cannot be `sceptic`, did you mean `skeptic`?
  --> issues/a-vs-b.toml:21:12
   |
21 | reviewer = "sceptic"
   |            ^^^^^^^^^
   |
   = help: it is one of `builder`, `skeptic`, `futurist`, `creator` and `founder`; `desk.roles` in verdict.toml can name more

error[unknown-word]: `verdict` cannot be `Skip`, did you mean `skip`?
  --> issues/a-vs-b.toml:22:11
   |
22 | verdict = "Skip"
   |           ^^^^^^
   |
   = help: it is one of `ship` and `skip`
"#,
    );
}

#[test]
fn dates_that_are_none() {
    told(
        &[("status = \"ready\"", "status = \"Redy\"\nsend_on = 2026-02-30\nadded = \"2026-11-02\"")],
        r#"
error[unknown-word]: `status` cannot be `Redy`, did you mean `ready`?
 --> issues/a-vs-b.toml:1:10
  |
1 | status = "Redy"
  |          ^^^^^^
  |
  = help: it is one of `draft` and `ready`

error[impossible-date]: `2026-02-30` is not a date
 --> issues/a-vs-b.toml:2:11
  |
2 | send_on = 2026-02-30
  |           ^^^^^^^^^^ February 2026 has 28 days

error[wrong-type]: `added` is a text, not a day
 --> issues/a-vs-b.toml:3:9
  |
3 | added = "2026-11-02"
  |         ^^^^^^^^^^^^
  |
  = help: write it without quotes: `added = 2026-11-02`
"#,
    );
}

#[test]
fn dates_with_a_time_and_booleans_in_quotes() {
    told(
        &[("status = \"ready\"", "status = \"ready\"\nsend_on = 2026-11-03T09:00:00\nadded = 2026-1-2\nsample = \"yes\"")],
        r#"
error[wrong-type]: `send_on` is a day, without a time
 --> issues/a-vs-b.toml:2:11
  |
2 | send_on = 2026-11-03T09:00:00
  |           ^^^^^^^^^^^^^^^^^^^
  |
  = help: write `2026-11-03`

error[impossible-date]: `2026-1-2` is not a date
 --> issues/a-vs-b.toml:3:9
  |
3 | added = 2026-1-2
  |         ^^^^^^^^ the month and the day need two digits, the year four
  |
  = help: write `2026-01-02`

error[wrong-type]: `sample` is a text, not `true` or `false`
 --> issues/a-vs-b.toml:4:10
  |
4 | sample = "yes"
  |          ^^^^^ expected `true` or `false`
"#,
    );
}

#[test]
fn addresses_of_pages() {
    told(
        &[("https://a.example.com/\"", "a.example.com\""), ("https://a.example.com/news", "ftp://a.example.com/news"), ("https://b.example.com/", "https://user:pw@b.example.com/")],
        r#"
error[bad-url]: `url` is not a web address
  --> issues/a-vs-b.toml:11:7
   |
11 | url = "a.example.com"
   |       ^^^^^^^^^^^^^^^ it must begin with `https://` or `http://`
   |
   = help: write `https://a.example.com`

error[bad-url]: `source` is not the address of a web page
  --> issues/a-vs-b.toml:13:36
   |
13 | facts = [{ text = "Fast", source = "ftp://a.example.com/news" }, "Small"]
   |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ `ftp:` is neither http nor https

error[bad-url]: `url` holds a user name or a password
  --> issues/a-vs-b.toml:31:7
   |
31 | url = "https://user:pw@b.example.com/"
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ everyone can read this
"#,
    );
}

#[test]
fn a_pick_of_neither() {
    told(
        &[("status", "pick = \"Axolotl\"\nstatus")],
        r#"
error[unknown-word]: `pick` cannot be `Axolotl`, did you mean `Axolotl v0.16`?
 --> issues/a-vs-b.toml:1:8
  |
1 | pick = "Axolotl"
  |        ^^^^^^^^^
  |
  = help: it is one of `Axolotl v0.16`, `Llama` and `tie`
"#,
    );
}

#[test]
fn a_pick_against_the_panel() {
    told(
        &[("status", "pick = \"axolotl v0.16\"\nstatus")],
        r#"
warning[pick-against-panel]: the panel leads with `Llama`
 --> issues/a-vs-b.toml:1:8
  |
1 | pick = "axolotl v0.16"
  |        ^^^^^^^^^^^^^^^ the pick is another
  |
  = help: 50 % would ship `Axolotl v0.16`, 100 % would ship `Llama`; keep the pick if it is meant
"#,
    );
}

#[test]
fn markup_that_is_not_shown() {
    told(
        &[("It *trains*.", "It <b>trains</b>.")],
        r#"
warning[not-prose]: raw HTML cannot be used here: readers get plain text
  --> issues/a-vs-b.toml:12:19
   |
12 | description = "It <b>trains</b>."
   |                   ^^^
   |
   = help: prose has paragraphs, emphasis, links and lists

warning[not-prose]: raw HTML cannot be used here: readers get plain text
  --> issues/a-vs-b.toml:12:28
   |
12 | description = "It <b>trains</b>."
   |                            ^^^^
   |
   = help: prose has paragraphs, emphasis, links and lists
"#,
    );
}

#[test]
fn a_tool_that_nobody_reviewed() {
    told(
        &[("[[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = \"Good.\"\n\n[[tools.reviews]]", "[[tools.reviews]]"), ("\n[[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = \"Good.\"\n", "")],
        r#"
error[no-reviews]: nobody reviewed Llama
  --> issues/a-vs-b.toml:20:1
   |
20 | [[tools]]
   | ^^^^^^^^^ no `[[tools.reviews]]` follows
   |
   = help: add a review, or set `status = "draft"` until there is one
"#,
    );
}

#[test]
fn a_good_file_is_an_issue_without_findings() {
    let checked = checked(GOOD);
    assert_eq!(checked.findings.to_string(), "");
    let issue = checked.issue.unwrap();
    assert_eq!((issue.slug.as_str(), issue.status), ("a-vs-b", Status::Ready));
    assert_eq!(issue.comparison.title, "Axolotl v0.16 vs Llama");
    assert_eq!(issue.subject, "Axolotl v0.16 vs Llama");
    assert_eq!(issue.preheader, "Which one?");
    let [a, b] = &issue.comparison.tools;
    assert_eq!((a.slug.as_str(), b.slug.as_str()), ("axolotl-v0-16", "llama"));
    assert_eq!(a.facts[1].source, None);
    assert_eq!((a.panel().ship_percent(), b.panel().ship_percent()), (Some(50), Some(100)));
}

#[test]
fn limits_are_exact() {
    let subject = |length: usize| {
        let text = format!("subject = \"{}\"\nstatus", "é".repeat(length));
        let checked = checked(&edited(&[("status", &text)]));
        let codes: Vec<_> = checked.findings.iter().map(|finding| finding.code).collect();
        (checked.issue.is_some(), codes)
    };
    assert_eq!(subject(78), (true, vec![]));
    assert_eq!(subject(79), (true, vec!["long-subject"]));
    assert_eq!(subject(120), (true, vec!["long-subject"]));
    assert_eq!(subject(121), (false, vec!["too-long"]));
    let text = format!("preheader = \"{}12345\"\nstatus", "é".repeat(150));
    let checked = checked(&edited(&[("status", &text)]));
    let [finding] = &checked.findings[..] else { panic!("{}", checked.findings) };
    assert_eq!((finding.line, finding.column), (1, 15 + 149), "at the first character too many");
    assert_eq!(finding.span.len(), 5);
    assert_eq!(finding.label.as_deref(), Some("5 too many"));
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
    assert_eq!(codes, ["missing-key", "missing-key", "missing-key", "tool-count"]);
}

#[test]
fn a_syntax_error_does_not_drag_other_findings_along() {
    let text = edited(&[("\"Which one?\"", "\"Which one?"), ("v0.16\"", "v0.16\" x"), ("paid", "pad")]);
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
    let rules = Rules { roles: vec!["teacher".to_owned()] };
    let text = edited(&[("skeptic", "teacher")]);
    assert!(checked(&text).issue.is_none());
    assert!(check("a.toml".as_ref(), text.as_bytes(), &rules).issue.is_some());
}

#[test]
fn a_bad_file_name_is_told_with_a_better_one() {
    let checked = check("issues/A vs_B!.toml".as_ref(), GOOD.as_bytes(), &Rules::default());
    assert!(checked.issue.is_none());
    let [finding] = &checked.findings[..] else { panic!("{}", checked.findings) };
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
    assert_eq!(findings.len(), crate::diagnostic::MAX_FINDINGS + 1);
    let last = findings.last().unwrap();
    assert_eq!((last.code, last.message.as_str()), ("too-many-findings", "404 more findings are not shown"));
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
    let slugs: Vec<_> = folder.issues.iter().map(|issue| issue.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "b", "draft"]);
    assert_eq!(folder.failed, ["wrong"]);
    let clash = &folder.findings[0];
    assert_eq!((clash.code, clash.line, clash.column), ("same-date", 1, 11));
    assert_eq!(clash.label.as_deref(), Some("`a` is sent on that day"));
    assert!(clash.path.ends_with("b.toml"));

    assert_eq!(load(dir.path(), "b", &Rules::default()).unwrap().issue.unwrap().slug, "b");
    for absent in ["c", "../a", "", "A"] {
        let error = load(dir.path(), absent, &Rules::default()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound, "{absent}");
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
    let first = folder.issues.iter().filter(ready).min_by_key(|issue| issue.added.unwrap());
    let first = first.unwrap();
    assert_eq!(first.slug, "axolotl-vs-llama-4-compact");
    let shares = first.comparison.tools.each_ref().map(|tool| tool.panel().ship_percent());
    assert_eq!(shares, [Some(75), Some(100)]);
    let samples = folder.issues.iter().filter(|issue| issue.comparison.sample);
    assert_eq!((folder.issues.len(), samples.count()), (4, 3));
}

#[test]
fn the_documentation_names_every_key_and_limit() {
    let text = std::fs::read_to_string(format!("{SHIPPED}/README.md")).unwrap();
    let keys = [read::KEYS.keys, tool::KEYS.keys, panel::KEYS.keys].concat();
    for key in keys.iter().chain(&PANEL) {
        assert!(text.contains(&format!("`{key}`")), "{key}");
    }
    let said = |key: &str, limit: usize| {
        let line = text.lines().find(|line| line.starts_with(&format!("| `{key}`")));
        assert!(line.unwrap().contains(&format!("{limit} ")), "{key}");
    };
    said("title", limits::TITLE);
    said("question", limits::QUESTION);
    said("intro", limits::INTRO);
    said("subject", limits::SUBJECT);
    said("preheader", limits::PREHEADER);
    said("name", limits::NAME);
    said("maker", limits::MAKER);
    said("category", limits::CATEGORY);
    said("tagline", limits::TAGLINE);
    said("price_note", limits::PRICE_NOTE);
    said("url", limits::URL);
    said("description", limits::DESCRIPTION);
    said("facts", limits::FACTS);
    said("quote", limits::QUOTE);
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
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
        crate::diagnostic::render(&checked.findings, true);
        serde_json::to_string(&checked.findings).unwrap();
    }
}

const FIRST: &str = include_str!("../../issues/axolotl-vs-llama-4-compact.toml");
