//! Changes `[dkim]` in `verdict.toml`, and nothing else in it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::sync;
use crate::cli::CliResult;
use crate::config::{Config, FILE};
use crate::private_file;

const SECTION: &str = "dkim";

/// The text of `verdict.toml`, with its comments.
pub(super) struct ConfigFile {
    path: PathBuf,
    text: String,
}

impl ConfigFile {
    pub(super) fn read(dir: &Path) -> CliResult<Self> {
        let set = ["DOMAIN", "SELECTORS", "NEXT", "KEYS"].map(|key| format!("VERDICT_DKIM_{key}"));
        let is_set = |name: &&String| std::env::var(name).is_ok_and(|value| !value.is_empty());
        if let Some(name) = set.iter().find(is_set) {
            return Err(format!(
                "{name} is set, and wins over verdict.toml, which this command changes: unset it"
            )
            .into());
        }
        // A link stays one: its target is replaced.
        let path = dir.join(FILE);
        let path = path
            .canonicalize()
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok(Self { path, text })
    }

    /// The text of a key, if the file has it.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        let document: DocumentMut = self.text.parse().ok()?;
        let text = document.get(SECTION)?.get(key)?.as_str()?;
        Some(text.to_owned())
    }

    /// Turns the commented examples of these keys into keys, so that values stand below their explanation.
    pub(super) fn spell_out(&mut self, keys: &[&str]) {
        let mut inside = false;
        let line = |line: &str| {
            if line.starts_with('[') {
                inside = line.trim_end() == format!("[{SECTION}]");
            }
            let example = line.strip_prefix("# ").filter(|rest| {
                let key = rest.split_once(" = ").map(|(key, _)| key);
                inside && key.is_some_and(|key| keys.contains(&key))
            });
            example.unwrap_or(line).to_owned()
        };
        let text: String = self.text.split_inclusive('\n').map(line).collect();
        // A file that has the key as well stays as it is.
        if text.parse::<DocumentMut>().is_ok() {
            self.text = text;
        }
    }

    pub(super) fn set(&mut self, key: &str, text: &str) -> CliResult<()> {
        self.put(key, value(text))
    }

    pub(super) fn set_list(&mut self, key: &str, texts: &[&str]) -> CliResult<()> {
        self.put(key, value(texts.iter().copied().collect::<Array>()))
    }

    fn put(&mut self, key: &str, item: Item) -> CliResult<()> {
        let mut document: DocumentMut = self.text.parse()?;
        let section = document
            .entry(SECTION)
            .or_insert_with(|| Table::new().into());
        section[key] = item;
        self.text = document.to_string();
        Ok(())
    }

    /// Checks the new text, and puts it in the place of the old one by a rename, with the old one's permissions.
    pub(super) fn replace(&self, dir: &Path) -> CliResult<()> {
        Config::parse(&dir.join(FILE), self.text.as_bytes(), |name| {
            std::env::var(name).ok()
        })?;
        let shown = self.path.display();
        let failed = |error: std::io::Error| format!("cannot replace {shown}: {error}");
        let new = self.path.with_extension("toml.new");
        let write = || {
            let mut file = private_file::replace(&new)?;
            file.write_all(self.text.as_bytes())?;
            file.set_permissions(fs::metadata(&self.path)?.permissions())?;
            file.sync_all()?;
            fs::rename(&new, &self.path)?;
            self.path.parent().map_or(Ok(()), sync)
        };
        let written = write();
        if written.is_err() {
            // Gone already if the rename went well.
            let _ = fs::remove_file(&new);
        }
        Ok(written.map_err(failed)?)
    }
}
