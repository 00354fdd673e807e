//! `verdict subscribers export`: the list as CSV, in the form that import reads.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use ::subscribers::consent::Consent;

use super::{Outcome, each};
use crate::engine::Engine;

type Failed = Box<dyn std::error::Error + Send + Sync>;

pub(super) async fn run(engine: &Engine, file: Option<&Path>, consent: Option<Consent>) -> Outcome {
    match file {
        Some(path) => to_file(engine, consent, path).await?,
        None => write(engine, consent, &mut BufWriter::new(io::stdout())).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a new file: the whole list, or nothing.
async fn to_file(engine: &Engine, consent: Option<Consent>, path: &Path) -> Result<(), Failed> {
    let failed = |error| format!("cannot write {}: {error}", path.display());
    let file = File::create_new(path).map_err(|error| failed(error.into()))?;
    let written = write(engine, consent, &mut BufWriter::new(file)).await;
    written.map_err(|error| {
        // Half a list looks like a whole one.
        let _ = fs::remove_file(path);
        failed(error).into()
    })
}

async fn write(
    engine: &Engine,
    consent: Option<Consent>,
    out: &mut (impl Write + Send),
) -> Result<(), Failed> {
    writeln!(out, "email,name,time_zone,consent")?;
    each(engine, consent, |subscriber| {
        let fields = [
            subscriber.address.as_deref().unwrap_or_default(),
            subscriber.name.as_deref().unwrap_or_default(),
            subscriber.time_zone.as_deref().unwrap_or_default(),
            subscriber.consent.key(),
        ];
        writeln!(out, "{}", fields.map(quoted).join(","))
    })
    .await?;
    out.flush()?;
    Ok(())
}

/// A field of RFC 4180.
pub(super) fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
