//! Files that only their owner may read (mode 0600), whatever the umask is: the database, exports, rejected
//! rows, the key.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a file for writing and makes it if there is none. What it holds stays.
pub fn open(path: &Path) -> io::Result<File> {
    for_owner(OpenOptions::new().write(true).create(true).truncate(false)).open(path)
}

/// Makes a file that must not be there yet.
///
/// # Errors
/// If there is one, or the system refuses.
pub fn create_new(path: &Path) -> io::Result<File> {
    for_owner(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Makes a file, or empties the one that is there and takes it from everybody but its owner. A pipe or a
/// device keeps its mode.
pub fn replace(path: &Path) -> io::Result<File> {
    let file = open(path)?;
    if file.metadata()?.is_file() {
        restrict(&file)?;
        file.set_len(0)?;
    }
    Ok(file)
}

#[cfg(unix)]
fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

/// True if the file is there and others than its owner may read it.
#[cfg(unix)]
pub fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = std::fs::metadata(path);
    metadata.is_ok_and(|metadata| metadata.permissions().mode() & 0o044 != 0)
}

// Other systems have no such modes.

#[cfg(not(unix))]
fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

/// True if the file is there and others than its owner may read it.
#[cfg(not(unix))]
pub fn is_exposed(_: &Path) -> bool {
    false
}
