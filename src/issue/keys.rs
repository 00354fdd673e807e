//! The keys of each table in an issue file, and hints for a key that is in the wrong table.

use crate::toml_source::Shape;

pub(super) const TOP: Shape = Shape {
    keys: &[
        "title",
        "question",
        "intro",
        "subject",
        "preheader",
        "status",
        "send_on",
        "added",
        "voting_closes",
        "pick",
        "sample",
        "author",
        "approval",
        "tools",
    ],
    retired: &[],
    elsewhere: below_the_top,
};

/// `approval`.
pub(super) const APPROVAL: Shape = Shape {
    keys: &["by", "content"],
    retired: &[],
    elsewhere: at_the_top,
};

/// `[[tools]]`.
pub(super) const TOOL: Shape = Shape {
    keys: &[
        "name",
        "maker",
        "category",
        "tagline",
        "price",
        "price_note",
        "url",
        "description",
        "facts",
        "reviews",
    ],
    retired: &[],
    elsewhere: beside_a_tool,
};

/// `[[tools.facts]]`.
pub(super) const FACT: Shape = Shape {
    keys: &["text", "source"],
    retired: &[],
    elsewhere: at_the_top,
};

/// `[[tools.reviews]]`.
pub(super) const REVIEW: Shape = Shape {
    keys: &["reviewer", "verdict", "quote"],
    retired: &[],
    elsewhere: at_the_top,
};

// The most common slip in TOML is a key below the wrong header: a key belongs to the last header above it.

fn below_the_top(key: &str) -> Option<String> {
    belongs(key, &TOOL, "below `[[tools]]`").or_else(|| below_reviews(key))
}

fn beside_a_tool(key: &str) -> Option<String> {
    below_reviews(key).or_else(|| at_the_top(key))
}

fn below_reviews(key: &str) -> Option<String> {
    belongs(key, &REVIEW, "below `[[tools.reviews]]`")
}

fn at_the_top(key: &str) -> Option<String> {
    belongs(
        key,
        &TOP,
        "at the top of the file, above the first `[[tools]]`",
    )
}

fn belongs(key: &str, shape: &Shape, place: &str) -> Option<String> {
    let known = shape.keys.contains(&key);
    known.then(|| format!("`{key}` belongs {place}"))
}
