//! Compares two versions of a comparison field by field, in words for readers.

use super::{Comparison, Tool};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Such as "Headline" or "A, entry price".
    pub field: String,
    /// May be empty.
    pub before: String,
    /// May be empty.
    pub now: String,
}

/// Prose is compared and shown without line breaks.
const ENDLESS: usize = usize::MAX;

impl Comparison {
    /// The differences from `now`, except for the day and the votes.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let (before, now) = (self.fields(), now.fields());
        let of = |fields: &[(String, String)], field: &String| {
            let found = fields.iter().find(|(one, _)| one == field);
            found.map(|(_, text)| text.clone())
        };
        let added = now.iter().filter(|(field, _)| of(&before, field).is_none());
        let differences = before.iter().chain(added).map(|(field, _)| Difference {
            field: field.clone(),
            before: of(&before, field).unwrap_or_default(),
            now: of(&now, field).unwrap_or_default(),
        });
        let differences = differences.filter(|one| one.before != one.now);
        differences.collect()
    }

    /// The content by field. No field occurs twice.
    fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("Headline".to_owned(), self.title.clone()),
            ("Question".to_owned(), self.question.clone()),
            ("Introduction".to_owned(), self.intro.to_text(ENDLESS)),
        ];
        for (letter, tool) in ["A", "B"].into_iter().zip(&self.tools) {
            let of_tool = tool.fields().into_iter();
            fields.extend(of_tool.map(|(field, text)| (format!("{letter}, {field}"), text)));
        }
        fields
    }
}

impl Tool {
    fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("name".to_owned(), self.name.clone()),
            ("maker".to_owned(), self.maker.clone()),
            ("category".to_owned(), self.category.clone()),
            ("in one line".to_owned(), self.tagline.clone()),
            ("entry price".to_owned(), self.price.in_words()),
            ("address".to_owned(), self.url.clone()),
            ("description".to_owned(), self.description.to_text(ENDLESS)),
        ];
        for (number, fact) in (1..).zip(&self.facts) {
            let source = fact.source.iter().map(|source| format!(" ({source})"));
            let text = fact.text.clone() + &source.collect::<String>();
            fields.push((format!("fact {number}"), text));
        }
        for review in &self.reviews {
            let text = format!("{}: “{}”", review.verdict.into_str(), review.quote);
            fields.push((format!("review by the {}", review.reviewer), text));
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use crate::comparison::Verdict;
    use crate::fixture;

    #[test]
    fn a_difference_is_named_with_both_texts() {
        let sent = fixture::comparison();
        assert_eq!(sent.differences(&sent), []);
        let mut now = sent.clone();
        now.date = None;
        now.tools[0].community.ship = 99;
        assert_eq!(
            sent.differences(&now),
            [],
            "neither the day nor the votes count"
        );
        now.tools[1].name = "Llama".to_owned();
        now.tools[0].reviews[0].verdict = Verdict::Skip;
        now.tools[0].facts.pop();
        let found = sent.differences(&now);
        let fields: Vec<&str> = found.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["A, fact 2", "A, review by the builder", "B, name"]);
        assert_eq!(
            (found[2].before.as_str(), found[2].now.as_str()),
            ("Llama & Co", "Llama")
        );
        assert!(found[0].now.is_empty() && found[1].now.starts_with("skip: “"));
    }
}
