//! The cost of the web: requests a second, latency and processor time of the public pages, a vote and a one-click
//! unsubscribe, each beside a bare axum route that answers the same bytes, interleaved in one run. `cargo bench --bench
//! web [-- --connections 64 --rounds 5 --store postgres --only home,vote --order mixed]`. The server has one core, the
//! client another: `wrk` if installed, or our own client. Both keep their connections. Each vote and each one-click
//! request is from a different reader, so each changes something.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

mod data;
mod load;
mod options;
#[path = "../throughput/press.rs"]
#[allow(dead_code, reason = "the other benches send")]
mod press;
#[path = "../throughput/process.rs"]
#[allow(dead_code, reason = "the other benches run and weigh other things")]
mod process;
mod report;
mod route;
#[path = "../throughput/schema.rs"]
mod schema;
mod server;
mod wrk;

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use data::READERS;
use load::{Job, Outcome};
use options::Options;
use report::{Run, Table};
use route::{Link, Route};
use server::{Place, Server};

/// How long a run takes: `wrk` runs for whole seconds.
const LENGTH: Duration = Duration::from_secs(1);

/// The readers who vote while [`Route::UnderVotes`] is measured: how many connections, and how long each waits between
/// two votes. 400 votes a second.
const VOTERS: usize = 16;
const BETWEEN: Duration = Duration::from_millis(40);
/// They begin this long before the run and end this long after it.
const MARGIN: Duration = Duration::from_millis(300);

/// The jobs of the processes that the bench starts of itself.
#[derive(Debug, Serialize, Deserialize)]
enum Child {
    Serve(Place),
    Load(Job),
}

fn main() {
    match process::job::<Child>() {
        Some(Child::Serve(place)) => server::serve(&place),
        Some(Child::Load(job)) => {
            println!("{}", serde_json::to_string(&job.run()).unwrap());
        }
        None => compare(&Options::read()),
    }
}

fn compare(options: &Options) {
    let dir = tempfile::tempdir().unwrap();
    let runs = options.only.iter().flat_map(|route| {
        let twin = (route.twin(), true);
        [twin, (*route, false)]
    });
    let mut runs: Vec<_> = runs.collect();
    let mut seen = Vec::new();
    runs.retain(|run| {
        !seen.contains(run) && {
            seen.push(*run);
            true
        }
    });
    let mut bench = Bench {
        server: Server::start(dir.path(), options),
        connections: options.connections,
        wrk: process::find("wrk").is_some() && !options.own_client,
        share: READERS / (options.rounds + 1),
        used: [0; 2],
        posted: [0..=0, 0..=0],
    };
    report::head(bench.client(), options);
    let mut table = Table::default();
    for round in 0..=options.rounds {
        for (route, is_twin) in &runs {
            let run = bench.run(*route, *is_twin);
            // The first round warms up.
            if round > 0 {
                table.add(*route, *is_twin, run);
            }
        }
    }
    table.print(&options.only);
    table.print_targets(options);
    bench.check();
}

struct Bench {
    server: Server,
    connections: usize,
    wrk: bool,
    /// Most links that a run may use.
    share: usize,
    /// How many links of each kind were used.
    used: [usize; 2],
    /// How many votes and one-click requests must have arrived. At the end of a run, some of `wrk`'s are still on
    /// their way.
    posted: [RangeInclusive<usize>; 2],
}

impl Bench {
    fn client(&self) -> &'static str {
        if self.wrk {
            "wrk"
        } else {
            "a client of our own"
        }
    }

    fn run(&mut self, route: Route, is_twin: bool) -> Run {
        let job = self.job(route, is_twin);
        let voters = (route == Route::UnderVotes && !is_twin).then(|| {
            let job = Job {
                connections: VOTERS,
                between: BETWEEN,
                length: LENGTH + 2 * MARGIN,
                ..self.job(Route::Vote, false)
            };
            (
                process::start(process::RECEIVING, &Child::Load(job.clone())),
                job,
            )
        });
        if voters.is_some() {
            std::thread::sleep(MARGIN);
        }
        let before = self.server.spent();
        let outcome: Outcome = if self.wrk {
            wrk::run(&job)
        } else {
            process::run(process::RECEIVING, &Child::Load(job.clone()))
        };
        let after = self.server.spent();
        self.count(&job, &outcome, self.wrk);
        if let Some((child, job)) = voters {
            self.count(&job, &process::answer(child), false);
        }
        Run {
            outcome,
            server: after.saturating_sub(before),
        }
    }

    fn job(&self, route: Route, is_twin: bool) -> Job {
        Job {
            route,
            is_twin,
            first: route.link().map_or(0, |link| self.used[link as usize]),
            links: self.share,
            connections: self.connections,
            between: Duration::ZERO,
            length: LENGTH,
            at: self.server.at.clone(),
        }
    }

    /// Counts the links that a run used.
    fn count(&mut self, job: &Job, outcome: &Outcome, is_wrk: bool) {
        let Some(link) = job.route.link().filter(|_| !job.is_twin) else {
            return;
        };
        let most = outcome.requests + if is_wrk { job.connections } else { 0 };
        assert!(most <= job.links, "all links were used: raise READERS");
        self.used[link as usize] += most;
        let posted = &mut self.posted[link as usize];
        *posted = posted.start() + outcome.requests..=posted.end() + most;
    }

    /// A rate means nothing if the requests had no effect.
    fn check(&mut self) {
        let changed = self.server.changed();
        for (what, counted, link) in [
            ("votes", changed.votes, Link::Vote),
            ("readers who left", changed.left, Link::Unsubscribe),
        ] {
            let expected = &self.posted[link as usize];
            assert!(
                expected.contains(&counted),
                "{counted} {what}, not {expected:?}"
            );
        }
        println!(
            "\nin the store afterwards: {} votes and {} readers who left, as many as were answered",
            changed.votes, changed.left
        );
    }
}
