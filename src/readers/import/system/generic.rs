//! A table of unknown origin: finds columns by their usual titles.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, word};

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

/// Reads a status by the words that are usual for one.
fn status(cell: &str) -> Option<Consent> {
    Some(match &*word(cell) {
        "confirmed" | "subscribed" | "active" | "enabled" => Consent::Confirmed,
        "pending" | "unconfirmed" | "not confirmed" => Consent::Pending,
        "unsubscribed" | "unsubscribe" | "opted out" | "opted-out" | "optout" | "opt-out"
        | "cancelled" | "canceled" | "inactive" | "removed" | "deleted" | "left" => {
            Consent::Unsubscribed
        }
        "bounced" | "hard bounced" | "cleaned" | "undeliverable" | "invalid" => Consent::Bounced,
        "complained" | "marked as spam" | "spam" => Consent::Complained,
        "blocked" | "blocklisted" | "blacklisted" => Consent::Blocked,
        _ => return None,
    })
}

/// The column of the whole name, or the columns of its parts.
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
    let status = match header.find(&STATUS) {
        Some(status) => StatusSource::Columns(vec![status], |cells| self::status(cells.first()?)),
        None => StatusSource::None,
    };
    Some(Columns {
        name: name(header),
        time_zone: header.find(&["time_zone", "timezone", "tz"]),
        language: header.find(&["language", "lang", "locale"]),
        created_at: header.find(&CREATED),
        frequency: header.find(&["frequency"]),
        paused_until: header.find(&["paused_until"]),
        ..Columns::new(System::Table, email, status)
    })
}

/// Parts of titles that suggest a status.
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

/// The title of a column that looks like a status and is not read. With `any`, any part of the title counts, as in
/// a table of unknown origin. For a known system only whole titles count: its custom fields do not, nor do the
/// columns it has beside its status, such as `Opt-in method`, `GDPR` or `Number of bounces`.
pub(super) fn unread_status(columns: &Columns, header: &Header, any: bool) -> Option<String> {
    let like = header.which(|title| match title {
        _ if any => CONSENT_LIKE.iter().any(|part| title.contains(part)),
        "email_marketing_consent" | "subscription_status" => true,
        "status" | "subscriber_status" | "email_status" | "consent" | "email_consent"
        | "marketing_consent" | "subscribed" | "is_subscribed" | "unsubscribe" | "unsubscribed"
        | "is_unsubscribed" | "unsubscribed_at" | "unsubscribed_on" | "unsubscribed_date"
        | "unsubscribe_date" | "unsubscribe_time" | "opted_out" | "opted_out_at" | "opt_out"
        | "opt_out_date" | "optout" | "email_opt_out" | "opted_in" | "bounced" | "bounced_at"
        | "hard_bounced" | "cleaned" | "complained" | "complained_at" | "marked_as_spam"
        | "spam" | "blocked" | "blocklisted" | "blacklisted" | "suppressed" | "suppressed_at"
        | "do_not_email" | "do_not_mail" | "do_not_contact" | "email_disabled" => true,
        _ => false,
    });
    let not_read = columns.not_read_at(header);
    let mut found = like.into_iter().filter(|at| not_read.contains(at));
    found.find_map(|at| header.titles.get(at).cloned())
}
