//! `verdict init`: makes an instance folder that works as it is.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use super::CliResult;
use crate::cli::output;
use crate::config::instance;
use crate::issue::{self, Rules};

pub(super) fn run(dir: &Path) -> CliResult {
    write_files(dir)?;
    let shown = dir.display();
    output::line(format_args!("Made an instance in {shown}:\n"))?;
    for (name, _) in files() {
        output::line(format_args!("  {name}"))?;
    }
    output::done(format_args!(
        "\nNext: write your newsletter's name, sender, postal address, relay and base_url into \
         {shown}/verdict.toml;\nno mail goes out before that. Then\n\n  \
         verdict --dir {shown} check\n  verdict --dir {shown} calendar\n  \
         verdict --dir {shown} serve"
    ))
}

/// Writes the files of a new instance: all of them, or none if one exists or a write fails.
pub(super) fn write_files(dir: &Path) -> CliResult<()> {
    let files = files();
    let mut paths = files.iter().map(|(name, _)| dir.join(name));
    if let Some(path) = paths.find(|path| path.exists()) {
        return Err(format!("{} already exists; nothing was written", path.display()).into());
    }
    for (at, (name, contents)) in files.iter().enumerate() {
        let path = dir.join(name);
        if let Err(error) = write_file(&path, contents) {
            for (name, _) in &files[..=at] {
                // The last file may not exist.
                let _ = fs::remove_file(dir.join(name));
            }
            return Err(format!("cannot write {}: {error}", path.display()).into());
        }
    }
    Ok(())
}

/// Those of the instance, with the schema beside its issues, which points to it.
fn files() -> Vec<(String, Cow<'static, str>)> {
    let files = instance::files().map(|(name, contents)| {
        let is_issue = name.starts_with("issues/") && name.ends_with(".toml");
        let pointing = || format!("{}\n{contents}", issue::SCHEMA_DIRECTIVE);
        let contents = if is_issue {
            pointing().into()
        } else {
            contents
        };
        (name.to_owned(), contents)
    });
    let schema = format!("issues/{}", issue::SCHEMA_FILE);
    let schema = (schema, issue::schema_text(&Rules::default()).into());
    files.into_iter().chain([schema]).collect()
}

fn write_file(path: &Path, contents: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, contents)
}
