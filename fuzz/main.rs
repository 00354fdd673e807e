//! One program for all fuzz targets. `fuzz/run` builds it and names the target in `FUZZ_TARGET`.
//!
//! libFuzzer makes up inputs and keeps those that reach new code. A target panics if a check fails;
//! libFuzzer itself reports inputs that take too long or too much memory.

#![no_main]
#![allow(clippy::expect_used, reason = "a panic is how a target fails")]

mod findings;
mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

/// Feeds one input to a parser, and panics if a check fails.
type Target = fn(&[u8]);

/// Each has a folder of seeds in `fuzz/corpus`.
const TARGETS: [(&str, Target); 13] = [
    ("address", targets::address::run),
    ("config", targets::config::run),
    ("cron", targets::cron::run),
    ("csv", targets::csv::run),
    ("dmarc", targets::dmarc::run),
    ("form", targets::form::run),
    ("import", targets::import::run),
    ("issue", targets::issue::run),
    ("prose", targets::prose::run),
    ("returned", targets::returned::run),
    ("smtp", targets::smtp::run),
    ("spf", targets::spf::run),
    ("token", targets::token::run),
];

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET names a target");
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    found.expect("a target of this name").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
