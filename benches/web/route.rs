//! The requests.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::{data, press};

/// The body of the request that a mail program sends (RFC 8058 §3.2).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// A line of the table.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(crate) enum Route {
    Home,
    HomeGzip,
    /// With the votes of [`VOTES`](crate::data::VOTES) readers on each issue.
    HomeVoted,
    Comparison,
    ComparisonGzip,
    /// A comparison that nobody has requested for a second.
    Cold,
    /// While readers vote on it.
    UnderVotes,
    Feed,
    FeedGzip,
    /// As `HomeVoted`.
    FeedVoted,
    Vote,
    OneClick,
}

/// What a link in a mail is for. Each works once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Vote,
    Unsubscribe,
}

impl Route {
    pub(crate) fn name(self) -> &'static str {
        self.into_str()
    }

    /// The route whose twin it is compared with: a plain axum route that answers the same bytes, without our layers.
    pub(crate) fn twin(self) -> Self {
        match self {
            Self::HomeVoted => Self::Home,
            Self::Cold | Self::UnderVotes => Self::Comparison,
            Self::FeedVoted => Self::Feed,
            Self::Vote => Self::OneClick,
            route => route,
        }
    }

    pub(crate) fn has_twin(self) -> bool {
        self.twin() == self
    }

    /// The addresses to request in turns; `None` if each request needs a link of its own.
    pub(crate) fn paths(self) -> Option<Vec<String>> {
        Some(match self {
            Self::Home | Self::HomeGzip | Self::HomeVoted => vec!["/".to_owned()],
            Self::Comparison | Self::ComparisonGzip => vec![data::page(data::EDITIONS)],
            Self::Cold => (1..=data::EDITIONS).map(data::page).collect(),
            Self::UnderVotes => vec![format!("/issues/{}", press::SLUG)],
            Self::Feed | Self::FeedGzip | Self::FeedVoted => vec!["/feed.xml".to_owned()],
            Self::Vote | Self::OneClick => return None,
        })
    }

    /// `None` for a GET.
    pub(crate) fn body(self) -> Option<&'static str> {
        match self {
            Self::Vote => Some("verdict=ship"),
            Self::OneClick => Some(ONE_CLICK),
            _ => None,
        }
    }

    /// The links that its requests use up.
    pub(crate) fn link(self) -> Option<Link> {
        match self {
            Self::Vote => Some(Link::Vote),
            Self::OneClick => Some(Link::Unsubscribe),
            _ => None,
        }
    }

    /// The headers of a request, except the host and the body's length.
    pub(crate) fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::HomeGzip | Self::ComparisonGzip | Self::FeedGzip => {
                &[("Accept-Encoding", "gzip")]
            }
            Self::Vote | Self::OneClick => &[("Content-Type", "application/x-www-form-urlencoded")],
            _ => &[],
        }
    }
}
