//! GNU Mailman 2 and 3: one `Name <address>` a line. The list of members has everybody; separate lists have the
//! members who get no mail, and a word in their file names shows why.

use subscribers::consent::Consent;

use super::FileWords;

/// The consent of all members in a file: the output of `list_members -n byuser`, `bybounce` or `byadmin`, or of
/// members whose delivery is not stopped.
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
