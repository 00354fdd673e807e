//! A section of the file with the variables that override it.

use std::ops::Range;
use std::sync::Arc;

use crate::findings::{Finding, Report, Source};
use crate::toml_source::{Shape, Table, Value};

use super::mask;

const fn shape(keys: &'static [&'static str]) -> Shape {
    Shape {
        keys,
        retired: &[],
        elsewhere,
    }
}

/// The sections and their keys, in the order of the template.
pub(super) const SECTIONS: [(&str, Shape); 12] = [
    (
        "newsletter",
        shape(&[
            "name",
            "tagline",
            "about",
            "logo",
            "mail_logo",
            "accent",
            "from",
            "reply_to",
            "postal_address",
            "language",
        ]),
    ),
    (
        "schedule",
        shape(&["cron", "time_zone", "max_delay", "local_time"]),
    ),
    ("store", shape(&["url", "journal", "compact_after"])),
    (
        "smtp",
        shape(&[
            "url",
            "ca_file",
            "timeout",
            "connections",
            "rate_per_second",
            "rate_per_domain",
            "mails_per_connection",
            "drain",
            "on_doubt",
            "retry_for",
            "bounce_address",
            "unsubscribe_address",
            "sends_from",
            "preflight",
        ]),
    ),
    ("dns", shape(&["server"])),
    ("dkim", shape(&["domain", "selectors", "next", "keys"])),
    ("web", shape(&["listen", "base_url", "proxies", "cache"])),
    (
        "join",
        shape(&[
            "per_address",
            "per_network",
            "alarm",
            "refused_domains",
            "role_accounts",
            "welcome",
        ]),
    ),
    ("alerts", shape(&["to"])),
    ("issues", shape(&["panel_roles", "require_approval"])),
    ("metrics", shape(&["listen"])),
    ("log", shape(&["format"])),
];

/// The section of earlier versions whose keys have moved (`renamed.rs`).
pub(super) const DESK: (&str, Shape) = ("desk", shape(&["editors", "roles"]));

/// The file's own keys: the sections.
pub(super) const ROOT: Shape = Shape {
    retired: &[DESK.0],
    ..shape(&[
        "newsletter",
        "schedule",
        "store",
        "smtp",
        "dns",
        "dkim",
        "web",
        "join",
        "alerts",
        "issues",
        "metrics",
        "log",
    ])
};

/// Names the section that a key belongs to.
fn elsewhere(key: &str) -> Option<String> {
    let holds = |(_, shape): &&(&str, Shape)| shape.keys.contains(&key);
    let (section, _) = SECTIONS.iter().find(holds)?;
    Some(format!("`{key}` belongs below `[{section}]`"))
}

/// A variable that is set, and its text as findings may show it.
pub(super) struct Variable {
    name: String,
    text: String,
    shown: Arc<Source>,
}

/// The variables that are set and not empty.
pub(super) fn variables(env: &dyn Fn(&str) -> Option<String>) -> Vec<Variable> {
    let every = SECTIONS.iter().chain([&DESK]).flat_map(|(section, shape)| {
        let name = |key: &&str| variable_name(section, key);
        shape.keys.iter().map(name)
    });
    every
        .filter_map(|name| {
            let text = env(&name).filter(|text| !text.is_empty())?;
            let shown = Arc::new(Source::new(&name, mask::masked(&text)));
            Some(Variable { name, text, shown })
        })
        .collect()
}

fn variable_name(section: &str, key: &str) -> String {
    format!("VERDICT_{}_{}", section.to_uppercase(), key.to_uppercase())
}

/// A place that findings point at.
pub(super) struct Place<'d> {
    /// The variable, or the key with its section.
    pub(super) name: String,
    pub(super) source: &'d Arc<Source>,
    pub(super) span: Range<usize>,
}

/// A section: a variable wins over the file.
pub(super) struct Section<'d> {
    name: &'static str,
    table: Option<&'d Table<'d>>,
    variables: &'d [Variable],
    root: &'d Table<'d>,
    file: &'d Arc<Source>,
}

impl<'d> Section<'d> {
    pub(super) fn new(
        name: &'static str,
        table: Option<&'d Table<'d>>,
        variables: &'d [Variable],
        root: &'d Table<'d>,
        file: &'d Arc<Source>,
    ) -> Self {
        Self {
            name,
            table,
            variables,
            root,
            file,
        }
    }

    /// The value of a key, from the environment or from the file.
    pub(super) fn get(&self, key: &str) -> Option<Value<'d>> {
        match self.override_of(key) {
            Some(Variable { text, shown, .. }) => Some(Value::from_text(key, text, shown)),
            None => self.table.and_then(|table| table.get(key)),
        }
    }

    /// The section's name.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The variable that overrides a key.
    pub(super) fn variable(&self, key: &str) -> String {
        variable_name(self.name, key)
    }

    fn override_of(&self, key: &str) -> Option<&'d Variable> {
        let name = self.variable(key);
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// Where a key is set: in its variable, and in the file.
    pub(super) fn places(&self, key: &str) -> [Option<Place<'d>>; 2] {
        let variable = self.override_of(key).map(|variable| Place {
            name: variable.name.clone(),
            source: &variable.shown,
            span: 0..variable.text.len(),
        });
        let span = self.table.and_then(|table| table.key_span(key));
        let line = span.map(|span| Place {
            name: format!("`{}.{key}`", self.name),
            source: self.file,
            span,
        });
        [variable, line]
    }

    /// The section's header, if the file has the section.
    pub(super) fn header(&self) -> Option<Place<'d>> {
        self.table.map(|table| Place {
            name: format!("`[{}]`", self.name),
            source: self.file,
            span: table.span(),
        })
    }

    /// The value of a required key.
    pub(super) fn require(&self, key: &'static str, report: &mut Report) -> Option<Value<'d>> {
        if let Some(value) = self.get(key) {
            return Some(value);
        }
        match self.table {
            Some(table) => table.require(key, report),
            // What is wrong with the section as a whole is reported already.
            None if report.is_incomplete() || self.root.has_or_misspells(self.name) => None,
            None => {
                let variable = self.variable(key);
                let end = self.file.text().trim_end().len();
                let message = format!("the key `{key}` of `[{}]` is missing", self.name);
                report.push(
                    Finding::error("missing-key", message, self.file, end..end)
                        .label(format!("there is no section `[{}]`", self.name))
                        .help(format!("add it, or set {variable}")),
                );
                None
            }
        }
    }
}
