//! Findings as text for a terminal.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title,
};

use super::harmless::{harmless, harmless_source};
use super::{Finding, Related, Severity};

/// A finding whose lines have more bytes is shown in several excerpts.
const LONG_EXCERPT: usize = 16 * 1024;

/// The findings as text, separated by empty lines and ended by a line break.
///
/// Makes control characters of the file visible, so that a file cannot control the terminal. Uses
/// escape sequences only if `colour` is true.
pub fn render(findings: &[Finding], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled().hyperlink(false)
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for finding in findings {
        if !text.is_empty() {
            text.push('\n');
        }
        let rendered = renderer.render(&[group(finding)]);
        for line in rendered.lines().filter(|line| !is_bare_mark(line)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// The number of findings, such as `2 errors, 1 warning`; `None` if there are none.
pub fn tally(findings: &[Finding]) -> Option<String> {
    let count =
        |severity, word: &str| match findings.iter().filter(|f| f.severity == severity).count() {
            0 => None,
            1 => Some(format!("1 {word}")),
            many => Some(format!("{many} {word}s")),
        };
    let errors = count(Severity::Error, "error");
    let warnings = count(Severity::Warning, "warning");
    let parts: Vec<String> = errors.into_iter().chain(warnings).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn group(finding: &Finding) -> Group<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(harmless(&finding.message))
        .id(finding.code);
    let group = if finding.is_of_file() {
        title.element(Origin::path(harmless(&finding.path)))
    } else {
        excerpt(title, finding)
    };
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(harmless(help))),
        None => group,
    }
}

/// Only the relevant lines, so that the renderer's work does not grow with the file.
fn excerpt<'f>(title: Title<'f>, finding: &'f Finding) -> Group<'f> {
    let related = || finding.related.iter().map(|related| &related.span);
    let spans = || std::iter::once(&finding.span).chain(related());
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    let end = spans().map(|span| span.end).max().unwrap_or(start);
    let lines = finding.source.lines_around(start..end);
    if lines.len() > LONG_EXCERPT {
        return excerpts(title, finding);
    }
    title.element(part(finding, lines).path(harmless(&finding.path)))
}

/// Each place on its own, with the part of its line around it.
fn excerpts<'f>(title: Title<'f>, finding: &'f Finding) -> Group<'f> {
    let path = harmless(&finding.path);
    let origin = |line, column| Origin::path(path.clone()).line(line).char_column(column);
    let lines = finding.source.part_of_line(finding.span.start);
    let mut group = title
        .element(origin(finding.line, finding.column))
        .element(part(finding, lines.clone()));
    let elsewhere = |one: &&Related| !lines.contains(&one.span.start);
    for related in finding.related.iter().filter(elsewhere) {
        let lines = finding.source.part_of_line(related.span.start);
        group = group
            .element(origin(related.line, related.column))
            .element(part(finding, lines));
    }
    group
}

/// True for the `:::` that the renderer prints above an excerpt after a separate [`Origin`].
fn is_bare_mark(line: &str) -> bool {
    let mut parts = line.split('\u{1b}');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    let escapes = parts.filter_map(|escape| escape.split_once('m'));
    bare.extend(escapes.map(|(_, after)| after));
    bare.trim() == ":::"
}

/// A part of the file, annotated with the places that begin in it.
fn part(finding: &Finding, lines: Range<usize>) -> Snippet<'_, Annotation<'_>> {
    let text = &finding.source.text()[lines.clone()];
    let within = |span: &Range<usize>| {
        let at = |offset: usize| {
            let offset = offset.saturating_sub(lines.start).min(text.len());
            harmless_source(&text[..offset]).len()
        };
        at(span.start)..at(span.end)
    };
    let begins = |span: &Range<usize>| (lines.start..=lines.end).contains(&span.start);
    let primary = begins(&finding.span).then(|| {
        AnnotationKind::Primary
            .span(within(&finding.span))
            .label(finding.label.as_deref().map(harmless))
    });
    let related = finding.related.iter().filter(|one| begins(&one.span));
    Snippet::source(harmless_source(text))
        .line_start(finding.source.position(lines.start).line)
        .annotations(primary)
        .annotations(related.map(|related| {
            AnnotationKind::Context
                .span(within(&related.span))
                .label(harmless(&related.label))
        }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::sync::Arc;

    use super::super::Source;
    use super::*;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("issues/a.toml", text.to_owned()))
    }

    #[test]
    fn carets_stand_under_the_span_behind_tabs_and_wide_characters() {
        let text = "x = 1\r\n\tpreis = \"günstig\" # böse\r\ny = 2\r\n";
        let at = text.find("böse").unwrap();
        let finding = Finding::error("some-code", "not so", &source(text), at..at + 5)
            .label("here")
            .help("leave it");
        assert_eq!((finding.line, finding.column), (2, 22));
        assert_eq!(finding.source_line, "\tpreis = \"günstig\" # böse");
        assert_eq!(
            render(&[finding], false),
            "\
error[some-code]: not so
 --> issues/a.toml:2:22
  |
2 |     preis = \"günstig\" # böse
  |                         ^^^^ here
  |
  = help: leave it
"
        );
    }

    #[test]
    fn a_span_of_several_lines_is_drawn_along_its_side() {
        let text = "a = \"\"\"\none\r\ntwo\n\"\"\"\nb = 1\n";
        let finding = Finding::warning("code", "long", &source(text), 4..text.find("b =").unwrap());
        assert_eq!(
            render(&[finding], false),
            "\
warning[code]: long
 --> issues/a.toml:1:5
  |
1 |   a = \"\"\"
  |  _____^
2 | | one
3 | | two
4 | | \"\"\"
  | |____^
"
        );
    }

    #[test]
    fn both_places_are_shown_and_the_lines_between_them_are_left_out() {
        let text = "\u{feff}a = 1\n2\n3\n4\n5\n6\n7\na = 2\n";
        let again = text.rfind('a').unwrap();
        let finding = Finding::error("twice", "`a` twice", &source(text), again..again + 1)
            .label("again")
            .related(3..4, "first here");
        assert_eq!((finding.related[0].line, finding.related[0].column), (1, 1));
        assert_eq!(
            render(&[finding], false),
            "\
error[twice]: `a` twice
 --> issues/a.toml:8:1
  |
1 | a = 1
  | - first here
...
8 | a = 2
  | ^ again
"
        );
    }

    #[test]
    fn colours_come_only_when_asked_for_and_a_file_cannot_add_its_own() {
        let text = "a = \u{1b}[31m1";
        let finding = || {
            Finding::error("c", "bad \u{1b}[31m", &source(text), 4..5)
                .label("\u{1b}[31ml")
                .help("\u{1b}[31mh\u{9b}31m")
                .related(0..1, "\u{1b}[31mr")
        };
        assert!(!render(&[finding()], false).contains('\u{1b}'));
        let coloured = render(&[finding()], true);
        assert!(coloured.contains('\u{1b}'));
        for written in ["1", "l", "h", "r"] {
            assert!(!coloured.contains(&format!("\u{1b}[31m{written}")));
        }
        assert!(!coloured.contains('\u{9b}'));
    }

    #[test]
    fn a_file_as_a_whole_has_no_line() {
        let finding = Finding::of_file("missing", "not there", "x.toml".as_ref());
        assert_eq!(
            render(std::slice::from_ref(&finding), false),
            "error[missing]: not there\n--> x.toml\n"
        );
        assert_eq!(tally(&[finding]).unwrap(), "1 error");
    }

    #[test]
    fn json_holds_everything_a_machine_needs() {
        let finding = Finding::error("c", "m", &source("é = 1\n"), 5..6).related(0..2, "r");
        let json = serde_json::to_value(&finding).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "severity": "error", "code": "c", "message": "m", "path": "issues/a.toml",
                "span": {"start": 5, "end": 6}, "line": 1, "column": 5, "source_line": "é = 1",
                "label": null, "help": null,
                "related": [{"span": {"start": 0, "end": 2}, "line": 1, "column": 1, "label": "r"}],
            })
        );
    }
}
