//! The command line.

use strum::IntoEnumIterator as _;

use crate::route::Route;
use crate::server::App;

/// `--connections 64 --rounds 5 --store sqlite --client own --only home,vote --order mixed`
pub(crate) struct Options {
    pub(crate) connections: usize,
    pub(crate) rounds: usize,
    pub(crate) store: App,
    /// Use our client even if `wrk` is installed.
    pub(crate) own_client: bool,
    pub(crate) only: Vec<Route>,
    /// Readers vote and leave in a mixed order, not in that of the list.
    pub(crate) is_mixed: bool,
}

impl Options {
    /// Reads the command line; an error stops the bench.
    pub(crate) fn read() -> Self {
        let mut options = Self {
            connections: 64,
            rounds: 5,
            store: App::Sqlite,
            own_client: false,
            only: Route::iter().collect(),
            is_mixed: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            // Cargo adds this one.
            if argument == "--bench" {
                continue;
            }
            let value = arguments.next().unwrap_or_default();
            if options.set(&argument, &value).is_none() {
                let names: Vec<_> = Route::iter().map(Route::name).collect();
                eprintln!(
                    "cannot use `{argument} {value}`\nusage: --connections N  --rounds N  \
                     --store sqlite|postgres  --client wrk|own  --only NAME,…  --order list|mixed\n\
                     names: {}",
                    names.join(",")
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
            ("--order", "list") => self.is_mixed = false,
            ("--order", "mixed") => self.is_mixed = true,
            ("--only", names) => {
                let names = names.split(',').map(|name| name.parse().ok());
                self.only = names.collect::<Option<_>>()?;
            }
            _ => return None,
        }
        Some(())
    }
}
