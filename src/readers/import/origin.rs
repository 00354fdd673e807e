//! Where a list comes from.

use std::fmt;
use std::str::FromStr;

/// A system that lists come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// An export of Verdict.
    Verdict,
    /// listmonk.
    Listmonk,
    /// Ghost.
    Ghost,
    /// Mailchimp.
    Mailchimp,
    /// Substack.
    Substack,
    /// Buttondown.
    Buttondown,
    /// beehiiv.
    Beehiiv,
    /// Kit, formerly ConvertKit.
    Kit,
    /// MailerLite.
    Mailerlite,
    /// Mailtrain.
    Mailtrain,
    /// phpList.
    Phplist,
    /// Sendy.
    Sendy,
    /// GNU Mailman 2 and 3.
    Mailman,
    /// Any table with a column of addresses.
    Table,
}

impl System {
    /// Every system, those first whose exports are told by more.
    pub const ALL: [Self; 14] = [
        Self::Verdict,
        Self::Listmonk,
        Self::Ghost,
        Self::Mailchimp,
        Self::Substack,
        Self::Buttondown,
        Self::Beehiiv,
        Self::Kit,
        Self::Mailerlite,
        Self::Mailtrain,
        Self::Phplist,
        Self::Sendy,
        Self::Mailman,
        Self::Table,
    ];

    /// The word for the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Listmonk => "listmonk",
            Self::Ghost => "ghost",
            Self::Mailchimp => "mailchimp",
            Self::Substack => "substack",
            Self::Buttondown => "buttondown",
            Self::Beehiiv => "beehiiv",
            Self::Kit => "kit",
            Self::Mailerlite => "mailerlite",
            Self::Mailtrain => "mailtrain",
            Self::Phplist => "phplist",
            Self::Sendy => "sendy",
            Self::Mailman => "mailman",
            Self::Table => "table",
        }
    }

    /// The name as the system itself writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "Verdict",
            Self::Ghost => "Ghost",
            Self::Mailchimp => "Mailchimp",
            Self::Substack => "Substack",
            Self::Buttondown => "Buttondown",
            Self::Kit => "Kit",
            Self::Mailerlite => "MailerLite",
            Self::Mailtrain => "Mailtrain",
            Self::Phplist => "phpList",
            Self::Sendy => "Sendy",
            Self::Mailman => "Mailman",
            Self::Table => "a table of unknown origin",
            Self::Listmonk | Self::Beehiiv => self.key(),
        }
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for System {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let word = word.to_lowercase();
        let found = Self::ALL.into_iter().find(|system| system.key() == word);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.into_iter().map(Self::key).collect();
            format!("the systems are {}", known.join(", "))
        })
    }
}
