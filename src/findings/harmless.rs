//! Makes text from outside harmless for a terminal.

use std::borrow::Cow;

/// Replaces a character without a visible symbol.
const HIDDEN: char = '\u{fffd}';

/// True for a character that changes the direction of the text around it (UAX #9 §2), so that a line does not read as
/// it is written.
pub fn is_bidi_control(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Replaces control characters, except line breaks and tabs, with visible symbols: U+001B and U+009B begin terminal
/// commands. Also replaces bidirectional controls and Unicode's own line breaks.
///
/// Pass all printed text from outside through this function.
pub fn harmless(text: &str) -> Cow<'_, str> {
    replaced(text, |c| match c {
        '\n' | '\t' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        c => hidden(c),
    })
}

/// Like [`harmless`], but leaves ASCII control characters, which the renderer replaces.
pub(super) fn harmless_source(text: &str) -> Cow<'_, str> {
    replaced(text, |c| if c.is_ascii() { None } else { hidden(c) })
}

/// Escapes the same characters in JSON, which keeps the data unchanged.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    let harms = |c: char| !c.is_ascii() && hidden(c).is_some() || c == '\u{7f}';
    if !json.contains(harms) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if harms(c) {
            // All of them are below U+10000.
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

fn hidden(c: char) -> Option<char> {
    let harms = c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}');
    harms.then_some(HIDDEN)
}

fn replaced(text: &str, instead: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if !text.contains(|c| instead(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| instead(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let text =
            "a\u{1b}[31mb\u{9b}2Jc\u{7}\r\n\td\u{7f}\u{202e}e\u{2066}\u{200f}\u{2028}ä 漢 👩‍🔬";
        assert_eq!(harmless(text), "a␛[31mb�2Jc␇␍\n\td␡�e���ä 漢 👩‍🔬");
        assert!(matches!(harmless("plain\n"), Cow::Borrowed(_)));
        assert_eq!(harmless_source("\u{1b}\u{9b}\r\n"), "\u{1b}�\r\n");
    }

    #[test]
    fn json_stays_the_same_data() {
        let data = "\u{1b}\u{9b}\u{202e}\u{7f}ä";
        let json = serde_json::to_string(data).unwrap_or_default();
        let shown = harmless_json(&json);
        assert_eq!(shown, "\"\\u001b\\u009b\\u202e\\u007fä\"");
        assert_eq!(
            serde_json::from_str::<String>(&shown).ok().as_deref(),
            Some(data)
        );
    }
}
