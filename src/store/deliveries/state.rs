//! Where a delivery stands, and how many stand where.

use strum::IntoEnumIterator as _;
use strum::{EnumIter, EnumString, IntoStaticStr};

use serde::Serialize;

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString, EnumIter)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum State {
    /// Waits for a sender.
    Queued,
    /// A sender holds it; nothing has been written yet.
    Claimed,
    /// Its content may have begun to go out.
    InFlight,
    /// The relay took it.
    Accepted,
    /// The relay refused it for now; it is tried again.
    Deferred,
    /// The relay refused it for good, or the time to retry ran out.
    Refused,
    /// The relay may have taken it: no reply came.
    Unknown,
    /// Not sent, because the reader may not be written to any more.
    Skipped,
}

impl State {
    /// What may be marked beside `claimed`: nothing, or what is in flight already.
    pub(super) fn markable(again: bool) -> Self {
        if again { Self::InFlight } else { Self::Claimed }
    }
}

/// How many deliveries of an edition stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "one field a state, named like it")]
pub struct Counts {
    pub queued: i64,
    pub claimed: i64,
    pub in_flight: i64,
    pub accepted: i64,
    pub deferred: i64,
    pub refused: i64,
    pub unknown: i64,
    pub skipped: i64,
}

impl Counts {
    /// How many stand in one state.
    pub fn of(&self, state: State) -> i64 {
        match state {
            State::Queued => self.queued,
            State::Claimed => self.claimed,
            State::InFlight => self.in_flight,
            State::Accepted => self.accepted,
            State::Deferred => self.deferred,
            State::Refused => self.refused,
            State::Unknown => self.unknown,
            State::Skipped => self.skipped,
        }
    }

    pub(super) fn slot(&mut self, state: State) -> &mut i64 {
        match state {
            State::Queued => &mut self.queued,
            State::Claimed => &mut self.claimed,
            State::InFlight => &mut self.in_flight,
            State::Accepted => &mut self.accepted,
            State::Deferred => &mut self.deferred,
            State::Refused => &mut self.refused,
            State::Unknown => &mut self.unknown,
            State::Skipped => &mut self.skipped,
        }
    }

    /// Everyone enrolled.
    pub fn total(&self) -> i64 {
        State::iter().map(|state| self.of(state)).sum()
    }

    /// Those in a sender's hands.
    pub fn held(&self) -> i64 {
        self.claimed + self.in_flight
    }

    /// Those that still wait for an outcome.
    pub fn open(&self) -> i64 {
        self.queued + self.claimed + self.in_flight + self.deferred
    }
}
