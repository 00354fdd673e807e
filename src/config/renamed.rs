//! Keys that earlier versions kept in `[desk]`. They are read for one release, with a warning.

use std::sync::Arc;

use super::section::{DESK, Place, Section};
use crate::findings::{Finding, Report};
use crate::toml_source::Value;

const CODE: &str = "old-spelling";

/// The value of a key, also if it is still set under its old name in `[desk]`.
pub(super) fn get<'d>(
    section: &Section<'d>,
    key: &str,
    desk: &Section<'d>,
    old: &str,
    report: &mut Report,
) -> Option<Value<'d>> {
    let current = section.places(key).into_iter().flatten().next();
    let advice = [
        format!("set {}", section.variable(key)),
        format!("write `{key}` below `[{}]`", section.name()),
    ];
    for (outdated, advice) in desk.places(old).into_iter().zip(advice) {
        let Some(outdated) = outdated else { continue };
        report.push(match &current {
            Some(current) => set_twice(outdated, current),
            None => {
                let message = format!("`desk.{old}` is now `{}.{key}`", section.name());
                Finding::warning(CODE, message, outdated.source, outdated.span).help(format!(
                    "{advice} instead: the next release refuses the old spelling"
                ))
            }
        });
    }
    section.get(key).or_else(|| desk.get(old))
}

fn set_twice(outdated: Place<'_>, current: &Place<'_>) -> Finding {
    let (old, new) = (outdated.name, &current.name);
    let message = format!("{old} and {new} are the same setting");
    let finding = Finding::error("set-twice", message, outdated.source, outdated.span)
        .label("the old spelling")
        .help(format!("keep {new} and remove {old}"));
    match Arc::ptr_eq(outdated.source, current.source) {
        true => finding.related(current.span.clone(), "the new spelling"),
        false => finding,
    }
}

/// Warns of a `[desk]` that sets nothing, as `verdict init` wrote it.
pub(super) fn warn_of_empty(desk: &Section<'_>, report: &mut Report) {
    let is_set = |key: &&str| desk.places(key)[1].is_some();
    let Some(header) = desk.header().filter(|_| !DESK.1.keys.iter().any(is_set)) else {
        return;
    };
    let message = "`[desk]` is now `[alerts]` and `[issues]`";
    report.push(
        Finding::warning(CODE, message, header.source, header.span)
            .help("remove this line: the next release refuses it"),
    );
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::config::{Config, ConfigError};

    /// The template with its examples for `[alerts]` and `[issues]` set, and more lines at its end.
    fn parse(set: &[&str], lines: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let template = Config::template().to_owned();
        let text = set.iter().fold(template, |text, key| {
            text.replacen(&format!("# {key} = "), &format!("{key} = "), 1)
        });
        let text = format!("{text}\n{lines}");
        Config::parse("verdict.toml".as_ref(), text.as_bytes(), |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn old_spellings_are_read_with_a_warning_that_names_the_new_one() {
        let config = parse(
            &[],
            "[desk]\neditors = [\"a@example.com\"]\nroles = [\"teacher\"]\n",
            &[("VERDICT_DESK_ROLES", "pilot, sailor")],
        )
        .unwrap();
        assert_eq!(config.alerts.to[0].as_given(), "a@example.com");
        assert_eq!(config.issues.panel_roles, ["pilot", "sailor"]);
        let warned = config.warnings.to_string();
        // After the template come an empty line and the old section's header.
        let editors = Config::template().lines().count() + 3;
        let wanted = WARNED
            .trim_matches('\n')
            .replace("{editors}", &editors.to_string())
            .replace("{roles}", &(editors + 1).to_string());
        assert_eq!(warned, wanted, "\n{warned}\n");
    }

    #[test]
    fn both_spellings_at_once_are_an_error_that_names_both_places() {
        let old_roles = ("VERDICT_DESK_ROLES", "pilot");
        for (set, lines, variables, old, new) in [
            (
                [].as_slice(),
                "[desk]\neditors = []\n",
                [("VERDICT_ALERTS_TO", "a@example.com")].as_slice(),
                "`desk.editors`",
                "VERDICT_ALERTS_TO",
            ),
            (
                &["panel_roles"],
                "",
                &[old_roles],
                "VERDICT_DESK_ROLES",
                "`issues.panel_roles`",
            ),
            (
                &[],
                "",
                &[old_roles, ("VERDICT_ISSUES_PANEL_ROLES", "pilot")],
                "VERDICT_DESK_ROLES",
                "VERDICT_ISSUES_PANEL_ROLES",
            ),
        ] {
            let found = parse(set, lines, variables).unwrap_err().to_string();
            let message = format!("error[set-twice]: {old} and {new} are the same setting\n");
            assert!(found.contains(&message), "{found}");
            let help = format!("help: keep {new} and remove {old}");
            assert!(found.contains(&help), "{found}");
        }
        let found = parse(&["to"], "[desk]\neditors = []\n", &[]).unwrap_err();
        let found = found.to_string();
        for mark in ["| -- the new spelling\n", "| ^^^^^^^ the old spelling\n"] {
            assert!(found.contains(mark), "{found}");
        }
    }

    #[test]
    fn the_old_section_is_a_warning_without_a_key_and_never_suggested() {
        let config = parse(&[], "[desk]\n", &[]).unwrap();
        let warned = config.warnings.to_string();
        assert!(
            warned.contains("`[desk]` is now `[alerts]` and `[issues]`"),
            "{warned}"
        );
        assert!(warned.contains("| [desk]\n"), "{warned}");
        let found = parse(&[], "[dsk]\n", &[]).unwrap_err().to_string();
        assert!(found.contains("unknown key `dsk`\n"), "{found}");
        assert!(!found.contains("desk"), "{found}");
    }

    /// `{editors}` and `{roles}` are numbers of lines.
    const WARNED: &str = r#"
warning[old-spelling]: `desk.roles` is now `issues.panel_roles`
 --> VERDICT_DESK_ROLES:1:1
  |
1 | pilot, sailor
  | ^^^^^^^^^^^^^
  |
  = help: set VERDICT_ISSUES_PANEL_ROLES instead: the next release refuses the old spelling

warning[old-spelling]: `desk.editors` is now `alerts.to`
   --> verdict.toml:{editors}:1
    |
{editors} | editors = ["a@example.com"]
    | ^^^^^^^
    |
    = help: write `to` below `[alerts]` instead: the next release refuses the old spelling

warning[old-spelling]: `desk.roles` is now `issues.panel_roles`
   --> verdict.toml:{roles}:1
    |
{roles} | roles = ["teacher"]
    | ^^^^^
    |
    = help: write `panel_roles` below `[issues]` instead: the next release refuses the old spelling
"#;
}
