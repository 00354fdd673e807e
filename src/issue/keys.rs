//! Which keys each table of an issue file has, and where a key belongs that stands in another.

use crate::toml_source::Shape;

/// The top of the file.
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
        "tools",
    ],
    retired: &[],
    elsewhere: below_the_top,
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

/// Keys that stand below the wrong header are the commonest slip in TOML: a key belongs to the
/// last header above it.
fn below_the_top(key: &str) -> Option<String> {
    let place = if TOOL.keys.contains(&key) {
        "below `[[tools]]`"
    } else if REVIEW.keys.contains(&key) {
        "below `[[tools.reviews]]`"
    } else {
        return None;
    };
    Some(format!("`{key}` belongs {place}"))
}

fn beside_a_tool(key: &str) -> Option<String> {
    let review = REVIEW.keys.contains(&key);
    let review = review.then(|| format!("`{key}` belongs below `[[tools.reviews]]`"));
    review.or_else(|| at_the_top(key))
}

/// For a table below the top: where a key of the top belongs.
fn at_the_top(key: &str) -> Option<String> {
    let top = TOP.keys.contains(&key);
    top.then(|| format!("`{key}` belongs at the top of the file, above the first `[[tools]]`"))
}
