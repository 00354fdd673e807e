//! What `verdict init` puts into a new instance folder.

/// `verdict.toml`, with every key explained.
pub const CONFIG: &str = include_str!("instance/verdict.toml");

const FILES: [(&str, &str); 4] = [
    ("verdict.toml", CONFIG),
    (".gitignore", include_str!("instance/gitignore")),
    ("issues/README.md", include_str!("../issues/README.md")),
    (
        "issues/hearsay-desk-vs-tansy-transcribe.toml",
        include_str!("../issues/hearsay-desk-vs-tansy-transcribe.toml"),
    ),
];

/// The files of a new instance: paths below its folder, with `/` between the parts, and contents.
///
/// None of them holds a secret. The folder for the list, `subscribers/`, and the secret key are
/// made at the first start.
pub fn files() -> &'static [(&'static str, &'static str)] {
    &FILES
}
