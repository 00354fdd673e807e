//! The pages and the mail in a real browser.

mod axe;
pub(crate) mod driver;
mod journey;
mod leaving;
mod looks;
mod walk;
