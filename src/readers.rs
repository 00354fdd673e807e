//! What readers are: how a list from elsewhere becomes readers and departures.

pub mod import;
