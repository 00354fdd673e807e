//! `verdict.toml`, optionally followed by a line `---` and environment variables as `NAME=value` lines.

use std::collections::HashMap;

use verdict::config::Config;

use crate::findings;

const PATH: &str = "nowhere/verdict.toml";

pub(crate) fn run(data: &[u8]) {
    let mark = b"\n---\n";
    let cut = data.windows(mark.len()).position(|part| part == mark);
    let (file, variables) = match cut {
        Some(at) => (&data[..=at], &data[at + mark.len()..]),
        None => (data, &b""[..]),
    };
    let variables = String::from_utf8_lossy(variables);
    let variables: HashMap<&str, &str> = variables
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    let env = |name: &str| variables.get(name).map(|value| (*value).to_owned());
    let found = match Config::parse(PATH.as_ref(), file, env) {
        Ok(config) => config.warnings,
        Err(error) => error.findings,
    };
    findings::check(&found, |path| match variables.get(path) {
        Some(value) => value.len(),
        None => file.len(),
    });
}
