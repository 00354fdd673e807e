//! `allow = ["V010: reason"]`: findings that an editor has looked at.

use super::rules::{ALLOW, Needs, RULES, Rule, rule};
use crate::findings::{Finding, Report};
use crate::issue::keys;
use crate::toml_source::{Table, Value};

/// The rules that a file may break.
#[derive(Debug, Default)]
pub(super) struct Allowances(Vec<Allowance>);

#[derive(Debug)]
struct Allowance {
    rule: &'static Rule,
    /// What to report if it silences nothing.
    idle: Finding,
    used: bool,
}

impl Allowances {
    pub(super) fn read(root: &Table<'_>, report: &mut Report) -> Self {
        let items = root
            .get(keys::ALLOW.name)
            .and_then(|value| value.items(report));
        let items = items.unwrap_or_default();
        let most = RULES.len();
        if let Some(over) = items.get(most) {
            let message = format!("there are {} entries, but only {most} rules", items.len());
            report.push(
                over.fault("too-many", message)
                    .label("the first one too many"),
            );
        }
        let entries = items.iter().take(most);
        Self(entries.filter_map(|item| read(item, report)).collect())
    }

    /// True if the file allows findings with this code.
    pub(super) fn silence(&mut self, code: &str) -> bool {
        let mut allowances = self.0.iter_mut();
        let Some(found) = allowances.find(|one| one.rule.code == code) else {
            return false;
        };
        found.used = true;
        true
    }

    /// What silences nothing, among the rules that were checked.
    pub(super) fn idle(&self, checked: Needs) -> impl Iterator<Item = Finding> {
        let idle = self.0.iter();
        let idle = idle.filter(move |one| !one.used && one.rule.needs == checked);
        idle.map(|one| one.idle.clone())
    }
}

fn read(value: &Value<'_>, report: &mut Report) -> Option<Allowance> {
    let text = value.line(keys::ALLOW.most(), report)?;
    let (code, reason) = text.split_once(':').unwrap_or((&text, ""));
    let code = code.trim();
    let doubt = |message: String| value.doubt(ALLOW.code, message);
    let Some(rule) = rule(code).filter(|rule| *rule != ALLOW) else {
        if code == ALLOW.code {
            return report.refuse(doubt(format!("`{code}` cannot be allowed")));
        }
        // A guess at a misspelled number is worth nothing, but a name stands for its code.
        let named = RULES.iter().find(|rule| rule.name == code);
        let end = named.map_or_else(String::new, |rule| {
            format!(", did you mean `{}`?", rule.code)
        });
        let finding = doubt(format!("`{code}` is no code of a finding{end}"));
        return report
            .refuse(finding.help("write the code and the reason: `\"V010: it is a poem\"`"));
    };
    if reason.trim().is_empty() {
        let finding = doubt(format!("`{code}` is allowed without a reason"));
        return report.refuse(finding.help(format!("write why: `\"{code}: …\"`")));
    }
    let idle = doubt(format!("there is no {code} ({}) to allow", rule.name));
    Some(Allowance {
        rule,
        idle: idle.label("remove it"),
        used: false,
    })
}
