//! The programs compared.

use std::path::Path;

use crate::client::{Job, Sent, Way};
use crate::process::{self, Spent};
use crate::schema;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contender {
    Client(Way),
    /// Postfix's load generator: an upper limit, not a sender. It writes the same bytes again and again, in C, on
    /// kept connections.
    SmtpSource,
}

/// What every run of a contender needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    pub(crate) port: u16,
    pub(crate) connections: usize,
    pub(crate) messages: usize,
}

impl Contender {
    pub(crate) const SQLITE: Self = Self::Client(Way::Sqlite);
    pub(crate) const POSTGRES: Self = Self::Client(Way::Postgres);
    pub(crate) const BUILDING: Self = Self::Client(Way::Building);

    pub(crate) const SIGNED: Self = Self::Client(Way::Signed);
    pub(crate) const SIGNED_BY_ED25519: Self = Self::Client(Way::SignedByEd25519);

    pub(crate) const ALL: [Self; 8] = [
        Self::SQLITE,
        Self::POSTGRES,
        Self::SIGNED,
        Self::SIGNED_BY_ED25519,
        Self::Client(Way::Ledgerless),
        Self::BUILDING,
        Self::Client(Way::Prepared),
        Self::SmtpSource,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Client(Way::Sqlite) => "verdict-sqlite",
            Self::Client(Way::Postgres) => "verdict-postgres",
            Self::Client(Way::Signed) => "verdict-signed",
            Self::Client(Way::SignedByEd25519) => "verdict-ed25519",
            Self::Client(Way::Ledgerless) => "verdict-no-ledger",
            Self::Client(Way::Building) => "lettre-building",
            Self::Client(Way::Prepared) => "lettre-prepared",
            Self::SmtpSource => "smtp-source",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// False if this machine lacks a requirement.
    pub(crate) fn is_here(self) -> bool {
        match self {
            Self::Client(Way::Postgres) => std::env::var_os(schema::POSTGRES_URL).is_some(),
            Self::Client(_) => true,
            Self::SmtpSource => process::find("smtp-source").is_some(),
        }
    }

    /// True for Verdict, which is measured for longer.
    pub(crate) fn is_ours(self) -> bool {
        matches!(
            self,
            Self::Client(
                Way::Sqlite | Way::Postgres | Way::Signed | Way::SignedByEd25519 | Way::Ledgerless
            )
        )
    }

    /// Sends, on the sender's core, or on all of them if that is what it is for. `body` is the length that gives
    /// smtp-source a mail of our size.
    pub(crate) fn run(self, load: Load, body: usize) -> Sent {
        match self {
            Self::Client(way) => {
                let job = crate::Child::Client(Job {
                    way,
                    port: load.port,
                    connections: load.connections,
                    messages: load.messages,
                });
                match way {
                    Way::Signed => process::run_on_all_cores(&job),
                    _ => process::run(process::SENDING, &job),
                }
            }
            Self::SmtpSource => smtp_source(load, body).into(),
        }
    }
}

fn smtp_source(load: Load, body: usize) -> Spent {
    let program = process::find("smtp-source").unwrap_or_default();
    let mut command = process::on_core(process::SENDING, Path::new(&program));
    command
        .arg("-d")
        .args(["-s", &load.connections.to_string()])
        .args(["-m", &load.messages.to_string()])
        .args(["-l", &body.to_string()])
        .args(["-f", "weekly@example.com", "-t", "reader@example.com"])
        .arg(format!("127.0.0.1:{}", load.port));
    process::measure(command)
}
