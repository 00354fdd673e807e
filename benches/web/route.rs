//! The requests.

use serde::{Deserialize, Serialize};

/// The body of the request that a mail program sends (RFC 8058 §3.2).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Route {
    /// A plain axum route that answers a few words, without our layers.
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

    /// Its index in [`Route::ALL`].
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

    /// The route that it is compared with.
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

    /// True if each request needs its own link.
    pub(crate) fn uses_links_up(self) -> bool {
        matches!(self, Self::Vote | Self::OneClick)
    }

    /// Which of the two counts in the store it changes.
    pub(crate) fn posted(self) -> Option<usize> {
        match self {
            Self::Vote => Some(0),
            Self::OneClick => Some(1),
            _ => None,
        }
    }

    /// The headers of a request, except the host and the body's length.
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
