//! Finds the word that a misspelled one probably stands for.

/// The candidate that differs from the word in a few letters, or the only one that begins with it.
pub fn closest<'c, I>(word: &str, candidates: I) -> Option<&'c str>
where
    I: IntoIterator<Item = &'c str>,
    I::IntoIter: Clone,
{
    let word = word.trim().to_lowercase();
    let candidates = candidates.into_iter();
    nearest(&word, candidates.clone()).or_else(|| completed(&word, candidates))
}

fn completed<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let mut fitting =
        candidates.filter(|candidate| word.len() > 2 && candidate.to_lowercase().starts_with(word));
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    // More than one slip in three letters makes a guess worthless.
    let allowed = (length / 3).max(1);
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(word, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= allowed && *distance < candidate.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `, did you mean …?` for the end of a message, or an empty string.
pub(crate) fn did_you_mean<'c, I>(word: &str, candidates: I) -> String
where
    I: IntoIterator<Item = &'c str>,
    I::IntoIter: Clone,
{
    closest(word, candidates).map_or_else(String::new, |found| format!(", did you mean `{found}`?"))
}

/// Joins the words: "`a`, `b` and `c`".
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_words_are_suggested() {
        let words = ["reviewer", "verdict", "quote", "url"];
        assert_eq!(closest("revewer", words), Some("reviewer"));
        assert_eq!(closest("Verdict", words), Some("verdict"));
        assert_eq!(closest("vedrict", words), Some("verdict"));
        assert_eq!(closest("uri", words), Some("url"));
        assert_eq!(closest("rev", words), Some("reviewer"));
        assert_eq!(closest("rev", ["review", "reviewer"]), None);
        assert_eq!(closest("price", words), None);
        assert_eq!(closest("", ["a"]), None);
        assert_eq!(closest("b", ["a"]), None);
    }
}
