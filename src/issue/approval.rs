//! Reads `approval`: for those who keep issues under version control, and approvals with them.

use super::{FileApproval, keys};
use crate::findings::Report;
use crate::toml_source::Value;

pub(super) fn approval(value: &Value<'_>, report: &mut Report) -> Option<FileApproval> {
    let table = value.table(&keys::APPROVAL, report)?;
    let by = keys::BY.text(&table, report);
    let content = keys::CONTENT.value(&table, report);
    let content = content.and_then(|v| content_hash(&v, report));
    Some(FileApproval {
        by: by?,
        content: content?,
    })
}

fn content_hash(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let text = keys::CONTENT.text_of(value, report)?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() == keys::CONTENT.most() && text.bytes().all(is_digit) {
        return Some(text);
    }
    let finding = value.fault("bad-approval", "this is not the hash of an issue's content");
    report
        .refuse(finding.help("paste the line that `verdict approve SLUG --as NAME --print` shows"))
}
