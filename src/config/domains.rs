//! Domains, and the file of those that may not sign up.

use std::collections::HashSet;
use std::path::Path;

use subscribers::address::Address;

use crate::findings::Report;
use crate::toml_source::{self, Value};

/// Reads the file that a value names; a relative path starts at `folder`. One domain a line; empty lines and lines
/// that begin with `#` are ignored.
pub(super) fn read(
    value: &Value<'_>,
    folder: &Path,
    report: &mut Report,
) -> Option<HashSet<String>> {
    let path = folder.join(value.line(4096, report)?);
    let text = toml_source::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    match text.and_then(|text| parse(&text)) {
        Ok(domains) => Some(domains),
        Err(why) => {
            let message = format!("`{}` names no file of domains", value.key());
            let finding = value.fault("bad-domains", message);
            report.push(
                finding
                    .label(format!("{}: {why}", path.display()))
                    .help("it is a text file with a domain in each line, such as `example.net`"),
            );
            None
        }
    }
}

fn parse(text: &str) -> Result<HashSet<String>, String> {
    let lines = text.lines().map(str::trim).enumerate();
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            domain(line).ok_or_else(|| format!("line {}: `{line}` is no domain", number + 1))
        })
        .collect()
}

/// A domain in lower case, as A-labels.
pub fn domain(text: &str) -> Option<String> {
    let address = Address::parse(&format!("a@{text}")).ok()?;
    Some(address.domain_ascii().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_a_line() {
        let found = parse("# throw-away\n\n Example.NET \nb\u{fc}cher.example\n").unwrap();
        let wanted = ["example.net", "xn--bcher-kva.example"].map(str::to_owned);
        assert_eq!(found, HashSet::from(wanted));
        let wrong = parse("example.net\nnot a domain").unwrap_err();
        assert_eq!(wrong, "line 2: `not a domain` is no domain");
    }
}
