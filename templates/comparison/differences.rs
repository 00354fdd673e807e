//! What two texts of one comparison say differently, field by field, in words for readers.

use super::{Comparison, Tool};

/// A field that two comparisons fill differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which one, such as "Headline" or "Axolotl: entry price".
    pub field: String,
    /// What the first says; empty if nothing.
    pub before: String,
    /// What the second says; empty if nothing.
    pub now: String,
}

/// Characters in a line of prose, as it is compared and shown.
const ENDLESS: usize = usize::MAX;

impl Comparison {
    /// What `now` says differently. The day and the votes are no difference.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let (before, now) = (self.said(), now.said());
        let mut fields: Vec<&String> = before.iter().map(|(field, _)| field).collect();
        fields.extend(now.iter().map(|(field, _)| field));
        let mut seen = Vec::new();
        for field in fields {
            if !seen.contains(&field) {
                seen.push(field);
            }
        }
        let of = |said: &[(String, String)], field: &String| {
            let found = said.iter().find(|(one, _)| one == field);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        seen.into_iter()
            .map(|field| Difference {
                field: field.clone(),
                before: of(&before, field),
                now: of(&now, field),
            })
            .filter(|difference| difference.before != difference.now)
            .collect()
    }

    /// Everything that it says, by field. No field comes twice.
    fn said(&self) -> Vec<(String, String)> {
        let mut said = vec![
            ("Headline".to_owned(), self.title.clone()),
            ("Question".to_owned(), self.question.clone()),
            ("Introduction".to_owned(), self.intro.to_text(ENDLESS)),
        ];
        for (letter, tool) in ["A", "B"].into_iter().zip(&self.tools) {
            let fields = tool.said();
            said.extend(
                fields
                    .into_iter()
                    .map(|(field, text)| (format!("{letter}, {field}"), text)),
            );
        }
        said
    }
}

impl Tool {
    fn said(&self) -> Vec<(String, String)> {
        let price = self.price.entry.label();
        let price = match &self.price.note {
            Some(note) => format!("{price}. {note}"),
            None => price.to_owned(),
        };
        let mut said = vec![
            ("name".to_owned(), self.name.clone()),
            ("maker".to_owned(), self.maker.clone()),
            ("category".to_owned(), self.category.clone()),
            ("in one line".to_owned(), self.tagline.clone()),
            ("entry price".to_owned(), price),
            ("address".to_owned(), self.url.clone()),
            ("description".to_owned(), self.description.to_text(ENDLESS)),
        ];
        for (number, fact) in (1..).zip(&self.facts) {
            let source = fact.source.iter().map(|source| format!(" ({source})"));
            let text = fact.text.clone() + &source.collect::<String>();
            said.push((format!("fact {number}"), text));
        }
        for review in &self.reviews {
            let text = format!("{}: “{}”", review.verdict.into_str(), review.quote);
            said.push((format!("review by the {}", review.reviewer), text));
        }
        said
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
