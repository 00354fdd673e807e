//! The secret that signs the list's links: `VERDICT_SECRET`, or the file `secret.key` (mode 0600)
//! in the instance folder, which is made at the first start.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom as _, SystemRandom};
use subscribers::token::Key;

use crate::private_file;

/// The file's name in the instance folder.
pub(super) const FILE: &str = "secret.key";

/// Bytes of a new secret: the output of SHA-256, as RFC 2104 §3 advises.
const BYTES: usize = 32;

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read or made.
    #[error("cannot read or make {path}: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// What is there is no key.
    #[error(
        "{place} is not a key: it takes 64 hexadecimal digits, as `openssl rand -hex 32` prints them"
    )]
    Unusable {
        /// The variable or the file.
        place: String,
    },
    /// Others can read the file.
    #[error("{path} can be read by others: run `chmod 600 {path}`")]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The system has no random numbers.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

/// The secret, and the file if it was made just now.
pub(super) struct Secret {
    pub(super) key: Key,
    made: Option<PathBuf>,
}

impl Secret {
    /// Removes a file that was made just now, when it turns out that the list has another key.
    pub(super) fn forget_if_new(&self) {
        if let Some(path) = &self.made {
            // What is left behind would only repeat the same error.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Finds the secret, or makes one.
pub(super) fn load(dir: &Path, variable: Option<String>) -> Result<Secret, SecretError> {
    if let Some(value) = variable {
        return Ok(Secret {
            key: parse(&value, "VERDICT_SECRET")?,
            made: None,
        });
    }
    let path = dir.join(FILE);
    let failed = |cause| SecretError::File {
        path: path.clone(),
        cause,
    };
    match File::open(&path) {
        Ok(mut file) => {
            refuse_exposed(&file, &path)?;
            let mut text = String::new();
            file.read_to_string(&mut text).map_err(failed)?;
            Ok(Secret {
                key: parse(&text, &path.display().to_string())?,
                made: None,
            })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = random()?;
            write_new(&path, &text).map_err(failed)?;
            Ok(Secret {
                key: parse(&text, FILE)?,
                made: Some(path),
            })
        }
        Err(error) => Err(failed(error)),
    }
}

fn parse(text: &str, place: &str) -> Result<Key, SecretError> {
    Key::parse(text.trim()).map_err(|_| SecretError::Unusable {
        place: place.to_owned(),
    })
}

fn random() -> Result<String, SecretError> {
    let mut bytes = [0; BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| SecretError::NoRandomness)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file::create_new(path)?;
    let written = writeln!(file, "{text}").and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key would stand in the way of the next start.
        let _ = std::fs::remove_file(path);
    }
    written
}

#[cfg(unix)]
fn refuse_exposed(file: &File, path: &Path) -> Result<(), SecretError> {
    use std::os::unix::fs::PermissionsExt as _;
    let failed = |cause| SecretError::File {
        path: path.to_owned(),
        cause,
    };
    let mode = file.metadata().map_err(failed)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(SecretError::Exposed {
        path: path.to_owned(),
    })
}

#[cfg(not(unix))]
fn refuse_exposed(_: &File, _: &Path) -> Result<(), SecretError> {
    Ok(())
}
