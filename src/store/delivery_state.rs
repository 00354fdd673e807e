//! The state of a delivery, and counts by state.

use strum::IntoEnumIterator as _;
use strum::{EnumIter, EnumString, IntoStaticStr};

use serde::Serialize;

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
    /// Not sent, because the reader may not be mailed any more.
    Skipped,
}

impl State {
    pub const OUTCOMES: [Self; 5] = [
        Self::Accepted,
        Self::Deferred,
        Self::Refused,
        Self::Unknown,
        Self::Skipped,
    ];

    /// The state that may be marked beside `claimed`: `in_flight` if the mark may have been made
    /// before.
    pub(super) fn markable(again: bool) -> Self {
        if again { Self::InFlight } else { Self::Claimed }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
    pub fn of(&self, state: State) -> i64 {
        let mut counts = *self;
        *counts.slot(state)
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

    pub fn total(&self) -> i64 {
        State::iter().map(|state| self.of(state)).sum()
    }

    pub fn held(&self) -> i64 {
        self.claimed + self.in_flight
    }

    /// Those that are not on the wire and have no final outcome.
    pub fn waiting(&self) -> i64 {
        self.queued + self.claimed + self.deferred
    }

    /// Those without a final outcome.
    pub fn open(&self) -> i64 {
        self.waiting() + self.in_flight
    }
}
