//! Who may be written to. Pure rules: no network, no database, no clock, no async; the importer
//! reads from any [`std::io::Read`] and nothing else does I/O.
//!
//! - [`address`]: what counts as an address, and when two of them are the same reader.
//! - [`consent`]: the states of a reader's consent and the only moves between them.
//! - [`departure`]: why an address must not be mailed, which outlives its reader's row.
//! - [`token`]: signed links, envelope senders and Message-IDs, and the key behind them.
//! - [`profile`]: the optional things a reader tells: a name, a time zone, how often they want mail.
//! - [`records`]: the records of a CSV file, in constant memory.
//! - [`formula`]: cells that a spreadsheet would run.
//!
//! Nothing here prints an address by `Debug`: what goes to a log must not name a reader.

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

/// A sample list of invented readers, as an importable CSV file: what the demo sends to.
pub const EXAMPLE_CSV: &str = include_str!("example.csv");
