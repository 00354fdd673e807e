//! How long things may be, in characters unless said otherwise.

/// The headline.
pub const TITLE: usize = 120;
/// The question.
pub const QUESTION: usize = 200;
/// The introduction.
pub const INTRO: usize = 2_000;
/// The subject.
pub const SUBJECT: usize = 120;
/// Past this, mailboxes cut a subject off: a warning.
pub const SUBJECT_SHOWN: usize = 78;
/// The preheader.
pub const PREHEADER: usize = 150;
/// A tool's name with its version; two of them and " vs " still make a [`SUBJECT`].
pub const NAME: usize = 50;
/// A tool's maker.
pub const MAKER: usize = 60;
/// A tool's category.
pub const CATEGORY: usize = 40;
/// A tool's line.
pub const TAGLINE: usize = 140;
/// What a price tag does not say.
pub const PRICE_NOTE: usize = 140;
/// A web address.
pub const URL: usize = 1_000;
/// A tool's description.
pub const DESCRIPTION: usize = 4_000;
/// A fact.
pub const FACT: usize = 240;
/// How many facts a tool may have.
pub const FACTS: usize = 12;
/// A reviewer's words.
pub const QUOTE: usize = 600;
/// A slug, in bytes.
pub const SLUG: usize = 80;
/// A panel role.
pub const ROLE: usize = 30;
/// Most bytes of the mail's HTML, decoded: what large mailbox providers show whole.
pub const MAIL: usize = 100_000;
