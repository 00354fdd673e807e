//! What the formats of the files do not show.

use subscribers::consent::Consent;

use super::reading::FileRead;
use super::system::System;

/// What the formats of these files do not show, and how to get the file that does.
pub(super) fn hidden(files: &[FileRead]) -> Vec<String> {
    let of = |system| files.iter().filter(move |file| file.system == system);
    let says = |system, consent| of(system).any(|file| file.says == Some(consent));
    let mut hidden = Vec::new();
    let csv =
        of(System::Listmonk).any(|file| file.form == "table" && !file.words.any(&["unsubscribed"]));
    let departures =
        of(System::Listmonk).any(|file| file.form == "JSON" || file.words.any(&["unsubscribed"]));
    if csv && !departures {
        hidden.push(
            "listmonk's CSV does not show who left a list: they are `enabled` all the same. Import the JSON of its \
             API instead (GET /api/subscribers?list_id=N&per_page=all), or add the export of the subscribers whose \
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
    if says(System::Mailchimp, Consent::Confirmed) {
        let missing: Vec<&str> = [
            (Consent::Unsubscribed, "`unsubscribed_…csv`"),
            (Consent::Bounced, "`cleaned_…csv`"),
        ]
        .into_iter()
        .filter(|(consent, _)| !says(System::Mailchimp, *consent))
        .map(|(_, file)| file)
        .collect();
        if missing.len() == 2 {
            hidden.push(format!(
                "Mailchimp's file of subscribed contacts does not show who left. Add {}: they are in the same zip \
                 (Audience → All contacts → Export audience), which can be imported as it is.",
                missing.join(" and ")
            ));
        }
    }
    let absent = [Consent::Unsubscribed, Consent::Bounced, Consent::Blocked];
    if says(System::Mailman, Consent::Confirmed)
        && !absent
            .into_iter()
            .any(|consent| says(System::Mailman, consent))
    {
        hidden.push(
            "Mailman's list of members shows everybody, also those whose delivery is stopped. Add the output of \
             `list_members -n byuser`, `-n bybounce` and `-n byadmin` (Mailman 3: `mailman members --nomail …`), with \
             that word in each file's name."
                .to_owned(),
        );
    }
    hidden
}
