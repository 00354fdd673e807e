//! The SPF record of the envelope sender's domain, with other records on the next lines, as a zone file has them.

use verdict::doctor::State;
use verdict::doctor::on_paper::{self, Judged};

const DOMAIN: &str = "bounces.example.com";
/// Includes followed to add up their lookups, and for each of two addresses ten lookups of ten names at most.
const MOST_QUESTIONS: usize = 250;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (record, others) = text.split_once('\n').unwrap_or((text, ""));
    let judge = |record: &str| on_paper::spf(&format!("{DOMAIN} TXT {record}\n{others}"));
    let Judged { check, questions } = judge(record);
    assert!(questions <= MOST_QUESTIONS, "{questions} questions");
    let _ = check.to_string();
    // The record that is advised, pasted, is one that can be used, unless this one cannot.
    let is_unusable = |text: &str| text.contains("cannot be used");
    if let [advised] = &check.records[..]
        && !is_unusable(&check.text)
        && !has_another(others)
    {
        assert_eq!((&*advised.name, advised.kind), (DOMAIN, "TXT"));
        let next = judge(&advised.value).check;
        assert!(!is_unusable(&next.text), "{check}\n{next}");
        if check.text.contains("no SPF record") {
            assert_eq!(next.state, State::Ok, "{check}\n{next}");
        }
    }
}

/// True if the other lines have a record of the same name.
fn has_another(others: &str) -> bool {
    let mut lines = others.lines();
    lines.any(|line| line.trim().starts_with(DOMAIN))
}
