//! One file for each target.

pub(crate) mod address;
pub(crate) mod config;
pub(crate) mod cron;
pub(crate) mod csv;
pub(crate) mod dmarc;
pub(crate) mod form;
pub(crate) mod import;
pub(crate) mod issue;
pub(crate) mod prose;
pub(crate) mod returned;
pub(crate) mod smtp;
pub(crate) mod spf;
pub(crate) mod token;
