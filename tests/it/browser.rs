//! The pages and the mail in a real browser.

mod driver;
mod injected;
mod leaving;
mod looks;
mod walk;
