//! Secrets that must not be shown: passwords in addresses of servers.

use std::path::Path;

use crate::diagnostic::Finding;

/// The text with every password in it starred out, byte for byte, so that all offsets stay true.
///
/// It works on the raw text, so that a line with a syntax error does not show its password either.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = next_password(rest) {
        shown.push_str(&rest[..start]);
        shown.push_str(&"*".repeat(end - start));
        rest = &rest[end..];
    }
    shown.push_str(rest);
    shown
}

/// A warning if the file holds a password and others than its owner can read it.
#[cfg(unix)]
pub(super) fn exposed(path: &Path, bytes: &[u8]) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let text = String::from_utf8_lossy(bytes);
    let mut settings = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    settings.find_map(next_password)?;
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

/// Other systems have no such permissions.
#[cfg(not(unix))]
pub(super) fn exposed(_: &Path, _: &[u8]) -> Option<Finding> {
    None
}

/// The first `password` of `scheme://user:password@host` or `password=password`.
fn next_password(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let rest = &text[from..];
        let user = rest.find("://").map(|at| (at, at + "://".len(), true));
        let query = rest
            .find("password=")
            .map(|at| (at, at + "password=".len(), false));
        let (_, start, in_authority) = [user, query].into_iter().flatten().min()?;
        let start = from + start;
        let word = text[start..].find(['"', '\'', '\n', '\r', ' ', '\t']);
        let word = &text[start..word.map_or(text.len(), |length| start + length)];
        let found = if in_authority {
            // A password may hold any sign, a slash or an at sign too: the last one ends it.
            let end = word.rfind('@');
            let colon = end.and_then(|end| word[..end].find(':').map(|at| at + 1));
            colon.zip(end)
        } else {
            Some((0, word.find('&').unwrap_or(word.len())))
        };
        match found {
            Some((a, b)) if a < b && word[a..b].bytes().any(|byte| byte != b'*') => {
                return Some((start + a, start + b));
            }
            _ => from = start,
        }
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
