//! How long `verdict check` takes for a folder of 1,000 issues. `cargo bench --bench check`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use verdict::findings;
use verdict::issue::{self, Rules};

const FILES: usize = 1_000;
const ROUNDS: usize = 5;
const MOST: Duration = Duration::from_secs(1);

const ISSUE: &str = include_str!("../issues/axolotl-vs-llama-4-compact.toml");

fn main() {
    for (name, text) in [
        ("as shipped", ISSUE.to_owned()),
        (
            "with a finding in each text",
            ISSUE.replace(". ", ". TODO "),
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..FILES {
            let path = folder.path().join(format!("this-vs-that-{number}.toml"));
            fs::write(path, &text).unwrap();
        }
        let mut found = 0;
        let times = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            let checked = issue::load_folder(folder.path(), &Rules::default()).unwrap();
            found = checked.findings.len();
            black_box(findings::render(&checked.findings, false));
            start.elapsed()
        });
        let mut times: Vec<Duration> = times.collect();
        times.sort();
        let (best, median) = (times[0], times[ROUNDS / 2]);
        let met = if best <= MOST { "ok" } else { "MISSED" };
        println!(
            "{FILES} issues, {name}: {} ms, median {} ms, {found} findings (at most {} ms: {met})",
            best.as_millis(),
            median.as_millis(),
            MOST.as_millis()
        );
    }
}
