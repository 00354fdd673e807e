//! The cost of the web: requests a second and processor time of home, a comparison, a vote and a one-click
//! unsubscribe, beside a bare axum route, interleaved in one run. `cargo bench --bench web [-- --connections 64
//! --rounds 5 --store postgres]`. The server has one core, the client another: `wrk` if installed, or our own client.
//! Both keep their connections. Each vote and each one-click request is from a different reader, so each changes
//! something.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

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

use std::time::Duration;

use serde::{Deserialize, Serialize};

use load::{Job, Outcome};
use options::Options;
use report::{Run, Table};
use route::Route;
use server::{Place, Server};

/// Readers on the list: one for each one-click request.
const READERS: usize = 400_000;

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
    let mut bench = Bench {
        server: Server::start(dir.path(), options.store),
        connections: options.connections,
        wrk: process::find("wrk").is_some() && !options.own_client,
        next: [0; Route::ALL.len()],
        posted: [0..=0, 0..=0],
    };
    report::head(bench.client(), options, READERS);
    let sizes = Route::ALL.map(|route| bench.enough(route, options.rounds));
    let mut table = Table::default();
    for _ in 0..options.rounds {
        for (route, requests) in Route::ALL.into_iter().zip(sizes) {
            table.add(route, bench.run(route, requests));
        }
    }
    table.print();
    table.print_targets(options.store);
    bench.check();
}

struct Bench {
    server: Server,
    connections: usize,
    wrk: bool,
    /// The first unused link of each route.
    next: [usize; Route::ALL.len()],
    /// How many votes and one-click requests must have arrived. At the end of a run, some of `wrk`'s are still on
    /// their way.
    posted: [std::ops::RangeInclusive<usize>; 2],
}

impl Bench {
    fn client(&self) -> &'static str {
        if self.wrk {
            "wrk"
        } else {
            "a client of our own"
        }
    }

    /// How many requests make a run long enough to measure. The short runs that find out also warm up.
    fn enough(&mut self, route: Route, rounds: usize) -> usize {
        const ENOUGH: Duration = Duration::from_millis(250);
        const WANTED: Duration = Duration::from_secs(1);
        let mut requests = 8 * self.connections;
        loop {
            let run = self.run(route, requests);
            let took = run.outcome.wall;
            if took >= ENOUGH {
                let wanted =
                    run.outcome.requests as f64 * WANTED.as_secs_f64() / took.as_secs_f64();
                let left = READERS - self.next[route.at()];
                // `wrk` stops at a time, not at a number, so it may use more links than requested.
                let most = if route.uses_links_up() {
                    left / (2 * rounds)
                } else {
                    usize::MAX
                };
                return (wanted as usize).min(most);
            }
            requests *= 4;
        }
    }

    fn run(&mut self, route: Route, requests: usize) -> Run {
        let job = Job {
            route,
            requests,
            first: self.next[route.at()],
            connections: self.connections,
            at: self.server.at.clone(),
        };
        let before = self.server.spent();
        let outcome: Outcome = if self.wrk {
            wrk::run(&job)
        } else {
            process::run(process::RECEIVING, &Child::Load(job))
        };
        let after = self.server.spent();
        let most = outcome.requests + if self.wrk { self.connections } else { 0 };
        if route.uses_links_up() {
            self.next[route.at()] += most;
            assert!(self.next[route.at()] <= READERS, "all links were used");
        }
        if let Some(posted) = route.posted().map(|at| &mut self.posted[at]) {
            *posted = posted.start() + outcome.requests..=posted.end() + most;
        }
        Run {
            outcome,
            server: after.saturating_sub(before),
        }
    }

    /// A rate means nothing if the requests had no effect.
    fn check(&mut self) {
        let changed = self.server.changed();
        for (what, counted, expected) in [
            ("votes", changed.votes, &self.posted[0]),
            ("readers who left", changed.left, &self.posted[1]),
        ] {
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
