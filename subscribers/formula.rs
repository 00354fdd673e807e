//! Cells that a spreadsheet would run as a formula. Names and addresses are typed by strangers, and
//! `=HYPERLINK(…)` in an export would be theirs on the operator's machine.
//!
//! The guard is an apostrophe in front, as OWASP advises (CSV injection). It can be undone: whatever
//! text goes in, [`unguard`] of [`guard`] is that text.

use std::borrow::Cow;

/// True for the signs that begin a formula, or are dropped in front of one.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '\t'
            | '\r'
            | '\n'
            | '\u{ff1d}'
            | '\u{ff0b}'
            | '\u{ff0d}'
            | '\u{ff20}'
    )
}

/// The text as a cell that no spreadsheet runs. A text that already looks guarded gets one more
/// apostrophe, so that it too comes back as it was.
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(begins_formula) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text without the guard, if it has one.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(begins_formula) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_guard_stands_only_where_a_formula_would_begin() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-x", "'-x"),
            ("@y", "'@y"),
            ("+z", "'+z"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("'=x", "''=x"),
            ("'quoted", "'quoted"),
            (" =x", " =x"),
            ("a=b", "a=b"),
            ("'", "'"),
            ("", ""),
        ] {
            assert_eq!(guard(text), cell);
            assert_eq!(unguard(cell), text);
        }
        // The exporter would not have written this one.
        assert_eq!(unguard("'x"), "'x");
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "['=+@\t\ra -]{0,6}\\PC{0,6}") {
            let cell = guard(&text);
            prop_assert!(!cell.starts_with(begins_formula));
            prop_assert_eq!(unguard(&cell), text.as_str());
        }
    }
}
