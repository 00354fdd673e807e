//! Masks passwords in URLs before findings show them.

use std::ops::Range;
use std::path::Path;

use crate::findings::Finding;

/// Characters that end a word; a URL has none of them.
const ENDS: [char; 6] = ['"', '\'', '\n', '\r', ' ', '\t'];

/// The text with every password replaced by stars, byte for byte, so that offsets stay valid.
///
/// It works on the raw text, so that a line with a syntax error does not show its password either.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for word in text.split_inclusive(ENDS) {
        let mut from = 0;
        for password in Passwords::of(word) {
            shown.push_str(&word[from..password.start]);
            shown.push_str(&"*".repeat(password.len()));
            from = password.end;
        }
        shown.push_str(&word[from..]);
    }
    shown
}

/// A warning if the file has a password and others can read it.
#[cfg(unix)]
pub(super) fn exposed(path: &Path, bytes: &[u8]) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let text = String::from_utf8_lossy(bytes);
    let mut settings = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    settings.find(|line| {
        line.split(ENDS)
            .any(|word| Passwords::of(word).next().is_some())
    })?;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    let finding = || {
        let message = "the file holds a password and can be read by others";
        let help = format!("run `chmod 600 {}`, or use the environment", path.display());
        Finding::of_file("exposed-password", message, path)
            .as_warning()
            .help(help)
    };
    (mode & 0o077 != 0).then(finding)
}

/// Other systems have different permissions.
#[cfg(not(unix))]
pub(super) fn exposed(_: &Path, _: &[u8]) -> Option<Finding> {
    None
}

/// Each `password` of `scheme://user:password@host` or `password=password` in a word.
///
/// Each search starts where the previous password ended, so that a word of any length is read once.
struct Passwords<'w> {
    word: &'w str,
    last_at: Option<usize>,
    from: usize,
}

impl<'w> Passwords<'w> {
    fn of(word: &'w str) -> Self {
        let word = word.trim_end_matches(ENDS);
        Self {
            word,
            // A password may hold any sign, a slash or an at sign too: the last one ends it.
            last_at: word.rfind('@'),
            from: 0,
        }
    }

    /// The password before a host.
    fn in_authority(&self, start: usize) -> Option<Range<usize>> {
        let end = self.last_at.filter(|at| *at >= start)?;
        let colon = start + self.word[start..end].find(':')?;
        Some(colon + 1..end)
    }

    /// The password of a query.
    fn in_query(&self, start: usize) -> Range<usize> {
        let length = self.word[start..].find('&');
        start..length.map_or(self.word.len(), |length| start + length)
    }
}

impl Iterator for Passwords<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        const AUTHORITY: &[u8] = b"://";
        const QUERY: &[u8] = b"password=";
        while let Some(rest) = self.word.as_bytes().get(self.from..)
            && !rest.is_empty()
        {
            let found = if rest.starts_with(AUTHORITY) {
                self.from += AUTHORITY.len();
                self.in_authority(self.from)
            } else if rest.starts_with(QUERY) {
                self.from += QUERY.len();
                Some(self.in_query(self.from))
            } else {
                self.from += 1;
                None
            };
            let is_shown =
                |found: &Range<usize>| self.word[found.clone()].bytes().any(|b| b != b'*');
            if let Some(password) = found.filter(is_shown) {
                self.from = password.end;
                return Some(password);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_starred_out_wherever_they_stand() {
        for (text, shown) in [
            ("smtp://u:s3cret@host:25", "smtp://u:******@host:25"),
            ("smtp://u:a/b@c@host", "smtp://u:*****@host"),
            (
                "url = \"smtps://u:geheim@host # open\n",
                "url = \"smtps://u:******@host # open\n",
            ),
            (
                "postgres://u@h/d?password=abc&x=1",
                "postgres://u@h/d?password=***&x=1",
            ),
            ("a://b:c@d e://f:gh@i", "a://b:*@d e://f:**@i"),
            ("http://host:80/a?b=c", "http://host:80/a?b=c"),
            ("smtp://u:é@h", "smtp://u:**@h"),
            ("password=", "password="),
            ("://", "://"),
        ] {
            assert_eq!(masked(text), shown);
            assert_eq!(masked(text).len(), text.len());
        }
    }
}
