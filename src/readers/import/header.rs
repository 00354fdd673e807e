//! The header of a table, and what a file's name says.

/// The titles of the columns.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// As the file spells them, trimmed.
    pub(super) titles: Vec<String>,
    plain: Vec<String>,
}

impl Header {
    pub(super) fn new(titles: Vec<String>) -> Self {
        let plain = titles.iter().map(|title| plain(title)).collect();
        Self { titles, plain }
    }

    /// The place of the column with the first of these titles that there is; letter case, spaces and signs do
    /// not matter.
    pub(super) fn find(&self, titles: &[&str]) -> Option<usize> {
        let place = |title: &&str| {
            let wanted = plain(title);
            self.plain.iter().position(|found| *found == wanted)
        };
        titles.iter().find_map(place)
    }

    /// True if all of these are there.
    pub(super) fn has(&self, titles: &[&str]) -> bool {
        titles.iter().all(|title| self.find(&[title]).is_some())
    }

    /// The places of the columns that are there of these.
    pub(super) fn all(&self, titles: &[&str]) -> Vec<usize> {
        titles
            .iter()
            .filter_map(|title| self.find(&[title]))
            .collect()
    }

    /// The places of the columns whose plain title the test takes.
    pub(super) fn which(&self, test: impl Fn(&str) -> bool) -> Vec<usize> {
        let plain = self.plain.iter().enumerate();
        plain
            .filter(|(_, title)| test(title))
            .map(|(at, _)| at)
            .collect()
    }

    /// True if the titles are these and no others, in any order.
    pub(super) fn is(&self, titles: &[&str]) -> bool {
        self.plain.len() == titles.len() && self.has(titles)
    }
}

/// Lower case, with one `_` for whatever is neither letter nor digit.
fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

/// The words of a file's name, in lower case: exports are told apart by them.
#[derive(Clone, Debug)]
pub(super) struct FileWords(Vec<String>);

impl FileWords {
    pub(super) fn of(name: &str) -> Self {
        let words = name.split(|c: char| !c.is_alphanumeric());
        Self(
            words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect(),
        )
    }

    /// True if one of these is among them.
    pub(super) fn any(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|word| wanted.contains(&word.as_str()))
    }
}
