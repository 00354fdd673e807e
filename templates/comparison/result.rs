//! The panel's result on a comparison.

use std::cmp::Ordering;

use super::{Comparison, Pick, Side, Tool};

/// What the panel's verdicts on both tools come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelResult {
    /// A larger share of its reviewers would ship this tool.
    Wins(Side),
    /// Equal shares, and no role prefers one tool.
    Tie,
    /// Equal shares, but there are roles that would ship only one of the tools.
    Split,
    /// The panel reviewed only one of the tools, or neither.
    NoContest,
}

impl PanelResult {
    pub fn winner(self) -> Option<Side> {
        match self {
            Self::Wins(side) => Some(side),
            Self::Tie | Self::Split | Self::NoContest => None,
        }
    }

    /// True if an editor's pick says the same as the panel.
    pub fn agrees_with(self, pick: Pick) -> bool {
        match pick {
            Pick::Tool(side) => self == Self::Wins(side),
            Pick::Tie => matches!(self, Self::Tie | Self::Split),
        }
    }
}

impl Comparison {
    /// Compares the exact shares, not the rounded percentages.
    pub fn result(&self) -> PanelResult {
        let [a, b] = self.tools.each_ref().map(Tool::panel);
        if a.total() == 0 || b.total() == 0 {
            return PanelResult::NoContest;
        }
        match a.cmp_share(b) {
            Ordering::Greater => PanelResult::Wins(Side::A),
            Ordering::Less => PanelResult::Wins(Side::B),
            Ordering::Equal if self.split().between.is_empty() => PanelResult::Tie,
            Ordering::Equal => PanelResult::Split,
        }
    }

    /// True if the roles that reviewed one tool are not those that reviewed the other.
    pub fn has_different_panels(&self) -> bool {
        self.scorecard()
            .iter()
            .any(|row| row.reviews.iter().any(Option::is_none))
    }
}
