//! Cells that a spreadsheet would run as a formula. Strangers type names and addresses, so a
//! `=HYPERLINK(…)` in an export would run a stranger's formula on the operator's machine.
//!
//! The guard is a leading apostrophe, as OWASP advises (CSV injection). It is reversible: for any text,
//! [`unguard`] of [`guard`] is that text.

use std::borrow::Cow;

/// The characters that begin a formula, in ASCII and in full width, or that spreadsheets drop before one.
const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// The text as a cell that no spreadsheet runs. A text that already looks guarded gets another apostrophe,
/// so that it comes back unchanged too.
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text without the guard, if it has one.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
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
            prop_assert!(!cell.starts_with(FORMULA_STARTS));
            prop_assert_eq!(unguard(&cell), text.as_str());
        }
    }
}
