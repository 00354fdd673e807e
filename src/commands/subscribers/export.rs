//! `verdict subscribers export`: the list as CSV, in the form that import reads.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use ::subscribers::consent::Consent;

use super::{Outcome, each};
use crate::engine::Engine;

pub(super) async fn run(engine: &Engine, file: Option<&Path>, consent: Option<Consent>) -> Outcome {
    let mut out: Box<dyn Write + Send> = match file {
        Some(path) => Box::new(
            File::create_new(path)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?,
        ),
        None => Box::new(io::stdout()),
    };
    write(engine, consent, &mut BufWriter::new(&mut out)).await?;
    Ok(ExitCode::SUCCESS)
}

async fn write(
    engine: &Engine,
    consent: Option<Consent>,
    out: &mut (impl Write + Send),
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
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
