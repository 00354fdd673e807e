//! Checks the findings about a file.

use verdict::findings::{Findings, is_bidi_control, render};

/// Panics if a finding points outside its source, or cannot be shown. `length` returns the size in bytes of
/// the source with a path.
pub(crate) fn check(findings: &Findings, length: impl Fn(&str) -> usize) {
    for finding in findings {
        let related = finding.related.iter().map(|related| &related.span);
        for span in related.chain([&finding.span]) {
            let end = length(&finding.path);
            assert!(span.start <= span.end && span.end <= end, "{finding:?}");
        }
        assert!(finding.line > 0 && finding.column > 0, "{finding:?}");
    }
    let shown = render(findings, false);
    let harmful = |c: char| (c.is_control() && c != '\n') || is_bidi_control(c);
    assert!(!shown.contains(harmful), "{shown:?}");
    serde_json::to_string(findings).expect("findings as JSON");
}
