//! `verdict init`: an instance folder that works as it is.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::CliResult;
use crate::cli::output;
use crate::config::instance;

pub(super) fn run(dir: &Path) -> CliResult {
    write_files(dir)?;
    let mut stdout = output::stdout();
    writeln!(stdout, "Made an instance in {}:\n", dir.display())?;
    for (name, _) in instance::files() {
        writeln!(stdout, "  {name}")?;
    }
    let shown = dir.display();
    writeln!(
        stdout,
        "\nNext: write your newsletter's name, sender, postal address, relay and base_url into \
         {shown}/verdict.toml;\nnothing is mailed before. Then\n\n  \
         verdict --dir {shown} check\n  verdict --dir {shown} calendar\n  \
         verdict --dir {shown} serve"
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the files of a new instance: all of them, or none. None is written if one exists already.
pub(super) fn write_files(dir: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let files = instance::files();
    if let Some((name, _)) = files.iter().find(|(name, _)| dir.join(name).exists()) {
        let path = dir.join(name);
        return Err(format!("{} exists already; nothing was written", path.display()).into());
    }
    for (at, (name, contents)) in files.iter().enumerate() {
        let path = dir.join(name);
        if let Err(error) = write_file(&path, contents) {
            for (name, _) in &files[..=at] {
                // What is not there was not written.
                let _ = fs::remove_file(dir.join(name));
            }
            return Err(format!("cannot write {}: {error}", path.display()).into());
        }
    }
    Ok(())
}

fn write_file(path: &Path, contents: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, contents)
}
