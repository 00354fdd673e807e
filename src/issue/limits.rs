//! The longest texts and lists that an issue may hold, in characters unless a comment gives another unit.

pub const TITLE: usize = 120;
pub const QUESTION: usize = 200;
pub const INTRO: usize = 2_000;
pub const SUBJECT: usize = 120;
/// Most mailboxes cut off a longer subject: a warning.
pub const SUBJECT_SHOWN: usize = 60;
/// What a phone held upright shows of a subject.
pub const SUBJECT_ON_A_PHONE: usize = 40;
pub const PREHEADER: usize = 150;
/// A shorter preheader leaves its line empty: a warning.
pub const PREHEADER_LEAST: usize = 40;
/// No mailbox shows more of a preheader: a warning.
pub const PREHEADER_SHOWN: usize = 140;
/// A tool's name with its version. Two of them and " vs " fit into a [`SUBJECT`].
pub const NAME: usize = 50;
pub const MAKER: usize = 60;
/// The name of an author, or of who approves.
pub const PERSON: usize = 60;
pub const CATEGORY: usize = 40;
pub const TAGLINE: usize = 140;
pub const PRICE_NOTE: usize = 140;
pub const URL: usize = 1_000;
pub const DESCRIPTION: usize = 4_000;
pub const FACT: usize = 240;
/// Facts of one tool.
pub const FACTS: usize = 12;
pub const QUOTE: usize = 1_000;
/// A longer quote fills more than a phone's screen: a warning.
pub const QUOTE_ON_A_SCREEN: usize = 600;
/// An entry of `allow`: a code and the reason.
pub const ALLOWANCE: usize = 240;
/// In bytes.
pub const SLUG: usize = 80;
pub const ROLE: usize = 30;
/// The mail's HTML, decoded, in bytes: what large mailbox providers show in full.
pub const MAIL: usize = 100_000;
/// Almost as much: a warning, so that a correction still fits.
pub const LARGE_MAIL: usize = 90_000;
