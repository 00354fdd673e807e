//! What happens to readers. So far: importing them from another system.

pub mod import;
