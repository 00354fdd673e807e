//! The column of a table that names the lists each person is on.

/// Where the names stand, and what is between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership {
    pub(super) at: usize,
    pub(super) names: fn(&str) -> Names<'_>,
}

/// The lists that a cell names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Names<'a> {
    Each(Vec<&'a str>),
    /// One name, or several with nothing but spaces between them.
    Unclear(&'a str),
}

/// Whether a person is on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IsOn {
    Yes,
    No,
    /// The cell contains the name of the list, but possibly as part of another name.
    Unclear,
}

/// phpList ends each name with `; `, and earlier releases with a space, which is also in names.
pub(super) fn phplist(cell: &str) -> Names<'_> {
    let separators = [';', '\n'];
    match cell.trim() {
        "No Lists" => Names::Each(Vec::new()),
        names if names.contains(separators) => split(names, &separators),
        name if name.contains(char::is_whitespace) => Names::Unclear(name),
        name => split(name, &separators),
    }
}

/// Names with commas between them.
pub(super) fn commas(cell: &str) -> Names<'_> {
    split(cell, &[','])
}

fn split<'a>(cell: &'a str, separators: &[char]) -> Names<'a> {
    let names = cell.split(separators).map(str::trim);
    Names::Each(names.filter(|name| !name.is_empty()).collect())
}

impl Membership {
    /// Whether this cell names the list. A name with separators in it is found as well.
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
    /// The names, or what stands in their place.
    pub(super) fn into_vec(self) -> Vec<&'a str> {
        match self {
            Self::Each(names) => names,
            Self::Unclear(name) => vec![name],
        }
    }
}

/// Whether a list is named by a cell in which spaces may be within names, or between them.
fn among_words(cell: &str, list: &str) -> IsOn {
    let [words, wanted]: [Vec<&str>; 2] =
        [cell, list].map(|text| text.split_whitespace().collect());
    if words == wanted {
        IsOn::Yes
    } else if has(&words, &wanted) {
        IsOn::Unclear
    } else {
        IsOn::No
    }
}

/// True if these stand one behind another among them.
fn has(names: &[&str], wanted: &[&str]) -> bool {
    !wanted.is_empty() && names.windows(wanted.len()).any(|some| some == wanted)
}
