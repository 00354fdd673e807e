//! Rust source without comments and literals.

/// Rust source with every comment and literal blanked out, line by line the same.
pub(super) fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = code.ends_with(super::is_word);
        let blank = blank(rest, in_word);
        let (blanked, kept) = rest.split_at(blank.unwrap_or(first.len_utf8()));
        match blank {
            Some(_) => code.extend(blanked.chars().map(|c| if c == '\n' { c } else { ' ' })),
            None => code.push(first),
        }
        rest = kept;
    }
    code
}

/// How many bytes of comment or literal the text begins with. `in_word` means that the text before ends in a name, so
/// an `r` does not start a raw string.
fn blank(text: &str, in_word: bool) -> Option<usize> {
    let until = |end: &str, from: usize| {
        let found = text[from..].find(end);
        Some(found.map_or(text.len(), |length| from + length + end.len()))
    };
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return until("*/", 2);
    }
    if text.starts_with('"') {
        return Some(quoted(text));
    }
    if let Some(raw) = text.strip_prefix("br").or(text.strip_prefix('r'))
        && !in_word
    {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return until(&end, text.len() - raw.len() + hashes + 1);
        }
    }
    let inner = text.strip_prefix('\'')?;
    if inner.starts_with('\\') {
        return until("'", 3);
    }
    // Not a lifetime: those are not closed.
    let width = inner.chars().next()?.len_utf8();
    inner[width..].starts_with('\'').then_some(width + 2)
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn comments_and_literals_are_blanked_and_lines_kept() {
    for (text, kept) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b\n */ c", "a     \n    c"),
        (r#"f("a\"b\\", c)"#, r#"f(        , c)"#),
        ("f(r#\"a\"b\"#, c)", "f(        , c)"),
        ("f(br\"\\\", c)", "f(     , c)"),
        ("f('\"', '\\'', 'ü')", "f(   ,     ,    )"),
        ("fn f<'a>(a: &'a str)", "fn f<'a>(a: &'a str)"),
        ("bar\"x\"", "bar   "),
        ("\"open", "     "),
    ] {
        assert_eq!(code(text), kept, "{text}");
    }
}
