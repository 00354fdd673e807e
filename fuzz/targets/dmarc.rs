//! The DMARC record of the sender's domain, with other records on the next lines, as a zone file has them.

use verdict::doctor::State;
use verdict::doctor::on_paper;

/// Each name of two domains, up to the top.
const MOST_QUESTIONS: usize = 5;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (record, others) = text.split_once('\n').unwrap_or((text, ""));
    let zone = |record: &str| format!("_dmarc.example.com TXT {record}\n{others}");
    let zone_now = zone(record);
    for judge in [on_paper::dmarc, on_paper::alignment] {
        let judged = judge(&zone_now);
        assert!(judged.questions <= MOST_QUESTIONS, "{judged:?}");
        let _ = judged.check.to_string();
    }
    // The record that is advised, pasted where it belongs, is one that counts.
    let check = on_paper::dmarc(&zone_now).check;
    if let [advised] = &check.records[..]
        && advised.name == "_dmarc.example.com"
        && !others.contains(&advised.name)
    {
        let next = on_paper::dmarc(&zone(&advised.value)).check;
        assert_eq!(next.state, State::Ok, "{check}\n{next}");
    }
}
