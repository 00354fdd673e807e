//! Compares two versions of a comparison, field by field, as data: `corrections.rs` makes words of it.

use chrono::NaiveDate;

use super::{Comparison, Pick, Side, Tool};

/// The field of the last day of voting.
pub const VOTING_CLOSES: &str = "voting_closes";

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Names like those of an issue's file, such as `title`, `tools.a.price` or `tools.b.reviews.skeptic.quote`.
    pub field: String,
    /// Empty if there was nothing. A text as it is; else a word of the file, such as `open-weights`, `a` or `ship`,
    /// or a day such as `2026-06-16`.
    pub before: String,
    /// Empty if there is nothing now.
    pub now: String,
}

/// Prose is compared and shown without line breaks.
const ENDLESS: usize = usize::MAX;

impl Comparison {
    /// The differences from `now`, in everything that readers see except the day and the votes.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        // An issue's file need not have the day on which it was sent.
        let (before, now) = (self.fields(self.date), now.fields(self.date));
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
    fn fields(&self, date: Option<NaiveDate>) -> Vec<(String, String)> {
        let last_day = self.last_day_of_voting_from(date);
        let mut fields = vec![
            ("title".to_owned(), self.title.clone()),
            ("question".to_owned(), self.question.clone()),
            ("intro".to_owned(), self.intro.to_text(ENDLESS)),
            (
                "pick".to_owned(),
                self.pick.map_or("", Pick::word).to_owned(),
            ),
            (
                "sample".to_owned(),
                if self.sample { "true" } else { "" }.to_owned(),
            ),
            (
                VOTING_CLOSES.to_owned(),
                last_day.map(|day| day.to_string()).unwrap_or_default(),
            ),
        ];
        for side in Side::BOTH {
            let of_tool = self.tool(side).fields().into_iter();
            let side = side.word();
            fields.extend(of_tool.map(|(field, text)| (format!("tools.{side}.{field}"), text)));
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
            ("tagline".to_owned(), self.tagline.clone()),
            ("price".to_owned(), self.price.entry.into_str().to_owned()),
            (
                "price_note".to_owned(),
                self.price.note.clone().unwrap_or_default(),
            ),
            ("url".to_owned(), self.url.clone()),
            ("description".to_owned(), self.description.to_text(ENDLESS)),
        ];
        for (number, fact) in (1..).zip(&self.facts) {
            fields.push((format!("facts.{number}.text"), fact.text.clone()));
            let source = fact.source.clone().unwrap_or_default();
            fields.push((format!("facts.{number}.source"), source));
        }
        for review in &self.reviews {
            let role = &review.reviewer;
            let verdict = review.verdict.into_str().to_owned();
            fields.push((format!("reviews.{role}.verdict"), verdict));
            fields.push((format!("reviews.{role}.quote"), review.quote.clone()));
        }
        fields
    }
}

impl Pick {
    fn word(self) -> &'static str {
        match self {
            Self::Tool(side) => side.word(),
            Self::Tie => "tie",
        }
    }
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::comparison::{Entry, VOTING_DAYS, Verdict};
    use crate::fixture;

    #[test]
    fn a_difference_is_a_field_with_both_values() {
        let sent = fixture::comparison();
        assert_eq!(sent.differences(&sent), []);
        let mut now = sent.clone();
        now.date = None;
        now.tools[0].community.ship = 99;
        now.voting_closes = sent.date.map(|day| day + Days::new(VOTING_DAYS));
        assert_eq!(
            sent.differences(&now),
            [],
            "neither the day nor the votes count, and the last day of voting is the same"
        );
        now.pick = Some(Pick::Tool(Side::B));
        now.sample = true;
        now.voting_closes = NaiveDate::from_ymd_opt(2026, 6, 10);
        now.tools[0].reviews[0].verdict = Verdict::Skip;
        now.tools[0].facts.pop();
        now.tools[0].price.note = None;
        now.tools[1].name = "Llama".to_owned();
        now.tools[1].price.entry = Entry::OpenSource;
        let found = sent.differences(&now);
        let found: Vec<_> = found
            .iter()
            .map(|one| (&*one.field, &*one.before, &*one.now))
            .collect();
        let [note, fact] = [
            sent.tools[0].price.note.as_deref().unwrap_or_default(),
            &sent.tools[0].facts[1].text,
        ];
        assert_eq!(
            found,
            [
                ("pick", "", "b"),
                ("sample", "", "true"),
                ("voting_closes", "2026-06-16", "2026-06-10"),
                ("tools.a.price_note", note, ""),
                ("tools.a.facts.2.text", fact, ""),
                ("tools.a.reviews.builder.verdict", "ship", "skip"),
                ("tools.b.name", "Llama & Co", "Llama"),
                ("tools.b.price", "open-weights", "open-source"),
            ]
        );
    }
}
