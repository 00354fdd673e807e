//! The command line.

use crate::server::App;

/// `--connections 64 --rounds 5 --store sqlite --client own`
pub(crate) struct Options {
    pub(crate) connections: usize,
    pub(crate) rounds: usize,
    pub(crate) store: App,
    /// Use our client even if `wrk` is installed.
    pub(crate) own_client: bool,
}

impl Options {
    /// Reads the command line; an error stops the bench.
    pub(crate) fn read() -> Self {
        let mut options = Self {
            connections: 64,
            rounds: 5,
            store: App::Sqlite,
            own_client: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            // Cargo adds this one.
            if argument == "--bench" {
                continue;
            }
            let value = arguments.next().unwrap_or_default();
            if options.set(&argument, &value).is_none() {
                eprintln!(
                    "cannot use `{argument} {value}`\nusage: --connections N  --rounds N  \
                     --store sqlite|postgres  --client wrk|own"
                );
                std::process::exit(2);
            }
        }
        options
    }

    fn set(&mut self, argument: &str, value: &str) -> Option<()> {
        let number = value.parse().ok().filter(|number| *number > 0);
        match (argument, value) {
            ("--connections", _) => self.connections = number?,
            ("--rounds", _) => self.rounds = number?,
            ("--store", "sqlite") => self.store = App::Sqlite,
            ("--store", "postgres") => self.store = App::Postgres,
            ("--client", "wrk") => self.own_client = false,
            ("--client", "own") => self.own_client = true,
            _ => return None,
        }
        Some(())
    }
}
