//! The pages and the mail in a real browser.

mod axe;
mod driver;
mod injected;
mod journey;
mod leaving;
mod looks;
mod mail;
mod preview;
mod walk;
