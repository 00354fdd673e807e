//! What is wrong with a form.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;
use crate::locale::{Locale, args};

/// Longest name, in UTF-16 code units as browsers count.
pub const NAME_MAX: usize = 80;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    EmailEmpty,
    /// An invisible or control character.
    EmailInvisible,
    EmailSpace,
    EmailLong,
    /// More than the address, such as a name.
    EmailNotBare,
    EmailNoAt,
    EmailManyAts,
    /// Nothing before the `@`.
    EmailNoLocal,
    EmailLocal,
    /// Nothing after the `@`.
    EmailNoDomain,
    EmailDomain,
    /// A domain without a dot.
    EmailNoDot,
    /// An IP address in place of a domain.
    EmailIp,
    /// The domain, whose addresses are thrown away after a while.
    EmailDisposable(String),
    /// The local part, which several people read.
    EmailShared(String),
    /// A name of several lines.
    NameLines,
    /// A name of more than [`NAME_MAX`].
    NameLong,
    /// An unknown time zone.
    TimeZone,
}

impl Wrong {
    /// Tells the reader what to change.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::EmailEmpty => locale.text("wrong-email-empty", args![]),
            Self::EmailInvisible => locale.text("wrong-email-invisible", args![]),
            Self::EmailSpace => locale.text("wrong-email-space", args![]),
            Self::EmailLong => locale.text("wrong-email-long", args![]),
            Self::EmailNotBare => locale.text("wrong-email-bare", args![]),
            Self::EmailNoAt => locale.text("wrong-email-no-at", args![]),
            Self::EmailManyAts => locale.text("wrong-email-ats", args![]),
            Self::EmailNoLocal => locale.text("wrong-email-no-local", args![]),
            Self::EmailLocal => locale.text("wrong-email-local", args![]),
            Self::EmailNoDomain => locale.text("wrong-email-no-domain", args![]),
            Self::EmailDomain => locale.text("wrong-email-domain", args![]),
            Self::EmailNoDot => locale.text("wrong-email-no-dot", args![]),
            Self::EmailIp => locale.text("wrong-email-ip", args![]),
            Self::EmailDisposable(domain) => locale.text("wrong-email-disposable", args![domain]),
            Self::EmailShared(local) => locale.text("wrong-email-shared", args![local]),
            Self::NameLines => locale.text("wrong-name-lines", args![]),
            Self::NameLong => locale.text("wrong-name-long", args![most = NAME_MAX]),
            Self::TimeZone => locale.text("wrong-time-zone", args![]),
        }
    }
}

/// A whole form could not be read.
pub fn not_read(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("form-not-read", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("form-not-read-text", args![])) }
    };
    plain(newsletter, &title, main)
}
