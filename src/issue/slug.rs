//! Names that stand in addresses: lower-case letters, digits and hyphens.

use std::path::Path;

use super::limits::SLUG;
use crate::findings::{Finding, Report};

/// True for lower-case letters, digits and single hyphens between them, at most [`SLUG`] bytes.
pub(super) fn is_slug(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= SLUG && text.split('-').all(plain)
}

/// The slug of an issue file; a finding and whatever comes near it if the name is not one.
pub(super) fn of_file(path: &Path, report: &mut Report) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let toml = path
        .extension()
        .is_some_and(|extension| extension == "toml");
    if is_slug(&stem) && toml {
        if let Some(rest) = digest_name(&stem) {
            let message = format!("`{stem}` is the name of a monthly digest, not of an issue");
            report.push(Finding::of_file("file-name", message, path).help(format!(
                "name it `issue-{rest}.toml`; if it was sent already, take it out of the folder, because \
                 under another name it would be sent again"
            )));
        }
        return stem.into_owned();
    }
    let near = from_words(&stem).unwrap_or_else(|| "this-vs-that".to_owned());
    let message = format!(
        "an issue's file name is lower-case letters, digits and single hyphens, \
         at most {SLUG} of them, then `.toml`"
    );
    report
        .push(Finding::of_file("file-name", message, path).help(format!("name it `{near}.toml`")));
    near
}

/// What follows `digest-` in the name of a monthly digest: `2026-11`, or `2026-11-2` where the first name is
/// taken.
fn digest_name(stem: &str) -> Option<&str> {
    let rest = stem.strip_prefix("digest-")?;
    let digits = |part: Option<&str>, len: usize| {
        part.is_some_and(|part| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = rest.split('-');
    let is_month = digits(parts.next(), 4) && digits(parts.next(), 2);
    let number = parts.next();
    let is_number = number.is_none_or(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    (is_month && is_number && parts.next().is_none()).then_some(rest)
}

/// The slugs of two tools, different and never empty: "C" and "C++" are `c` and `c-b`.
pub(super) fn of_tools(names: [&str; 2]) -> [String; 2] {
    let [a, b] = names.map(from_words);
    let a = a.unwrap_or_else(|| "tool-a".to_owned());
    let b = b.unwrap_or_else(|| "tool-b".to_owned());
    let b = if a == b { format!("{b}-b") } else { b };
    [a, b]
}

fn from_words(text: &str) -> Option<String> {
    let mut slug = String::new();
    for part in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        if part.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&part.to_ascii_lowercase());
    }
    slug.truncate(SLUG);
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_safe_in_addresses_and_paths() {
        for good in ["a", "axolotl-vs-llama-4-compact", "2026"] {
            assert!(is_slug(good), "{good}");
        }
        let long = "a".repeat(81);
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "../a", "ä", &long] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn a_month_after_digest_is_the_name_of_a_digest() {
        for digest in ["digest-2026-11", "digest-2026-11-2"] {
            assert!(digest_name(digest).is_some(), "{digest}");
        }
        for issue in [
            "digest",
            "digest-2026",
            "digest-2026-1",
            "digest-2026-11-a",
            "digest-2026-11-2-3",
            "the-digest-2026-11",
            "digests-vs-weeklies",
        ] {
            assert_eq!(digest_name(issue), None, "{issue}");
        }
    }

    #[test]
    fn tools_have_different_names() {
        assert_eq!(of_tools(["C", "C++"]), ["c", "c-b"]);
        assert_eq!(of_tools(["通义", "!!"]), ["tool-a", "tool-b"]);
        assert_eq!(of_tools(["Tool B", "通义"]), ["tool-b", "tool-b-b"]);
        assert_eq!(
            of_tools(["Axolotl v0.16", "Llama 4 Compact (12B)"]),
            ["axolotl-v0-16", "llama-4-compact-12b"]
        );
    }
}
