//! The pages and the mail in a real browser.

mod axe;
pub(crate) mod driver;
mod fields;
mod injected;
mod journey;
mod leaving;
mod looks;
mod mail;
mod preview;
mod walk;
