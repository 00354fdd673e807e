//! The command line.

use std::time::Duration;

use crate::contender::Contender;

/// `--connections 1,16 --delay 0,20 --rounds 5 --only verdict-sqlite,smtp-source`
pub(crate) struct Options {
    pub(crate) connections: Vec<usize>,
    /// The delay of the receiver's replies, which makes each round trip.
    pub(crate) delays: Vec<Duration>,
    pub(crate) rounds: usize,
    pub(crate) only: Vec<Contender>,
}

impl Options {
    /// Reads the command line; an error stops the bench.
    pub(crate) fn read() -> Self {
        let mut options = Self {
            connections: vec![1, 4, 16, 64],
            delays: [0, 20].map(Duration::from_millis).to_vec(),
            rounds: 5,
            only: Contender::ALL.to_vec(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            // Cargo adds this one.
            if argument == "--bench" {
                continue;
            }
            let value = arguments.next().unwrap_or_default();
            let taken = match argument.as_str() {
                "--connections" => list(&value, |v| v.parse().ok().filter(|n| *n > 0))
                    .map(|given| options.connections = given),
                "--delay" => list(&value, |v| v.parse().ok().map(Duration::from_millis))
                    .map(|given| options.delays = given),
                "--rounds" => value
                    .parse()
                    .ok()
                    .filter(|rounds| *rounds > 0)
                    .map(|given| options.rounds = given),
                "--only" => list(&value, Contender::parse).map(|given| options.only = given),
                _ => None,
            };
            if taken.is_none() {
                stop(&format!("cannot use `{argument} {value}`"));
            }
        }
        options
    }
}

fn list<T>(value: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').map(parse).collect()
}

fn stop(why: &str) -> ! {
    let names: Vec<_> = Contender::ALL.iter().map(|one| one.name()).collect();
    eprintln!(
        "{why}\nusage: --connections N,…  --delay MILLISECONDS,…  --rounds N  --only NAME,…\n\
         names: {}",
        names.join(",")
    );
    std::process::exit(2)
}
