//! What `verdict init` puts into a new instance folder, and what `verdict demo` adds to it.

use std::borrow::Cow;

/// `verdict.toml`, with every key explained.
pub const CONFIG: &str = include_str!("instance/verdict.toml");

/// A file: its path below the instance folder, with `/` between the parts, and its contents.
pub type File = (&'static str, &'static str);

const SAMPLE: File = (
    "issues/hearsay-desk-vs-tansy-transcribe.toml",
    include_str!("../../issues/hearsay-desk-vs-tansy-transcribe.toml"),
);

const FILES: [File; 3] = [
    ("verdict.toml", CONFIG),
    (".gitignore", include_str!("instance/gitignore")),
    ("issues/README.md", include_str!("../../issues/README.md")),
];

const DEMO_ISSUES: [File; 4] = [
    (
        "issues/axolotl-vs-llama-4-compact.toml",
        include_str!("../../issues/axolotl-vs-llama-4-compact.toml"),
    ),
    SAMPLE,
    (
        "issues/harrowgate-3-vs-pellucid-review.toml",
        include_str!("../../issues/harrowgate-3-vs-pellucid-review.toml"),
    ),
    (
        "issues/brindle-search-vs-cairnfinder.toml",
        include_str!("../../issues/brindle-search-vs-cairnfinder.toml"),
    ),
];

/// The files of a new instance.
///
/// None of them holds a secret. The first start makes the folder for the list, `subscribers/`, and the secret key. The
/// sample is a draft, because it is invented.
pub fn files() -> [(&'static str, Cow<'static, str>); 4] {
    let (name, sample) = SAMPLE;
    let draft = sample.replacen("status = \"ready\"", "status = \"draft\"", 1);
    let [config, ignored, manual] = FILES.map(|(name, contents)| (name, contents.into()));
    [config, ignored, manual, (name, draft.into())]
}

/// The issues that the demo shows: those of the project itself.
pub fn demo_issues() -> &'static [File] {
    &DEMO_ISSUES
}
