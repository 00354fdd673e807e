//! Files that only their owner may read (mode 0600), whatever the umask: the database, exports, rejected rows, the key.
//! Other systems than Unix have no such modes.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
#[cfg(unix)]
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Opens a file for writing, or creates it. Keeps its content.
pub fn open(path: &Path) -> io::Result<File> {
    for_owner(OpenOptions::new().write(true).create(true).truncate(false)).open(path)
}

/// Creates a file, or fails if there is one.
pub fn create_new(path: &Path) -> io::Result<File> {
    for_owner(OpenOptions::new().write(true).create_new(true)).open(path)
}

/// Creates a file, or empties an existing one and restricts it to its owner. A pipe or a device keeps its mode.
pub fn replace(path: &Path) -> io::Result<File> {
    let file = open(path)?;
    if file.metadata()?.is_file() {
        #[cfg(unix)]
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        file.set_len(0)?;
    }
    Ok(file)
}

/// A database with the files that SQLite keeps beside it: log, index.
pub fn with_companions(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut path = database.as_os_str().to_owned();
        path.push(end);
        path.into()
    })
}

/// True if the file exists and others than its owner may read it.
pub fn is_exposed(path: &Path) -> bool {
    #[cfg(unix)]
    let is_open = |metadata: Metadata| metadata.permissions().mode() & 0o044 != 0;
    #[cfg(not(unix))]
    let is_open = |_: Metadata| false;
    std::fs::metadata(path).is_ok_and(is_open)
}

fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    options.mode(0o600);
    options
}
