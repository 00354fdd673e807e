//! Subject and preheader, as mailboxes cut them.

use unicode_normalization::UnicodeNormalization as _;

use super::document::{Document, Text};
use super::leftovers::is_unwritten;
use super::rules::{LONG_SUBJECT, PREHEADER_LENGTH, REPEATED_SUBJECT};
use crate::findings::Report;
use crate::issue::limits::{PREHEADER_LEAST, PREHEADER_SHOWN, SUBJECT_ON_A_PHONE, SUBJECT_SHOWN};

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    if let Some(subject) = &document.subject {
        subject_length(subject, report);
    }
    let Some(preheader) = &document.preheader else {
        return;
    };
    if is_unwritten(preheader.text) {
        return;
    }
    preheader_length(preheader, report);
    if let Some(subject) = &document.subject {
        repetition(subject, preheader, report);
    }
}

fn subject_length(subject: &Text<'_>, report: &mut Report) {
    let length = subject.length();
    let Some((cut, _)) = subject.text.char_indices().nth(SUBJECT_SHOWN) else {
        return;
    };
    let message = format!("a subject of {length} characters is cut off in most mailboxes");
    report.push(
        subject
            .doubt_at(cut..subject.text.len(), LONG_SUBJECT, message)
            .label(format!("{} past {SUBJECT_SHOWN}", length - SUBJECT_SHOWN))
            .help(format!(
                "a phone shows about “{}”: begin with what matters",
                shown(subject.text, SUBJECT_ON_A_PHONE)
            )),
    );
}

fn preheader_length(preheader: &Text<'_>, report: &mut Report) {
    let length = preheader.length();
    if length < PREHEADER_LEAST {
        let message = format!("a preheader of {length} characters leaves its line almost empty");
        let finding = preheader.doubt(PREHEADER_LENGTH, message);
        report.push(
            finding
                .label(format!("{PREHEADER_LEAST} to {PREHEADER_SHOWN} are read"))
                .help("without the key, it says who wins and by how much"),
        );
    } else if let Some((cut, _)) = preheader.text.char_indices().nth(PREHEADER_SHOWN) {
        let message = format!("a preheader of {length} characters is cut off in every mailbox");
        let part = cut..preheader.text.len();
        let over = length - PREHEADER_SHOWN;
        let finding = preheader.doubt_at(part, PREHEADER_LENGTH, message);
        report.push(finding.label(format!("{over} past {PREHEADER_SHOWN}")));
    }
}

fn repetition(subject: &Text<'_>, preheader: &Text<'_>, report: &mut Report) {
    let words = |text: &Text<'_>| format!(" {} ", plain(text.text));
    let (said, again) = (words(subject), words(preheader));
    if !again.contains(&said) && !said.contains(&again) {
        return;
    }
    report.push(
        preheader
            .doubt(REPEATED_SUBJECT, "the preheader repeats the subject")
            .label("mailboxes show both side by side")
            .related(subject.value.span(), "the subject")
            .help("say what the subject leaves out, or leave the key out"),
    );
}

/// Its words in lower case, with a space between them.
fn plain(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The first characters of a text.
fn shown(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}
