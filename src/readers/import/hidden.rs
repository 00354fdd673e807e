//! What an export does not show because of its format, and which file shows it.

use subscribers::consent::Consent;

use super::origin::System;
use super::reading::FileRead;

/// Where Mailchimp's files are.
const MAILCHIMP_ZIP: &str = "every status has a file in the zip of the export (Audience → All contacts → Export \
                             audience), which you can import as it is";

/// Why these files do not show who left, and how to get the files that do.
pub(super) fn hidden(files: &[FileRead]) -> Vec<String> {
    let of = |system| files.iter().filter(move |file| file.system == system);
    let mut hidden = Vec::new();
    let shows_departures =
        |file: &FileRead| file.form != "table" || file.words.any(&["unsubscribed"]);
    let mut listmonk = of(System::Listmonk).peekable();
    if listmonk.peek().is_some() && !listmonk.any(shows_departures) {
        hidden.push(
            "listmonk's CSV does not show who left a list: they stay `enabled`. Import its database instead \
             (postgres://USER:PASSWORD@HOST/DATABASE), or the JSON of its API (GET \
             /api/subscribers?list_id=N&per_page=all), or add the export of the subscribers whose \
             subscription status is unsubscribed, with `unsubscribed` in its file name."
                .to_owned(),
        );
    }
    let has = |form| of(System::Ghost).any(|file| file.form == form);
    if has("table") && !has("JSON") {
        hidden.push(
            "Ghost's CSV has `true` also for members whose address bounced or who complained. Add the JSON of its \
             Admin API (GET /ghost/api/admin/members/?limit=all&include=newsletters,email_suppression)."
                .to_owned(),
        );
    }
    if is_any(files, System::Mailchimp, Consent::Confirmed)
        && !is_any(files, System::Mailchimp, Consent::Unsubscribed)
    {
        let cleaned = match is_any(files, System::Mailchimp, Consent::Bounced) {
            true => "",
            false => " and `cleaned_…csv`",
        };
        hidden.push(format!(
            "Mailchimp's file of subscribed contacts does not show who left. Add `unsubscribed_…csv`{cleaned}: \
             {MAILCHIMP_ZIP}."
        ));
    }
    if is_any(files, System::Mailman, Consent::Confirmed)
        && absent_lists(files).len() == ABSENT.len()
    {
        hidden.push(
            "Mailman's list of members has everybody, also members whose delivery is stopped. Add the output of \
             `list_members -n byuser`, `-n bybounce` and `-n byadmin` (Mailman 3: `mailman members --nomail …`), with \
             that word in each file name."
                .to_owned(),
        );
    }
    hidden
}

/// Which other files are missing, although the import goes on without them.
pub(super) fn notes(files: &[FileRead]) -> Vec<String> {
    let mut notes = Vec::new();
    if is_any(files, System::Mailchimp, Consent::Confirmed)
        && is_any(files, System::Mailchimp, Consent::Unsubscribed)
        && !is_any(files, System::Mailchimp, Consent::Bounced)
    {
        notes.push(format!(
            "Mailchimp's `cleaned_…csv` is missing: addresses that bounced there are not kept off the list. Add it: \
             {MAILCHIMP_ZIP}."
        ));
    }
    let absent = absent_lists(files);
    if is_any(files, System::Mailman, Consent::Confirmed)
        && (1..ABSENT.len()).contains(&absent.len())
    {
        let (lists, are) = match absent.len() {
            1 => ("list", "is"),
            _ => ("lists", "are"),
        };
        notes.push(format!(
            "Mailman's {lists} `{}` {are} missing: members whose delivery is stopped in that way are imported as \
             confirmed. Add the output of `list_members -n {}`, with that word in the file name.",
            absent.join("` and `"),
            absent.join("` and `list_members -n "),
        ));
    }
    notes
}

/// Mailman's words for why a member gets no mail, and the consent that a list of such members stands for.
const ABSENT: [(&str, Consent); 3] = [
    ("byuser", Consent::Unsubscribed),
    ("bybounce", Consent::Bounced),
    ("byadmin", Consent::Blocked),
];

/// The words of those lists that are not among the files.
fn absent_lists(files: &[FileRead]) -> Vec<&'static str> {
    let absent = ABSENT.into_iter();
    let absent = absent.filter(|(_, consent)| !is_any(files, System::Mailman, *consent));
    absent.map(|(word, _)| word).collect()
}

/// True if a file of the system has this consent for all of its people.
fn is_any(files: &[FileRead], system: System, consent: Consent) -> bool {
    let mut files = files.iter().filter(|file| file.system == system);
    files.any(|file| file.consent == Some(consent))
}
