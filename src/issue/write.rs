//! Writes files into the folder of issues, whole or not at all: `verdict serve` may read it at any time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Rules, SCHEMA_FILE, Scaffold, schema_text};

/// Writes a new issue and makes the folder if there is none. Returns the file's path.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if there is an issue of that name; then nothing is written.
pub fn write_new(folder: &Path, new: &Scaffold) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}.toml", new.slug));
    place(&path, &new.text, |whole| {
        match fs::hard_link(whole, &path) {
            // The file system may have no links.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => {
                fs::rename(whole, &path)
            }
            linked => linked,
        }
    })?;
    Ok(path)
}

/// Writes [`SCHEMA_FILE`], unless it is up to date.
///
/// # Errors
/// If the file can't be written. An older one stays as it is.
pub fn write_schema(folder: &Path, rules: &Rules) -> io::Result<()> {
    let path = folder.join(SCHEMA_FILE);
    let text = schema_text(rules);
    if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    place(&path, &text, |whole| fs::rename(whole, &path))
}

/// Writes a hidden file, and lets `finish` give it its name.
fn place(path: &Path, text: &str, finish: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let whole = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&whole, text).and_then(|()| finish(&whole));
    // It is gone already if it was renamed.
    let _ = fs::remove_file(&whole);
    written
}
