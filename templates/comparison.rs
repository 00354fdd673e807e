//! The content model: what a template shows. Everything that is computed from an issue
//! (percentages, split, lead, scorecard) is computed here, so mail and page cannot differ.

mod differences;

use std::cmp::Ordering;
use strum::{EnumIter, IntoStaticStr};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::prose::Prose;

/// A comparison of two AI tools, as readers see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The slug: lower-case letters, digits and hyphens. Part of the page's address.
    pub slug: String,
    /// The headline, such as "Axolotl v0.16 vs Llama 4 Compact".
    pub title: String,
    /// The question that the comparison answers.
    pub question: String,
    /// What the reader should know first.
    pub intro: Prose,
    /// The day the comparison was or will be sent, in the newsletter's zone; `None` while unplanned.
    pub date: Option<NaiveDate>,
    /// The two tools, A and B.
    pub tools: [Tool; 2],
    /// The editor's own pick, where one is given.
    pub pick: Option<Pick>,
    /// True for an invented comparison that only shows how things look.
    pub sample: bool,
    /// The last day of voting, where an editor chose one.
    #[serde(default)]
    pub voting_closes: Option<NaiveDate>,
}

/// How many days after it was sent readers may vote on a comparison, if no editor says otherwise.
pub const VOTING_DAYS: u64 = 14;

/// Fewer votes than these say nothing of a community.
pub const FEWEST_VOTES: u64 = 5;

/// What the mail tells of the comparison before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The slug.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// The two tools' names, and how readers voted on them.
    pub tools: [(String, Tally); 2],
}

/// One of the two tools.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// The name, made of lower-case letters, digits and hyphens: an anchor and an address.
    pub slug: String,
    /// The tool's name with its version.
    pub name: String,
    /// Who makes it.
    pub maker: String,
    /// What kind of tool it is, such as "Developer tool".
    pub category: String,
    /// One line on what it does.
    pub tagline: String,
    /// The pricing read.
    pub price: Price,
    /// The tool's own address.
    pub url: String,
    /// What it is and does.
    pub description: Prose,
    /// What is known of it, each with its source where there is one.
    pub facts: Vec<Fact>,
    /// The panel's reviews, in the file's order.
    pub reviews: Vec<Review>,
    /// The readers' votes.
    pub community: Tally,
}

/// The pricing read: how one gets in, and what to know about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// What the entry costs.
    pub entry: Entry,
    /// What a price tag does not say.
    pub note: Option<String>,
}

/// What it takes to start using a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// Costs nothing.
    Free,
    /// Costs money from the first day.
    Paid,
    /// Free to start, paid past a limit.
    Freemium,
    /// A trial that ends.
    Trial,
    /// The weights are published, under whatever license.
    OpenWeights,
    /// The source is published under an open-source license.
    OpenSource,
}

impl Entry {
    /// The words that a reader sees.
    pub fn label(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Paid => "Paid",
            Self::Freemium => "Freemium",
            Self::Trial => "Free trial",
            Self::OpenWeights => "Open weights",
            Self::OpenSource => "Open source",
        }
    }
}

/// Something known of a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The fact, one line.
    pub text: String,
    /// Where it is said: an http or https address.
    pub source: Option<String>,
}

/// What one member of the panel says of one tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The panel role, lower case: `builder`, `skeptic` …
    pub reviewer: String,
    /// Ship it or skip it.
    pub verdict: Verdict,
    /// Why, in the reviewer's words.
    pub quote: String,
}

/// The answer of a reviewer or a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Use it.
    Ship,
    /// Leave it.
    Skip,
}

/// One of the two tools of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The first tool of the file.
    A,
    /// The second tool of the file.
    B,
}

/// What an editor would take: one tool, or neither above the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pick {
    /// This tool.
    Tool(Side),
    /// A tie.
    Tie,
}

/// How many said ship and how many said skip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many would ship it.
    pub ship: u64,
    /// How many would skip it.
    pub skip: u64,
}

impl Tally {
    /// Everyone who answered.
    pub fn total(self) -> u64 {
        self.ship + self.skip
    }

    /// The share that would ship it, in whole percent, rounded half up; `None` while nobody answered.
    pub fn ship_percent(self) -> Option<u64> {
        let total = u128::from(self.total());
        (total > 0).then(|| {
            let percent = (u128::from(self.ship) * 200 + total) / (2 * total);
            u64::try_from(percent).unwrap_or(100)
        })
    }

    /// Compares two shares exactly, not their rounded percentages; nobody asked counts as zero.
    fn cmp_share(self, other: Self) -> Ordering {
        let left = u128::from(self.ship) * u128::from(other.total().max(1));
        let right = u128::from(other.ship) * u128::from(self.total().max(1));
        left.cmp(&right)
    }
}

/// One role's line on the scorecard: what it says of A, then of B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScorecardRow<'a> {
    /// The panel role.
    pub reviewer: &'a str,
    /// Its reviews of A and of B; a role need not have tried both.
    pub reviews: [Option<&'a Review>; 2],
}

/// Who disagrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// Roles that would ship one tool and skip the other, in scorecard order.
    pub between: Vec<&'a str>,
    /// For each tool the roles outvoted on it (the smaller camp; both camps, skips first, on an even split).
    pub within: [Vec<&'a str>; 2],
}

impl Split<'_> {
    /// True if nobody disagrees about anything.
    pub fn is_unanimous(&self) -> bool {
        self.between.is_empty() && self.within.iter().all(Vec::is_empty)
    }
}

impl Tool {
    /// What the panel says.
    pub fn panel(&self) -> Tally {
        let ship = self
            .reviews
            .iter()
            .filter(|review| review.verdict == Verdict::Ship)
            .count();
        Tally {
            ship: ship as u64,
            skip: (self.reviews.len() - ship) as u64,
        }
    }

    /// The roles outvoted by the rest of the panel.
    fn dissent(&self) -> Vec<&str> {
        let camp = |verdict| {
            self.reviews
                .iter()
                .filter(move |review| review.verdict == verdict)
                .map(|review| review.reviewer.as_str())
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
    /// The tool on one side.
    pub fn tool(&self, side: Side) -> &Tool {
        match side {
            Side::A => &self.tools[0],
            Side::B => &self.tools[1],
        }
    }

    /// The last day on which readers may vote, in the newsletter's zone; `None` while unplanned.
    pub fn last_day_of_voting(&self) -> Option<NaiveDate> {
        let after = |sent: NaiveDate| sent.checked_add_days(Days::new(VOTING_DAYS));
        self.voting_closes.or(self.date.and_then(after))
    }

    /// Which tool the panel would ship: the one with the larger share of ships, or a tie.
    pub fn lead(&self) -> Pick {
        let [a, b] = &self.tools;
        match a.panel().cmp_share(b.panel()) {
            Ordering::Greater => Pick::Tool(Side::A),
            Ordering::Less => Pick::Tool(Side::B),
            Ordering::Equal => Pick::Tie,
        }
    }

    /// The panel's reviews by role: A's order first, then the roles that only reviewed B.
    pub fn scorecard(&self) -> Vec<ScorecardRow<'_>> {
        let [a, b] = &self.tools;
        let of = |tool: &'_ Tool, reviewer: &str| {
            tool.reviews
                .iter()
                .position(|review| review.reviewer == reviewer)
        };
        let row = |reviewer| ScorecardRow {
            reviewer,
            reviews: [
                of(a, reviewer).map(|at| &a.reviews[at]),
                of(b, reviewer).map(|at| &b.reviews[at]),
            ],
        };
        let only_b = b
            .reviews
            .iter()
            .filter(|review| of(a, &review.reviewer).is_none());
        a.reviews
            .iter()
            .chain(only_b)
            .map(|review| row(review.reviewer.as_str()))
            .collect()
    }

    /// The reviewer split: who disagrees, between the tools and within a tool.
    pub fn split(&self) -> Split<'_> {
        let between = self
            .scorecard()
            .into_iter()
            .filter(|row| match row.reviews {
                [Some(a), Some(b)] => a.verdict != b.verdict,
                _ => false,
            })
            .map(|row| row.reviewer)
            .collect();
        let [a, b] = &self.tools;
        Split {
            between,
            within: [a.dissent(), b.dissent()],
        }
    }
}

/// What a template must know of the newsletter itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Newsletter {
    /// Its name.
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// The sender's postal address, lines separated by `\n`.
    pub postal_address: String,
    /// The language of its texts, a BCP 47 tag such as `en`.
    pub language: String,
    /// Where its pages are, without a trailing slash: `https://verdict.example.org`.
    pub base_url: String,
    /// Where one asks to join: an `https:` or `mailto:` address.
    pub join_url: String,
}

impl Newsletter {
    /// The permanent address of a comparison's page.
    pub fn comparison_url(&self, slug: &str) -> String {
        format!("{}/issues/{slug}", self.base_url)
    }

    /// The address of a comparison's social card, a PNG.
    pub fn card_url(&self, slug: &str) -> String {
        format!("{}/card.png", self.comparison_url(slug))
    }
}

pub use differences::Difference;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
