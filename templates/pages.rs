//! The pages of the site, one file per family.

pub mod archive;
pub mod comparison;
mod corrections;
pub mod error;
pub mod home;
pub mod inbox;
mod plain;
mod schema;
pub mod settings;
pub mod subscribe;
pub mod unsubscribe;
pub mod vote;

#[cfg(test)]
mod tests;
