//! `verdict import`: lists of other systems, and the outcome for each person in them, on both stores.

mod archives;
mod asking;
mod database;
mod departures;
mod forms;
mod hidden;
mod hostile;
mod json;
mod lists;
mod meanwhile;
mod plan;
mod rejects;
mod rows;
mod tables;
mod undo;

use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::database::Db;
use crate::test_app::{TestApp, stderr, stdout};

/// A file of an import: its name and its bytes.
type File<'a> = (&'a str, &'a [u8]);

/// The outcome for a person: address, consent, name.
type Person<'a> = (&'a str, &'a str, &'a str);

/// An instance and the files to import into it.
struct Move {
    app: TestApp,
}

impl Move {
    async fn on(db: Db) -> Self {
        Self {
            app: TestApp::on(db).await,
        }
    }

    fn folder(&self) -> PathBuf {
        self.app.dir.path().join("move")
    }

    /// Writes a file to import; returns its path.
    fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, args: &[&str]) -> Output {
        let output = self.app.verdict(args);
        let printed = String::from_utf8_lossy(&output.stderr);
        assert!(!printed.contains("panicked"), "{printed}");
        output
    }

    /// Runs `verdict import`, which must exit with this code; returns standard output and error together.
    fn ends(&self, code: i32, args: &[&str]) -> String {
        let output = self.run(&[&["import"], args].concat());
        let printed =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{printed}");
        printed.into_owned()
    }

    /// Standard error of an import that must be refused and write nothing.
    fn refuses(&self, args: &[&str]) -> String {
        let before = self.export();
        let output = self.run(&[&["import", "--yes"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(self.export(), before, "a refused import writes nothing");
        stderr(&output)
    }

    /// Imports, and returns the JSON that `import` prints. Its counts add up to the rows read.
    fn import(&self, args: &[&str]) -> Value {
        let output = self.run(&[&["import", "--yes", "--json"], args].concat());
        let printed: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {output:?}"));
        let outcomes = printed["plan"]["outcomes"].as_array().unwrap();
        let rows = |count: &Value| count["rows"].as_u64().unwrap();
        let sum: u64 = outcomes.iter().map(rows).sum();
        assert_eq!(Some(sum), printed["plan"]["rows"].as_u64(), "{printed:#}");
        let rejected = outcomes.iter().any(|count| count["outcome"] == "rejected");
        assert_eq!(
            output.status.code(),
            Some(i32::from(rejected)),
            "{printed:#}"
        );
        printed
    }

    fn export(&self) -> String {
        stdout(&self.app.verdict(&["subscribers", "export"]))
    }

    /// Everyone on the list.
    fn people(&self) -> Vec<[String; 3]> {
        let list = stdout(&self.app.verdict(&["subscribers", "list"]));
        let mut people: Vec<[String; 3]> = list
            .lines()
            .map(|line| {
                let mut cells = line.split('\t').map(str::to_owned);
                std::array::from_fn(|_| cells.next().unwrap())
            })
            .collect();
        people.sort();
        people
    }

    /// Compares everyone on the list with what is expected.
    fn expect(&self, people: &[Person<'_>]) {
        let mut expected: Vec<[String; 3]> = people
            .iter()
            .map(|(address, consent, name)| [*address, *consent, *name].map(str::to_owned))
            .collect();
        expected.sort();
        assert_eq!(self.people(), expected);
    }
}

/// How many rows have an outcome.
fn rows(printed: &Value, outcome: &str) -> u64 {
    let outcomes = printed["plan"]["outcomes"].as_array().unwrap();
    let found = outcomes.iter().find(|count| count["outcome"] == outcome);
    found.map_or(0, |count| count["rows"].as_u64().unwrap())
}

/// The number of an import.
fn number(printed: &Value) -> String {
    printed["import"].as_i64().unwrap().to_string()
}

/// Imports from a system, with its files in both orders: each is recognised, everyone becomes what is expected, and a
/// second import changes nothing.
async fn moves(db: Db, system: &str, files: &[File<'_>], options: &[&str], people: &[Person<'_>]) {
    for backwards in [false, true] {
        if backwards && files.len() == 1 {
            return;
        }
        let there = Move::on(db).await;
        let mut args: Vec<String> = files
            .iter()
            .map(|(name, contents)| there.file(name, contents))
            .collect();
        if backwards {
            args.reverse();
        }
        args.extend(options.iter().map(|option| (*option).to_owned()));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let printed = there.import(&args);
        for file in printed["plan"]["files"].as_array().unwrap() {
            assert_eq!(file["system"], system, "{file:#}");
        }
        there.expect(people);
        let before = there.export();
        let again = there.import(&args);
        assert_eq!(again["import"], Value::Null, "{again:#}");
        assert_eq!(again["plan"]["rows"], printed["plan"]["rows"]);
        assert_eq!(there.export(), before);
    }
}

/// UTF-16 with its byte order mark, as Windows writes it.
fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// Windows-1252, for texts whose letters are the same in Latin-1.
fn windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect()
}
