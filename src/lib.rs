//! Verdict: a self-hosted newsletter press.
//!
//! The life of an edition, stage by stage. Stages meet only in database rows.
//!
//! ```text
//! issues/*.toml ─issue─▶ Issue ─pick─▶ this week's ─render─▶ mail with placeholders ─edition─▶ editions, deliveries
//! deliveries ─send─▶ claim, compose, SMTP, outcome ─▶ deliveries ─account─▶ bounces, complaints, unsubscribes
//! ```

// Foundations.
pub mod clock;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod private_file;

// The stages, in the order in which an edition passes through them.
pub mod account;
pub mod edition;
pub mod engine;
pub mod issue;
pub mod metrics;
pub mod outbox;
pub mod pick;
pub mod readers;
pub mod render;
pub mod schedule;
pub mod send;
pub mod smtp;
pub mod store;
pub mod subscribe;

// The doors.
pub mod cli;
pub mod commands;
pub mod web;

// What `init`, `demo` and the tests need.
pub mod catcher;
pub mod instance;
pub mod signal;
