//! How Verdict looks: the mail, the pages and the notices. Data in, text out; no I/O, no clock.

pub mod card;
pub mod comparison;
#[cfg(test)]
mod fixture;
mod lines;
pub mod mail;
pub mod notice;
pub mod page;
pub mod pages;
pub mod prose;
mod sentences;
pub mod web_address;
