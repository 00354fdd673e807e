//! Guards the catalogues: they are complete, the code and they agree, and no words are left in the code.

use std::collections::BTreeSet;
use std::path::Path;

use super::check::{Definitions, mistakes};
use super::sources::{Call, Source, sources};
use super::{CATALOGUES, ENGLISH};

/// Languages whose translation is not finished.
const INCOMPLETE: [&str; 0] = [];

/// Files and folders that hold words, but none for readers.
const NO_TEXTS: [&str; 16] = [
    // A font's name, the style of mails, names of <https://schema.org>, and what `verdict check` tells of an issue.
    "card.rs",
    "mail/style.rs",
    "pages/schema.rs",
    "prose.rs",
    "prose/parse.rs",
    // In English for the editors, as the commands are.
    "report",
    // Headers of mails and pages, the feed's generator, the fields of an export, and causes in the consent history.
    "edition/render/headers.rs",
    "outbox/message.rs",
    "readers/export.rs",
    "readers/preferences.rs",
    "web/feed.rs",
    "web/headers.rs",
    "web/logo.rs",
    // What operators and programs see: imports, health checks, and the answer when there are too many connections.
    "readers/import",
    "web/health.rs",
    "web/server.rs",
];

/// Where the program itself writes to readers.
const ROOMS: [&str; 6] = [
    "edition/render/",
    "outbox/",
    "readers.rs",
    "readers/",
    "web.rs",
    "web/",
];

fn templates() -> Vec<Source> {
    sources(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn program() -> Vec<Source> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../src"))
}

#[test]
fn every_catalogue_has_the_messages_and_variables_of_english() {
    let english = Definitions::of(ENGLISH.1);
    for (tag, text) in CATALOGUES {
        assert_eq!(mistakes(text, &[text]), [], "{tag}");
        let language = Definitions::of(text);
        let ids = |definitions: &Definitions<'static>| -> BTreeSet<&str> {
            definitions.messages.keys().copied().collect()
        };
        let (own, every) = (ids(&language), ids(&english));
        let missing: Vec<_> = every.difference(&own).collect();
        assert_eq!(
            missing.is_empty(),
            !INCOMPLETE.contains(&tag),
            "{tag} lacks {missing:?}"
        );
        for id in own {
            let (own, wanted) = (language.variables(id), english.variables(id));
            assert_eq!(own, wanted, "{tag}: the variables of `{id}`");
        }
    }
}

#[test]
fn the_code_asks_for_the_messages_that_exist() {
    let english = Definitions::of(ENGLISH.1);
    let calls = templates().into_iter().chain(program()).flat_map(|source| {
        let calls = source.calls().into_iter();
        calls.map(move |call| (source.path.clone(), call))
    });
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for (path, Call { line, id, args }) in calls {
        let place = format!("{path}:{line}");
        let Some(id) = id else {
            wrong.push(format!("{place}: a message's name must be a literal"));
            continue;
        };
        let args: BTreeSet<&str> = args.iter().map(String::as_str).collect();
        match english.variables(&id) {
            Some(variables) if variables == args => {}
            Some(variables) => wrong.push(format!("{place}: `{id}` needs {variables:?}")),
            // Not every method of these names asks for a message.
            None if id.contains('-') => wrong.push(format!("{place}: no message `{id}`")),
            None => {}
        }
        used.insert(id);
    }
    let asked: Vec<_> = used
        .iter()
        .filter_map(|id| english.messages.get(&**id))
        .collect();
    let mut referred: Vec<&str> = asked
        .iter()
        .flat_map(|uses| uses.messages.clone())
        .collect();
    while let Some(id) = referred.pop() {
        if used.insert(id.to_owned())
            && let Some(uses) = english.messages.get(id)
        {
            referred.extend(&uses.messages);
        }
    }
    let unused = english.messages.keys().filter(|id| !used.contains(**id));
    wrong.extend(unused.map(|id| format!("the code never asks for `{id}`")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_words_that_readers_see_are_in_the_catalogues() {
    let is_in = |list: &[&str], path: &str| list.iter().any(|start| path.starts_with(start));
    let rooms = program().into_iter();
    let rooms = rooms.filter(|source| is_in(&ROOMS, &source.path));
    let seen = templates().into_iter().chain(rooms);
    let mut left = Vec::new();
    for source in seen.filter(|source| !is_in(&NO_TEXTS, &source.path)) {
        let words = source.words().into_iter();
        left.extend(words.map(|(line, text)| format!("{}:{line}: {text:?}", source.path)));
    }
    assert!(
        left.is_empty(),
        "these words belong into templates/locales/en.ftl:\n{}",
        left.join("\n")
    );
}

#[test]
fn words_in_the_code_are_found() {
    for (code, words) in [
        (r#"html! { p { "Hello" } }"#, &["Hello"][..]),
        (
            r#"html! { p.note #id title="A note" { (name) " would " } }"#,
            &["A note", " would "],
        ),
        (
            r#"html! { input aria-label="Search" type="search" name="q"; }"#,
            &["Search"],
        ),
        (
            r#"html! { @match kind { "digest" => { p { "· " } } _ => {} } }"#,
            &[],
        ),
        (
            r#"html! { p { (format!("{a} and {b}")) (day("%-d")) } }"#,
            &["{a} and {b}"],
        ),
        (
            r#"html! { a href={ (base) "/issues" } { "More" } }"#,
            &["More"],
        ),
        (
            r#"const TITLE: &str = "What is known";"#,
            &["What is known"],
        ),
        ("let a = \"You would \\\n    ship\";", &["You would ship"]),
        (
            r#"let a = ["Ship", "ship", "wide-page", "margin:0 auto", "{name} wins"];"#,
            &["Ship", "{name} wins"],
        ),
        (r#"format!("{base}/issues/{slug}")"#, &[]),
        (
            r#"#[doc = "Two words"] #[cfg(test)] mod tests { const A: &str = "Two words"; }"#,
            &[],
        ),
        (
            "//! Two words\n/// Two \"words\"\nfn f() { debug_assert!(a, \"Two words\") }",
            &[],
        ),
        (
            r#"tracing::info!(?doubt, "two words"); say("two words")"#,
            &["two words"],
        ),
    ] {
        let found = Source::new("a.rs", code).words();
        let found: Vec<_> = found.iter().map(|(_, text)| &**text).collect();
        assert_eq!(found, words, "{code}");
    }
}

#[test]
fn calls_that_ask_for_messages_are_found() {
    let call = |id: Option<&str>, args: &[&str]| Call {
        line: 1,
        id: id.map(str::to_owned),
        args: args.iter().map(ToString::to_string).collect(),
    };
    for (code, calls) in [
        (
            r#"locale.text("a-b", args![])"#,
            vec![call(Some("a-b"), &[])],
        ),
        (r#"locale.html("a", &[])"#, vec![call(Some("a"), &[])]),
        (
            r#"html! { p { (self.html("a", args![one, two = f(x, y)])) } }"#,
            vec![call(Some("a"), &["one", "two"])],
        ),
        ("locale.text(id, args![one])", vec![call(None, &["one"])]),
        ("value.text(report)", vec![]),
        ("#[cfg(test)] fn f() { l.text(\"a\") }", vec![]),
    ] {
        assert_eq!(Source::new("a.rs", code).calls(), calls, "{code}");
    }
}
