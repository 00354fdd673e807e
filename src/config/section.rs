//! A section of the file together with the variables that override it.

use std::sync::Arc;

use crate::findings::{Finding, Report, Source};
use crate::toml_source::{Shape, Table, Value};

use super::mask;

const fn shape(keys: &'static [&'static str]) -> Shape {
    Shape { keys, elsewhere }
}

/// The sections and their keys, in the order of the template.
pub(super) const SECTIONS: [(&str, Shape); 8] = [
    (
        "newsletter",
        shape(&[
            "name",
            "tagline",
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
    ("store", shape(&["url", "journal"])),
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
        ]),
    ),
    ("web", shape(&["listen", "base_url", "proxies"])),
    (
        "join",
        shape(&[
            "per_address",
            "per_network",
            "alarm",
            "refused_domains",
            "role_accounts",
        ]),
    ),
    ("desk", shape(&["editors", "roles"])),
    ("metrics", shape(&["listen"])),
];

/// The file's own keys: the sections.
pub(super) const ROOT: Shape = shape(&[
    "newsletter",
    "schedule",
    "store",
    "smtp",
    "web",
    "join",
    "desk",
    "metrics",
]);

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
    let every = SECTIONS.iter().flat_map(|(section, shape)| {
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
        let wanted = variable_name(self.name, key);
        match self
            .variables
            .iter()
            .find(|variable| variable.name == wanted)
        {
            Some(Variable { text, shown, .. }) => Some(Value::from_text(key, text, shown)),
            None => self.table.and_then(|table| table.get(key)),
        }
    }

    /// The value of a key that must be somewhere.
    pub(super) fn require(&self, key: &'static str, report: &mut Report) -> Option<Value<'d>> {
        if let Some(value) = self.get(key) {
            return Some(value);
        }
        match self.table {
            Some(table) => table.require(key, report),
            // What is wrong with the section as a whole is reported already.
            None if report.is_incomplete() || self.root.has_or_misspells(self.name) => None,
            None => {
                let variable = variable_name(self.name, key);
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
