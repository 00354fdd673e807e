//! When a run stops trusting its relay. A failure for one reader concerns that reader. Several in a
//! row concern the edition, its sender or the relay, and pause the edition.

use std::collections::HashSet;

/// How many readers in a row the relay refuses by policy, with no mail accepted in between, before
/// the edition is paused.
const OBJECTIONS: u32 = 3;
/// What an unanswered mail adds, and what an accepted mail subtracts while all connections are in
/// use: a relay may leave one mail in nine unanswered, fewer if there are many connections.
const UNANSWERED: (u32, u32) = (8, 1);
/// The sum that pauses the edition: three unanswered mails in a row.
const MOST_UNANSWERED: u32 = 3 * UNANSWERED.0;

/// What an attempt means for the trust in the relay, apart from the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    None,
    Accepted,
    /// It received the whole mail and did not answer.
    Unanswered(String),
    /// It refused this reader's mail for a reason of policy.
    Objection(String),
    /// It refused the sender before the reader was named.
    SenderRefused(String),
}

/// What the signs of a run add up to.
///
/// After an unanswered mail, one mail at a time is in flight until the relay accepts one, then two,
/// then four, and so on. So a relay that never answers leaves at most as many readers in doubt as
/// there are connections, and two more.
#[derive(Debug)]
pub(super) struct Distrust {
    connections: usize,
    /// How many mails may be in flight.
    room: usize,
    in_flight: HashSet<i64>,
    /// What was in flight when a mail was last counted as unanswered: one cause, counted once.
    counted: HashSet<i64>,
    unanswered: u32,
    objections: u32,
}

impl Distrust {
    pub(super) fn new(connections: usize) -> Self {
        Self {
            connections,
            room: connections,
            in_flight: HashSet::new(),
            counted: HashSet::new(),
            unanswered: 0,
            objections: 0,
        }
    }

    /// How many mails were begun and have not ended.
    pub(super) fn on_the_wire(&self) -> usize {
        self.in_flight.len()
    }

    /// True if one more mail may be in flight beside `more` that are about to be.
    pub(super) fn admits(&self, more: usize) -> bool {
        self.room >= self.connections || self.in_flight.len() + more < self.room
    }

    /// Records that a mail to this subscriber is about to be written.
    pub(super) fn began(&mut self, subscriber: i64) {
        self.in_flight.insert(subscriber);
    }

    /// Records how an attempt ended. Returns the reason if the edition is to be paused.
    pub(super) fn ended(&mut self, subscriber: i64, sign: &Sign) -> Option<String> {
        self.in_flight.remove(&subscriber);
        let is_counted = self.counted.remove(&subscriber);
        match sign {
            Sign::None => None,
            Sign::Accepted => {
                self.objections = 0;
                if self.room >= self.connections {
                    self.unanswered = self.unanswered.saturating_sub(UNANSWERED.1);
                }
                self.room = (self.room * 2).min(self.connections);
                None
            }
            Sign::SenderRefused(reply) => Some(reply.clone()),
            Sign::Objection(reply) => {
                self.objections += 1;
                (self.objections >= OBJECTIONS).then(|| {
                    format!("the relay refused {OBJECTIONS} readers in a row by policy: {reply}")
                })
            }
            Sign::Unanswered(failure) => {
                self.room = 1;
                if is_counted {
                    return None;
                }
                self.counted.clone_from(&self.in_flight);
                self.unanswered += UNANSWERED.0;
                if self.unanswered < MOST_UNANSWERED {
                    return None;
                }
                // The pause itself holds back what waits.
                self.room = self.connections;
                Some(format!(
                    "the relay takes mails and does not answer ({failure})"
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unanswered() -> Sign {
        Sign::Unanswered("the content: the connection ended".to_owned())
    }

    /// How many mails are in doubt when the edition is paused, of a million, by a relay that leaves
    /// unanswered what the test chooses.
    fn doubts(connections: usize, mut is_unanswered: impl FnMut(i64) -> bool) -> usize {
        let mut distrust = Distrust::new(connections);
        let (mut flying, mut doubts) = (std::collections::VecDeque::new(), 0);
        for number in 0..1_000_000 {
            while flying.len() >= connections || !distrust.admits(0) {
                let Some(first) = flying.pop_front() else {
                    panic!("nothing is in flight, and nothing is admitted")
                };
                let silent = is_unanswered(first);
                doubts += usize::from(silent);
                let sign = if silent { unanswered() } else { Sign::Accepted };
                if distrust.ended(first, &sign).is_some() {
                    return doubts + flying.len();
                }
            }
            distrust.began(number);
            flying.push_back(number);
        }
        assert!(doubts < 1_000_000 / 8);
        0
    }

    #[test]
    fn a_relay_that_never_answers_leaves_two_in_doubt_beside_what_was_in_flight() {
        for connections in [1, 2, 8, 64] {
            assert_eq!(doubts(connections, |_| true), connections + 2);
        }
    }

    #[test]
    fn a_relay_that_often_does_not_answer_is_left_soon() {
        for connections in [1, 2, 8, 64] {
            for every in 2..=6 {
                let doubts = doubts(connections, |number| number % every == 0);
                let most = connections + 16;
                assert!(
                    (1..=most).contains(&doubts),
                    "{connections} connections, each {every}th: {doubts}"
                );
            }
        }
    }

    #[test]
    fn a_relay_that_is_started_again_now_and_then_goes_on() {
        assert_eq!(doubts(8, |number| number % 500 < 8), 0);
        assert_eq!(doubts(1, |number| number % 12 == 0), 0);
    }

    #[test]
    fn three_refusals_by_policy_in_a_row_are_about_the_edition() {
        let objection = Sign::Objection("550 5.7.1 No".to_owned());
        let mut distrust = Distrust::new(1);
        for round in 0..20 {
            let signs = [&objection, &Sign::None, &objection, &Sign::Accepted];
            for sign in signs {
                assert_eq!(distrust.ended(round, sign), None);
            }
        }
        assert_eq!(distrust.ended(1, &objection), None);
        assert_eq!(distrust.ended(2, &objection), None);
        assert!(distrust.ended(3, &objection).is_some());
    }
}
