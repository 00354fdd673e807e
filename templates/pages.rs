//! The pages of the site, one file per family.

pub mod archive;
pub mod comparison;
pub mod error;
pub mod form;
pub mod home;
pub mod inbox;
mod plain;
mod schema;
mod scorecard;
pub mod settings;
mod strip;
pub mod subscribe;
mod table;
pub mod tool;
pub mod unsubscribe;
pub mod vote;

pub use crate::sentences::result_line as result;

#[cfg(test)]
mod tests;
