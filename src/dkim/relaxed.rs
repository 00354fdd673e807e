//! The relaxed form of header fields and bodies (RFC 6376 §3.4.2, §3.4.4).

use aws_lc_rs::digest::{Context, SHA256};

pub(super) const CRLF: &[u8] = b"\r\n";

/// Bytes looked at together. Most have nothing to change, and the compiler compares them sixteen at a time.
const BLOCK: usize = 64;

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

/// Adds the relaxed form of a field with its CRLF: the name in lower case, unfolded, each run of blanks as one, none at
/// either end.
pub(super) fn push_field(field: &[u8], out: &mut Vec<u8>) {
    let colon = field.iter().position(|byte| *byte == b':');
    let (name, value) = field.split_at(colon.unwrap_or(field.len()));
    out.extend(name.trim_ascii_end().to_ascii_lowercase());
    out.push(b':');
    let words = value.get(1..).unwrap_or_default();
    let words = words.split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
    out.extend_from_slice(CRLF);
}

/// The SHA-256 of a body's relaxed form: each run of blanks as one space, none at the end of a line, no empty lines at
/// the end.
pub(super) fn body_hash(body: &[u8]) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    let end = body.iter().rposition(|byte| !byte.is_ascii_whitespace());
    let body = end.map_or(&body[..0], |end| &body[..=end]);
    let mut at = 0;
    while let Some(run) = next_run(body, at) {
        hash.update(&body[at..run]);
        at = run
            + body[run..]
                .iter()
                .take_while(|byte| is_blank(**byte))
                .count();
        if body[at] != b'\r' {
            hash.update(b" ");
        }
    }
    hash.update(&body[at..]);
    if !body.is_empty() {
        hash.update(CRLF);
    }
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hash.finish().as_ref());
    bytes
}

/// Where the next blanks are that do not stay as they are: all but a single space within a line. The last byte is no
/// blank.
fn next_run(body: &[u8], from: usize) -> Option<usize> {
    let changes = |this: u8, next: u8| {
        (this == b'\t') | ((this == b' ') & ((next == b' ') | (next == b'\t') | (next == b'\r')))
    };
    let mut at = from;
    while let (Some(these), Some(nexts)) = (body.get(at..at + BLOCK), body.get(at + 1..=at + BLOCK))
    {
        let pairs = these.iter().zip(nexts);
        if pairs.fold(false, |any, (this, next)| any | changes(*this, *next)) {
            break;
        }
        at += BLOCK;
    }
    let rest = body.get(at..)?;
    let found = rest.windows(2).position(|pair| changes(pair[0], pair[1]));
    found.map(|run| at + run)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use aws_lc_rs::digest::digest;
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

    proptest! {
        #[test]
        fn a_body_is_hashed_as_the_rules_say(
            parts in proptest::collection::vec("(\r\n| |\t|[a-z=]{1,9}|[a-z ]{60,70})", 0..40),
        ) {
            let body = parts.concat();
            let wanted = digest(&SHA256, plain(&body).as_bytes());
            prop_assert_eq!(&body_hash(body.as_bytes()), wanted.as_ref());
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
        let wanted = digest(&SHA256, b" C\r\nD E\r\n");
        assert_eq!(&body_hash(body), wanted.as_ref());
        assert_eq!(&body_hash(b"\r\n"), digest(&SHA256, b"").as_ref());
    }
}
