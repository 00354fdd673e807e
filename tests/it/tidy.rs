//! The tree keeps the rules of docs/ARCHITECTURE.md and CONTRIBUTING.md: what may import what, where SQL lives, how
//! long a file may be, and what no file may hold. Each rule is a function from one file to its breaches, with a test
//! on text that breaks it.

mod code;
mod docs;
mod rooms;
mod sample;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use code::code;

/// Allowed imports within one layer; together they form no circle.
const SIDEWAYS: [(&str, &str); 4] = [
    ("catcher", "clock"),
    ("config", "schedule"),
    ("delivery", "edition"),
    ("toml_source", "findings"),
];

/// Imports that go down but are forbidden.
const FORBIDDEN: [(&str, &str); 1] = [("web", "smtp")];

/// The longest that a file may be.
const MOST_LINES: usize = 500;

/// Names that tell nothing about the content.
const EMPTY_NAMES: [&str; 6] = ["utils", "helpers", "common", "manager", "models", "misc"];

/// Domains for samples (RFC 2606 §3), with those below them.
const SAMPLE_DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

/// Other domains that a test needs for their form: an A-label that decodes to nothing.
const OTHER_DOMAINS: [&str; 1] = ["xn--a.com"];

/// A text file, its path relative to the repository.
struct Source {
    path: String,
    text: String,
}

/// Lines that break a rule, each with what is wrong.
type Breaches = Vec<(usize, String)>;

#[test]
fn imports_go_down_only() {
    let architecture = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let layers = layers(&architecture);
    assert_tidy(|source| wrong_imports(source, &layers));
}

#[test]
fn the_files_of_a_room_form_no_circle() {
    let circles = rooms::Imports::of(&sources()).circles();
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn the_pure_crates_import_no_other() {
    assert_tidy(wrong_crates);
}

#[test]
fn only_the_store_imports_its_library() {
    assert_tidy(sql_outside_the_store);
}

#[test]
fn no_file_is_too_long() {
    assert_tidy(too_long);
}

#[test]
fn every_name_is_meaningful() {
    assert_tidy(empty_name);
}

#[test]
fn every_file_that_the_docs_name_exists() {
    assert_tidy(docs::missing_files);
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    assert_tidy(machine_paths);
}

#[test]
fn samples_write_to_nobody() {
    assert_tidy(real_addresses);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Checks every text file of the repository, and reports every breach by file and line.
fn assert_tidy(rule: impl Fn(&Source) -> Breaches) {
    let sources = sources();
    let mut report = String::new();
    for source in &sources {
        for (line, wrong) in rule(source) {
            let _ = writeln!(report, "{}:{line}: {wrong}", source.path);
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// Every text file of the repository.
fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(root(), &mut sources);
    assert!(sources.len() > 100, "the tree was not read");
    sources
}

/// Reads a folder, except what is not ours: the history, build output, Cargo's lock files and the seeds of fuzzing.
fn collect(folder: &Path, sources: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let relative = path.strip_prefix(root()).unwrap();
        let relative = relative.to_str().unwrap().replace('\\', "/");
        let name = relative.rsplit('/').next().unwrap_or_default();
        let of_fuzzing = relative.starts_with("fuzz/") && ["corpus", "artifacts"].contains(&name);
        if [".git", "target", "Cargo.lock"].contains(&name) || of_fuzzing {
            continue;
        }
        if path.is_dir() {
            collect(&path, sources);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            sources.push(Source {
                path: relative,
                text,
            });
        }
    }
}

/// The layers of the architecture's drawing, by module; 0 is the top. A line of the drawing lists modules and, after
/// a gap, describes them.
fn layers(architecture: &str) -> HashMap<&str, usize> {
    let (_, section) = architecture.split_once("\n## Layers\n").unwrap();
    let drawing = section.split("```").nth(1).unwrap();
    let lines = drawing.trim().lines().enumerate();
    lines
        .flat_map(|(layer, line)| {
            let modules = line.split("    ").next().unwrap_or_default();
            modules
                .split_whitespace()
                .map(move |module| (module, layer))
        })
        .collect()
}

fn wrong_imports(source: &Source, layers: &HashMap<&str, usize>) -> Breaches {
    let code = code(&source.text);
    let Some(from) = module_of(&source.path) else {
        return Breaches::new();
    };
    let wrong = |to: &str| {
        let (Some(above), Some(below)) = (layers.get(from), layers.get(to)) else {
            return Some(format!(
                "`{from}` imports `{to}`: the drawing in docs/ARCHITECTURE.md lacks one of them"
            ));
        };
        let edge = (from, to);
        let allowed = from == to
            || above < below && !FORBIDDEN.contains(&edge)
            || above == below && SIDEWAYS.contains(&edge);
        (!allowed).then(|| {
            format!("`{from}` must not import `{to}`: imports go down only (docs/ARCHITECTURE.md)")
        })
    };
    imports(&code)
        .into_iter()
        .filter_map(|(line, to)| wrong(&to).map(|wrong| (line, wrong)))
        .collect()
}

fn wrong_crates(source: &Source) -> Breaches {
    let ours = ["subscribers", "templates", "verdict"];
    let (folder, _) = source.path.split_once('/').unwrap_or_default();
    if !ours.contains(&folder) || !source.path.ends_with(".rs") {
        return Breaches::new();
    }
    let code = code(&source.text);
    let others = ours.iter().filter(|name| **name != folder);
    let wrong = format!("`{folder}` must not import our other crates");
    others
        .flat_map(|name| lines_with(&code, &format!("{name}::")))
        .map(|line| (line, wrong.clone()))
        .collect()
}

/// The top-level module of a file in `src`.
fn module_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let module = path.split('/').next()?;
    (module != "lib").then_some(module)
}

/// The names right after `crate::`, with their lines.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let at = at + start.len();
        for item in items(&code[at..]) {
            let name = code[at + item..].split(|c: char| !is_word(c)).next();
            let line = line_of(code, at + item);
            match name.unwrap_or_default() {
                "self" => {}
                name => found.push((line, name.to_owned())),
            }
        }
    }
    found
}

/// Where the items of a use tree begin: one, or each at the first level of its braces.
fn items(tree: &str) -> Vec<usize> {
    if !tree.starts_with('{') {
        return vec![0];
    }
    let (mut depth, mut fresh, mut starts) = (0, false, Vec::new());
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match c {
            _ if depth == 0 => break,
            '{' | ',' if depth == 1 => fresh = true,
            c if fresh && is_word(c) => {
                starts.push(at);
                fresh = false;
            }
            _ => {}
        }
    }
    starts
}

fn sql_outside_the_store(source: &Source) -> Breaches {
    let is_store = source.path == "src/store.rs" || source.path.starts_with("src/store/");
    if is_store || !source.path.ends_with(".rs") {
        return Breaches::new();
    }
    lines_with(&code(&source.text), "sqlx")
        .into_iter()
        .map(|line| (line, "only src/store may use sqlx".to_owned()))
        .collect()
}

fn too_long(source: &Source) -> Breaches {
    let folders = ["src/", "subscribers/", "templates/", "tests/"];
    let is_ours = folders.iter().any(|folder| source.path.starts_with(folder));
    let is_code = [".rs", ".sql", ".css"]
        .iter()
        .any(|end| source.path.ends_with(end));
    let lines = source.text.lines().count();
    let wrong = format!("{lines} lines: past {MOST_LINES}, split by meaning");
    let breach = is_ours && is_code && lines > MOST_LINES;
    breach
        .then_some((MOST_LINES + 1, wrong))
        .into_iter()
        .collect()
}

fn empty_name(source: &Source) -> Breaches {
    let mut breaches = Breaches::new();
    for part in source.path.split('/') {
        let stem = part.split('.').next().unwrap_or_default();
        if EMPTY_NAMES.contains(&stem) {
            breaches.push((1, format!("`{stem}` does not say what is inside")));
        }
        if part == "mod.rs" {
            breaches.push((1, "a module is `name.rs` beside `name/`".to_owned()));
        }
    }
    breaches
}

fn machine_paths(source: &Source) -> Breaches {
    let mut breaches = Breaches::new();
    for folder in ["work", "tmp", "root"] {
        let wanted = format!("/{folder}/");
        for (at, _) in source.text.match_indices(&wanted) {
            let before = source.text[..at].chars().next_back();
            let goes_on = before.is_some_and(|c| is_word(c) || "./-}*".contains(c));
            if !goes_on {
                let line = line_of(&source.text, at);
                breaches.push((line, format!("`{wanted}` is a path of one machine")));
            }
        }
    }
    breaches
}

fn real_addresses(source: &Source) -> Breaches {
    let kinds = [".toml", ".csv", ".md", ".rs"];
    if !kinds.iter().any(|end| source.path.ends_with(end)) {
        return Breaches::new();
    }
    let text = source.text.to_lowercase();
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let domain = domain_at(&text[at + 1..])?;
            let wrong = format!("`@{domain}` may be a real address: use example.com, .net or .org");
            (!is_sample(domain)).then(|| (line_of(&text, at), wrong))
        })
        .collect()
}

/// The domain at the start of a lower-case text, if it looks like one that could take mail.
fn domain_at(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(['.', '-']);
    let labels: Vec<_> = domain.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let (top, below) = labels.split_last()?;
    let is_top = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    (!below.is_empty() && is_top && labels.iter().all(is_label)).then_some(domain)
}

fn is_sample(domain: &str) -> bool {
    let is_or_is_below = |sample: &&str| {
        let rest = domain.strip_suffix(sample);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    SAMPLE_DOMAINS.iter().any(is_or_is_below) || OTHER_DOMAINS.contains(&domain)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn lines_with(text: &str, word: &str) -> Vec<usize> {
    let found = text.match_indices(word);
    found.map(|(at, _)| line_of(text, at)).collect()
}

/// The lines of a text at this path that break a rule.
fn lines(rule: impl Fn(&Source) -> Breaches, path: &str, text: &str) -> Vec<usize> {
    let source = Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    rule(&source).into_iter().map(|(line, _)| line).collect()
}

#[test]
fn an_import_that_goes_up_or_sideways_is_found() {
    let drawing = "\n## Layers\n\n```\nmain\nweb\nsend  desk     stages\nsmtp  store   x\nconfig  schedule\n```\n";
    let layers = layers(drawing);
    let wrong = |path: &str, text: &str| lines(|source| wrong_imports(source, &layers), path, text);
    for (path, text, found) in [
        (
            "src/web.rs",
            "use crate::send;\nuse crate::store::Tx;",
            &[][..],
        ),
        ("src/web/feed.rs", "use crate::web::page;", &[]),
        ("src/config.rs", "use crate::schedule;", &[]),
        ("src/schedule.rs", "use crate::config;", &[1]),
        ("src/store.rs", "\nuse crate::send;", &[2]),
        (
            "src/delivery/rate_limiter.rs",
            "\n\nuse crate::outbox::recover;",
            &[3],
        ),
        ("src/web.rs", "use crate::smtp;", &[1]),
        ("src/store.rs", "fn f() { crate::web::g() }", &[1]),
        ("src/store.rs", "$crate::web::g()", &[1]),
        (
            "src/store.rs",
            "use crate::{\n    config::{self, web},\n    store::{desk, send},\n    web,\n};\nlet smtp = {};",
            &[4],
        ),
        ("src/store.rs", "use crate::{self as us, newcomer};", &[1]),
        ("src/store.rs", "use crate::*;", &[1]),
        (
            "src/store.rs",
            "// use crate::web;\nlet a = \"crate::web\";",
            &[],
        ),
        ("src/lib.rs", "pub use crate::anything;", &[]),
        ("tests/it/web.rs", "use crate::database;", &[]),
        ("subscribers/token.rs", "use crate::address;", &[]),
    ] {
        assert_eq!(wrong(path, text), found, "{path}: {text}");
    }
}

#[test]
fn a_pure_crate_that_imports_another_is_found() {
    for (path, text, found) in [
        ("subscribers/token.rs", "\nuse templates::page;", &[2][..]),
        ("templates/page.rs", "use verdict::web;", &[1]),
        ("templates/page.rs", "// subscribers::address", &[]),
        ("templates/page.rs", "use crate::prose;", &[]),
        ("src/web.rs", "use subscribers::token;", &[]),
    ] {
        assert_eq!(lines(wrong_crates, path, text), found, "{path}: {text}");
    }
}

#[test]
fn the_stores_library_is_found_elsewhere() {
    let text = "// sqlx\nlet a = \"sqlx\";\nuse sqlx::Any;\n";
    assert_eq!(lines(sql_outside_the_store, "src/delivery.rs", text), [3]);
    assert_eq!(lines(sql_outside_the_store, "src/storehouse.rs", text), [3]);
    for path in ["src/store.rs", "src/store/votes.rs", "Cargo.toml"] {
        assert!(lines(sql_outside_the_store, path, text).is_empty());
    }
}

#[test]
fn a_long_file_and_an_empty_name_are_found() {
    let longest = "//\n".repeat(MOST_LINES);
    assert!(lines(too_long, "src/a.rs", &longest).is_empty());
    let longer = format!("{longest}//\n");
    assert_eq!(lines(too_long, "src/a.rs", &longer), [501]);
    assert!(lines(too_long, "issues/a.toml", &longer).is_empty());
    for path in ["src/web/utils.rs", "src/common/a.rs", "src/web/mod.rs"] {
        assert_eq!(lines(empty_name, path, ""), [1], "{path}");
    }
    assert!(lines(empty_name, "src/commonwealth.rs", "").is_empty());
}

#[test]
fn a_path_of_one_machine_is_found() {
    for folder in ["work", "tmp", "root"] {
        let path = format!("/{folder}/x");
        let text = format!("see\n{path} and `{path}`");
        assert_eq!(lines(machine_paths, "docs/a.md", &text), [2, 2]);
        let inner = format!("https://example.com{path} a{path} ${{TMPDIR:-/{folder}}}/x");
        assert!(lines(machine_paths, "docs/a.md", &inner).is_empty());
    }
}

#[test]
fn an_address_outside_the_sample_domains_is_found() {
    for (domain, is_wrong) in [
        ("example.com", false),
        ("News.Example.org", false),
        ("gmail.com", true),
        ("myexample.com", true),
        ("example.com.au", true),
        ("mail.example.co", true),
        ("host", false),
        ("example..com", false),
        ("media", false),
        ("1.2", false),
    ] {
        let text = format!("ada@{domain}, <ben@{domain}>");
        let found = lines(real_addresses, "subscribers/a.csv", &text);
        assert_eq!(found.len(), if is_wrong { 2 } else { 0 }, "{domain}");
    }
}
