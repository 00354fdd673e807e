//! Encodes quoted-printable bodies (RFC 2045 §6.7) and the values of placeholders.

use std::borrow::Cow;

use quoted_printable::{InputMode, Options};

use super::placeholder::{Context, cut};

/// Leaves room in the 76 characters of RFC 2045 for the `=` of a soft line break, and for a leading
/// `.` that becomes `=2E`.
const LINE: usize = 72;

/// Encodes a body. Each placeholder is between soft line breaks, so that its value has a line of its
/// own and can be encoded independently.
pub(super) fn body(text: &str, context: Context) -> String {
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let mut encoded = String::with_capacity(text.len() + text.len() / 16);
    for piece in cut(&text) {
        match piece {
            Ok(placeholder) => {
                if !encoded.is_empty() && !encoded.ends_with("\r\n") {
                    encoded.push_str("=\r\n");
                }
                encoded.push_str(&placeholder.marker_in(context));
                encoded.push_str("=\r\n");
            }
            Err(fixed) => encoded.push_str(&quoted_printable(fixed)),
        }
    }
    encoded
}

/// Encodes text into lines of less than 76 characters. None begins with a dot, so that the mail needs
/// no dot-stuffing (RFC 5321 §4.5.2).
pub(super) fn quoted_printable(text: &str) -> String {
    let options = Options::default()
        .line_length_limit(LINE)
        .input_mode(InputMode::Text);
    let encoded = quoted_printable::encode_with_options(text, options);
    let encoded = match encoded.strip_prefix('.') {
        Some(rest) => format!("=2E{rest}"),
        None => encoded,
    };
    encoded.replace("\r\n.", "\r\n=2E")
}

pub(super) fn value(value: &str, context: Context, out: &mut Vec<u8>) {
    match context {
        Context::Header => out.extend_from_slice(value.as_bytes()),
        Context::Text => push_encoded(value, out),
        Context::Html => push_encoded(&html(value), out),
    }
}

/// Copies a short plain value, such as a token or most addresses and names.
fn push_encoded(value: &str, out: &mut Vec<u8>) {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'=';
    let edges = !value.starts_with('.') && !value.ends_with(' ');
    match value.len() <= LINE && edges && value.bytes().all(plain) {
        true => out.extend_from_slice(value.as_bytes()),
        false => out.extend_from_slice(quoted_printable(value).as_bytes()),
    }
}

/// Escapes a value for text and for double-quoted attributes.
fn html(value: &str) -> Cow<'_, str> {
    if !value.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(value);
    }
    let mut escaped = String::with_capacity(value.len() + 16);
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use quoted_printable::ParseMode;

    use super::*;

    proptest! {
        #[test]
        fn a_value_is_encoded_as_any_text_is(value in "[ -~é]{0,90}") {
            let mut out = Vec::new();
            push_encoded(&value, &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), quoted_printable(&value));
        }

        #[test]
        fn an_encoded_text_decodes_to_itself(text in "[\\PC\n]{0,400}") {
            let crlf = text.replace('\n', "\r\n");
            let encoded = quoted_printable(&crlf);
            for line in encoded.split("\r\n") {
                prop_assert!(line.len() <= 75, "{line}");
                prop_assert!(!line.starts_with('.'));
                prop_assert!(!line.ends_with(' '));
            }
            let decoded = quoted_printable::decode(&encoded, ParseMode::Strict).unwrap();
            prop_assert_eq!(String::from_utf8(decoded).unwrap(), crlf);
        }
    }
}
