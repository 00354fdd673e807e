//! The column with the lists that a person is on.

/// The place of the column, and how to split its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership {
    pub(super) at: usize,
    pub(super) names: fn(&str) -> Names<'_>,
}

/// The lists in a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Names<'a> {
    Each(Vec<&'a str>),
    /// One name, or several with only spaces between them.
    Unclear(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IsOn {
    Yes,
    No,
    /// The cell contains the name of the list, perhaps as part of another name.
    Unclear,
}

/// phpList ends each name with `; `. Older releases end it with a space, which names can contain too.
pub(super) fn phplist(cell: &str) -> Names<'_> {
    let separators = [';', '\n'];
    match cell.trim() {
        "No Lists" => Names::Each(Vec::new()),
        names if names.contains(separators) => split(names, &separators),
        name if name.contains(char::is_whitespace) => Names::Unclear(name),
        name => split(name, &separators),
    }
}

pub(super) fn commas(cell: &str) -> Names<'_> {
    split(cell, &[','])
}

fn split<'a>(cell: &'a str, separators: &[char]) -> Names<'a> {
    let names = cell.split(separators).map(str::trim);
    Names::Each(names.filter(|name| !name.is_empty()).collect())
}

impl Membership {
    /// Whether this cell contains the list, even if the list's name contains separators.
    pub(super) fn is_on(&self, cell: &str, list: &str) -> IsOn {
        let wanted = (self.names)(list).into_vec();
        match (self.names)(cell) {
            Names::Each(names) if has(&names, &wanted) => IsOn::Yes,
            Names::Each(_) => IsOn::No,
            Names::Unclear(cell) => among_words(cell, list),
        }
    }
}

impl<'a> Names<'a> {
    pub(super) fn into_vec(self) -> Vec<&'a str> {
        match self {
            Self::Each(names) => names,
            Self::Unclear(name) => vec![name],
        }
    }
}

/// Looks for a list in a cell whose spaces may be within names or between them.
fn among_words(cell: &str, list: &str) -> IsOn {
    let [words, wanted] = [cell, list].map(|text| text.split_whitespace().collect::<Vec<_>>());
    match has(&words, &wanted) {
        _ if words == wanted => IsOn::Yes,
        true => IsOn::Unclear,
        false => IsOn::No,
    }
}

/// True if the names contain these, one after another.
fn has(names: &[&str], wanted: &[&str]) -> bool {
    !wanted.is_empty() && names.windows(wanted.len()).any(|some| some == wanted)
}
