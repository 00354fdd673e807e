//! The direction in which characters are written.

/// True for the letters of Hebrew, Arabic and their neighbors.
pub(crate) fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// True if a text could change the order of the words around it, in a sentence from left to right.
pub(super) fn reorders(text: &str) -> bool {
    let steers =
        |c: char| matches!(c, '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().any(|c| is_from_right(c) || steers(c))
}

/// True if a text has letters, and all of them run in the same direction.
pub(super) fn has_one_direction(text: &str) -> bool {
    runs_against(text, true) || runs_against(text, false)
}

/// True if a text has letters, and all of them are written against the direction `is_rtl`.
pub(super) fn runs_against(text: &str, is_rtl: bool) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().next().is_some() && letters().all(|c| is_from_right(c) != is_rtl)
}
