//! A new issue file: every key explained, and a placeholder wherever an editor must write something.

use std::fmt::Write as _;
use std::path::Path;

use chrono::NaiveDate;

use super::key::{Key, Kind, Need};
use super::{Rules, SCHEMA_DIRECTIVE, Status, check, keys, limits, slug};
use crate::findings::{Severity, is_bidi_control};

/// Stands for what is still to be written. `verdict check` reports each one.
const PLACEHOLDER: &str = "TODO";

/// The longest line of a comment, in characters.
const WIDTH: usize = 100;

/// A new issue, not written to a file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// The name of its file, without `.toml`.
    pub slug: String,
    /// The content of its file.
    pub text: String,
}

/// Why there can be no such issue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error(
        "no file name can be made of `{0}`, which has no letter from a to z and no digit: choose a name with `--slug`"
    )]
    NoSlug(String),
    #[error(
        "`{0}` cannot be the name of an issue's file: use lower-case letters from a to z, digits and single \
         hyphens, at most {most} in all",
        most = limits::SLUG
    )]
    Slug(String),
    #[error("there can be no such issue: {0}")]
    Finding(String),
}

/// Makes a draft that compares two tools. Without a `slug`, it is made from the names. Undated if `send_on` is `None`.
///
/// # Errors
/// [`Refused`] if the slug or a name can't be that of an issue, or if the two names are the same.
pub fn scaffold(
    names: [&str; 2],
    slug: Option<&str>,
    send_on: Option<NaiveDate>,
    rules: &Rules,
) -> Result<Scaffold, Refused> {
    let names = names.map(str::trim);
    let slug = match slug {
        Some(slug) if slug::is_slug(slug) => slug.to_owned(),
        Some(slug) => return Err(Refused::Slug(slug.to_owned())),
        None => slug::of_issue(names).map_err(|name| Refused::NoSlug(name.to_owned()))?,
    };
    let text = text(names, send_on, rules);
    let path = format!("{slug}.toml");
    let checked = check(Path::new(&path), text.as_bytes(), rules);
    let about_names = format!("`{}` ", keys::NAME.name);
    let wrong = checked.findings.into_iter().find(|finding| {
        let is_given = matches!(finding.code, "file-name" | "same-tool")
            || finding.message.starts_with(&about_names);
        is_given && finding.severity == Severity::Error
    });
    match wrong {
        Some(finding) => Err(Refused::Finding(finding.message)),
        None => Ok(Scaffold { slug, text }),
    }
}

fn text(names: [&str; 2], send_on: Option<NaiveDate>, rules: &Rules) -> String {
    let mut file = File::default();
    let _ = writeln!(file.text, "{SCHEMA_DIRECTIVE}");
    file.comment(
        "`verdict check` lists what is still to be written here, and README.md explains the format. A key \
         that begins with `#` may be left out.",
    );
    for key in keys::TOP_KEYS {
        file.blank_line();
        match (key.name, send_on) {
            (name, Some(date)) if name == keys::SEND_ON.name => file.key(key, &date.to_string()),
            _ => file.top_key(key, send_on),
        }
    }
    for name in names {
        file.tool(name, rules);
    }
    file.text
}

/// The file as far as it is written. Keys that it has explained are not explained again.
#[derive(Default)]
struct File {
    text: String,
    explained: Vec<&'static str>,
}

impl File {
    fn top_key(&mut self, key: &Key, send_on: Option<NaiveDate>) {
        match key.kind {
            Kind::Words(_) => self.key(key, &toml_string(Status::Draft.into())),
            // The two tools follow.
            Kind::Tools => self.explain(key),
            Kind::Date => {
                let example =
                    send_on.map_or_else(|| "2026-11-23".to_owned(), |date| date.to_string());
                self.optional(key, &example);
            }
            Kind::Boolean => self.optional(key, "true"),
            Kind::Allowances => self.optional(key, "[\"V010: …\"]"),
            Kind::Approval => {
                let keys = keys::APPROVAL_KEYS.each_ref();
                let [by, content] = keys.map(|key| format!("{} = \"…\"", key.name));
                self.optional(key, &format!("{{ {by}, {content} }}"));
            }
            _ => self.placeholder(key),
        }
    }

    fn tool(&mut self, name: &str, rules: &Rules) {
        self.header(keys::TOOLS.name);
        for key in keys::TOOL_KEYS {
            match key.kind {
                Kind::Title(_) if key.name == keys::NAME.name => self.key(key, &toml_string(name)),
                Kind::Facts => {
                    self.explain(key);
                    let [fact, source] = [keys::TEXT.name, keys::SOURCE.name];
                    let example = format!(
                        "# {} = [\n#   {{ {fact} = \"…\", {source} = \"https://…\" }},\n# ]\n",
                        key.name
                    );
                    self.text += &example;
                }
                Kind::Reviews => self.reviews(key, rules),
                _ => self.placeholder(key),
            }
        }
    }

    fn reviews(&mut self, key: &Key, rules: &Rules) {
        let header = format!("{}.{}", keys::TOOLS.name, key.name);
        self.blank_line();
        self.explain(key);
        self.comment("Delete the roles that do not review this tool.");
        for role in rules.all_roles() {
            self.header(&header);
            for key in keys::REVIEW_KEYS {
                match key.kind {
                    Kind::Role => self.key(key, &toml_string(role)),
                    _ => self.placeholder(key),
                }
            }
        }
    }

    /// A key that an editor must fill in, or a comment that shows how if they may leave it out.
    fn placeholder(&mut self, key: &Key) {
        match (key.need, key.kind) {
            (Need::Optional, _) => self.optional(key, "\"…\""),
            (_, Kind::Prose(_)) => self.key(key, &format!("\"\"\"\n{PLACEHOLDER}\n\"\"\"")),
            _ => self.key(key, &toml_string(PLACEHOLDER)),
        }
    }

    fn optional(&mut self, key: &Key, example: &str) {
        self.explain(key);
        let _ = writeln!(self.text, "# {} = {example}", key.name);
    }

    fn key(&mut self, key: &Key, value: &str) {
        self.explain(key);
        let _ = writeln!(self.text, "{} = {value}", key.name);
    }

    fn explain(&mut self, key: &Key) {
        if !self.explained.contains(&key.name) {
            self.explained.push(key.name);
            self.comment(&key.advice());
        }
    }

    fn header(&mut self, name: &str) {
        self.blank_line();
        let _ = writeln!(self.text, "[[{name}]]");
    }

    fn blank_line(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn comment(&mut self, words: &str) {
        let mut width = 0;
        for word in words.split(' ') {
            let length = word.chars().count() + 1;
            if width == 0 || width + length > WIDTH {
                let end = if width == 0 { "" } else { "\n" };
                let _ = write!(self.text, "{end}#");
                width = 1;
            }
            let _ = write!(self.text, " {word}");
            width += length;
        }
        self.text.push('\n');
    }
}

/// A TOML string in quotes. Invisible characters are escaped.
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || is_bidi_control(c) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
