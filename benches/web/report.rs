//! The table, the ratios and the targets.

use std::time::Duration;

use crate::load::Outcome;
use crate::options::Options;
use crate::route::Route;
use crate::server::App;

/// The share of the bare route's rate that one-click must reach, on SQLite.
const LEAST: f64 = 0.25;

/// One measured run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    /// The server's processor time.
    pub(crate) server: Duration,
}

impl Run {
    fn rate(&self) -> f64 {
        self.outcome.requests as f64 / self.outcome.wall.as_secs_f64()
    }

    /// Microseconds of the server's processor for each request.
    fn cpu(&self) -> f64 {
        self.server.as_secs_f64() * 1e6 / self.outcome.requests as f64
    }

    /// The share of its core that the client used; zero if it does not report it.
    fn client(&self) -> f64 {
        self.outcome.cpu.as_secs_f64() / self.outcome.wall.as_secs_f64()
    }

    fn bytes(&self) -> f64 {
        self.outcome.bytes as f64 / self.outcome.requests as f64
    }
}

#[derive(Default)]
pub(crate) struct Table {
    runs: Vec<(Route, Run)>,
}

impl Table {
    pub(crate) fn add(&mut self, route: Route, run: Run) {
        self.runs.push((route, run));
    }

    fn figures(&self, route: Route, figure: impl Fn(&Run) -> f64) -> Vec<f64> {
        let runs = self.runs.iter().filter(|(whose, _)| *whose == route);
        let mut figures: Vec<_> = runs.map(|(_, run)| figure(run)).collect();
        figures.sort_by(f64::total_cmp);
        figures
    }

    fn median(&self, route: Route, figure: impl Fn(&Run) -> f64) -> f64 {
        let figures = self.figures(route, figure);
        figures[figures.len() / 2]
    }

    /// A route's rate over the bare one's.
    fn ratio(&self, route: Route) -> f64 {
        self.median(route, Run::rate) / self.median(route.bare(), Run::rate)
    }

    /// The same for the best runs, which are the least disturbed on a busy machine.
    fn ratio_of_best(&self, route: Route) -> f64 {
        let best = |route| self.figures(route, Run::rate).pop().unwrap_or_default();
        best(route) / best(route.bare())
    }

    pub(crate) fn print(&self) {
        println!(
            "\n{:<18} {:>10} {:>17} {:>6} {:>8} {:>7} {:>7}",
            "", "requests/s", "", "/bare", "CPU", "client", "bytes"
        );
        for route in Route::ALL {
            let rates = self.figures(route, Run::rate);
            let between = format!("({:.0}–{:.0})", rates[0], rates[rates.len() - 1]);
            let client = self.median(route, Run::client);
            let client = if client > 0.0 {
                format!("{client:.2}")
            } else {
                "-".to_owned()
            };
            println!(
                "{:<18} {:>10.0} {between:>17} {:>6.2} {:>8.1} {client:>7} {:>7.0}",
                route.name(),
                self.median(route, Run::rate),
                self.ratio(route),
                self.median(route, Run::cpu),
                self.median(route, Run::bytes),
            );
        }
    }

    /// The targets, and whether the medians reached them; in brackets the best runs.
    pub(crate) fn print_targets(&self, store: App) {
        let (ratio, best) = (
            self.ratio(Route::OneClick),
            self.ratio_of_best(Route::OneClick),
        );
        let met = if ratio >= LEAST { "ok" } else { "MISSED" };
        match store {
            App::Sqlite => println!(
                "\n{met:<6} one-click  {ratio:.2} ({best:.2}) of the bare route: at least {LEAST}"
            ),
            App::Postgres => {
                println!("\n       one-click  {ratio:.2} ({best:.2}) of the bare route")
            }
        }
    }
}

pub(crate) fn head(client: &str, options: &Options, readers: usize) {
    println!(
        "{client} on {} connections; a list of {readers} on {:?}; medians of {} interleaved rounds; \
         the server has one core, the client another one\n\
         requests/s: least and most in brackets; /bare: over those of the bare route with the same \
         method; CPU: the server's, microseconds a request; client: how much of its core it used; \
         bytes: of an answer",
        options.connections, options.store, options.rounds
    );
}
