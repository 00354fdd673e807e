//! What the formats of the files do not show.

use subscribers::consent::Consent;

use super::origin::System;
use super::reading::FileRead;

/// Where Mailchimp's files are.
const MAILCHIMP_ZIP: &str = "every status has a file in the zip of the export (Audience → All contacts → Export \
                             audience), which can be imported as it is";

/// What the formats of these files do not show, and how to get the file that does.
pub(super) fn hidden(files: &[FileRead]) -> Vec<String> {
    let of = |system| files.iter().filter(move |file| file.system == system);
    let says = |system, consent| of(system).any(|file| file.says == Some(consent));
    let mut hidden = Vec::new();
    let csv =
        of(System::Listmonk).any(|file| file.form == "table" && !file.words.any(&["unsubscribed"]));
    let departures =
        of(System::Listmonk).any(|file| file.form != "table" || file.words.any(&["unsubscribed"]));
    if csv && !departures {
        hidden.push(
            "listmonk's CSV does not show who left a list: they are `enabled` all the same. Import its \
             database instead (postgres://USER:PASSWORD@HOST/DATABASE), or the JSON of its API (GET \
             /api/subscribers?list_id=N&per_page=all), or add the export of the subscribers whose \
             subscription status is unsubscribed, with `unsubscribed` in its file name."
                .to_owned(),
        );
    }
    if of(System::Ghost).any(|file| file.form == "table")
        && !of(System::Ghost).any(|file| file.form == "JSON")
    {
        hidden.push(
            "Ghost's CSV says `true` also of members whose address bounced or who complained. Add the JSON of its \
             Admin API (GET /ghost/api/admin/members/?limit=all&include=newsletters,email_suppression)."
                .to_owned(),
        );
    }
    if says(System::Mailchimp, Consent::Confirmed)
        && !says(System::Mailchimp, Consent::Unsubscribed)
    {
        let cleaned = if says(System::Mailchimp, Consent::Bounced) {
            ""
        } else {
            " and `cleaned_…csv`"
        };
        hidden.push(format!(
            "Mailchimp's file of subscribed contacts does not show who left. Add `unsubscribed_…csv`{cleaned}: \
             {MAILCHIMP_ZIP}."
        ));
    }
    if says(System::Mailman, Consent::Confirmed) && absent_lists(files).len() == ABSENT.len() {
        hidden.push(
            "Mailman's list of members shows everybody, also those whose delivery is stopped. Add the output of \
             `list_members -n byuser`, `-n bybounce` and `-n byadmin` (Mailman 3: `mailman members --nomail …`), with \
             that word in each file's name."
                .to_owned(),
        );
    }
    hidden
}

/// What else is missing from these files, without which they are taken all the same.
pub(super) fn notes(files: &[FileRead]) -> Vec<String> {
    let says = |system, consent| {
        files
            .iter()
            .any(|file| file.system == system && file.says == Some(consent))
    };
    let mut notes = Vec::new();
    if says(System::Mailchimp, Consent::Confirmed)
        && says(System::Mailchimp, Consent::Unsubscribed)
        && !says(System::Mailchimp, Consent::Bounced)
    {
        notes.push(format!(
            "Mailchimp's `cleaned_…csv` is missing: addresses that bounced there are not kept off the list. Add it: \
             {MAILCHIMP_ZIP}."
        ));
    }
    let absent = absent_lists(files);
    if says(System::Mailman, Consent::Confirmed)
        && !absent.is_empty()
        && absent.len() < ABSENT.len()
    {
        let words: Vec<String> = absent.iter().map(|word| format!("`{word}`")).collect();
        let lists = if absent.len() == 1 {
            "list %s is"
        } else {
            "lists %s are"
        };
        notes.push(format!(
            "Mailman's {} missing: members whose delivery is stopped in that way are imported as confirmed. Add the \
             output of `list_members -n {}`, with that word in the file's name.",
            lists.replace("%s", &words.join(" and ")),
            absent.join("` and `list_members -n "),
        ));
    }
    notes
}

/// Mailman's words for why a member gets no mail, and what a list of them says.
const ABSENT: [(&str, Consent); 3] = [
    ("byuser", Consent::Unsubscribed),
    ("bybounce", Consent::Bounced),
    ("byadmin", Consent::Blocked),
];

/// The words of those lists that are not among the files.
fn absent_lists(files: &[FileRead]) -> Vec<&'static str> {
    let is_there = |consent| {
        let mut of_mailman = files.iter().filter(|file| file.system == System::Mailman);
        of_mailman.any(|file| file.says == Some(consent))
    };
    let absent = ABSENT
        .into_iter()
        .filter(|(_, consent)| !is_there(*consent));
    absent.map(|(word, _)| word).collect()
}
