//! How fast a list is imported: the real command into SQLite, beside parsing the same file and beside `sqlite3 .import`
//! of it, interleaved in one run. Needs `sqlite3`.
//! `cargo bench --bench import [-- ROWS]`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use subscribers::records::Records;

/// How often each is measured; the median counts.
const ROUNDS: usize = 5;

fn main() {
    let rows = std::env::args()
        .skip(1)
        .find_map(|arg| arg.parse().ok())
        .unwrap_or(1_000_000);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("list.csv");
    write_list(&file, rows);
    let (mut parse, mut sqlite3, mut import, mut again) = (vec![], vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        parse.push(timed(|| assert_eq!(records(&file), rows + 1)));
        let table = dir.path().join(format!("table-{round}"));
        std::fs::create_dir(&table).unwrap();
        sqlite3.push(timed(|| sqlite3_import(&table, &file)));
        std::fs::remove_dir_all(&table).unwrap();
        let instance = dir.path().join(format!("instance-{round}"));
        verdict(&["init", instance.to_str().unwrap()]);
        let args = [
            "--dir",
            instance.to_str().unwrap(),
            "subscribers",
            "import",
            file.to_str().unwrap(),
            "--confirmed",
        ];
        import.push(timed(|| verdict(&args)));
        again.push(timed(|| verdict(&args)));
        std::fs::remove_dir_all(&instance).unwrap();
    }
    let [parse, sqlite3, import, again] = [parse, sqlite3, import, again].map(median);
    println!("{rows} rows, median of {ROUNDS}");
    println!("                                               beside parsing   sqlite3");
    for (what, took) in [
        ("parse alone", parse),
        ("sqlite3 .import", sqlite3),
        ("import into SQLite", import),
        ("import again, all known", again),
    ] {
        let rate = rows as f64 / took.as_secs_f64();
        let [parse, sqlite3] = [parse, sqlite3].map(|by| by.as_secs_f64() / took.as_secs_f64());
        println!("{what:<26} {rate:>12.0} rows/s   {parse:>12.2} {sqlite3:>9.2}");
    }
}

/// How many records the file has, including its header.
fn records(file: &Path) -> usize {
    let mut records = Records::new(File::open(file).unwrap(), None).unwrap();
    let mut count = 0;
    while records.next().unwrap().is_some() {
        count += 1;
    }
    count
}

/// Imports the bare file into a table with the keys of `subscribers`: a number, and a unique address. It checks no
/// address, keeps no history of consent and commits once. Like Verdict, it writes a log that is synced; 32 MiB of page
/// cache halve its processor time.
fn sqlite3_import(dir: &Path, file: &Path) {
    let script = format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;\n\
         CREATE TABLE list (email TEXT UNIQUE, name TEXT, time_zone TEXT);\n\
         .mode csv\n.import --skip 1 {} list\n",
        file.display()
    );
    let mut child = Command::new("sqlite3")
        .args(["-bail", "list.db"])
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(script.as_bytes()).unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn verdict(args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_verdict"))
        .args(args)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn write_list(path: &Path, rows: usize) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    writeln!(out, "email,name,time_zone").unwrap();
    for row in 0..rows {
        // A multiplicative hash scatters the keys, as a real list does.
        let scattered = (row as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        match row % 3 {
            0 => writeln!(out, "r{scattered}.{row}@example.org,,Europe/Berlin"),
            1 => writeln!(
                out,
                "Reader.{scattered}.{row}@example.com,\"Reader, {row}\","
            ),
            _ => writeln!(
                out,
                "{scattered}-{row}@mail.example.net,Reader {row},Asia/Tokyo"
            ),
        }
        .unwrap();
    }
    out.flush().unwrap();
}
