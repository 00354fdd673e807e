//! Checks the links of issues.

use std::collections::BTreeSet;

use url::Url;

use crate::issue::Folder;
use crate::issue::content::{DEAD_LINK, Needs};
use crate::links::{self, Policy};

/// Adds findings on links that do not answer, except those of samples: their tools are invented.
pub async fn check_links(folder: &mut Folder, policy: Policy) {
    let (followups, findings) = folder.followups();
    let real: Vec<_> = followups
        .filter(|(issue, _)| !issue.comparison.sample)
        .collect();
    let links = real.iter().flat_map(|(_, followup)| followup.links());
    let urls: BTreeSet<String> = links.map(|link| link.url.clone()).collect();
    let dead = links::dead(urls, policy).await;
    for (_, followup) in real {
        let links = followup.links().iter().filter_map(|link| {
            let why = dead.get(&link.url)?;
            let url = Url::parse(&link.url).ok();
            let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
            Some(followup.at_link(link, DEAD_LINK, format!("the link to {host} {why}")))
        });
        let found: Vec<_> = links.collect();
        findings.extend(found.into_iter().filter(|finding| followup.admits(finding)));
        findings.extend(followup.idle(Needs::Web));
    }
}
