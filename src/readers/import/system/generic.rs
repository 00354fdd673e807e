//! A table of unknown origin: columns by the titles that are usual.

use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

const EMAIL: [&str; 9] = [
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "mail",
    "subscriber email",
    "contact email",
    "subscriber",
    "address",
];
const NAME: [&str; 4] = ["name", "full name", "subscriber name", "contact name"];
const FIRST: [&str; 3] = ["first name", "firstname", "given name"];
const LAST: [&str; 5] = [
    "last name",
    "lastname",
    "surname",
    "family name",
    "second name",
];
const STATUS: [&str; 5] = [
    "status",
    "consent",
    "subscription status",
    "subscriber status",
    "email status",
];
const CREATED: [&str; 9] = [
    "created_at",
    "created",
    "creation date",
    "date added",
    "signup date",
    "subscribed at",
    "subscribe date",
    "joined",
    "date joined",
];

/// The words that are usual in a column of statuses.
const WORDS: [(&str, Consent); 30] = [
    ("confirmed", Consent::Confirmed),
    ("subscribed", Consent::Confirmed),
    ("active", Consent::Confirmed),
    ("enabled", Consent::Confirmed),
    ("pending", Consent::Pending),
    ("unconfirmed", Consent::Pending),
    ("not confirmed", Consent::Pending),
    ("unsubscribed", Consent::Unsubscribed),
    ("unsubscribe", Consent::Unsubscribed),
    ("opted out", Consent::Unsubscribed),
    ("opted-out", Consent::Unsubscribed),
    ("optout", Consent::Unsubscribed),
    ("opt-out", Consent::Unsubscribed),
    ("cancelled", Consent::Unsubscribed),
    ("canceled", Consent::Unsubscribed),
    ("inactive", Consent::Unsubscribed),
    ("removed", Consent::Unsubscribed),
    ("deleted", Consent::Unsubscribed),
    ("left", Consent::Unsubscribed),
    ("bounced", Consent::Bounced),
    ("hard bounced", Consent::Bounced),
    ("cleaned", Consent::Bounced),
    ("undeliverable", Consent::Bounced),
    ("invalid", Consent::Bounced),
    ("complained", Consent::Complained),
    ("marked as spam", Consent::Complained),
    ("spam", Consent::Complained),
    ("blocked", Consent::Blocked),
    ("blocklisted", Consent::Blocked),
    ("blacklisted", Consent::Blocked),
];

/// The columns of the name: the whole of it, or its parts.
pub(super) fn name(header: &Header) -> Vec<usize> {
    match header.find(&NAME) {
        Some(name) => vec![name],
        None => {
            let parts = [header.find(&FIRST), header.find(&LAST)];
            parts.into_iter().flatten().collect()
        }
    }
}

pub(super) fn columns(header: &Header) -> Option<Columns> {
    let email = header.find(&EMAIL)?;
    let says = match header.find(&STATUS) {
        Some(status) => Says::Columns(vec![status], |cells| word(cells.first()?, &WORDS)),
        None => Says::Nothing,
    };
    Some(Columns {
        name: name(header),
        time_zone: header.find(&["time_zone", "timezone", "tz"]),
        language: header.find(&["language", "lang", "locale"]),
        created_at: header.find(&CREATED),
        frequency: header.find(&["frequency"]),
        paused_until: header.find(&["paused_until"]),
        ..Columns::new(System::Table, email, says)
    })
}

/// Parts of titles that say something about consent.
const CONSENT_LIKE: [&str; 20] = [
    "status",
    "consent",
    "subscribed",
    "unsub",
    "bounce",
    "complain",
    "spam",
    "block",
    "black",
    "suppress",
    "confirm",
    "opt_in",
    "optin",
    "opt_out",
    "optout",
    "active",
    "disabled",
    "deleted",
    "cleaned",
    "enabled",
];

/// Titles that say something about consent whatever the system. Custom fields are not among them, nor what a
/// system has beside its status, such as `Opt-in method`, `GDPR` or `Number of bounces`.
const CONSENT: [&str; 42] = [
    "status",
    "subscription_status",
    "subscriber_status",
    "email_status",
    "consent",
    "email_consent",
    "marketing_consent",
    "email_marketing_consent",
    "subscribed",
    "is_subscribed",
    "unsubscribe",
    "unsubscribed",
    "is_unsubscribed",
    "unsubscribed_at",
    "unsubscribed_on",
    "unsubscribed_date",
    "unsubscribe_date",
    "unsubscribe_time",
    "opted_out",
    "opted_out_at",
    "opt_out",
    "opt_out_date",
    "optout",
    "email_opt_out",
    "opted_in",
    "bounced",
    "bounced_at",
    "hard_bounced",
    "cleaned",
    "complained",
    "complained_at",
    "marked_as_spam",
    "spam",
    "blocked",
    "blocklisted",
    "blacklisted",
    "suppressed",
    "suppressed_at",
    "do_not_email",
    "do_not_mail",
    "do_not_contact",
    "email_disabled",
];

/// The title of a column that looks like a status and is not read: in a table of unknown origin by any part of it,
/// in one of a known system only by the whole.
pub(super) fn unread_status(columns: &Columns, header: &Header, any: bool) -> Option<String> {
    let like = header.which(|title| match any {
        true => CONSENT_LIKE.iter().any(|part| title.contains(part)),
        false => CONSENT.contains(&title),
    });
    let not_read = columns.not_read_at(header);
    let mut found = like.into_iter().filter(|at| not_read.contains(at));
    found.find_map(|at| header.titles.get(at).cloned())
}
