//! Corrections: the differences between what was sent of an issue and its file.
//!
//! What was sent never changes. The page shows each difference with the time when Verdict noticed it: a file's own
//! time is useless, because a checkout changes it. If the issue was corrected while it was being sent, the page shows
//! the corrected text, and how it differs from the first one.

use chrono::NaiveDate;
use templates::comparison::{Comparison, Difference, VOTING_CLOSES, headline};
use templates::locale::Locale;

use super::EditionError;
use crate::app::App;
use crate::store::StoreError;
use crate::store::corrections::{self, Correction};
use crate::store::editions::{self, Edition};
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

pub(super) async fn note(app: &App, file: &Comparison) -> Result<usize, EditionError> {
    let Some(edition) = editions::find(&app.store, &file.slug).await? else {
        return Ok(0);
    };
    let Some(sent) = edition.readable_comparison() else {
        return Ok(0);
    };
    let sent = as_read_now(sent, file, app.locale());
    let mut differences = sent.differences(file);
    if edition.revision > 0 {
        differences.extend(revised(app, &edition, &sent, &differences).await?);
    }
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
    let found = differences.into_iter().map(correction);
    let found: Vec<Correction> = found.collect();
    let new = found.iter().filter(|one| !known.contains(one)).count();
    if new > 0 || found.len() != known.len() {
        let mut tx = app.store.begin().await?;
        corrections::replace(&mut tx, edition.id, &found).await?;
        tx.commit().await?;
    }
    Ok(new)
}

/// How the newest text differs from the first one, but for fields that differ again in the file.
async fn revised(
    app: &App,
    edition: &Edition,
    newest: &Comparison,
    again: &[Difference],
) -> Result<Vec<Difference>, EditionError> {
    let first = editions::first_text(&app.store, edition).await?;
    let Some(first) = first.readable_comparison() else {
        return Ok(Vec::new());
    };
    let first = as_read_now(first, newest, app.locale());
    let is_new = |one: &Difference| again.iter().all(|other| other.field != one.field);
    Ok(first
        .differences(newest)
        .into_iter()
        .filter(is_new)
        .collect())
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

/// What was sent, as if it were read today: neither the form in which an earlier release stored URLs nor the language
/// of a headline that no editor wrote is a correction.
pub(super) fn as_read_now(mut sent: Comparison, file: &Comparison, locale: &Locale) -> Comparison {
    let [a, b] = sent.tools.each_ref().map(|tool| tool.name.as_str());
    let names_both = sent.title.starts_with(a) && sent.title.ends_with(b);
    if names_both && file.title == headline(locale, [a, b]) {
        sent.title.clone_from(&file.title);
    }
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

    fn sample() -> String {
        let mut files = instance::files().into_iter();
        let is_issue = |name: &str| name.starts_with("issues/") && name.ends_with(".toml");
        let (_, text) = files.find(|(name, _)| is_issue(name)).unwrap();
        text.to_string()
    }

    fn read(text: &str, locale: &Locale) -> Comparison {
        let mut rules = Rules::default();
        rules.newsletter.locale = locale.clone();
        let checked = issue::check(Path::new("a-vs-b.toml"), text.as_bytes(), &rules);
        checked.issue.unwrap().comparison
    }

    #[test]
    fn a_headline_that_nobody_wrote_may_be_in_another_language() {
        let (english, arabic) = (Locale::default(), Locale::new("ar", &[]).0);
        let untitled = sample();
        assert!(!untitled.contains("\ntitle = "));
        let (sent, file) = (read(&untitled, &english), read(&untitled, &arabic));
        assert_eq!(sent.differences(&file)[0].field, "title");
        let now = as_read_now(sent.clone(), &file, &arabic);
        assert_eq!(now.differences(&file), []);
        // An editor wrote one since.
        let written = untitled.replacen(
            "question = ",
            "title = \"Axolotl or Llama?\"\nquestion = ",
            1,
        );
        let file = read(&written, &arabic);
        let found = as_read_now(sent, &file, &arabic).differences(&file);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn an_address_that_was_kept_as_it_was_written_is_no_correction() {
        let locale = Locale::default();
        let file = read(&sample().replace("https://", "HTTPS://"), &locale);
        let mut sent = file.clone();
        for tool in &mut sent.tools {
            tool.url = tool.url.replace("https://", "HTTPS://");
        }
        assert!(!sent.differences(&file).is_empty());
        assert!(
            as_read_now(sent, &file, &locale)
                .differences(&file)
                .is_empty()
        );
    }
}
