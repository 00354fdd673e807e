//! Slugs: names that are safe in URLs and file names.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::limits::SLUG;
use crate::findings::{Finding, Report};

/// True for lower-case letters, digits and single hyphens between them, at most [`SLUG`] bytes.
pub(super) fn is_slug(text: &str) -> bool {
    let safe = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(safe);
    text.len() <= SLUG && text.split('-').all(plain)
}

pub(super) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|found| found == "toml")
}

/// The slug of an issue file. If the name is not a slug, reports that and returns a similar one.
pub(super) fn of_file(path: &Path, report: &mut Report) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if is_slug(&stem) && is_toml(path) {
        if is_correction_name(&stem) {
            let message = format!("`{stem}` is the name of a correction notice, not of an issue");
            report.push(Finding::of_file("file-name", message, path).help(
                "name it without `-correction` at its end; if it has been sent already, remove it from the folder, \
                 because it would be sent again under another name",
            ));
        }
        if let Some(rest) = digest_name(&stem) {
            let message = format!("`{stem}` is the name of a monthly digest, not of an issue");
            report.push(Finding::of_file("file-name", message, path).help(format!(
                "name it `issue-{rest}.toml`; if it has been sent already, remove it from the folder, because \
                 it would be sent again under another name"
            )));
        }
        return stem.into_owned();
    }
    let near = from_words(&stem).unwrap_or_else(|| "this-vs-that".to_owned());
    let message = format!(
        "an issue's file name is lower-case letters, digits and single hyphens, \
         at most {SLUG} of them, then `.toml`"
    );
    let finding = Finding::of_file("file-name", message, path);
    report.push(finding.help(format!("name it `{near}.toml`")));
    near
}

/// The slug of an issue that compares two tools: "Café 2" and "Tea" make `cafe-2-vs-tea`.
///
/// # Errors
/// The name in which there is nothing for a slug.
pub(super) fn of_issue(names: [&str; 2]) -> Result<String, &str> {
    let plain = |name: &str| {
        let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
        from_words(&letters.collect::<String>())
    };
    let [a, b] = names.map(|name| plain(name).ok_or(name));
    let both = format!("{}-vs-{}", a?, b?);
    Ok(from_words(&both).unwrap_or(both))
}

/// What follows `digest-` in the name of a monthly digest: `2026-11`, or `2026-11-2` if the first name is taken.
fn digest_name(stem: &str) -> Option<&str> {
    let suffix = stem.strip_prefix("digest-")?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = suffix.split('-').collect();
    let is_digest = match *parts {
        [year, month] | [year, month, _] => (year.len(), month.len()) == (4, 2),
        _ => false,
    };
    (is_digest && parts.into_iter().all(digits)).then_some(suffix)
}

/// Slugs for the links to two tools within their comparison, different and never empty: "C" and "C++" become `c` and `c-b`.
pub(super) fn of_tools(names: [&str; 2]) -> [String; 2] {
    let [a, b] = names.map(from_words);
    let a = a.unwrap_or_else(|| "tool-a".to_owned());
    let b = b.unwrap_or_else(|| "tool-b".to_owned());
    let b = if a == b { format!("{b}-b") } else { b };
    [a, b]
}

/// The slug that a tool's page has if no other tool took it: letters and digits of any script, in lower case and in the
/// form that Unicode calls NFKC, with hyphens between words.
pub fn of_page(name: &str) -> String {
    let folded: String = words(name).nfkc().flat_map(char::to_lowercase).collect();
    // NFKC may bring other signs, as in ½.
    let slug: String = words(&folded).chars().take(SLUG).collect();
    match slug.trim_end_matches('-') {
        "" => "tool".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The words of a text with a hyphen between them. Vowel signs and accents belong to the letter before them.
fn words(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    let words = parts.map(|part| part.trim_start_matches(is_combining_mark));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// True for `a-vs-b-correction`, and `a-vs-b-correction-2` for when the first name is taken.
fn is_correction_name(stem: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = match stem.rsplit_once('-') {
        Some((first, number)) if is_number(number) => first,
        _ => stem,
    };
    first.ends_with("-correction")
}

fn from_words(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut slug = words.join("-");
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
    fn an_issue_and_correction_is_the_name_of_a_notice() {
        for notice in ["a-vs-b-correction", "a-vs-b-correction-2"] {
            assert!(is_correction_name(notice), "{notice}");
        }
        for issue in [
            "correction",
            "correction-vs-b",
            "a-vs-correction-fluid",
            "a-vs-corrections",
        ] {
            assert!(!is_correction_name(issue), "{issue}");
        }
    }

    #[test]
    fn a_page_keeps_the_letters_of_every_script() {
        for (name, slug) in [
            ("Axolotl v0.16", "axolotl-v0-16"),
            ("C++", "c"),
            ("Llama™ 4 (12B)", "llama-4-12b"),
            ("通义 4", "通义-4"),
            ("لاما 4", "لاما-4"),
            ("Ｌｌａｍａ　４", "llama-4"),
            ("Cafe\u{301} N°½", "café-n-1-2"),
            ("हिन्दी ऐप", "हिन्दी-ऐप"),
            ("İSTANBUL", "i\u{307}stanbul"),
            ("❤\u{fe0f} Notes", "notes"),
            ("!?", "tool"),
        ] {
            assert_eq!(of_page(name), slug);
        }
    }

    #[test]
    fn an_issue_is_named_after_its_tools() {
        let slug = |a, b| of_issue([a, b]);
        assert_eq!(slug("Tool A", "Tool B"), Ok("tool-a-vs-tool-b".to_owned()));
        assert_eq!(slug("../..", "a/b"), Err("../.."));
        assert_eq!(slug("../../etc", "C:\\b"), Ok("etc-vs-c-b".to_owned()));
        assert_eq!(
            slug("Café", "Ｌｌａｍａ ４"),
            Ok("cafe-vs-llama-4".to_owned())
        );
        assert_eq!(slug("Tea", "通义"), Err("通义"));
        let long = "é".repeat(60);
        let slug = slug(&long, &long).unwrap_or_default();
        assert!(is_slug(&slug) && slug.len() == 80, "{slug}");
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
