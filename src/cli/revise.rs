//! `verdict revise`: gives the rest of an edition's readers a corrected text, and lists who has an earlier one.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use templates::corrections::{Change, change};
use templates::locale::Locale;

use super::pause::wait_for_the_wire;
use super::status::{edition_of, readers};
use super::{CliResult, open};
use crate::app::App;
use crate::cli::arguments::ReviseArgs;
use crate::cli::output;
use crate::delivery;
use crate::edition::{self, Revised};
use crate::store::deliveries::{self, Served};
use crate::store::editions::{Edition, EditionState};
use crate::store::subscribers as list;

pub(super) async fn run(dir: &Path, args: &ReviseArgs) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, &args.slug).await?;
    if args.list {
        return served(&app, &edition).await;
    }
    if edition.state == EditionState::Paused {
        // So that the counts are final, and a notice misses nobody.
        delivery::take_over(&app, &edition).await?;
        wait_for_the_wire(&app, &edition).await?;
    }
    let revised = edition::revise(&app, &edition, args.notify).await?;
    show(&mut output::stdout(), &edition, &revised)?;
    Ok(ExitCode::SUCCESS)
}

fn show(out: &mut impl Write, edition: &Edition, revised: &Revised) -> io::Result<()> {
    let slug = &edition.slug;
    if revised.revision > edition.revision {
        let waiting = readers(revised.waiting);
        writeln!(
            out,
            "`{slug}` is revised. The corrected text goes to {waiting}."
        )?;
        changes(out, revised)?;
    }
    for (revision, count) in &revised.have {
        let text = name(*revision);
        writeln!(out, "Have {text}, or may have it: {}", readers(*count))?;
    }
    let has_earlier = revised.have.keys().any(|one| *one < revised.revision);
    if has_earlier {
        writeln!(
            out,
            "  verdict revise {slug} --list     lists who has an earlier text"
        )?;
    }
    match &revised.notice {
        Some((notice, count)) => writeln!(
            out,
            "The correction notice `{notice}` goes to {}: by `verdict serve`, or by `verdict send {notice}`.",
            readers(i128::from(*count))
        )?,
        None if has_earlier => writeln!(
            out,
            "  verdict revise {slug} --notify   sends them a correction notice"
        )?,
        None => {}
    }
    if edition.state == EditionState::Paused {
        writeln!(out, "  verdict resume {slug}            continues")?;
    }
    Ok(())
}

/// What is different from the text before.
fn changes(out: &mut impl Write, revised: &Revised) -> io::Result<()> {
    if let Some((before, now)) = &revised.subject {
        difference(out, "Subject", before, now)?;
    }
    let locale = Locale::default();
    for one in &revised.differences {
        let Change { what, before, now } = change(
            &locale,
            &revised.comparison,
            &one.field,
            &one.before,
            &one.now,
        );
        difference(out, what.as_str(), &before, &now)?;
    }
    Ok(())
}

fn difference(out: &mut impl Write, what: &str, before: &str, now: &str) -> io::Result<()> {
    writeln!(out, "  {what}")?;
    for (sign, text) in [('-', before), ('+', now)] {
        for line in text.lines() {
            writeln!(out, "    {sign} {line}")?;
        }
    }
    Ok(())
}

/// A text of an edition, for people.
pub(super) fn name(revision: i64) -> String {
    match revision {
        0 => "the first text".to_owned(),
        revision => format!("revision {revision}"),
    }
}

/// Prints who has an earlier text, or may have it: one address a line, and after a tab which text and the delivery's
/// state.
async fn served(app: &App, edition: &Edition) -> CliResult {
    edition.ensure_not_compacted()?;
    let mut out = output::data();
    let last = list::last_number(&app.store).await?;
    let mut after = 0;
    while after < last {
        let (store, id) = (&app.store, edition.id);
        let (served, to) = deliveries::served_before(store, id, edition.revision, after).await?;
        for Served {
            reader,
            revision,
            state,
        } in served
        {
            let (text, state) = (name(revision), state.into_str());
            writeln!(out, "{reader}\t{text}\t{state}")?;
        }
        after = to;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
