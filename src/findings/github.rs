//! Findings as commands of GitHub Actions, which show them beside the lines of a change.

use std::fmt::Write as _;

use super::harmless::harmless;
use super::{Finding, Severity};

/// One workflow command a line: `::warning file=…,line=…,col=…,title=…::message`. `title` names what a code stands
/// for.
pub fn github(findings: &[Finding], title: impl Fn(&'static str) -> String) -> String {
    let mut commands = String::new();
    for finding in findings {
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = write!(commands, "::{level} file={}", property(&finding.path));
        if !finding.is_of_file() {
            let _ = write!(commands, ",line={},col={}", finding.line, finding.column);
        }
        let mut message = finding.message.clone();
        for more in finding.label.iter().chain(&finding.help) {
            let _ = write!(message, "\n{more}");
        }
        let title = property(&title(finding.code));
        let _ = writeln!(commands, ",title={title}::{}", data(&message));
    }
    commands
}

/// A line break would end the command, and begin what looks like another one.
fn data(text: &str) -> String {
    let text = harmless(text);
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Source;
    use super::*;

    #[test]
    fn nothing_in_a_finding_ends_its_command_early() {
        let source = Arc::new(Source::new("a,b:c%.toml", "x = 1\ny = 2\n".to_owned()));
        let finding = Finding::warning("V001", "50 %, once\n::error::more", &source, 6..7)
            .label("a: b")
            .help("help\r\n");
        let whole = Finding::of_file("too-long", "long", "a.toml".as_ref());
        assert_eq!(
            github(&[finding, whole], |code| format!("{code}: x, y")),
            "::warning file=a%2Cb%3Ac%25.toml,line=2,col=1,title=V001%3A x%2C y::\
             50 %25, once%0A::error::more%0Aa: b%0Ahelp␍%0A\n\
             ::error file=a.toml,title=too-long%3A x%2C y::long\n"
        );
    }
}
