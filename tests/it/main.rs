//! The one integration binary: every test goes through a front door — the command line, SMTP, HTTP,
//! a browser, the store's functions on a real SQLite file and a real PostgreSQL.

mod database;
mod engine;
mod http;
mod mail;
mod send;
mod web;
