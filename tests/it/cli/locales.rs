//! The newsletter's language, and the operator's own catalogues in `locales/`.

use super::{Instance, steady};
use crate::test_app::{stderr, stdout};

fn instance(language: &str, catalogues: &[(&str, &str)]) -> Instance {
    let instance = Instance::new();
    let key = format!("language = \"{language}\"");
    instance.configure("# language = \"en\"", &key);
    std::fs::create_dir(instance.path().join("locales")).unwrap();
    for (name, text) in catalogues {
        instance.file(&format!("locales/{name}"), text);
    }
    instance
}

/// What `verdict check` warns of, without stopping.
fn warned(instance: &Instance) -> String {
    let output = instance.run(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        stdout(&output),
        "0 issue files checked: no problems found\n"
    );
    stderr(&output)
}

#[test]
fn a_catalogue_without_mistakes_needs_no_word() {
    let own =
        "# Ours\nalert-clock-subject = Uhr!\n-name = Verdict\nalert-sign-ups-subject = { -name }\n";
    for language in ["de", "de-AT"] {
        let instance = instance(language, &[("de.ftl", own), ("README.md", "none of it")]);
        assert_eq!(warned(&instance), "");
    }
    assert_eq!(
        warned(&instance("pt", &[("pt-BR.ftl", "\u{feff}weekday = dia\n")])),
        ""
    );
}

#[test]
fn every_mistake_of_a_catalogue_is_found_with_its_place() {
    let _steady = steady();
    let own = "\
alert-pased-subject = Angehalten
alert-paused-subject = { $slag } ist angehalten
alert-clock-subject = { -uhr }
alert-sign-ups-subject = { $count
alert-findings-subject = Fehler in { $slug }
";
    let instance = instance("de", &[("de.ftl", own), ("fr.ftl", "weekday = jour\n")]);
    insta::assert_snapshot!(warned(&instance), @r#"
    warning[unused-catalogue]: this catalogue is not used: `newsletter.language` is `de`
    --> [folder]/locales/fr.ftl

    warning[unknown-message]: there is no message `alert-pased-subject`, did you mean `alert-paused-subject`?
     --> [folder]/locales/de.ftl:1:1
      |
    1 | alert-pased-subject = Angehalten
      | ^^^^^^^^^^^^^^^^^^^

    warning[unknown-variable]: there is no variable `slag` in this message, did you mean `slug`?
     --> [folder]/locales/de.ftl:2:27
      |
    2 | alert-paused-subject = { $slag } ist angehalten
      |                           ^^^^
      |
      = help: the variables of this message are `$slug`

    warning[unknown-reference]: `uhr` is not in the catalogues of this language
     --> [folder]/locales/de.ftl:3:26
      |
    3 | alert-clock-subject = { -uhr }
      |                          ^^^

    warning[bad-message]: this message cannot be read: expected a token starting with "}"
     --> [folder]/locales/de.ftl:4:34
      |
    4 | alert-sign-ups-subject = { $count
      |                                  ^
      |
      = help: https://projectfluent.org/fluent/guide/ explains how messages are written
    "#);
    assert!(
        stderr(&instance.run(&["calendar"])).contains("warning[unknown-message]"),
        "every command tells at its start"
    );
}

#[test]
fn a_language_without_a_catalogue_is_a_warning() {
    let _steady = steady();
    insta::assert_snapshot!(warned(&instance("sv", &[])), @r#"
    warning[no-catalogue]: readers see English: there is no catalogue of the language `sv`
      --> [folder]/verdict.toml:44:12
       |
    44 | language = "sv"
       |            ^^^^
       |
       = help: choose one of `en`, `ar`, `de`, `es`, `fr`, `it`, `ja`, `nl`, `pl`, `pt-BR`, `zh-Hans`, or translate our `en.ftl` into `locales/sv.ftl`
    "#);
    assert_eq!(
        warned(&instance("sv-FI", &[("sv.ftl", "weekday = dag\n")])),
        ""
    );
}

#[test]
fn a_catalogue_that_is_no_text_is_a_warning() {
    let instance = instance("de", &[]);
    instance.file("locales/de.ftl", [0xff, 0xfe, b'a', 0]);
    let warned = warned(&instance);
    assert!(
        warned.contains("warning[not-utf-8]") && warned.contains("de.ftl"),
        "{warned}"
    );
}
