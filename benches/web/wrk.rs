//! `wrk`, if installed: the load generator that everyone knows.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::load::{Job, Outcome};
use crate::process;

/// A script that makes `wrk` print its result in a form that is easy to parse.
const SUMMARY: &str = r#"
done = function(summary, latency, requests)
  local bad = 0
  for _, count in pairs(summary.errors) do bad = bad + count end
  io.write(string.format("\nsummary %d %d %d %d %d\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(99), bad))
end
"#;

pub(crate) fn run(job: &Job) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("script.lua");
    let paths = dir.path().join("paths");
    std::fs::write(&paths, job.paths().join("\n")).unwrap();
    std::fs::write(&script, text_of_script(job, &paths)).unwrap();
    let program = process::find("wrk").unwrap();
    let start = Instant::now();
    let output = process::on_core(process::RECEIVING, &program)
        .args([
            "--threads",
            "1",
            "--connections",
            &job.connections.to_string(),
        ])
        .args(["--duration", &format!("{}s", job.length.as_secs())])
        .arg("--script")
        .arg(&script)
        .arg(format!("http://127.0.0.1:{}/", job.port()))
        .output()
        .unwrap();
    assert!(output.status.success(), "wrk failed: {output:?}");
    assert!(start.elapsed() >= job.length);
    let text = String::from_utf8(output.stdout).unwrap();
    let summary = text.lines().find_map(|line| line.strip_prefix("summary "));
    let numbers = summary.unwrap_or_else(|| panic!("wrk printed no result: {text}"));
    let numbers: Vec<u64> = numbers.split(' ').map(|n| n.parse().unwrap()).collect();
    assert_eq!(numbers[4], 0, "wrk got answers that are not good: {text}");
    Outcome {
        requests: numbers[0] as usize,
        wall: Duration::from_micros(numbers[1]),
        cpu: Duration::ZERO,
        bytes: numbers[2],
        p99: Duration::from_micros(numbers[3]),
    }
}

/// The requests are prepared before the run, from a file of paths.
fn text_of_script(job: &Job, paths: &Path) -> String {
    let (method, body) = match job.route.body() {
        Some(body) => ("POST", format!("\"{body}\"")),
        None => ("GET", "nil".to_owned()),
    };
    let mut headers = String::from("Host = \"localhost\"");
    for (name, value) in job.route.headers() {
        let _ = write!(headers, ", [\"{name}\"] = \"{value}\"");
    }
    let paths = paths.display();
    format!(
        "local ready = {{}}\nlocal at = 0\n\
         init = function()\n  for path in io.lines(\"{paths}\") do\n    \
         ready[#ready + 1] = wrk.format(\"{method}\", path, {{ {headers} }}, {body})\n  end\nend\n\
         request = function()\n  at = at % #ready + 1\n  return ready[at]\nend\n{SUMMARY}"
    )
}
