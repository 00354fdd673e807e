//! The table, the ratios and the targets.

use std::time::Duration;

use crate::data::{EDITIONS, READERS, VOTED_EDITIONS, VOTES};
use crate::load::Outcome;
use crate::options::Options;
use crate::route::Route;
use crate::server::App;

/// The least share of the twin's rate on SQLite, and on PostgreSQL.
const SHARES: [(Route, f64, f64); 8] = [
    (Route::Home, 0.5, 0.5),
    (Route::HomeGzip, 0.5, 0.5),
    (Route::Comparison, 0.5, 0.5),
    (Route::ComparisonGzip, 0.5, 0.5),
    (Route::Feed, 0.5, 0.5),
    (Route::FeedGzip, 0.5, 0.5),
    (Route::Vote, 0.10, 0.05),
    (Route::OneClick, 0.25, 0.125),
];

/// The least rate with votes over the one without.
const WITH_VOTES: f64 = 1.0 / 1.1;

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

    fn p99(&self) -> f64 {
        self.outcome.p99.as_secs_f64() * 1e3
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
    /// Whether a run was of the route's twin.
    runs: Vec<(Route, bool, Run)>,
}

impl Table {
    pub(crate) fn add(&mut self, route: Route, is_twin: bool, run: Run) {
        self.runs.push((route, is_twin, run));
    }

    fn figures(&self, route: Route, is_twin: bool, figure: impl Fn(&Run) -> f64) -> Vec<f64> {
        let runs = self.runs.iter();
        let runs = runs.filter(|(of, twin, _)| (*of, *twin) == (route, is_twin));
        let mut figures: Vec<_> = runs.map(|(_, _, run)| figure(run)).collect();
        figures.sort_by(f64::total_cmp);
        figures
    }

    fn median(&self, route: Route, is_twin: bool, figure: impl Fn(&Run) -> f64) -> f64 {
        let figures = self.figures(route, is_twin, figure);
        figures[figures.len() / 2]
    }

    fn bare_rate(&self, route: Route) -> f64 {
        self.median(route.twin(), true, Run::rate)
    }

    /// A route's rate over its twin's.
    fn share(&self, route: Route) -> f64 {
        self.median(route, false, Run::rate) / self.bare_rate(route)
    }

    /// The same for the best runs, which are the least disturbed on a busy machine.
    fn share_of_best(&self, route: Route) -> f64 {
        let best = |route, is_twin| self.figures(route, is_twin, Run::rate).pop();
        best(route, false).unwrap_or_default() / best(route.twin(), true).unwrap_or(f64::NAN)
    }

    pub(crate) fn print(&self, routes: &[Route]) {
        println!(
            "\n{:<16} {:>10} {:>17} {:>9} {:>6} {:>8} {:>8} {:>7} {:>9}",
            "", "requests/s", "", "bare", "/bare", "p99 ms", "CPU µs", "client", "bytes"
        );
        for route in routes.iter().copied() {
            let rates = self.figures(route, false, Run::rate);
            let between = format!("({:.0}–{:.0})", rates[0], rates[rates.len() - 1]);
            let client = self.median(route, false, Run::client);
            let client = if client > 0.0 {
                format!("{client:.2}")
            } else {
                "-".to_owned()
            };
            println!(
                "{:<16} {:>10.0} {between:>17} {:>9.0} {:>6.3} {:>8.2} {:>8.1} {client:>7} {:>9.0}",
                route.name(),
                self.median(route, false, Run::rate),
                self.bare_rate(route),
                self.share(route),
                self.median(route, false, Run::p99),
                self.median(route, false, Run::cpu),
                self.median(route, false, Run::bytes),
            );
        }
    }

    /// The targets, and whether the medians reached them; in brackets the best runs.
    pub(crate) fn print_targets(&self, options: &Options) {
        println!();
        let measured = |route: Route| options.only.contains(&route);
        for (route, sqlite, postgres) in SHARES {
            let least = match options.store {
                App::Sqlite => sqlite,
                App::Postgres => postgres,
            };
            if measured(route) {
                let (share, best) = (self.share(route), self.share_of_best(route));
                println!(
                    "{:<6} {:<16} {share:.3} ({best:.3}) of the bare route: at least {least}",
                    met(share >= least),
                    route.name(),
                );
            }
        }
        for (with, without) in [
            (Route::HomeVoted, Route::Home),
            (Route::FeedVoted, Route::Feed),
        ] {
            if measured(with) && measured(without) {
                let rate = |route| self.median(route, false, Run::rate);
                let share = rate(with) / rate(without);
                println!(
                    "{:<6} {:<16} {share:.3} of the rate without votes: at least {WITH_VOTES:.2}",
                    met(share >= WITH_VOTES),
                    with.name(),
                );
            }
        }
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "ok" } else { "MISSED" }
}

pub(crate) fn head(client: &str, options: &Options) {
    println!(
        "{client} on {} connections; medians of {} interleaved rounds; the server has one core, the client another\n\
         on {:?}: {READERS} readers and {EDITIONS} editions; for the routes with votes, {VOTED_EDITIONS} editions \
         with {VOTES} votes each; readers vote and leave in {} order\n\
         requests/s: least and most in brackets; bare: of an axum route that answers the same bytes; CPU: the server's, \
         for each request; client: how much of its core it used; bytes: of an answer",
        options.connections,
        options.rounds,
        options.store,
        if options.is_mixed {
            "mixed"
        } else {
            "the list's"
        }
    );
}
