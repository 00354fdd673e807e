//! The votes on an edition's tools.

use std::collections::BTreeMap;

use templates::comparison::{Comparison, Verdict};
use templates::report::{Hour, ToolVotes};

use crate::store::editions::Edition;
use crate::store::votes::{self, VotesInHour};
use crate::store::{Store, StoreError};

/// The votes by tool, in the order of the comparison. A tool that the comparison lacks, or all if it cannot be read,
/// has its slug for a name.
pub(super) async fn votes(
    store: &Store,
    edition: &Edition,
    comparison: Option<&Comparison>,
) -> Result<Vec<ToolVotes>, StoreError> {
    let mut tools: Vec<ToolVotes> = comparison
        .iter()
        .flat_map(|comparison| &comparison.tools)
        .map(|tool| none(&tool.slug, &tool.name))
        .collect();
    let mut by_tool = BTreeMap::<String, Vec<VotesInHour>>::new();
    for votes in votes::by_hour(store, &edition.slug, edition.created_at).await? {
        by_tool.entry(votes.tool.clone()).or_default().push(votes);
    }
    for (slug, votes) in by_tool {
        let known = tools.iter().position(|tool| tool.tool == slug);
        let at = known.unwrap_or_else(|| {
            tools.push(none(&slug, &slug));
            tools.len() - 1
        });
        count(&mut tools[at], &votes);
    }
    Ok(tools)
}

fn none(slug: &str, name: &str) -> ToolVotes {
    ToolVotes {
        tool: slug.to_owned(),
        name: name.to_owned(),
        ship: 0,
        skip: 0,
        by_hour: Vec::new(),
    }
}

fn count(tool: &mut ToolVotes, votes: &[VotesInHour]) {
    let mut hours = BTreeMap::new();
    for one in votes {
        let (ship, skip) = hours.entry(one.hour).or_insert((0, 0));
        match one.verdict {
            Verdict::Ship => *ship += one.votes,
            Verdict::Skip => *skip += one.votes,
        }
    }
    let hours = hours.into_iter();
    tool.by_hour = hours
        .map(|(hour, (ship, skip))| Hour { hour, ship, skip })
        .collect();
    tool.ship = tool.by_hour.iter().map(|hour| hour.ship).sum();
    tool.skip = tool.by_hour.iter().map(|hour| hour.skip).sum();
}
