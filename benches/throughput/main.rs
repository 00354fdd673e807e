//! How fast an edition goes out: Verdict with its ledger on SQLite, on PostgreSQL, and without a ledger, beside stock
//! lettre pools and Postfix's smtp-source, with the same connections and receiver, interleaved in one run.
//!
//! `cargo bench --bench throughput [-- --connections 16 --delay 0 --rounds 5 --only verdict-sqlite]`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

mod client;
mod contender;
mod options;
#[allow(dead_code, reason = "the small mail is of interest in another bench")]
mod press;
#[allow(dead_code, reason = "the memory is of interest in another bench")]
mod process;
mod receiver;
mod report;
mod schema;
mod server;
mod signatures;
mod stock;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use client::{Job, Sent};
use contender::{Contender, Load};
use options::Options;
use receiver::{Received, Receiver};
use report::{Cell, Run};
use signatures::Bare;

/// The jobs of the processes that the bench starts of itself.
#[derive(Debug, Serialize, Deserialize)]
enum Child {
    Receive { delay: Duration },
    Client(Job),
    Sign { size: usize },
}

fn main() {
    match process::job::<Child>() {
        Some(Child::Receive { delay }) => receiver::serve(delay),
        Some(Child::Client(job)) => {
            println!("{}", serde_json::to_string(&job.run()).unwrap());
        }
        Some(Child::Sign { size }) => {
            println!("{}", serde_json::to_string(&Bare::measure(size)).unwrap());
        }
        None => compare(&Options::read()),
    }
}

fn compare(options: &Options) {
    let size = client::size_of_mail();
    let body = body_for_smtp_source(size);
    report::head(size, options.rounds);
    let mut cells = Vec::new();
    for &delay in &options.delays {
        for &connections in &options.connections {
            let cell = measure(options, delay, connections, (size, body));
            report::print(&cell);
            cells.push(cell);
        }
    }
    report::print_targets(&cells);
}

/// smtp-source counts a mail's length without its headers.
fn body_for_smtp_source(size: usize) -> usize {
    const PROBE: usize = 10_000;
    if !Contender::SmtpSource.is_here() {
        return size;
    }
    let mut receiver = start_receiver(Duration::ZERO);
    let load = Load {
        port: receiver.port,
        connections: 1,
        messages: 1,
    };
    Contender::SmtpSource.run(load, PROBE);
    let headers = receiver.received().bytes as usize - PROBE;
    size - headers
}

fn start_receiver(delay: Duration) -> Receiver {
    Receiver::start(&Child::Receive { delay })
}

fn measure(
    options: &Options,
    delay: Duration,
    connections: usize,
    (size, body): (usize, usize),
) -> Cell {
    let mut receiver = start_receiver(delay);
    let here = |one: &Contender| one.is_here();
    let contenders: Vec<_> = options.only.iter().copied().filter(here).collect();
    let mut once =
        |contender: Contender, messages| run(&mut receiver, contender, connections, messages, body);
    let messages: Vec<_> = contenders
        .iter()
        .map(|contender| messages(*contender, delay, connections, &mut once))
        .collect();
    let mut cell = Cell::new(connections, delay);
    for _ in 0..options.rounds {
        for (contender, messages) in contenders.iter().zip(&messages) {
            cell.add(*contender, once(*contender, *messages));
        }
        if contenders.contains(&Contender::SIGNED) {
            cell.bare
                .push(process::run_on_all_cores(&Child::Sign { size }));
        }
    }
    cell
}

/// How many messages make a run long enough to measure. The short runs that find out also warm up.
fn messages(
    contender: Contender,
    delay: Duration,
    connections: usize,
    once: &mut impl FnMut(Contender, usize) -> Run,
) -> usize {
    const ENOUGH: Duration = Duration::from_millis(300);
    // Starting up must not count: with a delay, opening connections takes several round trips, and PostgreSQL's new
    // processes first read the catalog and plan their statements.
    let begins_slowly = contender == Contender::POSTGRES || contender.is_ours() && !delay.is_zero();
    let wanted = if begins_slowly {
        Duration::from_secs(5)
    } else {
        Duration::from_millis(900)
    };
    let mut messages = 4 * connections;
    loop {
        let took = once(contender, messages).spent.wall;
        if took >= ENOUGH {
            let many = messages as f64 * wanted.as_secs_f64() / took.as_secs_f64();
            return (many as usize).max(2 * connections);
        }
        messages *= 6;
    }
}

fn run(
    receiver: &mut Receiver,
    contender: Contender,
    connections: usize,
    messages: usize,
    body: usize,
) -> Run {
    let before = receiver.received();
    let load = Load {
        port: receiver.port,
        connections,
        messages,
    };
    let Sent { spent, server } = contender.run(load, body);
    let after = receiver.received();
    let received = Received {
        messages: after.messages - before.messages,
        bytes: after.bytes - before.bytes,
        cpu: after.cpu.saturating_sub(before.cpu),
    };
    assert_eq!(
        received.messages,
        messages as u64,
        "{}: messages are missing, or there are too many",
        contender.name()
    );
    Run {
        spent,
        server,
        received,
    }
}
