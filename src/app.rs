//! `App`: an opened instance, which every stage gets as a value.

mod departures;
mod limits;
mod secret;
pub mod self_check;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use subscribers::token::Key;
use templates::alert::Alert;
use templates::comparison::Newsletter;
use templates::locale::Locale;
use tokio::task::JoinError;

pub use departures::Replayed;
pub use limits::{HOUR, Origin, Stamp, Used};

use crate::clock::{Clock, instant};
use crate::config::Config;
use crate::issue::{self, Rules};
use crate::metrics::Metrics;
use crate::smtp::{Conversation, Failure};
use crate::store::journal::Journal;
use crate::store::{self, Store, StoreError, Tx, outbox};

/// Configuration, store, clock and keys of one instance. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The instance folder.
    pub dir: Arc<Path>,
    pub config: Arc<Config>,
    pub store: Store,
    pub clock: Clock,
    /// Signs links and keys the hashes of addresses.
    pub key: Arc<Key>,
    /// Records who left, outside the database.
    pub journal: Journal,
    /// Departures that the database lacked when the instance was opened.
    pub replayed: Arc<Replayed>,
    pub metrics: Arc<Metrics>,
    /// True in the demo only, whose readers are samples too.
    pub sends_samples: bool,
}

/// Why an instance can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Secret(#[from] secret::SecretError),
}

impl App {
    /// Opens the instance in `dir`. Before it returns, it restores departures that the store lacks from the journal.
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

    /// The date in the newsletter's time zone.
    pub fn today(&self) -> NaiveDate {
        self.day(self.clock.now_millis())
    }

    pub fn issues_dir(&self) -> PathBuf {
        issue::folder_in(&self.dir)
    }

    pub fn rules(&self) -> Rules {
        rules(&self.config)
    }

    /// The date of an instant (Unix milliseconds UTC) in the newsletter's time zone.
    pub fn day(&self, millis: i64) -> NaiveDate {
        let zone = self.config.schedule.time_zone;
        instant(millis).with_timezone(&zone).date_naive()
    }

    /// Queues an alert to the editors in `tx`.
    pub async fn alert(&self, tx: &mut Tx, alert: &Alert) -> Result<(), StoreError> {
        tracing::warn!(subject = alert.subject, "alerting the editors");
        let (editors, now) = (&self.config.alerts.to, self.clock.now_millis());
        outbox::alert(tx, editors, &alert.subject, &alert.text, now).await
    }

    /// Opens a conversation with the relay.
    ///
    /// # Errors
    /// As [`Conversation::open`].
    pub async fn connect_to_relay(&self) -> Result<Conversation, Failure> {
        let smtp = &self.config.smtp;
        Conversation::open(&smtp.relay, smtp.bounce_address.domain_ascii()).await
    }

    /// Signs a mail as `[dkim]` says: a complete one, before dot-stuffing.
    ///
    /// # Errors
    /// If the process is ending.
    pub async fn signed(&self, mut mail: Vec<u8>) -> Result<Vec<u8>, JoinError> {
        let Some(dkim) = &self.config.dkim else {
            return Ok(mail);
        };
        let (signer, at) = (dkim.signer.clone(), self.clock.now().timestamp());
        let sign = move || {
            signer.sign(&mut mail, at);
            mail
        };
        tokio::task::spawn_blocking(sign).await
    }

    /// The newsletter's language.
    pub fn locale(&self) -> &Locale {
        &self.config.newsletter.locale
    }

    /// What templates show about the newsletter.
    pub fn newsletter(&self) -> Newsletter {
        newsletter(&self.config)
    }
}

/// The rules for checking a newsletter's issue files.
pub fn rules(config: &Config) -> Rules {
    Rules {
        roles: config.issues.panel_roles.clone(),
        newsletter: newsletter(config),
    }
}

/// What templates show about a newsletter.
pub fn newsletter(config: &Config) -> Newsletter {
    let (newsletter, base_url) = (&config.newsletter, &config.web.base_url);
    let logo = newsletter.logo.as_ref().map(|logo| logo.kind.path());
    let in_mails = logo.filter(|_| newsletter.mail_logo);
    Newsletter {
        name: newsletter.name.clone(),
        tagline: newsletter.tagline.clone(),
        about: newsletter.about.clone(),
        accent: newsletter.accent.clone(),
        logo: logo.map(str::to_owned),
        mail_logo: in_mails.map(|logo| format!("{base_url}{logo}")),
        postal_address: newsletter.postal_address.clone(),
        locale: newsletter.locale.clone(),
        base_url: base_url.clone(),
        join_url: format!("{base_url}/subscribe"),
    }
}
