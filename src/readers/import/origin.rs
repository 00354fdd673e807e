//! The systems that Verdict imports lists from.

use std::fmt;
use std::str::FromStr;

use strum::{EnumIter, IntoEnumIterator as _, IntoStaticStr};

/// A system that Verdict imports lists from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumIter,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum System {
    Verdict,
    Listmonk,
    Ghost,
    Mailchimp,
    Substack,
    Buttondown,
    Beehiiv,
    /// Formerly ConvertKit.
    Kit,
    Mailerlite,
    Mailtrain,
    Phplist,
    Sendy,
    /// GNU Mailman 2 and 3.
    Mailman,
    /// Any table with a column of addresses.
    #[default]
    Table,
}

impl System {
    /// The name as the system spells it.
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
            Self::Listmonk | Self::Beehiiv => self.into_str(),
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
        let found = Self::iter().find(|system| system.into_str() == word);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::iter().map(Into::into).collect();
            format!("the systems are {}", known.join(", "))
        })
    }
}
