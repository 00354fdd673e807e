//! The app: what every stage needs, opened once and passed as a value.

mod departures;
mod limits;
mod secret;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use subscribers::token::Key;
use templates::alert::Alert;
use templates::comparison::Newsletter;

pub use departures::Replayed;
pub use limits::{HOUR, Origin, Stamp, Used};

use crate::clock::Clock;
use crate::config::Config;
use crate::issue::{self, Rules};
use crate::metrics::Metrics;
use crate::store::journal::Journal;
use crate::store::{self, Store, StoreError, Tx, outbox};

/// An opened instance. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The instance folder.
    pub dir: Arc<Path>,
    /// What the operator configured.
    pub config: Arc<Config>,
    /// The list and the ledger.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The key that signs the list's links.
    pub key: Arc<Key>,
    /// Who left, outside the database.
    pub journal: Journal,
    /// What the journal held when the instance was opened that the database did not.
    pub replayed: Arc<Replayed>,
    /// What this process counts.
    pub metrics: Arc<Metrics>,
    /// True if samples may be sent: to the demo's readers, who are invented as well.
    pub sends_samples: bool,
}

/// Why an instance cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store is not to be had.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret key is not to be had.
    #[error(transparent)]
    Secret(#[from] secret::SecretError),
}

impl App {
    /// Opens the store and makes sure of the key. Departures that the store lacks are recorded in it again
    /// before this returns.
    ///
    /// # Errors
    /// [`OpenError`], whose text is for the operator.
    pub async fn with_config(dir: &Path, config: Config, clock: Clock) -> Result<Self, OpenError> {
        let store = Store::open(&config.store.url, dir).await?;
        let secret = secret::load(dir, std::env::var("VERDICT_SECRET").ok())?;
        let mut tx = store.begin().await?;
        match store::meta::pin_key(&mut tx, &secret.key.fingerprint()).await {
            Ok(()) => tx.commit().await?,
            Err(error) => {
                secret.forget_if_new();
                return Err(error.into());
            }
        }
        let journal = dir.join(&config.store.journal);
        let mut app = Self {
            dir: dir.into(),
            config: Arc::new(config),
            store,
            clock,
            journal: Journal::at(journal, secret.key.fingerprint()),
            replayed: Arc::default(),
            key: Arc::new(secret.key),
            metrics: Arc::default(),
            sends_samples: false,
        };
        app.replayed = Arc::new(app.replay().await?);
        Ok(app)
    }

    /// Today, in the newsletter's zone.
    pub fn today(&self) -> NaiveDate {
        let zone = self.config.schedule.time_zone;
        self.clock.now().with_timezone(&zone).date_naive()
    }

    /// The editors' folder.
    pub fn issues_dir(&self) -> PathBuf {
        issue::folder_in(&self.dir)
    }

    /// The rules that issue files are checked by.
    pub fn rules(&self) -> Rules {
        rules(&self.config)
    }

    /// The day of an instant (Unix milliseconds UTC), in the newsletter's zone.
    pub fn day(&self, millis: i64) -> NaiveDate {
        let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
        let zone = self.config.schedule.time_zone;
        at.with_timezone(&zone).date_naive()
    }

    /// Queues an alert to the editors, to be sent if `tx` is committed.
    pub async fn alert(&self, tx: &mut Tx, alert: &Alert) -> Result<(), StoreError> {
        tracing::warn!(subject = alert.subject, "an alert to the editors");
        let (editors, now) = (&self.config.alerts.to, self.clock.now_millis());
        outbox::alert(tx, editors, &alert.subject, &alert.text, now).await
    }

    /// What templates must know of the newsletter.
    pub fn newsletter(&self) -> Newsletter {
        newsletter(&self.config)
    }
}

/// The rules that the issue files of a newsletter are checked by.
pub fn rules(config: &Config) -> Rules {
    Rules {
        roles: config.issues.panel_roles.clone(),
        newsletter: newsletter(config),
    }
}

fn newsletter(config: &Config) -> Newsletter {
    let (newsletter, base_url) = (&config.newsletter, &config.web.base_url);
    Newsletter {
        name: newsletter.name.clone(),
        tagline: newsletter.tagline.clone(),
        postal_address: newsletter.postal_address.clone(),
        language: newsletter.language.clone(),
        base_url: base_url.clone(),
        join_url: format!("{base_url}/subscribe"),
    }
}
