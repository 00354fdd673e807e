//! The program knows no newsletter: the sample's name and words stand in its configuration only.

use super::{Breaches, Source, assert_tidy, lines, lines_with};

/// Words of the sample, `src/config/instance/verdict.toml`.
const WORDS: [&str; 3] = ["Weekly AI", "AI tool", "AI Tool"];

#[test]
fn no_code_knows_the_sample() {
    assert_tidy(words_of_the_sample);
}

fn words_of_the_sample(source: &Source) -> Breaches {
    let is_ours = ["src/", "templates/"]
        .iter()
        .any(|folder| source.path.starts_with(folder));
    let is_sample = source.path.starts_with("src/config/instance/");
    let is_test = source.path.contains("/tests");
    if !is_ours || is_sample || is_test {
        return Breaches::new();
    }
    let found = WORDS.iter().flat_map(|word| lines_with(&source.text, word));
    found
        .map(|line| {
            (
                line,
                "these are the words of the sample newsletter".to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_word_of_the_sample_is_found() {
    let text = "\nlet title = \"Weekly AI Tool Verdicts\";";
    assert_eq!(lines(words_of_the_sample, "templates/a.rs", text), [2, 2]);
    for path in [
        "src/config/instance/verdict.toml",
        "src/config/tests.rs",
        "README.md",
    ] {
        assert!(lines(words_of_the_sample, path, text).is_empty(), "{path}");
    }
}
