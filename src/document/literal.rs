//! Where a part of a text stands in the quotes and escapes it is written with.

/// Where the character at `offset` of a string's value stands in the literal it is written as.
pub(super) fn offset_in_literal(raw: &str, offset: usize) -> Option<usize> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let triple = raw.len() >= 6 && raw.starts_with(&quote.to_string().repeat(3));
    let mut at = if triple { 3 } else { 1 };
    if triple {
        let rest = &raw[at..];
        let first_break = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end));
        at += first_break.map_or(0, str::len);
    }
    let mut value = 0;
    while value < offset {
        let rest = raw.get(at..)?;
        let (written, meant) = match rest.chars().next()? {
            '\\' if quote == '"' => escape(rest)?,
            other => (other.len_utf8(), other.len_utf8()),
        };
        at += written;
        value += meant;
    }
    Some(at)
}

/// How many bytes an escape takes in the file, and how many in the value (TOML 1.1, "String").
fn escape(rest: &str) -> Option<(usize, usize)> {
    let digits = match rest.as_bytes().get(1)? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        b' ' | b'\t' | b'\n' | b'\r' => {
            let kept = rest[1..].trim_start_matches([' ', '\t', '\n', '\r']);
            return Some((rest.len() - kept.len(), 0));
        }
        _ => return Some((2, 1)),
    };
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((2 + digits, char::from_u32(code)?.len_utf8()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_text_is_found_in_the_file() {
        for (literal, value, part) in [
            (r#""plain <b>""#, "plain <b>", "<b>"),
            ("'lit\\eral <b>'", "lit\\eral <b>", "<b>"),
            (r#""é\u00e9\t\U0001F600 <b>""#, "éé\t😀 <b>", "<b>"),
            ("\"\"\"\r\none <b>\"\"\"", "one <b>", "<b>"),
            ("\"\"\"one \\\n   two <b>\"\"\"", "one two <b>", "<b>"),
            ("'''\n<b>'''", "<b>", "<b>"),
        ] {
            let at = value.find(part).unwrap();
            let start = offset_in_literal(literal, at).unwrap();
            let end = offset_in_literal(literal, at + part.len()).unwrap();
            assert_eq!(&literal[start..end], part, "{literal}");
        }
        assert_eq!(offset_in_literal("12", 1), None);
        assert_eq!(offset_in_literal("\"a\"", 9), None);
        assert_eq!(offset_in_literal("\"\\", 1), None);
    }
}
