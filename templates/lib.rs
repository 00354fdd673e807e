//! Everything that readers and editors see: the mails, the pages, the alerts and the reports. Pure: data in, text
//! out; no I/O, no clock.

pub mod accent;
pub mod alert;
pub mod card;
pub mod color;
pub mod comparison;
pub mod corrections;
#[cfg(test)]
mod fixture;
mod lines;
pub mod locale;
pub mod mail;
pub mod page;
pub mod pages;
pub mod prose;
pub mod report;
mod sentences;
pub mod web_address;
