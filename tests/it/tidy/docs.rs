//! Paths in the docs exist.

use super::{Breaches, Source, is_word, lines, root};

/// Our files and folders in backquotes, in Markdown, that do not exist.
pub(super) fn missing_files(source: &Source) -> Breaches {
    if !source.path.ends_with(".md") {
        return Breaches::new();
    }
    let ours = [
        "benches/",
        "docs/",
        "src/",
        "subscribers/",
        "templates/",
        "tests/",
    ];
    let is_path = |text: &str| {
        [".rs", ".md", "/"].iter().any(|end| text.ends_with(end))
            && text.chars().all(|c| is_word(c) || "/.-".contains(c))
    };
    let lines = source.text.lines().enumerate();
    let quoted = lines.flat_map(|(at, line)| {
        line.split('`')
            .skip(1)
            .step_by(2)
            .map(move |text| (at, text))
    });
    quoted
        .filter(|(_, text)| is_path(text) && ours.iter().any(|folder| text.starts_with(folder)))
        .filter(|(_, path)| !root().join(path).exists())
        .map(|(at, path)| (at + 1, format!("`{path}` does not exist")))
        .collect()
}

#[test]
fn a_file_that_is_not_there_is_found() {
    let text = "`src/lib.rs`, `src/store/` and\n`src/nobody.rs`; `src/store/*.rs`, `docs of it/`";
    assert_eq!(lines(missing_files, "docs/A.md", text), [2]);
    assert_eq!(lines(missing_files, "src/lib.rs", text), [0; 0]);
}
