//! The newsletter that the issues are shown in: `verdict.toml` and the operator's catalogues, as they were last usable,
//! and what it has sent.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use templates::locale::Locale;

use super::files::{self, Stamps};
use crate::config::{self, Config, ConfigError};
use crate::edition::History;
use crate::findings::{Finding, Findings};
use crate::store::StoreError;
use crate::toml_source;

/// Does not change: a changed file makes another one.
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) history: Arc<History>,
    /// Of the files as they are now.
    pub(super) findings: Findings,
    /// Changes with the files' contents and with the history.
    pub(super) revision: String,
}

impl Setup {
    /// The configuration in one of our languages, or as it is.
    pub(super) fn in_language(&self, language: &str) -> Cow<'_, Config> {
        let own = &self.config.newsletter.locale;
        if language == own.lang() {
            return Cow::Borrowed(&self.config);
        }
        let mut config = self.config.clone();
        config.newsletter.locale = Locale::new(language, &[]).0;
        Cow::Owned(config)
    }
}

/// Reads the setup again when a file changes.
pub(super) struct Source {
    dir: PathBuf,
    stamps: Stamps,
    history: Arc<History>,
    /// Why the history cannot be read.
    trouble: Option<String>,
    current: Arc<Setup>,
}

impl Source {
    /// # Errors
    /// If the example that stands in for a configuration that cannot be used cannot be used either.
    pub(super) fn open(dir: &Path) -> Result<Self, ConfigError> {
        let stand_in = Config::parse(
            Path::new(config::FILE),
            Config::template().as_bytes(),
            |_| None,
        )?;
        let mut source = Self {
            dir: dir.to_owned(),
            stamps: Stamps::default(),
            history: Arc::default(),
            trouble: None,
            current: Arc::new(Setup {
                config: stand_in,
                history: Arc::default(),
                findings: Findings::default(),
                revision: String::new(),
            }),
        };
        let stamps = source.stamps();
        source.read(&stamps);
        Ok(source)
    }

    pub(super) fn current(&self) -> Arc<Setup> {
        Arc::clone(&self.current)
    }

    /// Reads what changed.
    pub(super) fn look(&mut self, now: DateTime<Utc>) {
        let stamps = self.stamps();
        if stamps == self.stamps {
            return;
        }
        self.read(&stamps);
        self.stamps = match stamps.are_settled(now) {
            true => stamps,
            // Look again.
            false => Stamps::default(),
        };
    }

    /// Takes over what was sent. If that cannot be read, what is known of it stays; and so do the votes while nothing
    /// else is sent, since each would reload what an editor reads.
    pub(super) fn learn(&mut self, read: Result<History, StoreError>) {
        let (history, trouble) = match read {
            Ok(history) => (Arc::new(history), None),
            Err(error) => (Arc::clone(&self.history), Some(error.to_string())),
        };
        if (&history.sent, &trouble) != (&self.history.sent, &self.trouble) {
            (self.history, self.trouble) = (history, trouble);
            // Look again.
            self.stamps = Stamps::default();
        }
    }

    fn stamps(&self) -> Stamps {
        let catalogues = files::ending_with(&self.dir.join("locales"), "ftl");
        Stamps::of(std::iter::once(self.dir.join(config::FILE)).chain(catalogues))
    }

    fn read(&mut self, stamps: &Stamps) {
        let history = format!("{:?}{:?}", self.history, self.trouble);
        let contents: Vec<Vec<u8>> = stamps
            .paths()
            .flat_map(|path| {
                let name = path.as_os_str().as_encoded_bytes().to_vec();
                [name, toml_source::read_file(path).unwrap_or_default()]
            })
            .collect();
        let contents = contents.iter().map(Vec::as_slice);
        let revision = files::revision(contents.chain([history.as_bytes()]));
        if revision == self.current.revision {
            return;
        }
        let (config, mut findings) = self.load();
        findings.extend(self.trouble.as_ref().map(|trouble| {
            let message = format!("what was sent cannot be read: {trouble}");
            Finding::of_file("no-history", message, &self.dir.join(config::FILE))
                .as_warning()
                .help("issues that were sent may look as if they had not been")
        }));
        self.current = Arc::new(Setup {
            config: config.unwrap_or_else(|| self.current.config.clone()),
            history: Arc::clone(&self.history),
            findings,
            revision,
        });
    }

    fn load(&self) -> (Option<Config>, Findings) {
        let path = self.dir.join(config::FILE);
        if !path.exists() {
            let message = "there is no verdict.toml, so another newsletter stands in for yours";
            let finding = Finding::of_file("no-config", message, &path).as_warning();
            return (
                None,
                finding
                    .help("run `verdict init` to make an instance")
                    .into(),
            );
        }
        match Config::load(&self.dir, |name| std::env::var(name).ok()) {
            Ok(config) => {
                let findings = config.warnings.clone();
                (Some(config), findings)
            }
            Err(error) => (None, error.findings),
        }
    }
}
