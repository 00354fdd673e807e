//! The relaxed form of header fields and bodies (RFC 6376 §3.4.2, §3.4.4).

pub(super) const CRLF: &[u8] = b"\r\n";

/// The fields of a mail's header, each with its continuation lines, and its body.
pub(super) fn split(mail: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let (mut fields, mut start, mut at) = (Vec::new(), 0, 0);
    loop {
        let rest = &mail[at..];
        if !rest.starts_with(b" ") && !rest.starts_with(b"\t") && at > start {
            fields.push(&mail[start..at]);
            start = at;
        }
        match rest.iter().position(|byte| *byte == b'\n') {
            Some(1) if rest.starts_with(CRLF) => return (fields, &rest[CRLF.len()..]),
            Some(end) => at += end + 1,
            None => return (fields, &[]),
        }
    }
}

pub(super) fn is_named(field: &[u8], name: &str) -> bool {
    let (start, rest) = field.split_at_checked(name.len()).unwrap_or((field, &[]));
    start.eq_ignore_ascii_case(name.as_bytes()) && rest.trim_ascii_start().starts_with(b":")
}

/// Adds the relaxed form of a field with its CRLF: the name in lower case, and the words of the value.
pub(super) fn push_field(field: &[u8], out: &mut Vec<u8>) {
    let colon = field.iter().position(|byte| *byte == b':');
    let (name, value) = field.split_at(colon.unwrap_or(field.len()));
    out.extend(name.trim_ascii_end().to_ascii_lowercase());
    out.push(b':');
    push_words(value.get(1..).unwrap_or_default(), out);
    out.extend_from_slice(CRLF);
}

/// Adds a field's value: unfolded, each run of blanks as one space, none at either end.
pub(super) fn push_words(value: &[u8], out: &mut Vec<u8>) {
    let words = value.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// Adds a body: the text without the empty lines at its end.
pub(super) fn push_body(body: &[u8], out: &mut Vec<u8>) {
    let Some(end) = body.iter().rposition(|byte| !byte.is_ascii_whitespace()) else {
        return;
    };
    push_text(&body[..=end], out);
    out.extend_from_slice(CRLF);
}

/// Adds a part of a body: each run of blanks as one space, none at the end of a line. The part ends a line only if its
/// CRLF belongs to it.
pub(super) fn push_text(mut text: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = text.iter().position(|byte| is_blank(*byte)) {
        let (before, blanks) = text.split_at(at);
        out.extend_from_slice(before);
        let end = blanks.iter().position(|byte| !is_blank(*byte));
        text = &blanks[end.unwrap_or(blanks.len())..];
        if !text.starts_with(CRLF) {
            out.push(b' ');
        }
    }
    out.extend_from_slice(text);
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rules, line by line.
    fn plain(body: &str) -> String {
        let mut lines: Vec<String> = body
            .split("\r\n")
            .map(|line| {
                let mut words = String::new();
                for c in line.chars() {
                    match c {
                        ' ' | '\t' if words.ends_with(' ') => {}
                        ' ' | '\t' => words.push(' '),
                        c => words.push(c),
                    }
                }
                words.trim_end_matches(' ').to_owned()
            })
            .collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines.iter().map(|line| format!("{line}\r\n")).collect()
    }

    fn relaxed(body: &str) -> String {
        let mut relaxed = Vec::new();
        push_body(body.as_bytes(), &mut relaxed);
        String::from_utf8(relaxed).unwrap()
    }

    proptest! {
        #[test]
        fn a_body_is_relaxed_as_the_rules_say(
            parts in proptest::collection::vec("(\r\n| |\t|[a-z=]{1,9}|[a-z ]{60,70})", 0..40),
        ) {
            let body = parts.concat();
            prop_assert_eq!(relaxed(&body), plain(&body));
        }
    }

    #[test]
    fn the_example_of_the_rfc() {
        let mail = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let (fields, body) = split(mail);
        let mut header = Vec::new();
        for field in &fields {
            push_field(field, &mut header);
        }
        assert_eq!(String::from_utf8(header).unwrap(), "a:X\r\nb:Y Z\r\n");
        assert!(is_named(fields[1], "b") && !is_named(fields[0], "b"));
        let body = str::from_utf8(body).unwrap();
        assert_eq!(relaxed(body), " C\r\nD E\r\n");
        assert_eq!(relaxed("\r\n"), "");
    }
}
