//! The one integration binary. Every test uses a public entrance: the command line, SMTP, HTTP, a browser, or the
//! store's functions on a real SQLite file and a real PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    unreachable_pub,
    reason = "a test stops where something is not as it should be"
)]

mod addresses;
mod apart;
mod approval;
mod backup;
mod browser;
mod caniemail;
mod chance;
mod child;
mod choosing;
mod cli;
mod clock_ahead;
mod cluster;
mod compact;
mod content;
mod database;
mod delivery_audit;
mod demo;
mod departures;
mod digest;
mod distrust;
mod dkim;
mod doctor;
mod drain;
mod hostile;
mod http;
mod in_parts;
mod joining;
mod kill;
mod limits;
mod local_time;
mod locks;
mod logs;
mod mail;
mod marking;
mod metrics;
mod misbehaviour;
mod model;
mod monday;
mod moving_in;
mod nodes;
mod outage;
mod outbox;
mod own_name;
mod preview;
mod reading;
mod relay;
mod replies;
mod reply_forms;
mod report;
mod returned;
mod revise;
mod scripts;
mod send;
mod senders;
mod serve;
mod slot;
mod store;
mod store_check;
mod storm;
mod test_app;
mod testing;
mod throttles;
mod tidy;
mod tls;
mod tool_pages;
mod undoing;
mod upgrade;
mod voting;
mod web;
