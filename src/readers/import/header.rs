//! The header of a table, and the words of a file name.

#[derive(Clone, Debug)]
pub(super) struct Header {
    /// As the file spells them, trimmed.
    pub(super) titles: Vec<String>,
    /// As [`plain`] spells them.
    plain: Vec<String>,
}

impl Header {
    pub(super) fn new(titles: Vec<String>) -> Self {
        let plain = titles.iter().map(|title| plain(title)).collect();
        Self { titles, plain }
    }

    /// The place of the column with the first of these titles that exists. Case, spaces and punctuation do not
    /// matter.
    pub(super) fn find(&self, titles: &[&str]) -> Option<usize> {
        let place = |title: &&str| {
            let wanted = plain(title);
            self.plain.iter().position(|found| *found == wanted)
        };
        titles.iter().find_map(place)
    }

    /// True if all of these columns exist.
    pub(super) fn has(&self, titles: &[&str]) -> bool {
        titles.iter().all(|title| self.find(&[title]).is_some())
    }

    /// The places of those columns that exist.
    pub(super) fn all(&self, titles: &[&str]) -> Vec<usize> {
        let places = titles.iter().filter_map(|title| self.find(&[title]));
        places.collect()
    }

    /// The places of the columns whose plain title passes the test.
    pub(super) fn which(&self, test: impl Fn(&str) -> bool) -> Vec<usize> {
        let plain = self.plain.iter().enumerate();
        let found = plain.filter_map(|(at, title)| test(title).then_some(at));
        found.collect()
    }

    /// True if the titles are these and no others, in any order.
    pub(super) fn is(&self, titles: &[&str]) -> bool {
        self.plain.len() == titles.len() && self.has(titles)
    }
}

/// In lower case, with one `_` between words.
fn plain(title: &str) -> String {
    words(title).collect::<Vec<_>>().join("_").to_lowercase()
}

/// Runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// The last part of a path, on any system.
pub(super) fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The words of a file name, in lower case. They show which export it is.
#[derive(Clone, Debug, Default)]
pub(super) struct FileWords(Vec<String>);

impl FileWords {
    /// The last part of a path has the words that count.
    pub(super) fn of(path: &str) -> Self {
        Self(words(last_part(path)).map(str::to_lowercase).collect())
    }

    /// True if the name has one of these words.
    pub(super) fn any(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|word| wanted.contains(&word.as_str()))
    }
}
