//! The keys of each table in an issue file, and hints for a key that is in the wrong table.

use strum::VariantNames as _;
use templates::comparison::{Entry, Verdict};

use super::key::Key;
use super::key::Kind::{
    Allowances, Approval, Boolean, Date, Facts, Line, Prose, Reviews, Role, Sha256, Title, Tools,
    WebAddress, Words,
};
use super::key::Need::{Always, Optional, WhenReady};
use super::{Status, limits};
use crate::toml_source::Shape;

/// Defines each key of a table by name, and the list of them.
macro_rules! keys {
    ($(#[$doc:meta])* $list:ident: $($key:ident = $made:expr;)+) => {
        $(pub(super) const $key: Key = $made;)+
        $(#[$doc])*
        pub(super) const $list: &[Key; [$(stringify!($key)),+].len()] = &[$($key),+];
    };
}

keys! {
    /// Above the first `[[tools]]`.
    TOP_KEYS:
    STATUS = Key::new("status", Words(Status::VARIANTS), Always, "Only a ready issue is sent.");
    QUESTION = Key::new("question", Title(limits::QUESTION), Always,
        "The question that the comparison answers.");
    INTRO = Key::new("intro", Prose(limits::INTRO), Always,
        "What the reader should know first.");
    TITLE = Key::new("title", Title(limits::TITLE), Optional,
        "The headline. Default: \"A vs B\", from the tools' names.");
    SUBJECT = Key::new("subject", Title(limits::SUBJECT), Optional,
        "The mail's subject. Default: the title.").warned_past(limits::SUBJECT_SHOWN);
    PREHEADER = Key::new("preheader", Title(limits::PREHEADER), Optional,
        "What a mailbox shows beside the subject. Default: who wins, and by how much.")
        .warned_past(limits::PREHEADER_SHOWN);
    SEND_ON = Key::new("send_on", Date, Optional,
        "The day it is meant for: it goes out with the sending time that this day falls to.");
    ADDED = Key::new("added", Date, Optional,
        "Its place in the queue: of the ready issues without `send_on`, the oldest goes first.");
    VOTING_CLOSES = Key::new("voting_closes", Date, Optional,
        "The last day on which readers may vote. Without it, 14 days after the issue is sent. \
         You can change it later; mails already sent keep the day they show.");
    PICK = Key::new("pick", Line(limits::NAME), Optional,
        "The editor's own pick: a tool's name, or `\"tie\"`. \
         A warning if the panel's winner is the other one.");
    SAMPLE = Key::new("sample", Boolean, Optional,
        "`true` for an invented comparison: readers are told, and only `verdict demo` sends it. \
         Default: `false`.");
    AUTHOR = Key::new("author", Title(limits::PERSON), Optional,
        "Who wrote it. Needed where `require_approval` is set in `verdict.toml`; the author cannot \
         approve it. Readers don't see it.");
    FILE_APPROVAL = Key::new("approval", Approval, Optional,
        "An approval kept in the file: the line that `verdict approve SLUG --as NAME --print` prints. \
         Any other change to the file makes it void.");
    ALLOW = Key::new("allow", Allowances, Optional,
        "The codes of warnings that you have looked at, each with the reason: `[\"V010: it is a poem\"]`. \
         `docs/findings.md` of Verdict explains the codes.");
    TOOLS = Key::new("tools", Tools, Always, "The two tools, A and B.");
}

keys! {
    /// In `approval`.
    APPROVAL_KEYS:
    BY = Key::new("by", Title(limits::PERSON), Always, "Who approved it.");
    CONTENT = Key::new("content", Sha256, Always, "The hash of the content that they approved.");
}

keys! {
    /// Below `[[tools]]`.
    TOOL_KEYS:
    NAME = Key::new("name", Title(limits::NAME), Always, "The name with its version.");
    MAKER = Key::new("maker", Title(limits::MAKER), Always, "Who makes it.");
    CATEGORY = Key::new("category", Title(limits::CATEGORY), Always, "What kind of tool it is.");
    TAGLINE = Key::new("tagline", Title(limits::TAGLINE), Always, "What it does.");
    PRICE = Key::new("price", Words(Entry::VARIANTS), Always, "What it takes to start.");
    PRICE_NOTE = Key::new("price_note", Line(limits::PRICE_NOTE), Optional,
        "What a price tag does not say.");
    URL = Key::new("url", WebAddress, Always, "The tool's own page.");
    DESCRIPTION = Key::new("description", Prose(limits::DESCRIPTION), Always,
        "What it is and does.");
    FACTS = Key::new("facts", Facts, Optional,
        "What is known of it. Each is `{ text = \"…\", source = \"…\" }` or the text alone.");
    REVIEWS = Key::new("reviews", Reviews, WhenReady, "What the panel says.");
}

keys! {
    /// In `facts`.
    FACT_KEYS:
    TEXT = Key::new("text", Line(limits::FACT), Always, "The fact.");
    SOURCE = Key::new("source", WebAddress, Optional, "The page that shows it.");
}

keys! {
    /// Below `[[tools.reviews]]`.
    REVIEW_KEYS:
    REVIEWER = Key::new("reviewer", Role, Always,
        "`builder`, `skeptic`, `futurist`, `creator` or `founder`, which readers see in their \
         language, or a role that `issues.panel_roles` in `verdict.toml` names, in any script.");
    VERDICT = Key::new("verdict", Words(Verdict::VARIANTS), Always, "Use it, or leave it.");
    QUOTE = Key::new("quote", Line(limits::QUOTE), Always, "Why.")
        .warned_past(limits::QUOTE_ON_A_SCREEN);
}

pub(super) const TOP: Shape = Shape {
    keys: &Key::names(TOP_KEYS),
    retired: &[],
    elsewhere: below_the_top,
};

/// `approval`.
pub(super) const APPROVAL: Shape = Shape {
    keys: &Key::names(APPROVAL_KEYS),
    retired: &[],
    elsewhere: at_the_top,
};

/// `[[tools]]`.
pub(super) const TOOL: Shape = Shape {
    keys: &Key::names(TOOL_KEYS),
    retired: &[],
    elsewhere: beside_a_tool,
};

/// `[[tools.facts]]`.
pub(super) const FACT: Shape = Shape {
    keys: &Key::names(FACT_KEYS),
    retired: &[],
    elsewhere: at_the_top,
};

/// `[[tools.reviews]]`.
pub(super) const REVIEW: Shape = Shape {
    keys: &Key::names(REVIEW_KEYS),
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
