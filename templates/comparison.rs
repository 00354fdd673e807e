//! The content model for templates. Everything that is computed from an issue (percentages, split,
//! lead, scorecard) is computed here, so that the mail and the page cannot differ.

mod differences;
mod result;

use std::cmp::Ordering;
use strum::{EnumIter, EnumString, IntoStaticStr, VariantNames};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use url::form_urlencoded::byte_serialize;

use crate::locale::Locale;
use crate::prose::Prose;

/// A comparison of two tools, as readers see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Lower-case letters, digits and hyphens. Part of the page's URL.
    pub slug: String,
    /// The headline, such as "Axolotl v0.16 vs Llama 4 Compact".
    pub title: String,
    pub question: String,
    pub intro: Prose,
    /// When the comparison is sent, in the newsletter's zone; `None` while unplanned.
    pub date: Option<NaiveDate>,
    /// A and B.
    pub tools: [Tool; 2],
    /// The editor's pick.
    pub pick: Option<Pick>,
    /// True for an invented comparison, as an example.
    pub sample: bool,
    /// The last day of voting, if an editor chose one.
    #[serde(default)]
    pub voting_closes: Option<NaiveDate>,
}

/// What a link to a comparison needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    pub slug: String,
    pub title: String,
}

/// Readers may vote for this many days after sending, unless an editor chooses another day.
pub const VOTING_DAYS: u64 = 14;

/// The readers' share is only shown from this number of votes.
pub const FEWEST_VOTES: u64 = 5;

/// The previous comparison, as the mail shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    pub slug: String,
    pub title: String,
    /// The tools' names and the readers' votes on them.
    pub tools: [(String, Tally); 2],
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Lower-case letters, digits and hyphens, for an anchor and for the links to vote. The comparison's other tool
    /// has another one; a tool of another comparison may have the same.
    pub slug: String,
    /// The slug of the tool's page, in any script, which no other tool has. The archive hands it out when the
    /// comparison is sent.
    #[serde(skip)]
    pub page: Option<String>,
    /// With the version.
    pub name: String,
    pub maker: String,
    /// Such as "Developer tool".
    pub category: String,
    /// One line on what it does.
    pub tagline: String,
    pub price: Price,
    /// The tool's own site.
    pub url: String,
    pub description: Prose,
    pub facts: Vec<Fact>,
    /// The panel's reviews, in the file's order.
    pub reviews: Vec<Review>,
    /// The readers' votes.
    pub community: Tally,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    pub entry: Entry,
    /// Details of the price.
    pub note: Option<String>,
}

/// What it takes to start using a tool.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, EnumIter, VariantNames,
)]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    Free,
    Paid,
    /// Free to start, paid past a limit.
    Freemium,
    Trial,
    /// Under any license.
    OpenWeights,
    OpenSource,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// One line.
    pub text: String,
    /// An http or https URL.
    pub source: Option<String>,
}

/// A panel member's review of a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The panel role: `builder`, `skeptic` … or one of the newsletter's own, in any script.
    pub reviewer: String,
    pub verdict: Verdict,
    pub quote: String,
}

/// The answer of a reviewer or a reader.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    EnumString,
    EnumIter,
    VariantNames,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Ship,
    Skip,
}

/// One of the two tools of a comparison, in the file's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    A,
    B,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// The tool that the editor prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    Tool(Side),
    Tie,
}

/// The number of each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub ship: u64,
    pub skip: u64,
}

impl Tally {
    pub fn total(self) -> u64 {
        self.ship + self.skip
    }

    /// True if there are enough readers' votes to show their share.
    pub(crate) fn is_enough(self) -> bool {
        self.total() >= FEWEST_VOTES
    }

    /// The share of ships in whole percent, rounded half up; `None` without verdicts.
    pub fn ship_percent(self) -> Option<u64> {
        let total = u128::from(self.total());
        (total > 0).then(|| {
            let percent = (u128::from(self.ship) * 200 + total) / (2 * total);
            u64::try_from(percent).unwrap_or(100)
        })
    }

    /// Compares the exact shares. Without verdicts, the share is zero.
    fn cmp_share(self, other: Self) -> Ordering {
        let left = u128::from(self.ship) * u128::from(other.total().max(1));
        let right = u128::from(other.ship) * u128::from(self.total().max(1));
        left.cmp(&right)
    }
}

/// One role's line on the scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScorecardRow<'a> {
    /// The panel role.
    pub reviewer: &'a str,
    /// The role's reviews of A and of B. It need not have reviewed both.
    pub reviews: [Option<&'a Review>; 2],
}

/// Which roles disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// Roles that would ship one tool and skip the other, in scorecard order.
    pub between: Vec<&'a str>,
    /// For each tool, the roles in the minority; on an even split all roles, skips first.
    pub within: [Vec<&'a str>; 2],
}

impl Split<'_> {
    pub fn is_unanimous(&self) -> bool {
        self.between.is_empty() && self.within.iter().all(Vec::is_empty)
    }
}

/// The path of a tool's page, by the page's slug.
pub fn tool_path(slug: &str) -> String {
    // A slug has no space, the only character that a path escapes otherwise than a form.
    let escaped: String = byte_serialize(slug.as_bytes()).collect();
    format!("/tools/{escaped}")
}

impl Tool {
    /// The path of the tool's page.
    pub fn page_path(&self) -> String {
        tool_path(self.page.as_deref().unwrap_or(&self.slug))
    }

    /// The panel's verdicts.
    pub fn panel(&self) -> Tally {
        let ships = |review: &&Review| review.verdict == Verdict::Ship;
        let ship = self.reviews.iter().filter(ships).count();
        Tally {
            ship: ship as u64,
            skip: (self.reviews.len() - ship) as u64,
        }
    }

    pub(crate) fn review_by(&self, reviewer: &str) -> Option<&Review> {
        self.reviews.iter().find(|one| one.reviewer == reviewer)
    }

    /// The roles in the minority.
    fn dissent(&self) -> Vec<&str> {
        let camp = |verdict| {
            let reviews = self.reviews.iter();
            let camp = reviews.filter(move |review| review.verdict == verdict);
            camp.map(|review| review.reviewer.as_str())
        };
        let panel = self.panel();
        match panel.ship.cmp(&panel.skip) {
            Ordering::Greater => camp(Verdict::Skip).collect(),
            Ordering::Less => camp(Verdict::Ship).collect(),
            Ordering::Equal => camp(Verdict::Skip).chain(camp(Verdict::Ship)).collect(),
        }
    }
}

impl Comparison {
    pub fn tool(&self, side: Side) -> &Tool {
        match side {
            Side::A => &self.tools[0],
            Side::B => &self.tools[1],
        }
    }

    /// True if readers' votes on any of the tools are shown.
    pub(crate) fn has_community(&self) -> bool {
        self.tools.iter().any(|tool| tool.community.is_enough())
    }

    /// In the newsletter's zone; `None` while unplanned.
    pub fn last_day_of_voting(&self) -> Option<NaiveDate> {
        self.last_day_of_voting_from(self.date)
    }

    fn last_day_of_voting_from(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        let after = |sent: NaiveDate| sent.checked_add_days(Days::new(VOTING_DAYS));
        self.voting_closes.or(date.and_then(after))
    }

    /// The panel's reviews by role: A's order first, then the roles that only reviewed B.
    pub fn scorecard(&self) -> Vec<ScorecardRow<'_>> {
        let [a, b] = &self.tools;
        let only_b = |review: &&Review| a.review_by(&review.reviewer).is_none();
        let reviews = a.reviews.iter().chain(b.reviews.iter().filter(only_b));
        let rows = reviews.map(|Review { reviewer, .. }| ScorecardRow {
            reviewer,
            reviews: [a.review_by(reviewer), b.review_by(reviewer)],
        });
        rows.collect()
    }

    pub fn split(&self) -> Split<'_> {
        let mut rows = self.scorecard();
        rows.retain(|row| match row.reviews {
            [Some(a), Some(b)] => a.verdict != b.verdict,
            _ => false,
        });
        Split {
            between: rows.into_iter().map(|row| row.reviewer).collect(),
            within: self.tools.each_ref().map(Tool::dissent),
        }
    }
}

/// The newsletter, as far as templates show it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Newsletter {
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// What it is about, in a sentence or two: for the home page, the sign-up box and search engines. May be
    /// empty.
    pub about: String,
    /// The color of links, buttons and marks, as `#rrggbb`; `None` for the house's own green.
    pub accent: Option<String>,
    /// The path of the logo on our site, such as `/logo.svg`.
    pub logo: Option<String>,
    /// The URL of the logo, if mails show it.
    pub mail_logo: Option<String>,
    /// Lines separated by `\n`.
    pub postal_address: String,
    /// Its language, with the words.
    pub locale: Locale,
    /// Without a trailing slash: `https://verdict.example.org`.
    pub base_url: String,
    /// An `https:` or `mailto:` URL.
    pub join_url: String,
}

impl Newsletter {
    /// A comparison's permanent URL.
    pub fn comparison_url(&self, slug: &str) -> String {
        format!("{}/issues/{slug}", self.base_url)
    }

    /// The URL of a comparison's social card, a PNG.
    pub fn card_url(&self, slug: &str) -> String {
        format!("{}/card.png", self.comparison_url(slug))
    }
}

pub use differences::{Difference, VOTING_CLOSES};
pub use result::PanelResult;

pub use crate::sentences::headline;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
