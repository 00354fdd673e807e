//! The cost of composing a reader's mail with signed links, beside lettre's builder on the same content, interleaved
//! in one run. And the cost of checking an issue file full of mistakes, by its size. `cargo bench --bench compose`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

#[path = "throughput/press.rs"]
#[allow(dead_code, reason = "the other benches send")]
mod press;
#[path = "throughput/stock.rs"]
mod stock;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use press::Place;
use stock::Content;
use tokio::runtime::Runtime;
use verdict::app::App;
use verdict::edition::render::Mail;
use verdict::findings;
use verdict::issue::{self, Rules};

/// How often each is measured; the median counts.
const ROUNDS: usize = 9;
/// Readers in a round. lettre gets fewer, which take as long.
const OURS: usize = 50_000;
const THEIRS: usize = 500;

/// Nanoseconds a mail, and how many times less than lettre.
const MOST: f64 = 4_000.0;
const LEAST_RATIO: f64 = 100.0;

/// Files full of mistakes: the largest allowed, and a part of it. A byte of the large one may cost this many times as
/// much. If each mistake took time in proportion to what is before it, the factor would be the ratio of the sizes.
const WHOLE: usize = 1024 * 1024;
const PART: usize = WHOLE / 16;
const MOST_GROWTH: f64 = 3.0;
const COSTLY: [(&str, &str, &str, &str); 7] = [
    ("carriage returns", "", "\r", ""),
    ("equals signs", "", "=", ""),
    ("bad escapes", "x = \"", "\\q", "\"\n"),
    ("bad dates on a line", "x = [", "2026-02-30,", "]\n"),
    ("repeated keys", "", "a = 1\n", ""),
    ("repeated on a line", "x = {", "a = 1, ", "}\n"),
    ("wrong types on a line", "[[tools]]\nfacts = [", "1,", "]\n"),
];

fn main() {
    mails();
    mistakes();
}

/// The cost of a byte in a file that is 16 times as large, relative to the small one.
fn mistakes() {
    println!("checking files full of mistakes; ns a byte of {PART} and of {WHOLE} bytes");
    for (name, before, part, after) in COSTLY {
        let (mut small, mut large) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (size, figures) in [(PART, &mut small), (WHOLE, &mut large)] {
                let room = size - before.len() - after.len();
                let text = format!("{before}{}{after}", part.repeat(room / part.len()));
                figures.push(check(&text) / size as f64);
            }
        }
        let (small, large) = (median(small), median(large));
        let growth = large / small;
        println!(
            "{name:<22}{small:>7.0} {large:>7.0}, ratio {growth:>5.1} (at most {MOST_GROWTH}: {})",
            met(growth <= MOST_GROWTH)
        );
    }
}

fn check(text: &str) -> f64 {
    nanoseconds(1, |_| {
        let checked = issue::check(Path::new("a-vs-b.toml"), text.as_bytes(), &Rules::default());
        black_box(findings::render(&checked.findings, false));
    })
}

fn mails() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place {
        dir: dir.path(),
        store: None,
        port: 25,
        connections: 1,
    };
    let (app, mail) = Runtime::new().unwrap().block_on(async {
        let app = place.open(press::LARGE).await;
        let mail = press::frozen(&app).await;
        (app, mail)
    });
    let mut content = Vec::new();
    press::compose(&app, &mail, 0, &press::joiner(0), &mut content);
    let stock = Content::of(&content);
    let built = stock.message(&press::joiner(0)).formatted().len();
    println!(
        "a mail of {} bytes, with lettre {built}; medians of {ROUNDS} interleaved rounds",
        content.len()
    );
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(compose(&app, &mail));
        theirs.push(build(&stock));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = theirs / ours;
    println!(
        "composing       {ours:>9.0} ns a mail (at most {MOST}: {})",
        met(ours <= MOST)
    );
    println!("lettre's builder{theirs:>9.0} ns a mail");
    println!(
        "ratio           {ratio:>9.1} (at least {LEAST_RATIO}: {})",
        met(ratio >= LEAST_RATIO)
    );
}

fn met(met: bool) -> &'static str {
    if met { "ok" } else { "MISSED" }
}

fn compose(app: &App, mail: &Mail) -> f64 {
    let readers: Vec<_> = (0..1000).map(press::joiner).collect();
    let mut content = Vec::new();
    nanoseconds(OURS, |number| {
        let reader = &readers[number % readers.len()];
        press::compose(app, mail, number, reader, &mut content);
        black_box(&content);
    })
}

fn build(content: &Content) -> f64 {
    let readers: Vec<_> = (0..1000).map(press::joiner).collect();
    nanoseconds(THEIRS, |number| {
        black_box(content.message(&readers[number]).formatted());
    })
}

fn nanoseconds(times: usize, mut work: impl FnMut(usize)) -> f64 {
    let start = Instant::now();
    for number in 0..times {
        work(number);
    }
    start.elapsed().as_nanos() as f64 / times as f64
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
