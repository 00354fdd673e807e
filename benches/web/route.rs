//! What is asked for.

use serde::{Deserialize, Serialize};

/// The body of the request that a mail program sends (RFC 8058 §3.2).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Route {
    /// A route of axum's that says a few words, without anything of ours around it.
    BareGet,
    /// The same with a body that it does not read.
    BarePost,
    Home,
    HomePacked,
    Comparison,
    ComparisonPacked,
    Vote,
    OneClick,
}

impl Route {
    pub(crate) const ALL: [Self; 8] = [
        Self::BareGet,
        Self::BarePost,
        Self::Home,
        Self::HomePacked,
        Self::Comparison,
        Self::ComparisonPacked,
        Self::Vote,
        Self::OneClick,
    ];

    /// Where it stands in [`Route::ALL`].
    pub(crate) fn at(self) -> usize {
        self as usize
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BareGet => "bare route, GET",
            Self::BarePost => "bare route, POST",
            Self::Home => "home",
            Self::HomePacked => "home, gzip",
            Self::Comparison => "comparison",
            Self::ComparisonPacked => "comparison, gzip",
            Self::Vote => "vote, POST",
            Self::OneClick => "one-click, POST",
        }
    }

    /// What it is compared with.
    pub(crate) fn bare(self) -> Self {
        if self.body().is_some() {
            Self::BarePost
        } else {
            Self::BareGet
        }
    }

    /// `None` for a GET.
    pub(crate) fn body(self) -> Option<&'static str> {
        match self {
            Self::Vote => Some("verdict=ship"),
            Self::BarePost | Self::OneClick => Some(ONE_CLICK),
            _ => None,
        }
    }

    /// True if each request needs a link of its own.
    pub(crate) fn uses_links_up(self) -> bool {
        matches!(self, Self::Vote | Self::OneClick)
    }

    /// Which of the two things that are counted in the store it changes.
    pub(crate) fn posted(self) -> Option<usize> {
        match self {
            Self::Vote => Some(0),
            Self::OneClick => Some(1),
            _ => None,
        }
    }

    /// The headers of a request but for the host's and the body's length.
    pub(crate) fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::HomePacked | Self::ComparisonPacked => &[("Accept-Encoding", "gzip")],
            Self::BarePost | Self::Vote | Self::OneClick => {
                &[("Content-Type", "application/x-www-form-urlencoded")]
            }
            _ => &[],
        }
    }
}
