//! Another system's export. The first line has the file's name, the system and the list, separated by spaces.

use std::sync::LazyLock;

use tempfile::TempDir;
use tokio::runtime::Runtime;
use verdict::readers::import::{self, Options};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a folder"));

pub(crate) fn run(data: &[u8]) {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let Ok(first) = std::str::from_utf8(&data[..end]) else {
        return;
    };
    let mut words = first.splitn(3, ' ');
    let name = words.next().unwrap_or_default();
    if name.len() > 64 || !name.contains('.') || !name.bytes().all(is_plain) {
        return;
    }
    // Each process has a folder of its own.
    let path = FOLDER.path().join(format!("of-{name}"));
    std::fs::write(&path, &data[end + 1..]).expect("a file");
    let options = Options {
        paths: vec![path.clone()],
        system: words.next().and_then(|system| system.parse().ok()),
        list: words.next().map(str::to_owned),
        confirmed: true,
        anyway: true,
        ..Options::default()
    };
    if let Ok(plan) = RUNTIME.block_on(import::read(options, |_, _| {})) {
        let shown = plan.shown();
        let rejected = plan.report().count() as u64;
        assert!(
            rejected <= shown.rows + plan.fixed(),
            "{rejected} of {} rows",
            shown.rows
        );
        serde_json::to_string(&shown).expect("a plan as JSON");
    }
    std::fs::remove_file(path).expect("the file");
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-".contains(&byte)
}
