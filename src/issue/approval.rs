//! Reads `approval`: for those who keep issues under version control, and approvals with them.

use super::{FileApproval, keys, limits};
use crate::findings::Report;
use crate::toml_source::Value;

/// The digits of a SHA-256.
const DIGITS: usize = 64;

pub(super) fn approval(value: &Value<'_>, report: &mut Report) -> Option<FileApproval> {
    let table = value.table(&keys::APPROVAL, report)?;
    let by = table.require("by", report);
    let by = by.and_then(|v| v.title(limits::PERSON, report));
    let content = table.require("content", report);
    let content = content.and_then(|v| content_hash(&v, report));
    Some(FileApproval {
        by: by?,
        content: content?,
    })
}

fn content_hash(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let text = value.line(DIGITS, report)?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() == DIGITS && text.bytes().all(is_digit) {
        return Some(text);
    }
    let finding = value.fault("approval", "this is not the hash of an issue's content");
    report
        .refuse(finding.help("paste the line that `verdict approve SLUG --as NAME --print` shows"))
}
