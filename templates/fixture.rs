//! A comparison for this crate's tests, with common pitfalls for templates: characters that HTML
//! escapes, roles that reviewed only one tool, facts with and without a source.

use chrono::NaiveDate;

use crate::comparison::{
    Comparison, Entry, Fact, Headline, Newsletter, Price, Review, Tally, Tool, Verdict,
};
use crate::locale::Locale;
use crate::prose::Prose;

pub(crate) fn newsletter() -> Newsletter {
    Newsletter {
        name: "Verdict & Sons".to_owned(),
        tagline: "Two tools, one panel".to_owned(),
        about: "Every week a panel tries two tools & tells which to ship.".to_owned(),
        accent: None,
        logo: None,
        mail_logo: None,
        postal_address: "Verdict Press\n12 Example Street\n1010 Vienna".to_owned(),
        locale: Locale::default(),
        base_url: "https://verdict.example.org".to_owned(),
        join_url: "https://verdict.example.org/subscribe".to_owned(),
    }
}

/// Builder and skeptic reviewed both, the creator only A, the founder only B.
pub(crate) fn comparison() -> Comparison {
    Comparison {
        slug: "axolotl-vs-llama".to_owned(),
        title: "Axolotl <0.16> vs Llama & Co".to_owned(),
        question: "Which one should you \"ship\" with?".to_owned(),
        intro: Prose::parse("One **makes** a model, the other <is> one.").0,
        date: NaiveDate::from_ymd_opt(2026, 6, 2),
        tools: [axolotl(), llama()],
        pick: None,
        sample: false,
        voting_closes: None,
    }
}

pub(crate) fn headline(title: &str) -> Headline {
    Headline {
        slug: "orca-vs-otter".to_owned(),
        title: title.to_owned(),
    }
}

fn axolotl() -> Tool {
    Tool {
        slug: "axolotl".to_owned(),
        page: None,
        name: "Axolotl <0.16>".to_owned(),
        maker: "Axolotl & friends".to_owned(),
        category: "Developer tool".to_owned(),
        tagline: "Fine-tuning on the card under your desk".to_owned(),
        price: Price {
            entry: Entry::Paid,
            note: Some("The framework is free; the compute is yours to pay for, and it adds up over a year".to_owned()),
        },
        url: "https://axolotl.example.com/?a=1&b=2".to_owned(),
        description: Prose::parse("A framework with [notes](https://axolotl.example.com/notes).\n\n- fast\n- frugal").0,
        facts: vec![
            fact("15x faster training with adapters", Some("https://axolotl.example.com/notes?v=0.16&full=1")),
            fact("40x less memory for the same job, as measured by the maker on hardware of the maker's own choice", None),
        ],
        reviews: vec![
            review("builder", Verdict::Ship, "It fits <my> card."),
            review("skeptic", Verdict::Ship, "Verify the benchmarks on your own hardware before you plan anything around them, please."),
            review("creator", Verdict::Skip, "Deep developer territory."),
        ],
        community: Tally { ship: 27, skip: 14 },
    }
}

fn llama() -> Tool {
    Tool {
        slug: "llama".to_owned(),
        page: None,
        name: "Llama & Co".to_owned(),
        maker: "Meta".to_owned(),
        category: "Model".to_owned(),
        tagline: "Twelve billion parameters for phones".to_owned(),
        price: Price {
            entry: Entry::OpenWeights,
            note: None,
        },
        url: "https://www.llama.example.net/compact".to_owned(),
        description: Prose::parse("Weights and a model card.").0,
        facts: vec![fact(
            "Runs on phones",
            Some("https://hub.example.net/llama"),
        )],
        reviews: vec![
            review("founder", Verdict::Ship, "A distribution play."),
            review("skeptic", Verdict::Ship, "It rivals the others."),
            review("builder", Verdict::Ship, "Ran within the hour."),
        ],
        community: Tally::default(),
    }
}

fn fact(text: &str, source: Option<&str>) -> Fact {
    Fact {
        text: text.to_owned(),
        source: source.map(str::to_owned),
    }
}

pub(crate) fn review(reviewer: &str, verdict: Verdict, quote: &str) -> Review {
    Review {
        reviewer: reviewer.to_owned(),
        verdict,
        quote: quote.to_owned(),
    }
}
