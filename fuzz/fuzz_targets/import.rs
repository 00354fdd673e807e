//! Any bytes as a file of a move, under names by which formats are told apart: reading ends, and never panics.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use verdict::readers::import::{self, Options};

/// The first byte picks the name.
const NAMES: [&str; 6] = [
    "list.csv",
    "list.txt",
    "people.json",
    "export.zip",
    "unsubscribed_list.csv",
    "members.byuser.list",
];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a folder"));

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let path = FOLDER.path().join(NAMES[usize::from(*first) % NAMES.len()]);
    std::fs::write(&path, bytes).expect("a file");
    let options = Options {
        paths: vec![path],
        confirmed: true,
        anyway: true,
        ..Options::default()
    };
    // What cannot be read is an error; anything else that goes wrong is found.
    let _ = RUNTIME.block_on(import::read(options, |_, _| {}));
});
