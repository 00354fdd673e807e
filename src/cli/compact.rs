//! `verdict compact`: shrinks the ledger of old editions.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use indicatif::DecimalBytes;
use strum::IntoEnumIterator as _;

use super::status::edition_of;
use super::{CliResult, open};
use crate::app::App;
use crate::cli::arguments::CompactArgs;
use crate::cli::output;
use crate::delivery::{self, CompactError};
use crate::store::deliveries::{self, State};
use crate::store::editions::{self, Edition};

pub(super) async fn run(dir: &Path, args: CompactArgs) -> CliResult {
    let app = open(dir).await?;
    let Some(age) = args.older_than else {
        return compact_each(&app, &args.slugs).await;
    };
    let before = app.clock.now_millis() - age.num_milliseconds();
    let editions = editions::not_compacted(&app.store, before).await?;
    if editions.is_empty() {
        return output::done("No edition of that age is left to compact.");
    }
    for edition in &editions {
        match compact(&app, edition).await {
            Ok(()) => {}
            Err(error) => match error.downcast_ref::<CompactError>() {
                Some(CompactError::Store(_)) | None => return Err(error),
                Some(reason) => output::line(format_args!("Left as it is: {reason}."))?,
            },
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn compact_each(app: &App, slugs: &[String]) -> CliResult {
    let mut editions = Vec::new();
    for slug in slugs {
        editions.push(edition_of(app, slug).await?);
    }
    for edition in &editions {
        compact(app, edition).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Compacts an edition, with a progress bar on standard error, and prints what became of its deliveries.
async fn compact(app: &App, edition: &Edition) -> CliResult<()> {
    let counts = deliveries::counts(&app.store, edition.id).await?;
    let before = deliveries::compacted(&app.store, edition.id).await?;
    let bar = super::bar(u64::try_from(counts.accepted).unwrap_or(0));
    let move_on = |moved| bar.inc(u64::try_from(moved).unwrap_or(0));
    move_on(before.deliveries);
    let done = delivery::compact(app, edition, move_on).await;
    bar.finish_and_clear();
    let already = if done? { "" } else { "already " };
    let after = deliveries::compacted(&app.store, edition.id).await?;
    let mut stdout = output::stdout();
    let size = DecimalBytes(u64::try_from(after.bytes).unwrap_or(0));
    writeln!(
        stdout,
        "`{}` is {already}compacted: {} accepted in {size}.",
        edition.slug, after.deliveries
    )?;
    let kept = State::iter().filter_map(|state| {
        let in_blocks = if state == State::Accepted {
            after.deliveries
        } else {
            0
        };
        let count = counts.of(state) - in_blocks;
        (count > 0).then(|| format!("{count} {}", state.into_str()))
    });
    let kept = Vec::from_iter(kept).join(", ");
    if !kept.is_empty() {
        writeln!(stdout, "  Kept as rows: {kept}.")?;
    }
    Ok(())
}
