//! Verdict: a self-hosted newsletter press.
//!
//! The life of an edition, stage by stage. Stages meet only in database rows.
//!
//! ```text
//! issues/*.toml ─issue─▶ Issue ─schedule─▶ this week's ─edition─▶ frozen mail, edition and delivery rows
//! delivery rows ─delivery─▶ claim ▶ compose ▶ SMTP ▶ outcome ─▶ delivery rows
//! a reader's click or form ─web─▶ readers ─▶ subscribers, consent history, outbox rows
//! outbox rows ─outbox─▶ confirmations, links, alerts to the editors ─SMTP─▶
//! another system's export ─readers/import─▶ subscribers, departures
//! ```

// Commands, long-running processes and web pages.
pub mod cli;
pub mod preview;
pub mod serve;
pub mod web;

// The stages.
pub mod delivery;
pub mod edition;
pub mod outbox;
pub mod purge;
pub mod readers;

// What keeps mail from arriving, looked for before an edition.
pub mod doctor;

// What every stage shares, opened once.
pub mod app;

// Database, SMTP, and the links of issues.
pub mod links;
pub mod smtp;
pub mod store;

// HTTP and DNS.
pub mod dns;
pub mod fetch;

// What operators and editors write: issues, schedule, configuration.
pub mod config;
pub mod issue;
pub mod schedule;

// Foundations.
pub mod backoff;
pub mod bounces;
pub mod catcher;
pub mod clock;
pub mod dkim;
pub mod findings;
pub mod group_commit;
pub mod header_text;
pub mod metrics;
mod own_runtime;
pub mod private_file;
pub mod shutdown;
pub mod toml_source;
