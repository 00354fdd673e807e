//! The words in which releases before version 14 of the tables stored corrections.

/// A field, its value as sent, and its value now.
type Row = (String, String, String);

/// The words for entry prices, and their values.
const PRICES: [(&str, &str); 6] = [
    ("Free trial", "trial"),
    ("Freemium", "freemium"),
    ("Free", "free"),
    ("Paid", "paid"),
    ("Open weights", "open-weights"),
    ("Open source", "open-source"),
];

/// One correction as data: two fields where the words held two values. Data and unknown words stay as they are.
pub(super) fn to_data(field: &str, sent: &str, now: &str) -> Vec<Row> {
    let data = match field {
        "Headline" => one("title", sent, now),
        "Question" => one("question", sent, now),
        "Introduction" => one("intro", sent, now),
        _ => match field.split_once(", ") {
            Some(("A", of_tool)) => tool_field("tools.a", of_tool, sent, now),
            Some(("B", of_tool)) => tool_field("tools.b", of_tool, sent, now),
            _ => None,
        },
    };
    data.unwrap_or_else(|| vec![(field.to_owned(), sent.to_owned(), now.to_owned())])
}

fn tool_field(tool: &str, field: &str, sent: &str, now: &str) -> Option<Vec<Row>> {
    let key = match field {
        "name" | "maker" | "category" | "description" => field,
        "in one line" => "tagline",
        "address" => "url",
        "entry price" => {
            let keys = [format!("{tool}.price"), format!("{tool}.price_note")];
            return two(keys, price, sent, now);
        }
        _ => {
            if let Some(number) = field.strip_prefix("fact ") {
                let keys = ["text", "source"].map(|part| format!("{tool}.facts.{number}.{part}"));
                return two(keys, fact, sent, now);
            }
            let role = field.strip_prefix("review by the ")?;
            let keys = ["verdict", "quote"].map(|part| format!("{tool}.reviews.{role}.{part}"));
            return two(keys, review, sent, now);
        }
    };
    one(&format!("{tool}.{key}"), sent, now)
}

fn one(key: &str, sent: &str, now: &str) -> Option<Vec<Row>> {
    Some(vec![(key.to_owned(), sent.to_owned(), now.to_owned())])
}

/// Cuts both texts into the values of two fields, and keeps the fields that differ.
fn two(
    keys: [String; 2],
    cut: fn(&str) -> Option<(&str, &str)>,
    sent: &str,
    now: &str,
) -> Option<Vec<Row>> {
    let (sent, now) = match (sent, now) {
        ("", now) => (("", ""), cut(now)?),
        (sent, "") => (cut(sent)?, ("", "")),
        (sent, now) => (cut(sent)?, cut(now)?),
    };
    let [first, second] = keys;
    let rows = [(first, sent.0, now.0), (second, sent.1, now.1)];
    let rows = rows.into_iter().filter(|(_, sent, now)| sent != now);
    Some(
        rows.map(|(key, sent, now)| (key, sent.to_owned(), now.to_owned()))
            .collect(),
    )
}

/// Such as "Free" or "Free. Up to three seats".
fn price(text: &str) -> Option<(&str, &str)> {
    let (word, note) = text.split_once(". ").unwrap_or((text, ""));
    let &(_, value) = PRICES.iter().find(|(known, _)| *known == word)?;
    Some((value, note))
}

/// Such as "Runs on phones" or "Runs on phones (https://hub.example.net/llama)".
fn fact(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(')').unwrap_or_default();
    let Some(at) = inside.rfind(" (http") else {
        return Some((text, ""));
    };
    Some((&text[..at], &inside[at + " (".len()..]))
}

/// Such as "ship: “It fits my card.”".
fn review(text: &str) -> Option<(&str, &str)> {
    let (verdict, quote) = text.split_once(": “")?;
    let known = ["ship", "skip"].contains(&verdict);
    known.then_some((verdict, quote.strip_suffix('”')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(field: &str, sent: &str, now: &str) -> String {
        let rows = to_data(field, sent, now);
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(field, sent, now)| format!("{field}: {sent} → {now}"))
            .collect();
        rows.join("\n")
    }

    #[test]
    fn the_words_of_earlier_releases_become_data() {
        for (field, sent, now, want) in [
            ("Headline", "A vs B", "B vs A", "title: A vs B → B vs A"),
            ("Introduction", "x", "", "intro: x → "),
            ("A, in one line", "x", "y", "tools.a.tagline: x → y"),
            ("B, address", "x", "y", "tools.b.url: x → y"),
            (
                "A, entry price",
                "Free",
                "Paid",
                "tools.a.price: free → paid",
            ),
            (
                "A, entry price",
                "Free. 3 seats",
                "Free trial. 3 seats. Then 5 a month",
                "tools.a.price: free → trial\ntools.a.price_note: 3 seats → 3 seats. Then 5 a month",
            ),
            (
                "B, fact 2",
                "",
                "Fast (very) (https://example.com/a_(b))",
                "tools.b.facts.2.text:  → Fast (very)\n\
                 tools.b.facts.2.source:  → https://example.com/a_(b)",
            ),
            (
                "B, fact 1",
                "Fast (very)",
                "Fast",
                "tools.b.facts.1.text: Fast (very) → Fast",
            ),
            (
                "A, review by the builder",
                "ship: “It ships: “now”.”",
                "skip: “It ships: “now”.”",
                "tools.a.reviews.builder.verdict: ship → skip",
            ),
        ] {
            assert_eq!(data(field, sent, now), want);
        }
    }

    #[test]
    fn data_and_unknown_words_stay() {
        for field in [
            "title",
            "pick",
            "tools.a.price",
            "A, colour",
            "C, name",
            "A, entry price",
        ] {
            assert_eq!(data(field, "Barter", "y"), format!("{field}: Barter → y"));
        }
    }
}
