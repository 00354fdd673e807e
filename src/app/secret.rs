//! The secret that signs links: `VERDICT_SECRET`, or the file `secret.key` (mode 0600) in the instance folder,
//! which the first start makes.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use subscribers::token::Key;

use crate::private_file;

const FILE: &str = "secret.key";

/// Bytes of a new secret: the output of SHA-256, as RFC 2104 §3 advises.
const BYTES: usize = 32;

/// Why the secret can't be loaded or made.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("cannot read or make {path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
    #[error(
        "{place} is not a key: use 64 hexadecimal digits, as `openssl rand -hex 32` prints them"
    )]
    Unusable { place: String },
    #[error("{path} can be read by others: run `chmod 600 {path}`")]
    Exposed { path: PathBuf },
    #[error("the system provides no random numbers")]
    NoRandomness,
}

pub(super) struct Secret {
    pub(super) key: Key,
    /// The file, if this start made it.
    made: Option<PathBuf>,
}

impl Secret {
    /// Removes a file that this start made, for a list that turns out to have another key.
    pub(super) fn forget_if_new(&self) {
        if let Some(path) = &self.made {
            // If this fails, the next start reports the same error.
            let _ = std::fs::remove_file(path);
        }
    }
}

pub(super) fn load(dir: &Path, variable: Option<String>) -> Result<Secret, SecretError> {
    if let Some(value) = variable {
        let key = parse(&value, "VERDICT_SECRET")?;
        return Ok(Secret { key, made: None });
    }
    let path = dir.join(FILE);
    let failed = |cause| SecretError::File {
        path: path.clone(),
        cause,
    };
    match File::open(&path) {
        Ok(mut file) => {
            if is_exposed(&file).map_err(failed)? {
                return Err(SecretError::Exposed { path });
            }
            let mut text = String::new();
            file.read_to_string(&mut text).map_err(failed)?;
            let key = parse(&text, &path.display().to_string())?;
            Ok(Secret { key, made: None })
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
        // Half a key would make the next start fail.
        let _ = std::fs::remove_file(path);
    }
    written
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}
