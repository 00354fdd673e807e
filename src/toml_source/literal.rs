//! Maps an offset in a string's value to its place in the file, where it has quotes and escapes.

/// A string as written. It remembers the last place, so that looking up many places in order walks the text once.
pub(super) struct Literal<'t> {
    raw: &'t str,
    quote: char,
    /// Where the value begins in `raw`.
    start: usize,
    /// The last place, in `raw` and in the value.
    at: usize,
    value: usize,
}

impl<'t> Literal<'t> {
    /// `None` if `raw` does not begin with a quote.
    pub(super) fn new(raw: &'t str) -> Option<Self> {
        let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let triple = raw.len() >= 6 && raw.starts_with(&quote.to_string().repeat(3));
        let mut start = if triple { 3 } else { 1 };
        if triple {
            let rest = &raw[start..];
            let first_break = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end));
            start += first_break.map_or(0, str::len);
        }
        Some(Self {
            raw,
            quote,
            start,
            at: start,
            value: 0,
        })
    }

    /// The place in the literal of the character at `offset` of the value.
    pub(super) fn place(&mut self, offset: usize) -> Option<usize> {
        if offset < self.value {
            (self.at, self.value) = (self.start, 0);
        }
        while self.value < offset {
            let rest = self.raw.get(self.at..)?;
            let (written, meant) = match rest.chars().next()? {
                '\\' if self.quote == '"' => escape(rest)?,
                other => (other.len_utf8(), other.len_utf8()),
            };
            self.at += written;
            self.value += meant;
        }
        Some(self.at)
    }
}

/// How many bytes an escape takes in the file and in the value (TOML 1.1, "String").
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
            let mut places = Literal::new(literal).unwrap();
            // Forwards, and back again.
            for _ in 0..2 {
                let start = places.place(at).unwrap();
                let end = places.place(at + part.len()).unwrap();
                assert_eq!(&literal[start..end], part, "{literal}");
            }
        }
        assert!(Literal::new("12").is_none());
        assert_eq!(Literal::new("\"a\"").unwrap().place(9), None);
        assert_eq!(Literal::new("\"\\").unwrap().place(1), None);
    }
}
