//! The newsletter's language, with the operator's own catalogues in `locales/`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use templates::locale::{Locale, Mistake, MistakeKind, Warning, message_ids};

use crate::findings::{Finding, Report, Source};
use crate::toml_source::{self, Value, did_you_mean};

/// The folder of the operator's catalogues, in the instance folder.
const FOLDER: &str = "locales";

/// The locale of a language tag with the catalogues in `folder`. What is wrong with them is a warning: each message
/// that cannot be used has one of ours in its place.
pub(super) fn read(
    language: &str,
    given: Option<&Value<'_>>,
    folder: &Path,
    report: &mut Report,
) -> Locale {
    let files = files(&folder.join(FOLDER), report);
    let texts: Vec<_> = files
        .iter()
        .map(|file| (&*file.code, &*file.text))
        .collect();
    let (locale, warnings) = Locale::new(language, &texts);
    for warning in warnings {
        let finding = match warning {
            Warning::NoCatalogue => given.map(|value| no_catalogue(value, language)),
            Warning::OtherLanguage(file) => files.get(file).map(|file| other(file, language)),
            Warning::Mistake(file, found) => files.get(file).map(|file| mistake(file, found)),
        };
        if let Some(finding) = finding {
            report.push(finding.as_warning());
        }
    }
    locale
}

struct File {
    /// The tag in its name.
    code: String,
    source: Arc<Source>,
    /// What Fluent's parser gets.
    text: String,
}

/// The catalogues in a folder, by name.
fn files(folder: &Path, report: &mut Report) -> Vec<File> {
    let paths = match paths(folder) {
        Ok(paths) => paths,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            report.push(unreadable(folder, &error));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    for path in paths {
        let bytes = match toml_source::read_file(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                report.push(unreadable(&path, &error));
                continue;
            }
        };
        match toml_source::decode(&path, &bytes) {
            Ok(source) => files.push(File {
                code: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                // Fluent knows no byte order mark. In its place, every offset stays.
                text: source.text().replacen('\u{feff}', "\n\n\n", 1),
                source,
            }),
            Err(finding) => report.push(finding.as_warning()),
        }
    }
    files
}

fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "ftl"));
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path, error: &io::Error) -> Finding {
    let message = format!("the catalogue cannot be read: {error}");
    Finding::of_file("unreadable", message, path).as_warning()
}

fn no_catalogue(value: &Value<'_>, language: &str) -> Finding {
    let ours: Vec<String> = Locale::tags().map(|tag| format!("`{tag}`")).collect();
    value
        .doubt(
            "no-catalogue",
            format!("readers see English: there is no catalogue of the language `{language}`"),
        )
        .help(format!(
            "choose one of {}, or translate our `en.ftl` into `{FOLDER}/{language}.ftl`",
            ours.join(", ")
        ))
}

fn other(file: &File, language: &str) -> Finding {
    let message = format!("this catalogue is not used: `newsletter.language` is `{language}`");
    Finding::of_file("unused-catalogue", message, file.source.path())
}

fn mistake(file: &File, found: Mistake) -> Finding {
    let warning =
        |code, message: String| Finding::warning(code, message, &file.source, found.span.clone());
    match found.kind {
        MistakeKind::Syntax(why) => warning(
            "bad-message",
            format!("this message cannot be read: {}", lower_first(&why)),
        )
        .help("https://projectfluent.org/fluent/guide/ explains how messages are written"),
        MistakeKind::UnknownMessage(id) => warning(
            "unknown-message",
            format!(
                "there is no message `{id}`{}",
                did_you_mean(&id, message_ids())
            ),
        ),
        MistakeKind::UnknownVariable { name, known } => {
            let near = did_you_mean(&name, known.iter().map(String::as_str));
            let names: Vec<String> = known.iter().map(|name| format!("`${name}`")).collect();
            let help = match names.is_empty() {
                true => "this message has no variables".to_owned(),
                false => format!("the variables of this message are {}", names.join(", ")),
            };
            warning(
                "unknown-variable",
                format!("there is no variable `{name}` in this message{near}"),
            )
            .help(help)
        }
        MistakeKind::UnknownReference(name) => warning(
            "unknown-reference",
            format!("`{name}` is not in the catalogues of this language"),
        ),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(chars).collect()
}
