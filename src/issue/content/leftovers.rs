//! Notes to oneself, and placeholders of other systems, that are left in a text.

use std::ops::Range;

use super::document::{Document, Text};
use super::rules::LEFTOVER;
use crate::findings::{Finding, Report};

/// Words that mark what is still to be written. Only in capitals: "todo" is a word in Spanish.
const NOTES: [&str; 5] = ["TODO", "TK", "TKTK", "TBD", "FIXME"];

/// After `TODO`, words that make it the name of a thing: tools for TODO lists exist.
const THINGS: [&str; 8] = [
    "list", "lists", "app", "apps", "item", "items", "comment", "comments",
];

/// How placeholders of other systems begin and end.
const BRACKETS: [(&str, &str); 8] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("[[", "]]"),
    ("*|", "|*"),
    ("<<", ">>"),
    ("${", "}"),
    ("{", "}"),
    ("%", "%"),
];

/// The longest placeholder, in bytes.
const LONGEST: usize = 80;

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    for text in document.texts() {
        if let Some(part) = first(text.text) {
            report.push(finding(text, part));
        }
    }
}

fn finding(text: &Text<'_>, part: Range<usize>) -> Finding {
    let key = text.value.key();
    let found = &text.text[part.clone()];
    let message = format!("`{found}` is left in `{key}`");
    let finding = text.doubt_at(part, LEFTOVER, message);
    if found.starts_with(char::is_alphabetic) {
        return finding.label("still to be written");
    }
    finding
        .label("readers get this as it stands")
        .help("the mail greets readers by itself; texts have no placeholders")
}

/// True if a text is still to be written.
pub(super) fn is_unwritten(text: &str) -> bool {
    first(text).is_some()
}

/// The first leftover of a text. The others are found once this one is gone.
fn first(text: &str) -> Option<Range<usize>> {
    let notes = notes(text);
    let placeholders = BRACKETS
        .iter()
        .filter_map(|(open, close)| placeholder(text, open, close));
    notes
        .into_iter()
        .chain(placeholders)
        .min_by_key(|found| found.start)
}

fn notes(text: &str) -> Option<Range<usize>> {
    let mut words = words(text).peekable();
    while let Some((at, word)) = words.next() {
        let end = at + word.len();
        let next = words.peek().map(|(_, next)| next.to_lowercase());
        let next = next.as_deref().unwrap_or_default();
        let is_thing = word == "TODO" && THINGS.contains(&next);
        if NOTES.contains(&word) && !is_thing && !is_in_address(text, at) {
            return Some(at..end);
        }
        if word.eq_ignore_ascii_case("lorem") && next == "ipsum" {
            let end = end + text[end..].find(['i', 'I'])? + "ipsum".len();
            return Some(at..end);
        }
    }
    None
}

/// The words of a text with their places, in bytes.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    text.split(move |c: char| !is_inside(c))
        .filter_map(move |word| {
            let start = at;
            // What separates words is one character long, of any number of bytes.
            let behind = text[start + word.len()..].chars().next();
            at += word.len() + behind.map_or(0, char::len_utf8);
            (!word.is_empty()).then_some((start, word))
        })
}

fn placeholder(text: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(found) = text[from..].find(open) {
        let start = from + found;
        let inside = start + open.len();
        from = inside;
        let limit = text.floor_char_boundary(inside + LONGEST);
        let Some(length) = text[inside..limit].find(close) else {
            continue;
        };
        let name = &text[inside..inside + length];
        let is_share = open == "%" && text[..start].ends_with(|c: char| c.is_ascii_digit());
        if !is_share && is_name(name, open) && !is_in_address(text, start) {
            return Some(start..inside + length + close.len());
        }
    }
    None
}

/// True for what stands inside a placeholder. A single `%` or `{` also has other uses, so only a word counts there.
fn is_name(name: &str, open: &str) -> bool {
    let name = match open {
        "{{" | "{%" => name.trim(),
        _ => name,
    };
    let starts = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '#' | '/');
    if !name.starts_with(starts) {
        return false;
    }
    let of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '$');
    match open {
        "%" => name.len() > 1 && name.chars().all(of_word),
        "{" | "${" | "<<" => name.chars().all(of_word),
        "[[" => name.chars().all(|c| of_word(c) || c == ' '),
        _ => !name.contains('\n'),
    }
}

/// True if the position is inside a URL or an email address.
fn is_in_address(text: &str, at: usize) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"');
    let start = text[..at].rfind(ends).map_or(0, |end| end + 1);
    let run = &text[text.ceil_char_boundary(start)..];
    let run = run.split(ends).next().unwrap_or_default();
    run.contains("://") || run.starts_with("www.") || run.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        first(text).map(|range| &text[range])
    }

    #[test]
    fn notes_and_placeholders_are_found() {
        for (text, leftover) in [
            ("TODO", "TODO"),
            ("It is fast (TODO: how fast?).", "TODO"),
            ("The price is TK.", "TK"),
            ("… TBD", "TBD"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("Hi {{ name }}, read this", "{{ name }}"),
            (
                "Hi {{ subscriber.first_name | default: 'you' }}",
                "{{ subscriber.first_name | default: 'you' }}",
            ),
            ("Hi %FIRSTNAME%!", "%FIRSTNAME%"),
            ("Hi %%first_name%%!", "%first_name%"),
            ("Hi *|FNAME|*", "*|FNAME|*"),
            ("Hi [[name]]", "[[name]]"),
            ("Hi <<First Name>> and <<name>>", "<<name>>"),
            ("Hi {$name}", "{$name}"),
            ("Hi ${name}", "${name}"),
            ("Hi {first_name}", "{first_name}"),
            ("é TK", "TK"),
        ] {
            assert_eq!(found(text), Some(leftover), "{text}");
        }
    }

    #[test]
    fn ordinary_text_is_none() {
        for text in [
            "",
            "Keeps a TODO list and finds TODO comments",
            "Todo está listo",
            "TODOs are counted",
            "Tcl/Tk, TKO and mistk",
            "up 20% of users and 30% of teams, 40%more%",
            "[a link](https://example.com/{{name}}/TODO?x=%FOO%)",
            "https://example.com/TK",
            "{ }, {}, {{}}, [[ ]], a << b >> c",
            "if (a) { return b; }",
            "lorem",
            "漢字 ％ 漢字",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
