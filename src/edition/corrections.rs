//! Corrections: the differences between an issue's file and the edition that was sent.
//!
//! The edition never changes. The page shows each difference with the time when Verdict noticed it: a file's own
//! time is useless, because a checkout changes it.

use chrono::NaiveDate;
use templates::comparison::{Comparison, Difference, VOTING_CLOSES};

use super::EditionError;
use crate::app::App;
use crate::store::corrections::{self, Correction};
use crate::store::{StoreError, editions};
use crate::toml_source::parsed_address;

/// Compares every issue file with its edition and stores the differences. A file that is missing or has errors
/// changes nothing. Returns the number of new differences.
///
/// # Errors
/// [`EditionError`] if the folder cannot be read or the store fails.
pub async fn note_corrections(app: &App) -> Result<usize, EditionError> {
    let folder = super::folder(app).await?;
    let mut new = 0;
    for issue in folder.issues {
        new += note(app, &issue.comparison).await?;
    }
    Ok(new)
}

async fn note(app: &App, file: &Comparison) -> Result<usize, EditionError> {
    let Some(edition) = editions::find(&app.store, &file.slug).await? else {
        return Ok(0);
    };
    let Some(sent) = edition.readable_comparison() else {
        return Ok(0);
    };
    let sent = as_read_now(sent);
    let known = corrections::of(&app.store, edition.id).await?;
    let noticed_at = app.clock.now_millis();
    let correction = |difference: Difference| {
        let Difference { field, before, now } = difference;
        let mut known = known.iter();
        let known = known.find(|one| one.field == field && one.now == now);
        Correction {
            field,
            sent: before,
            now,
            noticed_at: known.map_or(noticed_at, |known| known.noticed_at),
        }
    };
    let found = sent.differences(file).into_iter().map(correction);
    let found: Vec<Correction> = found.collect();
    let new = found.iter().filter(|one| !known.contains(one)).count();
    if new > 0 || found.len() != known.len() {
        let mut tx = app.store.begin().await?;
        corrections::replace(&mut tx, edition.id, &found).await?;
        tx.commit().await?;
    }
    Ok(new)
}

/// The last day of voting that editors have chosen since an edition was sent, if they have.
///
/// # Errors
/// If the store fails.
pub async fn voting_closes(app: &App, edition: i64) -> Result<Option<NaiveDate>, StoreError> {
    let corrections = corrections::of(&app.store, edition).await?;
    let day = corrections.iter().find(|one| one.field == VOTING_CLOSES);
    Ok(day.and_then(|one| one.now.parse().ok()))
}

/// Normalizes the URLs of what was sent. An earlier release stored them as written, which is not a correction.
fn as_read_now(mut sent: Comparison) -> Comparison {
    for tool in &mut sent.tools {
        tool.url = parsed_address(&tool.url);
        for fact in &mut tool.facts {
            fact.source = fact.source.as_deref().map(parsed_address);
        }
    }
    sent
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::instance;
    use crate::issue::{self, Rules};

    #[test]
    fn an_address_that_was_kept_as_it_was_written_is_no_correction() {
        let (_, sample) = instance::files()
            .into_iter()
            .find(|(name, _)| name.starts_with("issues/") && name.ends_with(".toml"))
            .unwrap();
        let read = |text: &str| {
            let checked =
                issue::check(Path::new("a-vs-b.toml"), text.as_bytes(), &Rules::default());
            checked.issue.unwrap().comparison
        };
        let file = read(&sample.replace("https://", "HTTPS://"));
        let mut sent = file.clone();
        for tool in &mut sent.tools {
            tool.url = tool.url.replace("https://", "HTTPS://");
        }
        assert!(!sent.differences(&file).is_empty());
        assert!(as_read_now(sent).differences(&file).is_empty());
    }
}
