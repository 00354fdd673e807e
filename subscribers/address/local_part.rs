//! What may stand before the `@`: atoms between dots (RFC 5321 §4.1.2), with the letters, marks and digits of any
//! script (RFC 6531 §3.3).
//!
//! RFC 6531 allows every character outside ASCII. We take those that words are written with, as domains do (RFC 5892):
//! quotation marks, bullets and pictures come with pasted text.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use unicode_normalization::char::is_combining_mark;

/// True for atoms between single dots. Says nothing about joiners.
pub(super) fn is_dot_string(local: &str) -> bool {
    local.split('.').all(is_atom)
}

/// A mark that begins an atom would be drawn onto the dot before it, or onto nothing.
fn is_atom(atom: &str) -> bool {
    !atom.is_empty() && !atom.starts_with(is_combining_mark) && atom.chars().all(is_atext)
}

fn is_atext(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c),
        false => c.is_alphanumeric() || is_combining_mark(c) || is_joiner(c) || belongs_to_words(c),
    }
}

/// The punctuation that RFC 5892 §2.6 lets into words, such as the Catalan `l·l` and the Tibetan tsheg.
fn belongs_to_words(c: char) -> bool {
    matches!(
        c,
        '\u{b7}'
            | '\u{375}'
            | '\u{5f3}'
            | '\u{5f4}'
            | '\u{6fd}'
            | '\u{6fe}'
            | '\u{f0b}'
            | '\u{30fb}'
    )
}

/// The invisible characters U+200C and U+200D, which Persian and Indian scripts are spelled with.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// True if each joiner stands where its script needs one (CONTEXTJ of RFC 5892): anywhere else, it only makes two
/// addresses that look the same.
pub(super) fn joiners_fit(local: &str) -> bool {
    let words = local.split(|c: char| c.is_ascii());
    words.filter(|word| word.contains(is_joiner)).all(|word| {
        let (deny, hyphens) = (AsciiDenyList::EMPTY, Hyphens::Allow);
        let checked = Uts46::new().to_ascii(word.as_bytes(), deny, hyphens, DnsLength::Ignore);
        checked.is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_script_are_atoms() {
        for local in [
            "ann.o'neill+news",
            "हिन्दी",
            "हिन्दी.समाचार",
            "ไทยนี้",
            "தமிழ்",
            "ಕನ್ನಡ",
            "မြန်မာ",
            "ខ្មែរ",
            "བོད་ཡིག",
            "עִבְרִית",
            "col·lega",
            "e\u{328}\u{301}",
            "ジョン・ハーカー",
        ] {
            assert!(is_dot_string(local), "{local}");
        }
    }

    #[test]
    fn what_is_no_word_is_refused() {
        for local in [
            "",
            ".ann",
            "ann.",
            "a..b",
            "a b",
            "a,b",
            "\u{301}ann",
            "ann.\u{93f}a",
            "“ann”",
            "•ann",
            "ann，bob",
            "a\u{2024}b",
            "a\u{fffd}",
            "\u{1f4e7}",
            "\u{e000}",
            "\u{378}",
            "\u{ffff}",
        ] {
            assert!(!is_dot_string(local), "{local:?}");
        }
    }

    #[test]
    fn joiners_stand_where_a_script_needs_them() {
        for local in [
            "no.joiner",
            "क्\u{200d}ष",
            "श्री\u{92e}\u{94d}\u{200c}",
            "علی\u{200c}رضا",
            "x-علی\u{200c}رضا.y",
        ] {
            assert!(joiners_fit(local), "{local}");
        }
        for local in [
            "a\u{200d}b",
            "\u{200c}ann",
            "ann\u{200c}",
            "é\u{200d}é",
            "क\u{200d}ष",
            "علی\u{200d}رضا",
        ] {
            assert!(!joiners_fit(local), "{local:?}");
        }
    }
}
