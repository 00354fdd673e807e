//! GNU Mailman 2 and 3: one `Name <address>` a line. The list of members shows everybody; who of them gets no
//! mail is in lists of their own, told by the word in the file's name.

use subscribers::consent::Consent;

use crate::readers::import::header::FileWords;

/// What a list of members says of all of them: `list_members -n byuser`, `bybounce` or `byadmin`, or those
/// without a delivery status that stops mail.
pub(in crate::readers::import) fn status(file: &FileWords) -> Consent {
    if file.any(&["byuser"]) {
        Consent::Unsubscribed
    } else if file.any(&["bybounce"]) {
        Consent::Bounced
    } else if file.any(&["byadmin"]) {
        Consent::Blocked
    } else {
        Consent::Confirmed
    }
}
