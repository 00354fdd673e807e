//! Who may be mailed: the pure rules. No network, database, clock or async; [`records`] reads from any
//! [`std::io::Read`], and nothing else does I/O.
//!
//! - [`address`]: what counts as an address, and when two addresses belong to the same reader.
//! - [`consent`]: the states of a reader's consent, and the allowed moves between them.
//! - [`departure`]: why an address must not be mailed, which outlives the reader's row.
//! - [`token`]: signed links, envelope senders and Message-IDs, and the key that signs them.
//! - [`profile`]: a reader's optional name, time zone and mail frequency.
//! - [`records`]: the records of a CSV file, in constant memory.
//! - [`formula`]: cells that a spreadsheet would run.
//!
//! `Debug` never prints an address, so logs cannot name a reader.

pub mod address;
pub mod consent;
pub mod departure;
pub mod formula;
pub mod profile;
pub mod records;
pub mod token;

pub use address::{Address, AddressError, AddressKey};
pub use consent::{Change, Consent, ConsentSource, Refusal};
pub use departure::Departure;
pub use token::{Key, Purpose, Token, TokenError};

/// The demo's readers, all invented, as a CSV file that `verdict import` takes.
pub const EXAMPLE_CSV: &str = include_str!("example.csv");
