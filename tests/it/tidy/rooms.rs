//! Imports between the files of a folder form no circle. An item of the room itself (`super::Item`) may be used by
//! each of its files.

use std::collections::{BTreeMap, BTreeSet};

use super::code::code;
use super::{Source, is_word};

/// A module's path from the crate's root.
type Module = Vec<String>;

/// For each room, its modules and what each imports.
#[derive(Default)]
pub(super) struct Imports(BTreeMap<Module, BTreeMap<String, BTreeSet<String>>>);

impl Imports {
    pub(super) fn of(sources: &[Source]) -> Self {
        let modules: BTreeSet<Module> = sources.iter().filter_map(module).collect();
        let mut imports = Self::default();
        for source in sources {
            let Some(from) = module(source) else { continue };
            for path in paths(source, &from) {
                let to = (1..=path.len()).rev().map(|end| &path[..end]);
                if let Some(to) = to.into_iter().find(|to| modules.contains(*to)) {
                    imports.add(&from, to);
                }
            }
        }
        imports
    }

    /// Ignores imports between a room and what is inside it, and of a file by itself.
    fn add(&mut self, from: &[String], to: &[String]) {
        let common = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let (Some(a), Some(b)) = (from.get(common), to.get(common)) else {
            return;
        };
        let room = self.0.entry(from[..common].to_vec()).or_default();
        room.entry(a.clone()).or_default().insert(b.clone());
    }

    /// One circle of each room that has one.
    pub(super) fn circles(&self) -> Vec<String> {
        let circle = |(room, edges): (&Module, &BTreeMap<String, BTreeSet<String>>)| {
            let circle = edges.keys().find_map(|start| way_back(edges, start))?;
            Some(format!("{}: {}", room.join("::"), circle.join(" → ")))
        };
        self.0.iter().filter_map(circle).collect()
    }
}

/// The shortest path from a module back to itself.
fn way_back(edges: &BTreeMap<String, BTreeSet<String>>, start: &str) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.to_owned()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in &ways {
            for next in way
                .last()
                .and_then(|last| edges.get(last))
                .into_iter()
                .flatten()
            {
                let mut way = way.clone();
                way.push(next.clone());
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

fn module(source: &Source) -> Option<Module> {
    let path = source.path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let module: Module = path.split('/').map(str::to_owned).collect();
    let is_test = module.last().is_some_and(|name| name == "tests");
    (!is_test && path != "lib" && path != "main").then_some(module)
}

/// The paths that a file names by `crate::` and `super::`, from the crate's root, without its tests.
fn paths(source: &Source, from: &[String]) -> Vec<Module> {
    let code = code(&source.text);
    let code = code.split("mod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("::") {
        let before = &code[..at];
        let start = before.rfind(|c| !is_word(c)).map_or(0, |at| at + 1);
        let base = match &before[start..] {
            "crate" => Vec::new(),
            // `super::super::` is handled at its last `super`.
            "super" if code[at..].starts_with("::super") => continue,
            "super" => {
                let supers = 1 + before[..start].matches_end("super::");
                from[..from.len().saturating_sub(supers)].to_vec()
            }
            _ => continue,
        };
        tree(&code[at + 2..], &base, &mut found);
    }
    found
}

trait MatchesEnd {
    /// How many times in a row the text ends with `part`.
    fn matches_end(&self, part: &str) -> usize;
}

impl MatchesEnd for str {
    fn matches_end(&self, part: &str) -> usize {
        let shorter = self.strip_suffix(part);
        shorter.map_or(0, |shorter| 1 + shorter.matches_end(part))
    }
}

/// The paths of a use tree; returns its length.
fn tree(text: &str, base: &[String], found: &mut Vec<Module>) -> usize {
    if !text.starts_with('{') {
        let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
        let mut path = base.to_vec();
        path.push(text[..end].to_owned());
        if text[end..].starts_with("::") {
            return end + 2 + tree(&text[end + 2..], &path, found);
        }
        found.push(path);
        return end;
    }
    let mut at = 1;
    loop {
        at += text[at..].len()
            - text[at..]
                .trim_start_matches(|c: char| c.is_whitespace() || c == ',')
                .len();
        match text[at..].chars().next() {
            None | Some('}') => return at + 1,
            Some(c) if is_word(c) || c == '{' => at += tree(&text[at..], base, found),
            Some(c) => at += c.len_utf8(),
        }
    }
}

#[test]
fn a_circle_inside_a_room_is_found() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let room = |sail: &str| {
        let sources = [
            source("src/ship.rs", "mod mast;\nmod sail;\nuse self::sail::Sail;"),
            source(
                "src/ship/mast.rs",
                "use super::{Ship, sail::{Rope, Sail}};\nuse crate::sea;",
            ),
            source("src/ship/sail.rs", sail),
            source(
                "src/ship/sail/rope.rs",
                "use super::Rope;\nuse super::super::Ship;",
            ),
            source("src/sea.rs", ""),
        ];
        Imports::of(&sources).circles()
    };
    let circle = ["ship: mast → sail → mast"];
    assert_eq!(room("use super::mast::Mast;"), circle);
    assert_eq!(room("fn f() { crate::ship::mast::g() }"), circle);
    assert_eq!(room("use super::Ship;\n// use super::mast;"), [""; 0]);
    assert_eq!(room("mod tests {\n    use super::mast;\n}"), [""; 0]);
}
