//! The schema accepts and refuses the same files as [`check`], as far as a schema can.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::*;
use crate::findings::{Finding, Severity};

struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn new(rules: &Rules) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let url = "https://news.example.com/schema.json";
        compiler.add_resource(url, schema(rules)).unwrap();
        // This also checks the schema against that of all schemas.
        let index = compiler.compile(url, &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn accepts(&self, issue: &Value) -> bool {
        self.schemas.validate(issue, self.index).is_ok()
    }
}

/// An issue file as programs pass it to a validator.
pub(super) fn parsed(text: &str) -> Value {
    from_toml(toml::Value::Table(toml::from_str(text).unwrap()))
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(is_true) => is_true.into(),
        toml::Value::Datetime(when) => when.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(entries) => {
            let entries = entries.into_iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key, from_toml(value)))
                    .collect(),
            )
        }
    }
}

fn to_toml(issue: &Value) -> String {
    let keys = issue.as_object().unwrap().iter();
    keys.map(|(key, value)| format!("{key} = {}\n", inline(key, value)))
        .collect()
}

fn inline(key: &str, value: &Value) -> String {
    let is_date = ["send_on", "added", "voting_closes"].contains(&key);
    match value {
        Value::String(text) if is_date && text.starts_with("20") => text.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| inline(key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(keys) => {
            let keys: Vec<_> = keys
                .iter()
                .map(|(key, value)| format!("{key} = {}", inline(key, value)))
                .collect();
            format!("{{{}}}", keys.join(", "))
        }
        // Every escape of JSON is one of TOML.
        scalar => scalar.to_string(),
    }
}

/// True unless the error needs more than one value, a parsed web address or the finished mail.
fn can_be_expressed(finding: &Finding) -> bool {
    match finding.code {
        "same-tool" | "same-reviewer" | "voting-closed" => false,
        "unknown-word" => !finding.message.starts_with("`pick`"),
        "too-long" => !finding.message.starts_with("the mail"),
        _ => true,
    }
}

#[track_caller]
fn assert_agreed(validator: &Validator, issue: &Value, change: &str) {
    let text = to_toml(issue);
    let findings = checked(&text).findings;
    let errors = findings
        .iter()
        .filter(|one| one.severity == Severity::Error);
    let refused = errors.filter(|one| can_be_expressed(one)).count() > 0;
    let accepted = validator.accepts(issue);
    assert_eq!(accepted, !refused, "{change}\n{findings}\n{text}");
}

/// The JSON pointers of everything inside a value.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(keys) => keys.iter().map(|(key, one)| (key.clone(), one)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, one)| (index.to_string(), one))
            .collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for (step, one) in inner {
        let pointer = format!("{at}/{step}");
        found.extend(pointers(one, &pointer));
        found.push(pointer);
    }
    found
}

/// Removes a key or an item.
fn removed(issue: &Value, pointer: &str) -> Value {
    let mut issue = issue.clone();
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    match issue.pointer_mut(parent).unwrap() {
        Value::Object(keys) => drop(keys.remove(step)),
        Value::Array(items) => drop(items.remove(step.parse().unwrap())),
        _ => unreachable!(),
    }
    issue
}

/// An issue with every key.
fn whole() -> Value {
    let mut issue = parsed(FIRST);
    for (key, value) in [
        ("title", json!("A title")),
        ("subject", json!("A subject")),
        ("preheader", json!("A preheader")),
        ("send_on", json!("2026-11-03")),
        ("added", json!("2026-10-01")),
        ("voting_closes", json!("2026-11-20")),
        ("pick", json!("tie")),
        ("sample", json!(false)),
        ("author", json!("An author")),
        (
            "approval",
            json!({"by": "An editor", "content": "0123456789abcdef".repeat(4)}),
        ),
    ] {
        issue[key] = value;
    }
    issue["tools"][0]["price_note"] = json!("A note");
    issue["tools"][0]["facts"] = json!([{"text": "One", "source": "https://example.com/"}, "Two"]);
    issue
}

fn replacements() -> Vec<Value> {
    let limits = [30, 40, 50, 60, 120, 140, 150, 200, 240, 1_000, 2_000, 4_000];
    let at_limits = limits.into_iter().flat_map(|most| [most, most + 1]);
    let texts = [
        "",
        "  ",
        "x",
        "a\u{7}b",
        "a\nb",
        "a\tb",
        "a\u{85}b",
        "a\u{2028}b",
        "2026-11-04",
        "2026-11-04T10:00:00",
        "2026",
        "draft",
        "ready",
        "ship",
        "free",
        "open-weights",
        "builder",
        "nobody",
        "tie",
        "https://example.com",
        "HTTP://example.com/a?b#c",
        "https://example.com\\a",
        "ftp://example.com/",
        "example.com",
        "https:example.com",
        "https://",
        "https://a b.example.com/",
        "https://user:pw@example.com/",
        "https://ex\u{e4}mple.com/\u{e4}",
    ];
    let values = [
        json!(true),
        json!(7),
        json!(1.5),
        json!([]),
        json!({}),
        json!(["x"]),
        json!([7]),
    ];
    let long = at_limits.map(|length| "é".repeat(length));
    let address = [1_000, 1_001].map(|length| format!("{:x<length$}", "https://example.com/"));
    texts
        .map(Value::from)
        .into_iter()
        .chain(values)
        .chain(long.map(Value::from))
        .chain(address.map(Value::from))
        .collect()
}

#[test]
fn the_schema_and_the_check_agree_on_every_mutation() {
    let validator = Validator::new(&Rules::default());
    let replacements = replacements();
    for status in ["ready", "draft"] {
        let mut issue = whole();
        issue["status"] = json!(status);
        assert_agreed(&validator, &issue, status);
        assert!(validator.accepts(&issue));
        for pointer in pointers(&issue, "") {
            // The others have the same shape.
            let repeats = [
                "/tools/1/",
                "/reviews/1",
                "/reviews/2",
                "/reviews/3",
                "/reviews/4",
            ];
            if repeats.iter().any(|repeat| pointer.contains(repeat)) {
                continue;
            }
            let change = format!("{status}: remove {pointer}");
            assert_agreed(&validator, &removed(&issue, &pointer), &change);
            for replacement in &replacements {
                let mut issue = issue.clone();
                *issue.pointer_mut(&pointer).unwrap() = replacement.clone();
                let change = format!("{status}: {pointer} = {replacement}");
                assert_agreed(&validator, &issue, &change);
            }
            let mut more = issue.clone();
            match more.pointer_mut(&pointer).unwrap() {
                Value::Object(keys) => drop(keys.insert("extra".to_owned(), json!("x"))),
                Value::Array(items) => {
                    let last = items.last().unwrap().clone();
                    items.resize(limits::FACTS + 1, last);
                }
                _ => continue,
            }
            assert_agreed(&validator, &more, &format!("{status}: more in {pointer}"));
        }
        issue["extra"] = json!("x");
        assert_agreed(&validator, &issue, "an unknown key");
    }
}

#[test]
fn the_schema_accepts_the_shipped_issues_and_the_panel_of_the_newsletter() {
    let rules = Rules {
        roles: vec!["老师".to_owned()],
        ..Rules::default()
    };
    let [validator, with_teacher] = [&Rules::default(), &rules].map(Validator::new);
    for entry in std::fs::read_dir(SHIPPED).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let mut issue = parsed(&std::fs::read_to_string(&path).unwrap());
            assert!(validator.accepts(&issue), "{}", path.display());
            // A draft may have no reviews.
            let Some(reviewer) = issue.pointer_mut("/tools/0/reviews/0/reviewer") else {
                continue;
            };
            *reviewer = json!("老师");
            assert!(!validator.accepts(&issue));
            assert!(with_teacher.accepts(&issue));
        }
    }
}
