//! Counters of a process for Prometheus (`[metrics] listen`, `GET /metrics`).
//!
//! Counting a mail takes a few atomic additions: every counter is at hand, none is looked up.
//! `serve/metrics.rs` reads what is in the store (queue, doubts) for each scrape.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::bounces::Class;
use crate::smtp::Reply;
use crate::store::deliveries::{Backlog, State};
use crate::store::editions::EditionState;

pub struct Metrics {
    registry: Registry,
    outcomes: [Counter; State::OUTCOMES.len()],
    replies: [Counter; ReplyLabel::ALL.len()],
    /// Conversations that are open now.
    pub connections: Gauge,
    /// Conversations that were opened.
    pub opened: Counter,
    /// Attempts to open one that failed.
    pub not_opened: Counter,
    group_size: Histogram,
    commit: Histogram,
    /// How often sending waited for an unavailable store.
    pub store_waits: Counter,
    rests: Mutex<BTreeMap<String, DateTime<Utc>>>,
    resting: Family<Domain, Gauge<f64, AtomicU64>>,
    waits: Waits,
}

/// Read from the store for each scrape.
#[derive(Default)]
struct Waits {
    deliveries: Family<Waiting, Gauge>,
    oldest: Family<Edition, Gauge<f64, AtomicU64>>,
    editions: Family<Editions, Gauge>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReplyLabel {
    Taken,
    NotNow,
    /// 421 and 4.7.x.
    TooFast,
    Refused,
    /// 5.7.x and the like: the sender or the message is not welcome.
    Objection,
}

impl ReplyLabel {
    const ALL: [Self; 5] = [
        Self::Taken,
        Self::NotNow,
        Self::TooFast,
        Self::Refused,
        Self::Objection,
    ];

    fn of(reply: &Reply) -> Self {
        match reply.class() {
            Class::Accepted => Self::Taken,
            _ if reply.asks_to_slow_down() => Self::TooFast,
            Class::Deferred => Self::NotNow,
            Class::Refused | Class::DeadMailbox => Self::Refused,
            Class::PolicyRefusal => Self::Objection,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Taken => "2xx",
            Self::NotNow => "4xx",
            Self::TooFast => "4.7.x",
            Self::Refused => "5xx",
            Self::Objection => "5.7.x",
        }
    }
}

macro_rules! label {
    ($name:ident, $($field:ident),+) => {
        #[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
        struct $name { $($field: String),+ }
    };
}
label!(Labelled, outcome);
label!(Replied, class);
label!(Domain, domain);
label!(Edition, edition);
label!(Waiting, edition, state);
label!(Editions, state);

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("verdict");
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        registry.register("build", "The program", Info::new(version));
        let outcomes = outcomes(&mut registry);
        let replies = replies(&mut registry);
        let sizes = exponential_buckets(1.0, 2.0, 11);
        let seconds = exponential_buckets(0.000_1, 2.0, 16);
        let metrics = Self {
            outcomes,
            replies,
            connections: Gauge::default(),
            opened: Counter::default(),
            not_opened: Counter::default(),
            group_size: Histogram::new(sizes),
            commit: Histogram::new(seconds),
            store_waits: Counter::default(),
            rests: Mutex::default(),
            resting: Family::default(),
            waits: Waits::default(),
            registry,
        };
        metrics.registered()
    }
}

fn outcomes(registry: &mut Registry) -> [Counter; State::OUTCOMES.len()] {
    let family = Family::<Labelled, Counter>::default();
    let help = "Outcomes of delivery attempts in this process";
    registry.register("deliveries", help, family.clone());
    State::OUTCOMES.map(|outcome| {
        let outcome = outcome.into_str().to_owned();
        family.get_or_create_owned(&Labelled { outcome })
    })
}

fn replies(registry: &mut Registry) -> [Counter; ReplyLabel::ALL.len()] {
    let family = Family::<Replied, Counter>::default();
    registry.register(
        "smtp_replies",
        "The relay's replies to mails",
        family.clone(),
    );
    ReplyLabel::ALL.map(|class| {
        let class = class.key().to_owned();
        family.get_or_create_owned(&Replied { class })
    })
}

impl Metrics {
    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        let smtp = registry.sub_registry_with_prefix("smtp");
        smtp.register(
            "connections_open",
            "Open conversations with the relay",
            self.connections.clone(),
        );
        let opened = "Conversations opened with the relay";
        smtp.register("connections_opened", opened, self.opened.clone());
        let failed = "Failed attempts to open a conversation";
        smtp.register("connections_failed", failed, self.not_opened.clone());
        let ledger = registry.sub_registry_with_prefix("ledger");
        ledger.register(
            "group_size",
            "Marks and outcomes in one commit",
            self.group_size.clone(),
        );
        ledger.register_with_unit(
            "commit",
            "Duration of a commit",
            Unit::Seconds,
            self.commit.clone(),
        );
        ledger.register(
            "store_waits",
            "Times that sending waited for an unavailable store",
            self.store_waits.clone(),
        );
        registry.register_with_unit(
            "domain_rest",
            "How long until a domain that asked to slow down gets mail again",
            Unit::Seconds,
            self.resting.clone(),
        );
        registry.register(
            "queue_deliveries",
            "Deliveries of unfinished editions, by state",
            self.waits.deliveries.clone(),
        );
        registry.register_with_unit(
            "queue_oldest_age",
            "How long the longest-due delivery has been due",
            Unit::Seconds,
            self.waits.oldest.clone(),
        );
        registry.register("editions", "Editions by state", self.waits.editions.clone());
        self
    }

    /// Counts the end of an attempt, if the state is an outcome.
    pub fn count(&self, state: State) {
        let mut outcomes = State::OUTCOMES.iter();
        if let Some(at) = outcomes.position(|outcome| *outcome == state) {
            self.outcomes[at].inc();
        }
    }

    pub fn replied(&self, reply: &Reply) {
        self.replies[ReplyLabel::of(reply) as usize].inc();
    }

    /// Records a commit of the ledger: how many marks and outcomes, and how long it took.
    pub fn committed(&self, group: usize, took: Duration) {
        self.group_size.observe(group as f64);
        self.commit.observe(took.as_secs_f64());
    }

    /// Records that a domain gets no mail until a time.
    pub fn domain_rests(&self, domain: &str, until: DateTime<Utc>) {
        self.rests().insert(domain.to_owned(), until);
    }

    /// All metrics in the text format of OpenMetrics.
    ///
    /// # Errors
    /// None, for text in memory.
    pub fn text(&self, backlog: &[Backlog], now: DateTime<Utc>) -> Result<String, fmt::Error> {
        // One scrape at a time: each sets the gauges again.
        let mut rests = self.rests();
        rests.retain(|_, until| *until > now);
        self.resting.clear();
        for (domain, until) in rests.iter() {
            let domain = domain.clone();
            let left = (*until - now).to_std().unwrap_or_default();
            let gauge = self.resting.get_or_create_owned(&Domain { domain });
            gauge.set(left.as_secs_f64());
        }
        self.waits.set(backlog, now);
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }

    fn rests(&self) -> MutexGuard<'_, BTreeMap<String, DateTime<Utc>>> {
        // A panic leaves nothing half-done here.
        self.rests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waits {
    fn set(&self, backlog: &[Backlog], now: DateTime<Utc>) {
        self.deliveries.clear();
        self.oldest.clear();
        self.editions.clear();
        for state in [EditionState::Sending, EditionState::Paused] {
            let count = backlog.iter().filter(|one| one.state == state).count();
            let state = state.into_str().to_owned();
            let gauge = self.editions.get_or_create_owned(&Editions { state });
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
        for one in backlog {
            let edition = || one.slug.clone();
            let waited = one.due_at.map_or(0, |due| now.timestamp_millis() - due);
            let labels = Edition { edition: edition() };
            let oldest = self.oldest.get_or_create_owned(&labels);
            oldest.set(waited.max(0) as f64 / 1000.0);
            let states = [
                (State::Queued, one.queued),
                (State::Deferred, one.deferred),
                (State::Unknown, one.in_doubt),
            ];
            for (state, count) in states {
                let state = state.into_str().to_owned();
                let labels = Waiting {
                    edition: edition(),
                    state,
                };
                self.deliveries.get_or_create_owned(&labels).set(count);
            }
        }
    }
}
