//! Guards the catalogues: they are complete, the code and they agree, and no words are left in the code.

use std::collections::BTreeSet;
use std::path::Path;

use super::check::{Definitions, mistakes};
use super::sources::{Call, Source, sources};
use super::{CATALOGUES, ENGLISH};

/// Languages whose translation is not finished.
const INCOMPLETE: [&str; 0] = [];

/// Files and folders whose words are still in the code. It only gets shorter.
const NOT_MOVED: [&str; 0] = [];

/// Files that hold words, but none for readers: a font's name, the style of mails, names of <https://schema.org>, and
/// what `verdict check` tells of an issue.
const NO_TEXTS: [&str; 5] = [
    "card.rs",
    "mail/style.rs",
    "pages/schema.rs",
    "prose.rs",
    "prose/parse.rs",
];

fn templates() -> Vec<Source> {
    sources(Path::new(env!("CARGO_MANIFEST_DIR")))
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let calls = templates()
        .into_iter()
        .chain(sources(&root))
        .flat_map(|source| {
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
    let mut left = BTreeSet::new();
    let mut wrong = Vec::new();
    for source in templates() {
        let words = source.words();
        if words.is_empty() || is_in(&NO_TEXTS, &source.path) {
            continue;
        }
        match NOT_MOVED
            .iter()
            .find(|start| source.path.starts_with(**start))
        {
            Some(start) => drop(left.insert(*start)),
            None => wrong.extend(
                words
                    .iter()
                    .map(|(line, text)| format!("{}:{line}: {text:?}", source.path)),
            ),
        }
    }
    assert!(
        wrong.is_empty(),
        "these words belong into templates/locales/en.ftl:\n{}",
        wrong.join("\n")
    );
    let moved: Vec<_> = NOT_MOVED
        .iter()
        .filter(|start| !left.contains(**start))
        .collect();
    assert!(
        moved.is_empty(),
        "moved, so no longer for NOT_MOVED: {moved:?}"
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
