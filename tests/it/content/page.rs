//! `docs/findings.md` explains every code, and no other.

use std::collections::BTreeSet;
use std::path::Path;

use verdict::issue::content::RULES;

const PAGE: &str = include_str!("../../../docs/findings.md");

#[test]
fn the_page_explains_every_rule_in_its_own_words() {
    let mut sections = PAGE.split("\n### ").skip(1).map(|section| {
        let mut lines = section.lines().filter(|line| !line.is_empty());
        (lines.next().unwrap(), lines.next().unwrap())
    });
    for rule in RULES {
        let (first, rest) = rule.summary.split_at(1);
        let summary = format!("{}{rest}.", first.to_uppercase());
        let heading = format!("{} {}", rule.code, rule.name);
        let section = sections.next();
        assert_eq!(section, Some((heading.as_str(), summary.as_str())));
    }
    assert_eq!(sections.next(), None);
}

/// The codes that the readers of issue files give to errors, in their source.
fn codes(path: &Path, codes: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            self::codes(&entry.unwrap().path(), codes);
        }
        return;
    }
    if path.iter().any(|part| part == "tests") || path.ends_with("tests.rs") {
        return;
    }
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    for maker in ["error(", "warning(", "of_file(", "fault(", "doubt("] {
        for call in code.split(maker).skip(1) {
            let argument = call.trim_start().strip_prefix('"');
            let named = argument.and_then(|argument| argument.split('"').next());
            let is_code =
                |word: &&str| word.bytes().all(|b| b == b'-' || b.is_ascii_alphanumeric());
            codes.extend(named.filter(is_code).map(str::to_owned));
        }
    }
}

#[test]
fn the_page_lists_the_codes_of_every_error() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut made = BTreeSet::new();
    for path in [
        "issue.rs",
        "issue",
        "toml_source.rs",
        "toml_source",
        "findings.rs",
        "cli/check.rs",
    ] {
        codes(&src.join(path), &mut made);
    }
    let (_, table) = PAGE.split_once("\n## Format\n").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: BTreeSet<String> = rows
        .map(|row| row.split('`').next().unwrap().to_owned())
        .collect();
    assert!(made.len() > 20, "{made:?}");
    assert_eq!(listed, made);
}
