//! A soak: the real `verdict serve` freezes an edition in its slot and sends it, while `wrk` reads the pages, readers
//! vote and leave, and visitors sign up. Afterwards everything that was answered must be in the store, and counted.
//!
//! `cargo bench --bench soak [-- MINUTES [READERS]]`, on SQLite. The send is spread over the minutes. `wrk` and the
//! receiver share the second core; the server may use both. Readers who vote don't leave, and each link works once.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

#[path = "web/data.rs"]
#[allow(dead_code, reason = "the other benches request other pages")]
mod data;
#[path = "throughput/press.rs"]
#[allow(dead_code, reason = "the other benches do without a store")]
mod press;
#[path = "throughput/process.rs"]
#[allow(dead_code, reason = "the other benches measure themselves")]
mod process;
#[path = "throughput/receiver.rs"]
#[allow(dead_code, reason = "the other benches ask for the bytes")]
mod receiver;
#[path = "../tests/it/store_check.rs"]
#[allow(dead_code, reason = "the tests check their own stores")]
mod store_check;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use press::{LARGE, Place, SLUG};
use receiver::Receiver;
use serde::{Deserialize, Serialize};
use store_check::store_check;
use subscribers::consent::ConsentSource;
use subscribers::token::{self, Purpose};
use tokio::runtime::Runtime;
use verdict::app::App;
use verdict::store::subscribers as list;
use verdict::{edition, readers};

/// As `store_check` asks a SQLite file.
mod database {
    pub(crate) struct Schema;

    pub(crate) fn number_by_hand(_: Option<&Schema>, file: &std::path::Path, sql: &str) -> i64 {
        let file = rusqlite::Connection::open(file).unwrap();
        file.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

const MINUTES: usize = 10;
const READERS: usize = 300_000;
/// How often the server's memory is read.
const LOOK: Duration = Duration::from_secs(10);
const LOOKS_A_MINUTE: usize = 6;
/// Most memory, in MB, and by how much it may grow after the second minute.
const MOST: f64 = 96.0;
const GROWTH: f64 = 1.10;
/// Questions to the store. `THIS` is the edition that is sent, and `VOTED` the slug of the one that readers vote on.
const ENROLLED: &str = "COUNT(*) FROM deliveries WHERE edition = THIS";
const OF_STATE: &str = "COUNT(*) FROM deliveries WHERE edition = THIS AND state = 'STATE'";
const WAITING: &str = "(SELECT COUNT(*) FROM editions WHERE finished_at IS NULL) \
    + (SELECT COUNT(*) FROM requests) + (SELECT COUNT(*) FROM outbox WHERE state = 'queued')";
const OTHER_MAILS: &str = "(SELECT COUNT(*) FROM outbox WHERE state = 'accepted') \
    + (SELECT COUNT(*) FROM deliveries WHERE edition <> THIS AND state = 'accepted')";
const VOTED: &str = "COUNT(*) FROM votes WHERE issue = 'VOTED'";
const LEFT: &str = "COUNT(*) FROM subscribers WHERE consent = 'unsubscribed'";
const SIGNED_UP: &str = "COUNT(*) FROM outbox WHERE kind = 'confirm' AND state = 'accepted'";

/// In the two alerts ahead of a slot: `verdict check` warns that no reviewer objects, and tomorrow has no issue.
const NOT_READY: &str = "Not ready for ";

/// How long to wait for the slot, and for the last mails.
const PATIENCE: Duration = Duration::from_secs(180);

/// What `wrk` requests: on how many connections, and how many milliseconds each waits between two requests.
const LOADS: [(&str, usize, usize); 7] = [
    ("home", 8, 20),
    ("comparison", 8, 20),
    ("archive", 4, 40),
    ("feed", 4, 40),
    ("vote", 8, 50),
    ("sign-up", 4, 200),
    ("one-click", 2, 100),
];
const VOTE: usize = 4;
const SIGN_UP: usize = 5;
const ONE_CLICK: usize = 6;

/// A little more than a load can request in a minute.
fn a_minute(load: usize) -> usize {
    let (_, connections, wait) = LOADS[load];
    61_000 * connections / wait
}

/// Each line of the file is a path, a form, which may be empty, and the client's address, as a proxy forwards it.
const SCRIPT: &str = r#"
local ready, at = {}, 0
function setup(thread) worker = thread end
function init()
  for line in io.lines("LINES") do
    local path, form, from = line:match("^([^|]*)|([^|]*)|(.*)$")
    local headers = { ["Accept-Encoding"] = "gzip", ["X-Forwarded-For"] = from }
    if form ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    ready[#ready + 1] = wrk.format(form == "" and "GET" or "POST", path, headers, form ~= "" and form or nil)
  end
end
function request() at = at % #ready + 1; return ready[at] end
function delay() return WAIT end
function response(status) local name = "s" .. status; _G[name] = (_G[name] or 0) + 1 end
function done(summary, latency)
  local bad = summary.errors
  io.write(string.format("\nsummary %d %d %d", summary.requests, latency:percentile(99),
    bad.connect + bad.read + bad.write + bad.timeout))
  for status = 200, 599 do
    local count = worker:get("s" .. status)
    if count then io.write(string.format(" %d %d", status, count)) end
  end
  io.write("\n")
end
"#;

/// What a load was answered so far.
#[derive(Default)]
struct Answers {
    requests: u64,
    /// The worst of a minute, in microseconds.
    p99: u64,
    /// Connections that failed, and answers that took more than ten seconds.
    errors: u64,
    /// How many there were of each status.
    statuses: BTreeMap<u64, u64>,
}

impl Answers {
    fn add(&mut self, output: &str) {
        let summary = output
            .lines()
            .find_map(|line| line.strip_prefix("summary "));
        let numbers = summary.unwrap().split(' ').map(|n| n.parse().unwrap());
        let numbers: Vec<u64> = numbers.collect();
        self.requests += numbers[0];
        self.p99 = self.p99.max(numbers[1]);
        self.errors += numbers[2];
        for status in numbers[3..].chunks(2) {
            *self.statuses.entry(status[0]).or_default() += status[1];
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Receive;

fn main() {
    if process::job::<Receive>().is_some() {
        return receiver::serve(Duration::ZERO);
    }
    let arguments = std::env::args().skip(1);
    let mut numbers = arguments.filter_map(|argument| argument.parse().ok());
    let minutes = numbers.next().unwrap_or(MINUTES);
    let readers = numbers.next().unwrap_or(READERS);
    let Some(wrk) = process::find("wrk") else {
        return println!("-      the soak needs wrk");
    };
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(&Receive);
    let made = Instance::make(dir.path(), receiver.port, minutes, readers);
    let instance = Runtime::new().unwrap().block_on(made);
    soak(&wrk, &instance, receiver, minutes, readers);
}

struct Instance {
    dir: PathBuf,
    /// Tokens of the readers who vote, and of those who leave.
    votes: Vec<String>,
    leaves: Vec<String>,
}

impl Instance {
    /// Readers, editions with votes, one of them to vote on, and an issue that is ready.
    async fn make(dir: &Path, port: u16, minutes: usize, readers: usize) -> Self {
        let (store, connections) = (None, 1);
        let place = Place {
            dir,
            store,
            port,
            connections,
        };
        let app = place.open(LARGE).await;
        data::fill(&app, 1, data::VOTED_EDITIONS).await;
        let others: Vec<usize> = (1..readers).collect();
        for others in others.chunks(20_000) {
            let others: Vec<_> = others.iter().copied().map(press::joiner).collect();
            let added = readers::add(&app, &others, true, ConsentSource::Import).await;
            assert_eq!(added.unwrap().accepted, others.len() as u64);
        }
        data::vote(&app).await;
        press::another_issue(dir, 1);
        // The last ones leave first, before their mail; nine of ten may vote.
        let may_leave = (1..=readers).rev().step_by(10);
        let may_vote = (1..=readers).filter(|reader| !(readers - reader).is_multiple_of(10));
        let instance = Self {
            dir: dir.to_owned(),
            votes: tokens(&app, may_vote.take(minutes * a_minute(VOTE)), Purpose::Vote).await,
            leaves: tokens(
                &app,
                may_leave.take(minutes * a_minute(ONE_CLICK)),
                Purpose::Unsubscribe,
            )
            .await,
        };
        app.store.close().await;
        instance
    }

    /// Starts `verdict serve` with one slot, within 70 seconds.
    fn serve(&self, port: u16, relay: u16, rate: f64) -> Child {
        let slot = Utc::now() + TimeDelta::seconds(70);
        let cron = slot.format("%-M %-H * * *").to_string();
        let relay = format!("smtp://127.0.0.1:{relay}?tls=none");
        Command::new(env!("CARGO_BIN_EXE_verdict"))
            .arg("--dir")
            .arg(&self.dir)
            .arg("serve")
            .env("VERDICT_NEWSLETTER_FROM", "Soak <soak@example.net>")
            .env("VERDICT_NEWSLETTER_POSTAL_ADDRESS", "2 Soak Street")
            .env("VERDICT_SCHEDULE_CRON", cron)
            .env("VERDICT_SMTP_URL", relay)
            .env("VERDICT_SMTP_RATE_PER_SECOND", format!("{rate:.1}"))
            .env("VERDICT_WEB_LISTEN", format!("127.0.0.1:{port}"))
            .env("VERDICT_WEB_PROXIES", "127.0.0.1")
            // Of all networks together, so that only those that sign up often get a second step.
            .env("VERDICT_JOIN_ALARM", "1000000")
            .stderr(File::create(self.dir.join("log")).unwrap())
            .spawn()
            .unwrap()
    }

    /// A path, a form and the client's address.
    fn line(&self, load: usize, number: usize) -> String {
        match load {
            VOTE => format!(
                "/v/{}/large/ship|verdict=ship|192.0.2.1",
                self.votes[number]
            ),
            ONE_CLICK => format!(
                "/u/{}|List-Unsubscribe=One-Click|192.0.2.1",
                self.leaves[number]
            ),
            SIGN_UP => {
                // Half of them come from few networks.
                let client = match number % 2 {
                    0 => format!("10.{}.{}.1", number / 512, number / 2 % 256),
                    _ => format!("198.18.{}.1", number % 50),
                };
                format!("/subscribe|email=visitor-{number}%40example.com|{client}")
            }
            _ => {
                let comparison = [data::page(1), format!("/issues/{SLUG}")];
                let path = ["/", &comparison[number % 2], "/issues", "/feed.xml"][load];
                format!("{path}||192.0.2.1")
            }
        }
    }

    /// Starts `wrk` for a minute.
    fn load(&self, wrk: &Path, load: usize, minute: usize, port: u16) -> Child {
        let (name, connections, wait) = LOADS[load];
        let numbers = minute * a_minute(load)..(minute + 1) * a_minute(load);
        let lines: Vec<_> = numbers.map(|number| self.line(load, number)).collect();
        let [file, script] = ["lines", "lua"].map(|kind| self.dir.join(format!("{name}.{kind}")));
        std::fs::write(&file, lines.join("\n")).unwrap();
        let text = SCRIPT.replace("LINES", file.to_str().unwrap());
        std::fs::write(&script, text.replace("WAIT", &wait.to_string())).unwrap();
        process::on_core(process::RECEIVING, wrk)
            .args(["--threads", "1", "--duration", "60s", "--timeout", "10s"])
            .args(["--connections", &connections.to_string(), "--script"])
            .arg(script)
            .arg(format!("http://127.0.0.1:{port}/"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn number(&self, question: &str) -> i64 {
        let this = format!("(SELECT id FROM editions WHERE slug = '{SLUG}-1')");
        let question = question.replace("THIS", &this).replace("VOTED", SLUG);
        database::number_by_hand(None, &self.store(), &format!("SELECT {question}"))
    }

    fn store(&self) -> PathBuf {
        self.dir.join("subscribers/verdict.db")
    }
}

async fn tokens(app: &App, of: impl Iterator<Item = usize>, purpose: Purpose) -> Vec<String> {
    let edition = edition::open(app, SLUG).await.unwrap().edition.id;
    let mut tokens = Vec::new();
    for reader in of {
        let reader = list::get(&app.store, reader as i64).await.unwrap().unwrap();
        tokens.push(token::sign(&app.key, reader.token(purpose, edition)));
    }
    tokens
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() && start.elapsed() < PATIENCE {
        sleep(Duration::from_millis(200));
    }
    let waited = start.elapsed();
    check(what, waited < PATIENCE, format!("after {waited:.0?}"));
}

fn megabytes(server: &Child, field: &str) -> f64 {
    process::memory(&server.id().to_string(), field).unwrap() as f64 / 1e6
}

fn soak(wrk: &Path, instance: &Instance, mut receiver: Receiver, minutes: usize, readers: usize) {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    // The last mail leaves a little before the last request.
    let rate = readers as f64 / (minutes as f64 * 60.0 - 10.0);
    println!("{minutes} minutes, {readers} readers, {rate:.0} mails/s");
    let mut server = instance.serve(port, receiver.port, rate);
    wait_until("frozen and enrolled", || instance.number(ENROLLED) > 0);
    let mut answers: [Answers; LOADS.len()] = Default::default();
    let mut memory = vec![megabytes(&server, "VmHWM:")];
    println!("minute  0: {:.1} MB at most", memory[0]);
    for minute in 1..=minutes {
        let start = |load| instance.load(wrk, load, minute - 1, port);
        let clients: Vec<_> = (0..LOADS.len()).map(start).collect();
        for _ in 0..LOOKS_A_MINUTE {
            sleep(LOOK);
            memory.push(megabytes(&server, "VmRSS:"));
        }
        for (client, answers) in clients.into_iter().zip(&mut answers) {
            let output = client.wait_with_output().unwrap().stdout;
            answers.add(&String::from_utf8(output).unwrap());
        }
        let requests: u64 = answers.iter().map(|answers| answers.requests).sum();
        let (memory, mails) = (memory[memory.len() - 1], receiver.received().messages);
        println!("minute {minute:>2}: {memory:.1} MB, {mails} mails, {requests} requests");
    }
    wait_until("the last mail", || instance.number(WAITING) == 0);
    let peak = megabytes(&server, "VmHWM:");
    let stop = Command::new("kill").arg(server.id().to_string()).status();
    assert!(stop.unwrap().success());
    let ended = server.wait().unwrap();
    println!("\n           requests    /s  p99 ms  answers");
    for ((name, ..), answers) in LOADS.iter().zip(&answers) {
        let (requests, statuses) = (answers.requests, &answers.statuses);
        let a_second = requests / 60 / minutes as u64;
        let p99 = answers.p99 as f64 / 1000.0;
        println!("{name:<10} {requests:>9} {a_second:>5} {p99:>7.1}  {statuses:?}");
    }
    let log = std::fs::read_to_string(instance.dir.join("log")).unwrap();
    let is_bad = |line: &&str| {
        (line.contains("ERROR") || line.contains("WARN")) && !line.contains(NOT_READY)
    };
    let bad: Vec<&str> = log.lines().filter(is_bad).collect();
    println!("\n{}", bad[..bad.len().min(10)].join("\n"));
    let found = format!("{}, {ended}", bad.len());
    let is_good = bad.is_empty() && ended.success();
    check("no warning, and a good end", is_good, found);
    check_memory(&memory, peak);
    check_answers(&answers);
    check_mails(
        instance,
        receiver.received().messages as i64,
        readers as i64,
    );
    check_requests(instance, &answers, minutes);
}

fn check(what: &str, is_so: bool, found: impl Display) {
    let met = if is_so { "ok" } else { "MISSED" };
    println!("{met:<6} {what:<40} {found}");
}

fn check_memory(memory: &[f64], peak: f64) {
    let mean = |looks: &[f64]| looks.iter().sum::<f64>() / looks.len() as f64;
    // The first look was before the first minute.
    if memory.len() > 2 * LOOKS_A_MINUTE + 1 {
        let second = mean(&memory[LOOKS_A_MINUTE + 1..=2 * LOOKS_A_MINUTE]);
        let last = mean(&memory[memory.len() - LOOKS_A_MINUTE..]);
        let found = format!("{last:.1} MB, from {second:.1}");
        check(
            "memory after the second minute",
            last < second * GROWTH,
            found,
        );
    }
    check("at most 96 MB", peak <= MOST, format!("{peak:.1} MB"));
}

fn check_answers(answers: &[Answers]) {
    let errors: u64 = answers.iter().map(|answers| answers.errors).sum();
    check("no connection failed", errors == 0, errors);
    let statuses = answers.iter().flat_map(|answers| &answers.statuses);
    let bad = statuses.filter(|(status, _)| ![200, 303].contains(*status));
    let bad: u64 = bad.map(|(_, count)| count).sum();
    check("no answer was an error", bad == 0, bad);
}

fn check_mails(instance: &Instance, received: i64, readers: i64) {
    let of = |state| instance.number(&OF_STATE.replace("STATE", state));
    let (accepted, skipped) = (of("accepted"), of("skipped"));
    let found = format!("{accepted} + {skipped} of {readers}");
    let are_all = accepted + skipped == readers;
    check("every reader got it or left before", are_all, found);
    let others = instance.number(OTHER_MAILS);
    let found = format!("{received} of {accepted} + {others}");
    let once = received == accepted + others;
    check("the receiver got each mail once", once, found);
    let wrong = store_check(None, &instance.store());
    let wrong = wrong.err().unwrap_or_default();
    check("the counters are right", wrong.is_empty(), wrong);
}

fn check_requests(instance: &Instance, answers: &[Answers], minutes: usize) {
    for (what, load, status, sql) in [
        ("votes", VOTE, 200, VOTED),
        ("readers who left", ONE_CLICK, 200, LEFT),
        ("sign-ups that were mailed", SIGN_UP, 303, SIGNED_UP),
    ] {
        let answered = answers[load].statuses.get(&status);
        let answered = answered.map_or(0, |count| *count as i64);
        // At the end of each minute, some requests are still on their way.
        let expected = answered..=answered + (minutes * LOADS[load].1) as i64;
        let found = instance.number(sql);
        let text = format!("{found} of {expected:?}");
        check(what, expected.contains(&found), text);
    }
}
