//! `verdict init`: an instance folder that works as it is.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::Outcome;
use crate::instance;

pub(super) fn run(dir: &Path) -> Outcome {
    write_files(dir)?;
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "Made an instance in {}:\n", dir.display())?;
    for (name, _) in instance::files() {
        writeln!(stdout, "  {name}")?;
    }
    let shown = dir.display();
    writeln!(
        stdout,
        "\nNext: write your newsletter's name and relay into {shown}/verdict.toml, then\n\n  \
         verdict --dir {shown} check\n  verdict --dir {shown} calendar\n  \
         verdict --dir {shown} serve"
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the files of a new instance. Nothing is written if one of them exists already.
pub(super) fn write_files(dir: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if let Some((name, _)) = instance::files()
        .iter()
        .find(|(name, _)| dir.join(name).exists())
    {
        let path = dir.join(name);
        return Err(format!("{} exists already; nothing was written", path.display()).into());
    }
    for (name, contents) in instance::files() {
        let path = dir.join(name);
        let failed = |error: io::Error| format!("cannot write {}: {error}", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, contents).map_err(failed)?;
    }
    Ok(())
}
