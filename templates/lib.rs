//! Everything that readers and editors see: the mails, the pages and the alerts. Pure: data in, text
//! out; no I/O, no clock.

pub mod accent;
pub mod alert;
pub mod card;
pub mod color;
pub mod comparison;
#[cfg(test)]
mod fixture;
mod lines;
pub mod locale;
pub mod mail;
pub mod page;
pub mod pages;
pub mod prose;
mod sentences;
pub mod web_address;
